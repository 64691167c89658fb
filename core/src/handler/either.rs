//! One of two answers.
//!
//! Owns [`Either`]. Refuses a third: that is an `enum` with
//! `#[derive(Responder)]`.

use crate::handler::responder::Responder;
use crate::handler::response::Response;

/// One of two answers, without an `enum` of your own; for more than two, or for
/// names, there is [`#[derive(Responder)]`](macro@crate::Responder).
///
/// ```
/// use tramline::{Either, Html, Redirect, Responder, route};
///
/// #[route("/basket/{items}")]
/// fn basket(items: u32) -> impl Responder {
///     if items == 0 {
///         Either::Left(Redirect::see_other("/"))
///     } else {
///         Either::Right(Html("<!doctype html><title>Basket</title>"))
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Either<A, B> {
    /// The one.
    Left(A),
    /// The other.
    Right(B),
}

impl<A: Responder, B: Responder> Responder for Either<A, B> {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        match self {
            Self::Left(answer) => answer.respond(response),
            Self::Right(answer) => answer.respond(response),
        }
    }
}
