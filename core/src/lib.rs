//! HTTP/1.1 from plain annotated functions.
//!
//! Other frameworks build a router when the program starts. tramline's routes
//! are laid when it is compiled, as rails are: a request cannot take a turn
//! that was not proved.
//!
//! ```no_run
//! use tramline::{Responder, route, routes, text};
//!
//! #[route("/")]
//! fn index() -> &'static str {
//!     "Hello, World!"
//! }
//!
//! #[route("/users/{id}")]
//! fn show(id: u64) -> impl Responder {
//!     text!("user {id}\n")
//! }
//!
//! fn main() -> tramline::Result {
//!     tramline::run(routes![index, show])
//! }
//! ```
//!
//! # Rules
//!
//! - [`route`] annotates a function, which stays an ordinary function, with the
//!   methods and path patterns it answers, or as a fallback. Its arguments are the
//!   `{parameters}` of the path ([`FromParam`], which can be derived), by name,
//!   and anything that can be taken from the request ([`FromRequest`]). What it
//!   returns is the answer ([`Responder`], which can be derived): text, bytes, JSON,
//!   HTML, redirects, with a status and headers. It may be `async`.
//! - [`routes`] gathers handlers into a set ([`RouteSet`]): a type that can be
//!   served, stored in a library, and mounted under a prefix in another set. Its
//!   routes are also data ([`RouteInfo`], [`RouteList`]).
//! - Two routes that contradict each other do not compile, in one module or
//!   across crates; nor does a pattern without its argument. A more specific
//!   route (`/users/me`) wins over a less specific one (`/users/{id}`).
//! - [`url`] writes the path of a route from its arguments, prefixes included; a
//!   route that the set does not have does not compile.
//! - HEAD is answered wherever GET is, OPTIONS wherever anything is; a path
//!   that exists without the method asked for is 405 with `Allow`, and one that
//!   does not exist is the fallback's, or 404.
//! - An argument `&Db` is lent by the application's state ([`Provides`],
//!   [`run_with`]), which all workers share, or by what each of them has for itself
//!   ([`PerWorker`]).
//! - A plain function runs inline, on the worker that received the request: it
//!   is as fast as it gets, and must not block. An `async` one may wait for
//!   anything of smol's, and one that is `blocking` runs on smol's pool.
//! - What many handlers have in common stands around them: [`guard`](macro@guard)s
//!   that a route names, [catchers](macro@catch) of errors and [`Layer`]s that a set
//!   names.
//! - A panic in a handler answers 500 on its connection; nothing else dies.
//! - A [test client](testing) asks a set in the process of a test. Handlers stay
//!   functions, which tests may call.
//! - Errors are text, or problem details where the request prefers JSON
//!   ([`Response::problem`]); what went wrong inside goes to the log, never to the peer.
//! - What a peer may take is bounded, in bytes and in time ([`Limits`]).
//!
//! `docs/routing.md` in the repository has the whole route language: what can
//! stand in an attribute and in a list, which route wins, what parameters take,
//! and each compile error with its cure; `docs/http.md` what is supported of HTTP,
//! the limits, and what is refused; `examples/` one idea per program, and an
//! application.
//!
//! # How it works
//!
//! [`Server`] starts one worker per core: a thread with a poller and an
//! executor of its own, sharing nothing with the others on the path of a
//! request. Serving a request allocates nothing beyond what the handler does.
//! `ARCHITECTURE.md` in the repository tells the story in a page.
//!
//! # Logging
//!
//! What goes wrong while a server runs is told to the crate
//! [`log`](https://docs.rs/log), at the level error; what is served, when it starts, at
//! the level info. Without a logger
//! ([`env_logger`](https://docs.rs/env_logger), say) it is lost, so start one in `main`. The
//! lines at the start and the end of a server go to stderr.
//!
//! | target | tells |
//! |---|---|
//! | `tramline::handler` | the route, and why it answered 500: an error boxed as `dyn Error`, a panic, a body that could not be written |
//! | `tramline::routes` | each route that is served, at the start of a server |
//! | `tramline::accept` | that no connections can be accepted for now, and why |
//!
//! # Features
//!
//! | feature | default | gives | brings |
//! |---|---|---|---|
//! | `macros` | yes | [`route`], [`routes`] and all other macros | `tramline-macros`, `proc-macro2`, `quote`, `syn`, `unicode-ident` |
//! | `smol` | yes | the re-export [`smol`](https://docs.rs/smol), for timers, sockets and blocking work in handlers; `Timeout` and `blocking` handlers | `smol`, `async-channel`, `async-fs`, `async-io`, `async-lock`, `async-net`, `async-process`, `async-signal`, `atomic-waker`, `blocking`, `event-listener`, `event-listener-strategy`, `parking`, `piper`, `polling` |
//! | `json` | no | `Json`, as an answer and as an argument, and in [tests](testing) | `serde`, `serde_core`, `serde_json`, `memchr`, `zmij` |
//! | `form` | no | `Query` and `Form`, also in [tests](testing) | `serde`, `serde_core`, `serde_html_form`, `equivalent`, `form_urlencoded`, `hashbrown`, `indexmap`, `zmij` |
//! | `cookie` | no | `Cookies`, a [test client](testing) that keeps some, and the re-export [`cookie`](https://docs.rs/cookie) | `cookie`, `deranged`, `num-conv`, `powerfmt`, `time`, `time-core`, `time-macros` |
//! | `headers` | no | `Header`, a header of the request as a type, and the re-export [`headers`](https://docs.rs/headers) | `headers`, `headers-core`, `base64`, `block-buffer`, `bytes`, `cpufeatures`, `crypto-common`, `digest`, `generic-array`, `http`, `mime`, `sha1`, `typenum` |
//! | `http` | no | the types of the crate [`http`](https://docs.rs/http) as answers and arguments: `StatusCode`, `Response`, `HeaderMap`; and `Bytes` of [`bytes`](https://docs.rs/bytes) | `http`, `bytes` |
//!
//! A crate that declares no routes, a library of layers, extractors or answers
//! say, needs no macro. With `default-features = false` it has all the types and
//! traits, [`Server`] and the [test client](testing), for sets of others, and
//! compiles without `syn`. An application that wants less turns off `smol` alone:
//! `default-features = false, features = ["macros"]`.

// The macros name this crate by its name, in its own tests and examples too.
#[allow(unused_extern_crates)]
extern crate self as tramline;

#[cfg(not(unix))]
compile_error!("tramline serves on Unix systems only, for now");

/// The README's application is a doc test.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// So is the one of the limits.
#[cfg(doctest)]
#[doc = include_str!("../../docs/http.md")]
struct Http;

/// So are the examples of the route language.
#[cfg(doctest)]
#[doc = include_str!("../../docs/routing.md")]
struct RouteLanguage;

/// And the comparison with axum.
#[cfg(all(doctest, feature = "form", feature = "json"))]
#[doc = include_str!("../../docs/axum.md")]
struct Comparison;

mod config;
mod connection;
mod error;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
#[doc(hidden)]
pub mod handler;
mod http;
#[doc(hidden)]
pub mod routing;
mod runtime;
mod server;
pub mod testing;

pub use crate::connection::limits::Limits;
pub use crate::error::{Error, Result};
pub use crate::handler::body::Body;
pub use crate::handler::catch::Detail;
#[cfg(feature = "cookie")]
pub use crate::handler::cookies::Cookies;
pub use crate::handler::either::Either;
pub use crate::handler::escaped::Escaped;
pub use crate::handler::events::{Event, Events};
pub use crate::handler::extract::FromRequest;
#[cfg(feature = "form")]
pub use crate::handler::form::{Form, FormError, Query, QueryError};
#[cfg(feature = "headers")]
pub use crate::handler::header::{Header, HeaderError};
pub use crate::handler::header_list::HeaderList;
pub use crate::handler::html::Html;
pub use crate::handler::incoming::BodyError;
#[cfg(feature = "json")]
pub use crate::handler::json::{Json, JsonError};
pub use crate::handler::layer::{Layer, Next};
pub use crate::handler::layers::access_log::AccessLog;
pub use crate::handler::layers::body_limit::BodyLimit;
pub use crate::handler::layers::cors::Cors;
pub use crate::handler::layers::request_id::RequestId;
pub use crate::handler::layers::security_headers::SecurityHeaders;
#[cfg(feature = "smol")]
pub use crate::handler::layers::timeout::Timeout;
pub use crate::handler::param::{FromParam, ParamError};
pub use crate::handler::per_worker::PerWorker;
pub use crate::handler::redirect::Redirect;
pub use crate::handler::request::Request;
pub use crate::handler::responder::Responder;
pub use crate::handler::response::{BodyWriter, Response};
pub use crate::handler::set::Serve;
pub use crate::handler::state::Provides;
pub use crate::handler::streamed::Streamed;
pub use crate::handler::summary::Summary;
pub use crate::handler::url::ToParam;
pub use crate::http::fields::Version;
pub use crate::http::method::Method;
pub use crate::http::status::Status;
pub use crate::routing::list::RouteList;
pub use crate::routing::route::RouteInfo;
pub use crate::routing::set::RouteSet;
pub use crate::runtime::local::spawn_local;
pub use crate::server::listing::print_routes;
pub use crate::server::{Running, Server, run, run_with};
#[cfg(feature = "cookie")]
pub use cookie;
#[cfg(feature = "headers")]
pub use headers;
#[cfg(feature = "smol")]
pub use smol;
#[cfg(feature = "macros")]
pub use tramline_macros::{
    FromParam, FromRequest, Responder, State, ToParam, catch, guard, route, routes, text, url,
};
