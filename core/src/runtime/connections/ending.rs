//! How connections end other than by their own answers.
//!
//! Owns the sweep of each tick and the two ways of a worker that stops. Refuses
//! to say when: `worker` does. A connection that ends by itself is closed where
//! that is found, by its neighbours in `connections`.

use core::mem;
use std::os::fd::AsFd;

use crate::connection::buffers::KEPT_CAPACITY;
use crate::connection::overdue;
use crate::runtime::connections::Connections;
use crate::runtime::poller::Poller;
use crate::runtime::slot::{Slot, State};
use crate::runtime::socket;

/// Ticks after which no further request is expected of a connection while the
/// worker stops: a quarter to half a second.
const QUIET_TICKS: u32 = 1;

/// Spare lanes kept from tick to tick; it takes more than so many requests in
/// flight at once to make others.
pub(super) const LANES_KEPT: usize = 256;

impl Connections {
    /// A quarter of a second has passed: ends the connections whose time is up,
    /// and the lanes and buffers beyond those that a worker usually needs.
    pub(crate) fn tick(&mut self, poller: &Poller) {
        self.now = self.now.wrapping_add(1);
        let late: Vec<usize> = self
            .slots
            .iter()
            .filter(|(_, slot)| slot.is_late(&self.patience, self.now))
            .map(|(key, _)| key)
            .collect();
        for key in late {
            self.give_up(key, poller);
        }
        self.lanes.truncate(LANES_KEPT);
        for lane in &self.lanes {
            lane.wire().shrink(KEPT_CAPACITY);
        }
    }

    /// Ends a connection whose time is up. A handler that waits is dropped.
    #[cold]
    fn give_up(&mut self, key: usize, poller: &Poller) {
        let slot = &mut self.slots[key];
        match &mut slot.state {
            State::Receiving(conn) if conn.has_begun() => {
                if let State::Receiving(mut conn) = mem::replace(&mut slot.state, State::Running) {
                    overdue::time_out(&mut conn, &self.around.date);
                    self.send(key, conn, 0, poller);
                }
            }
            State::Sending { .. } | State::Waiting { .. } => {
                // A socket that has some room counts as writable only when it
                // has much: a slow peer may have done its part.
                if matches!(slot.state, State::Sending { .. }) {
                    self.write_more(key, poller);
                } else {
                    self.lane_ready(key, poller);
                }
                let slot = self.slots.get(key);
                if let Some(slot) = slot
                    && slot.is_late(&self.patience, self.now)
                {
                    cut(slot);
                    self.close(key, poller);
                }
            }
            _ => self.close(key, poller),
        }
    }

    /// How many connections have not sent their last answer.
    pub(crate) fn unanswered(&self) -> usize {
        let is_answered =
            |slot: &Slot| matches!(slot.state, State::Lingering { .. }) || is_idle(slot);
        let slots = self.slots.iter();
        slots.filter(|(_, slot)| !is_answered(slot)).count()
    }

    /// Closes all connections, whatever they are doing.
    pub(crate) fn close_all(&mut self, poller: &Poller) {
        for slot in self.slots.drain() {
            cut(&slot);
            self.handle.closed();
            if slot.watched.is_some() {
                let _ = poller.delete(slot.socket.as_fd());
            }
        }
    }

    /// Closes the connections that wait for a request and have done so for a
    /// while; for each tick of a worker that stops. Another request may be on
    /// its way on those that were at work just now: it is answered, and told
    /// that it is the last. All others close after the answer they are at.
    pub(crate) fn close_idle(&mut self, poller: &Poller) {
        let quiet: Vec<usize> = self
            .slots
            .iter()
            .filter(|(_, slot)| is_idle(slot) && self.now.wrapping_sub(slot.since) > QUIET_TICKS)
            .map(|(key, _)| key)
            .collect();
        for key in quiet {
            let slot = &mut self.slots[key];
            // It may have come since the last wait; then the next one says so.
            if socket::has_received(&slot.socket) {
                continue;
            }
            match mem::replace(&mut slot.state, State::Idle) {
                // The peer owes the rest of a body, and may be sending it.
                State::Receiving(conn) if conn.discard.is_some() => {
                    self.finish(key, conn, poller);
                }
                state => {
                    slot.state = state;
                    self.close(key, poller);
                }
            }
        }
    }
}

/// Whether all is answered of which something has come.
fn is_idle(slot: &Slot) -> bool {
    match &slot.state {
        State::Idle => true,
        State::Receiving(conn) => !conn.has_begun(),
        _ => false,
    }
}

/// Makes the close of a connection in the middle of an answer a reset: one that
/// has no other end would look complete, and the system would keep what the
/// peer does not read.
fn cut(slot: &Slot) {
    let is_answering = match &slot.state {
        State::Sending { .. } => true,
        State::Waiting { wire, .. } => wire.is_streaming() || wire.output_len() > 0,
        _ => false,
    };
    if is_answering {
        socket::reset_when_closed(&slot.socket);
    }
}
