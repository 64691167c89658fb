//! Text that is HTML.
//!
//! Owns [`Html`]. Refuses to escape: what it is given is sent. `escaped` has
//! what escapes.

use core::fmt;

use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::handler::text::Text;

const HTML: &str = "text/html; charset=utf-8";

/// HTML: `&str`, `String`, `Cow<str>`, or [`text!`](crate::text), which is
/// written straight into the output.
///
/// Nothing is escaped. Text that comes from elsewhere must be, before it is put
/// in: by [`Escaped`](crate::Escaped), or by a template.
///
/// ```
/// use tramline::{Html, Responder, route, text};
///
/// #[route("/")]
/// fn index() -> Html<&'static str> {
///     Html("<!doctype html><title>Hello</title><p>Hello, World!")
/// }
///
/// #[route("/{count}")]
/// fn sheep(count: u32) -> impl Responder {
///     Html(text!("<!doctype html><title>Sheep</title><p>{count} sheep"))
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Html<T>(
    /// The HTML.
    pub T,
);

impl<T: AsRef<str>> Responder for Html<T> {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send(HTML, self.0.as_ref().as_bytes());
    }
}

impl<F: FnOnce(&mut dyn fmt::Write) -> fmt::Result> Responder for Html<Text<F>> {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send_with(HTML, |body| self.0.write(body));
    }
}
