//! A driver for tests: the engine with slices instead of sockets.
//!
//! Owns the feeding of a connection in any pieces and the gathering of what it
//! sends. Refuses to be cleverer than a socket: what is fed is received in
//! order, and no read gets more than it asked for.

use core::cell::Cell;
use core::mem;
use core::task::{Context, Poll, Waker};
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

use crate::connection::conn::{Conn, Next};
use crate::connection::lane::{Lane, Service};
use crate::connection::limits::Limits;
use crate::connection::turn::Surroundings;
use crate::connection::wire::{Reply, Want};
use crate::handler::set::Serve;
use crate::http::date::DateCache;

/// A connection without a socket.
pub(crate) struct Memory {
    lane: Lane,
    around: Rc<Surroundings>,
    /// At rest; `None` while a handler holds it.
    conn: Option<Box<Conn>>,
    /// A read that the lane waits for.
    reading: Option<(Vec<u8>, usize)>,
    /// Fed and not received.
    incoming: Vec<u8>,
    sent: Vec<u8>,
    pub(crate) closed: bool,
}

impl Memory {
    pub(crate) fn new<R: Serve<()>>(limits: Limits) -> Self {
        let around = Rc::new(Surroundings {
            date: DateCache::new(SystemTime::UNIX_EPOCH),
            limits,
            closing: Cell::new(false),
        });
        Self {
            lane: Lane::new(
                &Service::new::<R, ()>(Arc::new(()), limits),
                Rc::clone(&around),
            ),
            around,
            conn: Some(Box::new(Conn::new())),
            reading: None,
            incoming: Vec::new(),
            sent: Vec::new(),
            closed: false,
        }
    }

    /// The peer sends `bytes`.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.incoming.extend_from_slice(bytes);
        self.go_on();
    }

    /// Another peer, whose connection the same lane serves.
    pub(crate) fn reconnect(&mut self) {
        assert!(self.closed);
        self.conn = Some(Box::new(Conn::new()));
        self.incoming.clear();
        self.closed = false;
    }

    /// The server begins to shut down.
    pub(crate) fn shut_down(&self) {
        self.around.closing.set(true);
    }

    /// Whether a handler waits for something that is not the peer.
    pub(crate) fn is_waiting(&self) -> bool {
        self.conn.is_none() && self.reading.is_none()
    }

    /// Polls a waiting handler once more.
    pub(crate) fn wake(&mut self) {
        assert!(self.is_waiting());
        self.poll();
        self.go_on();
    }

    /// What was sent so far, the complete answers before a waiting one
    /// included.
    pub(crate) fn sent(&mut self) -> Vec<u8> {
        let output = self.lane.take_output();
        self.sent.extend_from_slice(&output);
        mem::take(&mut self.sent)
    }

    /// The connection at rest.
    pub(crate) fn at_rest(&self) -> Option<&Conn> {
        self.conn.as_deref()
    }

    /// Moves bytes until someone waits.
    fn go_on(&mut self) {
        while !self.closed {
            if let Some((mut buffer, most)) = self.reading.take() {
                let taken = most.min(self.incoming.len());
                if taken == 0 {
                    self.reading = Some((buffer, most));
                    return;
                }
                buffer.extend(self.incoming.drain(..taken));
                self.lane.answer(Reply::Read(buffer));
                self.poll();
                continue;
            }
            let Some(mut conn) = self.conn.take() else {
                return;
            };
            if conn.next != Next::Turn {
                let room = self.around.limits.head_bytes - conn.input.len();
                let taken = room.min(self.incoming.len());
                if taken == 0 {
                    self.conn = Some(conn);
                    return;
                }
                conn.input.extend(self.incoming.drain(..taken));
            }
            self.lane.start(conn);
            self.poll();
        }
    }

    fn poll(&mut self) {
        while let Poll::Ready(want) = self.lane.poll(&mut Context::from_waker(Waker::noop())) {
            match want {
                Want::Done(mut conn) => {
                    self.sent.append(&mut conn.output);
                    self.closed = matches!(conn.next, Next::Close | Next::Linger);
                    self.conn = Some(conn);
                    return;
                }
                Want::Read { buffer, most } => {
                    self.reading = Some((buffer, most));
                    return;
                }
                Want::Write(bytes) => {
                    let output = self.lane.take_output();
                    self.sent.extend_from_slice(&output);
                    self.sent.extend_from_slice(bytes);
                    self.lane.answer(Reply::Written);
                }
            }
        }
    }
}
