//! Streamed answers that are the last, because of what is left of a body: they
//! say so.

use super::answers_of_in_any_pieces;
use crate::connection::limits::Limits;
use crate::{Body, Responder, Streamed, route, routes};

/// Leaves the body to nobody.
#[route(GET, POST, "/ignore")]
fn ignore() -> impl Responder {
    Streamed::from_reader(&b"content"[..])
}

#[route(POST, "/sized")]
fn sized() -> impl Responder {
    Streamed::from_reader(&b"content"[..]).length(7)
}

/// Holds the body, whose length is known, and reads it.
#[route(GET, POST, "/echo")]
fn echo(body: Body<'_>) -> impl Responder {
    let length = body.length().unwrap_or_default();
    Streamed::from_reader(body).length(length)
}

/// Holds the body, and is not asked for content.
#[route(POST, "/empty")]
fn empty(body: Body<'_>) -> impl Responder {
    Streamed::from_reader(body).length(0)
}

routes! { App: ignore, sized, echo, empty }

#[test]
fn a_close_that_is_certain_is_announced() {
    let limits = Limits {
        discarded_bytes: 64,
        ..Limits::default()
    };
    let expects = |length: u64| format!("Content-Length: {length}\r\nExpect: 100-continue");
    let length = |length: u64| format!("Content-Length: {length}");
    let chunked = "Transfer-Encoding: chunked".to_owned();
    for (line, fields, body, closes) in [
        ("POST /ignore HTTP/1.1", length(65), 0, true),
        ("POST /ignore HTTP/1.1", length(64), 0, false),
        ("POST /ignore HTTP/1.1", chunked.clone(), 0, false),
        ("POST /ignore HTTP/1.1", expects(1), 0, true),
        ("GET /ignore HTTP/1.1", length(65), 0, true),
        ("HEAD /ignore HTTP/1.1", length(65), 0, true),
        ("POST /sized HTTP/1.1", length(65), 0, true),
        (
            "POST /sized HTTP/1.0\r\nConnection: keep-alive",
            length(65),
            0,
            true,
        ),
        (
            "POST /sized HTTP/1.0\r\nConnection: keep-alive",
            length(64),
            0,
            false,
        ),
        ("POST /echo HTTP/1.1", length(65), 65, false),
        ("HEAD /echo HTTP/1.1", length(65), 0, true),
        ("HEAD /echo HTTP/1.1", expects(65), 0, true),
        ("POST /empty HTTP/1.1", length(65), 0, true),
        ("POST /empty HTTP/1.1", length(64), 0, false),
        ("POST /empty HTTP/1.1", expects(1), 0, true),
    ] {
        let body = "x".repeat(body);
        let request = format!("{line}\r\nHost: a\r\n{fields}\r\n\r\n{body}");
        let (answer, closed) = answers_of_in_any_pieces::<App>(request.as_bytes(), limits);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{request:?}: {answer}");
        assert_eq!(
            (answer.contains("\r\nConnection: close\r\n"), closed),
            (closes, closes),
            "{request:?}: {answer}"
        );
    }
}
