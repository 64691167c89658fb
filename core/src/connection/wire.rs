//! The mailbox between a turn and the driver that moves its bytes.
//!
//! Owns the connection whose turn it is and its output, which lie here from turn
//! to turn and are borrowed, and the cells through which other buffers travel by
//! value. A turn says what it waits for and returns `Pending`; the driver looks
//! when it does. Refuses to poll anyone: the driver polls the lane again after
//! it has answered, or the task does whose waker was left here.

use core::cell::{Cell, Ref, RefCell};
use core::future::poll_fn;
use core::mem;
use core::task::{Context, Poll, Waker};

use crate::connection::buffers::KEPT_CAPACITY;
use crate::connection::conn::Conn;

/// What came of a read.
#[derive(Debug)]
pub(crate) enum Reply {
    /// The buffer, with what was received behind what was in it.
    Read(Vec<u8>),
    /// The peer is gone.
    Gone,
}

/// A mailbox: one per lane.
pub(crate) struct Wire {
    /// The connection whose turn it is, which borrows it until it is over.
    pub(crate) conn: RefCell<Conn>,
    /// The turn is over, and the driver has not seen it.
    over: Cell<bool>,
    /// What the turn wants to be received into: it has room.
    wanted: Cell<Option<Vec<u8>>>,
    reply: Cell<Option<Reply>>,
    /// Who waits for a reply.
    reader: Cell<Option<Waker>>,
    /// Who waits for room in the output.
    writer: Cell<Option<Waker>>,
    /// The driver has something to look at.
    touched: Cell<bool>,
    /// The output ends in a response that is being produced: without its peer
    /// there is no use in going on.
    streaming: Cell<bool>,
    /// The turn has begun to wait for something of its peer that has a time of
    /// its own: another body, or the room for another produced response.
    anew: Cell<bool>,
    /// The output of the connection whose turn it is: whole responses, unless
    /// one has it borrowed that is being written. The driver may send the
    /// others whenever the lane is not being polled.
    pub(crate) output: RefCell<Vec<u8>>,
    /// Bytes at the start of the output that were sent during the turn: less than
    /// half of it, and none when the turn is over.
    sent: Cell<usize>,
}

/// For the driver.
impl Wire {
    /// A mailbox with room for so many bytes of input.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            conn: RefCell::new(Conn::with_capacity(capacity)),
            over: Cell::default(),
            wanted: Cell::default(),
            reply: Cell::default(),
            reader: Cell::default(),
            writer: Cell::default(),
            touched: Cell::default(),
            streaming: Cell::default(),
            anew: Cell::default(),
            output: RefCell::default(),
            sent: Cell::default(),
        }
    }

    /// Whether the turn is over. If so, the next poll begins another.
    #[inline]
    pub(crate) fn take_over(&self) -> bool {
        self.over.replace(false)
    }

    /// Whether the turn has wanted or written something since the last call.
    pub(crate) fn take_touched(&self) -> bool {
        self.touched.take()
    }

    /// Whether the turn has begun to wait for something else of its peer since
    /// the last call.
    pub(crate) fn take_anew(&self) -> bool {
        self.anew.take()
    }

    /// What to receive into, if anything; to be answered, or put back.
    pub(crate) fn take_wanted(&self) -> Option<Vec<u8>> {
        self.wanted.take()
    }

    /// Puts back what [`take_wanted`](Self::take_wanted) took.
    pub(crate) fn put_wanted(&self, buffer: Vec<u8>) {
        self.wanted.set(Some(buffer));
    }

    /// Answers a read that was wanted.
    pub(crate) fn answer(&self, reply: Reply) {
        self.reply.set(Some(reply));
        wake(&self.reader);
    }

    /// The output that was not sent; `None` while a response is being written into
    /// it.
    pub(crate) fn sendable(&self) -> Option<Ref<'_, [u8]>> {
        let output = self.output.try_borrow().ok()?;
        Some(Ref::map(output, |output| &output[self.sent.get()..]))
    }

    /// Drops a buffer for the output that has grown above `capacity` bytes.
    pub(crate) fn shrink(&self, capacity: usize) {
        let mut output = self.output.borrow_mut();
        if output.capacity() > capacity {
            *output = Vec::new();
        }
    }

    /// So many bytes more were sent; says whether someone waited for that.
    ///
    /// They are taken away when they are half of the output: a peer that takes a
    /// large one in small parts has each byte moved about once.
    pub(crate) fn sent(&self, bytes: usize) -> bool {
        let sent = self.sent.get() + bytes;
        self.sent.set(sent);
        if 2 * sent >= self.output.borrow().len() {
            self.take_away_sent();
        }
        wake(&self.writer)
    }

    /// Leaves in the output what was not sent.
    pub(crate) fn take_away_sent(&self) {
        self.output.borrow_mut().drain(..self.sent.take());
    }

    /// Drops what was not sent: nobody is there to take it.
    pub(crate) fn drop_output(&self) {
        self.output.borrow_mut().clear();
        self.sent.set(0);
    }

    /// Whether the turn waits for the peer: to send, or to receive.
    pub(crate) fn waits_for_peer(&self) -> bool {
        self.wants_read() || self.output_len() > 0
    }

    /// Whether a read is wanted.
    pub(crate) fn wants_read(&self) -> bool {
        let wanted = self.wanted.take();
        let wants = wanted.is_some();
        self.wanted.set(wanted);
        wants
    }

    /// Whether a response is being produced.
    pub(crate) fn is_streaming(&self) -> bool {
        self.streaming.get()
    }
}

/// For the lane and its turn.
impl Wire {
    /// Ends the turn, and waits for the next.
    #[inline]
    pub(crate) fn end_turn(&self) -> impl Future<Output = ()> {
        self.over.set(true);
        poll_fn(|_| {
            if self.over.get() {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
    }

    /// Asks for bytes behind those in `buffer`, which has room.
    pub(crate) fn read(&self, buffer: Vec<u8>) {
        self.wanted.set(Some(buffer));
        self.touched.set(true);
    }

    /// Says that the next read is the first of its body.
    pub(crate) fn begin_body(&self) {
        self.anew.set(true);
    }

    /// Says whom the reply wakes.
    pub(crate) fn wait(&self, cx: &Context<'_>) {
        self.reader.set(Some(cx.waker().clone()));
    }

    /// The reply to the last read, once.
    pub(crate) fn take_reply(&self) -> Option<Reply> {
        self.reply.take()
    }

    /// Takes back a read. If it has its answer already, that is given: no byte
    /// is lost.
    pub(crate) fn cancel_read(&self) -> Option<Reply> {
        self.wanted.take();
        self.reader.take();
        self.reply.take()
    }

    /// Appends to the output, but not behind the start of a response.
    pub(crate) fn write(&self, bytes: &[u8]) {
        if let Ok(mut output) = self.output.try_borrow_mut() {
            output.extend_from_slice(bytes);
        }
    }

    /// Appends what was written apart, which is then empty.
    pub(crate) fn append(&self, apart: &RefCell<Vec<u8>>) {
        let (mut output, mut written) = (self.output.borrow_mut(), apart.borrow_mut());
        if output.is_empty() {
            mem::swap(&mut *output, &mut *written);
        } else {
            output.append(&mut written);
        }
        // Nobody else sees what a lane keeps for this.
        if written.capacity() > KEPT_CAPACITY {
            *written = Vec::new();
        }
    }

    /// Makes the driver send the output though the turn is not over.
    pub(crate) fn flush(&self) {
        self.touched.set(true);
    }

    /// Waits until less than `bound` bytes of output are not sent.
    pub(crate) fn poll_room(&self, bound: usize, cx: &Context<'_>) -> Poll<()> {
        if self.output_len() < bound {
            return Poll::Ready(());
        }
        self.writer.set(Some(cx.waker().clone()));
        self.flush();
        Poll::Pending
    }

    /// Says whether a response is being produced.
    pub(crate) fn set_streaming(&self, streaming: bool) {
        self.streaming.set(streaming);
        self.anew.set(streaming);
    }

    /// Bytes of output that could be sent, and were not.
    pub(crate) fn output_len(&self) -> usize {
        let output = self.output.try_borrow();
        output.map_or(0, |output| output.len() - self.sent.get())
    }
}

fn wake(waiting: &Cell<Option<Waker>>) -> bool {
    waiting.take().map(Waker::wake).is_some()
}

#[cfg(test)]
mod tests {
    use core::cell::RefCell;

    use super::Wire;
    use crate::connection::buffers::KEPT_CAPACITY;

    #[test]
    fn what_was_written_apart_leaves_no_large_buffer() {
        let large = || Vec::with_capacity(KEPT_CAPACITY + 1);
        for (before, output, apart) in [("first ", Vec::new(), large()), ("", large(), Vec::new())]
        {
            let (wire, apart) = (Wire::new(0), RefCell::new(apart));
            *wire.output.borrow_mut() = output;
            wire.write(before.as_bytes());
            apart.borrow_mut().extend_from_slice(b"second");
            wire.append(&apart);
            assert_eq!(
                *wire.output.borrow(),
                [before, "second"].concat().as_bytes()
            );
            assert!(apart.borrow().is_empty());
            assert!(apart.borrow().capacity() <= KEPT_CAPACITY, "{before:?}");
        }
    }

    /// What a slow peer costs: bytes that were moved are those behind what is
    /// taken away.
    #[test]
    fn a_large_output_is_not_moved_for_each_part_of_it_that_is_sent() {
        const LENGTH: usize = 100_000;
        let content: Vec<u8> = (0..251).cycle().take(LENGTH).collect();
        for part in [1, 7, 999, LENGTH / 2, LENGTH] {
            let wire = Wire::new(0);
            wire.write(&content);
            let (mut sent, mut moved) = (0, 0);
            while sent < LENGTH {
                let part = part.min(LENGTH - sent);
                assert_eq!(*wire.sendable().expect("nobody writes"), content[sent..]);
                let held = wire.output.borrow().len();
                assert!(!wire.sent(part), "nobody waits");
                sent += part;
                assert_eq!(wire.output_len(), LENGTH - sent);
                if wire.output.borrow().len() < held {
                    moved += wire.output_len();
                }
            }
            assert!(moved <= LENGTH, "{part}: {moved} bytes moved");
        }
    }

    #[test]
    fn output_behind_what_was_sent_follows_it() {
        let wire = Wire::new(0);
        wire.write(b"first");
        wire.sent(2);
        wire.write(b" second");
        wire.append(&RefCell::new(b" third".to_vec()));
        assert_eq!(
            *wire.sendable().expect("nobody writes"),
            *b"rst second third"
        );
        wire.take_away_sent();
        assert_eq!(*wire.output.borrow(), b"rst second third");
        wire.sent(1);
        wire.drop_output();
        assert_eq!(wire.output_len(), 0);
    }
}
