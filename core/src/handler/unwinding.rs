//! Panics of what is the user's: handlers, producers, layers, and the ends of
//! values.
//!
//! Owns the line at which an unwinding ends, and the end of what it carries.
//! Refuses to answer: whoever asked for the handler does.

use core::any::Any;
use core::future::Future;
use core::mem;
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
        match caught(|| self.project().handler.poll(cx)) {
            Some(poll) => poll.map(|()| true),
            None => Poll::Ready(false),
        }
    }
}

/// What `run` gives; `None` if it panics, which the panic hook has reported by
/// then. Whatever it shares with its caller is to be overwritten or let go.
#[inline]
pub(crate) fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(given) => Some(given),
        Err(payload) => {
            bury(payload);
            None
        }
    }
}

/// Drops what may panic when it is dropped.
pub(crate) fn discard<T>(value: T) {
    let _ = caught(|| drop(value));
}

/// Drops what a panic carries, which may panic in its turn. What that carries is
/// leaked, for this could go on for ever.
#[cold]
fn bury(payload: Box<dyn Any + Send>) {
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        mem::forget(another);
    }
}

#[cfg(test)]
mod tests {
    use std::panic::panic_any;

    use super::{caught, discard};

    /// Panics when it is dropped, so many times.
    struct Payload(u8);

    impl Drop for Payload {
        fn drop(&mut self) {
            if let Some(left) = self.0.checked_sub(1) {
                panic_any(Self(left));
            }
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "leaks what is left")]
    fn what_a_panic_carries_may_panic_for_ever() {
        assert_eq!(caught(|| 1), Some(1));
        for times in 0..4 {
            assert_eq!(caught(|| panic_any(Payload(times))), None::<()>);
            discard(Payload(times));
        }
    }
}
