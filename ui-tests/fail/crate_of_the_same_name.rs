// The marker of `fn std` is a type, and so shares its namespace with the crate
// that a `use` of this module means.

use std::string::String;
use tramline::{route, routes};

#[route("/std")]
fn std() -> String {
    String::new()
}

routes! { App: std }

fn main() {}
