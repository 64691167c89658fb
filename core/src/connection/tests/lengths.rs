//! Streamed answers of a known length, which end there.

use core::cell::Cell;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;

use futures_io::AsyncRead;

use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{Responder, Streamed, route, routes};

/// Gives so many bytes, one by one, and then waits for ever.
struct Stays(usize);

impl AsyncRead for Stays {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let Some(left) = self.0.checked_sub(1) else {
            return Poll::Pending;
        };
        self.0 = left;
        into[0] = b'x';
        Poll::Ready(Ok(1))
    }
}

impl Drop for Stays {
    fn drop(&mut self) {
        DROPPED.set(DROPPED.get() + 1);
    }
}

thread_local! {
    static DROPPED: Cell<usize> = const { Cell::new(0) };
}

#[route("/stays/{length}")]
fn stays(length: usize) -> impl Responder {
    Streamed::from_reader(Stays(length)).length(length as u64)
}

#[route("/next")]
fn next() -> &'static str {
    "next"
}

routes! { App: stays, next }

#[test]
fn a_producer_that_does_not_end_holds_back_no_request() {
    // Below and above what is gathered at once.
    for length in [0, 1, 5, 16 * 1024, 40_000] {
        let stays = format!("GET /stays/{length} HTTP/1.1\r\nHost: a\r\n\r\n");
        let next = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
        let dropped = DROPPED.get();
        let mut memory = Memory::new::<App>(Limits::default());
        memory.feed([&stays, next].concat().as_bytes());
        assert_eq!(DROPPED.get(), dropped + 1, "{length}");
        let sent = String::from_utf8(memory.sent()).expect("text");
        let (_, content) = sent.split_once("\r\n\r\n").expect("a head ends");
        assert!(
            content.starts_with(&("x".repeat(length) + "HTTP/1.1 200 OK\r\n")),
            "{length}"
        );
        assert!(content.ends_with("\r\n\r\nnext"), "{length}");
        assert!(memory.at_rest().is_some(), "{length}");
    }
}
