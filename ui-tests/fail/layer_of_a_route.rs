// Layers run around sets. No route has some of its own.

use tramline::{route, routes};

#[route("/")]
#[layer(tramline::AccessLog::new())]
fn index() {}

routes! { App: index }

fn main() {
    let _ = App::ROUTES;
}
