// The compiler has its own say on variadic functions; ours comes first.

use tramline::route;

#[route("/a")]
fn variadic(a: u8, ...) {}

fn main() {}
