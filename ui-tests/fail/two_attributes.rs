// One function, one attribute: it may list several methods and patterns.

use tramline::{route, routes};

#[route("/a")]
#[route("/b")]
fn both() {}

routes! { App: both }

fn main() {
    let _ = App::ROUTES;
}
