//! The smallest program: two routes, and a list of them.
//!
//! `cargo run --release --bin hello`, then `curl http://127.0.0.1:8080/fibonacci`.
use std::hint::black_box;
use tramline::{Responder, route, routes, text};
fn index() -> &'static str {
    "Hello, World!"
}
#[doc(hidden)]
enum index {}
impl index {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding.get("/", ::core::concat!(::core::module_path!(), "::index"))
    }
    pub fn call(call: ::tramline::handler::Call<'_, '_>) -> ::tramline::handler::Done {
        call.respond(index())
    }
}
fn fibonacci() -> impl Responder {
    {
        let arg0 = fib(1_000_000);
        ::tramline::handler::Text::new(move |out: &mut dyn ::core::fmt::Write| {
            ::core::write!(out, "Fibonacci(10^6) = {} (with overflow)\n", arg0)
        })
    }
}
#[doc(hidden)]
enum fibonacci {}
impl fibonacci {
    pub const fn entry(
        finding: ::tramline::routing::Finding,
    ) -> ::tramline::routing::Entry {
        finding.get("/fibonacci", ::core::concat!(::core::module_path!(), "::fibonacci"))
    }
    pub fn call(call: ::tramline::handler::Call<'_, '_>) -> ::tramline::handler::Done {
        call.respond(fibonacci())
    }
}
/// Computed anew for each request: the compiler cannot know the count.
fn fib(count: u32) -> u32 {
    let (mut current, mut next) = (0_u32, 1_u32);
    for _ in 0..black_box(count) {
        (current, next) = (next, current.wrapping_add(next));
    }
    current
}
fn main() -> tramline::Result {
    tramline::run({
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
        struct UnnamedRoutes;
        #[allow(deprecated)]
        const _: () = {
            let _ = index;
            let _ = fibonacci;
        };
        #[allow(long_running_const_eval)]
        const _: () = {
            use ::tramline::handler::{calling, OneOf2};
            use ::tramline::handler::Uncalled as _;
            use ::tramline::routing::Unrouted as _;
            use ::core::option::Option::Some;
            use ::tramline::routing::{
                SOUND, find_rest, findings, lay, own_count, own_routes,
            };
            const ENTRIES: &[::tramline::routing::Entry] = &[
                <index>::entry(SOUND),
                <fibonacci>::entry(SOUND),
            ];
            const FINDINGS: &[::tramline::routing::Finding; 2] = &findings(OWN);
            const OWN: &[::tramline::RouteInfo; own_count(ENTRIES)] = &own_routes(
                ENTRIES,
            );
            impl ::tramline::RouteSet for UnnamedRoutes {
                const ENTRIES: &'static [::tramline::routing::Entry] = ENTRIES;
                type Whole = Self;
                const TRIE: ::tramline::routing::Trie = lay::<{ OWN.len() }>(OWN);
                type Calls = Self;
                const MATCHED: bool = true;
                fn find(
                    method: ::tramline::Method<'_>,
                    path: &str,
                    captures: &mut ::tramline::routing::Captures,
                ) -> ::core::option::Option<usize> {
                    match (method, path.as_bytes()) {
                        <::tramline::routing::KeyOf<Self, 0>>::KEY => Some(0),
                        <::tramline::routing::KeyOf<Self, 1>>::KEY => Some(1),
                        _ => find_rest::<Self>(method, path, captures),
                    }
                }
                #[inline(never)]
                fn table() -> &'static ::tramline::routing::Table {
                    <Self as ::tramline::RouteSet>::laid()
                }
            }
            impl ::tramline::routing::Whole for UnnamedRoutes {
                const ROUTES: &'static [::tramline::RouteInfo] = OWN;
            }
            impl<StateOfApp: 'static> ::tramline::Serve<StateOfApp> for UnnamedRoutes {
                fn dispatch<'r>(
                    index: usize,
                    request: ::tramline::Request<'r>,
                    response: &mut ::tramline::Response<'r>,
                    _: impl ::tramline::handler::Source<'r, State = StateOfApp>,
                ) -> impl ::core::future::Future<Output = ()> {
                    let state = ::tramline::handler::NoState;
                    match index {
                        0 => {
                            OneOf2::A {
                                call: <index>::call((calling)(request, response, state)),
                            }
                        }
                        1 => {
                            OneOf2::B {
                                call: <fibonacci>::call((calling)(request, response, state)),
                            }
                        }
                        _ => ::tramline::handler::no_handler(),
                    }
                }
            }
            const _: &[::tramline::routing::Entry] = &[<index>::entry(FINDINGS[0])];
            const _: &[::tramline::routing::Entry] = &[<fibonacci>::entry(FINDINGS[1])];
        };
        UnnamedRoutes
    })
}
