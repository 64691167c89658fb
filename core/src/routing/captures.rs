//! What the parameters of a pattern matched.
//!
//! Owns the spans found by a look-up, as offsets into the path, inline: a
//! look-up allocates nothing. Refuses to hold text: whoever asks brings the
//! path again, so that captures outlive no buffer.

/// The most parameters that the pattern of a route may have, mount prefixes
/// included; `proof` holds every table to it.
pub(crate) const MAX_CAPTURES: usize = 16;

/// Where in the path each parameter was found, in the order of the pattern.
#[derive(Clone, Copy, Debug, Default)]
pub struct Captures {
    /// Of each, how many bytes of the path are left where it starts, and its
    /// length: what a walk has at hand. Both ends are character boundaries.
    spans: [(u32, u32); MAX_CAPTURES],
    /// How many of `spans` hold.
    len: usize,
}

impl Captures {
    /// No captures.
    pub const fn new() -> Self {
        Self {
            spans: [(0, 0); MAX_CAPTURES],
            len: 0,
        }
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// Of two patterns that match one path, the more specific one leaves less.
    pub(crate) fn left_open(&self) -> &[(u32, u32)] {
        // Less if the first begins later or ends earlier, and so on.
        &self.spans[..self.len]
    }

    /// Forgets all but the first `len`.
    #[inline]
    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = len.min(self.len);
    }

    /// Makes the one with this number, counted from 0, that which starts `left`
    /// bytes before the end of the path and is `len` bytes long. It counts when the
    /// walk knows that it [holds](Self::hold). No proven table has a number of
    /// [`MAX_CAPTURES`] or above.
    // The longest head that `Limits` allow has 1 MiB.
    #[allow(clippy::cast_possible_truncation)]
    #[inline]
    pub(crate) fn put(&mut self, number: usize, left: usize, len: usize) {
        self.spans[number % MAX_CAPTURES] = (left as u32, len as u32);
    }

    /// Says that the first `len` are what was found.
    #[inline]
    pub(crate) fn hold(&mut self, len: usize) {
        self.len = len;
    }

    /// Makes what was found in the start of a path that of the whole, which is
    /// `by` bytes longer.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn extend_path(&mut self, by: usize) {
        for (left, _) in &mut self.spans[..self.len] {
            *left += by as u32;
        }
    }

    /// The text of one, counted from the end: 1 is the last. Counting so lets
    /// a handler find its own parameters whatever prefix it is mounted under.
    ///
    /// # Panics
    ///
    /// If there are fewer than `back`, or `path` is not the path looked up.
    pub fn from_end<'p>(&self, path: &'p str, back: usize) -> &'p str {
        let (left, len) = self.spans[self.len - back];
        let start = path.len() - left as usize;
        &path[start..start + len as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Captures;

    #[test]
    fn captures_count_from_the_end() {
        let path = "/orgs/7/users/42";
        let mut captures = Captures::new();
        captures.put(0, 10, 1);
        captures.put(1, 2, 2);
        assert_eq!(captures.len(), 0);
        captures.hold(2);
        assert_eq!(captures.from_end(path, 1), "42");
        assert_eq!(captures.from_end(path, 2), "7");
        let longer = format!("{path}/and/more");
        captures.extend_path(longer.len() - path.len());
        assert_eq!(captures.from_end(&longer, 1), "42");
        captures.truncate(1);
        let path = &*longer;
        assert_eq!((captures.len(), captures.from_end(path, 1)), (1, "7"));
    }
}
