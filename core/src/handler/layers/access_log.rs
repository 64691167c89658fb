//! The access log: one line for each request.
//!
//! Owns the form of the line. Refuses to write it anywhere: that is the logger's
//! of the program, through the `log` facade.

use core::fmt;
use core::future::Future;
use std::net::SocketAddr;

use crate::handler::layer::{Layer, Next};
use crate::handler::request::Request;
use crate::handler::response::Response;
use crate::handler::summary::Summary;
use crate::http::status::Status;
use crate::routing::route::RouteInfo;

/// The target of the lines.
const TARGET: &str = "tramline::access";

/// A layer that logs each request when its response is written: the peer's
/// address, method, path, status, bytes of the body, milliseconds, and the
/// handler.
///
/// The lines are of the level info and of the target `tramline::access`; the
/// logger is whatever the program installs for the
/// [`log`](https://docs.rs/log) crate. Without one, nothing is formatted. The
/// query is left out, since it may hold what nobody should read.
///
/// ```
/// use tramline::{AccessLog, route, routes};
///
/// #[route("/users/{id}")]
/// fn show(id: u64) -> String {
///     format!("user {id}\n")
/// }
///
/// routes! {
///     #[layer(AccessLog::new())]
///     App: show
/// }
/// ```
///
/// ```text
/// 192.0.2.7 GET /users/7 200 7B 0.041ms shop::show
/// 192.0.2.7 GET /none 404 14B 0.018ms -
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AccessLog {}

impl AccessLog {
    /// The layer.
    pub const fn new() -> Self {
        Self {}
    }
}

impl Layer for AccessLog {
    fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) -> impl Future<Output = ()> {
        next.run(request, response)
    }

    fn done(&self, summary: &Summary<'_>) {
        log::info!(
            target: TARGET,
            "{} {} {} {} {}B {:.3}ms {}",
            Peer(summary.peer_addr()),
            summary.method(),
            summary.path(),
            // As others log it that the peer left before.
            summary.status().map_or(499, Status::code),
            summary.body_bytes(),
            summary.duration().as_secs_f64() * 1e3,
            summary.route().map_or("-", RouteInfo::name),
        );
    }
}

/// Without the port, which says nothing.
struct Peer(Option<SocketAddr>);

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(address) => write!(f, "{}", address.ip()),
            None => f.write_str("-"),
        }
    }
}
