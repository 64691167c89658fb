//! Whose a request is that no handler takes.
//!
//! Owns the rule: a path that a route matches by another method is that of the
//! route's set; any other is that of the mounted set with the longest prefix
//! that it is below. Refuses to know what such a set does: `handler` runs its
//! layers and catchers around the miss. Only sets that have some are asked for,
//! and only on a miss.

use crate::http::method::Method;
use crate::routing::entries::Entry;
use crate::routing::set::RouteSet;

/// The innermost set with something around it that a miss is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    /// A number that is dispatched to it, or into it.
    pub(crate) number: usize,
    /// How many sets with something around them a request enters on the way,
    /// it included.
    pub(crate) depth: usize,
}

impl Owner {
    /// The set that is served.
    fn served(wraps: bool) -> Self {
        Self {
            number: 0,
            depth: usize::from(wraps),
        }
    }

    /// The same for a request that goes on to a mounted set, whose first number
    /// is this.
    fn within(self, number: usize, wraps: bool) -> Self {
        if wraps {
            return Self {
                number,
                depth: self.depth + 1,
            };
        }
        self
    }
}

/// The owner of a path that no route matches by its method, or that is the
/// method of none; `None` if there is nothing around it. If several routes match
/// it, it is that of the `wanted` method, or else of the most specific one, the first
/// of several.
#[cold]
pub(crate) fn owner_of<R: RouteSet>(wanted: Option<Method<'_>>, path: &str) -> Option<Owner> {
    let served = Owner::served(R::WRAPS);
    let owner = if let Some(number) = R::table().handler_of(wanted, path) {
        by_number(R::ENTRIES, 0, number, served)
    } else {
        by_prefix(R::ENTRIES, 0, path, Near::served(served)).owner
    };
    (owner.depth > 0).then_some(owner)
}

/// The owner of the handler with this number, among `entries`, whose numbers
/// begin with `first`.
fn by_number(entries: &[Entry], mut first: usize, number: usize, owner: Owner) -> Owner {
    for entry in entries {
        let next = first + entry.numbers();
        if let Entry::Mount { set, .. } = entry
            && (first..next).contains(&number)
        {
            return by_number(set.entries, first, number, owner.within(first, set.wraps));
        }
        first = next;
    }
    owner
}

/// A set, and by which prefix a path is below it.
#[derive(Clone, Copy)]
struct Near {
    rank: Rank,
    owner: Owner,
}

impl Near {
    /// The set that is served, by no prefix.
    fn served(owner: Owner) -> Self {
        Self {
            rank: Rank::default(),
            owner,
        }
    }
}

/// How well a prefix fits: by the number of its segments, then by how soon it
/// has text where another one has a parameter.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    segments: u32,
    /// A bit for each of the last 64 segments, the last being the lowest.
    texts: u64,
}

/// The nearest of what is `near` already and the sets mounted in `entries`, whose
/// numbers begin with `first`; `path` is what follows the prefix so far.
fn by_prefix(entries: &[Entry], mut first: usize, path: &str, near: Near) -> Near {
    let mut nearest = near;
    for entry in entries {
        let numbers = entry.numbers();
        // A set without a number cannot be called.
        if let Entry::Mount { prefix, set } = entry
            && numbers > 0
            && let Some((rest, rank)) = below(prefix, path, near.rank)
        {
            let owner = near.owner.within(first, set.wraps);
            let found = by_prefix(set.entries, first, rest, Near { rank, owner });
            if found.rank > nearest.rank {
                nearest = found;
            }
        }
        first += numbers;
    }
    nearest
}

/// What follows `prefix` in `path`, and the rank of both prefixes together.
fn below<'p>(prefix: &str, path: &'p str, mut rank: Rank) -> Option<(&'p str, Rank)> {
    let mut rest = path;
    for segment in prefix.split('/').skip(1) {
        let behind = rest.strip_prefix('/')?;
        let (found, _) = behind.split_once('/').unwrap_or((behind, ""));
        let is_text = !segment.starts_with('{');
        if is_text && found != segment || found.is_empty() {
            return None;
        }
        rest = &behind[found.len()..];
        rank.segments += 1;
        rank.texts = rank.texts << 1 | u64::from(is_text);
    }
    Some((rest, rank))
}

#[cfg(test)]
mod tests {
    use super::{Near, Owner, Rank, below, by_number, by_prefix};
    use crate::http::method::Method;
    use crate::routing::entries::{Entry, Mounted};
    use crate::routing::route::RouteInfo;

    const ROUTES: &[RouteInfo] = &[RouteInfo::new(Method::Get, "/", "app::handler")];

    /// A set of as many routes as its entries have numbers.
    const fn set(routes: &'static [RouteInfo], entries: &'static [Entry], wraps: bool) -> Mounted {
        Mounted {
            routes,
            entries,
            wraps,
            wrapped: wraps,
        }
    }

    static LEAF: Mounted = set(ROUTES, &[Entry::new(Method::Get, "/", "leaf")], true);
    static PLAIN: Mounted = set(ROUTES, &[Entry::new(Method::Get, "/", "plain")], false);
    static EMPTY: Mounted = set(&[], &[], true);
    // Of numbers 0, 1 and 2.
    static THREE: [RouteInfo; 3] = [ROUTES[0]; 3];
    static BRANCH: Mounted = set(
        &THREE,
        &[
            Entry::new(Method::Get, "/", "branch"),
            Entry::mount("/leaf", &LEAF),
            Entry::mount("/plain", &PLAIN),
        ],
        true,
    );
    static SERVED: [Entry; 7] = [
        Entry::new(Method::Get, "/", "index"),
        Entry::mount("/empty", &EMPTY),
        Entry::mount("/{any}", &BRANCH),
        Entry::mount("/a", &LEAF),
        Entry::mount("/a/b", &PLAIN),
        Entry::mount("/p", &PLAIN),
        Entry::mount("/{any}/leaf", &PLAIN),
    ];

    #[test]
    fn a_path_is_below_a_prefix_by_whole_segments() {
        for (prefix, path, expected) in [
            ("/a", "/a", Some("")),
            ("/a", "/a/", Some("/")),
            ("/a", "/a/b/c", Some("/b/c")),
            ("/a", "/ab", None),
            ("/a", "/", None),
            ("/a", "*", None),
            ("/a/{b}", "/a/x/c", Some("/c")),
            ("/a/{b}", "/a//c", None),
            ("/a/{b}", "/a", None),
        ] {
            let found = below(prefix, path, Rank::default());
            assert_eq!(found.map(|(rest, _)| rest), expected, "{prefix} {path}");
        }
    }

    #[test]
    fn the_longest_prefix_owns_a_path_and_text_comes_before_a_parameter() {
        for (wraps, path, number, depth) in [
            (false, "/", 0, 0),
            (true, "/nothing-mounted", 1, 2),
            (true, "/", 0, 1),
            (false, "/x/y", 1, 1),
            (false, "/x/plain/y", 1, 1),
            // Both of two segments, one by a nested mount: the first listed.
            (false, "/x/leaf/y", 2, 2),
            (false, "/a/y", 4, 1),
            (true, "/a/y", 4, 2),
            (false, "/a/b/y", 0, 0),
            (true, "/p/y", 0, 1),
            (false, "/empty", 1, 1),
        ] {
            let near = Near::served(Owner::served(wraps));
            let found = by_prefix(&SERVED, 0, path, near).owner;
            assert_eq!(found, Owner { number, depth }, "{path}");
        }
    }

    #[test]
    fn the_set_of_a_handler_owns_its_misses() {
        let owners = (0..=6).map(|number| by_number(&SERVED, 0, number, Owner::served(false)));
        let owners: Vec<_> = owners.map(|owner| (owner.number, owner.depth)).collect();
        assert_eq!(
            owners,
            [(0, 0), (1, 1), (2, 2), (1, 1), (4, 1), (0, 0), (0, 0)]
        );
    }
}
