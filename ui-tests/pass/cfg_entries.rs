// A condition may stand on each entry of a list, handler or mount, first or
// last. What is left out need not exist, and nothing is said of it.
#![deny(warnings, clippy::pedantic)]

use tramline::testing::Client;
use tramline::{RouteSet, catch, route, routes};

#[route("/a")]
fn a() {}

#[route("/b/{id}")]
fn b(id: u8) {
    let _ = id;
}

mod set {
    tramline::routes! { pub Routes: #[cfg(any())] super::missing, super::a, super::b, #[cfg(any())] super::missing }
}

routes! { First: #[cfg(any())] missing, a, b, #[cfg(all())] "/m" => set::Routes, "/n" => set::Routes }
routes! { Middle: a, #[cfg(any())] missing, b, "/m" => set::Routes, #[cfg(any())] "/x" => Missing, "/n" => set::Routes }
routes! { Last: a, b, #[cfg(any())] missing, "/m" => set::Routes, "/n" => set::Routes, #[cfg(any())] "/x" => Missing }
routes! { Held: #[cfg(all())] a, #[cfg(all())] #[cfg(unix)] b, "/m" => set::Routes, #[cfg(all())] "/n" => set::Routes }
routes! { Nothing: #[cfg(any())] missing, #[cfg(any())] "/x" => Missing }
routes! { OnlyHandler: #[cfg(any())] missing }
routes! { OnlyMount: #[cfg(any())] "/x" => Missing }

// One of two catchers for the same status.
#[catch]
fn gone() -> &'static str {
    "gone"
}

routes! {
    Caught:
        a,
        #[cfg(any())] 404 => missing,
        #[cfg(all())] 404 => gone,
        #[cfg(all())] _ => gone,
        #[cfg(any())] _ => missing,
}

fn main() {
    Client::new(Caught).get("/c").send().assert_status(404).assert_text("gone");
    Client::new(Caught).post("/a").send().assert_status(405).assert_text("gone");
    let sets = [First::ROUTES, Middle::ROUTES, Last::ROUTES, Held::ROUTES];
    let expected = ["/a", "/b/{id}", "/m/a", "/m/b/{id}", "/n/a", "/n/b/{id}"];
    for routes in sets {
        let patterns: Vec<_> = routes.iter().map(tramline::RouteInfo::pattern).collect();
        assert_eq!(patterns, expected);
    }
    assert!(Nothing::ROUTES.is_empty() && OnlyHandler::ROUTES.is_empty() && OnlyMount::ROUTES.is_empty());
    assert_eq!(count(routes![#[cfg(any())] missing, a, #[cfg(any())] "/x" => Missing]), 1);
    assert_eq!(count(routes![#[cfg(all())] "/x" => Held]), 6);
}

fn count<R: RouteSet>(_: R) -> usize {
    R::ROUTES.len()
}
