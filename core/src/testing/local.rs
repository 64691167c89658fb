//! A future, run to its end on the thread of a test.
//!
//! Owns the waiting, which has an end. Refuses tasks and reactors: the executor
//! whose future it runs has the first, and smol's own thread the second.

use core::future::Future;
use core::pin::pin;
use core::sync::atomic::AtomicBool;
use core::sync::atomic::Ordering::{AcqRel, Acquire};
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::sync::Arc;
use std::task::Wake;
use std::thread::{self, Thread};
use std::time::Instant;

/// Wakes a parked thread.
struct Parked {
    thread: Thread,
    /// The token of `unpark` alone could be taken by a handler that parks the
    /// thread, too, as a channel of `std` does.
    woken: AtomicBool,
}

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.woken.swap(true, AcqRel) {
            self.thread.unpark();
        }
    }
}

/// Runs `future`; `None` if it still waits when `patience` has passed.
pub(super) fn block_on<F: Future>(future: F, patience: Duration) -> Option<F::Output> {
    let parked = Arc::new(Parked {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&parked));
    let deadline = Instant::now() + patience;
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Some(output);
        }
        while !parked.woken.swap(false, Acquire) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            thread::park_timeout(left);
        }
    }
}

#[cfg(test)]
mod tests {
    use core::future::{pending, poll_fn};
    use core::task::Poll;
    use core::time::Duration;
    use std::sync::mpsc;
    use std::thread;

    use super::block_on;

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn what_never_happens_is_given_up() {
        let brief = Duration::from_millis(5);
        assert_eq!(block_on(pending::<()>(), brief), None);
        assert_eq!(block_on(async { 1 }, Duration::ZERO), Some(1));
    }

    #[test]
    fn a_wake_up_is_seen_though_the_future_itself_parks_the_thread() {
        let mut first = true;
        let future = poll_fn(|cx| {
            if !core::mem::take(&mut first) {
                return Poll::Ready(());
            }
            let (sender, receiver) = mpsc::channel();
            let waker = cx.waker().clone();
            thread::spawn(move || {
                waker.wake();
                // The receiver is parked by now, and takes the token.
                thread::sleep(Duration::from_millis(20));
                sender.send(())
            });
            receiver.recv().expect("the other thread sends");
            Poll::Pending
        });
        assert_eq!(block_on(future, LONG), Some(()));
    }
}
