// A handler is called by safe Rust code.

use tramline::{route, routes};

#[route("/a")]
unsafe fn not_safe() {}

#[route("/b")]
extern "C" fn not_rust() {}

routes! { App: not_safe, not_rust }

fn main() {
    let _ = App::ROUTES;
}
