//! Panics of handlers.
//!
//! Owns the line at which an unwinding ends. Refuses to answer: whoever asked
//! for the handler does.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a handler to its end; `false` if it panicked, which the panic hook has
/// reported by then.
#[inline]
pub(crate) async fn guarded(handler: impl Future<Output = ()>) -> bool {
    let mut handler = pin!(handler);
    poll_fn(|cx| {
        // A handler that panicked is never polled again, and what it shares
        // with its caller, the response, is overwritten.
        match catch_unwind(AssertUnwindSafe(|| handler.as_mut().poll(cx))) {
            Ok(poll) => poll.map(|()| true),
            Err(_) => Poll::Ready(false),
        }
    })
    .await
}
