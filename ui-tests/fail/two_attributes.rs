// One function, one route, for now.

use tramline::{route, routes};

#[route("/a")]
#[route("/b")]
fn both() {}

routes! { App: both }

fn main() {
    let _ = App::ROUTES;
}
