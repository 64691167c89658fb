//! Panics of handlers.
//!
//! Owns the line at which an unwinding ends. Refuses to answer: whoever asked
//! for the handler does.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic::{AssertUnwindSafe, catch_unwind};

use pin_project_lite::pin_project;

pin_project! {
    /// Runs a handler to its end; `false` if it panicked, which the panic hook
    /// has reported by then.
    pub(crate) struct Guarded<F> {
        #[pin]
        handler: F,
    }
}

/// A future of its own and not an `async` block, which would keep the handler
/// twice: as it is given, and as it is run.
#[inline]
pub(crate) fn guarded<F: Future<Output = ()>>(handler: F) -> Guarded<F> {
    Guarded { handler }
}

impl<F: Future<Output = ()>> Future for Guarded<F> {
    type Output = bool;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<bool> {
        // A handler that panicked is never polled again, and what it shares
        // with its caller, the response, is overwritten.
        match catch_unwind(AssertUnwindSafe(|| self.project().handler.poll(cx))) {
            Ok(poll) => poll.map(|()| true),
            Err(_) => Poll::Ready(false),
        }
    }
}
