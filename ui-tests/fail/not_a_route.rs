// A set is mounted, not listed like a handler. It is known by its name; what
// has no such name and is no route either is the compiler's to tell.

use tramline::{route, routes};

#[route("/")]
fn index() {}

mod api {
    tramline::routes! { pub Routes: super::index }
}

routes! { App: api::Routes, index }

fn main() {
    let _ = routes![index, App];
}
