//! One connection, as its worker holds it: a socket and a state.
//!
//! Owns which states there are, and for how long each may last. Refuses to
//! change them: `connections` does.

use core::time::Duration;
use std::net::TcpStream;
use std::rc::Rc;

use async_executor::Task;

use crate::connection::conn::Conn;
use crate::connection::limits::Limits;
use crate::connection::wire::Wire;
use crate::http::addresses::Addresses;
use crate::runtime::poller::{Interest, TICK};

/// A connection as the worker holds it: what idle memory is made of.
pub(crate) struct Slot {
    pub(crate) socket: TcpStream,
    pub(crate) addresses: Addresses,
    pub(crate) state: State,
    /// What the poller watches; `None` while it watches nothing.
    pub(crate) watched: Option<Interest>,
    /// The tick from which its patience counts: that of the last progress, or
    /// of the first byte of a request head. Not of its further bytes, so that a
    /// peer cannot hold a connection by sending them one by one.
    pub(crate) since: u32,
    /// What the peer has moved since then, if too little to be progress.
    pub(crate) pace: Pace,
    /// The worker's count of what it did for its connections, when it last did
    /// something for this one.
    pub(crate) served: u32,
}

/// How a peer does at what it is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pace {
    /// Bytes since the last progress.
    pub(crate) bytes: u32,
    /// Ticks that a handler has waited for them, before it went on with too
    /// few.
    pub(crate) waited: u32,
}

/// How many ticks each kind of wait may last, and what ends one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    idle: u32,
    head: u32,
    body: u32,
    write: u32,
    linger: u32,
    /// Fewer bytes are no progress.
    pub(crate) stall_bytes: u32,
}

impl Patience {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            idle: ticks(limits.idle_time),
            head: ticks(limits.head_time),
            body: ticks(limits.body_stall),
            write: ticks(limits.write_stall),
            linger: ticks(limits.linger_time),
            stall_bytes: u32::try_from(limits.stall_bytes).unwrap_or(u32::MAX),
        }
    }

    /// How many ticks `state` may last; `None` for as long as it likes.
    fn of(&self, state: &State) -> Option<u32> {
        match state {
            State::Idle => Some(self.idle),
            State::Receiving(conn) if conn.is_between_requests() => Some(self.idle),
            State::Receiving(_) => Some(self.head),
            State::Waiting { wire, .. } => match (wire.wants_read(), wire.output_len() > 0) {
                (true, true) => Some(self.body.min(self.write)),
                (true, false) => Some(self.body),
                (false, true) => Some(self.write),
                (false, false) => None,
            },
            State::Sending { .. } => Some(self.write),
            State::Lingering { .. } => Some(self.linger),
            State::Queued(_) | State::Running => None,
        }
    }
}

/// Rounds up. What does not fit lasts longer than any process.
fn ticks(time: Duration) -> u32 {
    u32::try_from(time.as_nanos().div_ceil(TICK.as_nanos())).unwrap_or(u32::MAX)
}

/// What a connection is doing.
pub(crate) enum State {
    /// It rests until a request comes; or has one that is answered here and
    /// now, after which it rests again.
    Idle,
    /// It is in the middle of a request, and rests until more of it comes.
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
    pub(crate) fn is_late(&self, patience: &Patience, now: u32) -> bool {
        patience
            .of(&self.state)
            .is_some_and(|ticks| now.wrapping_sub(self.since) > ticks)
    }

    /// What it is waited for begins, or has gone on well.
    #[inline]
    pub(crate) fn begin(&mut self, now: u32) {
        self.since = now;
        self.pace = Pace::default();
    }

    /// Notes that the peer has moved `bytes` of what it is waited for; too few
    /// are held against it in what follows.
    pub(crate) fn advance(&mut self, bytes: usize, patience: &Patience, now: u32) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.pace.bytes = self.pace.bytes.saturating_add(bytes);
        if self.pace.bytes >= patience.stall_bytes {
            self.begin(now);
        } else {
            self.pace.waited = now.wrapping_sub(self.since);
        }
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::net::{TcpListener, TcpStream};

    use super::{Pace, Patience, Slot, State, ticks};
    use crate::connection::conn::Conn;
    use crate::connection::limits::Limits;
    use crate::http::addresses::Addresses;
    use crate::http::body::Body;

    fn slot(state: State, since: u32) -> Slot {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let socket = TcpStream::connect(addr).unwrap();
        Slot {
            socket,
            addresses: Addresses {
                peer: addr,
                local: addr,
            },
            state,
            watched: None,
            since,
            pace: Pace::default(),
            served: 0,
        }
    }

    #[test]
    fn every_wait_for_a_peer_ends() {
        let patience = Patience::new(
            &Limits::new()
                .idle_time(Duration::from_secs(5))
                .head_time(Duration::from_secs(4))
                .write_stall(Duration::from_secs(3))
                .linger_time(Duration::from_secs(2)),
        );
        let conn = || Box::new(Conn::with_capacity(0));
        let with_input = |input: &[u8]| {
            let mut conn = conn();
            conn.input.extend_from_slice(input);
            conn
        };
        let mut discarding = conn();
        discarding.discard = Some(Body::Length(1));
        for (state, ticks) in [
            (State::Idle, Some(20)),
            (State::Receiving(with_input(b"\r\n")), Some(20)),
            (State::Receiving(with_input(b"\r\nG")), Some(16)),
            (State::Receiving(discarding), Some(16)),
            (
                State::Sending {
                    conn: conn(),
                    sent: 0,
                },
                Some(12),
            ),
            (State::Lingering { left: 1 }, Some(8)),
            (State::Running, None),
            (State::Queued(conn()), None),
        ] {
            // Close to where the count of ticks wraps around.
            let since = u32::MAX - 3;
            let slot = slot(state, since);
            let late = |ticks: u32| slot.is_late(&patience, since.wrapping_add(ticks));
            assert_eq!(late(1_000_000), ticks.is_some());
            if let Some(ticks) = ticks {
                assert_eq!((late(ticks), late(ticks + 1)), (false, true));
            }
        }
    }

    #[test]
    fn an_idle_connection_is_small() {
        assert!(size_of::<Slot>() <= 128, "{}", size_of::<Slot>());
    }

    #[test]
    fn times_are_rounded_up_to_ticks() {
        for (time, expected) in [
            (Duration::from_nanos(1), 1),
            (Duration::from_millis(1), 1),
            (Duration::from_millis(250), 1),
            (Duration::from_millis(251), 2),
            (Duration::from_secs(75), 300),
            (Duration::MAX, u32::MAX),
        ] {
            assert_eq!(ticks(time), expected, "{time:?}");
        }
    }

    #[test]
    fn too_few_bytes_are_no_progress() {
        let patience = Patience::new(&Limits::new().stall_bytes(10));
        let mut slot = slot(State::Running, 0);
        for (now, bytes, since, pace) in [
            (5, 4, 0, (4, 5)),
            (8, 5, 0, (9, 8)),
            (9, 1, 9, (0, 0)),
            (12, 9, 9, (9, 3)),
            (13, 90, 13, (0, 0)),
        ] {
            slot.advance(bytes, &patience, now);
            assert_eq!(slot.since, since);
            assert_eq!((slot.pace.bytes, slot.pace.waited), pace);
        }
    }
}
