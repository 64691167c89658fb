//! The look-up: a trie of segments in one static array.
//!
//! Owns the nodes and the walk through them. Refuses to build: `laying` does,
//! when the program compiles. `table` says where to start; `word` cuts paths
//! into the words that are compared here.
//!
//! There is one root per method. Below it are the patterns with parameters; those
//! without are `whole_paths`'s. A path is read as if a slash followed it, so that each of
//! its segments ends with one, in steps of up to eight bytes, or nine if the ninth
//! is the slash. Parameters that follow a literal before anything else can are
//! counted in its node. The routes `/users/{id}`, `/users/{id}/subscriptions`,
//! `/users/me/{tab}`, `/repos/{owner}/{name}/tags/{tag}` and `/{*rest}` make
//!
//! ```text
//! root ─┬─ users/ ─┬─ me/ {}                                    route 2
//!       │          └─ {} ─── subscri ─── ptions/                route 1
//!       │             route 0
//!       ├─ repos/ {} {} ─── tags/ {}                            route 3
//!       └─ {*}                                                  route 4
//! ```
//!
//! A walk for `/repos/me/it/tags/1` takes `repos/` and the segments `me` and `it`,
//! `tags/` and `1`, is at the end and answers 3: two steps. One for
//! `/users/me/subscriptions/x` takes `users/`, `me/` and `subscriptions`, is not at
//! the end and has nothing below it; goes back to the last node that has something
//! less specific to offer, `users/`, takes `{}` for `me`, goes down `subscri` and
//! `ptions/`, which has nothing below it; goes back to the root, takes all of the
//! path for `{*}` and answers 4.
//!
//! A walk goes down from a node to each of its children at most once, so it
//! visits every node at most once: going back costs no more than the table is
//! large, whatever the path. It goes back by recursion, whose depth is at most
//! that of the longest pattern in segments, and allocates nothing. Only a node
//! that has more than one child to offer for a path is worth that: where there are
//! literals alone, or a parameter and no literal fits, the walk is a loop.
//!
//! A label is one word. If it is the only literal below its node, it is compared
//! at once, which takes about twenty instructions for the whole step. Else a
//! step takes about thirty-five: it finds the slash, clears what follows it, and
//! takes the child at `base` plus eight bits that [`hash`] makes of what is left.
//! A parameter that is counted takes about twenty, and ten more for each eight
//! bytes that it is long. Children of one node that have the same hash are chained,
//! which is rare below some dozens of children and costs five instructions for
//! each. The children of other nodes lie in the gaps. That a child belongs to its
//! parent need not be checked: no two nodes have the same `base`, so what lies at
//! `base + hash(label)` and is another's child has another label, and so has all
//! that is chained to it. (A child that hangs in a chain, or is the only one, lies
//! as if it were the only child of a node with a `base` of its own.)
//!
//! Captures are written as they are met and count only when a route is found, so
//! that a miss has nothing to take back. The walk is compiled for each set that is
//! served: its array, and whether it has catch-alls, are constants there.

use crate::routing::captures::Captures;
use crate::routing::route::RouteInfo;
use crate::routing::tracks::narrow;
use crate::routing::word::{
    before_slash, ends_at_eight, first_word, hash, label, label_len, last_word, mask,
};

/// A node of the trie, or a gap in the array.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What leads from its parent to it: a [`label`]; [`Node::NO_LABEL`] for a
    /// parameter or a gap.
    label: u64,
    /// Which of the bytes of a path are those of the label, if there are eight.
    mask: u64,
    /// Where its children are: the first one that has the hash 0, or the only
    /// literal; wraps around.
    base: u16,
    /// The handler whose route ends here, behind the `parameters`, or
    /// [`Node::NO_ROUTE`].
    route: u16,
    /// The handler whose route ends before the `parameters`, if there are any.
    early: u16,
    /// The next child of the same parent with the same hash, or an index behind
    /// the array.
    next: u16,
    /// How many bytes of a path the label stands for.
    len: u8,
    /// Which children it has.
    kind: u8,
    /// How many parameters follow its label before anything else can: no nodes
    /// of their own stand for them.
    parameters: u8,
}

impl Node {
    /// Matches no path: text never has the byte 255.
    const NO_LABEL: u64 = u64::MAX;
    /// One literal.
    const LITERAL: u8 = 1;
    /// Several literals, each at its hash.
    const LITERALS: u8 = 2;
    const PARAMETER: u8 = 4;
    const CATCH_ALL: u8 = 8;
    /// The number of no handler.
    const NO_ROUTE: u16 = u16::MAX;

    /// A gap.
    pub(crate) const GAP: Self = Self {
        label: Self::NO_LABEL,
        mask: u64::MAX,
        base: 0,
        route: Self::NO_ROUTE,
        early: Self::NO_ROUTE,
        next: u16::MAX,
        len: 0,
        kind: 0,
        parameters: 0,
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
                    mask: mask(label),
                    len,
                    ..Self::GAP
                }
            }
            Step::Parameter | Step::CatchAll => Self::GAP,
        }
    }

    /// Ends a route here.
    pub(crate) const fn end(&mut self, number: u16) {
        self.route = number;
    }

    /// Whether a parameter may follow without a node of its own: no route ends
    /// between two of them, and the walk begins at a root with its children.
    pub(crate) const fn may_take_parameter(&self) -> bool {
        (self.parameters == 0 || self.route == Self::NO_ROUTE) && self.a_route().is_none()
    }

    /// Lets a parameter follow, before which the route that ended here ends.
    pub(crate) const fn take_parameter(&mut self) {
        if self.parameters == 0 {
            self.early = self.route;
        }
        self.route = Self::NO_ROUTE;
        self.parameters += 1;
    }

    /// Puts the children at `base`.
    pub(crate) const fn branch(&mut self, base: u16) {
        self.base = base;
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
        let is_label = there.len > 0 && there.a_route().is_none();
        let direct = self.kind & Self::LITERALS != 0
            && usize::from(self.base.wrapping_add(hash(there.label))) == slot
            || self.kind & Self::LITERAL != 0 && usize::from(self.base) == slot;
        (is_label && direct, usize::from(self.next) == slot)
    }

    /// Whether a catch-all is below it.
    pub(crate) const fn has_catch_all(&self) -> bool {
        self.kind & Self::CATCH_ALL != 0
    }

    /// The handler whose route ends here, after `count` parameters.
    #[inline]
    fn ended(&self, captures: &mut Captures, count: usize) -> Option<usize> {
        let number = number(self.route)?;
        captures.hold(count);
        Some(number)
    }

    /// The handler whose route ends behind the label, after `count` parameters.
    #[inline]
    fn ended_early(&self, captures: &mut Captures, count: usize) -> Option<usize> {
        let number = number(if self.parameters == 0 {
            self.route
        } else {
            self.early
        })?;
        captures.hold(count);
        Some(number)
    }
}

#[inline]
fn number(route: u16) -> Option<usize> {
    match route {
        Node::NO_ROUTE => None,
        number => Some(usize::from(number)),
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
            Self::Literal(label) => Self::FIRST + hash(label),
        }
    }
}

/// The number of the root for the method of `route`, which is one of `routes`.
pub(crate) const fn root_of(routes: &[RouteInfo], nodes: &[Node], route: &RouteInfo) -> u16 {
    let mut root = 0;
    while let Some(other) = nodes[root].a_route() {
        let other = &routes[other];
        if other.sketch.may_share_method(route.sketch) && other.method().same(route.method()) {
            break;
        }
        root += 1;
    }
    narrow(root)
}

/// The route with parameters that `path` takes below `root`, one of `nodes`. If
/// there is one, its parameters are in `captures`, which must come empty.
#[inline]
pub(crate) fn by_steps<N: Nodes>(
    nodes: N,
    root: &'static Node,
    path: &[u8],
    captures: &mut Captures,
) -> Option<usize> {
    match path {
        [b'/', rest @ ..] => {
            let last = last_word(path);
            Walk { nodes, last }.below(root, rest, captures, 0)
        }
        _ => None,
    }
}

/// The array of nodes, which a walk knows better if it is constant.
pub(crate) trait Nodes: Copy {
    /// The node in this place of the array.
    fn at(self, slot: usize) -> Option<&'static Node>;

    /// Whether any node may have a catch-all.
    fn may_catch_all(self) -> bool;
}

impl Nodes for &'static [Node] {
    #[inline]
    fn at(self, slot: usize) -> Option<&'static Node> {
        self.get(slot)
    }

    #[inline]
    fn may_catch_all(self) -> bool {
        true
    }
}

/// One path on its way through the array.
#[derive(Clone, Copy)]
struct Walk<N> {
    nodes: N,
    /// Its [`last_word`].
    last: u64,
}

impl<N: Nodes> Walk<N> {
    /// The route that `rest`, which follows a slash, takes below `node`; `count`
    /// parameters were found on the way there. Only if there is one, `captures`
    /// say how many they are in the end.
    // All calls in it are the last that it does, so that it needs no frame.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn below(
        self,
        mut node: &'static Node,
        mut rest: &[u8],
        captures: &mut Captures,
        mut count: usize,
    ) -> Option<usize> {
        loop {
            let word = first_word(rest, self.last);
            let kind = node.kind;
            let (child, len) = if kind == Node::LITERALS {
                let child = self.one_of(node, word, rest)?;
                (child, usize::from(child.len))
            } else if kind == Node::LITERAL {
                let child = self.only(node, word, rest)?;
                (child, usize::from(child.len))
            } else if kind & Node::PARAMETER != 0 {
                if self.catches_all(node) || self.literal(node, word, rest).is_some() {
                    return self.either(node, rest, captures, count);
                }
                let len = self.segment_len(word, rest);
                if len == 0 {
                    return None;
                }
                captures.put(count, rest.len(), len);
                count += 1;
                (self.child(node, Step::Parameter)?, len + 1)
            } else if self.catches_all(node) {
                return self.either(node, rest, captures, count);
            } else {
                return None;
            };
            let Some(after) = rest.get(len..) else {
                return child.ended_early(captures, count);
            };
            node = child;
            match self.parameters(child, after, captures, count) {
                Ok(after) => (rest, count) = after,
                Err(found) => return found,
            }
        }
    }

    /// Takes the parameters that follow the label of `node` from `rest`: gives what
    /// follows them and the new count, or else what was found.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn parameters<'p>(
        self,
        node: &Node,
        mut rest: &'p [u8],
        captures: &mut Captures,
        mut count: usize,
    ) -> Result<(&'p [u8], usize), Option<usize>> {
        let mut left = node.parameters;
        while left > 0 {
            let len = self.segment_len(first_word(rest, self.last), rest);
            if len == 0 {
                return Err(None);
            }
            captures.put(count, rest.len(), len);
            count += 1;
            match rest.get(len + 1..) {
                Some(after) => rest = after,
                None if left == 1 => return Err(node.ended(captures, count)),
                None => return Err(None),
            }
            left -= 1;
        }
        Ok((rest, count))
    }

    /// The same where `node` has more to offer than one child, if that fails.
    #[inline(never)]
    fn either(
        self,
        node: &'static Node,
        rest: &[u8],
        captures: &mut Captures,
        count: usize,
    ) -> Option<usize> {
        let word = first_word(rest, self.last);
        if let Some(literal) = self.literal(node, word, rest) {
            let found = match rest.get(usize::from(literal.len)..) {
                Some(after) => self.again(literal, after, captures, count),
                None => literal.ended_early(captures, count),
            };
            if found.is_some() {
                return found;
            }
        }
        let len = self.segment_len(word, rest);
        if node.kind & Node::PARAMETER != 0 && len > 0 {
            captures.put(count, rest.len(), len);
            let parameter = self.child(node, Step::Parameter)?;
            let found = match rest.get(len + 1..) {
                Some(after) => self.again(parameter, after, captures, count + 1),
                None => parameter.ended_early(captures, count + 1),
            };
            if found.is_some() {
                return found;
            }
        }
        if !self.catches_all(node) || rest.is_empty() {
            return None;
        }
        let number = number(self.child(node, Step::CatchAll)?.route)?;
        captures.put(count, rest.len(), rest.len());
        captures.hold_rest(count + 1);
        Some(number)
    }

    /// [`below`](Self::below), from within itself.
    #[inline(never)]
    fn again(
        self,
        node: &'static Node,
        rest: &[u8],
        captures: &mut Captures,
        count: usize,
    ) -> Option<usize> {
        match self.parameters(node, rest, captures, count) {
            Ok((rest, count)) => self.below(node, rest, captures, count),
            Err(found) => found,
        }
    }

    #[inline]
    fn catches_all(self, node: &Node) -> bool {
        self.nodes.may_catch_all() && node.kind & Node::CATCH_ALL != 0
    }

    /// The child of `node` whose label `rest`, whose first word is `word`,
    /// starts with.
    #[inline]
    fn literal(self, node: &Node, word: u64, rest: &[u8]) -> Option<&'static Node> {
        if node.kind & Node::LITERAL != 0 {
            self.only(node, word, rest)
        } else if node.kind & Node::LITERALS != 0 {
            self.one_of(node, word, rest)
        } else {
            None
        }
    }

    /// The same, if there is one literal.
    #[inline]
    fn only(self, node: &Node, word: u64, rest: &[u8]) -> Option<&'static Node> {
        let child = self.nodes.at(usize::from(node.base))?;
        let agrees =
            (child.label ^ word) & child.mask == 0 && (child.len <= 8 || ends_at_eight(rest));
        agrees.then_some(child)
    }

    /// The same, if there are several.
    #[inline]
    fn one_of(self, node: &Node, word: u64, rest: &[u8]) -> Option<&'static Node> {
        let label = label(word, rest);
        let slot = node.base.wrapping_add(hash(label));
        let mut child = self.nodes.at(usize::from(slot))?;
        while child.label != label {
            child = self.nodes.at(usize::from(child.next))?;
        }
        Some(child)
    }

    /// The child of `node` that is there for sure.
    #[inline]
    fn child(self, node: &Node, step: Step) -> Option<&'static Node> {
        let slot = node.base.wrapping_sub(Step::FIRST - step.offset());
        self.nodes.at(usize::from(slot))
    }

    /// The length of the segment that `rest`, whose first word is `word`, starts
    /// with.
    #[inline]
    fn segment_len(self, word: u64, rest: &[u8]) -> usize {
        if let Some(len) = before_slash(word) {
            return len;
        }
        let mut len = 8;
        while let Some(after) = rest.get(len..) {
            if let Some(more) = before_slash(first_word(after, self.last)) {
                return len + more;
            }
            len += 8;
        }
        len
    }
}
