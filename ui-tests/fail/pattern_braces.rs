// Braces come in pairs, and a pair fills its segment.

use tramline::route;

#[route("/users/{id")]
fn not_closed(id: u64) {
    let _ = id;
}

#[route("/users/id}")]
fn not_opened(id: u64) {
    let _ = id;
}

#[route("/{{id}}")]
fn doubled(id: u64) {
    let _ = id;
}

#[route("/files/{name}.json")]
fn part_of_a_segment(name: &str) {
    let _ = name;
}

fn main() {}
