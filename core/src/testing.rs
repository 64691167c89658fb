//! Tests of an application: requests without a port, and answers to assert on.
//!
//! [`Client`] asks a set of routes in the process of the test. The bytes of a
//! request go through the engine that serves them in production: the same
//! parser, the same routes, the same writer. No socket is opened, no thread is
//! started, and the call returns when the answer is there.
//!
//! ```
//! use tramline::testing::Client;
//! use tramline::{Responder, Status, route, routes, text};
//!
//! #[route("/users/{id}")]
//! fn show(id: u64) -> Option<String> {
//!     (id < 100).then(|| format!("user {id}"))
//! }
//!
//! #[route(POST, "/users")]
//! fn add(body: &[u8]) -> impl Responder {
//!     (Status::CREATED, body.len())
//! }
//!
//! routes! { App: show, add }
//!
//! let client = Client::new(App);
//! client.get("/users/7").send().assert_status(200).assert_text("user 7");
//! client.get("/users/700").header("accept", "text/plain").send().assert_status(404);
//!
//! let added = client.post("/users").body("Ada").send();
//! added.assert_status(201).assert_header("content-type", "text/plain; charset=utf-8");
//! assert_eq!(added.text(), "3");
//! ```
//!
//! An assertion that fails shows the whole answer, and points at its own line.
//!
//! # Handlers are functions
//!
//! `#[route]` leaves a function as it was, so a test may call it. That tests the
//! handler alone; the client also tests its route, its arguments and its answer.
//!
//! ```
//! # use tramline::route;
//! #[route("/twice/{number}")]
//! fn twice(number: u32) -> u32 {
//!     2 * number
//! }
//!
//! assert_eq!(twice(4), 8);
//! ```
//!
//! # What waits
//!
//! Handlers may wait: for timers, sockets and blocking work of smol's, and for
//! tasks of [`spawn_local`](crate::spawn_local). The client runs them on the
//! thread of the test, and panics if there is no answer within 30 seconds.
//!
//! # Connections
//!
//! Each request has a connection of its own, on which the client sends it and
//! then no more. Nothing of one request can leak into the next, but for cookies
//! if they are [kept](Client::with_cookies), and what is sent behind an answer is
//! an error. Pipelines, `Connection: close` and
//! requests that are none are seen with [`Client::raw`].
//!
//! # Over a socket
//!
//! [`Client::over_socket`], or `TRAMLINE_TEST_SOCKET=1` in the environment, runs
//! the same test against a server on a port of the system's choice. Each request
//! is then sent byte by byte, so it arrives in many pieces. The test's own
//! assertions must hold there, too.
//!
//! A request that changes nothing by its method (GET, HEAD, OPTIONS, TRACE) is
//! answered three times: in process, over the socket, and in process again. If
//! both answers in process are the same, the one between must be, but for its
//! Date. A handler that counts or tells the time gives no two same answers, and
//! is not compared.
//!
//! Deadlines are kept over a socket only: in process there is no peer to be slow.

// The client is always compiled: it needs no crate that the server does not,
// and a program that does not use it does not contain it.

#[cfg(feature = "cookie")]
mod cookies;
#[cfg(feature = "form")]
mod form;
mod framing;
#[cfg(feature = "json")]
mod json;
mod local;
mod reply;
mod request;
mod socket;

#[cfg(feature = "cookie")]
use core::cell::RefCell;
use core::fmt;
use core::future::{Future, poll_fn};
use core::time::Duration;
use std::env;
use std::rc::Rc;
use std::time::SystemTime;

use async_executor::LocalExecutor;

use crate::connection::memory::Memory;
use crate::handler::set::Serve;
use crate::http::method::Method;
use crate::runtime::local as worker;
use crate::server::{Running, Server};
pub use crate::testing::reply::Reply;
pub use crate::testing::request::RequestBuilder;

/// How long the client waits for an answer, and [`Client::block_on`] for its
/// future.
///
/// Longer than any test should take, so that only one that would wait for ever
/// is ended.
const PATIENCE: Duration = Duration::from_secs(30);

/// The variable that sends every client's requests over a socket.
const SOCKET_VARIABLE: &str = "TRAMLINE_TEST_SOCKET";

/// A client of a set of routes, in the process of a test; see the
/// [module](self).
///
/// It is a worker of its own: state and [tasks](crate::spawn_local) live as
/// long as it does. Tasks go on while it waits for an answer or runs
/// [`block_on`](Self::block_on).
pub struct Client {
    server: Server,
    executor: Rc<LocalExecutor<'static>>,
    socket: Option<Running>,
    /// What is kept between requests, if anything is.
    #[cfg(feature = "cookie")]
    jar: Option<RefCell<cookies::Jar>>,
}

impl Client {
    /// A client of these routes.
    ///
    /// # Panics
    ///
    /// As [`of`](Self::of).
    #[track_caller]
    pub fn new(routes: impl Serve<()>) -> Self {
        Self::of(Server::new(routes))
    }

    /// A client of these routes, whose handlers take `state`, or what it
    /// [provides](crate::Provides), by reference.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU32, Ordering};
    ///
    /// use tramline::testing::Client;
    /// use tramline::{route, routes};
    ///
    /// struct Visits(AtomicU32);
    ///
    /// #[route(POST, "/")]
    /// fn visit(visits: &Visits) -> u32 {
    ///     visits.0.fetch_add(1, Ordering::Relaxed) + 1
    /// }
    ///
    /// let client = Client::with_state(routes![for Visits: visit], Visits(AtomicU32::new(41)));
    /// client.post("/").send().assert_text("42");
    /// client.post("/").send().assert_text("43");
    /// ```
    ///
    /// # Panics
    ///
    /// As [`of`](Self::of).
    #[track_caller]
    pub fn with_state<S: Send + Sync + 'static>(routes: impl Serve<S>, state: S) -> Self {
        Self::of(Server::with_state(routes, state))
    }

    /// A client of what this server would serve, with its limits. Its address
    /// and threads do not matter, and it is not started.
    ///
    /// ```
    /// use tramline::testing::Client;
    /// use tramline::{Server, route, routes};
    ///
    /// #[route("/")]
    /// fn index() -> &'static str {
    ///     "Hello, World!"
    /// }
    ///
    /// let client = Client::of(Server::new(routes![index]));
    /// client.get("/").send().assert_text("Hello, World!");
    /// ```
    ///
    /// # Panics
    ///
    /// If `TRAMLINE_TEST_SOCKET` is neither `1` nor `0`, or if it is `1` and
    /// the server does not start.
    #[track_caller]
    pub fn of(server: Server) -> Self {
        let client = Self {
            server,
            executor: Rc::default(),
            socket: None,
            #[cfg(feature = "cookie")]
            jar: None,
        };
        match env::var_os(SOCKET_VARIABLE) {
            None => client,
            Some(value) if value.is_empty() || value == "0" => client,
            Some(value) if value == "1" => client.over_socket(),
            Some(value) => panic!(
                "`{SOCKET_VARIABLE}` is `{}`: expected `1` to send requests over a socket, or `0`",
                value.display()
            ),
        }
    }

    /// Sends requests over a socket, byte by byte, to a server that is started
    /// now; see the [module](self#over-a-socket).
    ///
    /// ```
    /// use tramline::testing::Client;
    /// use tramline::{route, routes};
    ///
    /// #[route(POST, "/length")]
    /// fn length(body: &[u8]) -> usize {
    ///     body.len()
    /// }
    ///
    /// let client = Client::new(routes![length]).over_socket();
    /// client.post("/length").body("in pieces").send().assert_text("9");
    /// ```
    ///
    /// # Panics
    ///
    /// If the server does not start.
    #[track_caller]
    #[must_use]
    pub fn over_socket(mut self) -> Self {
        let server = self.server.clone().listen("127.0.0.1:0").threads(1);
        match server.start() {
            Ok(running) => self.socket = Some(running),
            Err(error) => panic!("the server of the test does not start: {error}"),
        }
        self
    }

    /// A GET request. The target is a path, perhaps with a query, as it stands
    /// in the request line: percent-encoded.
    pub fn get(&self, target: &str) -> RequestBuilder<'_> {
        self.request(Method::Get, target)
    }

    /// A HEAD request.
    pub fn head(&self, target: &str) -> RequestBuilder<'_> {
        self.request(Method::Head, target)
    }

    /// A POST request.
    pub fn post(&self, target: &str) -> RequestBuilder<'_> {
        self.request(Method::Post, target)
    }

    /// A PUT request.
    pub fn put(&self, target: &str) -> RequestBuilder<'_> {
        self.request(Method::Put, target)
    }

    /// A PATCH request.
    pub fn patch(&self, target: &str) -> RequestBuilder<'_> {
        self.request(Method::Patch, target)
    }

    /// A DELETE request.
    pub fn delete(&self, target: &str) -> RequestBuilder<'_> {
        self.request(Method::Delete, target)
    }

    /// A request by any method.
    ///
    /// ```
    /// # use tramline::testing::Client;
    /// # use tramline::{Method, route, routes};
    /// # #[route("/")]
    /// # fn index() -> &'static str { "Hello, World!" }
    /// let client = Client::new(routes![index]);
    /// let options = client.request(Method::Options, "/").send();
    /// options.assert_status(204).assert_header("allow", "GET, HEAD, OPTIONS");
    /// client.request(Method::Extension("BREW"), "/").send().assert_status(501);
    /// ```
    pub fn request<'c>(&'c self, method: Method<'c>, target: &str) -> RequestBuilder<'c> {
        RequestBuilder::new(self, method, target)
    }

    /// Sends these bytes on a connection of their own, then no more, and gives
    /// back all that comes until the server closes it.
    ///
    /// Over a socket, the bytes are sent there only: they may be anything, so
    /// they are not repeated for a comparison.
    ///
    /// ```
    /// # use tramline::testing::Client;
    /// # use tramline::{route, routes};
    /// # #[route("/")]
    /// # fn index() -> &'static str { "Hello, World!" }
    /// let client = Client::new(routes![index]);
    /// let pipeline = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2);
    /// let answers = String::from_utf8(client.raw(pipeline)).unwrap();
    /// assert_eq!(answers.matches("HTTP/1.1 200 OK\r\n").count(), 2);
    /// assert!(client.raw("GET /\r\n\r\n").starts_with(b"HTTP/1.1 400 "));
    /// ```
    ///
    /// # Panics
    ///
    /// If the connection is not closed within 30 seconds.
    #[track_caller]
    pub fn raw(&self, bytes: impl AsRef<[u8]>) -> Vec<u8> {
        let bytes = bytes.as_ref();
        let received = match &self.socket {
            None => self.in_process(bytes),
            Some(running) => socket::exchange(running.addr(), bytes),
        };
        match received {
            Ok(received) => received,
            Err(why) => panic!("{why}"),
        }
    }

    /// Runs a future as a handler would run it, on the worker that the client
    /// is: an `async` handler, or what lets [tasks](crate::spawn_local) go on.
    ///
    /// ```
    /// # use tramline::testing::Client;
    /// use std::time::Duration;
    ///
    /// use tramline::{route, routes, smol};
    ///
    /// #[route("/twice/{number}")]
    /// async fn twice(number: u32) -> u32 {
    ///     smol::Timer::after(Duration::from_millis(1)).await;
    ///     2 * number
    /// }
    ///
    /// let client = Client::new(routes![twice]);
    /// assert_eq!(client.block_on(twice(4)), 8);
    /// ```
    ///
    /// # Panics
    ///
    /// If the future is not ready within 30 seconds.
    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let Some(output) = self.run(future) else {
            panic!("the future is not ready after {PATIENCE:?}: what it waits for did not happen");
        };
        output
    }

    /// The answer to a whole request; `safe` if it changes nothing, so that it
    /// may be repeated.
    fn answer(
        &self,
        bytes: &[u8],
        safe: bool,
        parse: impl Fn(&[u8]) -> Result<Reply, String>,
    ) -> Result<Reply, String> {
        let in_process = || parse(&self.in_process(bytes)?);
        let Some(running) = &self.socket else {
            return in_process();
        };
        let over_socket = || parse(&socket::exchange(running.addr(), bytes)?);
        if !safe {
            return over_socket();
        }
        let before = in_process()?;
        let reply = over_socket()?;
        let after = in_process()?;
        if before.is_same(&after) && !before.is_same(&reply) {
            return Err(format!(
                "the answer over a socket is not the one in process\n\nover a socket:\n\n{reply}\n\nin process:\n\n{before}"
            ));
        }
        Ok(reply)
    }

    fn in_process(&self, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let mut memory = Memory::of(self.server.service(), SystemTime::now());
        memory.push(bytes);
        memory.end();
        match self.run(poll_fn(|cx| memory.poll(cx))) {
            Some(()) => Ok(memory.sent()),
            None => Err(format!(
                "no answer after {PATIENCE:?}: what the handler waits for did not happen"
            )),
        }
    }

    /// Runs a future and the tasks beside it, for as long as patience lasts.
    fn run<F: Future>(&self, future: F) -> Option<F::Output> {
        let _entered = worker::enter(Rc::clone(&self.executor));
        local::block_on(self.executor.run(future), PATIENCE)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("server", &self.server)
            .field("socket", &self.socket)
            .finish_non_exhaustive()
    }
}
