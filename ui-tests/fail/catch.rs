// A catcher answers in place of an error; a list names it behind a status.

use tramline::{catch, guard, route, routes};

#[catch]
fn not_found() -> &'static str {
    "not here"
}

#[catch(404)]
fn with_arguments() {}

#[catch]
const GONE: &str = "gone";

#[catch]
struct Nothing;

#[guard]
fn is_open() -> bool {
    true
}

#[catch]
fn with_parameter(id: u64) -> String {
    format!("not {id}")
}

#[route(_)]
fn lost() {}

#[route("/index")]
fn index() {}

routes! { Success: index, 200 => not_found }
routes! { Number: index, 4040 => not_found }
routes! { Suffix: index, 404u16 => not_found }
routes! { Named: index, Status::NOT_FOUND => not_found }
routes! { Fallback: _ => lost }
routes! { Twice: index, 404 => not_found, 404 => not_found }
routes! { Others: index, _ => not_found, _ => not_found }
routes! { Alone: index, 404 }
routes! { Nobody: index, 404 => }
routes! { Handler: 404 => index, 405 => is_open }
routes! { Stubs: 404 => with_arguments }

fn main() {}
