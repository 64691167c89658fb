//! The connections of a worker that are not in use.
//!
//! Owns the spare [`Conn`]s, each with a buffer for its input, that connections
//! take when bytes come and give back when they rest: an idle connection has
//! none. Refuses to grow without bound: one whose buffer grew large is dropped
//! instead of kept, and so are more than a worker needs at once.

use crate::connection::conn::Conn;

/// Spares kept; one more than this many busy connections allocate.
const KEPT: usize = 256;
/// Capacity above which a returned buffer is dropped, in bytes, unless heads may
/// be this large.
pub(crate) const KEPT_CAPACITY: usize = 128 * 1024;

/// A pool of connections without bytes.
#[derive(Debug)]
pub(crate) struct Buffers {
    /// As new, each with room for at least `capacity` bytes of input.
    #[expect(clippy::vec_box, reason = "they are boxed where they are used")]
    spare: Vec<Box<Conn>>,
    capacity: usize,
}

impl Buffers {
    /// A pool of buffers with at least `capacity` bytes of room.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            spare: Vec::with_capacity(KEPT),
            capacity,
        }
    }

    /// One without bytes, and with room for input; allocates only if none is
    /// spare.
    #[inline]
    pub(crate) fn take(&mut self) -> Box<Conn> {
        self.spare.pop().unwrap_or_else(|| self.make())
    }

    #[cold]
    fn make(&self) -> Box<Conn> {
        Box::new(Conn::with_capacity(self.capacity))
    }

    /// Takes one back, with whatever it has.
    #[inline]
    pub(crate) fn put(&mut self, mut conn: Box<Conn>) {
        let useful = self.capacity..=KEPT_CAPACITY.max(self.capacity);
        if useful.contains(&conn.input.capacity()) && self.spare.len() < KEPT {
            conn.clear();
            self.spare.push(conn);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Buffers, KEPT, KEPT_CAPACITY};
    use crate::connection::conn::{Conn, Next};
    use crate::http::body::Body;

    #[test]
    fn a_connection_comes_back_as_new() {
        let mut buffers = Buffers::new(16);
        let mut conn = buffers.take();
        conn.input.extend_from_slice(b"secret");
        conn.output.extend_from_slice(b"secret");
        conn.discard = Some(Body::Length(1));
        conn.next = Next::Close;
        let place = conn.input.as_ptr();
        buffers.put(conn);
        let again = buffers.take();
        assert!(again.input.as_ptr() == place && again.input.capacity() >= 16);
        assert!(!again.is_mid_request() && again.output.is_empty());
        assert_eq!(again.next, Next::Receive);
    }

    #[test]
    fn only_useful_buffers_are_kept() {
        let mut buffers = Buffers::new(16);
        for capacity in [0, 8, KEPT_CAPACITY + 1] {
            buffers.put(Box::new(Conn::with_capacity(capacity)));
        }
        assert!(buffers.spare.is_empty());
        for _ in 0..=KEPT {
            let conn = buffers.make();
            buffers.put(conn);
        }
        assert_eq!(buffers.spare.len(), KEPT);
    }
}
