//! A limit of bodies that differs from the server's.
//!
//! Owns the number. Refuses to receive: whoever takes the body is told.

use core::future::Future;

use crate::handler::layer::{Layer, Next};
use crate::handler::request::Request;
use crate::handler::response::Response;

/// A layer that sets how long a body may be, in place of the server's limit:
/// more for a set that takes uploads, less for one that does not.
///
/// It holds for bodies that are taken whole and for those that are taken in
/// pieces ([`Body`](crate::Body)), which the server's own does not bound. One
/// that is announced as longer is answered with 413 (Content Too Large) before
/// the handler is called; if that is not known before, reading it fails with
/// [`BodyError::TooLarge`](crate::BodyError::TooLarge), which is a 413 too. Of
/// several layers, the innermost holds.
///
/// ```
/// use tramline::{BodyLimit, route, routes};
///
/// #[route(POST, "/notes")]
/// fn note(text: &str) -> String {
///     format!("{} bytes noted\n", text.len())
/// }
///
/// routes! {
///     #[layer(BodyLimit::bytes(1024))]
///     App: note
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct BodyLimit {
    bytes: u64,
}

impl BodyLimit {
    /// The most bytes a body may have.
    pub const fn bytes(bytes: u64) -> Self {
        Self { bytes }
    }
}

impl Layer for BodyLimit {
    fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) -> impl Future<Output = ()> {
        request.incoming().limit(self.bytes);
        next.run(request, response)
    }
}
