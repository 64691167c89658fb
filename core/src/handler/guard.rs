//! Guards: who may come to a handler.
//!
//! Owns what a guard may say ([`Verdict`]) and the trait that `#[guard]`
//! implements for a function's marker. Refuses path parameters: a guard is for
//! many routes, and none of them may be open because its path is another one.
//! The marker of a route calls its guards before all else.

use core::future::Future;
use core::marker::PhantomData;

use crate::handler::proved::Proved;
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::handler::state::{Source, Wants};
use crate::http::status::Status;

/// A function annotated with `#[guard]`, seen through its hidden marker.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a guard",
    label = "not annotated with `#[guard]`",
    note = "write `#[tramline::guard]` above the function, then name it, as in `#[route(\"/path\", guard = {Self})]`"
)]
pub trait Guard {
    /// The function, as `crate::module::name`.
    const NAME: &'static str;

    /// That it is one: see [`Asked`].
    const IS_ONE: bool = true;

    /// What its arguments need of the state.
    type Wants<'r>;

    /// Whether the request may go on; if not, it is answered.
    fn check<'r>(
        request: Request<'r>,
        response: &mut Response<'r>,
        state: Self::Wants<'r>,
    ) -> impl Future<Output = bool>;
}

/// A guard, with what its arguments need of the state. Named by generated code,
/// as `Asked<'r, is_admin, { <is_admin as Guard>::IS_ONE }>`. The constant is
/// its [proof](Proved).
#[doc(hidden)]
pub type Asked<'r, G, const IS_ONE: bool> = Question<<Proved<G, IS_ONE> as Guard>::Wants<'r>, G>;

/// The state that the guard `G` is asked with.
#[doc(hidden)]
#[derive(Debug)]
pub struct Question<W, G>(W, PhantomData<fn() -> G>);

impl<'r, S, W: Wants<'r, S>, G> Wants<'r, S> for Question<W, G> {
    #[inline]
    fn take_from(source: impl Source<'r, State = S>) -> Self {
        Self(W::take_from(source), PhantomData)
    }
}

impl<W, G> Question<W, G> {
    /// Whether the request may go on; if not, it is answered.
    #[inline]
    pub fn allows<'r>(
        self,
        request: Request<'r>,
        response: &mut Response<'r>,
    ) -> impl Future<Output = bool>
    where
        G: Guard<Wants<'r> = W>,
    {
        G::check(request, response, self.0)
    }
}

/// What a guard returns: whether the request may go on, and if not, its answer.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a guard returns",
    label = "expected `bool` or `Result<(), impl Responder>`",
    note = "return `true` to let the request go on, `false` to answer it with 403; or `Ok(())`, and `Err` with the answer"
)]
pub trait Verdict {
    fn allows<'w>(self, response: &mut Response<'w>) -> bool
    where
        Self: 'w;
}

impl Verdict for bool {
    #[inline]
    fn allows<'w>(self, response: &mut Response<'w>) -> bool
    where
        Self: 'w,
    {
        if !self {
            Status::FORBIDDEN.respond(response);
        }
        self
    }
}

impl<R: Responder> Verdict for Result<(), R> {
    #[inline]
    fn allows<'w>(self, response: &mut Response<'w>) -> bool
    where
        Self: 'w,
    {
        match self {
            Ok(()) => true,
            Err(refusal) => {
                refusal.respond(response);
                false
            }
        }
    }
}
