// A handler is listed, not mounted.

use tramline::{route, routes};

#[route("/")]
fn index() {}

routes! { App: "/api" => index }

fn main() {
    tramline::run(index).unwrap();
}
