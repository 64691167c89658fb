//! A driver without sockets: a connection whose bytes are fed and gathered.
//!
//! Owns the feeding of a connection in any pieces and the gathering of what it
//! sends. Refuses to be cleverer than a socket: what is fed is received in
//! order, and no read gets more than it asked for. The engine's own tests and
//! the client of `testing` share it.

use core::cell::Cell;
use core::mem;
use core::task::{Context, Poll};
use std::rc::Rc;
use std::time::SystemTime;

use crate::connection::conn::Next;
use crate::connection::lane::{Lane, Service};
use crate::connection::turn::Surroundings;
use crate::connection::wire::Reply;
use crate::http::date::DateCache;

/// A connection without a socket.
pub(crate) struct Memory {
    lane: Lane,
    around: Rc<Surroundings>,
    /// Fed and not received.
    incoming: Vec<u8>,
    /// Nothing more will be fed.
    ended: bool,
    sent: Vec<u8>,
    /// The peer does not read.
    full: bool,
    pub(crate) closed: bool,
}

impl Memory {
    /// A new connection, whose answers are dated `now`.
    pub(crate) fn of(service: &Service, now: SystemTime) -> Self {
        let around = Rc::new(Surroundings {
            date: DateCache::new(now),
            limits: service.limits,
            closing: Cell::new(false),
        });
        Self {
            lane: Lane::new(service, Rc::clone(&around)),
            around,
            incoming: Vec::new(),
            ended: false,
            sent: Vec::new(),
            full: false,
            closed: false,
        }
    }

    /// The peer sends `bytes`.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.incoming.extend_from_slice(bytes);
    }

    /// The peer sends no more.
    pub(crate) fn end(&mut self) {
        self.ended = true;
    }

    /// What was sent so far, the complete answers before a waiting one
    /// included.
    pub(crate) fn sent(&mut self) -> Vec<u8> {
        self.send();
        mem::take(&mut self.sent)
    }

    /// Moves bytes until the connection is closed or waits for its peer;
    /// `Pending` while a handler waits for something else, which will wake
    /// `cx`.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut is_waiting = !self.is_at_rest() && self.lane.wire().waits_for_peer();
        while !self.closed {
            if is_waiting && !self.exchange() {
                return if self.lane.wire().waits_for_peer() {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                };
            }
            if self.is_at_rest() && self.lane.conn().next != Next::Turn {
                let mut conn = self.lane.conn();
                let room = self.around.limits.head_bytes - conn.input.len();
                let taken = room.min(self.incoming.len());
                if taken == 0 {
                    self.closed = self.ended;
                    break;
                }
                conn.input.extend(self.incoming.drain(..taken));
            }
            is_waiting = self.lane.poll(cx).is_pending();
            if !is_waiting {
                self.send();
                let next = self.lane.conn().next;
                self.closed = matches!(next, Next::Close | Next::Reset | Next::Linger);
            }
        }
        Poll::Ready(())
    }

    /// Whether no handler holds the connection.
    fn is_at_rest(&self) -> bool {
        self.lane.wire().conn.try_borrow().is_ok()
    }

    /// Moves the bytes that the lane waits for; says whether it can go on.
    fn exchange(&mut self) -> bool {
        let has_room = !self.full && self.send();
        let Some(mut buffer) = self.lane.wire().take_wanted() else {
            return has_room;
        };
        let room = buffer.capacity() - buffer.len();
        let taken = room.min(self.incoming.len());
        if taken > 0 {
            buffer.extend(self.incoming.drain(..taken));
            self.lane.wire().answer(Reply::Read(buffer));
        } else if self.ended {
            self.lane.wire().answer(Reply::Gone);
        } else {
            self.lane.wire().put_wanted(buffer);
            return has_room;
        }
        true
    }

    /// Sends the output; says whether someone waited for that.
    fn send(&mut self) -> bool {
        let wire = self.lane.wire();
        let Some(output) = wire.sendable() else {
            return false;
        };
        self.sent.extend_from_slice(&output);
        let bytes = output.len();
        drop(output);
        wire.sent(bytes)
    }
}

/// What only the engine's own tests do.
#[cfg(test)]
mod steps {
    use core::cell::RefMut;
    use core::task::{Context, Waker};
    use std::sync::Arc;
    use std::time::SystemTime;

    use super::{Memory, Service};
    use crate::connection::conn::Conn;
    use crate::connection::limits::Limits;
    use crate::handler::set::Serve;

    impl Memory {
        /// A connection to the routes of `R`, at the start of 1970.
        pub(crate) fn new<R: Serve<()>>(limits: Limits) -> Self {
            let service = Service::new::<R, ()>(Arc::new(()), limits);
            Self::of(&service, SystemTime::UNIX_EPOCH)
        }

        /// The peer sends `bytes`, and they are moved until someone waits.
        pub(crate) fn feed(&mut self, bytes: &[u8]) {
            self.push(bytes);
            if !self.is_waiting() {
                self.go_on();
            }
        }

        /// The peer ends the connection.
        pub(crate) fn leave(&mut self) {
            self.end();
            self.go_on();
        }

        /// The peer does not read.
        pub(crate) fn stop_reading(&mut self) {
            self.full = true;
        }

        /// The server begins to shut down.
        pub(crate) fn shut_down(&self) {
            self.around.closing.set(true);
        }

        /// Whether a handler waits for something that is not the peer.
        pub(crate) fn is_waiting(&self) -> bool {
            !self.is_at_rest() && !self.lane.wire().waits_for_peer()
        }

        /// Polls a waiting handler once more.
        pub(crate) fn wake(&mut self) {
            assert!(self.is_waiting());
            self.go_on();
        }

        /// The connection at rest.
        pub(crate) fn at_rest(&self) -> Option<RefMut<'_, Conn>> {
            self.is_at_rest().then(|| self.lane.conn())
        }

        fn go_on(&mut self) {
            let _ = self.poll(&mut Context::from_waker(Waker::noop()));
        }
    }
}
