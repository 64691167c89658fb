//! The two ends of a connection.
//!
//! Owns the pair. Refuses to find it out: whoever accepts a connection knows
//! it.

use std::net::SocketAddr;

/// The two ends of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Addresses {
    pub(crate) peer: SocketAddr,
    /// That of this server.
    pub(crate) local: SocketAddr,
}
