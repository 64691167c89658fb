// An argument that no parameter is named after is taken from the request, if
// its type can be.

use tramline::route;

struct User {
    id: u64,
}

#[route("/users/{id}")]
fn show(id: u64, user: User) -> String {
    format!("{id} {}", user.id)
}

fn main() {}
