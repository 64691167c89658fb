//! A limit of time for handlers.
//!
//! Owns the race between a handler and a timer. Refuses to interrupt a handler
//! that computes: it is noticed where the handler awaits.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;

use smol::Timer;

use crate::handler::layer::{Layer, Next};
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::status::Status;

/// A layer that gives up what is inside after a time, where it awaits, and
/// answers 503 (Service Unavailable).
///
/// The handler is dropped at its `.await`; the headers that it added are gone. A
/// handler that finishes without waiting pays nothing. The time ends when the
/// handler returns: how long a streamed body takes is not limited by this.
///
/// ```
/// use std::time::Duration;
///
/// use tramline::smol::Timer;
/// use tramline::{Timeout, route, routes};
///
/// #[route("/slow")]
/// async fn slow() -> &'static str {
///     Timer::after(Duration::from_secs(10)).await;
///     "never sent"
/// }
///
/// routes! {
///     #[layer(Timeout::after(Duration::from_secs(2)))]
///     App: slow
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Timeout {
    limit: Duration,
    status: Status,
}

impl Timeout {
    /// The longest time that what is inside may take.
    pub const fn after(limit: Duration) -> Self {
        Self {
            limit,
            status: Status::SERVICE_UNAVAILABLE,
        }
    }

    /// Another status for the answer, such as 504 (Gateway Timeout) where the
    /// handlers wait for another server.
    #[must_use]
    pub const fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }
}

impl Layer for Timeout {
    async fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) {
        let is_in_time = {
            let mut inner = pin!(next.run(request, response));
            // Made when the handler waits, since that reads a clock.
            let mut timer = None;
            poll_fn(|cx| {
                if inner.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(true);
                }
                let timer = timer.get_or_insert_with(|| Timer::after(self.limit));
                pin!(timer).poll(cx).map(|_| false)
            })
            .await
        };
        if !is_in_time {
            response.drop_headers();
            self.status.respond(response);
        }
    }
}
