//! The entries of `routes!`: handlers, and other sets under a prefix.
//!
//! Owns the order in which the routes of a set are numbered and the whole
//! patterns of mounted ones. Refuses to compare routes: that is `proof`'s. What
//! is made here are the statics of one set, which its `Table` borrows.

use crate::routing::route::{Route, RouteInfo};

/// One entry of `routes!`.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    /// A handler.
    Route(RouteInfo),
    /// The routes of another set, under a prefix.
    Mount {
        /// As written: starts with `/`, does not end with it.
        prefix: &'static str,
        /// With the patterns that they have in their own set.
        routes: &'static [RouteInfo],
    },
}

impl Entry {
    /// The entry of a handler's marker.
    pub const fn route<R: Route>() -> Self {
        Self::Route(RouteInfo::of::<R>())
    }

    /// The entry of a mounted set.
    pub const fn mount(prefix: &'static str, routes: &'static [RouteInfo]) -> Self {
        Self::Mount { prefix, routes }
    }

    /// How many routes it adds.
    pub(crate) const fn count(&self) -> usize {
        match self {
            Self::Route(_) => 1,
            Self::Mount { routes, .. } => routes.len(),
        }
    }
}

/// How many routes the set has.
pub const fn route_count(entries: &[Entry]) -> usize {
    first_of(entries, entries.len())
}

/// The number of the first route of entry `index`.
pub(crate) const fn first_of(entries: &[Entry], index: usize) -> usize {
    let (mut count, mut entry) = (0, 0);
    while entry < index {
        count += entries[entry].count();
        entry += 1;
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
pub const fn pattern_bytes(entries: &[Entry]) -> usize {
    let (mut bytes, mut entry) = (0, 0);
    while entry < entries.len() {
        if let Entry::Mount { prefix, routes } = entries[entry] {
            let mut route = 0;
            while route < routes.len() {
                bytes += prefix.len() + under_prefix(routes[route].pattern()).len();
                route += 1;
            }
        }
        entry += 1;
    }
    bytes
}

/// The whole patterns of the mounted routes, one after the other.
///
/// # Panics
///
/// If `BYTES` is not [`pattern_bytes`] of the same entries.
pub const fn join_patterns<const BYTES: usize>(entries: &[Entry]) -> [u8; BYTES] {
    let mut joined = [0; BYTES];
    let (mut at, mut entry) = (0, 0);
    while entry < entries.len() {
        if let Entry::Mount { prefix, routes } = entries[entry] {
            let mut route = 0;
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
pub const fn flatten<const COUNT: usize>(
    entries: &[Entry],
    joined: &'static [u8],
) -> [RouteInfo; COUNT] {
    let Ok(mut joined) = str::from_utf8(joined) else {
        panic!("patterns joined of text are text")
    };
    let mut flat = [RouteInfo::BLANK; COUNT];
    let (mut at, mut entry) = (0, 0);
    while entry < entries.len() {
        match entries[entry] {
            Entry::Route(route) => {
                flat[at] = route;
                at += 1;
            }
            Entry::Mount { prefix, routes } => {
                let mut route = 0;
                while route < routes.len() {
                    let length = prefix.len() + under_prefix(routes[route].pattern()).len();
                    let (whole, rest) = joined.split_at(length);
                    flat[at] = routes[route].at(whole);
                    joined = rest;
                    at += 1;
                    route += 1;
                }
            }
        }
        entry += 1;
    }
    assert!(at == COUNT, "`COUNT` is `route_count(entries)`");
    flat
}

#[cfg(test)]
mod tests {
    use super::{Entry, first_of, flatten, join_patterns, pattern_bytes, route_count};
    use crate::http::method::Method;
    use crate::routing::route::RouteInfo;

    const fn get(pattern: &'static str) -> RouteInfo {
        RouteInfo::new(Method::Get, pattern, "app::handler")
    }

    #[test]
    fn mounted_patterns_are_joined_to_their_prefix() {
        const USERS: &[RouteInfo] = &[get("/"), get("/{id}"), get("/größe/")];
        const ENTRIES: &[Entry] = &[
            Entry::Route(get("/")),
            Entry::mount("/users", USERS),
            Entry::mount("/none", &[]),
            Entry::mount("/orgs/{org}", USERS),
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
}
