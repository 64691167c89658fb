//! A connection at rest.
//!
//! Owns what must be remembered of a connection while it has a request, from
//! one turn to the next. Refuses to stand for idle connections: of those there
//! is nothing to remember, and `buffers` keeps what they do not use.

use crate::http::addresses::Addresses;
use crate::http::body::Body;

/// A connection that has a request, or the start of one.
#[derive(Debug)]
pub(crate) struct Conn {
    /// Bytes received and not consumed: at most the start of one request,
    /// unless `next` is [`Next::Turn`].
    pub(crate) input: Vec<u8>,
    /// Bytes that the socket did not take, whole responses; during a turn the
    /// output is its lane's.
    pub(crate) output: Vec<u8>,
    /// A body that nobody took, to be received and thrown away; `input` is then
    /// empty.
    pub(crate) discard: Option<Body>,
    /// Bytes that may still be thrown away.
    pub(crate) patience: u64,
    /// What comes after `output` is sent.
    pub(crate) next: Next,
    /// `None` without a socket.
    pub(crate) addresses: Option<Addresses>,
}

/// What becomes of a connection after its output is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It waits for bytes.
    Receive,
    /// Another turn: `input` holds requests that the last one left for
    /// fairness.
    Turn,
    /// It is closed.
    Close,
    /// It is reset: what was sent must not look complete.
    Reset,
    /// It is closed, but the peer may be sending still: closing at once would
    /// reset the connection, and the answer could be lost with it
    /// ([RFC 9112, section 9.6](https://www.rfc-editor.org/rfc/rfc9112#section-9.6)).
    Linger,
}

impl Conn {
    /// A new connection, with room for so many bytes of input.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self {
            input: Vec::with_capacity(capacity),
            output: Vec::new(),
            discard: None,
            patience: 0,
            next: Next::Receive,
            addresses: None,
        }
    }

    /// Forgets all but the addresses and the room for input.
    #[inline]
    pub(crate) fn clear(&mut self) {
        self.input.clear();
        self.output = Vec::new();
        self.discard = None;
        self.next = Next::Receive;
    }

    /// Whether the head that begins `input` may be whole, or may be refused,
    /// now that there is something behind the `known` bytes. A head that comes
    /// byte by byte is not parsed for each of them: that would cost its length
    /// squared. A short one is, so that what was never HTTP is refused at once.
    pub(crate) fn may_be_whole(&self, known: usize, head_bytes: usize) -> bool {
        const SHORT: usize = 256;
        let len = self.input.len();
        self.discard.is_some()
            || len <= SHORT
            || len >= head_bytes
            || self.input[known..].contains(&b'\n')
    }

    /// Whether a request has begun in `input`; empty lines may come before one.
    pub(crate) fn has_begun(&self) -> bool {
        !self.input.trim_ascii_start().is_empty()
    }

    /// Whether nothing is to come of what was begun: empty lines do not begin
    /// a request.
    pub(crate) fn is_between_requests(&self) -> bool {
        !self.has_begun() && self.discard.is_none()
    }

    /// Whether it waits for another request, of which nothing has come.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.next == Next::Receive && !self.is_mid_request()
    }

    /// Whether the peer is in the middle of a request.
    pub(crate) fn is_mid_request(&self) -> bool {
        !self.input.is_empty() || self.discard.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Conn;
    use crate::http::body::Body;

    #[test]
    fn a_long_head_is_parsed_by_the_line() {
        let mut conn = Conn::with_capacity(0);
        for (input, known, whole) in [
            ("G".repeat(256), 255, true),
            ("G".repeat(257), 256, false),
            ("G".repeat(300) + "\r", 300, false),
            ("G".repeat(300) + "\r\n", 301, true),
            ("\n".repeat(300) + "G", 300, false),
            ("G".repeat(512), 511, true),
        ] {
            conn.input = input.into_bytes();
            assert_eq!(conn.may_be_whole(known, 512), whole, "{known}");
        }
        conn.input = vec![b'G'; 300];
        conn.discard = Some(Body::Length(1));
        assert!(conn.may_be_whole(299, 512), "it is no head");
    }

    #[test]
    fn empty_lines_begin_no_request() {
        let mut conn = Conn::with_capacity(0);
        for (input, begun) in [("", false), ("\r\n", false), ("\r\nG", true)] {
            conn.input = input.as_bytes().to_vec();
            assert_eq!(conn.has_begun(), begun, "{input:?}");
        }
    }
}
