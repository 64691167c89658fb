//! The server: what a program starts, and how it ends.
//!
//! Owns the builder, the line that says where it listens and the one that says
//! how it ended. Refuses to serve by itself: `crew` runs the threads, and each
//! runs a worker of `runtime`. Settings are `config`'s.

mod crew;
pub(crate) mod listing;

use core::fmt;
use core::time::Duration;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use std::{env, thread};

use crate::config::Config;
use crate::connection::lane::Service;
use crate::connection::limits::Limits;
use crate::error::{Error, Result, counted};
use crate::handler::set::Serve;
use crate::routing::route::RouteInfo;
use crate::runtime::gate::Gate;
use crate::runtime::listener::Listener;
use crate::runtime::poller::Notifier;
use crate::runtime::signals::{Signal, Signals};
use crate::runtime::worker::Worker;
use crate::server::crew::{Crew, Failure, deadline_after};

/// How long after its deadline a thread is waited for. It looks at the time
/// every 250 ms, unless a handler holds it.
const MARGIN: Duration = Duration::from_secs(1);

/// Serves a set of routes, with the settings of the environment and the
/// program's arguments, until SIGINT or SIGTERM.
///
/// The same as `Server::new(routes).with_env()?.with_args()?.run()`; see
/// [`Server`], also for a program that has [arguments of its
/// own](Server#arguments-of-the-program).
///
/// ```no_run
/// use tramline::{route, routes};
///
/// #[route("/")]
/// fn index() -> &'static str {
///     "Hello, World!"
/// }
///
/// fn main() -> tramline::Result {
///     tramline::run(routes![index])
/// }
/// ```
///
/// # Errors
///
/// As [`Server::with_env`], [`Server::with_args`] and [`Server::run`].
pub fn run(routes: impl Serve<()>) -> Result {
    run_with(routes, ())
}

/// Serves a set of routes as [`run`] does, with the state that its handlers
/// take.
///
/// The same as `Server::with_state(routes, state).with_env()?.with_args()?.run()`;
/// see [`Server::with_state`].
///
/// ```no_run
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// use tramline::{route, routes};
///
/// struct Visits(AtomicU64);
///
/// #[route("/")]
/// fn count(visits: &Visits) -> String {
///     format!("{}\n", visits.0.fetch_add(1, Ordering::Relaxed) + 1)
/// }
///
/// fn main() -> tramline::Result {
///     tramline::run_with(routes![for Visits: count], Visits(AtomicU64::new(0)))
/// }
/// ```
///
/// # Errors
///
/// As [`run`].
pub fn run_with<S: Send + Sync + 'static>(routes: impl Serve<S>, state: S) -> Result {
    Server::with_state(routes, state)
        .with_env()?
        .with_args()?
        .run()
}

/// A server to be started.
///
/// | setting | default | environment | argument |
/// |---|---|---|---|
/// | [`listen`](Self::listen) | `127.0.0.1:8080` | `TRAMLINE_LISTEN` | `--listen ADDRESS:PORT` |
/// | [`threads`](Self::threads) | the cores the process may use | `TRAMLINE_THREADS` | `--threads NUMBER` |
/// | [`shutdown_grace`](Self::shutdown_grace) | 10 s | `TRAMLINE_SHUTDOWN_GRACE` | `--shutdown-grace SECONDS` |
/// | [`limits`](Self::limits) | those of [`Limits`] | | |
///
/// A later setting replaces an earlier one. With the argument `--routes`,
/// [`run`](Self::run) prints the [routes](crate::RouteList) and serves nothing.
///
/// ```no_run
/// use tramline::{Server, route, routes};
///
/// #[route("/")]
/// fn index() -> &'static str {
///     "Hello, World!"
/// }
///
/// fn main() -> tramline::Result {
///     Server::new(routes![index]).listen("[::1]:8080").with_args()?.run()
/// }
/// ```
///
/// # Arguments of the program
///
/// Arguments that the server does not know are an error. A program that has some
/// of its own takes them out and hands on the rest; or it takes the settings
/// from the environment alone, and calls only [`with_env`](Self::with_env).
///
/// ```no_run
/// use tramline::{Server, route, routes};
///
/// #[route("/")]
/// fn index() -> &'static str {
///     "Hello, World!"
/// }
///
/// fn main() -> tramline::Result {
///     let (own, rest): (Vec<_>, Vec<_>) =
///         std::env::args_os().skip(1).partition(|argument| argument == "--verbose");
///     if !own.is_empty() {
///         eprintln!("hello");
///     }
///     Server::new(routes![index]).with_env()?.with_args_from(rest)?.run()
/// }
/// ```
#[derive(Clone)]
#[must_use = "a server does nothing until it is started or run"]
pub struct Server {
    service: Service,
    routes: &'static [RouteInfo],
    config: Config,
}

impl Server {
    /// A server of these routes, with the default settings.
    pub fn new(routes: impl Serve<()>) -> Self {
        Self::with_state(routes, ())
    }

    /// A server of these routes, whose handlers take `state`, or what it
    /// [provides](crate::Provides), by reference.
    ///
    /// All workers share it; it is dropped when they have ended.
    pub fn with_state<R: Serve<S>, S: Send + Sync + 'static>(routes: R, state: S) -> Self {
        // A set has no fields: its type is all there is to know.
        let _ = routes;
        Self {
            service: Service::new::<R, S>(Arc::new(state), Limits::default()),
            routes: R::ROUTES,
            config: Config::default(),
        }
    }

    /// Where to listen: `ADDRESS:PORT`, with a number or a host name for the
    /// address, or only `PORT`, on 127.0.0.1. With port 0 the system chooses
    /// one, which [`Running::addr`] tells.
    pub fn listen(mut self, address: impl Into<String>) -> Self {
        self.config.listen = address.into();
        self
    }

    /// How many workers to start, each on a thread of its own: at least 1.
    pub fn threads(mut self, threads: usize) -> Self {
        self.config.threads = Some(threads);
        self
    }

    /// How long connections may go on after the order to stop, before they are
    /// cut.
    pub fn shutdown_grace(mut self, grace: Duration) -> Self {
        self.config.shutdown_grace = grace;
        self
    }

    /// What peers may take: bytes, requests, time, connections. See [`Limits`].
    pub fn limits(mut self, limits: Limits) -> Self {
        self.service.limits = limits;
        self
    }

    /// Takes the settings that the environment has; see the [table](Self).
    ///
    /// # Errors
    ///
    /// If a value does not parse.
    pub fn with_env(mut self) -> Result<Self> {
        self.config.read_env(|name| env::var_os(name))?;
        Ok(self)
    }

    /// Takes the settings among the program's arguments; see the
    /// [table](Self).
    ///
    /// # Errors
    ///
    /// If there are other arguments, or a value is missing or does not parse.
    pub fn with_args(self) -> Result<Self> {
        self.with_args_from(env::args_os().skip(1))
    }

    /// Takes the settings among these arguments, without the program's name: what
    /// is left when it has taken [those of its own](Self#arguments-of-the-program).
    ///
    /// ```
    /// # use tramline::{Server, route, routes};
    /// # #[route("/")]
    /// # fn index() {}
    /// let server = Server::new(routes![index]);
    /// assert!(server.clone().with_args_from(["--threads", "2", "--listen=8080"]).is_ok());
    /// assert!(server.with_args_from(["--verbose"]).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// As [`with_args`](Self::with_args).
    pub fn with_args_from<A: Into<OsString>>(
        mut self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<Self> {
        self.config
            .read_args(arguments.into_iter().map(Into::into))?;
        Ok(self)
    }

    /// Starts the server on threads of its own and returns. It minds no signals
    /// and prints nothing, which suits libraries and tests.
    ///
    /// ```
    /// use tramline::{Server, route, routes};
    ///
    /// #[route("/")]
    /// fn index() -> &'static str {
    ///     "Hello, World!"
    /// }
    ///
    /// # fn main() -> tramline::Result {
    /// let running = Server::new(routes![index]).listen("127.0.0.1:0").threads(2).start()?;
    /// assert_ne!(running.addr().port(), 0);
    /// assert_eq!(running.connections(), [0, 0]);
    /// running.stop()
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If a setting makes no sense, or it cannot listen on the address or start
    /// its threads.
    pub fn start(self) -> Result<Running> {
        self.launch(None)
    }

    /// Serves until SIGINT or SIGTERM. Then it accepts no more, lets the
    /// requests that have begun finish within the
    /// [grace](Self::shutdown_grace), and returns. A second signal cuts what is
    /// left at once.
    ///
    /// Says on standard error where it listens, and how it ended. If `--routes`
    /// was among the [arguments](Self::with_args), it prints the routes on
    /// standard output instead, and returns.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start), and as [`Running::stop`].
    pub fn run(self) -> Result {
        if self.config.only_routes {
            return listing::print(self.routes);
        }
        // First of all: a signal during the start must not be lost.
        let mut signals = Signals::new().map_err(Error::signals)?;
        let mut running = self.launch(Some(signals.notifier()))?;
        let workers = counted(running.crew.connections().len(), "worker", "workers");
        eprintln!("tramline: listening on http://{}, {workers}", running.addr);

        let signal = running.serve_until_signal(&mut signals)?;
        running.finish_unless_signal(&mut signals)?;
        let cause = signal.map_or_else(
            || "stopped".to_owned(),
            |signal| format!("stopped by {signal}"),
        );
        running.end(&cause)?;
        eprintln!("tramline: {cause}: all connections finished");
        Ok(())
    }

    /// What it serves, with its limits.
    pub(crate) fn service(&self) -> &Service {
        &self.service
    }

    fn launch(self, on_end: Option<Notifier>) -> Result<Running> {
        let Config {
            listen,
            threads,
            shutdown_grace: grace,
            only_routes: _,
        } = &self.config;
        // `available_parallelism` counts the affinity and the cgroup's quota.
        let threads =
            threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
        if threads == 0 {
            return Err(Error::no_threads());
        }
        let limits = &self.service.limits;
        limits.check().map_err(|nonsense| {
            Error::bad_limit(nonsense.setting, &nonsense.value, nonsense.expected)
        })?;
        let addresses = self.config.addresses()?;
        let gate = Arc::new(Gate::new(limits.connections, threads));
        let listener =
            Listener::bind(&addresses, gate).map_err(|error| Error::listen(listen, error))?;
        let addr = listener
            .address()
            .map_err(|error| Error::listen(listen, error))?;
        listing::log(self.routes);
        let service = self.service;
        let crew = Crew::start(threads, listener, *grace, on_end, move |post, ready| {
            let service = service.clone();
            let worker = Worker::new(post.handle, post.poller, post.listener, service)?;
            ready();
            Ok(worker.run()?.cut)
        });
        Ok(Running {
            crew: crew.map_err(failed)?,
            addr,
            grace: *grace,
        })
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

/// A server that serves, until it is stopped or dropped. To drop it cuts its
/// connections, and waits for nothing.
#[must_use = "a server is stopped when this is dropped"]
pub struct Running {
    crew: Crew,
    addr: SocketAddr,
    grace: Duration,
}

impl Running {
    /// The address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// How many connections each worker has.
    pub fn connections(&self) -> Vec<usize> {
        self.crew.connections()
    }

    /// Accepts no more, lets the requests that have begun finish within the
    /// [grace](Server::shutdown_grace), and returns when all threads have
    /// ended.
    ///
    /// # Errors
    ///
    /// If connections had to be cut, a handler still holds its thread, or a
    /// thread had failed.
    pub fn stop(mut self) -> Result {
        let deadline = deadline_after(self.grace);
        self.crew.stop(deadline);
        self.crew.wait_until(deadline + MARGIN);
        self.end("stopped")
    }

    /// The signal, or `None` if a thread failed; then the others are on their
    /// way out already.
    fn serve_until_signal(&mut self, signals: &mut Signals) -> Result<Option<Signal>> {
        loop {
            let signal = signals.wait().map_err(Error::signals)?;
            let ended = self.crew.has_ended();
            if signal.is_some() || ended || self.crew.has_failed() {
                return Ok(signal);
            }
        }
    }

    /// Waits for all threads to end, for as long as they have; one more signal
    /// takes that time away.
    fn finish_unless_signal(&mut self, signals: &mut Signals) -> Result {
        signals.set_ticking(true).map_err(Error::signals)?;
        let mut deadline = deadline_after(self.grace);
        self.crew.stop(deadline);
        while !self.crew.has_ended() && Instant::now() < deadline + MARGIN {
            if signals.wait().map_err(Error::signals)?.is_some() {
                deadline = deadline.min(Instant::now());
                self.crew.stop(deadline);
            }
        }
        Ok(())
    }

    /// What came of it, after `cause` ended it.
    fn end(self, cause: &str) -> Result {
        match self.crew.disband().map_err(failed)? {
            (0, 0) => Ok(()),
            (0, cut) => Err(Error::cut(cause, cut)),
            (stuck, _) => Err(Error::stuck(cause, stuck)),
        }
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let connections = self.connections();
        f.debug_struct("Running")
            .field("addr", &self.addr)
            .field("connections", &connections)
            .finish_non_exhaustive()
    }
}

fn failed(failure: Failure) -> Error {
    Error::thread(&failure.thread, failure.error)
}
