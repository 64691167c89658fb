// Several patterns of one function bind the same arguments, so each has the
// same parameters, in the same order; and nothing is listed twice.

use tramline::{route, routes};

#[route("/a/{x}/{y}", "/b/{y}/{x}", "/c/{x}", "/d")]
fn order(x: u8, y: u8) -> u8 {
    x + y
}

#[route("/a", "/a")]
fn pattern_twice() {}

#[route(GET, PUT, GET, "/a")]
fn method_twice() {}

#[route(GET, ANY, "/a")]
fn all_and_one() {}

#[route("/a" "/b")]
fn comma() {}

// Each route is held against all others, also of the same function.
#[route(GET, POST, "/{a}/b/", "/a/{a}/")]
fn ambiguous(a: &str) {
    let _ = a;
}

#[route(PUT, "/users/me", "/users/{id}/")]
fn user() {}

#[route("/one", "/both")]
fn one() {}

#[route(POST, GET, "/two", "/both")]
fn two() {}

routes! { App: ambiguous, user, one, two }
routes! { Twice: one, one }

fn main() {}
