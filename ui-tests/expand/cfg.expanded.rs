#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct App;
impl App {
    /// The routes: first the set's own, as listed, then those of each mounted set.
    pub const ROUTES: &'static [::tramline::RouteInfo] = ::tramline::routing::routes_of::<
        Self,
    >();
}
#[allow(deprecated)]
const _: () = {
    let _ = index;
    #[cfg(feature = "admin")]
    let _ = admin::panel;
};
#[allow(long_running_const_eval)]
const _: () = {
    use ::tramline::handler::{calling, OneOf4};
    use ::tramline::handler::Uncalled as _;
    use ::tramline::routing::Unrouted as _;
    use ::core::option::Option::Some;
    use ::tramline::routing::{
        SOUND, find_rest, findings, first_number, lay, mount_conflict, own_count,
        own_routes, pattern_bytes, reject, route_count, routes_of,
    };
    const ENTRIES: &[::tramline::routing::Entry] = &[
        <index>::entry(SOUND),
        #[cfg(feature = "admin")]
        <admin::panel>::entry(SOUND),
        #[cfg(not(feature = "admin"))]
        ::tramline::routing::Entry::Absent,
        ::tramline::routing::Entry::mount(
            "/api",
            <api::Routes as ::tramline::RouteSet>::MOUNTED,
        ),
        #[cfg(all(unix, not(test)))]
        ::tramline::routing::Entry::mount(
            "/sockets",
            <sockets::Routes as ::tramline::RouteSet>::MOUNTED,
        ),
        #[cfg(not(all(unix, not(test))))]
        ::tramline::routing::Entry::Absent,
    ];
    const FINDINGS: &[::tramline::routing::Finding; 2] = &findings(OWN);
    const MOUNT_0: usize = 2;
    const MOUNT_1: usize = first_number(ENTRIES, 3);
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
        const MATCHED: bool = true;
        fn find(
            method: ::tramline::Method<'_>,
            path: &str,
            captures: &mut ::tramline::routing::Captures,
        ) -> ::core::option::Option<usize> {
            match (method, path.as_bytes()) {
                <::tramline::routing::KeyOf<Self, 0>>::KEY => Some(0),
                #[cfg(feature = "admin")]
                <::tramline::routing::KeyOf<Self, 1>>::KEY => Some(1),
                _ => find_rest::<Self>(method, path, captures),
            }
        }
        #[inline(never)]
        fn table() -> &'static ::tramline::routing::Table {
            <Self as ::tramline::RouteSet>::laid()
        }
    }
    impl<StateOfApp: 'static> ::tramline::Serve<StateOfApp> for App {
        fn dispatch<'r>(
            index: usize,
            request: ::tramline::Request<'r>,
            response: &mut ::tramline::Response<'r>,
            _: impl ::tramline::handler::Source<'r, State = StateOfApp>,
        ) -> impl ::core::future::Future<Output = ()> {
            let state = ::tramline::handler::NoState;
            match index {
                0 => {
                    OneOf4::A {
                        call: <index>::call((calling)(request, response, state)),
                    }
                }
                #[cfg(feature = "admin")]
                1 => {
                    OneOf4::B {
                        call: <admin::panel>::call((calling)(request, response, state)),
                    }
                }
                #[cfg(not(feature = "admin"))]
                1 => {
                    OneOf4::B {
                        call: ::tramline::handler::absent(),
                    }
                }
                _ if index < MOUNT_1 => {
                    OneOf4::C {
                        call: async move {
                            <<api::Routes as ::tramline::RouteSet>::Calls as ::tramline::Serve<
                                (),
                            >>::dispatch(index - MOUNT_0, request, response, state)
                                .await
                        },
                    }
                }
                #[cfg(all(unix, not(test)))]
                _ => {
                    OneOf4::D {
                        call: async move {
                            <<sockets::Routes as ::tramline::RouteSet>::Calls as ::tramline::Serve<
                                (),
                            >>::dispatch(index - MOUNT_1, request, response, state)
                                .await
                        },
                    }
                }
                #[cfg(not(all(unix, not(test))))]
                _ => {
                    OneOf4::D {
                        call: ::tramline::handler::absent(),
                    }
                }
            }
        }
    }
    const _: &[::tramline::routing::Entry] = &[<index>::entry(FINDINGS[0])];
    const _: &[::tramline::routing::Entry] = &[
        #[cfg(feature = "admin")]
        <admin::panel>::entry(FINDINGS[1]),
    ];
    const _: () = if let Some(problem) = mount_conflict::<App>(2) {
        reject(problem.as_str())
    };
    #[cfg(all(unix, not(test)))]
    const _: () = if let Some(problem) = mount_conflict::<App>(3) {
        reject(problem.as_str())
    };
};
