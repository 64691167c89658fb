//! A set of routes that can be called.
//!
//! Owns [`Serve`], which `routes!` implements. Refuses any order or state made at
//! run time: a set is a type without fields. What it knows of its routes is
//! `routing`'s.

use core::future::Future;

use crate::handler::request::Request;
use crate::handler::response::Response;
use crate::handler::state::Source;
use crate::routing::set::RouteSet;

/// Routes that can be served with a state `S`: those of every set that names no
/// state, and of those that name one that `S` [provides](crate::Provides).
///
/// Not to be implemented by hand: [`routes!`](crate::routes) does.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of routes",
    label = "expected a set declared by `routes!`",
    note = "declare one with `routes! {{ pub App: handler, .. }}` and pass `App`, or pass `routes![handler, ..]`"
)]
pub trait Serve<S: 'static>: RouteSet {
    /// Answers the request with handler `number`.
    #[doc(hidden)]
    fn dispatch<'r>(
        number: usize,
        request: Request<'r>,
        response: &mut Response<'r>,
        state: impl Source<'r, State = S>,
    ) -> impl Future<Output = ()>;
}
