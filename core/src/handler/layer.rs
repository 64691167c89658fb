//! Layers: what runs around the handlers of a set.
//!
//! Owns [`Layer`] and [`Next`], and how layers are composed: by type, as nested
//! pairs, so that nothing is boxed and a set without layers pays nothing.
//! Refuses to know which are there: `routes!` says that, `wrap` runs them, and
//! those that are shipped are in `layers`.

use core::future::Future;
use std::sync::LazyLock;

use crate::handler::request::Request;
use crate::handler::response::Response;
use crate::handler::summary::Summary;

/// What runs around handlers.
///
/// A set names its layers, the outermost first; wherever the set is mounted,
/// they run around its handlers, inside those of the outer set. They also run
/// around 404, 405 and the answers to OPTIONS for paths that are in the set: that
/// one of its routes matches by another method, or that are below its prefix.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
///
/// use tramline::{Layer, Next, Request, Response, Status, Summary, route, routes};
///
/// /// Closes the shop.
/// struct Closed {
///     is_closed: bool,
/// }
///
/// impl Layer for Closed {
///     async fn handle<'r>(&self, request: Request<'r>, response: &mut Response<'r>, next: impl Next<'r>) {
///         if self.is_closed {
///             response.set_status(Status::SERVICE_UNAVAILABLE);
///             return response.text(format_args!("closed\n"));
///         }
///         next.run(request, response).await;
///         response.header("X-Shop", "open");
///     }
/// }
///
/// #[derive(Default)]
/// struct Counter {
///     failed: AtomicU64,
/// }
///
/// impl Layer for Counter {
///     async fn handle<'r>(&self, request: Request<'r>, response: &mut Response<'r>, next: impl Next<'r>) {
///         next.run(request, response).await;
///     }
///
///     fn done(&self, summary: &Summary<'_>) {
///         if summary.status().is_some_and(|status| status.code() >= 500) {
///             self.failed.fetch_add(1, Relaxed);
///         }
///     }
/// }
///
/// static COUNTER: Counter = Counter { failed: AtomicU64::new(0) };
///
/// #[route("/")]
/// fn index() -> &'static str {
///     "Hello, World!"
/// }
///
/// routes! {
///     #[layer(&COUNTER, Closed { is_closed: false })]
///     App: index
/// }
/// ```
///
/// The expressions are evaluated when the program is compiled: a layer that
/// changes is a `static`, and one that is made when the program runs a
/// [`LazyLock`]; each is named by reference.
///
/// # What a panic does
///
/// A handler's panic is a 500 when it comes back to the innermost layer, so
/// headers and logs are right for it; the headers that the handler added are
/// gone, those that layers added before stay.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a layer",
    label = "does not implement `tramline::Layer`",
    note = "a layer is a value, as in `#[layer(AccessLog::new())]`, or a reference to a static, as in `#[layer(&COUNTER)]`"
)]
pub trait Layer: 'static {
    /// Answers the request, mostly by letting `next` do it.
    ///
    /// Without `next` the request comes no further, and what was written to
    /// `response` is the answer.
    fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) -> impl Future<Output = ()>;

    /// The response is written, or given up because the peer is gone.
    ///
    /// Called once for each request that came to this layer, the innermost
    /// layer first. A panic in it is reported by the panic hook, and changes
    /// nothing.
    fn done(&self, summary: &Summary<'_>) {
        let _ = summary;
    }
}

/// A layer that is a static.
impl<L: Layer> Layer for &'static L {
    fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) -> impl Future<Output = ()> {
        L::handle(self, request, response, next)
    }

    fn done(&self, summary: &Summary<'_>) {
        L::done(self, summary);
    }
}

/// A layer that is made by the first request, or before.
impl<L: Layer, F: FnOnce() -> L + 'static> Layer for LazyLock<L, F> {
    fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) -> impl Future<Output = ()> {
        L::handle(self, request, response, next)
    }

    fn done(&self, summary: &Summary<'_>) {
        L::done(self, summary);
    }
}

/// The inner layers and the handler, seen from a layer.
pub trait Next<'r> {
    /// Lets them answer. A body that the layer wrote before is gone.
    fn run(self, request: Request<'r>, response: &mut Response<'r>) -> impl Future<Output = ()>;
}

/// The layers of a set, outermost first. Named by generated code.
#[doc(hidden)]
pub trait Layers: 'static {
    fn run<'r>(
        &'static self,
        request: Request<'r>,
        response: &mut Response<'r>,
        handlers: impl Next<'r>,
    ) -> impl Future<Output = ()>;
}

impl Layers for () {
    #[inline]
    fn run<'r>(
        &'static self,
        request: Request<'r>,
        response: &mut Response<'r>,
        handlers: impl Next<'r>,
    ) -> impl Future<Output = ()> {
        handlers.run(request, response)
    }
}

impl<L: Layer, R: Layers> Layers for (L, R) {
    #[inline]
    fn run<'r>(
        &'static self,
        request: Request<'r>,
        response: &mut Response<'r>,
        handlers: impl Next<'r>,
    ) -> impl Future<Output = ()> {
        let (layer, rest) = self;
        response.trail().reach(layer);
        layer.handle(request, response, Inner { rest, handlers })
    }
}

struct Inner<R: 'static, N> {
    rest: &'static R,
    handlers: N,
}

impl<'r, R: Layers, N: Next<'r>> Next<'r> for Inner<R, N> {
    #[inline]
    fn run(self, request: Request<'r>, response: &mut Response<'r>) -> impl Future<Output = ()> {
        response.withdraw();
        self.rest.run(request, response, self.handlers)
    }
}

/// [`Layer::done`], of any layer.
pub(crate) trait Done {
    fn done(&self, summary: &Summary<'_>);
}

impl<L: Layer> Done for L {
    fn done(&self, summary: &Summary<'_>) {
        Layer::done(self, summary);
    }
}
