//! Headers as values: the first part of `(headers, body)`.
//!
//! Owns [`HeaderList`] and the tuples that start with one. Refuses rules of its
//! own: each pair is what [`Response::append_header`] makes of it.

use core::fmt;

use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::status::Status;

/// Headers before a body in a handler's return type: an array, a slice or a
/// `Vec` of `(name, value)`.
///
/// ```
/// use tramline::{Responder, Status, route};
///
/// #[route("/style.css")]
/// fn style() -> impl Responder {
///     let headers = [("Content-Type", "text/css"), ("Cache-Control", "max-age=3600")];
///     (headers, "body { color: teal }\n")
/// }
///
/// #[route(POST, "/jobs")]
/// fn start() -> impl Responder {
///     (Status::ACCEPTED, [("Retry-After", 5)], "started\n")
/// }
/// ```
///
/// Each pair is added by [`Response::append_header`], whose rules hold; a name
/// may come more than once. Names and values of an array or a slice are borrowed
/// or shown as they are written, so nothing is allocated.
#[diagnostic::on_unimplemented(
    message = "a tuple that a handler answers with cannot start with `{Self}`",
    label = "`{Self}` is neither a `Status` nor a list of headers",
    note = "return `(Status, R)`, `(headers, R)` or `(Status, headers, R)`, with headers as in `[(\"Cache-Control\", \"no-store\")]`"
)]
pub trait HeaderList {
    /// Adds the headers.
    fn append_to(self, response: &mut Response<'_>);
}

impl<N: AsRef<str>, V: fmt::Display> HeaderList for &[(N, V)] {
    fn append_to(self, response: &mut Response<'_>) {
        for (name, value) in self {
            response.append_header(name.as_ref(), value);
        }
    }
}

impl<N: AsRef<str>, V: fmt::Display, const COUNT: usize> HeaderList for [(N, V); COUNT] {
    fn append_to(self, response: &mut Response<'_>) {
        self.as_slice().append_to(response);
    }
}

impl<N: AsRef<str>, V: fmt::Display, const COUNT: usize> HeaderList for &[(N, V); COUNT] {
    fn append_to(self, response: &mut Response<'_>) {
        self.as_slice().append_to(response);
    }
}

impl<N: AsRef<str>, V: fmt::Display> HeaderList for Vec<(N, V)> {
    fn append_to(self, response: &mut Response<'_>) {
        self.as_slice().append_to(response);
    }
}

impl<H: HeaderList, R: Responder> Responder for (H, R) {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        self.0.append_to(response);
        self.1.respond(response);
    }
}

impl<H: HeaderList, R: Responder> Responder for (Status, H, R) {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.set_status(self.0);
        self.1.append_to(response);
        self.2.respond(response);
    }
}
