// Neither a guard nor a catcher is one without its annotation.

use tramline::{route, routes};

fn not_annotated() -> bool {
    true
}

#[route("/", guard = not_annotated)]
fn index() {}

routes! { App: index, 404 => not_annotated }

fn main() {}
