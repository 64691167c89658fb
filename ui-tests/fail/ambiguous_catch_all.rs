// A catch-all is no excuse: neither route is more specific in every segment.

use tramline::{route, routes};

#[route("/{user}/avatar")]
fn avatar(user: &str) {
    let _ = user;
}

#[route("/static/{*path}")]
fn file(path: &str) {
    let _ = path;
}

routes! { App: avatar, file }

fn main() {}
