#[allow(clippy::needless_pass_by_value)]
fn not_found(request: Request<'_>) -> Html<String> {
    page(request.path())
}
#[doc(hidden)]
enum not_found {}
impl ::tramline::handler::Catcher for not_found {}
impl not_found {
    pub async fn call<'r>(
        request: ::tramline::Request<'r>,
        response: &mut ::tramline::Response<'r>,
        state: ::tramline::handler::Extractor<'r, fn(&()) -> Request<'_>>,
    ) {
        let Some(request) = state.extract(request, response).await else {
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
        _: ::tramline::Request<'r>,
        response: &mut ::tramline::Response<'r>,
        state: &'r Pages,
    ) {
        let status = response.status();
        ::tramline::Responder::respond(failed(status, state).await, response)
    }
}
/// The whole application.
#[derive(Clone, Copy, Debug)]
pub struct App;
impl App {
    /// The routes: first the set's own, as listed, then those of each mounted set.
    pub const ROUTES: &'static [::tramline::RouteInfo] = <Self as ::tramline::RouteSet>::ROUTES;
    #[doc(hidden)]
    fn layers() -> &'static impl ::tramline::handler::Layers {
        const { &(AccessLog::new(), (SecurityHeaders::new(), (&COUNTER, ()))) }
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
    use ::tramline::handler::take;
    use ::tramline::routing::Route as _;
    use ::tramline::routing::{
        build, conflict, flatten, join_patterns, mount_conflict, node_count,
        pattern_bytes, reject, route_count,
    };
    const ENTRIES: &[::tramline::routing::Entry] = &[
        ::tramline::routing::Entry::route::<(index)>(),
        ::tramline::routing::Entry::mount(
            "/api",
            <api::Routes as ::tramline::RouteSet>::ROUTES,
        ),
    ];
    static PATTERNS: [u8; pattern_bytes(ENTRIES)] = join_patterns(ENTRIES);
    static ROUTES: [::tramline::RouteInfo; route_count(ENTRIES)] = flatten(
        ENTRIES,
        &PATTERNS,
    );
    static NODES: [::tramline::routing::Node; node_count(&ROUTES)] = build(&ROUTES);
    static TABLE: ::tramline::routing::Table = ::tramline::routing::Table::new(
        &ROUTES,
        &NODES,
    );
    const MOUNT_0: usize = 1;
    impl ::tramline::RouteSet for App {
        const ROUTES: &'static [::tramline::RouteInfo] = &ROUTES;
        const TABLE: &'static ::tramline::routing::Table = &TABLE;
        type Calls = Self;
        const WRAPPED: bool = true;
        fn find(
            method: ::tramline::Method<'_>,
            path: &str,
            captures: &mut ::tramline::routing::Captures,
        ) -> Option<usize> {
            match (method, path.as_bytes()) {
                (<index>::METHOD, <index>::STATIC) => Some(0),
                _ => TABLE.find_rest(method, path, captures),
            }
        }
    }
    impl<
        StateOfApp: ::tramline::Provides<AppState> + 'static,
    > ::tramline::Serve<StateOfApp> for App {
        async fn dispatch<'r>(
            index: usize,
            request: ::tramline::Request<'r>,
            response: &mut ::tramline::Response<'r>,
            state: impl ::tramline::handler::Source<'r, State = StateOfApp>,
        ) {
            let state = ::tramline::handler::part::<AppState, _>(state);
            ::tramline::handler::wrapped(
                    Self::layers(),
                    request,
                    response,
                    async |request, response| match index {
                        ::tramline::handler::MISS => {
                            ::tramline::handler::miss(&TABLE, request, response)
                        }
                        0 => <index>::call(request, response, take(state)).await,
                        _ => {
                            <<api::Routes as ::tramline::RouteSet>::Calls as ::tramline::Serve<
                                AppState,
                            >>::dispatch(index - MOUNT_0, request, response, state)
                                .await
                        }
                    },
                    async |status, request, response| match status {
                        404 => {
                            <errors::not_found>::call(request, response, take(state))
                                .await
                        }
                        _ => <failed>::call(request, response, take(state)).await,
                    },
                )
                .await
        }
        async fn miss<'r>(
            request: ::tramline::Request<'r>,
            response: &mut ::tramline::Response<'r>,
            state: impl ::tramline::handler::Source<'r, State = StateOfApp>,
        ) {
            <Self as ::tramline::Serve<
                StateOfApp,
            >>::dispatch(::tramline::handler::MISS, request, response, state)
                .await;
        }
    }
    const _: () = if let Some(problem) = conflict(&ROUTES, 0) {
        <index>::conflict(problem.as_str())
    };
    const _: () = if let Some(problem) = mount_conflict(ENTRIES, &ROUTES, 1) {
        reject(problem.as_str())
    };
    const _: () = ::tramline::handler::is_catcher::<(errors::not_found)>();
    const _: () = ::tramline::handler::is_catcher::<(failed)>();
};
