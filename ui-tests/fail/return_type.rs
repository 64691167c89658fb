// The return type is an answer; so are both sides of a `Result`.

use tramline::route;

struct User;
struct Missing;

#[route("/a")]
fn plain() -> User {
    User
}

#[route("/b")]
async fn later() -> Vec<User> {
    Vec::new()
}

#[route("/c")]
fn failing() -> Result<&'static str, Missing> {
    Err(Missing)
}

#[route("/d")]
fn hidden() -> impl Copy {
    1.5
}

fn main() {}
