fn link(id: u64) -> impl Display {
    match ("a", id) {
        (arg0, arg1) => {
            #[allow(long_running_const_eval)]
            const SOUGHT: ::tramline::routing::Sought = {
                use ::tramline::routing::Unrouted as _;
                ::tramline::routing::Sought::new(
                    <users::show>::entry(::tramline::routing::SOUND),
                    "App",
                    <App as ::tramline::RouteSet>::ROUTES,
                    None,
                    &["org", "id"],
                )
            };
            const _: () = if let Some(problem) = SOUGHT.problem() {
                ::tramline::routing::reject(problem.as_str())
            };
            const _: () = if let Some(problem) = SOUGHT.unknown("org") {
                ::tramline::routing::reject(problem.as_str())
            };
            const _: () = if let Some(problem) = SOUGHT.unknown("id") {
                ::tramline::routing::reject(problem.as_str())
            };
            const LINK: ::tramline::routing::Link = ::tramline::routing::Link::new(
                &SOUGHT,
            );
            trait UrlArguments {
                const URL_org: ::tramline::handler::Unhandled = ::tramline::handler::Unhandled;
                const URL_id: ::tramline::handler::Unhandled = ::tramline::handler::Unhandled;
            }
            impl<T: ?::core::marker::Sized> UrlArguments for T {}
            ::tramline::handler::Url::new(
                LINK,
                move |number, out| match number {
                    0 => <users::show>::URL_org.write(&arg0, out),
                    1 => <users::show>::URL_id.write(&arg1, out),
                    _ => ::core::unreachable!(),
                },
            )
        }
    }
}
