//! The look-up in the table of a set.
//!
//! Owns what is compiled for each set that is served, by its type: there its table
//! is a constant, whose places, lengths and roots are part of the code, and what
//! the set has not, catch-alls or paths that are not matched before, costs nothing.
//! Refuses the seldom: where routes of several methods may answer, and methods
//! without a number, are left to `table`, whose code is the same for all sets.
//!
//! No function here is inlined in another: a call that is the last thing to be done
//! needs no frame, and so the first of them, which may be all there is to do, saves
//! no registers.

use core::marker::PhantomData;

use crate::http::method::Method;
use crate::routing::captures::Captures;
use crate::routing::set::RouteSet;
use crate::routing::trie::{Node, Nodes, by_steps};
use crate::routing::whole_paths::WholePath;

/// As [`Table::find`] of the table of `R`. If that set [matches], the request is
/// known not to be the one that a [key] of its own handlers names.
///
/// [`Table::find`]: crate::routing::table::Table::find
/// [matches]: RouteSet::MATCHED
/// [key]: crate::routing::set::KeyOf
#[inline(never)]
pub fn find_rest<R: RouteSet>(
    method: Method<'_>,
    path: &str,
    captures: &mut Captures,
) -> Option<usize> {
    let root = R::TABLE.lone_root(method);
    let nodes = NodesOf::<R>(PhantomData);
    let Some(node) = nodes.at(usize::from(root)) else {
        return R::TABLE.find(method, path, captures);
    };
    if !R::TABLE.has_rest {
        return by_steps(nodes, node, path.as_bytes(), captures);
    }
    match R::TABLE.wholes.seek(root, path.as_bytes()) {
        Some(place) => check::<R>(place, root, path, captures),
        None => walk::<R>(root, path, captures),
    }
}

/// The same where `path` may be this one.
#[inline(never)]
fn check<R: RouteSet>(
    place: &'static WholePath,
    root: u16,
    path: &str,
    captures: &mut Captures,
) -> Option<usize> {
    if place.is_short(path.as_bytes()) {
        return Some(place.number());
    }
    check_further::<R>(place, root, path, captures)
}

/// The same where it may also be one that is chained to it.
#[inline(never)]
fn check_further<R: RouteSet>(
    place: &'static WholePath,
    root: u16,
    path: &str,
    captures: &mut Captures,
) -> Option<usize> {
    let wholes = R::TABLE.wholes;
    let number = wholes.check(place, root, path.as_bytes(), R::ROUTES);
    number.or_else(|| walk::<R>(root, path, captures))
}

/// The same for a path that is no whole one.
#[inline(never)]
fn walk<R: RouteSet>(root: u16, path: &str, captures: &mut Captures) -> Option<usize> {
    let nodes = NodesOf::<R>(PhantomData);
    let root = nodes.at(usize::from(root))?;
    by_steps(nodes, root, path.as_bytes(), captures)
}

/// The nodes of the table of `R`.
#[derive(Clone, Copy)]
struct NodesOf<R>(PhantomData<R>);

impl<R: RouteSet> Nodes for NodesOf<R> {
    #[inline]
    fn at(self, slot: usize) -> Option<&'static Node> {
        R::NODES.get(slot)
    }

    #[inline]
    fn may_catch_all(self) -> bool {
        R::TABLE.catches_all
    }
}

/// `table` is held to a reference; here are the sets that the shortcuts are for,
/// and those that they must leave alone.
#[cfg(test)]
mod tests {
    use crate::http::method::Method;
    use crate::routing::captures::Captures;
    use crate::routing::set::RouteSet;
    use tramline_macros::{route, routes};

    #[route("/")]
    fn index() {}

    #[route("/user")]
    fn user() {}

    #[route("/users/recent")]
    fn recent() {}

    #[route(POST, "/users/recent")]
    fn add_recent() {}

    #[route("/users/of/more/than/sixteen")]
    fn long() {}

    #[route("/users/of/more/than/thirty-two/bytes")]
    fn longer() {}

    #[route("/users/{id}")]
    fn show(id: &str) {
        let _ = id;
    }

    #[route("/repos/{owner}/{name}/tags/{tag}")]
    fn tag(owner: &str, name: &str, tag: &str) {
        let _ = (owner, name, tag);
    }

    #[route("/repos/{owner}/{name}/tags")]
    fn tags(owner: &str, name: &str) {
        let _ = (owner, name);
    }

    #[route("/files/{*path}")]
    fn file(path: &str) {
        let _ = path;
    }

    #[route("/a", "/b", "/users/other")]
    fn several() {}

    #[route(HEAD, "/user")]
    fn head() {}

    #[route(ANY, "/user")]
    fn any() {}

    routes! { Plain: index, user, recent, add_recent, long, longer, show }

    routes! { Deep: index, recent, show, tag, tags, file }

    routes! { Several: several, user, show }

    routes! { Mixed: user, head, recent, show }

    routes! { Any: any, user, recent, show }

    routes! { Inner: index, user, recent, add_recent, long, longer, show, tag, tags }

    routes! { Mounted: user, "/m" => Inner, "/{org}/m" => Deep, "/m/of/a/long/prefix" => Plain }

    /// More handlers than a set matches before it asks its table.
    macro_rules! many {
        ($($name:ident $pattern:literal),*) => {
            $(#[route($pattern)] fn $name() {})*
            routes! { Many: index, user, recent, add_recent, long, longer, show, $($name),* }
        };
    }

    many! {
        n0 "/f/0", n1 "/f/1", n2 "/f/2", n3 "/f/3", n4 "/f/4", n5 "/f/5", n6 "/f/6",
        n7 "/f/7", n8 "/f/8", n9 "/f/9", n10 "/f/10", n11 "/f/11", n12 "/f/12",
        n13 "/f/13", n14 "/f/14", n15 "/f/15", n16 "/f/16", n17 "/f/17", n18 "/f/18",
        n19 "/f/19", n20 "/f/20", n21 "/f/21", n22 "/f/22", n23 "/f/23", n24 "/f/24",
        n25 "/f/25"
    }

    const PATHS: [&str; 36] = [
        "",
        "*",
        "/",
        "/a",
        "/b",
        "/c",
        "/user",
        "/use",
        "/users",
        "/users/",
        "/users/7",
        "/users/7/",
        "/users/recent",
        "/users/recenT",
        "/users/recents",
        "/users/other",
        "/users/of/more/than/sixteen",
        "/users/of/more/than/sixteem",
        "/users/of/MORE/than/sixteen",
        "/users/of/more/than/thirty-two/bytes",
        "/users/of/more/than/Thirty-two/bytes",
        "/users/of/more/thaN/thirty-two/bytes",
        "/repos",
        "/repos/",
        "/repos/o",
        "/repos/o/n",
        "/repos/o/n/tags",
        "/repos/o/n/tags/",
        "/repos/o/n/tags/1",
        "/repos/o//tags/1",
        "/f/0",
        "/f/25",
        "/files",
        "/files/",
        "/files/a/b",
        "/größe",
    ];

    const METHODS: [Method<'static>; 6] = [
        Method::Get,
        Method::Head,
        Method::Post,
        Method::Put,
        Method::Options,
        Method::Extension("PURGE"),
    ];

    /// How many requests find something.
    fn found<R: RouteSet>(_: R) -> usize {
        let prefixes = ["", "/m", "/7/m", "/m/of/a/long/prefix"];
        let paths = prefixes
            .into_iter()
            .flat_map(|prefix| PATHS.map(|path| format!("{prefix}{path}")));
        let mut count = 0;
        for path in paths {
            for method in METHODS {
                let (mut captures, mut expected) = (Captures::new(), Captures::new());
                let number = R::find(method, &path, &mut captures);
                let by_table = R::table().find(method, &path, &mut expected);
                assert_eq!(number, by_table, "{method} {path}");
                assert_eq!(captures.len(), expected.len(), "{method} {path}");
                for back in 1..=captures.len() {
                    let texts = [&captures, &expected].map(|spans| spans.from_end(&path, back));
                    assert_eq!(texts[0], texts[1], "{method} {path}");
                }
                count += usize::from(number.is_some());
            }
        }
        count
    }

    #[test]
    fn a_set_finds_what_its_table_finds() {
        // GET and HEAD of each path, and what else there is.
        assert_eq!(found(Plain), 2 * 9 + 1);
        assert_eq!(found(Deep), 2 * 9);
        assert_eq!(found(Several), 2 * 8);
        assert_eq!(found(Mixed), 2 * 6);
        assert_eq!(found(Any), 2 * 6 + 4);
        assert_eq!(found(Many), found(Plain) + 2 * 2);
        const { assert!(Plain::MATCHED && !Many::MATCHED) };
        assert_eq!(found(Mounted), 2 + (2 * 11 + 1) + 2 * 9 + (2 * 9 + 1));
    }
}
