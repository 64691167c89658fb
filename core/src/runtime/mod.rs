//! The multi-executor core: what happens to a connection outside the engine.
//!
//! Owns sockets, readiness, threads, wake-ups and time. Refuses to look at the
//! bytes it moves: `connection` does. A worker (one thread, one poller, one
//! executor) shares nothing with another on the path of a request.

pub(crate) mod acceptor;
pub(crate) mod connections;
pub(crate) mod gate;
pub(crate) mod listener;
pub(crate) mod local;
pub(crate) mod poller;
pub(crate) mod signals;
pub(crate) mod slot;
pub(crate) mod socket;
pub(crate) mod waker;
pub(crate) mod worker;
pub(crate) mod worker_handle;
