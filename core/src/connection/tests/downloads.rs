//! Responses whose content is produced while it is sent.

use core::cell::Cell;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;

use futures_core::Stream;

use super::answers_of_in_any_pieces;
use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{Body, Event, Events, Request, Responder, Status, Streamed, route, routes};

/// A stream of what a function gives; it may be polled by hand.
struct Items<F>(F);

impl<T, F: FnMut() -> Poll<Option<T>> + Unpin> Stream for Items<F> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        (self.0)()
    }
}

/// Ready with each of these, and pending before each `None` is passed.
fn items<T: Clone + Unpin>(
    items: &'static [Option<T>],
) -> impl Stream<Item = io::Result<T>> + Unpin {
    let mut rest = items.iter();
    Items(move || match rest.next() {
        Some(Some(item)) => Poll::Ready(Some(Ok(item.clone()))),
        Some(None) => Poll::Pending,
        None => Poll::Ready(None),
    })
}

#[route("/pieces")]
fn pieces() -> impl Responder {
    Streamed::new(items(&[
        Some("one"),
        Some(" two"),
        None,
        Some(""),
        Some(" three"),
    ]))
    .content_type("text/plain")
}

#[route("/sized/{length}")]
fn sized(length: u64) -> impl Responder {
    Streamed::new(items(&[Some("12"), None, Some("345")])).length(length)
}

#[route("/empty")]
fn empty() -> impl Responder {
    Streamed::new(items::<Vec<u8>>(&[]))
}

/// Fails behind a piece, in one way or another.
#[route("/fails/{how}")]
fn fails(how: &str) -> impl Responder {
    let panics = how == "panic";
    let mut count = 0;
    Streamed::new(Items(move || {
        count += 1;
        match count {
            1 => Poll::Ready(Some(Ok("begun"))),
            _ if panics => panic!("a producer of a test panics on purpose"),
            _ => Poll::Ready(Some(Err(io::ErrorKind::Other))),
        }
    }))
}

/// Borrows the request.
#[route(POST, "/echo")]
fn echo(body: Body<'_>) -> impl Responder {
    Streamed::from_reader(body)
}

#[route("/path")]
fn path(request: Request<'_>) -> impl Responder {
    let mut path = Some(request.path());
    Streamed::new(Items(move || Poll::Ready(path.take().map(Ok::<_, ()>))))
}

#[route("/none/{status}")]
fn none(status: u16) -> impl Responder {
    let never = Items(|| -> Poll<Option<Result<&str, ()>>> { panic!("it is not to be polled") });
    (Status::new(status), Streamed::new(never))
}

#[route("/events")]
fn events() -> impl Responder {
    let mut count = 0;
    Events::new(Items(move || {
        count += 1;
        match count {
            1 | 3 => Poll::Ready(Some(Event::new(count))),
            2 | 4 => Poll::Pending,
            _ => Poll::Ready(None),
        }
    }))
}

/// Sends without end.
#[route("/endless")]
fn endless() -> impl Responder {
    POLLED.set(0);
    Streamed::new(Items(|| {
        POLLED.set(POLLED.get() + 1);
        Poll::Ready(Some(Ok::<_, ()>([b'x'; 1000])))
    }))
}

/// Gives nothing, without end and without waiting.
#[route("/idle")]
fn idle() -> impl Responder {
    Streamed::new(Items(|| Poll::Ready(Some(Ok::<_, ()>("")))))
}

/// Waits for ever, and tells when it is dropped.
#[route("/guarded")]
fn guarded() -> impl Responder {
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            DROPPED.set(DROPPED.get() + 1);
        }
    }
    let guard = Guard;
    Streamed::new(Items(move || {
        let _ = &guard;
        Poll::<Option<Result<&str, ()>>>::Pending
    }))
}

/// Streams, and then answers otherwise.
#[route("/changed")]
fn changed() -> impl Responder {
    struct Changed;
    impl Responder for Changed {
        fn respond<'w>(self, response: &mut crate::Response<'w>)
        where
            Self: 'w,
        {
            "first".respond(response);
            Streamed::new(items(&[Some("second")])).respond(response);
            "third".respond(response);
        }
    }
    Changed
}

thread_local! {
    static POLLED: Cell<usize> = const { Cell::new(0) };
    static DROPPED: Cell<usize> = const { Cell::new(0) };
}

routes! { App: pieces, sized, empty, fails, echo, path, none, events, endless, idle, guarded, changed }

const DATE: &str = "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n";

fn request(method: &str, path: &str, version: &str, rest: &str) -> String {
    format!("{method} {path} HTTP/{version}\r\nHost: a\r\n{rest}\r\n")
}

/// Head and body of the only answer, and whether the connection was closed.
fn answer(request: &str) -> (String, String, bool) {
    let (sent, closed) = answers_of_in_any_pieces::<App>(request.as_bytes(), Limits::default());
    let (head, body) = sent.split_once("\r\n\r\n").expect("a head ends");
    (head.replace(DATE, ""), body.to_owned(), closed)
}

#[test]
fn content_is_framed_as_the_version_and_the_length_ask() {
    let chunked =
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked";
    let text = &chunked.replace("application/octet-stream", "text/plain");
    let until_close = &text.replace("Transfer-Encoding: chunked", "Connection: close");
    let sized = |length, rest: &str| {
        chunked.replace(
            "Transfer-Encoding: chunked",
            &format!("Content-Length: {length}{rest}"),
        )
    };
    let keep = "Connection: keep-alive\r\n";
    for (path, version, field, head, body, closed) in [
        (
            "/pieces",
            "1.1",
            "",
            text,
            "0007\r\none two\r\n0006\r\n three\r\n0\r\n\r\n",
            false,
        ),
        ("/pieces", "1.0", keep, until_close, "one two three", true),
        ("/sized/5", "1.1", "", &sized(5, ""), "12345", false),
        (
            "/sized/5",
            "1.0",
            keep,
            &sized(5, "\r\nConnection: keep-alive"),
            "12345",
            false,
        ),
        (
            "/sized/5",
            "1.1",
            "Connection: close\r\n",
            &sized(5, "\r\nConnection: close"),
            "12345",
            true,
        ),
        // Less than announced is cut, and more is not sent.
        ("/sized/6", "1.1", "", &sized(6, ""), "12345", true),
        ("/sized/4", "1.1", "", &sized(4, ""), "1234", true),
        ("/sized/1", "1.1", "", &sized(1, ""), "1", true),
        // What would come behind the length is not asked for.
        ("/sized/2", "1.1", "", &sized(2, ""), "12", false),
        ("/sized/0", "1.1", "", &sized(0, ""), "", false),
        ("/empty", "1.1", "", &chunked.to_owned(), "0\r\n\r\n", false),
        (
            "/path",
            "1.1",
            "",
            &chunked.to_owned(),
            "0005\r\n/path\r\n0\r\n\r\n",
            false,
        ),
        (
            "/fails/error",
            "1.1",
            "",
            &chunked.to_owned(),
            "0005\r\nbegun\r\n",
            true,
        ),
        (
            "/fails/panic",
            "1.1",
            "",
            &chunked.to_owned(),
            "0005\r\nbegun\r\n",
            true,
        ),
    ] {
        assert_eq!(
            answer(&request("GET", path, version, field)),
            (head.clone(), body.to_owned(), closed),
            "{path} {version}"
        );
    }
    let (head, body, closed) = answer(&request("GET", "/changed", "1.1", ""));
    assert!(
        head.ends_with("Content-Length: 5") && body == "third" && !closed,
        "{head}"
    );
}

#[test]
fn a_stream_stays_in_its_place_among_other_answers() {
    let pipeline = [
        request("GET", "/changed", "1.1", ""),
        request("GET", "/pieces", "1.1", ""),
        request("POST", "/echo", "1.1", "Content-Length: 1\r\n") + "z",
        request("GET", "/events", "1.1", ""),
        request("GET", "/changed", "1.1", ""),
    ];
    let (sent, closed) =
        answers_of_in_any_pieces::<App>(pipeline.concat().as_bytes(), Limits::default());
    let at = |part: &str| {
        sent.find(part)
            .unwrap_or_else(|| panic!("no {part:?} in {sent}"))
    };
    let order = [
        at("third"),
        at("one two"),
        at("0001\r\nz\r\n"),
        at("data: 1\n\n"),
        at("data: 3\n\n"),
    ];
    assert!(
        order.is_sorted() && sent.ends_with("third") && !closed,
        "{sent}"
    );
}

#[test]
fn what_has_no_content_polls_no_producer() {
    for (method, status, version) in [
        ("HEAD", 200, "1.1"),
        ("HEAD", 200, "1.0"),
        ("GET", 204, "1.1"),
        ("GET", 205, "1.1"),
        ("GET", 205, "1.0"),
        ("GET", 304, "1.1"),
        ("HEAD", 304, "1.1"),
    ] {
        let path = format!("/none/{status}");
        let (head, body, closed) = answer(&request(
            method,
            &path,
            version,
            "Connection: keep-alive\r\n",
        ));
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
        assert_eq!((&*body, closed), ("", false), "{method} {status}: {head}");
        assert_eq!(
            head.contains("Transfer-Encoding"),
            status == 200 && version == "1.1",
            "{head}"
        );
        let is_empty = head.contains("\r\nContent-Length: 0");
        assert_eq!(is_empty, status == 205, "{head}");
    }
    for (method, has_body) in [("GET", true), ("HEAD", false)] {
        let (head, body, _) = answer(&request(method, "/none/100", "1.1", ""));
        assert!(head.starts_with("HTTP/1.1 500 "), "{head}");
        assert_eq!(!body.is_empty(), has_body, "{method}: {body}");
    }
}

#[test]
fn what_was_produced_is_sent_when_the_producer_waits() {
    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed(request("GET", "/events", "1.1", "").as_bytes());
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(
        sent.contains("\r\nContent-Type: text/event-stream\r\n"),
        "{sent}"
    );
    assert!(sent.contains("\r\nCache-Control: no-cache\r\n"), "{sent}");
    assert!(sent.ends_with("\r\n\r\n0009\r\ndata: 1\n\n\r\n"), "{sent}");
    memory.wake();
    assert_eq!(memory.sent(), b"0009\r\ndata: 3\n\n\r\n");
    memory.wake();
    assert_eq!(memory.sent(), b"0\r\n\r\n");
    assert!(memory.at_rest().is_some());
}

#[test]
fn an_echo_is_sent_while_it_is_received() {
    for coding in ["Content-Length: 6\r\n", "Transfer-Encoding: chunked\r\n"] {
        let mut memory = Memory::new::<App>(Limits::default());
        memory.feed(request("POST", "/echo", "1.1", coding).as_bytes());
        let chunked = coding.starts_with('T');
        for piece in ["abc", "def"] {
            let fed = if chunked {
                format!("3\r\n{piece}\r\n")
            } else {
                piece.to_owned()
            };
            memory.feed(fed.as_bytes());
            let sent = String::from_utf8(memory.sent()).expect("text");
            assert!(sent.contains(&format!("0003\r\n{piece}\r\n")), "{sent}");
        }
        if chunked {
            memory.feed(b"0\r\n\r\n");
            assert_eq!(memory.sent(), b"0\r\n\r\n");
        }
        memory.feed(request("GET", "/changed", "1.1", "").as_bytes());
        assert!(
            String::from_utf8(memory.sent())
                .expect("text")
                .ends_with("third")
        );
    }
}

#[test]
fn the_body_of_an_echo_is_asked_for_before_the_answer_begins() {
    let mut memory = Memory::new::<App>(Limits::default());
    let fields = "Content-Length: 3\r\nExpect: 100-continue\r\n";
    memory.feed(request("POST", "/echo", "1.1", fields).as_bytes());
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(
        sent.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"),
        "{sent}"
    );
    assert_eq!(sent.matches("HTTP/1.1").count(), 2, "{sent}");
    memory.feed(b"abc");
    assert_eq!(memory.sent(), b"0003\r\nabc\r\n0\r\n\r\n");
    assert!(!memory.closed);
}

#[test]
fn a_producer_is_not_polled_while_the_peer_does_not_read() {
    let limits = Limits::default();
    let mut memory = Memory::new::<App>(limits);
    memory.stop_reading();
    memory.feed(request("GET", "/endless", "1.1", "").as_bytes());
    let polled = POLLED.get();
    assert!(polled * 1000 < limits.output_bytes + 17 * 1000, "{polled}");
    for _ in 0..3 {
        memory.feed(b"");
    }
    assert_eq!(POLLED.get(), polled);
}

#[test]
fn a_producer_that_gives_nothing_lets_others_have_their_turn() {
    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed(request("GET", "/idle", "1.1", "").as_bytes());
    assert!(memory.is_waiting());
}

#[test]
fn a_producer_is_dropped_with_its_connection() {
    let before = DROPPED.get();
    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed(request("GET", "/guarded", "1.1", "").as_bytes());
    assert_eq!(DROPPED.get(), before);
    drop(memory);
    assert_eq!(DROPPED.get(), before + 1);
}
