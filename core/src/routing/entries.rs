//! The entries of `routes!`: handlers, and other sets under a prefix.
//!
//! Owns the order in which the routes of a set are numbered and the whole
//! patterns of mounted ones. Refuses to compare routes: that is `proof`'s. What
//! is made here are the statics of one set, which its `Table` borrows.
//!
//! A route has a place in the list, and a handler the number that it is called
//! by. A handler with several routes has one number: that of its entry, so the
//! macro knows it without knowing how many routes there are. Behind the numbers
//! of the set's own entries come those of each mounted set. Both orders are the
//! same, so numbers never fall along the list.

use crate::http::method::Method;
use crate::routing::route::RouteInfo;

/// One entry of `routes!`.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    /// Left out by a `cfg`. Those after it keep their numbers all the same.
    Absent,
    /// A handler: its first route, and of the others what differs.
    Route(RouteInfo, &'static [(Method<'static>, &'static str)]),
    /// The routes of another set, under a prefix.
    Mount {
        /// As written: starts with `/`, does not end with it.
        prefix: &'static str,
        set: &'static Mounted,
    },
}

/// What is known of a set where it is mounted.
#[derive(Debug)]
pub struct Mounted {
    /// With the patterns that they have in this set.
    pub(crate) routes: &'static [RouteInfo],
    /// What they are made of.
    pub(crate) entries: &'static [Entry],
    /// It has layers or catchers of its own.
    pub(crate) wraps: bool,
    /// So has it, or a set that is mounted in it.
    pub(crate) wrapped: bool,
}

impl Entry {
    /// A handler with one route.
    pub const fn new(method: Method<'static>, pattern: &'static str, name: &'static str) -> Self {
        Self::Route(RouteInfo::of_entry(method, pattern, name), &[])
    }

    /// A function that is no handler: it contradicts none.
    pub const fn nothing(name: &'static str) -> Self {
        Self::new(Method::Extension(name), "/", name)
    }

    /// Whether this is of a function that is no handler.
    pub(crate) const fn is_nothing(&self) -> bool {
        match self {
            Self::Route(route, _) => route.method().same(Method::Extension(route.name())),
            _ => false,
        }
    }

    /// The same handler with more routes: methods and patterns.
    #[must_use]
    pub const fn also(self, more: &'static [(Method<'static>, &'static str)]) -> Self {
        match self {
            Self::Route(first, _) => Self::Route(first, more),
            other => other,
        }
    }

    /// The same handler behind guards of these names, in the order they are asked.
    #[must_use]
    pub const fn guarded(self, names: &'static [&'static str]) -> Self {
        match self {
            Self::Route(first, more) => Self::Route(first.guarded(names), more),
            other => other,
        }
    }

    /// The same handler, run on the pool for blocking work.
    #[must_use]
    pub const fn blocking(self) -> Self {
        match self {
            Self::Route(first, more) => Self::Route(first.run_as(true), more),
            other => other,
        }
    }

    /// The same handler, whose parameters are not its first arguments in order,
    /// but these.
    #[must_use]
    pub const fn takes(self, places: &'static [u8]) -> Self {
        match self {
            Self::Route(first, more) => Self::Route(first.taking(places), more),
            other => other,
        }
    }

    /// The entry of a mounted set.
    pub const fn mount(prefix: &'static str, set: &'static Mounted) -> Self {
        Self::Mount { prefix, set }
    }

    /// How many routes it adds.
    pub(crate) const fn count(&self) -> usize {
        match self {
            Self::Absent => 0,
            Self::Route(_, more) => 1 + more.len(),
            Self::Mount { set, .. } => set.routes.len(),
        }
    }

    /// How many numbers it takes.
    pub(crate) const fn numbers(&self) -> usize {
        match self {
            Self::Absent | Self::Route(..) => 1,
            Self::Mount { set, .. } => match set.routes.last() {
                Some(last) => last.number(set.routes.len() - 1) + 1,
                None => 0,
            },
        }
    }
}

/// Whether something runs around the handlers of a set that is mounted.
pub(crate) const fn any_wrapped(mut entries: &[Entry]) -> bool {
    while let [entry, after @ ..] = entries {
        if let Entry::Mount { set, .. } = entry
            && set.wrapped
        {
            return true;
        }
        entries = after;
    }
    false
}

/// How many routes the set has.
pub const fn route_count(entries: &[Entry]) -> usize {
    first_of(entries, entries.len())
}

/// The number of the first handler of entry `index`.
pub const fn first_number(entries: &[Entry], index: usize) -> usize {
    let (mut number, mut before) = (0, entries.split_at(index).0);
    while let [entry, after @ ..] = before {
        number += entry.numbers();
        before = after;
    }
    number
}

/// The place of the first of `routes` that is called by `number`, or else
/// where it would be.
pub(crate) const fn first_numbered(routes: &[RouteInfo], number: usize) -> usize {
    let (mut start, mut end) = (0, routes.len());
    while start < end {
        let middle = usize::midpoint(start, end);
        if routes[middle].number(middle) < number {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    start
}

/// The place of the first route of entry `index`.
pub(crate) const fn first_of(entries: &[Entry], index: usize) -> usize {
    let (mut count, mut before) = (0, entries.split_at(index).0);
    while let [entry, after @ ..] = before {
        count += entry.count();
        before = after;
    }
    count
}

/// What follows the prefix in the whole pattern of a mounted route: the root of
/// a set is the prefix itself, without a slash.
const fn under_prefix(pattern: &'static str) -> &'static str {
    match pattern.as_bytes() {
        b"/" => "",
        _ => pattern,
    }
}

/// How many bytes the whole patterns of the mounted routes have together.
pub const fn pattern_bytes(mut entries: &[Entry]) -> usize {
    let mut bytes = 0;
    while let [entry, after @ ..] = entries {
        if let Entry::Mount { prefix, set } = entry {
            let mut routes = set.routes;
            while let [route, after @ ..] = routes {
                bytes += prefix.len() + under_prefix(route.pattern()).len();
                routes = after;
            }
        }
        entries = after;
    }
    bytes
}

/// The whole patterns of the mounted routes, one after the other.
///
/// # Panics
///
/// If `BYTES` is not [`pattern_bytes`] of the same entries.
pub(crate) const fn join_patterns<const BYTES: usize>(entries: &[Entry]) -> [u8; BYTES] {
    let mut joined = [0; BYTES];
    let (mut at, mut entry) = (0, 0);
    while entry < entries.len() {
        if let Entry::Mount { prefix, set } = entries[entry] {
            let (routes, mut route) = (set.routes, 0);
            while route < routes.len() {
                at = put(&mut joined, at, prefix);
                at = put(&mut joined, at, under_prefix(routes[route].pattern()));
                route += 1;
            }
        }
        entry += 1;
    }
    assert!(at == BYTES, "`BYTES` is `pattern_bytes(entries)`");
    joined
}

/// Copies `text` to `at` and gives where it ends.
const fn put(bytes: &mut [u8], at: usize, text: &str) -> usize {
    let (_, rest) = bytes.split_at_mut(at);
    let (place, _) = rest.split_at_mut(text.len());
    place.copy_from_slice(text.as_bytes());
    at + text.len()
}

/// The routes of the set, in the order of its entries, under whole patterns.
///
/// # Panics
///
/// If `COUNT` is not [`route_count`] of the same entries, or `joined` is not
/// what [`join_patterns`] made of them.
pub(crate) const fn flatten<const COUNT: usize>(
    entries: &[Entry],
    joined: &'static [u8],
) -> [RouteInfo; COUNT] {
    let Ok(mut joined) = str::from_utf8(joined) else {
        panic!("patterns joined of text are text")
    };
    let mut flat = [RouteInfo::BLANK; COUNT];
    let (mut at, mut number, mut entry) = (0, 0, 0);
    while entry < entries.len() {
        match entries[entry] {
            Entry::Absent => {}
            Entry::Route(route, more) => at = list(&mut flat, at, &route, more, number),
            Entry::Mount { prefix, set } => {
                let (routes, mut route) = (set.routes, 0);
                while route < routes.len() {
                    let length = prefix.len() + under_prefix(routes[route].pattern()).len();
                    let (whole, rest) = joined.split_at(length);
                    flat[at] = routes[route]
                        .at(whole)
                        .numbered(number + routes[route].number(route));
                    joined = rest;
                    at += 1;
                    route += 1;
                }
            }
        }
        number += entries[entry].numbers();
        entry += 1;
    }
    assert!(at == COUNT, "`COUNT` is `route_count(entries)`");
    flat
}

/// How many routes the set has of its own.
pub const fn own_count(mut entries: &[Entry]) -> usize {
    let mut count = 0;
    while let [entry, after @ ..] = entries {
        if let Entry::Route(..) = entry {
            count += entry.count();
        }
        entries = after;
    }
    count
}

/// The first of `flatten`: the routes of the set's own handlers.
///
/// # Panics
///
/// If `COUNT` is not [`own_count`] of the same entries.
pub const fn own_routes<const COUNT: usize>(mut entries: &[Entry]) -> [RouteInfo; COUNT] {
    let mut own = [RouteInfo::BLANK; COUNT];
    let (mut at, mut number) = (0, 0);
    while let [entry, after @ ..] = entries {
        if let Entry::Route(route, more) = entry {
            // The handlers come first, and have a number each.
            at = list(&mut own, at, route, more, number);
        }
        (entries, number) = (after, number + 1);
    }
    assert!(at == COUNT, "`COUNT` is `own_count(entries)`");
    own
}

/// Puts the routes of handler `number` at `at` and gives where they end.
const fn list(
    routes: &mut [RouteInfo],
    mut at: usize,
    first: &RouteInfo,
    more: &[(Method<'static>, &'static str)],
    number: usize,
) -> usize {
    routes[at] = first.listed(number);
    at += 1;
    let mut other = 0;
    while other < more.len() {
        let (method, pattern) = more[other];
        routes[at] = RouteInfo::of_entry(method, pattern, first.name())
            .run_as(first.is_blocking())
            .guarded(first.guards())
            .listed(number);
        at += 1;
        other += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{
        Entry, Mounted, first_number, first_numbered, first_of, flatten, join_patterns,
        pattern_bytes, route_count,
    };
    use crate::http::method::Method;
    use crate::routing::route::RouteInfo;

    const fn get(pattern: &'static str) -> RouteInfo {
        RouteInfo::new(Method::Get, pattern, "app::handler")
    }

    impl Mounted {
        /// A set with nothing around it, whose entries do not matter.
        pub(crate) const fn plain(routes: &'static [RouteInfo]) -> Self {
            Self {
                routes,
                entries: &[],
                wraps: false,
                wrapped: false,
            }
        }
    }

    #[test]
    fn mounted_patterns_are_joined_to_their_prefix() {
        const USERS: &[RouteInfo] = &[get("/"), get("/{id}"), get("/größe/")];
        const ENTRIES: &[Entry] = &[
            Entry::Route(get("/"), &[]),
            Entry::mount("/users", &Mounted::plain(USERS)),
            Entry::mount("/none", &Mounted::plain(&[])),
            Entry::mount("/orgs/{org}", &Mounted::plain(USERS)),
        ];
        static JOINED: [u8; pattern_bytes(ENTRIES)] = join_patterns(ENTRIES);
        static ROUTES: [RouteInfo; route_count(ENTRIES)] = flatten(ENTRIES, &JOINED);
        assert_eq!(
            ROUTES.map(|route| route.pattern()),
            [
                "/",
                "/users",
                "/users/{id}",
                "/users/größe/",
                "/orgs/{org}",
                "/orgs/{org}/{id}",
                "/orgs/{org}/größe/"
            ]
        );
        assert_eq!(
            (0..=4)
                .map(|entry| first_of(ENTRIES, entry))
                .collect::<Vec<_>>(),
            [0, 1, 4, 4, 7]
        );
    }

    #[test]
    fn a_handler_has_one_number_whatever_its_routes() {
        const INNER: &[Entry] = &[
            Entry::Route(get("/a"), &[(Method::Post, "/a"), (Method::Get, "/b")]),
            Entry::Route(get("/c"), &[]),
        ];
        static INNER_JOINED: [u8; pattern_bytes(INNER)] = join_patterns(INNER);
        static INNER_ROUTES: [RouteInfo; route_count(INNER)] = flatten(INNER, &INNER_JOINED);
        static SET: Mounted = Mounted::plain(&INNER_ROUTES);
        const OUTER: &[Entry] = &[
            Entry::Absent,
            Entry::Route(get("/"), &[(Method::Put, "/")]),
            Entry::Route(get("/x"), &[]),
            Entry::Absent,
            Entry::mount("/one", &SET),
            Entry::mount("/none", &Mounted::plain(&[])),
            Entry::mount("/two", &SET),
        ];
        static JOINED: [u8; pattern_bytes(OUTER)] = join_patterns(OUTER);
        static ROUTES: [RouteInfo; route_count(OUTER)] = flatten(OUTER, &JOINED);
        let told = |index: usize, route: &RouteInfo| {
            let (method, pattern) = (route.method(), route.pattern());
            format!("{} {method} {pattern}", route.number(index))
        };
        let told: Vec<_> = (0..).zip(&ROUTES).map(|(at, it)| told(at, it)).collect();
        let expected = [
            "1 GET /",
            "1 PUT /",
            "2 GET /x",
            "4 GET /one/a",
            "4 POST /one/a",
            "4 GET /one/b",
            "5 GET /one/c",
            "6 GET /two/a",
            "6 POST /two/a",
            "6 GET /two/b",
            "7 GET /two/c",
        ];
        assert_eq!(told, expected);
        let numbers = |entry| first_number(OUTER, entry);
        assert_eq!([0, 1, 3, 4, 5, 6].map(numbers), [0, 1, 3, 4, 6, 6]);
        let places = |number| first_numbered(&ROUTES, number);
        assert_eq!([0, 1, 2, 4, 5, 7, 8].map(places), [0, 0, 2, 3, 6, 10, 11]);
        assert_eq!(first_numbered(&[get("/"), get("/a")], 1), 1);
    }
}
