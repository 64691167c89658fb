// A macro sees a name, not what it stands for: the pattern is a literal. A
// word in capitals is taken for a method, also after another.

use tramline::route;

const USERS: &str = "/users";

#[route(USERS)]
fn list() {}

#[route(GET, USERS)]
fn list_again() {}

fn main() {
    let _ = USERS;
}
