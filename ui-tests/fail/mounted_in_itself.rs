// A set cannot be a part of itself.

use tramline::{route, routes};

#[route("/")]
fn index() {}

routes! { App: index, "/again" => App }

fn main() {}
