// What a handler may look like.

use std::borrow::Cow;

use tramline::{Request, Responder, Status, route, routes, text};

#[route("/nothing")]
fn nothing() {}

/// Documented.
#[route("/documented")]
#[must_use]
pub const fn documented() -> &'static str {
    "text"
}

#[route("/inferred/{id}")]
fn inferred(id: u64) -> impl Responder {
    text!("{id}")
}

#[route("/changed/{count}")]
fn changed(mut count: u32) -> u32 {
    count += 1;
    count
}

#[route("/some/{id}")]
fn some(id: u64) -> Option<String> {
    (id > 0).then(|| id.to_string())
}

#[route("/result/{id}")]
fn result(id: Result<u64, <u64 as tramline::FromParam<'static>>::Error>) -> Result<u64, (Status, &'static str)> {
    id.map_err(|_| (Status::BAD_REQUEST, "a number, please\n"))
}

// Two borrowed arguments and a borrowed answer need a lifetime of their own.
#[route("/longest/{a}/{b}")]
fn longest<'r>(a: &'r str, b: &'r str, _request: Request<'r>) -> Cow<'r, str> {
    Cow::Borrowed(if a.len() < b.len() { b } else { a })
}

#[route(POST, "/echo")]
async fn echo(body: &[u8]) -> &[u8] {
    std::future::ready(body).await
}

#[route(POST, "/all/{*rest}")]
async fn all(request: Request<'_>, rest: String, body: &[u8]) -> (Status, String) {
    (Status::CREATED, format!("{} {rest} {}", request.path(), body.len()))
}

routes! { App: nothing, documented, inferred, changed, some, result, longest, echo, all }

fn main() {
    assert_eq!(App::ROUTES.len(), 9);
    assert!(App::ROUTES[1].name().ends_with("::documented"));
    // The functions are still functions.
    assert_eq!((documented(), changed(1), some(0), result(Ok(7))), ("text", 2, None, Ok(7)));
}
