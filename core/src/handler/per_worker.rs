//! State that each worker has for itself.
//!
//! Owns [`PerWorker`]: a value per thread, made when it is first asked for.
//! Refuses to share it, which is why it needs no lock. It is a part of the
//! application's state (`state`), where `#[derive(State)]` finds it.

use core::convert::Infallible;
use core::fmt;

use thread_local::ThreadLocal;

/// A value of which each worker has its own: a cache, a connection, a random
/// number generator. Nothing in it needs a lock or an atomic.
///
/// As the field of a [derived](macro@crate::State) state it provides the `T`,
/// so a handler takes `&T`: that of the worker that runs it.
///
/// ```
/// use std::cell::Cell;
///
/// use tramline::{PerWorker, State, route, routes};
///
/// /// How much this worker has answered.
/// struct Answered(Cell<u64>);
///
/// #[derive(State)]
/// struct AppState {
///     answered: PerWorker<Answered>,
/// }
///
/// #[route("/")]
/// fn count(answered: &Answered) -> u64 {
///     answered.0.set(answered.0.get() + 1);
///     answered.0.get()
/// }
///
/// routes! { App for AppState: count }
///
/// let state = AppState {
///     answered: PerWorker::new(|| Answered(Cell::new(0))),
/// };
/// let server = tramline::Server::with_state(App, state);
/// # drop(server);
/// ```
///
/// A `blocking` handler runs on a thread of a pool, which has a `T` of its own
/// as well; so has any other thread that asks. When a thread has ended, a later
/// one may take over its `T`: no two have one at the same time. That is why it
/// is [`Send`]: it may have a `Cell` in it, but no `Rc`.
///
/// # What may fail
///
/// A `T` whose making may fail has the error as a second type, as
/// `PerWorker<Connection, io::Error>` for a connection to a database. A field of
/// this type provides itself, so that a handler takes `&PerWorker<..>` and says
/// what comes of an error: `?` in one that returns `Box<dyn Error>` makes it a
/// 500 of which the log is told. The next that asks tries again.
///
/// ```
/// use std::error::Error;
/// use std::io;
/// use std::net::UdpSocket;
///
/// use tramline::{PerWorker, State, route, routes};
///
/// type Sockets = PerWorker<UdpSocket, io::Error>;
///
/// #[derive(State)]
/// struct AppState {
///     sockets: Sockets,
/// }
///
/// #[route(POST, "/count")]
/// fn count(sockets: &Sockets) -> Result<(), Box<dyn Error>> {
///     sockets.try_get()?.send(b"counter:1|c")?;
///     Ok(())
/// }
///
/// routes! { App for AppState: count }
///
/// let open = || {
///     let socket = UdpSocket::bind("127.0.0.1:0")?;
///     socket.connect("127.0.0.1:8125")?;
///     Ok(socket)
/// };
/// let server = tramline::Server::with_state(App, AppState { sockets: PerWorker::try_new(open) });
/// # drop(server);
/// ```
pub struct PerWorker<T: Send, E = Infallible> {
    made: ThreadLocal<T>,
    make: Box<dyn Fn() -> Result<T, E> + Send + Sync>,
}

impl<T: Send> PerWorker<T> {
    /// Calls `make` on each worker, the first time that it is asked there.
    pub fn new(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::try_new(move || Ok(make()))
    }

    /// That of this thread. Costs a look-up in thread-local storage; the first
    /// call on a thread makes and allocates it.
    pub fn get(&self) -> &T {
        let Ok(made) = self.try_get();
        made
    }
}

impl<T: Send, E> PerWorker<T, E> {
    /// Calls `make` on each worker when it is asked there, until it succeeds.
    pub fn try_new(make: impl Fn() -> Result<T, E> + Send + Sync + 'static) -> Self {
        Self {
            made: ThreadLocal::new(),
            make: Box::new(make),
        }
    }

    /// That of this thread, as [`get`](PerWorker::get).
    ///
    /// # Errors
    ///
    /// If it is to be made now, and that fails.
    pub fn try_get(&self) -> Result<&T, E> {
        self.made.get_or_try(&self.make)
    }
}

impl<T: Send + fmt::Debug, E> fmt::Debug for PerWorker<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PerWorker")
            .field("here", &self.made.get())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::PerWorker;

    #[test]
    fn each_thread_makes_its_own_once() {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        // A thread that starts when another has ended may take over its value.
        let together = Barrier::new(3);
        let counted = PerWorker::new(|| {
            MADE.fetch_add(1, Ordering::Relaxed);
            Cell::new(0)
        });
        assert_eq!(MADE.load(Ordering::Relaxed), 0);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    together.wait();
                    for count in 0..5 {
                        assert_eq!(counted.get().replace(count + 1), count);
                    }
                    together.wait();
                });
            }
        });
        assert_eq!(MADE.load(Ordering::Relaxed), 3);
    }

    #[test]
    fn what_fails_is_tried_again_until_it_is_made() {
        static TRIED: AtomicUsize = AtomicUsize::new(0);
        let made = PerWorker::try_new(|| match TRIED.fetch_add(1, Ordering::Relaxed) {
            tried @ 0..2 => Err(tried),
            tried => Ok(tried),
        });
        let tried: Vec<_> = (0..4).map(|_| made.try_get().copied()).collect();
        assert_eq!(tried, [Err(0), Err(1), Ok(2), Ok(2)]);
    }
}
