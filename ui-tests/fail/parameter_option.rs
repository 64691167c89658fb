// A parameter is never absent; what does not parse is an `Err`.

use tramline::route;

#[route("/users/{id}")]
fn show(id: Option<u64>) -> u64 {
    id.unwrap_or(0)
}

fn main() {}
