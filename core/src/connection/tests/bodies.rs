//! Bodies of requests: taken by a handler, passed over, or refused.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;

use super::{App, GET, answers_in_any_pieces};
use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{FromRequest, Request, route, routes};

/// Begins to receive the body, and answers without it when polled again.
#[route(POST, "/impatient")]
async fn impatient(request: Request<'_>) -> &'static str {
    let mut body = pin!(<&[u8]>::from_request(request, ()));
    let mut polled = false;
    poll_fn(|cx| {
        if core::mem::replace(&mut polled, true) {
            return Poll::Ready(());
        }
        body.as_mut().poll(cx).map(|_| ())
    })
    .await;
    "impatient"
}

/// Polls the body twice in a row, as a `select!` in a loop does.
#[route(POST, "/eager")]
async fn eager(request: Request<'_>) -> Vec<u8> {
    let mut body = pin!(<&[u8]>::from_request(request, ()));
    let body = poll_fn(|cx| match body.as_mut().poll(cx) {
        Poll::Pending => body.as_mut().poll(cx),
        ready @ Poll::Ready(_) => ready,
    });
    body.await.unwrap_or_default().to_vec()
}

routes! { Hasty: impatient, eager }

#[test]
fn chunked_bodies_are_taken_or_passed_over_and_end_where_they_end() {
    let head =
        |path| format!("POST {path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    let body = "3;ext\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n";
    let input = [
        &head("/echo"),
        body,
        &head("/ignore"),
        body,
        GET,
        &head("/none"),
        body,
        GET,
    ]
    .concat();
    let (answer, closed) = answers_in_any_pieces(&input, Limits::default());
    let bodies: Vec<&str> = answer
        .split("\r\n\r\n")
        .skip(1)
        .map(|rest| rest.split("HTTP/1.1 ").next().unwrap_or_default())
        .collect();
    assert_eq!(
        bodies,
        ["abcde", "ignored", "Hello", "404 Not Found\n", "Hello"]
    );
    assert!(!closed);
}

#[test]
fn a_chunked_body_is_bounded_taken_or_not() {
    let limits = Limits {
        body_bytes: 8,
        discarded_bytes: 32,
        ..Limits::default()
    };
    let chunks = "4\r\nabcd\r\n".repeat(20);
    for (path, status) in [("/echo", "413"), ("/ignore", "200")] {
        let input = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"
        );
        let mut memory = Memory::new::<App>(limits);
        for byte in input.as_bytes() {
            memory.feed(&[*byte]);
        }
        let sent = String::from_utf8(memory.sent()).unwrap();
        assert!(sent.starts_with(&format!("HTTP/1.1 {status} ")), "{sent}");
        assert_eq!(sent.matches("HTTP/1.1").count(), 1, "{sent}");
        assert!(memory.closed, "{path}");
    }
}

#[test]
fn an_expected_body_is_asked_for_once_and_after_earlier_answers() {
    let head =
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed([GET, head].concat().as_bytes());
    let sent = String::from_utf8(memory.sent()).unwrap();
    assert!(
        sent.ends_with("HelloHTTP/1.1 100 Continue\r\n\r\n"),
        "{sent}"
    );
    memory.feed(b"abc");
    let sent = String::from_utf8(memory.sent()).unwrap();
    assert!(
        sent.starts_with("HTTP/1.1 200 OK") && sent.ends_with("\r\n\r\nabc"),
        "{sent}"
    );
    assert!(!memory.closed);
}

#[test]
fn what_a_handler_left_unread_is_not_the_next_body() {
    let head = |path| format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n");
    let mut memory = Memory::new::<Hasty>(Limits::default());
    memory.feed(head("/impatient").as_bytes());
    memory.feed(b"secret");
    let sent = String::from_utf8(memory.sent()).unwrap();
    assert!(sent.ends_with("\r\n\r\nimpatient"), "{sent}");
    memory.feed(head("/eager").as_bytes());
    memory.feed(b"public");
    let sent = String::from_utf8(memory.sent()).unwrap();
    assert!(sent.ends_with("\r\n\r\npublic"), "{sent}");
}

#[test]
fn a_body_over_the_limit_is_refused_even_if_it_came_with_its_head() {
    let limits = Limits {
        body_bytes: 3,
        ..Limits::default()
    };
    let head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n";
    let (answer, closed) = answers_in_any_pieces(&[head, "abcd", GET].concat(), limits);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.ends_with("Hello") && !closed, "{answer}");
}
