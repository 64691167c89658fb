// Two routes that both match some path, and neither of which is the more
// specific one. The message shows such a path.

use tramline::{route, routes};

#[route("/{user}/settings")]
fn settings(user: &str) {
    let _ = user;
}

#[route("/admin/{page}")]
fn admin(page: &str) {
    let _ = page;
}

#[route(POST, "/admin/{page}")]
fn another_method(page: &str) {
    let _ = page;
}

routes! { App: settings, admin, another_method }

fn main() {}
