//! Lanes while their handlers run: polled here, and by the executor.
//!
//! Owns the way of a lane from its start to the end of its turn, and what it
//! may wait for in between: bytes of a body, room for output, or something that
//! is none of the worker's business. Refuses to move bytes of connections that
//! no handler holds: that is its parent's.

use core::future::poll_fn;
use core::task::{Context, Waker};
use std::rc::Rc;

use crate::connection::lane::Lane;
use crate::connection::wire::{Reply, Wire};
use crate::runtime::connections::Connections;
use crate::runtime::poller::{Interest, Poller};
use crate::runtime::slot::State;
use crate::runtime::socket::{self, Moved};

/// How often a lane that needs nothing but its peer is polled again at once,
/// before others have their turn.
const POLLS_AT_ONCE: usize = 16;

/// Whether there is something for the lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    Made,
    None,
    /// The connection is closed.
    Closed,
}

impl Connections {
    /// A handler waits. If it is for its peer, and that is ready, the lane goes
    /// on here; else the executor polls it, since the handler may be waiting for
    /// something else as well, as for a timer of its own.
    #[cold]
    pub(super) fn wait(&mut self, key: usize, mut lane: Lane, poller: &Poller) {
        for _ in 0..POLLS_AT_ONCE {
            match self.exchange(key, &Rc::clone(lane.wire()), poller) {
                Progress::Made => {}
                Progress::None => break,
                Progress::Closed => return,
            }
            // The waker is a no-op: a handler that waits is polled again by the
            // executor, at once, with a waker of its own.
            let turn = lane.poll(&mut Context::from_waker(Waker::noop()));
            if turn.is_ready() {
                return self.answer(key, lane, poller);
            }
        }
        self.give_to_executor(key, lane);
        self.watch_lane(key, poller);
    }

    fn give_to_executor(&mut self, key: usize, mut lane: Lane) {
        let wire = Rc::clone(lane.wire());
        let (settled, touched) = (Rc::clone(&self.settled), Rc::clone(&self.touched));
        let task = self.executor.spawn(async move {
            poll_fn(|cx| {
                let turn = lane.poll(cx);
                if turn.is_pending() && lane.wire().take_touched() {
                    touched.borrow_mut().push(key);
                }
                turn
            })
            .await;
            settled.borrow_mut().push((key, lane));
        });
        self.slots[key].state = State::Waiting {
            wire,
            task,
            since_now: true,
        };
    }

    /// Goes on with the connections whose lanes ran on the executor.
    pub(crate) fn settle(&mut self, poller: &Poller) {
        loop {
            let next = self.settled.borrow_mut().pop();
            let Some((key, lane)) = next else {
                break;
            };
            self.slots[key].since = self.now;
            self.answer(key, lane, poller);
        }
        loop {
            let next = self.touched.borrow_mut().pop();
            let Some(key) = next else {
                return;
            };
            self.lane_ready(key, poller);
        }
    }

    /// The lane of a connection may have got something to do for its worker, or
    /// the socket may be ready for it.
    pub(super) fn lane_ready(&mut self, key: usize, poller: &Poller) {
        // The key may be another connection's by now.
        if let Some(slot) = self.slots.get(key)
            && let State::Waiting { wire, .. } = &slot.state
            && self.exchange(key, &Rc::clone(wire), poller) != Progress::Closed
        {
            self.watch_lane(key, poller);
        }
    }

    /// Moves the bytes that a lane waits for, as far as they go now.
    fn exchange(&mut self, key: usize, wire: &Wire, poller: &Poller) -> Progress {
        wire.take_touched();
        let slot = &mut self.slots[key];
        if wire.take_anew() {
            slot.begin(self.now);
        } else if !matches!(
            slot.state,
            State::Waiting {
                since_now: false,
                ..
            }
        ) {
            // The time that the handler took is its own.
            slot.since = self.now.wrapping_sub(slot.pace.waited);
        }
        let mut progress = Progress::None;
        if let Some(output) = wire.sendable()
            && !output.is_empty()
        {
            let moved = socket::send(&slot.socket, &output);
            drop(output);
            match moved {
                Moved::Bytes(sent) => {
                    slot.advance(sent, &self.patience, self.now);
                    if wire.sent(sent) {
                        progress = Progress::Made;
                    }
                }
                Moved::Nothing => {}
                // Nobody is left to produce for. Another handler may have
                // begun what it should end.
                Moved::End if wire.is_streaming() => {
                    self.close(key, poller);
                    return Progress::Closed;
                }
                Moved::End => wire.drop_output(),
            }
        }
        if let Some(mut buffer) = wire.take_wanted() {
            let reply = match socket::receive(&slot.socket, &mut buffer) {
                Moved::Bytes(bytes) => {
                    slot.advance(bytes, &self.patience, self.now);
                    Reply::Read(buffer)
                }
                Moved::End => Reply::Gone,
                Moved::Nothing => {
                    wire.put_wanted(buffer);
                    return progress;
                }
            };
            wire.answer(reply);
            progress = Progress::Made;
        }
        progress
    }

    /// Something happened to a socket whose lane waits.
    #[cold]
    pub(super) fn disturb(&mut self, key: usize, poller: &Poller) {
        let slot = &self.slots[key];
        let State::Waiting { wire, .. } = &slot.state else {
            return;
        };
        match slot.watched {
            _ if wire.waits_for_peer() => self.lane_ready(key, poller),
            // What a peer sends meanwhile can wait; that it is gone cannot.
            Some(Interest::Read) => self.watch(key, Some(Interest::End), poller),
            _ if wire.is_streaming() => self.close(key, poller),
            _ => self.watch(key, None, poller),
        }
    }

    /// Makes the poller watch what a lane waits for. If that is not the peer,
    /// the socket stays as it is watched until something happens.
    fn watch_lane(&mut self, key: usize, poller: &Poller) {
        let slot = &mut self.slots[key];
        let State::Waiting {
            wire, since_now, ..
        } = &mut slot.state
        else {
            return;
        };
        let interest = match (wire.wants_read(), wire.output_len() > 0) {
            (true, true) => Interest::Both,
            (true, false) => Interest::Read,
            (false, true) => Interest::Write,
            (false, false) => {
                *since_now = true;
                if slot.watched != Some(Interest::Read) {
                    self.watch(key, Some(Interest::End), poller);
                }
                return;
            }
        };
        if core::mem::take(since_now) {
            slot.since = self.now.wrapping_sub(slot.pace.waited);
        }
        self.watch(key, Some(interest), poller);
    }
}
