// `#[route]` takes methods and patterns, nothing else.

use tramline::route;

#[route("/report", cached)]
fn extra() {}

#[route(path = "/report")]
fn named() {}

#[route("/report", name = "report")]
fn report_by_name() {}

#[route(42)]
fn number() {}

#[route(GET, concat!("/", "report"))]
fn computed() {}

fn main() {}
