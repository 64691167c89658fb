// What is streamed comes from a stream of chunks or from a reader, and the
// type of that is seldom one that a handler can name.

use tramline::{Streamed, route};

#[route("/numbers")]
fn numbers() -> Streamed<Vec<u8>> {
    todo!()
}

fn main() {}
