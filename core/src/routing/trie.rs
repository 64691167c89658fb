//! The look-up: a trie of segments in one static array.
//!
//! Owns the nodes and the walk through them. Refuses to build: `laying` does,
//! when the program compiles. `table` says where to start.
//!
//! One trie per method, each for what follows the first `/`. A path is read as
//! if a slash followed it, so that each of its segments ends with one, in steps
//! of up to eight bytes: what is left of the segment, or eight bytes of it. The
//! routes `/users`, `/users/me`, `/users/{id}/notifications` and `/{*rest}` make
//!
//! ```text
//! root ─┬─ users/ ──┬─ me/                                     route 1
//!       │  route 0  └─ {} ─── notifica ─── tions/              route 2
//!       └─ {*}                                                 route 3
//! ```
//!
//! A walk for `/users/me/notifications` goes down `users/` and `me/`, which has
//! nothing below it; goes back to the last node that has something less
//! specific to offer, `users/`, takes `{}` for `me`, goes down `notifica` and
//! `tions/`, is at the end and answers 2. For `/users/` it finds nothing below
//! `users/`, since a parameter is not empty, goes back to the root, takes all
//! of it for `{*}` and answers 3.
//!
//! A walk goes down from a node to each of its children at most once, so it
//! visits every node at most once: going back costs no more than the table is
//! large, whatever the path. It goes back by recursion, whose depth is at most
//! that of the longest pattern in segments, and allocates nothing.
//!
//! The eight bytes are one word, and so is a label. A step takes about forty
//! instructions: it finds the slash in the word, clears what follows it, and
//! takes the child at `base` plus eight bits that [`hash`] makes of what is left.
//! Children of one node that have the same hash are chained, which is rare below
//! some dozens of children and costs seven instructions for each. The children
//! of other nodes lie in the gaps. That a child
//! belongs to its parent need not be checked: no two nodes have the same
//! `base`, so what lies at `base + hash(word)` and is another's child has a
//! label other than `word`, and so has all that is chained to it. (A child that
//! hangs in a chain lies as if it were the only child of a node with a `base`
//! of its own.)

use crate::routing::captures::Captures;

/// A node of the trie, or a gap in the array.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// The up to eight bytes from its parent to it, as [`label`] makes them;
    /// [`Node::NO_LABEL`] for a parameter or a gap.
    label: u64,
    /// Where its children are, less what their labels make; wraps around.
    base: u16,
    /// The route that ends here, or [`Node::NO_ROUTE`].
    route: u16,
    /// The next child of the same parent with the same hash, or an index behind
    /// the array.
    next: u16,
    /// How many bytes the label has.
    len: u8,
    /// Which children it has.
    children: u8,
}

impl Node {
    /// Matches no path: text never has the byte 255.
    const NO_LABEL: u64 = u64::MAX;
    const NO_ROUTE: u16 = u16::MAX;
    const LITERALS: u8 = 1;
    const PARAMETER: u8 = 2;
    const CATCH_ALL: u8 = 4;

    /// A gap.
    pub(crate) const GAP: Self = Self {
        label: Self::NO_LABEL,
        base: 0,
        route: Self::NO_ROUTE,
        next: u16::MAX,
        len: 0,
        children: 0,
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

    /// The node that `step` leads to.
    pub(crate) const fn to(step: Step) -> Self {
        match step {
            Step::Literal(label) => {
                let [len, ..] = label_len(label).to_le_bytes();
                Self {
                    label,
                    len,
                    ..Self::GAP
                }
            }
            Step::Parameter | Step::CatchAll => Self::GAP,
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

    /// Puts the next child of the same parent with the same hash at `slot`.
    pub(crate) const fn chain(&mut self, slot: u16) {
        self.next = slot;
    }

    /// Says that there is a child for `step`.
    pub(crate) const fn offer(&mut self, step: Step) {
        self.children |= match step {
            Step::Literal(_) => Self::LITERALS,
            Step::Parameter => Self::PARAMETER,
            Step::CatchAll => Self::CATCH_ALL,
        };
    }

    /// Whether a walk that is here and reads the label of `literal` looks at
    /// `slot` first, if it is a literal at all; and whether that is chained there.
    #[cfg(test)]
    pub(crate) fn leads_to(&self, slot: usize, literal: &Self) -> (bool, bool) {
        let first = self.base.wrapping_add(hash(literal.label));
        (
            self.children & Self::LITERALS != 0 && literal.len > 0 && usize::from(first) == slot,
            usize::from(self.next) == slot,
        )
    }

    #[inline]
    fn ended(&self) -> Option<usize> {
        (self.route != Self::NO_ROUTE).then_some(usize::from(self.route))
    }
}

/// What leads from a node to a child.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// Up to eight bytes, as [`label`] makes them.
    Literal(u64),
    Parameter,
    CatchAll,
}

impl Step {
    /// How many [`Step::offset`]s there are.
    pub(crate) const OFFSETS: usize = 258;

    pub(crate) const fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Literal(label), Self::Literal(other)) => label == other,
            (Self::Parameter, Self::Parameter) | (Self::CatchAll, Self::CatchAll) => true,
            _ => false,
        }
    }

    /// Where the child is, counted from its parent's base.
    #[inline]
    pub(crate) const fn offset(self) -> u16 {
        match self {
            Self::Literal(label) => hash(label),
            Self::Parameter => 256,
            Self::CatchAll => 257,
        }
    }
}

/// Eight bits of a label: multiplying by an odd number without a pattern, here
/// 2^64 divided by the golden ratio, lets each byte have a say in the topmost.
#[inline]
const fn hash(label: u64) -> u16 {
    (label.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u16
}

/// One path on its way through the array.
#[derive(Clone, Copy)]
pub(crate) struct Walk<'w> {
    nodes: &'w [Node],
    path: &'w [u8],
}

impl<'w> Walk<'w> {
    #[inline]
    pub(crate) fn new(nodes: &'w [Node], path: &'w str) -> Self {
        let path = path.as_bytes();
        Self { nodes, path }
    }

    /// The route that the path, which starts with a slash, takes below `root`,
    /// if that is in the array. If there is none, what is in `captures` has no
    /// meaning.
    // Inlined where a walk starts, so that it starts without a call.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    pub(crate) fn find(self, root: u16, captures: &mut Captures) -> Option<usize> {
        let [b'/', rest @ ..] = self.path else {
            return None;
        };
        self.below(self.nodes.get(usize::from(root))?, rest, captures)
    }

    /// The route that `rest`, which follows a slash, takes below `node`.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn below(
        self,
        mut node: &'w Node,
        mut rest: &'w [u8],
        captures: &mut Captures,
    ) -> Option<usize> {
        loop {
            let word = self.word(rest);
            if node.children == Node::LITERALS {
                node = self.literal(node, label(word))?;
                match rest.get(usize::from(node.len)..) {
                    Some(after) => rest = after,
                    None => return node.ended(),
                }
                continue;
            }
            if node.children & Node::LITERALS != 0
                && let Some(literal) = self.literal(node, label(word))
            {
                let mark = captures.len();
                let found = match rest.get(usize::from(literal.len)..) {
                    Some(after) => self.again(literal, after, captures),
                    None => literal.ended(),
                };
                if found.is_some() {
                    return found;
                }
                captures.truncate(mark);
            }
            if node.children & Node::PARAMETER != 0 {
                let len = match first_slash(word) {
                    0 => self.segment_len(rest),
                    slash => slash.trailing_zeros() as usize / 8,
                };
                if len > 0 {
                    captures.push(rest.len(), len);
                    let parameter = self.child(node, Step::Parameter);
                    let after = rest.get(len + 1..);
                    if node.children & Node::CATCH_ALL == 0 {
                        node = parameter;
                        match after {
                            Some(after) => rest = after,
                            None => return node.ended(),
                        }
                        continue;
                    }
                    let mark = captures.len() - 1;
                    let found = match after {
                        Some(after) => self.again(parameter, after, captures),
                        None => parameter.ended(),
                    };
                    if found.is_some() {
                        return found;
                    }
                    captures.truncate(mark);
                }
            }
            if node.children & Node::CATCH_ALL == 0 || rest.is_empty() {
                return None;
            }
            captures.push(rest.len(), rest.len());
            return self.child(node, Step::CatchAll).ended();
        }
    }

    /// [`below`](Self::below), from within itself.
    #[inline(never)]
    fn again(self, node: &'w Node, rest: &'w [u8], captures: &mut Captures) -> Option<usize> {
        self.below(node, rest, captures)
    }

    /// The child of `node`, which has literals for children, that has `label`.
    #[inline]
    fn literal(self, node: &Node, label: u64) -> Option<&'w Node> {
        let mut slot = node.base.wrapping_add(hash(label));
        loop {
            let child = self.nodes.get(usize::from(slot))?;
            if child.label == label {
                return Some(child);
            }
            slot = child.next;
        }
    }

    /// The child of `node` that is there for sure.
    #[inline]
    fn child(self, node: &Node, step: Step) -> &'w Node {
        &self.nodes[usize::from(node.base.wrapping_add(step.offset()))]
    }

    /// The first eight bytes of `rest`, which the path ends with, and slashes
    /// where that is shorter.
    #[inline]
    fn word(self, rest: &[u8]) -> u64 {
        if let Some(first) = rest.first_chunk() {
            return u64::from_le_bytes(*first);
        }
        match self.path.last_chunk() {
            // What precedes `rest` is shifted out, the slash before it last.
            Some(last) => {
                let last = u64::from_le_bytes(*last) >> (56 - 8 * rest.len()) >> 8;
                last | ENDS[rest.len()]
            }
            None => short_word(rest),
        }
    }

    /// The length of the segment that `rest` starts with, which has eight bytes
    /// or more.
    // Out of the way of the walk, which is shorter without it.
    #[inline(never)]
    fn segment_len(self, rest: &[u8]) -> usize {
        let mut len = 8;
        loop {
            let slash = first_slash(self.word(&rest[len..]));
            if slash != 0 {
                return len + slash.trailing_zeros() as usize / 8;
            }
            len += 8;
        }
    }
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
const TOPS: u64 = ONES << 7;
const SLASHES: u64 = u64::from_le_bytes([b'/'; 8]);

/// The bytes of `word`, the first one lowest, up to its first slash and with it;
/// zeros above. What is no ASCII may end it as a slash does: that is cheaper to
/// find, and does no harm, since patterns are cut in the same way.
#[inline]
pub(crate) const fn label(word: u64) -> u64 {
    let ends = (word ^ SLASHES).wrapping_sub(ONES) & TOPS;
    word & (ends ^ ends.wrapping_sub(1))
}

/// How many bytes the label is made of that is made of `word`.
pub(crate) const fn label_len(word: u64) -> usize {
    let ends = (word ^ SLASHES).wrapping_sub(ONES) & TOPS;
    (ends.trailing_zeros() as usize + 1) / 8
}

/// The top bit of each byte that is a slash, and possibly of some above the
/// lowest such byte, which is the one that counts.
#[inline]
const fn first_slash(word: u64) -> u64 {
    let others = word ^ SLASHES;
    others.wrapping_sub(ONES) & !others & TOPS
}

/// What follows so many bytes of text in a word.
const ENDS: [u64; 8] = {
    let mut ends = [SLASHES; 8];
    let mut len = 1;
    while len < 8 {
        ends[len] = ends[len - 1] << 8;
        len += 1;
    }
    ends
};

/// [`Walk::word`] of less than eight bytes, in a path that has no more.
#[inline]
fn short_word(rest: &[u8]) -> u64 {
    let text = match (rest, rest.first_chunk(), rest.last_chunk()) {
        // Both hold the bytes in the middle.
        (_, Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first))
                | u64::from(u32::from_le_bytes(*last)) << (8 * (rest.len() - 4))
        }
        (&[first, second, third], ..) => u64::from_le_bytes([first, second, third, 0, 0, 0, 0, 0]),
        (&[first, second], ..) => u64::from_le_bytes([first, second, 0, 0, 0, 0, 0, 0]),
        (&[first], ..) => u64::from(first),
        _ => 0,
    };
    text | ENDS[rest.len()]
}
