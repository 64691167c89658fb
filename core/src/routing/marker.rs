//! What `#[route]` leaves beside a function: the functions of its marker.
//!
//! Owns what a [`Finding`] of the proofs gives every marker, the entry of its
//! handler, and what stands in for that on a type that is no marker. Refuses to know what a marker
//! calls its function with: that is `handler`'s.
//!
//! A marker `show` has two functions and implements no trait: 500 handlers take
//! the compiler a tenth less time so. The first is `show::entry(finding)`: what
//! is listed, and what shows the literals of the patterns in the error if the
//! proofs have found something, since its body is spanned at them. The second,
//! `show::call(..)`, calls `show`.

use crate::http::method::Method;
use crate::routing::entries::Entry;
use crate::routing::proof::{Finding, pass};

impl Finding {
    /// The entry of a handler with this route, of which the proofs say this.
    ///
    /// # Panics
    ///
    /// If that is a conflict: the compile error.
    #[must_use]
    #[track_caller]
    pub const fn route(
        self,
        method: Method<'static>,
        pattern: &'static str,
        name: &'static str,
    ) -> Entry {
        pass(self);
        Entry::new(method, pattern, name)
    }
}

/// [`Finding::route`] by the name of each method: what is written 500 times is short.
macro_rules! by_method {
    ($($name:ident: $method:ident,)*) => {
        impl Finding {
            $(
                #[must_use]
                #[track_caller]
                pub const fn $name(self, pattern: &'static str, name: &'static str) -> Entry {
                    self.route(Method::$method, pattern, name)
                }
            )*
        }
    };
}

by_method! {
    get: Get,
    head: Head,
    post: Post,
    put: Put,
    delete: Delete,
    options: Options,
    trace: Trace,
    patch: Patch,
    any: Any,
}

/// Whether this is the entry of a handler. It has no other answer: where a type is
/// no marker, it fails with the entry, and what it proves is not complained of.
pub const fn is_route(_: &Entry) -> bool {
    true
}

/// A function annotated with `#[route(..)]`. Nothing implements it: see
/// [`Unrouted`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a route",
    label = "not annotated with `#[route(..)]`",
    note = "write `#[route(\"/path\")]` above the function, then list it by its name",
    note = "a set of routes is listed under a prefix, as in `\"/prefix\" => {Self}`, and a catcher behind a status, as in \
            `404 => {Self}`; a guard is named by its routes, as in `guard = {Self}`"
)]
pub trait Route {}

/// What a listed type is asked for if it is no marker, whose own function comes
/// before that of a trait: an error that says so.
pub trait Unrouted: Sized {
    /// Never called: no type is a route.
    fn entry(_: Finding) -> Entry
    where
        Self: Route,
    {
        unreachable!("no type is a `Route`")
    }
}

impl<T> Unrouted for T {}
