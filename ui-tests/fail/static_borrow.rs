// What is borrowed from a request lives as long as the request.

use tramline::{route, routes};

#[route("/users/{name}")]
fn show(name: &'static str) -> &'static str {
    name
}

routes! { App: show }

fn main() {}
