//! Producers that panic: what was begun is cut, and nothing else ends; nor does
//! it by what a panic carries.

use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;
use std::panic::panic_any;

use futures_io::AsyncRead;

use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{Layer, Next, Request, Responder, Response, Streamed, Summary, route, routes};

/// Carried by the panics of these tests, as on purpose as they are: panics when
/// it is dropped.
struct Payload;

impl Drop for Payload {
    fn drop(&mut self) {
        panic!("what a panic of a test carries panics on purpose")
    }
}

#[route("/handler")]
fn handler() -> &'static str {
    panic_any(Payload)
}

#[route("/fine")]
fn fine() -> &'static str {
    "fine"
}

/// Panics when it is told of the answer.
struct Told;

impl Layer for Told {
    fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) -> impl Future<Output = ()> {
        next.run(request, response)
    }

    fn done(&self, _: &Summary<'_>) {
        panic_any(Payload)
    }
}

/// Panics in the middle of a read.
#[route("/torn")]
fn torn() -> impl Responder {
    struct Torn;
    impl AsyncRead for Torn {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            into: &mut [u8],
        ) -> Poll<io::Result<usize>> {
            into[..3].copy_from_slice(b"bad");
            panic_any(Payload)
        }
    }
    Streamed::from_reader(Torn).length(3)
}

/// Panics when it is dropped, having waited for ever or been replaced.
#[route("/explosive/{how}")]
fn explosive(how: &str) -> impl Responder {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic_any(Payload)
        }
    }
    struct Waiting(Bomb);
    impl AsyncRead for Waiting {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &mut [u8],
        ) -> Poll<io::Result<usize>> {
            Poll::Pending
        }
    }
    struct Explosive {
        is_replaced: bool,
    }
    impl Responder for Explosive {
        fn respond<'w>(self, response: &mut Response<'w>)
        where
            Self: 'w,
        {
            Streamed::from_reader(Waiting(Bomb)).respond(response);
            if self.is_replaced {
                "replaced".respond(response);
            }
        }
    }
    Explosive {
        is_replaced: how == "replaced",
    }
}

routes! { App: handler, torn, explosive }
routes! { #[layer(Told)] Layered: handler, fine }

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")
}

/// What a reader leaves in its buffer when it panics is no content.
#[test]
fn a_reader_that_panics_gives_nothing() {
    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed(get("/torn").as_bytes());
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(
        sent.ends_with("Content-Length: 3\r\n\r\n") && memory.closed,
        "{sent:?}"
    );
}

#[test]
fn a_producer_whose_end_panics_takes_nothing_else_along() {
    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed(get("/explosive/replaced").as_bytes());
    assert!(memory.sent().ends_with(b"\r\n\r\nreplaced"));
    memory.feed(get("/explosive/waiting").as_bytes());
    assert!(memory.is_waiting());
    // The peer is gone.
    drop(memory);
}

#[test]
fn what_a_panic_carries_takes_nothing_else_along() {
    let mut memory = Memory::new::<App>(Limits::default());
    memory.feed(get("/handler").as_bytes());
    assert!(memory.sent().starts_with(b"HTTP/1.1 500 ") && memory.closed);
    let mut memory = Memory::new::<Layered>(Limits::default());
    memory.feed(get("/fine").as_bytes());
    assert!(memory.sent().ends_with(b"\r\n\r\nfine") && !memory.closed);
    memory.feed(get("/handler").as_bytes());
    assert!(memory.sent().starts_with(b"HTTP/1.1 500 ") && memory.closed);
}
