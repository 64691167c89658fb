//! Sets as they are declared, held to the reference: whatever the method and
//! however long the path.
//!
//! Owns no part of the library: it is compiled for tests only. `table` has
//! random sets, with small paths; here are mounts, fallbacks and what is made
//! for one set alone.

use crate::http::method::Method;
use crate::routing::captures::Captures;
use crate::routing::random::Random;
use crate::routing::reference::{matches, most_specific, specificity};
use crate::routing::route::RouteInfo;
use crate::routing::set::RouteSet;
use tramline_macros::{route, routes};

#[route("/")]
fn index() {}

#[route("/about")]
fn about() {}

#[route(GET, POST, "/a-path-of-33-bytes-or-so/and/more", "/a/of-sixteen-b")]
fn several() {}

#[route(HEAD, "/about")]
fn head() {}

#[route(ANY, "/any/{x}")]
fn any(x: &str) {
    let _ = x;
}

#[route(ANY, "/any/x")]
fn any_whole() {}

#[route(PUT, "/any/{x}")]
fn put(x: &str) {
    let _ = x;
}

#[route(PURGE, "/{x}/{y}")]
fn purge(x: &str, y: &str) {
    let _ = (x, y);
}

#[route("/of-eight/{x}/{y}")]
fn middle(x: &str, y: &str) {
    let _ = (x, y);
}

#[route("/of-eight/{x}/{y}/gr%C3%B6%C3%9Fe/{z}")]
fn behind(x: &str, y: &str, z: &str) {
    let _ = (x, y, z);
}

#[route("/files/of/{*path}")]
fn files(path: &str) {
    let _ = path;
}

#[route(DELETE, "/files/of/{name}")]
fn delete(name: &str) {
    let _ = name;
}

#[route("/files/of/{name}/of-more-than-eight")]
fn meta(name: &str) {
    let _ = name;
}

#[route(_)]
fn elsewhere() {}

#[route(_)]
fn inner_elsewhere() {}

routes! { Small: index, about, middle, several }

routes! { Methods: about, head, any, any_whole, put, purge, index }

routes! { Deep: index, middle, behind, meta, files, delete, purge, inner_elsewhere }

routes! { Mounting: index, head, "/small" => Small, "/deep/{org}/s" => Deep, "/{org}" => Methods, elsewhere }

routes! { Outer: about, "/m/{a}/{b}" => Mounting, "/n" => Mounting, "/any" => Methods }

const METHODS: [Method<'static>; 8] = [
    Method::Get,
    Method::Get,
    Method::Head,
    Method::Post,
    Method::Put,
    Method::Options,
    Method::Extension("PURGE"),
    Method::Extension("_"),
];

type Found<'p> = Option<(usize, Vec<&'p str>)>;

/// As the engine looks up.
fn found<'p, R: RouteSet>(method: Method<'_>, path: &'p str) -> Found<'p> {
    let mut captures = Captures::new();
    let number = R::find(method, path, &mut captures)
        .or_else(|| R::table().fallback(path, &mut captures))?;
    let texts = (1..=captures.len()).rev();
    let texts = texts.map(|back| captures.from_end(path, back)).collect();
    Some((number, texts))
}

/// The same, by the reference.
fn expected<'p, R: RouteSet>(method: Method<'_>, path: &'p str) -> Found<'p> {
    let best = |path: &'p str, fits: &dyn Fn(&RouteInfo) -> bool| {
        let fitting = R::ROUTES.iter().enumerate().filter(|(_, it)| fits(it));
        fitting
            .filter_map(|(at, it)| Some((it, it.number(at), matches(it.pattern(), path)?)))
            .min_by_key(|(it, ..)| specificity(it.pattern()))
            .map(|(_, number, texts)| (number, texts))
    };
    let is_request = !method.same(Method::Extension("_"));
    let get = (method == Method::Head).then_some(Method::Get);
    let tried = [is_request.then_some(method), get, Some(Method::Any)];
    let found = tried.into_iter().flatten().find_map(|tried| {
        best(path, &|it: &RouteInfo| {
            !it.is_fallback() && it.method().same(tried)
        })
    });
    if found.is_some() || best(path, &|it| !it.is_fallback()).is_some() || !path.starts_with('/') {
        return found;
    }
    let ends = path.match_indices('/').map(|(at, _)| at).skip(1);
    let ends: Vec<_> = ends.chain([path.len()]).collect();
    let below = |end: &usize| best(&path[..*end], &|it| it.is_fallback() && it.pattern() != "/");
    let found = ends.iter().rev().find_map(below);
    found.or_else(|| best("/", &RouteInfo::is_fallback))
}

/// A path that is like one of a route.
fn path<R: RouteSet>(random: &mut Random, long: &str) -> String {
    const TEXTS: [&str; 14] = [
        "x",
        "of-eight",
        "of-nine-b",
        "seven-b",
        "small",
        "deep",
        "about",
        "größe",
        "ü",
        "",
        "{x}",
        "files",
        "of-more-than-eight",
        "日本語のパス",
    ];
    let text = |random: &mut Random| match random.below(20) {
        0 => long[random.below(long.len() / 2)..].to_owned(),
        1 => long[..random.below(300)].to_owned(),
        _ => random.pick(&TEXTS).to_owned(),
    };
    let pattern = R::ROUTES[random.below(R::ROUTES.len())].pattern();
    let mut path = String::new();
    for segment in pattern.split('/').skip(1) {
        path.push('/');
        if !segment.starts_with('{') && random.below(12) > 0 {
            path += segment;
            continue;
        }
        path += &text(random);
        while segment.starts_with("{*") && random.below(2) == 0 {
            path = path + "/" + &text(random);
        }
    }
    match random.below(6) {
        0 => path = path + "/" + &text(random),
        1 => drop(path.pop()),
        2 => path.push(random.pick(&['/', 'x', '\0', 'ü'])),
        _ => {}
    }
    path
}

fn hold<R: RouteSet>(_: R, seed: u64) {
    let mut random = Random(seed);
    let long = "long-".repeat(27_000);
    let (mut hits, mut longest) = (0, 0);
    for _ in 0..3_000 {
        let path = path::<R>(&mut random, &long);
        let method = random.pick(&METHODS);
        let expected = expected::<R>(method, &path);
        let start = path.get(..200).unwrap_or(&path);
        assert!(
            found::<R>(method, &path) == expected,
            "{method} {start}, of {} bytes",
            path.len()
        );
        let (table, owner) = (R::table(), most_specific(R::ROUTES, &path));
        assert!(
            table.handler_of(None, &path) == owner.map(|(at, it)| it.number(at)),
            "{start}, of {} bytes, by some method",
            path.len()
        );
        if expected.is_some() {
            hits += 1;
            longest = longest.max(path.len());
        }
    }
    assert!(hits > 500, "{hits} hits");
    assert!(longest > 65_536, "{longest} bytes");
}

#[test]
#[cfg_attr(miri, ignore = "takes long")]
fn a_set_finds_what_the_reference_finds() {
    hold(Small, 1);
    hold(Methods, 2);
    hold(Deep, 3);
    hold(Mounting, 4);
    hold(Outer, 5);
}
