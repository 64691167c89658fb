//! Handlers that block: run on smol's pool of threads, not on a worker.
//!
//! Owns [`unblock`], which the expansion of `#[route(.., blocking)]` calls, and
//! what its job may take along and give back. Refuses to lend a job anything of
//! the request, which may be gone before the job is; `state` says how it keeps
//! the application's state.

#[cfg(feature = "smol")]
use core::future::Future;
#[cfg(feature = "smol")]
use core::pin::Pin;
#[cfg(feature = "smol")]
use core::task::{Context, Poll};

/// What a job takes along.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a `blocking` handler cannot take `{Self}`",
    label = "cannot be sent to the thread that runs the handler",
    note = "the handler runs on a thread of its own: take what can be sent to another one, without an `Rc` or a lock's guard in it"
)]
pub trait Taken: Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Send + 'static> Taken for T {}

/// Holds an argument of a `blocking` handler to be one that it can take. Called
/// by generated code.
#[doc(hidden)]
pub const fn can_be_sent<T: Taken>() -> bool {
    true
}

/// What a job gives back.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a `blocking` handler cannot return `{Self}`",
    label = "cannot be sent back from the thread that makes it",
    note = "the handler runs on a thread of its own: return what can be sent to another one, without an `Rc` or a lock's guard in it"
)]
pub trait Returned: Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Send + 'static> Returned for T {}

/// Runs `job` on the pool. A panic in it goes on here; if this is dropped, it
/// runs to its end nevertheless. Called by generated code.
///
/// Costs an allocation, and two wake-ups of a thread.
#[doc(hidden)]
#[cfg(feature = "smol")]
pub async fn unblock<T: Returned>(job: impl FnOnce() -> T + Send + 'static) -> T {
    Job(Some(smol::unblock(job))).await
}

/// Does not exist without the feature; its bound says so.
#[doc(hidden)]
#[cfg(not(feature = "smol"))]
#[allow(clippy::unused_async, reason = "stands for one that is")]
pub async fn unblock<T: Returned + HasPool>(job: impl FnOnce() -> T + Send + 'static) -> T {
    job()
}

/// Nothing has it.
#[doc(hidden)]
#[cfg(not(feature = "smol"))]
#[diagnostic::on_unimplemented(
    message = "a `blocking` handler needs the feature `smol` of `tramline`, which has the pool",
    label = "there is no pool of threads to run this on",
    note = "add `features = [\"smol\"]` to the dependency, or remove `default-features = false`"
)]
pub trait HasPool {}

/// A job on the pool.
#[cfg(feature = "smol")]
struct Job<T>(Option<smol::Task<T>>);

#[cfg(feature = "smol")]
impl<T> Future for Job<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        match &mut self.0 {
            Some(task) => Pin::new(task).poll(cx),
            None => Poll::Pending,
        }
    }
}

/// A task that is dropped is cancelled if it has not begun.
#[cfg(feature = "smol")]
impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        if let Some(task) = self.0.take() {
            task.detach();
        }
    }
}
