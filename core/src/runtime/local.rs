//! Tasks of the user's on a worker's own executor.
//!
//! Owns the thread's way to the executor of the worker that runs on it.
//! Refuses other threads: there a task would never run.

use core::cell::RefCell;
use core::future::Future;
use std::rc::Rc;

use async_executor::LocalExecutor;

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
        executor.spawn(future).detach();
    });
}

#[cfg(test)]
mod tests {
    #[test]
    #[should_panic(expected = "on a worker")]
    fn other_threads_are_refused() {
        super::spawn_local(async {});
    }
}
