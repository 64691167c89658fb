// A pattern starts with `/`.

use tramline::route;

#[route("users/{id}")]
fn show(id: u64) {
    let _ = id;
}

fn main() {}
