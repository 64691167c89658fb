//! Laying out the trie, when the program compiles.
//!
//! Owns which nodes there are and where in the array each of them lies. Refuses
//! to look anything up: `trie` says what the array means. It is laid in one that
//! has room for any set, since const evaluation cannot allocate, and what was
//! taken of that is copied.
//!
//! The roots of all methods come first: `trie` tells why nodes do not get in each
//! other's way.
//!
//! A node is a range of routes that agree so far, as `tracks` divides them. While
//! all of them go on with a parameter, and none ends between two, it counts these
//! itself: of `/repos/{owner}/{name}` and `/repos/{owner}/{name}/tags` the node of
//! `repos/` has two, and one child. Its children are put where their offsets, added to a common base, all hit gaps in
//! the array; single children fill what gaps remain. Of children that have the
//! same offset, all but the first are put anywhere, and chained to it.

use crate::routing::route::RouteInfo;
use crate::routing::tracks::{
    OFFSETS, Range, Track, divide, divide_by_kind, divide_by_method, narrow, take_ended,
    take_parameter,
};
use crate::routing::trie::{Node, Step};

/// A trie as it was laid, before it is known how large its array is.
#[derive(Debug)]
pub struct Trie {
    nodes: [Node; MOST],
    len: usize,
}

/// The trie of these routes.
///
/// # Panics
///
/// If `ROUTES` is not their number, or there are more than 65,000 nodes.
// It is only ever called in const evaluation, where there is no stack.
#[allow(clippy::large_stack_arrays)]
pub const fn lay<const ROUTES: usize>(routes: &[RouteInfo]) -> Trie {
    let mut nodes = [Node::GAP; MOST];
    let len = lay_in(
        routes,
        &mut [Track::BLANK; ROUTES],
        &mut [Range::BLANK; ROUTES],
        &mut nodes,
    );
    Trie { nodes, len }
}

/// The nodes of a [`Trie`], in an array that is at most a half too large, and of
/// which `u16::MAX` is no place: that stands for none.
macro_rules! nodes_of {
    ($trie:expr) => {{
        let trie = $trie;
        nodes_of! { trie: 8 12 16 24 32 48 64 96 128 192 256 384 512 768 1024 1536 2048 3072 4096
        6144 8192 12_288 16_384 24_576 32_768 49_152 }
    }};
    ($trie:ident: $room:literal $($more:literal)*) => {
        if $trie.len() <= $room {
            &$trie.start::<$room>()
        } else {
            nodes_of!($trie: $($more)*)
        }
    };
    ($trie:ident:) => { &$trie.start::<{ u16::MAX as usize }>() };
}
pub(crate) use nodes_of;

impl Trie {
    /// How many places of the array are taken.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// The first `ROOM` places of the array.
    pub(crate) const fn start<const ROOM: usize>(&self) -> [Node; ROOM] {
        let mut start = [Node::GAP; ROOM];
        start.copy_from_slice(self.nodes.split_at(ROOM).0);
        start
    }
}

/// As [`lay`], for routes made when a test runs.
#[cfg(test)]
pub(crate) fn lay_now<const ROUTES: usize>(routes: &[RouteInfo; ROUTES]) -> Vec<Node> {
    let mut nodes = vec![Node::GAP; MOST];
    let len = lay_in(
        routes,
        &mut [Track::BLANK; ROUTES],
        &mut [Range::BLANK; ROUTES],
        &mut nodes,
    );
    nodes.truncate(len);
    nodes
}

/// The most places that an array has.
const MOST: usize = 1 << 16;

/// Lays all nodes, and gives how many places they take. `ranges` is a stack: of
/// ranges that do not overlap, it never has more than there are tracks.
const fn lay_in<'r>(
    routes: &'r [RouteInfo],
    tracks: &mut [Track<'r>],
    ranges: &mut [Range],
    nodes: &mut [Node],
) -> usize {
    let mut slots = Slots::new();
    let mut depth = divide_by_method(routes, tracks, ranges);
    let mut root = 0;
    while root < depth {
        slots.take(root, 0, 0);
        let range = &mut ranges[root];
        range.slot = root;
        nodes[root] = Node::root(tracks[range.start].route);
        range.start = divide_by_kind(routes, tracks, range.start, range.end);
        root += 1;
    }
    while depth > 0 {
        depth -= 1;
        let Range {
            start, end, slot, ..
        } = ranges[depth];
        let (mut start, mut ended) = take_ended(tracks, start, end);
        loop {
            if let Some(route) = ended {
                let number = routes[route as usize].number(route as usize);
                nodes[slot].end(narrow(number));
            }
            if !nodes[slot].may_take_parameter() || !take_parameter(tracks, start, end) {
                break;
            }
            nodes[slot].take_parameter();
            (start, ended) = take_ended(tracks, start, end);
        }
        if start == end {
            continue;
        }
        let children = depth;
        depth = divide(tracks, start, end, ranges, depth);
        let base = slots.place(ranges, children, depth);
        nodes[slot].branch(base);
        let mut last = [0; OFFSETS];
        let mut child = children;
        while child < depth {
            let range = &ranges[child];
            nodes[slot].offer(range.step, range.is_only);
            nodes[range.slot] = Node::to(range.step);
            hang(nodes, range, &mut last);
            child += 1;
        }
    }
    slots.len
}

/// Chains the node of `range` to the `last` one that has its offset.
const fn hang(nodes: &mut [Node], range: &Range, last: &mut [usize]) {
    if range.chained {
        nodes[last[range.offset]].chain(narrow(range.slot));
    }
    last[range.offset] = range.slot;
}

/// Which places of the array are taken.
struct Slots {
    taken: [bool; MOST],
    /// Which bases are: no two nodes have the same, `trie` says why.
    bases: [bool; MOST],
    /// All places from this one on are free.
    len: usize,
    /// Where the last single child was put, and where the next is tried: gaps
    /// before it are few, and looking at them again takes time.
    single: usize,
    /// The same for two or more children. It is mostly ahead of `single`, which
    /// fills the gaps that it leaves.
    several: usize,
}

impl Slots {
    // It is only ever made in const evaluation, where there is no stack.
    #[allow(clippy::large_stack_arrays)]
    const fn new() -> Self {
        Self {
            taken: [false; MOST],
            bases: [false; MOST],
            len: 0,
            single: 0,
            several: 0,
        }
    }

    /// Takes places for the children `start..end`, and gives their base.
    const fn place(&mut self, ranges: &mut [Range], start: usize, end: usize) -> u16 {
        let (mut lowest, mut chained, mut child) = (usize::MAX, 0, start);
        while child < end {
            let range = &ranges[child];
            if range.chained {
                chained += 1;
            } else if range.offset < lowest {
                lowest = range.offset;
            }
            child += 1;
        }
        let is_single = end - start - chained == 1;
        let mut slot = if is_single { self.single } else { self.several };
        while !self.fits(ranges, start, end, lowest, slot) {
            slot += 1;
        }
        if is_single {
            self.single = slot;
        } else {
            self.several = slot;
        }
        let base = base_of(slot, lowest);
        let mut child = start;
        while child < end {
            let range = &mut ranges[child];
            if !range.chained {
                range.slot = slot + range.offset - lowest;
                self.take(range.slot, range.offset, range.home);
            }
            child += 1;
        }
        let mut child = start;
        while chained > 0 {
            let range = &mut ranges[child];
            if range.chained {
                while self.taken[self.single]
                    || self.bases[base_of(self.single, range.offset) as usize]
                {
                    self.single += 1;
                }
                range.slot = self.single;
                self.take(self.single, range.offset, range.home);
                chained -= 1;
            }
            child += 1;
        }
        base.wrapping_add(Step::FIRST)
    }

    /// Whether the children `start..end`, less those that are chained, have
    /// places if the one with the offset `lowest` is put at `slot`.
    const fn fits(
        &self,
        ranges: &[Range],
        start: usize,
        end: usize,
        lowest: usize,
        slot: usize,
    ) -> bool {
        if self.bases[base_of(slot, lowest) as usize] {
            return false;
        }
        let mut child = start;
        while child < end {
            let range = &ranges[child];
            let place = slot + range.offset - lowest;
            if !range.chained && self.taken[place]
                || range.is_only && self.bases[base_of(place, range.home) as usize]
            {
                return false;
            }
            child += 1;
        }
        true
    }

    /// Takes `slot` for a child that has this offset, and the bases of which a
    /// look-up of its label would come to it.
    const fn take(&mut self, slot: usize, offset: usize, home: usize) {
        self.taken[slot] = true;
        self.bases[base_of(slot, offset) as usize] = true;
        self.bases[base_of(slot, home) as usize] = true;
        if self.len <= slot {
            self.len = slot + 1;
        }
    }
}

/// The base of the children of which one with this offset is at `slot`.
const fn base_of(slot: usize, offset: usize) -> u16 {
    narrow(slot).wrapping_sub(narrow(offset))
}

#[cfg(test)]
mod tests {
    use super::{Trie, lay, lay_now};
    use crate::http::method::Method;
    use crate::routing::captures::Captures;
    use crate::routing::route::RouteInfo;
    use crate::routing::table::Table;
    use crate::routing::whole_paths::{
        WholePath, count_wholes, lay_wholes, lay_wholes_now, wholes_of,
    };

    #[test]
    fn a_table_is_laid_when_the_program_compiles() {
        static ROUTES: [RouteInfo; 3] = [
            RouteInfo::new(Method::Get, "/users/{id}", "show"),
            RouteInfo::new(Method::Get, "/users", "list"),
            RouteInfo::new(Method::Post, "/users", "add"),
        ];
        const TRIE: &Trie = &lay::<3>(&ROUTES);
        static NODES: &[super::Node] = nodes_of!(TRIE);
        static WHOLES: &[WholePath] = wholes_of!(&ROUTES, NODES);
        static TABLE: Table = Table::new(&ROUTES, NODES, WHOLES);
        let find = |method, path| TABLE.find(method, path, &mut Captures::new());
        assert_eq!(find(Method::Get, "/users/7"), Some(0));
        assert_eq!(find(Method::Get, "/users"), Some(1));
        assert_eq!(find(Method::Post, "/users"), Some(2));
        assert_eq!(find(Method::Post, "/users/7"), None);
    }

    #[test]
    fn large_tables_stay_small() {
        // A hundred resources of five routes each; a node has 32 bytes.
        let routes: [RouteInfo; 500] = core::array::from_fn(|index| {
            let tail = ["", "/{id}", "/recent", "/{id}/notes", "/{id}/notes/{note}"][index % 5];
            RouteInfo::new(
                Method::Get,
                format!("/api/resource{}{tail}", index / 5).leak(),
                "handler",
            )
        });
        let nodes = lay_now(&routes);
        assert!(nodes.len() < 2 * routes.len(), "{} nodes", nodes.len());
        assert_eq!(size_of_val(&nodes[0]), 32);
        let wholes = lay_wholes_now(&routes, &nodes);
        let table = Table::new(Box::leak(Box::new(routes)), nodes.leak(), wholes.leak());
        for (index, route) in routes.iter().enumerate() {
            let path = route.pattern().replace('{', "x").replace('}', "");
            assert_eq!(
                table.find(Method::Get, &path, &mut Captures::new()),
                Some(index),
                "{path}"
            );
            assert_eq!(
                table.find(Method::Get, &format!("{path}/"), &mut Captures::new()),
                None,
                "{path}/"
            );
        }
    }

    /// What `trie` needs, since it does not check whose child it found.
    #[test]
    fn a_child_is_found_from_its_parent_alone() {
        let routes: [RouteInfo; 1500] = core::array::from_fn(|index| {
            let tail = ["", "/{x}", "/{x}/of-a-long-name/{y}"][index % 3];
            let pattern = format!("/{}/{}{tail}", index / 300, index % 300);
            RouteInfo::new(Method::Get, pattern.leak(), "handler")
        });
        let nodes = lay_now(&routes);
        let mut seen = [0, 0];
        for (slot, child) in nodes.iter().enumerate() {
            let leads = nodes.iter().map(|node| node.leads_to(slot, child));
            let (first, chained) = leads.fold((0, 0), |(first, chained), leads| {
                (first + usize::from(leads.0), chained + usize::from(leads.1))
            });
            assert!(first + chained <= 1, "{slot}: {first} and {chained}");
            seen = [seen[0] + first, seen[1] + chained];
        }
        // Five groups, one step each of the routes with parameters, and two more of
        // every other of these.
        assert_eq!(seen[0] + seen[1], 5 + 1000 + 2 * 500);
        assert!(seen[1] > 100, "some are chained");
    }
}
