// What is borrowed from a request lives as long as the request, and state as
// long as the server.

use std::borrow::Cow;

use tramline::{route, routes};

#[route("/users/{name}")]
fn show(name: &'static str) -> &'static str {
    name
}

#[route(POST, "/notes")]
fn note(body: &'static [u8]) -> usize {
    body.len()
}

#[route("/decoded/{name}")]
fn decoded(name: Cow<'static, str>) -> String {
    name.into_owned()
}

struct Db(u64);

#[route("/count")]
fn count(db: &'static Db) -> u64 {
    db.0
}

routes! { App for Db: show, note, decoded, count }

fn main() {}
