#[derive(Clone, Copy, Debug)]
struct App;
impl App {
    /// The routes: first the set's own, as listed, then those of each mounted set.
    pub const ROUTES: &'static [::tramline::RouteInfo] = <Self as ::tramline::RouteSet>::ROUTES;
}
#[allow(deprecated)]
const _: () = {
    let _ = index;
    #[cfg(feature = "admin")]
    let _ = admin::panel;
};
#[allow(long_running_const_eval)]
const _: () = {
    use ::tramline::handler::take;
    use ::tramline::routing::Route as _;
    use ::tramline::routing::{
        build, conflict, first_number, flatten, join_patterns, mount_conflict,
        node_count, pattern_bytes, reject, route_count,
    };
    const ENTRIES: &[::tramline::routing::Entry] = &[
        ::tramline::routing::Entry::route::<(index)>(),
        #[cfg(feature = "admin")]
        ::tramline::routing::Entry::route::<(admin::panel)>(),
        #[cfg(not(feature = "admin"))]
        ::tramline::routing::Entry::Absent,
        ::tramline::routing::Entry::mount(
            "/api",
            <api::Routes as ::tramline::RouteSet>::ROUTES,
        ),
        #[cfg(all(unix, not(test)))]
        ::tramline::routing::Entry::mount(
            "/sockets",
            <sockets::Routes as ::tramline::RouteSet>::ROUTES,
        ),
        #[cfg(not(all(unix, not(test))))]
        ::tramline::routing::Entry::Absent,
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
    const MOUNT_0: usize = 2;
    const MOUNT_1: usize = first_number(ENTRIES, 3);
    impl ::tramline::RouteSet for App {
        const ROUTES: &'static [::tramline::RouteInfo] = &ROUTES;
        const TABLE: &'static ::tramline::routing::Table = &TABLE;
        type Calls = Self;
        const WRAPPED: bool = ::tramline::handler::any(
            &[
                <api::Routes as ::tramline::RouteSet>::WRAPPED,
                #[cfg(all(unix, not(test)))]
                <sockets::Routes as ::tramline::RouteSet>::WRAPPED,
            ],
        );
        fn find(
            method: ::tramline::Method<'_>,
            path: &str,
            captures: &mut ::tramline::routing::Captures,
        ) -> Option<usize> {
            match (method, path.as_bytes()) {
                (<index>::METHOD, <index>::STATIC) => Some(0),
                #[cfg(feature = "admin")]
                (<admin::panel>::METHOD, <admin::panel>::STATIC) => Some(1),
                _ => TABLE.find_rest(method, path, captures),
            }
        }
    }
    impl<StateOfApp: 'static> ::tramline::Serve<StateOfApp> for App {
        async fn dispatch<'r>(
            index: usize,
            request: ::tramline::Request<'r>,
            response: &mut ::tramline::Response<'r>,
            _: impl ::tramline::handler::Source<'r, State = StateOfApp>,
        ) {
            let state = ::tramline::handler::NoState;
            match index {
                0 => <index>::call(request, response, take(state)).await,
                #[cfg(feature = "admin")]
                1 => <admin::panel>::call(request, response, take(state)).await,
                _ if index < MOUNT_1 => {
                    <<api::Routes as ::tramline::RouteSet>::Calls as ::tramline::Serve<
                        (),
                    >>::dispatch(index - MOUNT_0, request, response, state)
                        .await
                }
                #[cfg(all(unix, not(test)))]
                _ => {
                    <<sockets::Routes as ::tramline::RouteSet>::Calls as ::tramline::Serve<
                        (),
                    >>::dispatch(index - MOUNT_1, request, response, state)
                        .await
                }
                #[cfg(not(all(unix, not(test))))]
                _ => ::core::unreachable!(),
            }
        }
    }
    const _: () = if let Some(problem) = conflict(&ROUTES, 0) {
        <index>::conflict(problem.as_str())
    };
    #[cfg(feature = "admin")]
    const _: () = if let Some(problem) = conflict(&ROUTES, 1) {
        <admin::panel>::conflict(problem.as_str())
    };
    const _: () = if let Some(problem) = mount_conflict(ENTRIES, &ROUTES, 2) {
        reject(problem.as_str())
    };
    #[cfg(all(unix, not(test)))]
    const _: () = if let Some(problem) = mount_conflict(ENTRIES, &ROUTES, 3) {
        reject(problem.as_str())
    };
};
