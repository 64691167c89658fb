//! A lane: a pooled, pinned, endless future that runs turns.
//!
//! Owns the one allocation that running handlers needs, made once and used for
//! turn after turn. A worker needs as many lanes as it has requests in flight,
//! not as it has connections: that is what makes an idle connection small.
//! Refuses to be polled by itself: a driver starts it, polls it, and does what
//! its mailbox says.

use core::cell::RefMut;
use core::convert::Infallible;
use core::fmt;
use core::future::{Future, pending};
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::rc::Rc;
use std::sync::Arc;

use crate::connection::conn::Conn;
use crate::connection::limits::Limits;
use crate::connection::turn::{Surroundings, turns};
use crate::connection::wire::Wire;
use crate::handler::set::Serve;
use crate::handler::unwinding::discard;

/// The routes that lanes serve, with the type of the set forgotten: the rest of
/// the library is compiled once, not once per application.
///
/// So is the type of the state, which all lanes of all workers share.
#[derive(Clone)]
pub(crate) struct Service {
    lane: Arc<dyn Fn(Rc<Wire>, Rc<Surroundings>) -> Turns + Send + Sync>,
    pub(crate) limits: Limits,
}

type Turns = Pin<Box<dyn Future<Output = Infallible>>>;

impl Service {
    /// The service of the routes of `R`, with this state.
    pub(crate) fn new<R: Serve<S>, S: Send + Sync + 'static>(
        state: Arc<S>,
        limits: Limits,
    ) -> Self {
        let turns = move |wire, around| -> Turns {
            Box::pin(turns::<R, S>(wire, around, Arc::clone(&state)))
        };
        Self {
            lane: Arc::new(turns),
            limits,
        }
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// A lane and its mailbox.
pub(crate) struct Lane {
    wire: Rc<Wire>,
    turns: Turns,
}

impl Lane {
    /// A new lane; three allocations.
    pub(crate) fn new(service: &Service, around: Rc<Surroundings>) -> Self {
        let wire = Rc::new(Wire::new(service.limits.head_bytes));
        Self {
            turns: (service.lane)(Rc::clone(&wire), around),
            wire,
        }
    }

    /// The connection that has the next turn, or had the last one; not while
    /// a handler waits.
    #[inline]
    pub(crate) fn conn(&self) -> RefMut<'_, Conn> {
        self.wire.conn.borrow_mut()
    }

    /// The mailbox, through which a lane that is a task's is answered.
    #[inline]
    pub(crate) fn wire(&self) -> &Rc<Wire> {
        &self.wire
    }

    /// Goes on until the turn is over; `Pending` if a handler waits for what
    /// its mailbox says, or for something else, which will wake `cx`.
    #[inline]
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match self.turns.as_mut().poll(cx) {
            Poll::Ready(never) => match never {},
            Poll::Pending if self.wire.take_over() => Poll::Ready(()),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl Drop for Lane {
    /// The handler of a connection that is given up is dropped where it waits.
    /// What it holds is the user's, and so is a panic of that, which would
    /// abort the process in a task that ends.
    fn drop(&mut self) {
        discard(mem::replace(&mut self.turns, Box::pin(pending())));
    }
}

impl fmt::Debug for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lane").finish_non_exhaustive()
    }
}
