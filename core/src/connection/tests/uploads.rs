//! Bodies of requests that handlers take in pieces, or as text.

use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use futures_core::Stream;
use futures_io::{AsyncBufRead, AsyncRead};

use super::answers_of_in_any_pieces;
use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{Body, BodyError, BodyLimit, FromRequest, Request, route, routes};

/// Takes borrowed chunks.
#[route(POST, "/chunks")]
async fn chunks(mut body: Body<'_>) -> Result<Vec<u8>, BodyError> {
    let mut content = Vec::new();
    while let Some(chunk) = body.chunk().await {
        content.extend_from_slice(chunk?);
    }
    assert_eq!(body.chunk().await, None, "the end stays the end");
    Ok(content)
}

/// Takes owned chunks.
#[route(POST, "/stream")]
async fn stream(mut body: Body<'_>) -> Result<Vec<u8>, BodyError> {
    let mut content = Vec::new();
    while let Some(chunk) = poll_fn(|cx| Pin::new(&mut body).poll_next(cx)).await {
        content.extend(chunk?);
    }
    Ok(content)
}

/// Reads a few bytes at a time, and says how that ended.
#[route(POST, "/read")]
async fn read(mut body: Body<'_>) -> String {
    let (mut content, mut buffer) = (Vec::new(), [0; 3]);
    loop {
        match poll_fn(|cx| Pin::new(&mut body).poll_read(cx, &mut buffer)).await {
            Ok(0) => return String::from_utf8_lossy(&content).into_owned(),
            Ok(count) => content.extend_from_slice(&buffer[..count]),
            Err(error) => {
                let source = error.get_ref().expect("an error has its source");
                assert!(source.is::<BodyError>() && source.source().is_none());
                return format!("{:?}: {error}", error.kind());
            }
        }
    }
}

/// Takes one byte, and leaves the rest of what it was shown.
#[route(POST, "/first")]
async fn first(mut body: Body<'_>) -> Option<u8> {
    let shown = poll_fn(|cx| {
        Pin::new(&mut body)
            .poll_fill_buf(cx)
            .map_ok(|shown| shown[0])
    });
    let shown = shown.await.ok()?;
    Pin::new(&mut body).consume(1);
    Some(shown)
}

/// Asks for the body, and answers without waiting for it.
#[route(POST, "/hasty")]
async fn hasty(mut body: Body<'_>) -> String {
    let mut cx = Context::from_waker(Waker::noop());
    let asked = Pin::new(&mut body).poll_fill_buf(&mut cx);
    format!("{}", matches!(asked, Poll::Ready(Ok(_))))
}

#[route(POST, "/length")]
async fn length(body: Body<'_>) -> String {
    format!("{:?}", body.length())
}

/// Does not say that it reads the body.
struct Whole<'r>(&'r [u8]);

impl<'r> FromRequest<'r> for Whole<'r> {
    type State = ();
    type Rejection = BodyError;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, BodyError> {
        <&[u8]>::from_request(request, ()).await.map(Self)
    }
}

#[route(POST, "/twice")]
async fn twice(mut body: Body<'_>, whole: Whole<'_>) -> usize {
    body.chunk().await.map_or(0, |_| whole.0.len())
}

/// Never gives the body back.
#[route(POST, "/forget")]
async fn forget(request: Request<'_>) -> &'static str {
    core::mem::forget(Body::from_request(request, ()).await);
    "forgotten"
}

#[route(POST, "/text")]
fn text(body: &str) -> String {
    body.to_uppercase()
}

#[route(POST, "/owned")]
async fn owned(body: String) -> Vec<u8> {
    body.into_bytes()
}

#[route(POST, "/bytes")]
async fn bytes(body: Vec<u8>) -> usize {
    body.len()
}

routes! { App: chunks, stream, read, first, hasty, length, twice, forget, text, owned, bytes }

routes! { #[layer(BodyLimit::bytes(9))] Limited: chunks, stream, read, length, bytes }

/// A request with this body, in both codings, and one that follows.
fn requests(path: &str, body: &[u8]) -> [Vec<u8>; 2] {
    let next = b"POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\n");
    let length = format!("{head}Content-Length: {}\r\n\r\n", body.len());
    let coding = format!("{head}Transfer-Encoding: chunked\r\n\r\n");
    let mut chunks = Vec::new();
    for piece in body.chunks(4) {
        chunks.extend(format!("{:x};ext\r\n", piece.len()).bytes());
        chunks.extend(piece);
        chunks.extend(b"\r\n");
    }
    [
        [length.as_bytes(), body, next].concat(),
        [coding.as_bytes(), &chunks, b"0\r\nTrailer: x\r\n\r\n", next].concat(),
    ]
}

/// The bodies of the answers.
fn bodies(sent: &str) -> Vec<&str> {
    sent.split("\r\n\r\n")
        .skip(1)
        .map(|rest| rest.split("HTTP/1.1 ").next().unwrap_or_default())
        .collect()
}

#[test]
fn bodies_in_pieces_are_those_that_were_sent_and_end_where_they_end() {
    for (path, body, answer) in [
        ("/chunks", "0123456789", "0123456789"),
        ("/chunks", "", ""),
        ("/stream", "0123456789", "0123456789"),
        ("/read", "0123456789", "0123456789"),
        ("/text", "gr\u{fc}\u{df}e", "GR\u{dc}SSE"),
        ("/owned", "owned", "owned"),
        ("/bytes", "12345", "5"),
        ("/first", "first", "102"),
    ] {
        for request in requests(path, body.as_bytes()) {
            let (sent, closed) = answers_of_in_any_pieces::<App>(&request, Limits::default());
            assert_eq!(bodies(&sent), [answer, "Some(0)"], "{path} {body}");
            assert!(!closed, "{path} {body}");
        }
    }
}

#[test]
fn what_is_not_text_is_refused() {
    for path in ["/text", "/owned"] {
        for request in requests(path, b"a\xffb") {
            let (sent, closed) = answers_of_in_any_pieces::<App>(&request, Limits::default());
            assert!(sent.starts_with("HTTP/1.1 400 "), "{sent}");
            assert_eq!(
                bodies(&sent)[0],
                "400 Bad Request: the body is not UTF-8: byte 1 does not fit\n"
            );
            assert!(!closed);
        }
    }
}

#[test]
fn a_body_in_pieces_has_no_limit_and_holds_one_buffer() {
    let limits = Limits {
        body_bytes: 8,
        ..Limits::default()
    };
    let body = "0123456789".repeat(100);
    let [request, _] = requests("/read", body.as_bytes());
    let (sent, _) = answers_of_in_any_pieces::<App>(&request, limits);
    assert_eq!(bodies(&sent)[0], body);
}

#[test]
fn a_layer_bounds_a_body_in_pieces_too() {
    let refused = "413 Content Too Large: the body is longer than the limit of 9 bytes\n";
    let failed = "InvalidData: the body is longer than the limit of 9 bytes";
    for (path, body, known, read) in [
        ("/chunks", "012345678", "012345678", "012345678"),
        ("/chunks", "0123456789", refused, refused),
        ("/stream", "0123456789", refused, refused),
        ("/read", "0123456789", refused, failed),
        ("/bytes", "0123456789", refused, refused),
        ("/length", "0123456789", refused, "None"),
    ] {
        let requests = requests(path, body.as_bytes());
        for (request, answer) in requests.iter().zip([known, read]) {
            let (sent, closed) = answers_of_in_any_pieces::<Limited>(request, Limits::default());
            assert_eq!(bodies(&sent), [answer, "Some(0)"], "{path}");
            assert!(!closed, "{path}");
        }
    }
}

#[test]
fn a_body_left_in_the_middle_is_thrown_away_within_the_bound() {
    let limits = Limits {
        discarded_bytes: 400,
        ..Limits::default()
    };
    for (path, length, stays) in [
        ("/first", 90, true),
        ("/hasty", 90, true),
        ("/first", 500, false),
        ("/hasty", 500, false),
        ("/forget", 90, false),
    ] {
        for coding in 0..2 {
            let request = &requests(path, &vec![b'x'; length])[coding];
            let body = request.windows(4).position(|bytes| bytes == b"\r\n\r\n");
            let (head, rest) = request.split_at(body.expect("a head") + 4);
            let mut memory = Memory::new::<App>(limits);
            memory.feed(head);
            for byte in rest {
                memory.feed(&[*byte]);
            }
            let sent = String::from_utf8(memory.sent()).expect("text");
            assert_eq!(
                (bodies(&sent).len(), memory.closed),
                if stays { (2, false) } else { (1, true) },
                "{path} {length} {coding}: {sent}"
            );
        }
    }
}

#[test]
fn an_expected_body_is_asked_for_by_the_first_read_only() {
    for (path, asked) in [("/chunks", true), ("/length", false), ("/forget", false)] {
        let mut memory = Memory::new::<App>(Limits::default());
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
        );
        memory.feed(head.as_bytes());
        let sent = String::from_utf8(memory.sent()).expect("text");
        assert_eq!(sent == "HTTP/1.1 100 Continue\r\n\r\n", asked, "{sent}");
        // Without it nobody knows whether the body comes.
        assert_eq!(memory.closed, !asked, "{path}");
        if asked {
            memory.feed(b"abc");
            let sent = String::from_utf8(memory.sent()).expect("text");
            assert!(sent.ends_with("\r\n\r\nabc") && !memory.closed, "{sent}");
        }
    }
}

#[test]
fn the_length_is_what_was_announced() {
    for (request, length) in requests("/length", b"abc").iter().zip(["Some(3)", "None"]) {
        let (sent, _) = answers_of_in_any_pieces::<App>(request, Limits::default());
        assert_eq!(bodies(&sent)[0], length);
    }
}

#[test]
fn a_body_is_taken_once() {
    for request in requests("/twice", b"abc") {
        let (sent, closed) = answers_of_in_any_pieces::<App>(&request, Limits::default());
        assert!(sent.starts_with("HTTP/1.1 500 ") && !closed, "{sent}");
        assert!(bodies(&sent)[0].contains("taken already"), "{sent}");
    }
}

#[test]
fn errors_in_the_middle_reach_the_handler_with_their_source() {
    let coded = "POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nx";
    let (sent, closed) = answers_of_in_any_pieces::<App>(coded.as_bytes(), Limits::default());
    assert_eq!(
        bodies(&sent),
        ["InvalidData: the body is not validly chunked"]
    );
    assert!(closed);

    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed(b"POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab");
    memory.leave();
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert_eq!(
        bodies(&sent),
        ["UnexpectedEof: the connection was closed in the middle of the body"]
    );
    assert!(memory.closed);
}
