//! One connection, as its worker holds it: a socket and a state.
//!
//! Owns which states there are, and for how long each may last. Refuses to
//! change them: `connections` does.

use std::net::TcpStream;
use std::rc::Rc;

use async_executor::Task;

use crate::connection::conn::Conn;
use crate::connection::wire::Wire;
use crate::runtime::poller::Interest;

/// Ticks (a quarter of a second each) until an idle connection is closed: 75 s,
/// nginx's figure.
const IDLE_TICKS: u32 = 75 * 4;
/// Ticks until a request head that was begun must be there: 30 s.
const HEAD_TICKS: u32 = 30 * 4;
/// Ticks without any progress after which sending, or receiving a body, is
/// given up: 30 s.
const STALL_TICKS: u32 = 30 * 4;
/// Ticks a closing connection waits for the peer's end: 2 s.
const LINGER_TICKS: u32 = 2 * 4;

/// A connection as the worker holds it.
pub(crate) struct Slot {
    pub(crate) socket: TcpStream,
    pub(crate) state: State,
    /// What the poller watches; `None` while it watches nothing.
    pub(crate) watched: Option<Interest>,
    /// The tick of the last progress: bytes sent, a body's bytes received, a
    /// handler that waited went on, or the first byte of a request. Not its
    /// further bytes, so that a peer cannot hold a connection by sending them
    /// one by one.
    pub(crate) since: u32,
}

/// What a connection is doing.
pub(crate) enum State {
    /// It rests until bytes come.
    Receiving(Box<Conn>),
    /// It has requests left, and waits for its next turn in `backlog`.
    Queued(Box<Conn>),
    /// Its output waits for room; the first `sent` bytes are gone.
    Sending { conn: Box<Conn>, sent: usize },
    /// Its lane is being polled, here and now.
    Running,
    /// A handler waits, perhaps for its peer: the executor polls its lane.
    Waiting {
        wire: Rc<Wire>,
        /// To drop it drops the lane.
        #[expect(dead_code, reason = "it is held, and never asked")]
        task: Task<()>,
        /// It has not waited for its peer until now.
        since_now: bool,
    },
    /// All is sent; what still comes is thrown away, `left` bytes at the most.
    Lingering { left: usize },
}

impl Slot {
    /// Whether its time was up before the tick `now`.
    pub(crate) fn is_late(&self, now: u32) -> bool {
        self.patience()
            .is_some_and(|ticks| now.wrapping_sub(self.since) > ticks)
    }

    /// How many ticks it may stay as it is; `None` for as long as it likes.
    fn patience(&self) -> Option<u32> {
        match &self.state {
            State::Receiving(conn) if conn.is_mid_request() => Some(HEAD_TICKS),
            State::Receiving(_) => Some(IDLE_TICKS),
            State::Sending { .. } => Some(STALL_TICKS),
            State::Waiting { wire, .. } if wire.waits_for_peer() => Some(STALL_TICKS),
            State::Lingering { .. } => Some(LINGER_TICKS),
            State::Queued(_) | State::Running | State::Waiting { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::{HEAD_TICKS, IDLE_TICKS, LINGER_TICKS, Slot, State};
    use crate::connection::conn::Conn;

    #[test]
    fn every_wait_for_a_peer_ends() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut begun = Conn::new();
        begun.input.push(b'G');
        for (state, ticks) in [
            (State::Receiving(Box::new(Conn::new())), Some(IDLE_TICKS)),
            (State::Receiving(Box::new(begun)), Some(HEAD_TICKS)),
            (State::Lingering { left: 1 }, Some(LINGER_TICKS)),
            (State::Running, None),
        ] {
            // Close to where the count of ticks wraps around.
            let since = u32::MAX - 3;
            let socket = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let slot = Slot {
                socket,
                state,
                watched: None,
                since,
            };
            let late = |ticks: u32| slot.is_late(since.wrapping_add(ticks));
            assert_eq!(late(1_000_000), ticks.is_some());
            if let Some(ticks) = ticks {
                assert_eq!((late(ticks), late(ticks + 1)), (false, true));
            }
        }
    }
}
