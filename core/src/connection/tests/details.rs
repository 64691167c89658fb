//! What a catcher is told of an error, on the wire.

use super::around::{answers_of, get};
use crate::{
    Detail, FromRequest, Request, Responder, Response, Status, catch, route, routes, text,
};

/// An argument that is refused with a sentence, or with two.
struct Refused;

impl<'r> FromRequest<'r> for Refused {
    type State = ();
    type Rejection = Refusal<'r>;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, Refusal<'r>> {
        Err(Refusal(request.query().unwrap_or_default()))
    }
}

struct Refusal<'r>(&'r str);

impl Responder for Refusal<'_> {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.problem(
            Status::BAD_REQUEST,
            format_args!("\"{}\" is refused", self.0),
        );
    }
}

#[route("/refused")]
fn refused(_refused: Refused) {}

#[route("/said")]
fn said() -> Refusal<'static> {
    Refusal("by the handler")
}

#[route("/failed")]
fn failed() -> Box<dyn core::error::Error> {
    "a secret".into()
}

/// Answers in its own form.
#[catch]
fn detailed(status: Status, detail: Detail<'_>) -> impl Responder {
    let (code, empty) = (status.code(), detail.is_empty());
    text!("{code} {empty} <{detail}>")
}

/// Answers with a sentence about the sentence.
#[catch]
async fn quoting(detail: Detail<'_>) -> Quoting<'_> {
    core::future::ready(()).await;
    Quoting(detail)
}

struct Quoting<'r>(Detail<'r>);

impl Responder for Quoting<'_> {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.problem(response.status(), format_args!("it says: {}", self.0));
    }
}

routes! { Quoted: refused, 400 => quoting }

routes! { Leaving: refused, 402 => detailed }

#[route("/status")]
fn status() -> Status {
    Status::CONFLICT
}

#[route("/panic")]
fn panicking() {
    panic!("a handler of a test panics on purpose")
}

routes! {
    Detailing: refused, said, failed, status, panicking, "/quoted" => Quoted, "/leaving" => Leaving, _ => detailed
}

#[test]
fn a_catcher_is_told_what_the_error_says() {
    for (target, body) in [
        ("/refused?a", "400 false <\"a\" is refused>"),
        ("/leaving/refused?a", "400 false <\"a\" is refused>"),
        (
            "/quoted/refused?a",
            "400 Bad Request: it says: \"a\" is refused\n",
        ),
        ("/said", "400 Bad Request: \"by the handler\" is refused\n"),
        // Of those the log is told.
        ("/failed", "500 true <>"),
        ("/panic", "500 true <>"),
        ("/status", "409 true <>"),
        ("/nowhere", "404 true <>"),
    ] {
        // In its own words, and not as it would have been escaped.
        for accept in ["*/*", "application/json"] {
            let head = format!("GET {target} HTTP/1.1\r\nHost: a\r\nAccept: {accept}\r\n\r\n");
            // The detail of the request before is gone.
            let before = get("/refused?before");
            let (sent, _) = answers_of::<Detailing>(&format!("{before}{head}"));
            let (_, sent) = sent.rsplit_once("\r\n\r\n").expect("a head has an end");
            let is_own = target == "/said" || target == "/quoted/refused?a";
            assert!(
                sent == body || is_own && accept != "*/*",
                "{target}: {sent}"
            );
        }
    }
}

/// Panics when half of it is said.
struct Half;

impl Responder for Half {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.header("x-half", 1);
        response.header("Content-Type", "text/html");
        panic!("a responder of a test panics on purpose")
    }
}

#[catch]
fn half() -> Half {
    Half
}

#[route("/with-header")]
fn with_header() -> ([(&'static str, &'static str); 1], Status) {
    ([("x-whole", "1")], Status::UNAUTHORIZED)
}

routes! { Halved: with_header, _ => half }

#[test]
fn a_catcher_that_panics_leaves_the_error_as_it_was() {
    let (sent, closed) = answers_of::<Halved>(&get("/with-header"));
    assert!(closed && sent.starts_with("HTTP/1.1 401 "), "{sent}");
    assert!(sent.contains("x-whole: 1\r\n"), "{sent}");
    assert!(
        sent.contains("Content-Type: text/plain") && !sent.contains("x-half"),
        "{sent}"
    );
}
