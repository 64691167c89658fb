//! A connection at rest.
//!
//! Owns what must be remembered of a connection between two turns. Refuses to
//! hold buffers while the connection is idle: without bytes, `input` and
//! `output` are `Vec::new()`, which owns nothing.

use crate::http::body::Body;

/// A connection between two turns: what idle memory is made of.
#[derive(Debug)]
pub(crate) struct Conn {
    /// Bytes received and not consumed: at most the start of one request,
    /// unless `next` is [`Next::Turn`].
    pub(crate) input: Vec<u8>,
    /// Bytes to send, whole responses.
    pub(crate) output: Vec<u8>,
    /// A body that nobody took, to be received and thrown away; unless it is
    /// done, `input` is empty.
    pub(crate) discard: Body,
    /// Bytes that may still be thrown away.
    pub(crate) patience: u64,
    /// What comes after `output` is sent.
    pub(crate) next: Next,
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
    /// A new connection.
    pub(crate) const fn new() -> Self {
        Self {
            input: Vec::new(),
            output: Vec::new(),
            discard: Body::NONE,
            patience: 0,
            next: Next::Receive,
        }
    }

    /// Whether the peer is in the middle of a request. Some peers send an empty
    /// line behind a body, and have not begun a request with it
    /// ([RFC 9112, section 2.2](https://www.rfc-editor.org/rfc/rfc9112#section-2.2)).
    pub(crate) fn is_mid_request(&self) -> bool {
        let is_begun = !self.input.is_empty() && self.input != b"\r\n";
        is_begun || !self.discard.is_done()
    }
}

#[cfg(test)]
mod tests {
    use super::Conn;

    #[test]
    fn a_connection_at_rest_is_small() {
        assert!(size_of::<Conn>() <= 100, "{}", size_of::<Conn>());
    }
}
