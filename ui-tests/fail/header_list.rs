// The first part of a tuple is a status, or headers.

use tramline::route;

#[route("/code")]
fn code() -> (u16, &'static str) {
    (404, "not a status")
}

#[route("/map")]
fn pair() -> ((&'static str, &'static str), &'static str) {
    (("Cache-Control", "no-store"), "one pair is no list")
}

fn main() {}
