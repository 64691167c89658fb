#[allow(clippy::needless_pass_by_value)]
fn not_found(request: Request<'_>) -> Html<String> {
    page(request.path())
}
#[doc(hidden)]
enum not_found {}
impl ::tramline::handler::Catcher for not_found {}
impl not_found {
    pub async fn call<'r>(
        ::tramline::handler::Call {
            request,
            response,
            state,
        }: ::tramline::handler::Call<
            '_,
            'r,
            ::tramline::handler::Extractor<
                'r,
                fn(&()) -> Request<'_>,
                { ::tramline::handler::is_extractor::<Request<'_>>() },
            >,
        >,
    ) {
        let ::core::option::Option::Some(request) = state
            .extract(request, response)
            .await else {
            return;
        };
        ::tramline::Responder::respond(not_found(request), response)
    }
}
#[allow(clippy::needless_pass_by_value)]
async fn failed(status: Status, pages: &Pages) -> Html<String> {
    pages.of(status).await
}
#[doc(hidden)]
enum failed {}
impl ::tramline::handler::Catcher for failed {}
impl failed {
    pub async fn call<'r>(
        ::tramline::handler::Call {
            request: _,
            response,
            state,
        }: ::tramline::handler::Call<'_, 'r, &'r Pages>,
    ) {
        let status = response.status();
        ::tramline::Responder::respond(failed(status, state).await, response)
    }
}
/// The whole application.
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct App;
impl App {
    /// The routes: first the set's own, as listed, then those of each mounted set.
    pub const ROUTES: &'static [::tramline::RouteInfo] = ::tramline::routing::routes_of::<
        Self,
    >();
    #[doc(hidden)]
    const fn layer_0() -> impl ::tramline::Layer {
        const { AccessLog::new() }
    }
    #[doc(hidden)]
    const fn layer_1() -> impl ::tramline::Layer {
        const { SecurityHeaders::new() }
    }
    #[doc(hidden)]
    const fn layer_2() -> impl ::tramline::Layer {
        const { &COUNTER }
    }
    #[doc(hidden)]
    fn layers() -> &'static impl ::tramline::handler::Layers {
        const { &(Self::layer_0(), (Self::layer_1(), (Self::layer_2(), ()))) }
    }
}
#[allow(deprecated)]
const _: () = {
    let _ = index;
    let _ = errors::not_found;
    let _ = failed;
};
#[allow(long_running_const_eval)]
const _: () = {
    use ::tramline::handler::{calling, OneOf2};
    use ::tramline::handler::Uncalled as _;
    use ::tramline::routing::Unrouted as _;
    use ::core::option::Option::Some;
    use ::tramline::routing::{
        SOUND, find_rest, findings, lay, mount_conflict, own_count, own_routes,
        pattern_bytes, reject, route_count, routes_of,
    };
    const ENTRIES: &[::tramline::routing::Entry] = &[
        <index>::entry(SOUND),
        ::tramline::routing::Entry::mount(
            "/api",
            <api::Routes as ::tramline::RouteSet>::MOUNTED,
        ),
    ];
    const FINDINGS: &[::tramline::routing::Finding; 1] = &findings(OWN);
    const MOUNT_0: usize = 1;
    const OWN: &[::tramline::RouteInfo; own_count(ENTRIES)] = &own_routes(ENTRIES);
    impl ::tramline::RouteSet for App {
        const ENTRIES: &'static [::tramline::routing::Entry] = ENTRIES;
        type Whole = ::tramline::routing::Joined<
            Self,
            { route_count(ENTRIES) },
            { pattern_bytes(ENTRIES) },
        >;
        const TRIE: ::tramline::routing::Trie = lay::<
            { route_count(ENTRIES) },
        >(routes_of::<Self>());
        type Calls = Self;
        const WRAPS: bool = true;
        const MATCHED: bool = true;
        fn find(
            method: ::tramline::Method<'_>,
            path: &str,
            captures: &mut ::tramline::routing::Captures,
        ) -> ::core::option::Option<usize> {
            match (method, path.as_bytes()) {
                <::tramline::routing::KeyOf<Self, 0>>::KEY => Some(0),
                _ => find_rest::<Self>(method, path, captures),
            }
        }
        #[inline(never)]
        fn table() -> &'static ::tramline::routing::Table {
            <Self as ::tramline::RouteSet>::laid()
        }
    }
    impl<
        StateOfApp: ::tramline::Provides<AppState> + 'static,
    > ::tramline::Serve<StateOfApp> for App {
        fn dispatch<'r>(
            index: usize,
            request: ::tramline::Request<'r>,
            response: &mut ::tramline::Response<'r>,
            state: impl ::tramline::handler::Source<'r, State = StateOfApp>,
        ) -> impl ::core::future::Future<Output = ()> {
            let state = ::tramline::handler::part::<AppState, _>(state);
            ::tramline::handler::wrapped(
                Self::layers(),
                request,
                response,
                async move |request, response| {
                    match index {
                        0 => {
                            OneOf2::A {
                                call: <index>::call((calling)(request, response, state)),
                            }
                        }
                        _ => {
                            OneOf2::B {
                                call: async move {
                                    <<api::Routes as ::tramline::RouteSet>::Calls as ::tramline::Serve<
                                        AppState,
                                    >>::dispatch(index - MOUNT_0, request, response, state)
                                        .await
                                },
                            }
                        }
                    }
                        .await
                },
                async move |status, request, response| match status {
                    404 => {
                        <::tramline::handler::Proved<
                            (errors::not_found),
                            { ::tramline::handler::is_catcher::<(errors::not_found)>() },
                        >>::call((calling)(request, response, state))
                            .await
                    }
                    _ => {
                        <::tramline::handler::Proved<
                            (failed),
                            { ::tramline::handler::is_catcher::<(failed)>() },
                        >>::call((calling)(request, response, state))
                            .await
                    }
                },
            )
        }
    }
    const _: &[::tramline::routing::Entry] = &[<index>::entry(FINDINGS[0])];
    const _: () = if let Some(problem) = mount_conflict::<App>(1) {
        reject(problem.as_str())
    };
};
