//! The engine, driven with slices: every case whole, at every two-way split,
//! and byte by byte.

mod answers;
mod around;
mod bodies;
mod closing;
mod conformance;
mod details;
mod downloads;
mod guards;
mod hasty;
mod hosts;
mod late;
pub(crate) mod layered;
mod lengths;
mod owners;
mod panics;
mod paths;
mod shipped;
mod uploads;

use core::future::poll_fn;
use core::task::Poll;

use crate::connection::conn::Next;
use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{Request, Responder, Serve, Status, route, routes, text};

#[route("/")]
fn index() -> &'static str {
    "Hello"
}

#[route("/page")]
const CONSTANT: &str = "constant";

#[route("/users/{id}")]
fn show(id: u32) -> impl Responder {
    text!("user {id}")
}

#[route(POST, "/echo")]
fn echo(body: &[u8]) -> Vec<u8> {
    body.to_vec()
}

#[route(POST, "/ignore")]
fn ignore() -> &'static str {
    "ignored"
}

#[route("/panic")]
fn panicking() -> &'static str {
    panic!("a handler of a test panics on purpose")
}

/// Pends once.
#[route("/slow")]
async fn slow() -> &'static str {
    let mut polled = false;
    poll_fn(|_| {
        if core::mem::replace(&mut polled, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    "slow"
}

#[route(DELETE, "/users/{id}")]
fn remove(id: u32) -> Status {
    let _ = id;
    Status::NO_CONTENT
}

/// Two methods under two patterns, the second of each found by the trie alone.
#[route(GET, PUT, "/several", "/several/")]
fn several(request: Request<'_>) -> String {
    format!("{} {}", request.method(), request.path())
}

routes! { pub(crate) App: several, #[cfg(any())] missing, index, CONSTANT, show, echo, ignore, panicking, slow, remove }

/// What the engine answers when `input` arrives in these pieces, the dates
/// taken out; and whether it then closes.
fn answers<R: Serve<()>>(pieces: &[&[u8]], limits: Limits) -> (String, bool) {
    let mut memory = Memory::new::<R>(limits);
    for piece in pieces {
        memory.feed(piece);
        while memory.is_waiting() {
            memory.wake();
        }
    }
    let sent = String::from_utf8(memory.sent()).expect("all answers here are text");
    (
        sent.replace("Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n", ""),
        memory.closed,
    )
}

/// Checks that the answers do not depend on how `input` is cut.
fn answers_in_any_pieces(input: &str, limits: Limits) -> (String, bool) {
    answers_of_in_any_pieces::<App>(input.as_bytes(), limits)
}

/// The same for another set.
fn answers_of_in_any_pieces<R: Serve<()>>(input: &[u8], limits: Limits) -> (String, bool) {
    let whole = answers::<R>(&[input], limits);
    // Miri takes a thousand times as long.
    let step = if cfg!(miri) { 1 + input.len() / 8 } else { 1 };
    for at in (1..input.len()).step_by(step) {
        let (head, tail) = input.split_at(at);
        assert_eq!(answers::<R>(&[head, tail], limits), whole, "cut at {at}");
    }
    let bytes: Vec<&[u8]> = input.chunks(step).collect();
    assert_eq!(answers::<R>(&bytes, limits), whole, "byte by byte");
    whole
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn a_pipeline_with_a_body_a_head_a_pending_handler_and_a_panic() {
    let input = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde\
                 HEAD / HTTP/1.1\r\nHost: a\r\n\r\n\
                 POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\nGET / H\
                 GET /slow HTTP/1.1\r\nHost: a\r\n\r\n\
                 GET /users/42 HTTP/1.1\r\nHost: a\r\n\r\n\
                 GET /panic HTTP/1.1\r\nHost: a\r\n\r\n\
                 GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let expected = [
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 5\r\n\r\nabcde",
        ok("Hello").strip_suffix("Hello").unwrap(),
        &ok("ignored"),
        &ok("slow"),
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length:            7\r\n\r\nuser 42",
        "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length:           26\r\n\
         Connection: close\r\n\r\n500 Internal Server Error\n",
    ]
    .concat();
    assert_eq!(
        answers_in_any_pieces(input, Limits::default()),
        (expected, true)
    );
}

/// Each request alone: its status line's code, a part of the answer, and
/// whether the connection stays.
#[test]
#[allow(clippy::too_many_lines, reason = "it is a table")]
fn statuses() {
    let big = format!(
        "GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n",
        "x".repeat(600)
    );
    let long = format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(600));
    for (request, status, part, stays) in [
        (GET, 200, "Hello", true),
        (
            "GET / HTTP/1.0\r\n\r\n",
            200,
            "Connection: close\r\n",
            false,
        ),
        (
            "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            200,
            "Connection: keep-alive\r\n",
            true,
        ),
        (
            "GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            200,
            "Connection: close\r\n\r\nconstant",
            false,
        ),
        (
            "GET http://a/users/7?x HTTP/1.1\r\nHost: b\r\n\r\n",
            200,
            "user 7",
            true,
        ),
        (
            "GET /several HTTP/1.1\r\nHost: a\r\n\r\n",
            200,
            "\r\n\r\nGET /several",
            true,
        ),
        (
            "PUT /several/ HTTP/1.1\r\nHost: a\r\n\r\n",
            200,
            "\r\n\r\nPUT /several/",
            true,
        ),
        (
            "POST /several/ HTTP/1.1\r\nHost: a\r\n\r\n",
            405,
            "Allow: GET, HEAD, PUT, OPTIONS\r\n",
            true,
        ),
        (
            "GET /users/x HTTP/1.1\r\nHost: a\r\n\r\n",
            404,
            "404 Not Found\n",
            true,
        ),
        (
            "GET /none HTTP/1.1\r\nHost: a\r\n\r\n",
            404,
            "404 Not Found\n",
            true,
        ),
        (
            "HEAD /none HTTP/1.1\r\nHost: a\r\n\r\n",
            404,
            "Content-Length:",
            true,
        ),
        (
            "PUT /users/7 HTTP/1.1\r\nHost: a\r\n\r\n",
            405,
            "Allow: GET, HEAD, DELETE, OPTIONS\r\n",
            true,
        ),
        (
            "POST / HTTP/1.1\r\nHost: a\r\n\r\n",
            405,
            "Allow: GET, HEAD, OPTIONS\r\n",
            true,
        ),
        (
            "OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\n",
            204,
            "Allow: POST, OPTIONS\r\n",
            true,
        ),
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 204, "", true),
        ("OPTIONS /none HTTP/1.1\r\nHost: a\r\n\r\n", 404, "", true),
        ("DELETE /users/7 HTTP/1.1\r\nHost: a\r\n\r\n", 204, "", true),
        (
            "BREW / HTTP/1.1\r\nHost: a\r\n\r\n",
            501,
            "no route here names this method",
            true,
        ),
        (
            "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
            501,
            "not a proxy",
            false,
        ),
        ("GET / HTTP/1.1\r\n\r\n", 400, "no Host field", false),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "HTTP/1.1", false),
        ("rubbish\r\n\r\n", 400, "", false),
        (&big, 431, "too long", false),
        (&long, 414, "too long", false),
        (
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1x",
            400,
            "validly chunked",
            false,
        ),
        (
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
            501,
            "",
            false,
        ),
        (
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 33\r\n\r\n",
            413,
            "limit of 32 bytes",
            true,
        ),
        (
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 65\r\n\r\n",
            413,
            "",
            false,
        ),
        (
            "POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 64\r\n\r\n",
            200,
            "ignored",
            true,
        ),
        (
            "POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 65\r\n\r\n",
            200,
            "Connection: close",
            false,
        ),
        (
            "POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
            200,
            "Connection: close",
            false,
        ),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n",
            417,
            "",
            false,
        ),
    ] {
        let limits = Limits {
            head_bytes: 512,
            body_bytes: 32,
            discarded_bytes: 64,
            ..Limits::default()
        };
        let (answer, closed) = answers_in_any_pieces(request, limits);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{request:?}: {answer}"
        );
        assert!(answer.contains(part), "{request:?}: {answer}");
        assert_eq!(
            answer.matches("HTTP/1.1 ").count(),
            1 + usize::from(status == 505),
            "{request:?}: {answer}"
        );
        assert_eq!(closed, !stays, "{request:?}: {answer}");
        if request.starts_with("HEAD") {
            assert!(answer.ends_with("\r\n\r\n"), "{answer}");
        }
    }
}

#[test]
fn nothing_is_answered_after_a_close() {
    let close = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let (answer, closed) = answers_in_any_pieces(&[close, GET, GET].concat(), Limits::default());
    assert_eq!(
        (answer.matches("HTTP/1.1 200 OK").count(), closed),
        (1, true)
    );
}

#[test]
fn a_waiting_handler_does_not_hold_back_earlier_answers() {
    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed(
        [GET, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n", GET]
            .concat()
            .as_bytes(),
    );
    assert!(memory.is_waiting());
    assert!(String::from_utf8(memory.sent()).unwrap().ends_with("Hello"));
    memory.wake();
    let sent = String::from_utf8(memory.sent()).unwrap();
    assert!(sent.contains("slow") && sent.ends_with("Hello"), "{sent}");
}

#[test]
fn a_turn_ends_at_its_bounds_and_the_rest_is_answered_in_the_next() {
    for limits in [
        Limits {
            requests_per_turn: 3,
            ..Limits::default()
        },
        Limits {
            output_bytes: 200,
            ..Limits::default()
        },
    ] {
        let (answer, closed) = answers_in_any_pieces(&GET.repeat(10), limits);
        assert_eq!((answer.matches("Hello").count(), closed), (10, false));
    }
}

#[test]
fn shutting_down_makes_the_next_answer_the_last() {
    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed(GET.as_bytes());
    memory.shut_down();
    memory.feed(GET.as_bytes());
    let sent = String::from_utf8(memory.sent()).unwrap();
    assert_eq!(
        (sent.matches("Connection: close").count(), memory.closed),
        (1, true)
    );
}

/// The next request may be on its way to a peer that closes at once, which would
/// reset the connection, and destroy the answer.
#[test]
fn a_peer_that_did_not_ask_for_the_end_is_waited_for() {
    for (request, shuts_down, next) in [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", true, Next::Linger),
        (
            "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            true,
            Next::Linger,
        ),
        ("GET / HTTP/1.0\r\n\r\n", false, Next::Close),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            true,
            Next::Close,
        ),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nG",
            false,
            Next::Linger,
        ),
    ] {
        let mut memory = Memory::new::<App>(Limits::default());
        if shuts_down {
            memory.shut_down();
        }
        memory.feed(request.as_bytes());
        assert!(memory.closed, "{request}");
        let conn = memory.at_rest().expect("no handler runs");
        assert_eq!(conn.next, next, "{request}");
    }
}

#[test]
fn an_idle_connection_holds_no_bytes() {
    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed(GET.as_bytes());
    assert!(memory.at_rest().expect("no handler runs").is_at_rest());
    memory.feed(&GET.as_bytes()[..5]);
    assert!(memory.at_rest().expect("no handler runs").is_mid_request());
}
