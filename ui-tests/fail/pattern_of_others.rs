// What other frameworks write for a parameter, a catch-all or a method.

use tramline::route;

// It would be the request's body.
#[route("/hello/:name")]
fn colon(name: &str) {
    let _ = name;
}

#[route("/users/<id>")]
fn angles(id: u64) {
    let _ = id;
}

#[route("/files/*path")]
fn star(path: &str) {
    let _ = path;
}

#[route("/files/{path*}")]
fn star_behind(path: &str) {
    let _ = path;
}

#[route("/files/{...path}")]
fn dots(path: &str) {
    let _ = path;
}

#[route("/files/<path..>")]
fn dots_behind(path: &str) {
    let _ = path;
}

#[route("/posts/[id]")]
fn brackets(id: u64) {
    let _ = id;
}

#[route("/all/*")]
fn star_alone() {}

#[route("/all/{rest:.*}")]
fn expression(rest: &str) {
    let _ = rest;
}

#[route("http://localhost:8080/users")]
fn address() {}

#[route("/posts/{page?}")]
fn optional(page: Option<u32>) {
    let _ = page;
}

#[route("POST /users")]
fn with_method() {}

#[route("GET", "/users")]
fn method_as_text() {}

fn main() {}
