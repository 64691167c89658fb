// A private handler that no list names is dead code, and the compiler says so:
// of the function and of the constant, not of anything generated.
#![deny(dead_code)]

use tramline::{route, routes};

#[route("/")]
fn index() {}

#[route("/forgotten/{id}")]
async fn forgotten(id: u64) -> u64 {
    id
}

#[route("/forgotten.txt")]
const FORGOTTEN: &str = "";

fn main() {
    let _ = routes![index];
}
