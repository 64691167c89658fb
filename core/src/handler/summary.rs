//! What is known of a request when it is over.
//!
//! Owns [`Summary`], which layers are given. Refuses to be kept: it borrows from
//! the request. `trail` makes it.

use core::time::Duration;
use std::net::SocketAddr;

use crate::handler::request::Request;
use crate::http::method::Method;
use crate::http::status::Status;
use crate::routing::route::RouteInfo;

/// What is known of a request when its response is written: see
/// [`Layer::done`](crate::Layer::done).
#[derive(Clone, Copy, Debug)]
pub struct Summary<'r> {
    pub(crate) request: Request<'r>,
    pub(crate) status: Option<Status>,
    pub(crate) body_bytes: u64,
    pub(crate) duration: Duration,
}

impl<'r> Summary<'r> {
    /// The method of the request.
    pub fn method(&self) -> Method<'r> {
        self.request.method()
    }

    /// The path of the request, as sent.
    pub fn path(&self) -> &'r str {
        self.request.path()
    }

    /// The address of the peer, as [`Request::peer_addr`].
    pub fn peer_addr(&self) -> Option<SocketAddr> {
        self.request.peer_addr()
    }

    /// The route that was found.
    pub fn route(&self) -> Option<&'static RouteInfo> {
        self.request.route()
    }

    /// The status of the response; `None` if the peer left before there was
    /// one.
    pub fn status(&self) -> Option<Status> {
        self.status
    }

    /// The bytes of the response's body.
    pub fn body_bytes(&self) -> u64 {
        self.body_bytes
    }

    /// From the moment the first layer was reached, to the nanosecond that the
    /// system's clock tells.
    pub fn duration(&self) -> Duration {
        self.duration
    }
}
