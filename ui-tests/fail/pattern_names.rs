// A parameter has the name of an argument, so it must be a possible one, and
// no two parameters share it. Keywords are possible: see `pass/names.rs`.

use tramline::route;

#[route("/users/{}")]
fn without() {}

#[route("/users/{user-id}")]
fn hyphen(user_id: u64) {
    let _ = user_id;
}

#[route("/users/{id:u64}")]
fn typed(id: u64) {
    let _ = id;
}

#[route("/users/{self}")]
fn keyword() {}

#[route("/users/{r#type}")]
fn raw(r#type: u64) {
    let _ = r#type;
}

#[route("/users/{id}/posts/{id}")]
fn twice(id: u64) {
    let _ = id;
}

fn main() {}
