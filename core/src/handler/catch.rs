//! Catchers: answers in place of the library's own errors.
//!
//! Owns the trait that `#[catch]` implements for a function's marker, and what a
//! catcher is told of the error, [`Detail`]. Refuses to say when one is called:
//! `wrap` does, and `routes!` says which.

use core::fmt;
use core::ops::Deref;

use crate::handler::response::Response;
use crate::handler::trail::Trail;

/// What an error says behind its status: an argument of a
/// [catcher](macro@crate::catch), as [`Status`](crate::Status) is.
///
/// It is the sentence that would have been sent, so it has nothing in it that
/// the peer must not know: what is missing of the query, where a body is no
/// JSON. It is empty where the status says all, as with a path without a route,
/// and with every 500 of which the log is told the reason.
///
/// It may quote the request, so it is escaped where it becomes HTML.
///
/// ```
/// use tramline::testing::Client;
/// use tramline::{Detail, Escaped, Html, Status, catch, route, routes};
///
/// #[route(POST, "/length")]
/// fn length(body: &str) -> usize {
///     body.len()
/// }
///
/// #[catch]
/// fn failed(status: Status, detail: Detail<'_>) -> Html<String> {
///     Html(format!("<h1>{status}</h1><p>{}", Escaped(&detail)))
/// }
///
/// let client = Client::new(routes![length, _ => failed]);
/// client.post("/length").body(b"\xff").send().assert_status(400).assert_text(
///     "<h1>400 Bad Request</h1><p>the body is not UTF-8: byte 0 does not fit",
/// );
/// client.get("/nowhere").send().assert_text("<h1>404 Not Found</h1><p>");
/// ```
///
/// Costs a second writing of the sentence, for errors in sets that have catchers
/// or layers; no allocation once a buffer has grown to its working size.
pub struct Detail<'r> {
    text: String,
    home: &'r Trail,
}

/// The detail of the error that is caught. Called by generated code.
#[doc(hidden)]
pub fn detail<'r>(response: &Response<'r>) -> Detail<'r> {
    let home = response.trail();
    Detail {
        text: home.lend_detail(),
        home,
    }
}

impl Deref for Detail<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Detail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl fmt::Debug for Detail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Drop for Detail<'_> {
    fn drop(&mut self) {
        self.home.give_back(&mut self.text);
    }
}

/// A function annotated with `#[catch]`, seen through its hidden marker.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a catcher",
    label = "not annotated with `#[catch]`",
    note = "write `#[tramline::catch]` above the function, then list it behind a status, as in `404 => {Self}`",
    note = "a fallback, which `#[route(_)]` makes of a function, is listed by its name alone"
)]
pub trait Catcher {}

/// Holds an entry of `routes!` to be a catcher.
#[doc(hidden)]
pub const fn is_catcher<C: Catcher>() -> bool {
    true
}

/// No catcher of this list is for the status of the error: it is left to those
/// of the set that this one is mounted in.
#[doc(hidden)]
#[cold]
pub fn uncaught(response: &mut Response<'_>) {
    response.leave_error();
}
