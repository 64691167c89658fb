// What a handler may answer with, and an answer of the program's own.

use std::borrow::Cow;

use tramline::{Responder, Response, Status, route, routes};

struct TooYoung;

impl Responder for TooYoung {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        (Status::FORBIDDEN, "not yet\n").respond(response);
    }
}

#[route("/own")]
fn own() -> TooYoung {
    TooYoung
}

#[route("/status")]
fn status() -> Status {
    Status::NO_CONTENT
}

#[route("/bytes")]
fn bytes() -> &'static [u8] {
    b"\0\x01"
}

#[route("/array")]
fn array() -> &'static [u8; 2] {
    b"ok"
}

#[route("/vector")]
fn vector() -> Vec<u8> {
    vec![0; 3]
}

#[route("/number")]
fn number() -> i64 {
    -1
}

#[route("/maybe/{name}")]
fn maybe(name: &str) -> Option<Cow<'_, str>> {
    (name != "nobody").then_some(Cow::Borrowed(name))
}

#[route("/checked/{age}")]
fn checked(age: u8) -> Result<(Status, String), TooYoung> {
    if age < 18 { Err(TooYoung) } else { Ok((Status::ACCEPTED, age.to_string())) }
}

routes! { App: own, status, bytes, array, vector, number, maybe, checked }

fn main() {
    assert_eq!(App::ROUTES.len(), 8);
}
