// `.` and `..` never arrive: clients resolve them before they ask.

use tramline::{route, routes};

#[route("/a/../b")]
fn up() {}

#[route("/a/.")]
fn here() {}

#[route("/...")]
fn three_are_text() {}

mod inner {
    tramline::routes! { pub Routes: super::three_are_text }
}

routes! { App: up, here, "/x/.." => inner::Routes }

fn main() {}
