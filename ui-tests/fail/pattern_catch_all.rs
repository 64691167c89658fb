// A catch-all takes the rest of the path, so nothing can follow it.

use tramline::route;

#[route("/files/{*path}/raw")]
fn raw(path: &str) {
    let _ = path;
}

#[route("/files/{*}")]
fn nameless() {}

fn main() {}
