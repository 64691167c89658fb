//! The table of a set: method and path in, number of the handler out.
//!
//! Owns the order in which methods are tried, which methods a path has when none
//! fits ([`Allow`]), and which fallback when it has no method at all. Refuses
//! sets that were not proved: `routes!` makes the proofs where it makes the
//! table. The look-up itself is `whole_paths`' and `trie`'s; `find` looks in the
//! table of a set that is served.

use core::fmt;

use crate::http::method::Method;
use crate::routing::captures::Captures;
use crate::routing::entries::first_numbered;
use crate::routing::pattern::Segments;
use crate::routing::route::RouteInfo;
use crate::routing::trie::{Node, by_steps};
use crate::routing::whole_paths::{WholePath, WholePaths};

/// All that is needed to look up a route; made by `routes!`.
#[derive(Debug)]
pub struct Table {
    routes: &'static [RouteInfo],
    nodes: &'static [Node],
    pub(crate) wholes: WholePaths,
    /// The root of each method by its number, or [`Table::NO_ROOT`].
    roots: [u16; KNOWN.len()],
    /// How many roots there are, those of extension methods included; they are
    /// the first of `nodes`.
    root_count: u16,
    /// The root of fallbacks, or [`Table::NO_ROOT`]. It is no method's: below
    /// it are the prefixes of the sets that have one.
    fallback: u16,
    /// How many segments the longest of these prefixes has.
    fallback_depth: usize,
    /// As `roots`, of those methods whose requests no route of another answers.
    lone_roots: [u16; KNOWN.len()],
    /// Whether a whole path is not the first route of a handler of the set's own.
    pub(crate) has_rest: bool,
    /// Whether any route has a catch-all.
    pub(crate) catches_all: bool,
}

/// The methods that have a number: their place here.
const KNOWN: [Method<'static>; 10] = [
    Method::Get,
    Method::Head,
    Method::Post,
    Method::Put,
    Method::Delete,
    Method::Connect,
    Method::Options,
    Method::Trace,
    Method::Patch,
    Method::Any,
];
const HEAD: usize = 1;
const ANY: usize = KNOWN.len() - 1;

/// The place of a method in [`KNOWN`].
#[inline]
const fn number(method: Method<'_>) -> Option<usize> {
    Some(match method {
        Method::Get => 0,
        Method::Head => HEAD,
        Method::Post => 2,
        Method::Put => 3,
        Method::Delete => 4,
        Method::Connect => 5,
        Method::Options => 6,
        Method::Trace => 7,
        Method::Patch => 8,
        Method::Any => ANY,
        Method::Extension(_) => return None,
    })
}

/// Whether a whole path is not the first route of a handler of the set's own.
const fn has_rest(routes: &[RouteInfo]) -> bool {
    let mut index = 0;
    while index < routes.len() {
        let route = &routes[index];
        let is_first = index == 0 || routes[index - 1].number(index - 1) != route.number(index);
        if (!is_first || !route.prefix().is_empty()) && route.is_whole() {
            return true;
        }
        index += 1;
    }
    false
}

const fn has_catch_all(nodes: &[Node]) -> bool {
    let mut slot = 0;
    while slot < nodes.len() {
        if nodes[slot].has_catch_all() {
            return true;
        }
        slot += 1;
    }
    false
}

/// How many segments the longest pattern of a fallback has.
const fn fallback_depth(routes: &[RouteInfo]) -> usize {
    let (mut depth, mut index) = (0, 0);
    while index < routes.len() {
        if routes[index].is_fallback() {
            let mut segments = Segments::of(routes[index].pattern());
            let mut count = 0;
            while segments.next().is_some() {
                count += 1;
            }
            if count > depth {
                depth = count;
            }
        }
        index += 1;
    }
    depth
}

impl Table {
    /// No node is there.
    const NO_ROOT: u16 = u16::MAX;

    /// The table of `routes`, whose trie is `nodes` and whose whole paths are
    /// `wholes`.
    ///
    /// # Panics
    ///
    /// If the routes name more than 64 methods.
    pub const fn new(
        routes: &'static [RouteInfo],
        nodes: &'static [Node],
        wholes: &'static [WholePath],
    ) -> Self {
        let mut roots = [Self::NO_ROOT; KNOWN.len()];
        let mut fallback = Self::NO_ROOT;
        let mut root = 0;
        while (root as usize) < nodes.len()
            && let Some(route) = nodes[root as usize].a_route()
        {
            if let Some(number) = number(routes[route].method()) {
                roots[number] = root;
            }
            if routes[route].is_fallback() {
                fallback = root;
            }
            root += 1;
        }
        assert!(
            root <= 64 || root == 65 && fallback != Self::NO_ROOT,
            "the routes of a set name up to 64 methods"
        );
        Self {
            routes,
            nodes,
            wholes: WholePaths::new(wholes, routes),
            roots,
            root_count: root,
            fallback,
            fallback_depth: match fallback {
                Self::NO_ROOT => 0,
                _ => fallback_depth(routes),
            },
            lone_roots: match roots[ANY] {
                Self::NO_ROOT => {
                    let mut lone_roots = roots;
                    lone_roots[HEAD] = Self::NO_ROOT;
                    lone_roots
                }
                _ => [Self::NO_ROOT; KNOWN.len()],
            },
            has_rest: !wholes.is_empty(),
            catches_all: has_catch_all(nodes),
        }
    }

    /// The same, for a set that may [match](crate::routing::set::RouteSet::MATCHED)
    /// the paths of its own handlers before it asks the table.
    pub(crate) const fn behind_match(mut self, is_matched: bool) -> Self {
        if is_matched {
            self.has_rest = has_rest(self.routes);
        }
        self
    }

    /// The root of a method, if no route of another answers its requests.
    #[inline]
    pub(crate) fn lone_root(&self, method: Method<'_>) -> u16 {
        number(method).map_or(Self::NO_ROOT, |number| self.lone_roots[number])
    }

    /// The routes of the handler with this number.
    pub(crate) fn routes_of(&self, number: usize) -> &'static [RouteInfo] {
        let first = first_numbered(self.routes, number);
        let rest = &self.routes[first.min(self.routes.len())..];
        let places = rest.iter().enumerate();
        let count = places.take_while(|(at, route)| route.number(first + at) == number);
        &rest[..count.count()]
    }

    /// The number of the handler that a request takes; its parameters are then in
    /// `captures`, which must come empty.
    ///
    /// Routes of the request's own method come before those of GET, for HEAD,
    /// and these before those of any method. Allocates nothing.
    // Not inlined, but what it calls last is: it then needs no frame.
    #[inline(never)]
    pub fn find(&self, method: Method<'_>, path: &str, captures: &mut Captures) -> Option<usize> {
        if method == Method::Head || self.roots[ANY] != Self::NO_ROOT {
            return self.find_among(method, path, captures);
        }
        self.below(self.root(method), path, captures)
    }

    /// The same where routes of several methods may fit.
    #[inline(never)]
    fn find_among(&self, method: Method<'_>, path: &str, captures: &mut Captures) -> Option<usize> {
        let get = match method {
            Method::Head => self.roots[0],
            _ => Self::NO_ROOT,
        };
        let mut roots = [self.root(method), get, self.roots[ANY]].into_iter();
        roots.find_map(|root| self.below(root, path, captures))
    }

    /// The number of the fallback for a path that no route matches, by any
    /// method: that of the longest prefix. The parameters of the prefix are then
    /// in `captures`, which must come empty.
    #[inline]
    pub(crate) fn fallback(&self, path: &str, captures: &mut Captures) -> Option<usize> {
        match self.fallback {
            Self::NO_ROOT => None,
            root => self.find_fallback(root, path, captures),
        }
    }

    #[cold]
    fn find_fallback(&self, root: u16, path: &str, captures: &mut Captures) -> Option<usize> {
        if !path.starts_with('/') || !self.allow(path).is_empty() {
            return None;
        }
        // A prefix ends before a slash, or where the path does.
        let mut slashes = path.match_indices('/').map(|(at, _)| at);
        let mut end = slashes.nth(self.fallback_depth).unwrap_or(path.len());
        while end > 0 {
            let found = self.below(root, &path[..end], captures);
            if found.is_some() {
                captures.extend_path(path.len() - end);
                return found;
            }
            end = path[..end].rfind('/').unwrap_or(0);
        }
        self.below(root, "/", captures)
    }

    /// The route that a path takes below `root`; if there is none, there are no
    /// captures.
    #[inline]
    fn below(&self, root: u16, path: &str, captures: &mut Captures) -> Option<usize> {
        let path = path.as_bytes();
        match self.wholes.seek(root, path) {
            Some(place) if place.is_short(path) => Some(place.number()),
            place => self.below_after(place, root, path, captures),
        }
    }

    /// The same if it is not this whole path, and that is not long.
    // Not inlined, so that what is found before saves no registers.
    #[inline(never)]
    fn below_after(
        &self,
        place: Option<&'static WholePath>,
        root: u16,
        path: &[u8],
        captures: &mut Captures,
    ) -> Option<usize> {
        let node = self.nodes.get(usize::from(root))?;
        place
            .and_then(|place| self.wholes.check(place, root, path, self.routes))
            .or_else(|| by_steps(self.nodes, node, path, captures))
    }

    /// The number of a handler that takes this path by some method: that which a
    /// request with the `wanted` one takes, if there is one, or else the one with
    /// the most specific pattern; of several, the first.
    pub(crate) fn handler_of(&self, wanted: Option<Method<'_>>, path: &str) -> Option<usize> {
        let answered = |method| self.find(method, path, &mut Captures::new());
        let found = |root| {
            let mut captures = Captures::new();
            let number = self.below(root, path, &mut captures)?;
            Some((number, captures))
        };
        wanted.and_then(answered).or_else(|| {
            let found = self.roots_of_methods().filter_map(found);
            let best = found.min_by(|(a, met), (b, other)| met.compare(other).then(a.cmp(b)));
            best.map(|(number, _)| number)
        })
    }

    /// The methods that a path has, for a request that found no route.
    pub fn allow(&self, path: &str) -> Allow<'_> {
        let mut roots = 0;
        for root in self.roots_of_methods() {
            let found = self.below(root, path, &mut Captures::new()).is_some();
            roots |= u128::from(found) << root;
        }
        Allow { table: self, roots }
    }

    /// Whether any route names `method`.
    pub(crate) fn knows(&self, method: Method<'_>) -> bool {
        self.root(method) != Self::NO_ROOT
    }

    #[inline]
    fn root(&self, method: Method<'_>) -> u16 {
        match number(method) {
            Some(number) => self.roots[number],
            None => self.extension(method),
        }
    }

    /// The root of an extension method, which has no number.
    #[cold]
    fn extension(&self, method: Method<'_>) -> u16 {
        self.roots_of_methods()
            .find(|&root| self.method(root) == Some(method))
            .unwrap_or(Self::NO_ROOT)
    }

    /// All roots but that of fallbacks: at most 64.
    fn roots_of_methods(&self) -> impl Iterator<Item = u16> {
        (0..self.root_count).filter(|&root| root != self.fallback)
    }

    /// Which method a root is for.
    fn method(&self, root: u16) -> Option<Method<'static>> {
        self.nodes[usize::from(root)]
            .a_route()
            .map(|route| self.routes[route].method())
    }
}

/// The methods that a path has: none if it names nothing (404). Else (405, or
/// an answer to OPTIONS), its text is the value of the `Allow` field.
///
/// OPTIONS is among them, since the library answers it, and HEAD is where GET
/// is. A path with a route for any method has all that have a number.
#[derive(Clone, Copy, Debug)]
pub struct Allow<'t> {
    table: &'t Table,
    /// One bit for each root below which there is a route; there may be 65.
    roots: u128,
}

impl Allow<'_> {
    /// Whether the path has no method at all.
    pub fn is_empty(&self) -> bool {
        self.roots == 0
    }

    /// Whether a route answers the method with this number.
    fn has(&self, number: usize) -> bool {
        let root = self.table.roots[number];
        root != Table::NO_ROOT && self.roots >> root & 1 != 0
    }
}

impl fmt::Display for Allow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return Ok(());
        }
        let known = KNOWN[..ANY].iter().enumerate().filter(|&(number, method)| {
            self.has(number)
                // Which is refused before it is looked up.
                || self.has(ANY) && *method != Method::Connect
                || *method == Method::Options
                || *method == Method::Head && self.has(0)
        });
        let extensions = (0..self.table.root_count)
            .filter(|root| self.roots >> root & 1 != 0)
            .filter_map(|root| self.table.method(root))
            .filter(|method| number(*method).is_none());
        let mut comma = "";
        for method in known.map(|(_, method)| *method).chain(extensions) {
            write!(f, "{comma}{method}")?;
            comma = ", ";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Table;
    use crate::http::method::Method::{
        self, Any, Connect, Delete, Extension, Get, Head, Options, Patch, Post, Put, Trace,
    };
    use crate::routing::captures::Captures;
    use crate::routing::laying::lay_now;
    use crate::routing::proof::conflict_before;
    use crate::routing::random::Random;
    use crate::routing::reference::{
        all_paths, all_patterns, matches, most_specific, paths_of_words, patterns_of_words,
        specificity,
    };
    use crate::routing::route::{FALLBACK, RouteInfo};
    use crate::routing::whole_paths::lay_wholes_now;

    /// The route and its parameters.
    type Found<'a> = Option<(usize, &'a [&'a str])>;

    fn table_of<const ROUTES: usize>(routes: [(Method<'static>, &'static str); ROUTES]) -> Table {
        let routes =
            Box::leak(Box::new(routes.map(|(method, pattern)| {
                RouteInfo::new(method, pattern, "handler")
            })));
        for index in 0..ROUTES {
            assert!(
                conflict_before(routes, index).is_none(),
                "{:?}",
                conflict_before(routes, index).unwrap().as_str()
            );
        }
        table(routes)
    }

    fn table<const ROUTES: usize>(routes: &'static [RouteInfo; ROUTES]) -> Table {
        let nodes = lay_now(routes);
        let wholes = lay_wholes_now(routes, &nodes);
        Table::new(routes, nodes.leak(), wholes.leak())
    }

    /// Which route a request takes, and its parameters.
    fn found<'p>(
        table: &Table,
        method: Method<'_>,
        path: &'p str,
    ) -> Option<(usize, Vec<&'p str>)> {
        let mut captures = Captures::new();
        let index = table.find(method, path, &mut captures);
        let texts = (1..=captures.len())
            .rev()
            .map(|back| captures.from_end(path, back))
            .collect();
        assert!(
            index.is_some() || captures.len() == 0,
            "a miss leaves no captures"
        );
        index.map(|index| (index, texts))
    }

    #[test]
    fn the_handler_of_a_path_is_that_of_a_method_or_the_most_specific() {
        let table = table_of([
            (Get, "/{*all}"),
            (Put, "/{a}/{b}"),
            (Post, "/{a}/x"),
            (Patch, "/a/{b}"),
            (Delete, "/a/x"),
        ]);
        for (wanted, path, expected) in [
            (None, "/a/x", Some(4)),
            (Some(Put), "/a/x", Some(1)),
            // By whom a request with this method would be answered.
            (Some(Head), "/a/x", Some(0)),
            (Some(Trace), "/a/x", Some(4)),
            (None, "/a/y", Some(3)),
            (None, "/b/x", Some(2)),
            (None, "/b/y", Some(1)),
            (None, "/b", Some(0)),
            (Some(Extension("PURGE")), "/b", Some(0)),
            (None, "/", None),
            (None, "*", None),
        ] {
            assert_eq!(table.handler_of(wanted, path), expected, "{path}");
        }
        // A rest of one segment is met alike by both.
        let table = table_of([
            (Get, "/files/{*path}"),
            (Put, "/files/{*path}"),
            (Post, "/{a}/{*path}"),
            (Patch, "/{a}/{b}"),
            (Delete, "/files/{name}"),
            (Get, "/files/{name}"),
        ]);
        for (path, expected) in [
            ("/files/a", Some(4)),
            ("/files/a/b", Some(0)),
            ("/files/a/", Some(0)),
            ("/x/a", Some(3)),
            ("/x/a/b", Some(2)),
        ] {
            assert_eq!(table.handler_of(None, path), expected, "{path}");
        }
    }

    #[test]
    fn look_ups() {
        let table = table_of([
            (Get, "/"),
            (Get, "/users"),
            (Get, "/users/me"),
            (Get, "/users/{id}"),
            (Delete, "/users/{id}"),
            (Get, "/users/{id}/posts/{post}"),
            (Get, "/files/{*path}"),
            (Get, "/files/{name}"),
            (Get, "/files/{name}/meta"),
            (Get, "/größe/{in}/größer"),
            (Get, "/a-literal-of-more-than-sixteen-bytes/x"),
            (Any, "/any/{x}"),
            (Head, "/users/me"),
            (Extension("PROPFIND"), "/users/{id}"),
            (Extension("PURGE"), "/users/{id}"),
        ]);
        let cases: &[(Method<'_>, &str, Found<'_>)] = &[
            (Get, "/", Some((0, &[]))),
            (Get, "", None),
            (Get, "*", None),
            (Get, "xusers", None),
            (Post, "/", None),
            (Get, "/users", Some((1, &[]))),
            (Get, "/users/", None),
            (Get, "/user", None),
            (Get, "/users\0", None),
            (Get, "/users/me", Some((2, &[]))),
            (Get, "/users/men", Some((3, &["men"]))),
            (Get, "/users/m", Some((3, &["m"]))),
            (Delete, "/users/me", Some((4, &["me"]))),
            (Get, "/users/me/posts/7", Some((5, &["me", "7"]))),
            (
                Get,
                "/users/a-rather-long-identifier/posts/12345678",
                Some((5, &["a-rather-long-identifier", "12345678"])),
            ),
            (Get, "/users/1234567/posts/", None),
            (Get, "/users//posts/1", None),
            (Get, "/files/", None),
            (Get, "/files/x", Some((7, &["x"]))),
            (Get, "/files/x/meta", Some((8, &["x"]))),
            (Get, "/files/x/metadata", Some((6, &["x/metadata"]))),
            (Get, "/files/x/", Some((6, &["x/"]))),
            (Get, "/files//", Some((6, &["/"]))),
            (Get, "/größe/ü/größer", Some((9, &["ü"]))),
            (Get, "/grö\u{df}e/ü/große", None),
            (
                Get,
                "/a-literal-of-more-than-sixteen-bytes/x",
                Some((10, &[])),
            ),
            (Get, "/a-literal-of-more-than-sixteen-byteS/x", None),
            (Get, "/{", None),
            (Get, "/users/{", Some((3, &["{"]))),
            (Get, "/users/}", Some((3, &["}"]))),
            (Get, "/users/{id}/}", None),
            (Head, "/users/me", Some((12, &[]))),
            (Head, "/users/7", Some((3, &["7"]))),
            (Head, "/any/7", Some((11, &["7"]))),
            (Put, "/any/7", Some((11, &["7"]))),
            (Extension("WHATEVER"), "/any/7", Some((11, &["7"]))),
            (Extension("PROPFIND"), "/users/7", Some((13, &["7"]))),
            (Extension("PURGE"), "/users/7", Some((14, &["7"]))),
            (Extension("GET"), "/users/7", None),
        ];
        looks_up(&table, cases);
    }

    #[test]
    fn runs_of_parameters() {
        let table = table_of([
            (Get, "/repos/{owner}/{name}/tags"),
            (Get, "/repos/{owner}/{name}/tags/{tag}"),
            (Get, "/repos/{owner}/{name}/tags/{tag}/of-a-long-name"),
            (Trace, "/{a}/{b}"),
            (Trace, "/{a}/{b}/{c}/x"),
            (Patch, "/trailing/{a}/"),
            (Patch, "/trailing/{a}/{b}"),
        ]);
        let cases: &[(Method<'_>, &str, Found<'_>)] = &[
            (Get, "/repos", None),
            (Get, "/repos/", None),
            (Get, "/repos/o", None),
            (Get, "/repos/o/", None),
            (Get, "/repos//n/tags", None),
            (Get, "/repos/o/n", None),
            (Get, "/repos/o/n/", None),
            (Get, "/repos/o/n/tags", Some((0, &["o", "n"]))),
            (Get, "/repos/o/n/tags/", None),
            (Get, "/repos/o/n/tagst", None),
            (
                Get,
                "/repos/of-eight/of-sixteen-bytes/tags/1",
                Some((1, &["of-eight", "of-sixteen-bytes", "1"])),
            ),
            (
                Get,
                "/repos/o/of-seventeen-byte/tags/1/of-a-long-name",
                Some((2, &["o", "of-seventeen-byte", "1"])),
            ),
            (Get, "/repos/o/n/tags/1/of-a-long-namf", None),
            (Trace, "/a", None),
            (Trace, "/a/", None),
            (Trace, "/a/b", Some((3, &["a", "b"]))),
            (Trace, "/a/b/", None),
            (Trace, "/a/b/c", None),
            (Trace, "/a/b/c/x", Some((4, &["a", "b", "c"]))),
            (Patch, "/trailing/a", None),
            (Patch, "/trailing/a/", Some((5, &["a"]))),
            (Patch, "/trailing/a/b", Some((6, &["a", "b"]))),
            (Patch, "/trailing//", None),
        ];
        looks_up(&table, cases);
    }

    fn looks_up(table: &Table, cases: &[(Method<'_>, &str, Found<'_>)]) {
        for &(method, path, expected) in cases {
            let expected = expected.map(|(index, texts)| (index, texts.to_vec()));
            assert_eq!(found(table, method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn the_methods_of_a_path() {
        let table = table_of([
            (Get, "/both"),
            (Post, "/both"),
            (Put, "/{put}"),
            (Extension("PURGE"), "/purge"),
            (Extension("PROPFIND"), "/purge"),
            (Any, "/any"),
            (Extension("PURGE"), "/any"),
            (Options, "/options"),
            (Head, "/head/only"),
            (Patch, "/patch/only"),
            (Trace, "/patch/only"),
            (Connect, "/patch/only"),
        ]);
        let cases = [
            ("/both", "GET, HEAD, POST, PUT, OPTIONS"),
            ("/none", "PUT, OPTIONS"),
            ("/none/at/all", ""),
            ("*", ""),
            ("", ""),
            ("/purge", "PUT, OPTIONS, PURGE, PROPFIND"),
            (
                "/any",
                "GET, HEAD, POST, PUT, DELETE, OPTIONS, TRACE, PATCH, PURGE",
            ),
            ("/options", "PUT, OPTIONS"),
            ("/head/only", "HEAD, OPTIONS"),
            ("/patch/only", "CONNECT, OPTIONS, TRACE, PATCH"),
        ];
        for (path, expected) in cases {
            let allow = table.allow(path);
            assert_eq!(allow.to_string(), expected, "{path}");
            assert_eq!(allow.is_empty(), expected.is_empty(), "{path}");
        }
    }

    #[test]
    fn a_path_may_have_64_methods_and_a_fallback() {
        let method = |index| Extension(format!("M{index}").leak());
        let mut routes = [RouteInfo::new(FALLBACK, "/", "handler"); 65];
        // Wherever the root of the fallback is.
        for fallback in [0, 30, 64] {
            for (index, route) in routes.iter_mut().enumerate() {
                let (method, pattern) = if index == fallback {
                    (FALLBACK, "/")
                } else {
                    (method(index), "/{x}")
                };
                *route = RouteInfo::new(method, pattern, "handler");
            }
            let table = table(Box::leak(Box::new(routes)));
            let allow = table.allow("/x").to_string();
            for index in 0..65 {
                let found = table.find(method(index), "/x", &mut Captures::new());
                assert_eq!(found, (index != fallback).then_some(index));
                let is_told = allow.split(", ").any(|name| name == method(index).as_str());
                assert_eq!(is_told, index != fallback, "{allow}");
            }
            let found = table.fallback("/x/y", &mut Captures::new());
            assert_eq!(found, Some(fallback));
        }
    }

    #[test]
    #[should_panic(expected = "the routes of a set name up to 64 methods")]
    fn a_set_has_no_65_methods() {
        table(Box::leak(Box::new(core::array::from_fn::<_, 65, _>(
            |index| RouteInfo::new(Extension(format!("M{index}").leak()), "/", "handler"),
        ))));
    }

    #[test]
    fn a_table_knows_the_methods_of_its_routes() {
        let table = table_of([(Get, "/"), (Extension("PURGE"), "/{*all}")]);
        let methods = [
            Get,
            Extension("PURGE"),
            Head,
            Any,
            Extension("GET"),
            Extension("PROPFIND"),
        ];
        assert_eq!(
            methods.map(|method| table.knows(method)),
            [true, true, false, false, false, false]
        );
    }

    #[test]
    fn a_fallback_takes_what_is_below_its_prefix_and_has_no_route() {
        let table = table_of([
            (Get, "/"),
            (Get, "/api/users"),
            (Get, "/api/users/{id}"),
            (FALLBACK, "/api"),
            (FALLBACK, "/orgs/{org}/teams"),
            (FALLBACK, "/orgs/{org}"),
            (FALLBACK, "/orgs/me"),
            (Post, "/orgs/{org}/teams"),
        ]);
        let deep = format!("/api{}", "/x".repeat(1000));
        let cases: &[(&str, Found<'_>)] = &[
            ("/", None),
            ("/x", None),
            ("*", None),
            ("", None),
            ("/apix", None),
            ("/api", Some((3, &[]))),
            ("/api/", Some((3, &[]))),
            ("/api//", Some((3, &[]))),
            ("/api/users", None),
            ("/api/users/", Some((3, &[]))),
            ("/api/users/7", None),
            ("/api/users/7/x", Some((3, &[]))),
            (&deep, Some((3, &[]))),
            ("/orgs", None),
            ("/orgs/", None),
            ("/orgs/7", Some((5, &["7"]))),
            ("/orgs/7/x/y", Some((5, &["7"]))),
            ("/orgs/7/teams", None),
            ("/orgs/7/teams/", Some((4, &["7"]))),
            ("/orgs/7/teams/x/y", Some((4, &["7"]))),
            ("/orgs/me/x", Some((6, &[]))),
            ("/orgs/me/teams/x", Some((4, &["me"]))),
        ];
        for &(path, expected) in cases {
            let mut captures = Captures::new();
            let index = table.fallback(path, &mut captures);
            let texts: Vec<_> = (1..=captures.len())
                .rev()
                .map(|back| captures.from_end(path, back))
                .collect();
            assert_eq!(index.map(|index| (index, &*texts)), expected, "{path}");
        }
        let everywhere = table_of([(FALLBACK, "/"), (Get, "/a"), (Get, "/{x}/{y}")]);
        for (path, expected) in [
            ("/", Some(0)),
            ("/a", None),
            ("/a/", Some(0)),
            ("//", Some(0)),
            ("/b/c", None),
            ("/b/c/d", Some(0)),
        ] {
            let mut captures = Captures::new();
            assert_eq!(everywhere.fallback(path, &mut captures), expected, "{path}");
            assert_eq!(captures.len(), 0, "{path}");
        }
        // It is no method: not of a request, not of a path.
        assert_eq!(found(&table, FALLBACK, "/api"), None);
        assert!(!table.knows(FALLBACK));
        assert!(table.allow("/api").is_empty());
        assert_eq!(table.allow("/orgs/7/teams").to_string(), "POST, OPTIONS");
    }

    #[test]
    fn an_empty_set_finds_nothing() {
        let table = table_of([]);
        assert_eq!(found(&table, Get, "/"), None);
        assert!(table.allow("/").is_empty());
    }

    /// Sets of random routes, all small paths: the reference must agree.
    #[test]
    fn random_sets() {
        let (patterns, paths) = (all_patterns(), all_paths());
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        for _ in 0..40 {
            random_set::<1>(&mut random, &patterns, &paths);
            random_set::<4>(&mut random, &patterns, &paths);
            random_set::<12>(&mut random, &patterns, &paths);
            random_set::<30>(&mut random, &patterns, &paths);
        }
    }

    /// The same with long and foreign segments.
    #[test]
    fn random_sets_of_words() {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        for _ in 0..15 {
            let patterns = patterns_of_words(&mut |below| random.below(below));
            let paths = paths_of_words(&mut |below| random.below(below));
            random_set::<3>(&mut random, &patterns, &paths);
            random_set::<12>(&mut random, &patterns, &paths);
            random_set::<40>(&mut random, &patterns, &paths);
        }
    }

    /// Many children of one node with the same hash, and of many nodes with the
    /// same label.
    #[test]
    fn many_siblings() {
        let patterns: [_; 1500] = core::array::from_fn(|index| {
            let (group, child) = (index / 300, index % 300);
            let tail = ["", "/{x}", "-of-a-long-name"][child % 3];
            &*format!("/{group}/{child}{tail}").leak()
        });
        let routes = patterns.map(|pattern| RouteInfo::new(Get, pattern, "handler"));
        let table = table(Box::leak(Box::new(routes)));
        for (index, pattern) in patterns.iter().enumerate() {
            let path = pattern.replace("{x}", "x");
            let captures: &[&str] = if path == *pattern { &[] } else { &["x"] };
            assert_eq!(found(&table, Get, &path), Some((index, captures.to_vec())));
            for miss in ["x/", "/", "/x/y"] {
                assert_eq!(
                    found(&table, Get, &(path.clone() + miss)),
                    None,
                    "{path}{miss}"
                );
            }
            // Labels of siblings, below the root.
            let (_, below) = path[1..].split_once('/').unwrap();
            assert_eq!(found(&table, Get, &format!("/{below}")), None, "/{below}");
        }
    }

    /// No route is hidden by others together: a literal leaves other literals to
    /// a parameter, and all of them leave an empty segment to a catch-all, since
    /// `//` stands in no pattern that the macro takes.
    #[test]
    fn every_proved_route_is_reached() {
        let (mut patterns, paths) = (all_patterns(), all_paths());
        patterns.retain(|pattern| !pattern.contains("//"));
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        for _ in 0..20 {
            let routes = random_routes::<40>(&mut random, &patterns);
            let table = table_of(routes.map(|route| (route.method(), route.pattern())));
            let mut reached = [false; 40];
            for path in &paths {
                for method in [Get, Head, Put, Extension("PURGE")] {
                    if let Some(index) = table.find(method, path, &mut Captures::new()) {
                        reached[index] = true;
                    }
                }
            }
            assert_eq!(reached, [true; 40], "among {routes:#?}");
        }
    }

    fn random_routes<const ROUTES: usize>(
        random: &mut Random,
        patterns: &[&'static str],
    ) -> [RouteInfo; ROUTES] {
        let mut routes = [RouteInfo::BLANK; ROUTES];
        let mut count = 0;
        while count < ROUTES {
            let method = random.pick(&[Get, Get, Head, Any, Extension("PURGE")]);
            routes[count] = RouteInfo::new(method, random.pick(patterns), "handler");
            if conflict_before(&routes, count).is_none() {
                count += 1;
            }
        }
        routes
    }

    fn random_set<const ROUTES: usize>(
        random: &mut Random,
        patterns: &[&'static str],
        paths: &[String],
    ) {
        let routes = random_routes::<ROUTES>(random, patterns);
        let table = table_of(routes.map(|route| (route.method(), route.pattern())));
        for path in paths {
            for (method, tried) in [
                (Get, &[Get, Any][..]),
                (Head, &[Head, Get, Any]),
                (Extension("PURGE"), &[Extension("PURGE"), Any]),
            ] {
                let expected = tried.iter().find_map(|tried| {
                    let fitting = (0..ROUTES).filter(|&index| routes[index].method() == *tried);
                    let matching = fitting
                        .filter_map(|index| Some((index, matches(routes[index].pattern(), path)?)));
                    matching.min_by_key(|&(index, _)| specificity(routes[index].pattern()))
                });
                assert_eq!(
                    found(&table, method, path),
                    expected,
                    "{method} {path} among {routes:#?}"
                );
            }
            assert_eq!(
                table.handler_of(None, path),
                most_specific(&routes, path).map(|(index, _)| index),
                "{path} among {routes:#?}"
            );
        }
    }
}
