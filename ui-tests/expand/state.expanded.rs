#[allow(clippy::needless_pass_by_value)]
async fn show(id: u64, db: &Db, user: User<'_>) -> Option<String> {
    db.name(id, user).await
}
#[doc(hidden)]
enum show {}
impl show {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding.get("/users/{id}", ::core::concat!(::core::module_path!(), "::show"))
    }
    pub async fn call<'r>(
        ::tramline::handler::Call {
            request,
            response,
            state,
        }: ::tramline::handler::Call<
            '_,
            'r,
            (
                &'r Db,
                ::tramline::handler::Extractor<
                    'r,
                    fn(&()) -> User<'_>,
                    { ::tramline::handler::is_extractor::<User<'_>>() },
                >,
            ),
        >,
    ) {
        let ::core::option::Option::Some(id) = ::tramline::handler::param::<
            u64,
        >(&request, 1) else {
            return ::tramline::handler::not_found(response);
        };
        let ::core::option::Option::Some(user) = state.1.extract(request, response).await
        else {
            return;
        };
        ::tramline::Responder::respond(show(id, state.0, user).await, response)
    }
}
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct App;
impl App {
    /// The routes: first the set's own, as listed, then those of each mounted set.
    pub const ROUTES: &'static [::tramline::RouteInfo] = ::tramline::routing::routes_of::<
        Self,
    >();
}
#[allow(deprecated)]
const _: () = {
    let _ = show;
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
        <show>::entry(SOUND),
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
            match index {
                0 => {
                    OneOf2::A {
                        call: <show>::call((calling)(request, response, state)),
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
        }
    }
    const _: &[::tramline::routing::Entry] = &[<show>::entry(FINDINGS[0])];
    const _: () = if let Some(problem) = mount_conflict::<App>(1) {
        reject(problem.as_str())
    };
};
