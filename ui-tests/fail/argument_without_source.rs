// An argument that no parameter is named after is taken from the request, if
// its type can be. One that cannot is told so at its type, and nowhere else.

use tramline::{Request, route, routes};

struct User {
    id: u64,
}

#[route("/users/{id}")]
fn show(id: u64, user: User) -> String {
    format!("{id} {}", user.id)
}

#[route(POST, "/users")]
async fn add(request: Request<'_>, user: User, other: Option<User>) {
    let _ = (request, user, other);
}

routes! { App: show, add }

fn main() {}
