//! The connections of one worker: sockets on one side, the engine on the other.
//!
//! Owns every connection's socket and state, and moves bytes between the two
//! until one of them wants to wait. Refuses to decide what bytes mean, and to
//! wait itself: `worker` tells it which sockets are ready.

mod ending;
mod writing;

use core::cell::RefCell;
use core::future::poll_fn;
use core::mem;
use core::task::{Context, Poll, Waker};
use std::collections::VecDeque;
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::rc::Rc;
use std::sync::Arc;

use async_executor::{LocalExecutor, Task};
use slab::Slab;

use crate::connection::buffers::Buffers;
use crate::connection::conn::{Conn, Next};
use crate::connection::lane::{Lane, Service};
use crate::connection::turn::Surroundings;
use crate::connection::wire::{Reply, Want};
use crate::runtime::poller::{Interest, Poller};
use crate::runtime::slot::{Pace, Patience, Slot, State};
use crate::runtime::socket::{self, Moved};
use crate::runtime::worker_handle::WorkerHandle;

/// Bytes a closing connection reads and throws away.
const LINGER_BYTES: usize = 256 * 1024;

/// A lane that came back from the executor.
type Settled = (usize, Lane, Want);

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
    executor: Rc<LocalExecutor<'static>>,
    service: Service,
    around: Rc<Surroundings>,
    patience: Patience,
    /// The current tick.
    now: u32,
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
            executor,
            service,
            around,
            now: 0,
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
    pub(crate) fn insert(&mut self, socket: TcpStream, poller: &Poller) {
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
            state: State::Receiving(Box::new(Conn::new())),
            watched: Some(Interest::Read),
            since: self.now,
            pace: Pace::default(),
        });
    }

    /// Something happened to the socket of `key`; which need not exist any
    /// more, or be the one meant: whoever acts on it tries and sees.
    #[inline]
    pub(crate) fn ready(&mut self, key: usize, poller: &Poller) {
        let Some(slot) = self.slots.get_mut(key) else {
            return;
        };
        match &mut slot.state {
            State::Receiving(conn) => {
                let began = conn.is_mid_request();
                let known = conn.input.len();
                if conn.input.capacity() == 0 {
                    conn.input = self.buffers.take();
                }
                match socket::receive(&slot.socket, &mut conn.input) {
                    Moved::Bytes(_) => {
                        if !began {
                            slot.begin(self.now);
                        } else if !conn.may_be_whole(known, self.service.limits.head_bytes) {
                            return;
                        }
                        if let State::Receiving(conn) =
                            mem::replace(&mut slot.state, State::Running)
                        {
                            self.start_turn(key, conn, poller);
                        }
                    }
                    Moved::Nothing if !began => self.buffers.put(mem::take(&mut conn.input)),
                    Moved::Nothing => {}
                    Moved::End => self.close(key, poller),
                }
            }
            // It has its turn before the next wait.
            State::Queued(_) => {}
            State::Running => self.watch(key, None, poller),
            State::Body { .. } => self.receive_more(key),
            State::Sending { .. } | State::Writing { .. } => self.write_more(key, poller),
            State::Lingering { .. } => self.linger(key, poller),
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

    /// Goes on with the connections whose handlers ran on the executor.
    pub(crate) fn settle(&mut self, poller: &Poller) {
        loop {
            let Some((key, lane, want)) = self.settled.borrow_mut().pop() else {
                return;
            };
            self.slots[key].since = self.now;
            if let Some(lane) = self.serve(key, lane, want, poller) {
                self.advance(key, lane, poller);
            }
        }
    }

    /// Lets a lane answer the requests in `conn.input`.
    #[inline]
    fn start_turn(&mut self, key: usize, mut conn: Box<Conn>, poller: &Poller) {
        if conn.output.capacity() == 0 {
            conn.output = self.buffers.take();
        }
        let lane = self
            .lanes
            .pop()
            .unwrap_or_else(|| Lane::new(&self.service, Rc::clone(&self.around)));
        lane.start(conn);
        self.advance(key, lane, poller);
    }

    /// Polls a lane here and now. The waker is a no-op: a handler that waits is
    /// polled again by the executor, at once, with a waker of its own.
    #[inline]
    fn advance(&mut self, key: usize, lane: Lane, poller: &Poller) {
        let mut next = Some(lane);
        while let Some(mut lane) = next {
            next = match lane.poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(want) => self.serve(key, lane, want, poller),
                Poll::Pending => {
                    self.give_to_executor(key, lane).detach();
                    None
                }
            };
        }
    }

    /// Does what a lane wants; gives it back if it is to be polled again.
    #[inline]
    fn serve(&mut self, key: usize, lane: Lane, want: Want, poller: &Poller) -> Option<Lane> {
        match want {
            Want::Done(conn) => {
                self.lanes.push(lane);
                self.send(key, conn, 0, poller);
                None
            }
            Want::Read { buffer, most } => self.receive_body(key, lane, buffer, most, poller),
            Want::Write(bytes) => {
                let mut output = lane.take_output();
                output.extend_from_slice(bytes);
                lane.put_output(output);
                self.write(key, lane, 0, poller)
            }
        }
    }

    /// A handler waits: the executor polls its lane until the lane wants
    /// something.
    #[cold]
    fn give_to_executor(&mut self, key: usize, mut lane: Lane) -> Task<()> {
        self.send_early(key, &lane);
        let settled = Rc::clone(&self.settled);
        self.executor.spawn(async move {
            let want = poll_fn(|cx| lane.poll(cx)).await;
            settled.borrow_mut().push((key, lane, want));
        })
    }

    /// Sends the answers that are complete while a handler waits, as far as
    /// they go without waiting; the rest is sent with the handler's own.
    fn send_early(&mut self, key: usize, lane: &Lane) {
        let mut output = lane.take_output();
        if !output.is_empty()
            && let Moved::Bytes(sent) = socket::send(&self.slots[key].socket, &output)
        {
            // These are answers: what is waited for is another request's.
            self.slots[key].begin(self.now);
            output.drain(..sent);
        }
        lane.put_output(output);
    }

    /// Sends the output of a connection whose turn is over, and what then comes
    /// next.
    #[inline]
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
                    self.give_back(*conn);
                    return self.close(key, poller);
                }
            }
        }
        self.buffers.put(mem::take(&mut conn.output));
        match conn.next {
            Next::Receive => {
                if conn.input.is_empty() {
                    self.buffers.put(mem::take(&mut conn.input));
                }
                slot.state = State::Receiving(conn);
                self.watch(key, Some(Interest::Read), poller);
            }
            Next::Turn => {
                slot.state = State::Queued(conn);
                self.backlog.push_back(key);
            }
            Next::Close => {
                self.give_back(*conn);
                self.close(key, poller);
            }
            Next::Linger => {
                slot.state = State::Lingering { left: LINGER_BYTES };
                slot.since = self.now;
                let finished = socket::finish_sending(&slot.socket);
                self.give_back(*conn);
                if finished.is_err() {
                    return self.close(key, poller);
                }
                self.watch(key, Some(Interest::Read), poller);
            }
        }
    }

    /// Keeps the buffers of a connection that ends.
    fn give_back(&mut self, conn: Conn) {
        self.buffers.put(conn.input);
        self.buffers.put(conn.output);
    }

    /// Receives a part of a body that a handler waits for. Gives the lane back
    /// if it has its answer.
    fn receive_body(
        &mut self,
        key: usize,
        lane: Lane,
        mut buffer: Vec<u8>,
        most: usize,
        poller: &Poller,
    ) -> Option<Lane> {
        let slot = &mut self.slots[key];
        // The time that the handler took is its own.
        slot.since = self.now.wrapping_sub(slot.pace.waited);
        lane.answer(
            match socket::receive_at_most(&slot.socket, &mut buffer, most) {
                Moved::Bytes(bytes) => {
                    slot.advance(bytes, &self.patience, self.now);
                    Reply::Read(buffer)
                }
                Moved::End => Reply::Gone,
                Moved::Nothing => {
                    // The handler may be waiting for something else, too, as
                    // for a timer of its own: that must be able to wake it.
                    let wire = lane.wire();
                    let task = self.give_to_executor(key, lane);
                    self.slots[key].state = State::Body {
                        wire,
                        task,
                        buffer,
                        most,
                    };
                    self.watch(key, Some(Interest::Read), poller);
                    return None;
                }
            },
        );
        Some(lane)
    }

    /// Receives a part of a body, and wakes the lane that waits for it.
    fn receive_more(&mut self, key: usize) {
        let slot = &mut self.slots[key];
        let State::Body { buffer, most, .. } = &mut slot.state else {
            return;
        };
        let reply = match socket::receive_at_most(&slot.socket, buffer, *most) {
            Moved::Bytes(bytes) => {
                let received = mem::take(buffer);
                slot.advance(bytes, &self.patience, self.now);
                Reply::Read(received)
            }
            Moved::End => Reply::Gone,
            Moved::Nothing => return,
        };
        if let State::Body { wire, task, .. } = mem::replace(&mut slot.state, State::Running) {
            wire.answer(reply);
            task.detach();
        }
    }

    /// Sends the output of a lane that waits for it to be gone. Gives the lane
    /// back if it has its answer.
    fn write(&mut self, key: usize, lane: Lane, mut sent: usize, poller: &Poller) -> Option<Lane> {
        let mut output = lane.take_output();
        let slot = &mut self.slots[key];
        while sent < output.len() {
            match socket::send(&slot.socket, &output[sent..]) {
                Moved::Bytes(bytes) => {
                    sent += bytes;
                    slot.since = self.now;
                }
                Moved::Nothing => {
                    lane.put_output(output);
                    slot.state = State::Writing { lane, sent };
                    slot.begin(self.now);
                    self.watch(key, Some(Interest::Write), poller);
                    return None;
                }
                Moved::End => {
                    lane.answer(Reply::Gone);
                    return Some(lane);
                }
            }
        }
        output.clear();
        lane.put_output(output);
        lane.answer(Reply::Written);
        Some(lane)
    }

    /// Throws away what a peer sends on a connection that we have finished.
    #[cold]
    fn linger(&mut self, key: usize, poller: &Poller) {
        let slot = &mut self.slots[key];
        let State::Lingering { left } = &mut slot.state else {
            return;
        };
        let mut buffer = self.buffers.take();
        let moved = socket::receive(&slot.socket, &mut buffer);
        self.buffers.put(buffer);
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
            self.give_back(*conn);
        }
    }
}
