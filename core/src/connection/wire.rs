//! The mailbox between a turn and the driver that moves its bytes.
//!
//! Owns the cells through which connections and buffers travel, always by
//! value, as with completion-based I/O: whoever holds a buffer is the only one
//! who does. Refuses to poll anyone: after the driver has answered a [`Want`], it
//! polls the lane again, or the task does whose waker was left here.

use core::cell::Cell;
use core::future::poll_fn;
use core::task::{Context, Poll, Waker};

use crate::connection::conn::Conn;

/// What a turn wants from its driver.
#[derive(Debug)]
pub(crate) enum Want {
    /// Receive up to `most` bytes behind what is in `buffer`. Answered with
    /// [`Reply::Read`] or [`Reply::Gone`].
    Read {
        /// Comes back longer.
        buffer: Vec<u8>,
        /// More than zero.
        most: usize,
    },
    /// Send these bytes, and all output before them. Answered with
    /// [`Reply::Written`] or [`Reply::Gone`].
    Write(&'static [u8]),
    /// Nothing: the turn is over, and the connection rests.
    Done(Box<Conn>),
}

/// The driver's answer to a [`Want`].
#[derive(Debug)]
pub(crate) enum Reply {
    /// The buffer, with what was received.
    Read(Vec<u8>),
    /// All was sent.
    Written,
    /// The peer is gone.
    Gone,
}

/// A mailbox: one per lane.
#[derive(Default)]
pub(crate) struct Wire {
    /// A connection whose turn it is.
    conn: Cell<Option<Box<Conn>>>,
    want: Cell<Option<Want>>,
    reply: Cell<Option<Reply>>,
    /// Of whoever last looked for a reply in vain.
    waker: Cell<Option<Waker>>,
    /// The output of the connection whose turn it is: whole responses. The
    /// driver may send it whenever the lane is not being polled.
    pub(crate) output: Cell<Vec<u8>>,
}

impl Wire {
    /// For the driver: hands a connection over. It comes back with
    /// [`Want::Done`].
    #[inline]
    pub(crate) fn start(&self, mut conn: Box<Conn>) {
        self.output.set(core::mem::take(&mut conn.output));
        self.conn.set(Some(conn));
    }

    /// For the driver: what the lane wants, once.
    #[inline]
    pub(crate) fn take_want(&self) -> Option<Want> {
        self.want.take()
    }

    /// For the driver: answers a want.
    pub(crate) fn answer(&self, reply: Reply) {
        self.reply.set(Some(reply));
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// For the lane: the next connection.
    #[inline]
    pub(crate) async fn next_conn(&self) -> Box<Conn> {
        poll_fn(|_| self.conn.take().map_or(Poll::Pending, Poll::Ready)).await
    }

    /// For the lane: ends the turn.
    #[inline]
    pub(crate) fn finish(&self, mut conn: Box<Conn>) {
        conn.output = self.output.take();
        self.want.set(Some(Want::Done(conn)));
    }

    /// For the turn: asks for something. It must then return `Pending` until
    /// there is a reply.
    pub(crate) fn want(&self, want: Want) {
        self.want.set(Some(want));
    }

    /// For the turn: whom the answer wakes.
    pub(crate) fn wait(&self, cx: &Context<'_>) {
        self.waker.set(Some(cx.waker().clone()));
    }

    /// For the turn: the answer, once.
    pub(crate) fn take_reply(&self) -> Option<Reply> {
        self.reply.take()
    }
}
