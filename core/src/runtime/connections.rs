//! The connections of one worker: sockets on one side, the engine on the other.
//!
//! Owns every connection's socket and state, and moves bytes between the two
//! until one of them wants to wait. Refuses to decide what bytes mean, and to
//! wait itself: `worker` tells it which sockets are ready.

mod ending;
mod waiting;
mod writing;

use core::cell::RefCell;
use core::cmp::Reverse;
use core::mem;
use core::task::{Context, Poll, Waker};
use std::collections::VecDeque;
use std::os::fd::AsFd;
use std::rc::Rc;
use std::sync::Arc;

use async_executor::LocalExecutor;
use slab::Slab;

use crate::connection::buffers::Buffers;
use crate::connection::conn::{Conn, Next};
use crate::connection::lane::{Lane, Service};
use crate::connection::turn::Surroundings;
use crate::connection::wire::Wire;
use crate::runtime::listener::Arrival;
use crate::runtime::poller::{Interest, Poller};
use crate::runtime::slot::{Pace, Patience, Slot, State};
use crate::runtime::socket::{self, Moved};
use crate::runtime::worker_handle::WorkerHandle;

/// Bytes a closing connection reads and throws away.
const LINGER_BYTES: usize = 256 * 1024;

/// A lane whose turn is over, from the executor.
type Settled = (usize, Lane);

/// All connections of a worker.
pub(crate) struct Connections {
    /// Counts every connection that is closed.
    handle: Arc<WorkerHandle>,
    slots: Slab<Slot>,
    /// Lanes without a connection.
    lanes: Vec<Lane>,
    buffers: Buffers,
    /// Keys of `Queued` connections; may hold keys of closed ones.
    backlog: VecDeque<usize>,
    settled: Rc<RefCell<Vec<Settled>>>,
    /// Keys of lanes on the executor that want something of their peer.
    touched: Rc<RefCell<Vec<usize>>>,
    executor: Rc<LocalExecutor<'static>>,
    service: Service,
    around: Rc<Surroundings>,
    patience: Patience,
    /// The current tick.
    now: u32,
    /// How often a connection was ready; wraps.
    served: u32,
}

impl Connections {
    /// No connections.
    pub(crate) fn new(
        handle: Arc<WorkerHandle>,
        service: Service,
        around: Rc<Surroundings>,
        executor: Rc<LocalExecutor<'static>>,
    ) -> Self {
        Self {
            handle,
            patience: Patience::new(&service.limits),
            slots: Slab::new(),
            lanes: Vec::new(),
            buffers: Buffers::new(service.limits.head_bytes),
            backlog: VecDeque::new(),
            settled: Rc::default(),
            touched: Rc::default(),
            executor,
            service,
            around,
            now: 0,
            served: 0,
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether some connection wants its turn without waiting for anything.
    pub(crate) fn has_backlog(&self) -> bool {
        !self.backlog.is_empty()
    }

    /// Adds a connection, which its handle counts already.
    pub(crate) fn insert(&mut self, arrival: Arrival, poller: &Poller) {
        let Arrival { socket, addresses } = arrival;
        let entry = self.slots.vacant_entry();
        if poller
            .add(socket.as_fd(), entry.key(), Interest::Read)
            .is_err()
        {
            // Out of kernel memory: the peer sees a closed connection.
            return self.handle.closed();
        }
        entry.insert(Slot {
            socket,
            addresses,
            state: State::Idle,
            watched: Some(Interest::Read),
            since: self.now,
            pace: Pace::default(),
            served: self.served,
        });
    }

    /// Puts those first for which nothing was done for longest.
    ///
    /// A poller reports a socket that is ready again and again in the place where
    /// it was before, behind the others if it missed a wait. So the last of a round,
    /// whose peer has no time to ask again before the next wait, would be the last
    /// of the round after that, too, and be answered after two.
    #[inline]
    pub(crate) fn put_in_order(&self, ready: &mut [usize]) {
        // The listener has no slot, and comes first.
        let ago = |&key: &usize| {
            let slot = self.slots.get(key);
            Reverse(slot.map_or(u32::MAX, |slot| self.served.wrapping_sub(slot.served)))
        };
        // Most often they are in order.
        if ready.len() > 1 && !ready.is_sorted_by_key(ago) {
            ready.sort_by_key(ago);
        }
    }

    /// Something happened to the socket of `key`; which need not exist any
    /// more, or be the one meant: whoever acts on it tries and sees.
    #[inline]
    pub(crate) fn ready(&mut self, key: usize, poller: &Poller) {
        let Some(slot) = self.slots.get_mut(key) else {
            return;
        };
        slot.served = self.served;
        self.served = self.served.wrapping_add(1);
        match &mut slot.state {
            State::Idle => self.serve(key, poller),
            State::Receiving(conn) => {
                let (known, begins) = (conn.input.len(), conn.is_between_requests());
                match socket::receive(&slot.socket, &mut conn.input) {
                    Moved::Bytes(_) => {
                        if begins {
                            slot.since = self.now;
                        }
                        if conn.may_be_whole(known, self.service.limits.head_bytes)
                            && let State::Receiving(conn) =
                                mem::replace(&mut slot.state, State::Running)
                        {
                            self.start_turn(key, conn, poller);
                        }
                    }
                    Moved::Nothing => {}
                    Moved::End => self.close(key, poller),
                }
            }
            // It has its turn before the next wait.
            State::Queued(_) | State::Running => {}
            State::Sending { .. } => self.write_more(key, poller),
            State::Waiting { .. } => self.disturb(key, poller),
            State::Lingering { .. } => self.linger(key, poller),
        }
    }

    /// Something has come to an idle connection. In the usual case that is
    /// whole requests, their handlers do not wait, and the socket takes the
    /// answers: then all is as it was.
    #[inline]
    fn serve(&mut self, key: usize, poller: &Poller) {
        if self.lanes.is_empty() {
            self.lanes
                .push(Lane::new(&self.service, Rc::clone(&self.around)));
        }
        let (Some(slot), Some(lane)) = (self.slots.get_mut(key), self.lanes.last_mut()) else {
            return;
        };
        let mut conn = lane.conn();
        match socket::receive(&slot.socket, &mut conn.input) {
            Moved::Bytes(_) => {}
            Moved::Nothing => return,
            Moved::End => {
                drop(conn);
                return self.close(key, poller);
            }
        }
        conn.addresses = Some(slot.addresses);
        drop(conn);
        slot.begin(self.now);
        let turn = lane.poll(&mut Context::from_waker(Waker::noop()));
        if turn.is_ready() {
            let rest = send_first(slot, lane.wire(), self.now);
            if rest.is_none() && lane.conn().is_at_rest() {
                return;
            }
            if let Some(lane) = self.lanes.pop() {
                self.go_on(key, lane, rest, poller);
            }
        } else if let Some(lane) = self.lanes.pop() {
            self.wait(key, lane, poller);
        }
    }

    /// Gives every queued connection one turn.
    pub(crate) fn run_backlog(&mut self, poller: &Poller) {
        for _ in 0..self.backlog.len() {
            let Some(key) = self.backlog.pop_front() else {
                return;
            };
            let Some(slot) = self.slots.get_mut(key) else {
                continue;
            };
            match mem::replace(&mut slot.state, State::Running) {
                State::Queued(conn) => self.start_turn(key, conn, poller),
                // The key is another connection's by now.
                other => slot.state = other,
            }
        }
    }

    /// Lets a lane answer the requests in `conn.input`.
    fn start_turn(&mut self, key: usize, mut conn: Box<Conn>, poller: &Poller) {
        let mut lane = self
            .lanes
            .pop()
            .unwrap_or_else(|| Lane::new(&self.service, Rc::clone(&self.around)));
        let discards = conn.discard.is_some();
        mem::swap(&mut *lane.conn(), &mut *conn);
        self.buffers.put(conn);
        // It was held against the peer for what the last turn waited for; a head
        // that comes in pieces goes on, by `since`.
        self.slots[key].pace = Pace::default();
        match lane.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(()) => {
                // What is behind a body that was thrown away has come with its end.
                if discards && lane.conn().discard.is_none() {
                    self.slots[key].since = self.now;
                }
                self.answer(key, lane, poller);
            }
            Poll::Pending => self.wait(key, lane, poller),
        }
    }

    /// A turn is over: sends the output of its lane, which is then free.
    fn answer(&mut self, key: usize, lane: Lane, poller: &Poller) {
        lane.wire().take_away_sent();
        let rest = send_first(&mut self.slots[key], lane.wire(), self.now);
        self.go_on(key, lane, rest, poller);
    }

    /// A turn is over, and of its output there is this rest: does what comes
    /// next.
    fn go_on(&mut self, key: usize, lane: Lane, rest: Option<Rest>, poller: &Poller) {
        let mut conn = self.buffers.take();
        mem::swap(&mut *lane.conn(), &mut *conn);
        self.lanes.push(lane);
        match rest {
            None => self.follow(key, conn, poller),
            Some(Rest { output, sent }) => {
                conn.output = output;
                self.send(key, conn, sent, poller);
            }
        }
    }

    /// Sends what is left of the output of a connection whose turn is over, and
    /// what then comes next.
    #[cold]
    fn send(&mut self, key: usize, mut conn: Box<Conn>, mut sent: usize, poller: &Poller) {
        let slot = &mut self.slots[key];
        while sent < conn.output.len() {
            match socket::send(&slot.socket, &conn.output[sent..]) {
                Moved::Bytes(bytes) => {
                    sent += bytes;
                    slot.since = self.now;
                }
                Moved::Nothing => {
                    slot.state = State::Sending { conn, sent };
                    slot.begin(self.now);
                    return self.watch(key, Some(Interest::Write), poller);
                }
                Moved::End => {
                    self.buffers.put(conn);
                    return self.close(key, poller);
                }
            }
        }
        conn.output = Vec::new();
        self.follow(key, conn, poller);
    }

    /// All is sent: does what comes next.
    fn follow(&mut self, key: usize, conn: Box<Conn>, poller: &Poller) {
        let slot = &mut self.slots[key];
        match conn.next {
            Next::Receive => {
                if conn.is_mid_request() {
                    slot.state = State::Receiving(conn);
                } else {
                    if !matches!(slot.state, State::Idle) {
                        slot.state = State::Idle;
                    }
                    self.buffers.put(conn);
                }
                self.watch(key, Some(Interest::Read), poller);
            }
            Next::Turn => {
                slot.state = State::Queued(conn);
                self.backlog.push_back(key);
            }
            Next::Close => {
                self.buffers.put(conn);
                self.close(key, poller);
            }
            Next::Reset => {
                socket::reset_when_closed(&slot.socket);
                self.buffers.put(conn);
                self.close(key, poller);
            }
            Next::Linger => self.finish(key, conn, poller),
        }
    }

    /// Sends no more, but goes on to receive.
    #[cold]
    fn finish(&mut self, key: usize, conn: Box<Conn>, poller: &Poller) {
        let slot = &mut self.slots[key];
        slot.state = State::Lingering { left: LINGER_BYTES };
        slot.since = self.now;
        let finished = socket::finish_sending(&slot.socket);
        self.buffers.put(conn);
        if finished.is_err() {
            return self.close(key, poller);
        }
        self.watch(key, Some(Interest::Read), poller);
    }

    /// Throws away what a peer sends on a connection that we have finished.
    #[cold]
    fn linger(&mut self, key: usize, poller: &Poller) {
        let slot = &mut self.slots[key];
        let State::Lingering { left } = &mut slot.state else {
            return;
        };
        let mut unread = self.buffers.take();
        let moved = socket::receive(&slot.socket, &mut unread.input);
        self.buffers.put(unread);
        match moved {
            Moved::Bytes(bytes) if bytes < *left => *left -= bytes,
            Moved::Nothing => {}
            Moved::Bytes(_) | Moved::End => self.close(key, poller),
        }
    }

    /// Makes the poller watch `interest`, if it does not already.
    #[inline]
    fn watch(&mut self, key: usize, interest: Option<Interest>, poller: &Poller) {
        if self.slots[key].watched != interest {
            self.change_watch(key, interest, poller);
        }
    }

    fn change_watch(&mut self, key: usize, interest: Option<Interest>, poller: &Poller) {
        let slot = &mut self.slots[key];
        let socket = slot.socket.as_fd();
        let changed = match (slot.watched, interest) {
            (_, None) => poller.delete(socket),
            (None, Some(interest)) => poller.add(socket, key, interest),
            (Some(_), Some(interest)) => poller.modify(socket, key, interest),
        };
        slot.watched = interest;
        if changed.is_err() {
            // An unwatched connection would never be heard of again.
            self.close(key, poller);
        }
    }

    /// Ends a connection.
    fn close(&mut self, key: usize, poller: &Poller) {
        let slot = self.slots.remove(key);
        self.handle.closed();
        if slot.watched.is_some() {
            // The socket is closed below, which ends the watching on every
            // system that refuses this.
            let _ = poller.delete(slot.socket.as_fd());
        }
        if let State::Receiving(conn) | State::Queued(conn) | State::Sending { conn, .. } =
            slot.state
        {
            self.buffers.put(conn);
        }
    }
}

/// Output that the socket did not take at once.
struct Rest {
    output: Vec<u8>,
    /// Bytes of it that it did take.
    sent: usize,
}

/// Sends the output of a turn that is over, which is empty then, and gives what
/// is left of it.
#[inline]
fn send_first(slot: &mut Slot, wire: &Wire, now: u32) -> Option<Rest> {
    let mut output = wire.output.borrow_mut();
    if output.is_empty() {
        return None;
    }
    let sent = match socket::send(&slot.socket, &output) {
        Moved::Bytes(sent) => {
            slot.since = now;
            sent
        }
        Moved::Nothing | Moved::End => 0,
    };
    if sent == output.len() {
        output.clear();
        return None;
    }
    let output = mem::take(&mut *output);
    Some(Rest { output, sent })
}

#[cfg(test)]
mod tests;
