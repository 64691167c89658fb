//! The look-up: a byte-radix trie in one static array.
//!
//! Owns the nodes and the walk through them. Refuses to build: `laying` does,
//! when the program compiles. `table` says where to start.
//!
//! One trie per method, each for what follows the first `/`. The routes
//! `/users`, `/users/me`, `/users/{id}` and `/{*rest}` make
//!
//! ```text
//! root ─┬─ users ──┬─ /me     route 1
//!       │  route 0 └─ /{      route 2
//!       └─ {*                 route 3
//! ```
//!
//! A walk for `/users/men` goes down `users` and `/me`, where `n` leads
//! nowhere; goes back to the last node that has something less specific to
//! offer, `users`, takes `/{` for `/men`, is at the end and answers 2. For
//! `/users/` it finds nothing below `users`, since a parameter is not empty,
//! goes back to the root, takes all of it for `{*` and answers 3.
//!
//! A walk goes down from a node to each of its children at most once, so it
//! visits every node at most once: going back costs no more than the table is
//! large, whatever the path. It goes back by recursion, whose depth is at most
//! that of the longest pattern in segments, and allocates nothing.
//!
//! Nodes lie in the array so that the child for byte `b` of a node is at
//! `base + b`, with the children of others in the gaps. That a child belongs to
//! its parent need not be checked: no two nodes have the same `base`, so what
//! lies at `base + b` and is not the parent's own child has a label that does
//! not start with `b`, and labels are compared anyway, eight bytes at once. The
//! children that are no literals are at the bytes `{` and `}`, and have a label
//! that no path has.

use crate::routing::captures::Captures;
use crate::routing::pattern;

/// A node of the trie, or a gap in the array.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// The up to eight bytes from its parent to it, the first byte lowest, all
    /// shifted to the top; [`Node::NO_LABEL`] for a parameter or a gap.
    label: u64,
    /// How many bits the label is shifted.
    shift: u8,
    /// How many bytes the label has.
    len: u8,
    /// Which children it has that are no literals.
    wild: u8,
    /// Where its children are, less their first bytes; wraps around.
    base: u16,
    /// The route that ends here, or [`Node::NO_ROUTE`].
    route: u16,
}

impl Node {
    /// Matches no path: text never has the byte 255.
    const NO_LABEL: u64 = u64::MAX;
    const NO_ROUTE: u16 = u16::MAX;
    const PARAMETER: u8 = 1;
    const CATCH_ALL: u8 = 2;
    const BEHIND_SLASH: u8 = 4;

    /// The array ends before this index, so nothing is at `NO_CHILD + b`.
    pub(crate) const NO_CHILD: u16 = u16::MAX - 255;

    /// A gap.
    pub(crate) const GAP: Self = Self {
        label: Self::NO_LABEL,
        shift: 0,
        len: 0,
        wild: 0,
        base: Self::NO_CHILD,
        route: Self::NO_ROUTE,
    };

    /// The start of a trie. Its label says one of its routes, and so which
    /// method it is for, and matches no path all the same.
    pub(crate) const fn root(a_route: u16) -> Self {
        Self {
            label: Self::NO_LABEL - 1 - a_route as u64,
            ..Self::GAP
        }
    }

    /// One of the routes below this root, if it is one.
    pub(crate) const fn a_route(&self) -> Option<usize> {
        match (Self::NO_LABEL - self.label).to_le_bytes() {
            [0, 0, 0, ..] => None,
            [low, middle, high, 0, 0, 0, 0, 0] => {
                Some(u32::from_le_bytes([low, middle, high, 0]) as usize - 1)
            }
            _ => None,
        }
    }

    /// The node that a label of `len` bytes leads to, 1 to 8; the first is the
    /// lowest of `label`.
    pub(crate) const fn literal(label: u64, len: usize) -> Self {
        let shift = 64 - 8 * len;
        let [len, ..] = len.to_le_bytes();
        Self {
            label: label << shift,
            shift: 64 - 8 * len,
            len,
            ..Self::GAP
        }
    }

    /// Ends a route here.
    pub(crate) const fn end(&mut self, route: u16) {
        self.route = route;
    }

    /// Puts the children at `base`.
    pub(crate) const fn branch(&mut self, base: u16) {
        self.base = base;
    }

    /// Says that there is a child for `symbol`.
    pub(crate) const fn offer(&mut self, symbol: u8) {
        match symbol {
            pattern::PARAMETER => self.wild |= Self::PARAMETER,
            pattern::CATCH_ALL => self.wild |= Self::CATCH_ALL,
            _ => {}
        }
    }

    /// Says that a slash comes before the children that are no literals.
    pub(crate) const fn put_behind_slash(&mut self) {
        self.wild |= Self::BEHIND_SLASH;
    }

    /// Where the child for `byte` is, if there is one.
    #[inline]
    const fn child(&self, byte: u8) -> usize {
        self.base.wrapping_add(byte as u16) as usize
    }

    #[inline]
    fn ended(&self) -> Option<usize> {
        (self.route != Self::NO_ROUTE).then_some(usize::from(self.route))
    }
}

/// One path on its way through the array.
#[derive(Clone, Copy)]
pub(crate) struct Walk<'w> {
    nodes: &'w [Node],
    path: &'w [u8],
    /// The last eight bytes of the path, the last one topmost; zeros below if
    /// it has fewer.
    tail: u64,
}

impl<'w> Walk<'w> {
    #[inline]
    pub(crate) fn new(nodes: &'w [Node], path: &'w str) -> Self {
        let path = path.as_bytes();
        let tail = match path.last_chunk() {
            Some(last) => u64::from_le_bytes(*last),
            None => short_tail(path),
        };
        Self { nodes, path, tail }
    }

    /// The route that the path takes below `root`. If there is none, what is in
    /// `captures` has no meaning.
    #[inline]
    pub(crate) fn find(self, root: u16, captures: &mut Captures) -> Option<usize> {
        self.below(&self.nodes[usize::from(root)], 1, captures)
    }

    /// The route that what follows `at` takes below `node`.
    // Inlined where a walk starts, so that it starts without a call.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn below(self, mut node: &'w Node, mut at: usize, captures: &mut Captures) -> Option<usize> {
        loop {
            let Some(word) = self.word(at) else {
                return node.ended();
            };
            let literal = self.nodes.get(node.child(word.to_le_bytes()[0]));
            let literal = literal.filter(|literal| word << literal.shift == literal.label);
            if node.wild == 0 {
                node = literal?;
                at += usize::from(node.len);
                continue;
            }
            let mark = captures.len();
            if let Some(literal) = literal {
                let found = self.again(literal, at + usize::from(literal.len), captures);
                if found.is_some() {
                    return found;
                }
                captures.truncate(mark);
            }
            let (start, word) = if node.wild & Node::BEHIND_SLASH == 0 {
                (at, word)
            } else if word.to_le_bytes()[0] == b'/' && at + 1 < self.path.len() {
                (at + 1, word >> 8)
            } else {
                return None;
            };
            if node.wild & Node::PARAMETER != 0 {
                let end = self.segment_end(start, at, word);
                if end > start {
                    captures.push(start, end);
                    let parameter = &self.nodes[node.child(pattern::PARAMETER)];
                    if node.wild & Node::CATCH_ALL == 0 {
                        node = parameter;
                        at = end;
                        continue;
                    }
                    let found = self.again(parameter, end, captures);
                    if found.is_some() {
                        return found;
                    }
                    captures.truncate(mark);
                }
            }
            if node.wild & Node::CATCH_ALL == 0 {
                return None;
            }
            captures.push(start, self.path.len());
            return self.nodes[node.child(pattern::CATCH_ALL)].ended();
        }
    }

    /// [`below`](Self::below), from within itself.
    #[inline(never)]
    fn again(self, node: &'w Node, at: usize, captures: &mut Captures) -> Option<usize> {
        self.below(node, at, captures)
    }

    /// The next eight bytes of the path, the first one lowest; zeros above
    /// where it has ended; `None` at the end.
    #[inline]
    fn word(self, at: usize) -> Option<u64> {
        let rest = self.path.get(at..)?;
        match rest.first_chunk() {
            Some(next) => Some(u64::from_le_bytes(*next)),
            None if rest.is_empty() => None,
            None => Some(self.tail >> (64 - 8 * rest.len())),
        }
    }

    /// Where the segment ends that starts at `start`, where `word` is, which
    /// has been read up to `at + 8`.
    #[inline]
    fn segment_end(self, start: usize, at: usize, word: u64) -> usize {
        match first_slash(word) {
            0 if at + 8 < self.path.len() => self.later_slash(at + 8),
            0 => self.path.len(),
            slash => start + slash.trailing_zeros() as usize / 8,
        }
    }

    /// Where a segment ends that goes on at `at`.
    // Out of the way of the walk, which is shorter without it.
    #[inline(never)]
    fn later_slash(self, mut at: usize) -> usize {
        while let Some(word) = self.word(at) {
            match first_slash(word) {
                0 => at += 8,
                slash => return at + slash.trailing_zeros() as usize / 8,
            }
        }
        self.path.len()
    }
}

/// The top bit of each byte that is a slash, and possibly of some above the
/// lowest such byte, which is the one that counts.
#[inline]
const fn first_slash(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let others = word ^ u64::from_le_bytes([b'/'; 8]);
    others.wrapping_sub(ONES) & !others & (ONES << 7)
}

/// [`Walk::tail`] of a path of up to seven bytes.
#[inline]
fn short_tail(path: &[u8]) -> u64 {
    match (path.first_chunk(), path.last_chunk()) {
        // Both hold the bytes in the middle.
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << (64 - 8 * path.len())
                | u64::from(u32::from_le_bytes(*last)) << 32
        }
        _ => path
            .iter()
            .fold(0, |tail, &byte| tail >> 8 | u64::from(byte) << 56),
    }
}
