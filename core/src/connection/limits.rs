//! What one peer may take, in bytes, requests and time, and all peers together
//! in connections.
//!
//! Owns the bounds, their defaults and which values make sense. Refuses to act
//! on them: `turn` counts bytes, `runtime` has the clock and the listener.
//! `docs/http.md` lists them; a test here holds it to the defaults.

use core::ops::RangeInclusive;
use core::time::Duration;

/// The bounds of a server, each with a default that suits most.
///
/// | setting | default | what happens there |
/// |---|---|---|
/// | [`head_bytes`](Self::head_bytes) | 16 KiB | 414 or 431 |
/// | [`body_bytes`](Self::body_bytes) | 1 MiB | 413 |
/// | [`discarded_bytes`](Self::discarded_bytes) | 64 KiB | closed after the answer |
/// | [`requests_per_turn`](Self::requests_per_turn) | 64 | other connections have their turn |
/// | [`output_bytes`](Self::output_bytes) | 64 KiB | the answers are sent before the next request is read |
/// | [`head_time`](Self::head_time) | 30 s | 408 |
/// | [`body_stall`](Self::body_stall) | 30 s | closed |
/// | [`write_stall`](Self::write_stall) | 30 s | reset |
/// | [`stall_bytes`](Self::stall_bytes) | 8 KiB | fewer in that time are a stall |
/// | [`idle_time`](Self::idle_time) | 75 s | closed |
/// | [`linger_time`](Self::linger_time) | 2 s | closed |
/// | [`connections`](Self::connections) | 7/8 of the open files allowed, without its own | others wait to be accepted |
///
/// A request may have 100 header fields; more are answered with 431. Times are
/// kept to the quarter of a second; [`Duration::MAX`] means no bound.
/// [`Server::start`](crate::Server::start) refuses values that make no sense.
///
/// ```
/// use core::time::Duration;
/// use tramline::{Limits, Server, route, routes};
///
/// #[route("/")]
/// fn index() -> &'static str {
///     "Hello, World!"
/// }
///
/// # fn main() -> tramline::Result {
/// let limits = Limits::new().body_bytes(64 * 1024).idle_time(Duration::from_secs(10));
/// let server = Server::new(routes![index]).limits(limits);
/// # server.listen("127.0.0.1:0").start()?.stop()
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "limits do nothing until a server has them"]
pub struct Limits {
    pub(crate) head_bytes: usize,
    pub(crate) body_bytes: u64,
    pub(crate) discarded_bytes: u64,
    pub(crate) requests_per_turn: usize,
    pub(crate) output_bytes: usize,
    pub(crate) head_time: Duration,
    pub(crate) body_stall: Duration,
    pub(crate) write_stall: Duration,
    pub(crate) stall_bytes: usize,
    pub(crate) idle_time: Duration,
    pub(crate) linger_time: Duration,
    /// `None` for a share of the open files that the process may have.
    pub(crate) connections: Option<usize>,
}

impl Limits {
    /// The defaults.
    pub const fn new() -> Self {
        Self {
            head_bytes: 16 * 1024,
            body_bytes: 1024 * 1024,
            discarded_bytes: 64 * 1024,
            requests_per_turn: 64,
            output_bytes: 64 * 1024,
            head_time: Duration::from_secs(30),
            body_stall: Duration::from_secs(30),
            write_stall: Duration::from_secs(30),
            // 273 bytes per second: a modem is ten times as fast.
            stall_bytes: 8 * 1024,
            // nginx's figure.
            idle_time: Duration::from_secs(75),
            linger_time: Duration::from_secs(2),
            connections: None,
        }
    }

    /// Bytes of a request head, the empty line included, from 256 to 1 MiB. A
    /// longer one is answered with 414 if its request line does not fit, else
    /// with 431. Also the size of an input buffer.
    pub const fn head_bytes(mut self, bytes: usize) -> Self {
        self.head_bytes = bytes;
        self
    }

    /// Bytes of a body that a handler takes whole. A longer one is answered
    /// with 413.
    pub const fn body_bytes(mut self, bytes: u64) -> Self {
        self.body_bytes = bytes;
        self
    }

    /// Bytes of a body that no handler took, read and thrown away to keep the
    /// connection. If more are to come, it is closed after the answer.
    pub const fn discarded_bytes(mut self, bytes: u64) -> Self {
        self.discarded_bytes = bytes;
        self
    }

    /// Pipelined requests, at least 1, answered before other connections have
    /// their turn.
    pub const fn requests_per_turn(mut self, requests: usize) -> Self {
        self.requests_per_turn = requests;
        self
    }

    /// Bytes of answers to pipelined requests, at least 1, after which no
    /// further request is read until they are sent.
    pub const fn output_bytes(mut self, bytes: usize) -> Self {
        self.output_bytes = bytes;
        self
    }

    /// How long a request head may take from its first byte to its last. One
    /// that takes longer is answered with 408, and the connection closed
    /// ([RFC 9110, section 15.5.9](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.9)).
    /// A body that is thrown away must be there as soon, counted from the
    /// answer.
    pub const fn head_time(mut self, time: Duration) -> Self {
        self.head_time = time;
        self
    }

    /// How long a handler waits for the next
    /// [`stall_bytes`](Self::stall_bytes) of a body, or its end. Then the
    /// connection is closed, and the handler dropped where it waits. The time
    /// that the handler takes itself is not counted.
    pub const fn body_stall(mut self, time: Duration) -> Self {
        self.body_stall = time;
        self
    }

    /// How long a peer may take to receive the next
    /// [`stall_bytes`](Self::stall_bytes) of an answer, or its end. Then the
    /// connection is reset, so that what came of the answer does not look
    /// complete.
    pub const fn write_stall(mut self, time: Duration) -> Self {
        self.write_stall = time;
        self
    }

    /// Bytes, at least 1, that a peer must send of a body in each
    /// [`body_stall`](Self::body_stall) and receive of an answer in each
    /// [`write_stall`](Self::write_stall). With 1, any byte buys it that time.
    pub const fn stall_bytes(mut self, bytes: usize) -> Self {
        self.stall_bytes = bytes;
        self
    }

    /// How long a connection may wait for its first or next request. Then it is
    /// closed without a word.
    pub const fn idle_time(mut self, time: Duration) -> Self {
        self.idle_time = time;
        self
    }

    /// How long a connection that has its last answer is read from, so that the
    /// peer sees that answer and not a reset
    /// ([RFC 9112, section 9.6](https://www.rfc-editor.org/rfc/rfc9112#section-9.6)).
    pub const fn linger_time(mut self, time: Duration) -> Self {
        self.linger_time = time;
        self
    }

    /// Connections, at least 1, that the server has at a time, on all workers
    /// together. Others wait in the system's queue until one ends. One whose
    /// peer is gone ends with its handler.
    ///
    /// The default is 7/8 of the files that the process may have open when it
    /// starts (`ulimit -n`), without 3 for each worker and 18 that the server
    /// needs otherwise, so that handlers have some, too; and at least 1/8 of all.
    pub const fn connections(mut self, connections: usize) -> Self {
        self.connections = Some(connections);
        self
    }

    /// The first setting, if any, whose value makes no sense.
    pub(crate) fn check(&self) -> Result<(), Nonsense> {
        const ANY: RangeInclusive<usize> = 1..=usize::MAX;
        let connections = self.connections.unwrap_or(1);
        for (setting, value, sense, expected) in [
            (
                "head_bytes",
                self.head_bytes,
                256..=1024 * 1024,
                "256 to 1048576 bytes",
            ),
            (
                "requests_per_turn",
                self.requests_per_turn,
                ANY,
                "at least 1",
            ),
            ("output_bytes", self.output_bytes, ANY, "at least 1 byte"),
            ("stall_bytes", self.stall_bytes, ANY, "at least 1 byte"),
            ("connections", connections, ANY, "at least 1"),
        ] {
            if !sense.contains(&value) {
                return Err(Nonsense {
                    setting,
                    value: value.to_string(),
                    expected,
                });
            }
        }
        for (setting, time) in [
            ("head_time", self.head_time),
            ("body_stall", self.body_stall),
            ("write_stall", self.write_stall),
            ("idle_time", self.idle_time),
            ("linger_time", self.linger_time),
        ] {
            if time.is_zero() {
                return Err(Nonsense {
                    setting,
                    value: format!("{time:?}"),
                    expected: "more, or `Duration::MAX` for no bound",
                });
            }
        }
        Ok(())
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

/// A setting whose value makes no sense.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Nonsense {
    pub(crate) setting: &'static str,
    pub(crate) value: String,
    pub(crate) expected: &'static str,
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::Limits;
    use crate::http::head::MAX_FIELDS;

    fn bytes(count: u64) -> String {
        match count {
            count if count % (1 << 20) == 0 => format!("{} MiB", count >> 20),
            count if count % (1 << 10) == 0 => format!("{} KiB", count >> 10),
            count => format!("{count} B"),
        }
    }

    fn time(time: Duration) -> String {
        format!("{time:?}").replace('s', " s")
    }

    /// The first two cells of each row of the table that starts behind `mark`.
    fn rows<'t>(text: &'t str, mark: &str, prefix: &str) -> Vec<(&'t str, &'t str)> {
        let (_, table) = text.split_once(mark).expect("the table is there");
        table
            .lines()
            .map(|line| line.trim_start_matches(prefix))
            .skip_while(|line| !line.starts_with("|---"))
            .skip(1)
            .take_while(|line| line.starts_with('|'))
            .map(|line| {
                let mut cells = line.trim_matches('|').split('|').map(str::trim);
                let mut next = || cells.next().expect("a row has two cells");
                let name = next().trim_matches(['[', '`']);
                let name = name.split('`').next().expect("the first part");
                (name, next())
            })
            .collect()
    }

    #[test]
    fn the_documents_have_every_limit_with_its_default() {
        // Without `..`: a new limit must come here.
        let Limits {
            head_bytes,
            body_bytes,
            discarded_bytes,
            requests_per_turn,
            output_bytes,
            head_time,
            body_stall,
            write_stall,
            stall_bytes,
            idle_time,
            linger_time,
            connections,
        } = Limits::new();
        assert_eq!(connections, None);
        let expected = [
            ("head_bytes", bytes(head_bytes as u64)),
            ("body_bytes", bytes(body_bytes)),
            ("discarded_bytes", bytes(discarded_bytes)),
            ("requests_per_turn", requests_per_turn.to_string()),
            ("output_bytes", bytes(output_bytes as u64)),
            ("head_time", time(head_time)),
            ("body_stall", time(body_stall)),
            ("write_stall", time(write_stall)),
            ("stall_bytes", bytes(stall_bytes as u64)),
            ("idle_time", time(idle_time)),
            ("linger_time", time(linger_time)),
            (
                "connections",
                "7/8 of the open files allowed, without its own".to_owned(),
            ),
        ];
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, default)| (*name, &**default))
            .collect();
        let guide = include_str!("../../../docs/http.md");
        assert_eq!(rows(guide, "\n## Limits\n", ""), expected);
        assert!(guide.contains(&format!("{MAX_FIELDS} header fields")));
        let own = include_str!("limits.rs");
        assert_eq!(rows(own, "/// The bounds of a server", "/// "), expected);
    }

    #[test]
    fn values_that_make_no_sense_are_named() {
        let limits = Limits::new();
        let zero = Duration::ZERO;
        for (limits, setting, value) in [
            (limits.head_bytes(255), "head_bytes", "255"),
            (limits.head_bytes((1 << 20) + 1), "head_bytes", "1048577"),
            (limits.requests_per_turn(0), "requests_per_turn", "0"),
            (limits.output_bytes(0), "output_bytes", "0"),
            (limits.stall_bytes(0), "stall_bytes", "0"),
            (limits.connections(0), "connections", "0"),
            (limits.head_time(zero), "head_time", "0ns"),
            (limits.body_stall(zero), "body_stall", "0ns"),
            (limits.write_stall(zero), "write_stall", "0ns"),
            (limits.idle_time(zero), "idle_time", "0ns"),
            (limits.linger_time(zero), "linger_time", "0ns"),
        ] {
            let nonsense = limits.check().unwrap_err();
            assert_eq!((nonsense.setting, &*nonsense.value), (setting, value));
        }
        let extreme = limits
            .head_bytes(256)
            .body_bytes(0)
            .discarded_bytes(0)
            .idle_time(Duration::MAX)
            .connections(1);
        for limits in [limits, extreme] {
            assert_eq!(limits.check(), Ok(()));
        }
    }
}
