//! The threads of a server: workers, and the acceptor of several.
//!
//! Owns their start, their orders to stop, and what they report. A thread that
//! fails or panics ends the others too: a server is whole or not there. Refuses
//! to know what a worker does: it is handed a function to run on each thread.
//! `server` decides when to stop.

use core::any::Any;
use core::time::Duration;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{Builder, JoinHandle};
use std::time::Instant;

use crate::runtime::acceptor::{Acceptor, AcceptorStop};
use crate::runtime::listener::Listener;
use crate::runtime::poller::{Notifier, Poller};
use crate::runtime::worker_handle::WorkerHandle;

/// What a worker is made of.
pub(crate) struct Post {
    pub(crate) handle: Arc<WorkerHandle>,
    pub(crate) poller: Poller,
    /// To accept from; only for a worker that is alone.
    pub(crate) listener: Option<Listener>,
}

/// A thread that did not start, or failed later.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) thread: String,
    pub(crate) error: io::Error,
}

/// The threads of one server. They are stopped at once when it is dropped.
pub(crate) struct Crew {
    orders: Arc<Orders>,
    reports: Receiver<Report>,
    threads: Vec<JoinHandle<()>>,
    /// How many of `threads` have not reported their end.
    working: usize,
    /// How many connections were cut at the deadline.
    cut: usize,
    /// The first one.
    failure: Option<Failure>,
}

/// How to stop every thread.
struct Orders {
    workers: Vec<Arc<WorkerHandle>>,
    acceptor: Option<AcceptorStop>,
    grace: Duration,
}

enum Report {
    /// The thread is at work.
    Started,
    /// The thread has ended, and had to cut so many connections.
    Ended(Result<usize, Failure>),
}

impl Crew {
    /// Starts `count` workers, each on a thread that runs `work`; returns when
    /// all of them have called the function that is passed to it, which means
    /// that they are ready. `work` returns how many connections it cut.
    ///
    /// `grace` is what the others have if one fails. `on_end` hears of every
    /// thread that ends.
    pub(crate) fn start<W>(
        count: usize,
        listener: Listener,
        grace: Duration,
        on_end: Option<Notifier>,
        work: W,
    ) -> Result<Self, Failure>
    where
        W: Fn(Post, &dyn Fn()) -> io::Result<usize> + Clone + Send + 'static,
    {
        let failed = |thread: &str| {
            let thread = thread.to_owned();
            move |error| Failure { thread, error }
        };
        let gate = Arc::clone(listener.gate());
        let mut listener = Some(listener);
        let (mut workers, mut pollers) = (Vec::new(), Vec::new());
        for index in 0..count {
            let poller = Poller::new().map_err(failed(&worker_name(index)))?;
            workers.push(Arc::new(WorkerHandle::new(
                poller.notifier(),
                Arc::clone(&gate),
            )));
            pollers.push(poller);
        }
        let acceptor = match listener.take_if(|_| count > 1) {
            Some(listener) => {
                Some(Acceptor::new(listener, workers.clone()).map_err(failed(ACCEPTOR))?)
            }
            None => None,
        };

        let orders = Orders {
            workers,
            acceptor: acceptor.as_ref().map(Acceptor::stop),
            grace,
        };
        let (sender, reports) = mpsc::channel();
        let mut crew = Self {
            orders: Arc::new(orders),
            reports,
            threads: Vec::new(),
            working: 0,
            cut: 0,
            failure: None,
        };
        let reporter = Reporter {
            orders: Arc::clone(&crew.orders),
            reports: sender,
            on_end,
        };
        for (index, poller) in pollers.into_iter().enumerate() {
            let handle = Arc::clone(&crew.orders.workers[index]);
            let post = Post {
                handle,
                poller,
                listener: listener.take(),
            };
            let work = work.clone();
            crew.spawn(worker_name(index), reporter.clone(), move |ready| {
                work(post, ready)
            })?;
        }
        crew.await_start(count)?;
        // The last one, so that nobody is accepted before all workers run.
        if let Some(acceptor) = acceptor {
            crew.spawn(ACCEPTOR.to_owned(), reporter, move |_| {
                acceptor.run().map(|()| 0)
            })?;
        }
        Ok(crew)
    }

    fn spawn<W>(&mut self, name: String, reporter: Reporter, work: W) -> Result<(), Failure>
    where
        W: FnOnce(&dyn Fn()) -> io::Result<usize> + Send + 'static,
    {
        let thread = name.clone();
        let spawned = Builder::new()
            .name(name.clone())
            .spawn(move || reporter.run(thread, work));
        self.threads.push(spawned.map_err(|error| Failure {
            thread: name,
            error,
        })?);
        self.working += 1;
        Ok(())
    }

    fn await_start(&mut self, count: usize) -> Result<(), Failure> {
        for _ in 0..count {
            let Ok(report) = self.reports.recv() else {
                break;
            };
            self.note(report);
            if let Some(failure) = self.failure.take() {
                return Err(failure);
            }
        }
        Ok(())
    }

    /// How many connections each worker has.
    pub(crate) fn connections(&self) -> Vec<usize> {
        self.orders
            .workers
            .iter()
            .map(|worker| worker.connections())
            .collect()
    }

    /// Orders every thread to end, with what it has begun finished or cut at
    /// the deadline. The earliest of several deadlines holds.
    pub(crate) fn stop(&self, deadline: Instant) {
        self.orders.stop(deadline);
    }

    /// Takes in what was reported; `true` if every thread has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        while let Ok(report) = self.reports.try_recv() {
            self.note(report);
        }
        self.working == 0
    }

    /// Waits until every thread has ended; `false` if some have not by then.
    pub(crate) fn wait_until(&mut self, deadline: Instant) -> bool {
        while self.working > 0 {
            match self
                .reports
                .recv_timeout(deadline.saturating_duration_since(Instant::now()))
            {
                Ok(report) => self.note(report),
                Err(_) => return false,
            }
        }
        true
    }

    /// Whether a thread has failed, so far as is taken in.
    pub(crate) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// What came of it: how many threads are still at work, and how many
    /// connections the others cut. Joins the threads if all have ended.
    pub(crate) fn disband(mut self) -> Result<(usize, usize), Failure> {
        if self.working == 0 {
            for thread in self.threads.drain(..) {
                // They catch panics, and have nothing left to do.
                let _ = thread.join();
            }
        }
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => Ok((self.working, self.cut)),
        }
    }

    fn note(&mut self, report: Report) {
        match report {
            Report::Started => return,
            Report::Ended(Ok(cut)) => self.cut += cut,
            Report::Ended(Err(failure)) => {
                self.failure.get_or_insert(failure);
            }
        }
        self.working -= 1;
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.stop(Instant::now());
    }
}

impl Orders {
    fn stop(&self, deadline: Instant) {
        if let Some(acceptor) = &self.acceptor {
            acceptor.stop();
        }
        for worker in &self.workers {
            worker.stop_gracefully(deadline);
        }
    }
}

/// What each thread holds to tell how it fares.
#[derive(Clone)]
struct Reporter {
    orders: Arc<Orders>,
    reports: Sender<Report>,
    on_end: Option<Notifier>,
}

impl Reporter {
    /// The whole life of a thread.
    fn run(self, thread: String, work: impl FnOnce(&dyn Fn()) -> io::Result<usize>) {
        let ready = || self.send(Report::Started);
        let end = catch_unwind(AssertUnwindSafe(|| work(&ready)))
            .unwrap_or_else(|panic| Err(described(&*panic)));
        let failed = end.is_err();
        // Before the others are stopped: `await_start` then hears of the
        // failure before it hears of their ends.
        self.send(Report::Ended(
            end.map_err(|error| Failure { thread, error }),
        ));
        if failed {
            self.orders.stop(deadline_after(self.orders.grace));
        }
        if let Some(notifier) = &self.on_end {
            notifier.notify();
        }
    }

    fn send(&self, report: Report) {
        // Nobody listens any more once the server is dropped.
        let _ = self.reports.send(report);
    }
}

const ACCEPTOR: &str = "tramline-accept";

fn worker_name(index: usize) -> String {
    format!("tramline-{index}")
}

fn described(panic: &(dyn Any + Send)) -> io::Error {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let message = message.unwrap_or("with no message");
    io::Error::other(format!(
        "it panicked: {message}: this is a bug of tramline, please report it"
    ))
}

/// The time from which on nothing more is waited for; a year ahead if the clock
/// does not reach so far.
pub(crate) fn deadline_after(grace: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    let now = Instant::now();
    now.checked_add(grace).unwrap_or_else(|| now + YEAR)
}

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::io;
    use std::net::{SocketAddr, TcpStream};
    use std::sync::Arc;
    use std::thread;
    use std::time::Instant;

    use super::{Crew, Failure, Post, deadline_after};
    use crate::runtime::listener::Listener;

    const SOON: Duration = Duration::from_secs(20);

    fn listener() -> (Listener, SocketAddr) {
        let listener = Listener::bind(&["127.0.0.1:0".parse().unwrap()], Arc::default()).unwrap();
        let address = listener.address().unwrap();
        (listener, address)
    }

    /// Waits for the order to stop; cuts one connection.
    #[expect(clippy::unnecessary_wraps, reason = "the signature of work")]
    fn until_stopped(mut post: Post, ready: &dyn Fn()) -> io::Result<usize> {
        ready();
        while post.handle.stopping().is_none() {
            let block = post.handle.waker().prepare_sleep();
            post.poller.wait(&mut Vec::new(), block).unwrap();
            post.handle.waker().awake();
            post.handle.waker().take_woken();
        }
        Ok(1)
    }

    fn disbanded(mut crew: Crew) -> Result<(usize, usize), Failure> {
        assert!(crew.wait_until(deadline_after(SOON)));
        crew.disband()
    }

    #[test]
    fn a_crew_works_until_it_is_stopped() {
        for count in [1, 2, 5] {
            let (listener, address) = listener();
            let mut crew = Crew::start(count, listener, SOON, None, until_stopped).unwrap();
            assert_eq!(crew.connections(), vec![0; count]);
            assert!(!crew.has_ended() && !crew.wait_until(Instant::now()) && !crew.has_failed());
            let _peer = TcpStream::connect(address).unwrap();
            crew.stop(Instant::now());
            assert_eq!(disbanded(crew).unwrap(), (0, count));
            assert!(
                TcpStream::connect(address).is_err(),
                "{count}: the listener is closed"
            );
        }
    }

    #[test]
    fn a_worker_that_cannot_start_is_an_error_and_ends_the_others() {
        let (listener, address) = listener();
        let work = |post: Post, ready: &dyn Fn()| {
            if thread::current().name() == Some("tramline-2") {
                return Err(io::Error::other("no room"));
            }
            until_stopped(post, ready)
        };
        let failure = Crew::start(4, listener, SOON, None, work).err().unwrap();
        assert_eq!(
            (&*failure.thread, failure.error.to_string()),
            ("tramline-2", "no room".to_owned())
        );
        assert!(TcpStream::connect(address).is_err());
    }

    #[test]
    fn a_worker_that_panics_ends_the_others() {
        let (listener, _) = listener();
        let work = |mut post: Post, ready: &dyn Fn()| {
            if thread::current().name() == Some("tramline-0") {
                ready();
                post.poller.set_ticking(true)?;
                post.poller.wait(&mut Vec::new(), true)?;
                panic!("off the {}", "rails");
            }
            until_stopped(post, ready)
        };
        let failure = disbanded(Crew::start(3, listener, SOON, None, work).unwrap()).unwrap_err();
        assert_eq!(failure.thread, "tramline-0");
        assert!(
            failure
                .error
                .to_string()
                .contains("panicked: off the rails: "),
            "{}",
            failure.error
        );
    }

    #[test]
    fn a_worker_that_never_ends_is_counted() {
        let (listener, _) = listener();
        let work = |post: Post, ready: &dyn Fn()| {
            if thread::current().name() == Some("tramline-1") {
                ready();
                thread::park();
            }
            until_stopped(post, ready)
        };
        let mut crew = Crew::start(2, listener, SOON, None, work).unwrap();
        crew.stop(Instant::now());
        assert!(!crew.wait_until(Instant::now() + Duration::from_millis(300)));
        assert_eq!(crew.disband().unwrap(), (1, 1));
    }
}
