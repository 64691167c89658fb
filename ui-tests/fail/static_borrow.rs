// What is borrowed from a request lives as long as the request.

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

routes! { App: show, note, decoded }

fn main() {}
