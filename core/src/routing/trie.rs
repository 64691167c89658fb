//! The look-up: a trie of segments in one static array.
//!
//! Owns the nodes and the walk through them. Refuses to build: `laying` does,
//! when the program compiles. `table` says where to start; `word` cuts paths
//! into the words that are compared here.
//!
//! There is one root per method. Below it hang the paths without parameters,
//! each as a whole, by its [`key`]: one multiplication for each eight bytes
//! finds such a path or says that it is none, and the text is compared once.
//! They go first, since a literal comes before a parameter everywhere.
//!
//! The patterns with parameters make a trie. A path is read as if a slash
//! followed it, so that each of its segments ends with one, in steps of up to
//! eight bytes, or nine if the ninth is the slash. The routes `/users/{id}`,
//! `/users/{id}/subscriptions`, `/users/me/{tab}` and `/{*rest}` make
//!
//! ```text
//! root ─┬─ users/ ─┬─ me/ ─── {}                                route 2
//!       │          └─ {} ─── subscri ─── ptions/                route 1
//!       │             route 0
//!       └─ {*}                                                  route 3
//! ```
//!
//! A walk for `/users/me/subscriptions/x` goes down `users/`, `me/` and `{}`, is
//! not at the end and has nothing below it; goes back to the last node that has
//! something less specific to offer, `users/`, takes `{}` for `me`, goes down
//! `subscri` and `ptions/`, which has nothing below it; goes back to the root,
//! takes all of the path for `{*}` and answers 3.
//!
//! A walk goes down from a node to each of its children at most once, so it
//! visits every node at most once: going back costs no more than the table is
//! large, whatever the path. It goes back by recursion, whose depth is at most
//! that of the longest pattern in segments, and allocates nothing.
//!
//! A label is one word. If it is the only literal below its node, it is compared
//! at once, which takes about twenty instructions for the whole step. Else a
//! step takes about forty: it finds the slash, clears what follows it, and takes
//! the child at `base` plus eight bits that [`hash`] makes of what is left.
//! Children of one node that have the same hash are chained, which is rare below
//! some dozens of children and costs seven instructions for each. The children
//! of other nodes lie in the gaps. That a child belongs to its parent need not be
//! checked: no two nodes have the same `base`, so what lies at `base +
//! hash(label)` and is another's child has another label, and so has all that is
//! chained to it. (A child that hangs in a chain, or is the only one, lies as if
//! it were the only child of a node with a `base` of its own.)

use core::num::NonZero;

use crate::routing::captures::Captures;
use crate::routing::route::RouteInfo;
use crate::routing::word::{
    before_slash, ends_at_eight, first_word, hash, key, label, label_len, last_word, mask,
    same_text,
};

/// A node of the trie, a path without parameters, or a gap in the array.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What leads from its parent to it: a [`label`] or a [`key`];
    /// [`Node::NO_LABEL`] for a parameter or a gap.
    label: u64,
    /// Which of the bytes of a path are those of the label, if there are eight.
    /// Of a root, which lengths its whole paths have, one bit each, modulo 64.
    mask: u64,
    /// Where its children are: the first one that has the hash 0, or the only
    /// literal; wraps around. Of a whole path, its place in the list of routes.
    base: u16,
    /// The handler whose route ends here, or 0. Of a root, where none ends, the
    /// base of the whole paths.
    route: u16,
    /// The next child of the same parent with the same hash, or an index behind
    /// the array.
    next: u16,
    /// How many bytes of a path the label stands for. Of a root, the bits of
    /// the hash of whole paths.
    len: u8,
    /// What it is, and which children it has.
    kind: u8,
}

impl Node {
    /// Matches no path: text never has the byte 255.
    const NO_LABEL: u64 = u64::MAX;
    /// Several literals, each at its hash.
    const LITERALS: u8 = 1;
    /// One literal.
    const LITERAL: u8 = 2;
    const PARAMETER: u8 = 4;
    const CATCH_ALL: u8 = 8;
    /// A whole path.
    const WHOLE: u8 = 16;

    /// A gap.
    pub(crate) const GAP: Self = Self {
        label: Self::NO_LABEL,
        mask: u64::MAX,
        base: 0,
        route: 0,
        next: u16::MAX,
        len: 0,
        kind: 0,
    };

    /// The start of a trie. Its label says one of its routes, and so which
    /// method it is for, and matches no path all the same.
    pub(crate) const fn root(a_route: u16) -> Self {
        Self {
            label: Self::NO_LABEL - 1 - a_route as u64,
            mask: 0,
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
                    mask: mask(label),
                    len,
                    ..Self::GAP
                }
            }
            Step::Parameter | Step::CatchAll => Self::GAP,
        }
    }

    /// The path of this key, which is the pattern of route `index`.
    pub(crate) const fn whole(key: u64, index: u16) -> Self {
        Self {
            label: key,
            base: index,
            kind: Self::WHOLE,
            ..Self::GAP
        }
    }

    /// Ends a route here.
    pub(crate) const fn end(&mut self, number: u16) {
        self.route = number + 1;
    }

    /// Puts the children at `base`.
    pub(crate) const fn branch(&mut self, base: u16) {
        self.base = base;
    }

    /// Puts whole paths at `base`, by `bits` of their hash.
    pub(crate) const fn branch_wholes(&mut self, base: u16, bits: u8) {
        self.route = base;
        self.len = bits;
    }

    /// Says that there is a whole path of so many bytes.
    pub(crate) const fn offer_whole(&mut self, len: usize) {
        self.mask |= 1 << (len % 64);
    }

    /// Puts the next child of the same parent with the same hash at `slot`.
    pub(crate) const fn chain(&mut self, slot: u16) {
        self.next = slot;
    }

    /// Says that there is a child for `step`, the only literal if `is_only`.
    pub(crate) const fn offer(&mut self, step: Step, is_only: bool) {
        self.kind |= match step {
            Step::Literal(_) if is_only => Self::LITERAL,
            Step::Literal(_) => Self::LITERALS,
            Step::Parameter => Self::PARAMETER,
            Step::CatchAll => Self::CATCH_ALL,
        };
    }

    /// Whether a walk that is here and compares with the label at `slot`, which
    /// is `there`, comes from here directly; and whether by a chain.
    #[cfg(test)]
    pub(crate) fn leads_to(&self, slot: usize, there: &Self) -> (bool, bool) {
        let at = |base: u16, bits| usize::from(base.wrapping_add(hash(there.label, bits))) == slot;
        let is_label = there.len > 0 && there.a_route().is_none() || there.kind == Self::WHOLE;
        let direct = self.kind & Self::LITERALS != 0 && at(self.base, LABEL_BITS)
            || self.kind & Self::LITERAL != 0 && usize::from(self.base) == slot
            || self.a_route().is_some()
                && self.mask != 0
                && there.kind == Self::WHOLE
                && at(self.route, self.len);
        (is_label && direct, usize::from(self.next) == slot)
    }

    #[inline]
    const fn ended(&self) -> Found {
        Found(NonZero::new(self.route))
    }
}

/// What a look-up found, in one register.
#[derive(Clone, Copy)]
pub(crate) struct Found(Option<NonZero<u16>>);

impl Found {
    pub(crate) const NOTHING: Self = Self(None);

    /// The number of the handler.
    #[inline]
    pub(crate) fn number(self) -> Option<usize> {
        self.0.map(|above| usize::from(above.get()) - 1)
    }

    #[inline]
    pub(crate) const fn is_some(self) -> bool {
        self.0.is_some()
    }
}

/// What leads from a node to a child.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// A [`label`].
    Literal(u64),
    Parameter,
    CatchAll,
}

/// How many bits the hash of a label has, by which it is found.
const LABEL_BITS: u8 = 8;

impl Step {
    /// What is to be added to the base that a node has to come to its first
    /// child.
    pub(crate) const FIRST: u16 = 2;

    pub(crate) const fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Literal(label), Self::Literal(other)) => label == other,
            (Self::Parameter, Self::Parameter) | (Self::CatchAll, Self::CatchAll) => true,
            _ => false,
        }
    }

    /// Where the child is, counted from the first place that any can have.
    #[inline]
    pub(crate) const fn offset(self) -> u16 {
        match self {
            Self::CatchAll => 0,
            Self::Parameter => 1,
            Self::Literal(label) => Self::FIRST + hash(label, LABEL_BITS),
        }
    }
}

/// The route without parameters whose pattern is `path`, if there is one below
/// `root`; `routes` are those of the table.
#[allow(clippy::inline_always)]
#[inline(always)]
pub(crate) fn whole(nodes: &[Node], root: &Node, routes: &[RouteInfo], path: &[u8]) -> Found {
    if root.mask >> (path.len() % 64) & 1 == 0 {
        return Found::NOTHING;
    }
    let key = key(path);
    let mut slot = root.route.wrapping_add(hash(key, root.len));
    while let Some(child) = nodes.get(usize::from(slot)) {
        if child.label == key
            && child.kind == Node::WHOLE
            && let Some(route) = routes.get(usize::from(child.base))
            && same_text(route.pattern().as_bytes(), path)
        {
            return child.ended();
        }
        slot = child.next;
    }
    Found::NOTHING
}

/// The route with parameters that `path` takes below `root`, if there is one; else there are no captures.
// Not inlined, so that what is found as a whole saves no registers.
#[inline(never)]
pub(crate) fn by_steps(nodes: &[Node], root: &Node, path: &[u8], captures: &mut Captures) -> Found {
    match path {
        // The offsets of captures have 32 bits.
        [b'/', rest @ ..] if u32::try_from(rest.len()).is_ok() => {
            let last = last_word(path);
            let found = Walk { nodes, last }.below(root, rest, captures);
            if !found.is_some() {
                captures.truncate(0);
            }
            found
        }
        _ => Found::NOTHING,
    }
}

/// One path on its way through the array.
#[derive(Clone, Copy)]
struct Walk<'w> {
    nodes: &'w [Node],
    /// Its [`last_word`].
    last: u64,
}

impl<'w> Walk<'w> {
    /// The route that `rest`, which follows a slash, takes below `node`. If there
    /// is none, what was added to `captures` has no meaning.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn below(self, mut node: &'w Node, mut rest: &'w [u8], captures: &mut Captures) -> Found {
        loop {
            let word = first_word(rest, self.last);
            if let Some(literal) = self.literal(node, word, rest) {
                let after = rest.get(usize::from(literal.len)..);
                if node.kind & (Node::PARAMETER | Node::CATCH_ALL) == 0 {
                    node = literal;
                    match after {
                        Some(after) => rest = after,
                        None => return node.ended(),
                    }
                    continue;
                }
                let mark = captures.len();
                let found = match after {
                    Some(after) => self.again(literal, after, captures),
                    None => literal.ended(),
                };
                if found.is_some() {
                    return found;
                }
                captures.truncate(mark);
            }
            if node.kind & Node::PARAMETER != 0 {
                let len = before_slash(word).unwrap_or_else(|| segment_len(rest, self.last));
                if len > 0 {
                    captures.push(rest.len(), len);
                    let parameter = self.child(node, Step::Parameter);
                    let after = rest.get(len + 1..);
                    if node.kind & Node::CATCH_ALL == 0 {
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
            if node.kind & Node::CATCH_ALL == 0 || rest.is_empty() {
                return Found::NOTHING;
            }
            captures.push(rest.len(), rest.len());
            return self.child(node, Step::CatchAll).ended();
        }
    }

    /// [`below`](Self::below), from within itself.
    #[inline(never)]
    fn again(self, node: &'w Node, rest: &'w [u8], captures: &mut Captures) -> Found {
        self.below(node, rest, captures)
    }

    /// The child of `node` whose label `rest`, whose first word is `word`,
    /// starts with.
    #[inline]
    fn literal(self, node: &Node, word: u64, rest: &[u8]) -> Option<&'w Node> {
        if node.kind & Node::LITERAL != 0 {
            let child = self.nodes.get(usize::from(node.base))?;
            let agrees =
                (child.label ^ word) & child.mask == 0 && (child.len <= 8 || ends_at_eight(rest));
            return agrees.then_some(child);
        }
        if node.kind & Node::LITERALS == 0 {
            return None;
        }
        let label = label(word, rest);
        let mut slot = node.base.wrapping_add(hash(label, LABEL_BITS));
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
        let slot = node.base.wrapping_sub(Step::FIRST - step.offset());
        &self.nodes[usize::from(slot)]
    }
}

/// The length of the segment that `rest` starts with, which has eight bytes or
/// more and ends the path whose last word is `last`.
// Out of the way of the walk, which is shorter without it.
#[inline(never)]
fn segment_len(rest: &[u8], last: u64) -> usize {
    let mut len = 8;
    loop {
        match before_slash(first_word(&rest[len..], last)) {
            Some(more) => return len + more,
            None => len += 8,
        }
    }
}
