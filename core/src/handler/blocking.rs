//! Handlers that block: run on smol's pool of threads, not on a worker.
//!
//! Owns [`unblock`], which the expansion of `#[route(.., blocking)]` calls, and
//! what its job may take along and give back. Refuses to lend a job anything of
//! the request, which may be gone before the job is; `state` says how it keeps
//! the application's state.

#[cfg(feature = "smol")]
use crate::handler::unwinding::discard;

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

/// Runs `job` on the pool. A panic in it goes on here. If this is dropped, a job
/// that has begun runs to its end, and one that has not is dropped by the pool,
/// as that does with tasks. Called by generated code.
///
/// Costs an allocation, and two wake-ups of a thread.
#[doc(hidden)]
#[cfg(feature = "smol")]
pub async fn unblock<T: Returned>(job: impl FnOnce() -> T + Send + 'static) -> T {
    let mut job = Job(Some(job));
    smol::unblock(move || {
        let job = job.0.take().expect("a job runs once");
        job()
    })
    .await
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

/// A job that waits for the pool, which would abort the process if it panicked
/// when it is dropped there.
#[cfg(feature = "smol")]
struct Job<F>(Option<F>);

#[cfg(feature = "smol")]
impl<F> Drop for Job<F> {
    fn drop(&mut self) {
        if let Some(job) = self.0.take() {
            discard(job);
        }
    }
}
