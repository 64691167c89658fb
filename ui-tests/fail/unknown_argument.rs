// `#[route]` takes a method and a pattern, nothing else.

use tramline::route;

#[route("/report", blocking)]
fn extra() {}

#[route(path = "/report")]
fn named() {}

#[route("/report", "/summary")]
fn two_patterns() {}

#[route(42)]
fn number() {}

#[route(GET, concat!("/", "report"))]
fn computed() {}

fn main() {}
