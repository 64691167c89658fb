//! A set with layers or catchers: how a request goes through it.
//!
//! Owns the order: layers, the outermost first, then the handlers, behind a line
//! that no panic crosses, or the answer to a miss, then the catchers. Refuses to know what they are: the
//! expansion of `routes!` calls [`wrapped`] with all of them.

use core::ops::AsyncFnOnce;

use crate::handler::layer::{Layers, Next};
use crate::handler::miss;
use crate::handler::request::Request;
use crate::handler::response::Response;
use crate::handler::trail::{Abandoned, OwnError};
use crate::handler::unwinding::guarded;

/// Runs `layers` around `handlers`, and `catchers` behind those. Called by
/// generated code.
#[doc(hidden)]
pub async fn wrapped<'r>(
    layers: &'static impl Layers,
    request: Request<'r>,
    response: &mut Response<'r>,
    handlers: impl AsyncFnOnce(Request<'r>, &mut Response<'r>),
    catchers: impl AsyncFnOnce(u16, Request<'r>, &mut Response<'r>),
) {
    let abandoned = Abandoned::unless_kept(response.trail(), request);
    let handlers = Handlers { handlers, catchers };
    layers.run(request, response, handlers).await;
    abandoned.keep();
}

/// What is inside the innermost layer.
struct Handlers<H, C> {
    handlers: H,
    catchers: C,
}

impl<'r, H, C> Next<'r> for Handlers<H, C>
where
    H: AsyncFnOnce(Request<'r>, &mut Response<'r>),
    C: AsyncFnOnce(u16, Request<'r>, &mut Response<'r>),
{
    async fn run(self, request: Request<'r>, response: &mut Response<'r>) {
        let trail = response.trail();
        trail.keeps_detail.set(true);
        let outer = response.keep_headers();
        if trail.enters_last() {
            miss::respond(request, response);
        } else if !guarded((self.handlers)(request, response)).await {
            trail.panicked.set(true);
            response.fail(format_args!("the handler panicked"));
        }
        response.release_headers(outer);
        let Some(status) = response.own_error() else {
            return;
        };
        trail.error.set(OwnError::No);
        response.set_status(status);
        let outer = response.keep_headers();
        let survived = guarded((self.catchers)(status.code(), request, response)).await;
        match trail.error.get() {
            OwnError::Left => trail.error.set(OwnError::Yes),
            OwnError::No | OwnError::Detailed if survived => {}
            _ => {
                trail.panicked.set(trail.panicked.get() || !survived);
                response.drop_headers();
                response.plain_problem(status);
                trail.error.set(OwnError::No);
            }
        }
        response.release_headers(outer);
    }
}
