//! The buffers of a worker.
//!
//! Owns the spare buffers that connections use while they are busy and give
//! back when they rest. Refuses to grow without bound: a buffer that grew large
//! is dropped instead of kept, and so are more than a worker needs at once.

/// Spare buffers kept; one more than this many busy connections allocate.
const KEPT: usize = 256;
/// Capacity above which a returned buffer is dropped, in bytes, unless heads may
/// be this large.
const KEPT_CAPACITY: usize = 128 * 1024;

/// A pool of empty buffers.
#[derive(Debug)]
pub(crate) struct Buffers {
    /// Empty, each with at least `capacity` bytes of room.
    spare: Vec<Vec<u8>>,
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

    /// An empty buffer; allocates only if none is spare.
    #[inline]
    pub(crate) fn take(&mut self) -> Vec<u8> {
        self.spare
            .pop()
            .unwrap_or_else(|| Vec::with_capacity(self.capacity))
    }

    /// Takes a buffer back. One without capacity stands for none.
    #[inline]
    pub(crate) fn put(&mut self, mut buffer: Vec<u8>) {
        let useful = self.capacity..=KEPT_CAPACITY.max(self.capacity);
        if useful.contains(&buffer.capacity()) && self.spare.len() < KEPT {
            buffer.clear();
            self.spare.push(buffer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Buffers, KEPT, KEPT_CAPACITY};

    #[test]
    fn a_buffer_comes_back_empty() {
        let mut buffers = Buffers::new(16);
        let mut buffer = buffers.take();
        buffer.extend_from_slice(b"secret");
        let place = buffer.as_ptr();
        buffers.put(buffer);
        let again = buffers.take();
        assert!(again.is_empty() && again.as_ptr() == place);
    }

    #[test]
    fn only_useful_buffers_are_kept() {
        let mut buffers = Buffers::new(16);
        buffers.put(Vec::new());
        buffers.put(Vec::with_capacity(8));
        buffers.put(Vec::with_capacity(KEPT_CAPACITY + 1));
        assert!(buffers.spare.is_empty());
        for _ in 0..=KEPT {
            buffers.put(Vec::with_capacity(16));
        }
        assert_eq!(buffers.spare.len(), KEPT);
    }
}
