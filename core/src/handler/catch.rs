//! Catchers: answers in place of the library's own errors.
//!
//! Owns the trait that `#[catch]` implements for a function's marker. Refuses to
//! say when one is called: `wrap` does, and `routes!` says which.

use crate::handler::response::Response;

/// A function annotated with `#[catch]`, seen through its hidden marker.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a catcher",
    label = "not annotated with `#[catch]`",
    note = "write `#[tramline::catch]` above the function, then list it behind a status, as in `404 => {Self}`"
)]
pub trait Catcher {}

/// Holds an entry of `routes!` to be a catcher.
#[doc(hidden)]
pub const fn is_catcher<C: Catcher>() {}

/// No catcher of this list is for the status of the error: it is left to those
/// of the set that this one is mounted in.
#[doc(hidden)]
#[cold]
pub fn uncaught(response: &mut Response<'_>) {
    response.leave_error();
}
