// `ROUTES` describes a set and cannot be served: the set itself is.

use tramline::{Server, route, routes};

#[route("/")]
fn index() {}

routes! { App: index }

fn main() -> tramline::Result {
    Server::new(App::ROUTES).run()
}
