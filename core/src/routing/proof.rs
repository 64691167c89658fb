//! The proofs: that no two routes of a set contradict each other.
//!
//! Owns what a conflict is and how it is told. Refuses to point at code: the
//! macros call [`pass`] from the place that the error shall show. `overlap`
//! compares patterns; `table` relies on every set having passed.
//!
//! Two routes of one method are in conflict if they match the same paths
//! (duplicate), or if some path matches both and neither matches a part of the
//! other's paths (ambiguous): then neither is more specific. Routes of
//! different methods never are: a look-up asks one method after the other.
//!
//! So every route of a set that passes is reached by some request, and nothing
//! more need be proved of that. Other routes of its method cannot cover it
//! together: any number of literals leaves segments to a parameter, and `//` to
//! a catch-all. Those of other methods cannot, since there is always one more
//! extension method for `ANY`. A fallback alone may be out of reach, beside
//! both `/` and `/{*rest}`: not below a prefix, where `/prefix/` is left to it.

use crate::http::method::same_bytes;
use crate::routing::captures::MAX_CAPTURES;
use crate::routing::entries::{Entry, first_of};
use crate::routing::message::{Problem, reject};
use crate::routing::overlap::{Relation, Sketch, may_be_below};
use crate::routing::pattern::{Segment, Segments};
use crate::routing::route::RouteInfo;
use crate::routing::set::{RouteSet, routes_of};

/// What the proofs say of a handler.
#[derive(Clone, Copy, Debug)]
pub enum Finding {
    /// It stands beside all those before it.
    Sound,
    /// Its route, and the one before it that this contradicts.
    Conflict(&'static RouteInfo, &'static RouteInfo),
}

/// What is said of a handler where nothing is proved.
pub const SOUND: Finding = Finding::Sound;

/// Ends const evaluation where this is called, if the finding is a conflict.
///
/// # Panics
///
/// Then: that is the compile error.
#[track_caller]
pub(crate) const fn pass(finding: Finding) {
    if let Finding::Conflict(route, other) = finding {
        reject(conflict(route, other).as_str());
    }
}

/// What is to be said of each of a set's own handlers, whose routes these are:
/// of all at once, since to begin an evaluation takes longer than most pairs.
///
/// Routes are compared with those before them in the same bucket, of which
/// there are few.
pub const fn findings<const HANDLERS: usize, const ROUTES: usize>(
    routes: &'static [RouteInfo; ROUTES],
) -> [Finding; HANDLERS] {
    let mut findings = [Finding::Sound; HANDLERS];
    // The last route in each bucket, and that before each in the same bucket.
    let (mut last, mut before) = ([ROUTES; Sketch::BUCKETS], [ROUTES; ROUTES]);
    let mut index = 0;
    while index < ROUTES {
        let route = &routes[index];
        let bucket = route.sketch.bucket();
        let (mut at, mut first) = (last[bucket], ROUTES);
        (before[index], last[bucket]) = (at, index);
        while at < ROUTES {
            let other = &routes[at];
            if route.sketch.may_be_in_conflict(other.sketch) && are_in_conflict(route, other) {
                first = at;
            }
            at = before[at];
        }
        let number = route.number(index);
        if first < ROUTES && matches!(findings[number], Finding::Sound) {
            findings[number] = Finding::Conflict(route, &routes[first]);
        }
        index += 1;
    }
    findings
}

/// Why the routes of the mounted set at `entry` cannot stand under its prefix
/// or beside the routes before them. That they can stand beside each other was
/// proved where their set was declared.
///
/// Whole patterns take time to make: they are, if the prefix does not tell.
pub const fn mount_conflict<R: RouteSet>(entry: usize) -> Option<Problem> {
    if is_suspect(R::ENTRIES, entry) {
        return conflict_of_mount(R::ENTRIES, routes_of::<R>(), entry);
    }
    None
}

/// Whether a set mounted at `entry` may have a conflict, whatever its routes.
const fn is_suspect(entries: &[Entry], entry: usize) -> bool {
    let Entry::Mount { prefix, .. } = entries[entry] else {
        return false;
    };
    if Segments::of(prefix).next_name().is_some() {
        return true;
    }
    let mut other = 0;
    while other < entry {
        let may_meet = match &entries[other] {
            Entry::Absent => false,
            Entry::Route(route, more) => {
                !more.is_empty() || may_be_below(prefix, route.pattern(), false)
            }
            Entry::Mount { prefix: other, .. } => may_be_below(prefix, other, true),
        };
        if may_meet {
            return true;
        }
        other += 1;
    }
    false
}

/// The same as [`mount_conflict`] for one that is suspect.
const fn conflict_of_mount(
    entries: &[Entry],
    routes: &[RouteInfo],
    entry: usize,
) -> Option<Problem> {
    let Entry::Mount { prefix, set } = entries[entry] else {
        return None;
    };
    let mounted = set.routes;
    let first = first_of(entries, entry);
    let end = first + mounted.len();
    // Under a prefix without parameters every route is fit that was so before.
    let mut index = match Segments::of(prefix).next_name() {
        Some(_) => first,
        None => end,
    };
    while index < end {
        if let Some(problem) = unfit(&routes[index], prefix, mounted[index - first].pattern()) {
            return Some(problem);
        }
        index += 1;
    }
    // Routes that have nothing to do with the prefix are passed over as a
    // whole: two large sets side by side cost their sum, not their product.
    let mut other = 0;
    while other < first {
        let before = &routes[other];
        if may_be_below(prefix, before.pattern(), false) {
            let mut index = first;
            while index < end {
                let route = &routes[index];
                if route.sketch.may_be_in_conflict(before.sketch) && are_in_conflict(route, before)
                {
                    return Some(conflict(route, before));
                }
                index += 1;
            }
        }
        other += 1;
    }
    None
}

/// Whether there is a request that both match, and neither is the more specific
/// one.
const fn are_in_conflict(route: &RouteInfo, other: &RouteInfo) -> bool {
    route.method().same(other.method())
        && matches!(
            Relation::of(route.pattern(), other.pattern()),
            Relation::Same | Relation::Crossing
        )
}

/// The conflict of two routes, told.
const fn conflict(route: &RouteInfo, other: &RouteInfo) -> Problem {
    match Relation::of(route.pattern(), other.pattern()) {
        Relation::Same => duplicate(route, other),
        _ => ambiguous(route, other),
    }
}

const fn duplicate(route: &RouteInfo, other: &RouteInfo) -> Problem {
    let same_pattern = same_bytes(route.pattern().as_bytes(), other.pattern().as_bytes());
    let same_name = same_bytes(route.name().as_bytes(), other.name().as_bytes());
    let mut problem = Problem::new();
    if route.is_fallback() && !same_name {
        problem.say(&["`", route.name(), "` and `", other.name()]);
        problem.say(&["` are both the fallback below `", route.pattern()]);
        problem.say(&["`: keep one of them"]);
        return problem;
    }
    say_route(&mut problem, route);
    if same_pattern && same_name {
        problem.say(&[" is listed twice: leave out one"]);
        return problem;
    }
    problem.say(&[" is already answered by `", other.name(), "`"]);
    if !same_pattern {
        problem.say(&[
            " (as `",
            other.method().as_str(),
            " ",
            other.pattern(),
            "`)",
        ]);
    }
    problem.say(&[": give one of them another path or method"]);
    problem
}

const fn ambiguous(route: &RouteInfo, other: &RouteInfo) -> Problem {
    let mut problem = Problem::new();
    say_route(&mut problem, route);
    problem.say(&[" and "]);
    say_route(&mut problem, other);
    problem.say(&[" both match `"]);
    say_witness(&mut problem, route.pattern(), other.pattern());
    problem.say(&[
        "`, and neither is more specific: ",
        "make one of them literal where the other is, or change a path",
    ]);
    problem
}

/// What is wrong with a mounted route in itself.
const fn unfit(route: &RouteInfo, prefix: &str, pattern: &str) -> Option<Problem> {
    let mut problem = Problem::new();
    let mut names = Segments::of(route.pattern());
    let mut count = 0;
    while let Some(name) = names.next_name() {
        count += 1;
        if count > MAX_CAPTURES {
            say_route(&mut problem, route);
            problem.say(&[
                " has more than 16 parameters, counting those of the prefix `",
                prefix,
                "`: take some out of the prefix or of `",
                pattern,
                "`",
            ]);
            return Some(problem);
        }
        let mut later = names;
        while let Some(other) = later.next_name() {
            if same_bytes(name, other) {
                say_route(&mut problem, route);
                problem.say(&[" has two parameters named `"]);
                problem.say_bytes(name);
                problem.say(&[
                    "`: rename the one in the prefix `",
                    prefix,
                    "` or the one in `",
                    pattern,
                    "`",
                ]);
                return Some(problem);
            }
        }
    }
    None
}

/// `` `GET /path` of `module::function` ``.
const fn say_route(problem: &mut Problem, route: &RouteInfo) {
    problem.say(&[
        "`",
        route.method().as_str(),
        " ",
        route.pattern(),
        "` of `",
        route.name(),
        "`",
    ]);
}

/// A path that matches both patterns, which are not apart: at each place the
/// literal of one, or else the name of a parameter.
const fn say_witness(problem: &mut Problem, a: &str, b: &str) {
    let (mut left, mut right) = (Segments::of(a), Segments::of(b));
    loop {
        let segment = match (left.next(), right.next()) {
            (Some(Segment::Literal(text)), _) | (_, Some(Segment::Literal(text))) => text,
            (Some(Segment::Parameter(name) | Segment::CatchAll(name)), _)
            | (_, Some(Segment::Parameter(name) | Segment::CatchAll(name))) => name,
            (None, None) => return,
        };
        problem.say(&["/"]);
        problem.say_bytes(segment);
    }
}

/// The conflict of the route at `index` with one before it.
#[cfg(test)]
pub(crate) fn conflict_before(routes: &[RouteInfo], index: usize) -> Option<Problem> {
    let (before, route) = (&routes[..index], &routes[index]);
    let other = before.iter().find(|other| are_in_conflict(route, other))?;
    Some(conflict(route, other))
}

#[cfg(test)]
mod tests {
    use super::{Finding, conflict_before, conflict_of_mount, findings, is_suspect};
    use crate::http::method::Method;
    use crate::routing::entries::{
        Entry, Mounted, flatten, join_patterns, pattern_bytes, route_count,
    };
    use crate::routing::reference::{all_paths, all_patterns, matches, specificity};
    use crate::routing::route::{FALLBACK, RouteInfo};

    const fn get(pattern: &'static str, name: &'static str) -> RouteInfo {
        RouteInfo::new(Method::Get, pattern, name)
    }

    /// The conflict of `b` with `a`, if any.
    fn told(a: RouteInfo, b: RouteInfo) -> Option<String> {
        let routes = [a, b];
        assert!(
            conflict_before(&routes, 0).is_none(),
            "nothing is before the first"
        );
        conflict_before(&routes, 1).map(|problem| problem.as_str().to_owned())
    }

    #[test]
    fn a_handler_is_judged_by_the_first_of_its_routes_that_fails() {
        static ROUTES: [RouteInfo; 5] = [
            get("/a", "app::a").numbered(0),
            get("/b", "app::b").numbered(2),
            get("/b", "app::c").numbered(3),
            get("/a", "app::c").numbered(3),
            get("/c", "app::c").numbered(3),
        ];
        let told = findings::<4, 5>(&ROUTES).map(|finding| match finding {
            Finding::Sound => None,
            Finding::Conflict(route, other) => Some((route.pattern(), other.name())),
        });
        assert_eq!(told, [None, None, None, Some(("/b", "app::b"))]);
    }

    #[test]
    fn messages() {
        let table = [
            (
                get("/users/{name}", "app::users::get"),
                get("/users/{id}", "app::show"),
                "`GET /users/{id}` of `app::show` is already answered by `app::users::get` (as `GET /users/{name}`): \
                 give one of them another path or method",
            ),
            (
                get("/users", "app::users"),
                get("/users", "app::list"),
                "`GET /users` of `app::list` is already answered by `app::users`: \
                 give one of them another path or method",
            ),
            (
                get("/users", "app::users"),
                get("/users", "app::users"),
                "`GET /users` of `app::users` is listed twice: leave out one",
            ),
            (
                RouteInfo::new(FALLBACK, "/orgs/{org}", "app::lost"),
                RouteInfo::new(FALLBACK, "/orgs/{id}", "app::gone"),
                "`app::gone` and `app::lost` are both the fallback below `/orgs/{id}`: keep one of them",
            ),
            (
                get("/a/{b}", "app::y"),
                get("/{a}/b", "app::x"),
                "`GET /{a}/b` of `app::x` and `GET /a/{b}` of `app::y` both match `/a/b`, and neither is more \
                 specific: make one of them literal where the other is, or change a path",
            ),
            (
                get("/a/{*rest}", "app::y"),
                get("/{a}/{b}/c", "app::x"),
                "`GET /{a}/{b}/c` of `app::x` and `GET /a/{*rest}` of `app::y` both match `/a/b/c`, and neither is \
                 more specific: make one of them literal where the other is, or change a path",
            ),
        ];
        for (a, b, expected) in table {
            assert_eq!(told(a, b).as_deref(), Some(expected));
        }
    }

    #[test]
    fn methods_do_not_conflict() {
        let methods = [
            Method::Get,
            Method::Head,
            Method::Any,
            Method::Extension("ANY"),
            Method::Extension("PURGE"),
        ];
        for (index, a) in methods.into_iter().enumerate() {
            for (other, b) in methods.into_iter().enumerate() {
                let told = told(
                    RouteInfo::new(a, "/{x}/y", "a"),
                    RouteInfo::new(b, "/x/{y}", "b"),
                );
                assert_eq!(told.is_some(), index == other, "{a} and {b}");
            }
        }
    }

    #[test]
    fn conflicts_are_those_that_paths_show_and_none_else() {
        let (patterns, paths) = (all_patterns(), all_paths());
        let matched: Vec<Vec<bool>> = patterns
            .iter()
            .map(|pattern| {
                paths
                    .iter()
                    .map(|path| matches(pattern, path).is_some())
                    .collect()
            })
            .collect();
        for (a, in_a) in patterns.iter().zip(&matched) {
            for (b, in_b) in patterns.iter().zip(&matched) {
                let some = |wanted| in_a.iter().zip(in_b).any(|(&a, &b)| (a, b) == wanted);
                let told = told(get(a, "a"), get(b, "b"));
                let expected = some((true, true)) && some((true, false)) == some((false, true));
                assert_eq!(told.is_some(), expected, "{a} and {b}: {told:?}");
                let Some(told) = told else { continue };
                let sketches = [a, b].map(|pattern| get(pattern, "").sketch);
                assert!(sketches[0].may_be_in_conflict(sketches[1]), "{told}");
                assert_eq!(sketches[0].bucket(), sketches[1].bucket(), "{told}");
                assert_eq!(
                    told.contains("already answered"),
                    !some((true, false)),
                    "{told}"
                );
                if let Some((_, witness)) = told.split_once("both match `") {
                    let (witness, _) = witness.split_once('`').unwrap();
                    assert!(
                        matches(a, witness).is_some() && matches(b, witness).is_some(),
                        "{told}"
                    );
                }
            }
        }
    }

    /// The table of `docs/routing.md`: patterns, path, winner.
    #[test]
    fn the_guide_names_the_winners() {
        let guide = include_str!("../../../docs/routing.md");
        let (_, guide) = guide.split_once("| patterns | path | winner |\n").unwrap();
        let (table, _) = guide.split_once("\n\n").unwrap();
        let rows: Vec<&str> = table.lines().skip(1).collect();
        assert!(rows.len() > 12, "{rows:?}");
        for row in rows {
            let cells: Vec<&'static str> = row.trim_matches('|').split('|').collect();
            let [patterns, path, winner] = cells[..] else {
                panic!("three cells: {row}")
            };
            let code = |cell: &'static str| cell.split('`').skip(1).step_by(2);
            let patterns: Vec<&str> = code(patterns).collect();
            for (index, a) in patterns.iter().enumerate() {
                for b in &patterns[..index] {
                    assert_eq!(told(get(b, "b"), get(a, "a")), None, "{row}");
                }
            }
            let path = code(path).next().unwrap();
            let found = patterns
                .into_iter()
                .filter(|pattern| matches(pattern, path).is_some())
                .min_by_key(|pattern| specificity(pattern));
            assert_eq!(found, code(winner).next(), "{row}");
        }
    }

    /// The conflict of a set with one route, mounted at `prefix` after `own`.
    macro_rules! mounted {
        ($own:expr, $prefix:expr, $pattern:expr) => {{
            const ENTRIES: &[Entry] = &[
                Entry::Route(get($own, "app::own"), &[]),
                Entry::mount($prefix, &Mounted::plain(&[get($pattern, "set::mounted")])),
            ];
            static JOINED: [u8; pattern_bytes(ENTRIES)] = join_patterns(ENTRIES);
            static ROUTES: [RouteInfo; route_count(ENTRIES)] = flatten(ENTRIES, &JOINED);
            let told = conflict_of_mount(ENTRIES, &ROUTES, 1);
            assert!(told.is_none() || is_suspect(ENTRIES, 1));
            told.map(|problem| problem.as_str().to_owned())
        }};
    }

    #[test]
    fn mounted_routes_are_held_against_those_before() {
        let table = [
            (mounted!("/", "/users", "/"), None),
            (mounted!("/users/{id}", "/users", "/me"), None),
            (
                mounted!("/users", "/users", "/"),
                Some(
                    "`GET /users` of `set::mounted` is already answered by `app::own`: \
                     give one of them another path or method",
                ),
            ),
            (
                mounted!("/orgs/new/{what}", "/orgs/{org}", "/repos"),
                Some(
                    "`GET /orgs/{org}/repos` of `set::mounted` and `GET /orgs/new/{what}` of `app::own` both match \
                     `/orgs/new/repos`, and neither is more specific: \
                     make one of them literal where the other is, or change a path",
                ),
            ),
            (
                mounted!("/", "/orgs/{id}", "/repos/{id}"),
                Some(
                    "`GET /orgs/{id}/repos/{id}` of `set::mounted` has two parameters named `id`: \
                     rename the one in the prefix `/orgs/{id}` or the one in `/repos/{id}`",
                ),
            ),
            (
                mounted!(
                    "/",
                    "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}",
                    "/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}"
                ),
                None,
            ),
            (
                mounted!(
                    "/",
                    "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}",
                    "/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}/{*q}"
                ),
                Some(
                    "`GET /{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}/{*q}` of `set::mounted` \
                     has more than 16 parameters, counting those of the prefix `/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}`: \
                     take some out of the prefix or of `/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}/{*q}`",
                ),
            ),
        ];
        for (told, expected) in table {
            assert_eq!(told.as_deref(), expected);
        }
    }
}
