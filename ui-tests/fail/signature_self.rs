// A handler is a free function.

use tramline::route;

struct Counter;

impl Counter {
    #[route("/count")]
    fn count(&self) -> u64 {
        0
    }

    #[route("/boxed")]
    fn boxed(self: Box<Self>) {}

    #[route("/new")]
    fn new() -> Self {
        Self
    }
}

trait Count {
    #[route("/declared")]
    fn declared();
}

fn main() {}
