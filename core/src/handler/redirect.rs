//! Answers that send the peer elsewhere
//! ([RFC 9110, section 15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4)).
//!
//! Owns [`Redirect`]. Refuses to allocate: the place is written when the
//! response is, encoded by `late`.

use core::fmt;

use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::status::Status;

/// Sends the peer elsewhere: a path of the same server, as [`url!`](crate::url)
/// writes it, or a whole URL.
///
/// ```
/// use tramline::{Redirect, Responder, route, routes, url};
///
/// #[route("/users/{id}")]
/// fn show(id: u64) -> u64 {
///     id
/// }
///
/// #[route(POST, "/users")]
/// fn create() -> impl Responder {
///     Redirect::see_other(url!(App, show, id = 7))
/// }
///
/// #[route("/docs")]
/// fn docs() -> Redirect<&'static str> {
///     Redirect::permanent("https://docs.rs/tramline")
/// }
///
/// routes! { App: show, create, docs }
/// ```
///
/// What a URL cannot hold is percent-encoded: control bytes, spaces, `"`, `<`,
/// `>`, `\`, `^`, `` ` ``, `{`, `|`, `}` and all that is not ASCII. A place that a peer
/// chose can lead anywhere, `//example.com` included: compare it with those you
/// mean before you send someone there.
///
/// Writing it allocates nothing. The body is empty.
#[derive(Clone, Copy, Debug)]
pub struct Redirect<L> {
    status: Status,
    location: L,
}

impl<L: fmt::Display> Redirect<L> {
    /// `303 See Other`: fetch that with GET, as after a form was received.
    pub const fn see_other(location: L) -> Self {
        Self::new(Status::SEE_OTHER, location)
    }

    /// `307 Temporary Redirect`: repeat the request there, this once.
    pub const fn temporary(location: L) -> Self {
        Self::new(Status::TEMPORARY_REDIRECT, location)
    }

    /// `308 Permanent Redirect`: repeat the request there, now and from now on.
    pub const fn permanent(location: L) -> Self {
        Self::new(Status::PERMANENT_REDIRECT, location)
    }

    /// `302 Found`: the old form of 303 and 307, of which most clients make a
    /// GET.
    pub const fn found(location: L) -> Self {
        Self::new(Status::FOUND, location)
    }

    /// `301 Moved Permanently`: the old form of 308, of which most clients make
    /// a GET.
    pub const fn moved_permanently(location: L) -> Self {
        Self::new(Status::MOVED_PERMANENTLY, location)
    }

    const fn new(status: Status, location: L) -> Self {
        Self { status, location }
    }
}

impl<L: fmt::Display> Responder for Redirect<L> {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.set_status(self.status);
        response.set_location(&self.location);
        response.send_text("");
    }
}
