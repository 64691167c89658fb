//! The engine: bytes in, bytes out.
//!
//! Owns a connection's state at rest ([`conn`]), the turn that answers the
//! requests in its input ([`turn`]), the mailbox between a turn and whoever
//! moves its bytes ([`wire`]), and the pooled futures that run turns
//! ([`lane`]). Refuses to touch a socket, a clock or an executor: `runtime`
//! does; [`memory`] drives the same engine with slices, for tests.

#[cfg(any(test, fuzzing))]
pub(crate) mod answers;
pub(crate) mod buffers;
pub(crate) mod conn;
pub(crate) mod incoming;
pub(crate) mod lane;
pub(crate) mod limits;
pub(crate) mod memory;
pub(crate) mod outgoing;
pub(crate) mod overdue;
pub(crate) mod turn;
pub(crate) mod wire;

#[cfg(test)]
pub(crate) mod properties;
#[cfg(test)]
mod tests;
