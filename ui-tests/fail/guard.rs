// A guard decides, by what a request and the state have; a route names it
// behind its patterns.

use tramline::{guard, route, routes};

#[guard]
fn is_open() -> bool {
    true
}

#[guard("/admin")]
fn with_arguments() -> bool {
    true
}

#[guard]
const CLOSED: &str = "closed";

#[guard]
fn undecided() {}

#[guard]
fn talkative() -> &'static str {
    "no"
}

#[guard]
fn with_parameter(id: u64) -> bool {
    id > 0
}

#[guard]
fn generic<T: Default>() -> bool {
    true
}

#[guard]
struct Nothing;

#[route("/both")]
#[guard]
fn both() -> bool {
    true
}

#[route("/index")]
fn index() {}

#[route(guard = is_open, "/early")]
fn early() {}

#[route("/unnamed", guard)]
fn unnamed() {}

#[route("/called", guard = is_open())]
fn called() {}

#[route("/twice", guard = is_open, guard = is_open)]
fn twice() {}

#[route("/handler", guard = index)]
fn handler() {}

#[route("/stub", guard = with_arguments, guard = undecided)]
fn stub() {}

routes! { App: early, unnamed, called, twice, handler, stub }
routes! { Listed: index, is_open }

fn main() {}
