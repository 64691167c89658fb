// `#[route]` takes methods and patterns, nothing else.

use tramline::route;

#[route("/report", cached)]
fn extra() {}

#[route(path = "/report")]
fn named() {}

#[route("/report", name = "report")]
fn report_by_name() {}

#[route("/slow", blockng)]
fn slip() {}

#[route("/admin", guards = is_admin)]
fn other_slip() {}

#[route("/admins", guard = is_admin, is_awake)]
fn second_guard() {}

#[route(blocking, "/early")]
fn early() {}

#[route("/value", blocking = true)]
fn with_value() {}

#[route("/again", blocking, guard = is_admin, blocking)]
fn again() {}

#[route(42)]
fn number() {}

#[route(GET, concat!("/", "report"))]
fn computed() {}

fn main() {}
