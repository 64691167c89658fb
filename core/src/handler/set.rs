//! A set of routes that can be looked up and called.
//!
//! Owns [`RouteSet`] and [`Serve`], which `routes!` implements. Refuses any order or state
//! made at run time: a set is a type without fields, and all it knows is
//! constant. Its table is `routing`'s.

use core::future::{Future, ready};

use crate::handler::miss;
use crate::handler::request::Request;
use crate::handler::response::Response;
use crate::handler::state::Source;
use crate::http::method::Method;
use crate::routing::captures::Captures;
use crate::routing::route::RouteInfo;
use crate::routing::table::Table;

/// The routes of an application, or of a part of one that is mounted under a
/// prefix: what [`routes!`](crate::routes) declares.
///
/// Not to be implemented by hand: the macro proves what this trait cannot.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of routes",
    label = "expected a set declared by `routes!`",
    note = "declare one with `routes! {{ pub App: handler, .. }}` and pass `App`, or pass `routes![handler, ..]`"
)]
pub trait RouteSet: Copy + Send + Sync + 'static {
    /// The routes: first the set's own, as listed, then those of each mounted
    /// set. Of a function with several methods or patterns, first all patterns
    /// of its first method.
    const ROUTES: &'static [RouteInfo];

    /// The set itself, as what calls its handlers: a type that is no set is
    /// told so wherever it is mounted, before it is asked for a state.
    #[doc(hidden)]
    type Calls;

    /// The look-up table over all of `ROUTES`.
    #[doc(hidden)]
    const TABLE: &'static Table;

    /// Whether something runs around its handlers, or those of a set mounted in
    /// it: layers, or catchers.
    #[doc(hidden)]
    const WRAPPED: bool = false;

    /// The number of the handler this request takes; its parameters are then
    /// in `captures`, which must come empty. Handlers are numbered as listed,
    /// then those of mounted sets.
    #[doc(hidden)]
    fn find(method: Method<'_>, path: &str, captures: &mut Captures) -> Option<usize>;
}

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

    /// Answers the request that no handler takes.
    #[doc(hidden)]
    fn miss<'r>(
        request: Request<'r>,
        response: &mut Response<'r>,
        state: impl Source<'r, State = S>,
    ) -> impl Future<Output = ()> {
        let _ = state;
        miss::respond(Self::TABLE, request, response);
        ready(())
    }
}
