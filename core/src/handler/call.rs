//! What a marker is called with.
//!
//! Owns [`Call`], a request on its way to one handler, and how generated code
//! answers it where nothing is awaited. Refuses to take arguments out of the
//! request: `param` and `extract` do.

use core::fmt;
use core::future::{Pending, Ready, pending, ready};

use crate::handler::param::not_found;
use crate::handler::precomputed::Precomputed;
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::handler::state::{Source, Wants};

/// A request for a handler, the response it writes, and what it wants of the
/// state.
#[doc(hidden)]
pub struct Call<'a, 'r, W = ()> {
    pub request: Request<'r>,
    pub response: &'a mut Response<'r>,
    pub state: W,
}

/// What a listed type is called by if it is no marker, whose own function comes
/// before that of a trait. Its entry is an error, so this is silent.
#[doc(hidden)]
pub trait Uncalled {
    /// Never called, since the list does not compile.
    fn call(_: Call<'_, '_>) -> Pending<()> {
        pending()
    }
}

impl<T> Uncalled for T {}

/// What the call of a handler comes to that awaits nothing.
#[doc(hidden)]
pub type Done = Ready<()>;

/// The call of a handler that wants `W`, out of what `source` has.
#[doc(hidden)]
#[inline]
pub fn calling<'a, 'r, W, H: Source<'r>>(
    request: Request<'r>,
    response: &'a mut Response<'r>,
    source: H,
) -> Call<'a, 'r, W>
where
    W: Wants<'r, H::State>,
{
    Call {
        request,
        response,
        state: W::take_from(source),
    }
}

impl<'r> Call<'_, 'r> {
    /// Answers a path whose parameters do not parse.
    #[cold]
    pub fn not_found(self) -> Done {
        not_found(self.response);
        ready(())
    }

    /// Answers with what the handler returned.
    #[inline]
    pub fn respond<T: Responder + 'r>(self, answer: T) -> Done {
        answer.respond(self.response);
        ready(())
    }

    /// Answers with a constant.
    #[inline]
    pub fn send_precomputed<const LENGTH: usize>(
        self,
        content: &'static Precomputed<LENGTH>,
    ) -> Done {
        self.response.send_precomputed(content);
        ready(())
    }
}

impl<W> fmt::Debug for Call<'_, '_, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
