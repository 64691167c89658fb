//! What one peer may take.
//!
//! Owns the bounds on bytes and requests, with their defaults. Refuses time:
//! deadlines are the worker's, which has the clock.

/// Bounds on what a peer may send; reaching one has a status of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Bytes of a request head, the empty line included; more is 414 if the
    /// request line does not fit, else 431. Also the size of an input buffer.
    pub(crate) head_bytes: usize,
    /// Bytes of a body that a handler takes whole; more is 413.
    pub(crate) body_bytes: u64,
    /// Bytes of a body that no handler took, read and thrown away to keep the
    /// connection; with more to come it is closed instead.
    pub(crate) discarded_bytes: u64,
    /// Requests answered in one turn, so that one connection's pipeline does
    /// not starve the others.
    pub(crate) requests_per_turn: usize,
    /// Bytes of output at which a turn ends, so that a pipeline of large
    /// answers is sent before it is continued.
    pub(crate) output_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_bytes: 16 * 1024,
            body_bytes: 1024 * 1024,
            discarded_bytes: 64 * 1024,
            requests_per_turn: 64,
            output_bytes: 64 * 1024,
        }
    }
}
