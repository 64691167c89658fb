//! Tasks of the user's on a worker's own executor.
//!
//! Owns the thread's way to the executor of the worker that runs on it, and the
//! end of tasks that a server leaves behind. Refuses other threads: there a task
//! would never run.

use core::cell::RefCell;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::rc::Rc;

use async_executor::LocalExecutor;
use pin_project_lite::pin_project;

use crate::handler::unwinding::caught;

thread_local! {
    /// The executor of the worker on this thread, while it runs.
    static CURRENT: RefCell<Option<Rc<LocalExecutor<'static>>>> = const { RefCell::new(None) };
}

/// Makes `executor` the one of this thread until the guard is dropped.
pub(crate) fn enter(executor: Rc<LocalExecutor<'static>>) -> Entered {
    Entered {
        outer: CURRENT.replace(Some(executor)),
    }
}

/// While it lives, the thread has an executor.
pub(crate) struct Entered {
    /// The one it had before: of a test client that is used within another.
    outer: Option<Rc<LocalExecutor<'static>>>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.outer.take());
    }
}

/// Runs a future on the worker this is called on, beside its requests.
///
/// The future need not be `Send`. It runs until it ends or the server does;
/// there is no handle to it: let it report through a channel.
///
/// ```no_run
/// use std::time::Duration;
///
/// use tramline::{Status, route, smol};
///
/// #[route(POST, "/reminders")]
/// fn remind() -> Status {
///     tramline::spawn_local(async {
///         smol::Timer::after(Duration::from_secs(60)).await;
///         println!("a minute has passed");
///     });
///     Status::ACCEPTED
/// }
/// ```
///
/// # Panics
///
/// If the thread is not a worker: call it from a handler, or from a future that
/// runs on a worker. A [test client](crate::testing::Client) is a worker, too.
pub fn spawn_local(future: impl Future<Output = ()> + 'static) {
    CURRENT.with_borrow(|current| {
        let executor = current
            .as_ref()
            .expect("`tramline::spawn_local` is called on a worker: in a handler or its tasks");
        let future = Some(future);
        executor.spawn(Spawned { future }).detach();
    });
}

pin_project! {
    /// A task's future. What it holds when it is dropped is the user's, and so
    /// is a panic of that, which would abort the process.
    struct Spawned<F> {
        // Never `None` before it is dropped.
        #[pin]
        future: Option<F>,
    }

    impl<F> PinnedDrop for Spawned<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut future = this.project().future;
            let _ = caught(|| future.set(None));
        }
    }
}

impl<F: Future<Output = ()>> Future for Spawned<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.project().future.as_pin_mut() {
            Some(future) => future.poll(cx),
            None => Poll::Ready(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use core::future::pending;
    use std::rc::Rc;

    use async_executor::LocalExecutor;

    /// Panics when it is dropped.
    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("it was dropped");
        }
    }

    #[test]
    fn a_task_that_panics_when_it_is_dropped_ends_no_more_than_itself() {
        let executor = Rc::new(LocalExecutor::new());
        let entered = super::enter(Rc::clone(&executor));
        let spawn = || {
            let bomb = Bomb;
            super::spawn_local(async move {
                let _bomb = bomb;
                pending::<()>().await;
            });
        };
        spawn();
        assert!(executor.try_tick(), "it has begun");
        spawn();
        drop((entered, executor));
    }

    #[test]
    #[should_panic(expected = "on a worker")]
    fn other_threads_are_refused() {
        super::spawn_local(async {});
    }
}
