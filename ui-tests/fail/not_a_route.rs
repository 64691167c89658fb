// A set is mounted, not listed.

use tramline::{route, routes};

#[route("/")]
fn index() {}

routes! { Api: index }
routes! { App: Api }

fn main() {}
