//! What the parameters of a pattern matched.
//!
//! Owns the spans found by a look-up, as offsets into the path, inline: a
//! look-up allocates nothing. Refuses to hold text: whoever asks brings the
//! path again, so that captures outlive no buffer.

use core::cmp::Ordering;

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
    len: u32,
    /// How many of these a catch-all met, none or the last: it may be a single
    /// segment, as of a parameter. As wide as `len`, so that both are cleared at
    /// once.
    rests: u32,
}

impl Captures {
    /// No captures.
    pub const fn new() -> Self {
        Self {
            spans: [(0, 0); MAX_CAPTURES],
            len: 0,
            rests: 0,
        }
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.len as usize
    }

    /// Compares two patterns that match one path, by what each met there: the more
    /// specific one is less.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        // It leaves less open: its first begins later or ends earlier, and so on.
        // Where all are the same, the last may still be of two kinds.
        let by_spans = self.spans[..self.len()].cmp(&other.spans[..other.len()]);
        by_spans.then(self.rests.cmp(&other.rests))
    }

    /// Forgets all of them.
    #[inline]
    pub(crate) fn clear(&mut self) {
        (self.len, self.rests) = (0, 0);
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
    #[allow(clippy::cast_possible_truncation)]
    #[inline]
    pub(crate) fn hold(&mut self, len: usize) {
        self.len = len as u32;
    }

    /// The same where a catch-all met the last of them.
    #[inline]
    pub(crate) fn hold_rest(&mut self, len: usize) {
        self.hold(len);
        self.rests = 1;
    }

    /// Makes what was found in the start of a path that of the whole, which is
    /// `by` bytes longer.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn extend_path(&mut self, by: usize) {
        for (left, _) in &mut self.spans[..self.len as usize] {
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
        let (left, len) = self.spans[self.len() - back];
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
        assert_eq!(captures.from_end(&longer, 2), "7");
        captures.clear();
        assert_eq!(captures.len(), 0);
    }
}
