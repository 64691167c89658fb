// Outside of a function a list needs a name, by which it is mounted and served.

use tramline::{route, routes};

#[route("/")]
fn index() {}

routes! { index }

fn main() {}
