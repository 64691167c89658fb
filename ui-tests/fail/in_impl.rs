// Not even a function without `self` can be a handler inside an `impl`: its
// marker is an item of its own.

use tramline::route;

struct Users;

impl Users {
    #[route("/users")]
    fn list() {}
}

fn main() {}
