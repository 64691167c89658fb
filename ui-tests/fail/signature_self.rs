// A handler is a free function.

use tramline::route;

struct Counter;

impl Counter {
    #[route("/count")]
    fn count(&self) -> u64 {
        0
    }
}

fn main() {}
