//! Bodies of requests: taken by a handler, passed over, or refused.

use super::{App, GET, answers_in_any_pieces};
use crate::connection::limits::Limits;
use crate::connection::memory::Memory;

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
