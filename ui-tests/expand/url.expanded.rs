fn link(id: u64) -> impl Display {
    match (
        "a",
        id,
        {
            #[allow(deprecated)]
            let handler = users::show;
            handler
        },
    ) {
        (arg0, arg1, handler) => {
            const ROUTE: ::tramline::routing::Entry = {
                use ::tramline::routing::Unrouted as _;
                <users::show>::entry(::tramline::routing::SOUND)
            };
            #[allow(long_running_const_eval)]
            const SOUGHT: ::tramline::routing::Sought = ::tramline::routing::Sought::new(
                ROUTE,
                "App",
                <App as ::tramline::RouteSet>::ROUTES,
                ::core::option::Option::None,
                &["org", "id"],
            );
            const _: () = if let ::core::option::Option::Some(problem) = SOUGHT.problem()
            {
                ::tramline::routing::reject(problem.as_str())
            };
            const _: () = if let ::core::option::Option::Some(problem) = SOUGHT
                .unknown("org")
            {
                ::tramline::routing::reject(problem.as_str())
            };
            const _: () = if let ::core::option::Option::Some(problem) = SOUGHT
                .unknown("id")
            {
                ::tramline::routing::reject(problem.as_str())
            };
            const LINK: ::tramline::routing::Link = ::tramline::routing::Link::new(
                &SOUGHT,
            );
            let arguments = ::tramline::handler::arguments::<
                { ::tramline::routing::is_route(&ROUTE) },
                _,
                _,
            >(handler);
            ::tramline::handler::Url::new(
                LINK,
                move |number, out| match number {
                    0 => {
                        arguments
                            .at::<{ ::tramline::routing::place(&ROUTE, "org") }>()
                            .write(&arg0, out)
                    }
                    1 => {
                        arguments
                            .at::<{ ::tramline::routing::place(&ROUTE, "id") }>()
                            .write(&arg1, out)
                    }
                    _ => ::core::unreachable!(),
                },
            )
        }
    }
}
