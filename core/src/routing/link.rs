//! The way back: from a route to its path, in const evaluation.
//!
//! Owns the search for a route in a set, by its name, what can be wrong with the
//! arguments given for its path, and which arguments of the handler these are
//! for. Refuses to know types, which `handler::argument` does, and to write
//! values: that is `handler::url`'s. As in `proof`, a mistake is told as a
//! [`Problem`], and `url!` shows it at the user's own token.

use crate::http::method::{Method, same_bytes};
use crate::routing::captures::MAX_CAPTURES;
use crate::routing::entries::Entry;
use crate::routing::message::Problem;
use crate::routing::pattern::Segments;
use crate::routing::route::RouteInfo;

/// A route of a set, and where the arguments given for it go.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The whole pattern.
    pattern: &'static str,
    /// For each parameter of the pattern, the number of its argument.
    arguments: [u8; MAX_CAPTURES],
}

/// A piece of a pattern, as a path is written from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// As it is.
    Text(&'a str),
    /// The value of the argument with this number; all the rest of the path,
    /// or one segment.
    Argument { number: usize, is_rest: bool },
}

impl Link {
    /// The link to what was sought. If there is a problem with it, that is told
    /// elsewhere, and the link is none.
    pub const fn new(sought: &Sought) -> Self {
        let mut link = Self {
            pattern: "",
            arguments: [0; MAX_CAPTURES],
        };
        let Some(pattern) = sought.found else {
            return link;
        };
        link.pattern = pattern;
        let mut names = Segments::of(pattern);
        let mut parameter = 0;
        while let Some(name) = names.next_name() {
            if let Some(number) = position(sought.given, name) {
                #[allow(
                    clippy::cast_possible_truncation,
                    reason = "no two are equal, and all are found: at most 16"
                )]
                let number = number as u8;
                link.arguments[parameter] = number;
            }
            parameter += 1;
        }
        link
    }

    /// What to write, in order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let (mut rest, mut arguments) = (self.pattern, self.arguments.iter());
        core::iter::from_fn(move || {
            if let Some(parameter) = rest.strip_prefix('{') {
                let (name, behind) = parameter.split_once('}')?;
                rest = behind;
                return Some(Piece::Argument {
                    number: usize::from(*arguments.next()?),
                    is_rest: name.starts_with('*'),
                });
            }
            let (text, behind) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
            rest = behind;
            (!text.is_empty()).then_some(Piece::Text(text))
        })
    }
}

/// What `url!` was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Sought {
    /// The set, as the user wrote it.
    set: &'static str,
    routes: &'static [RouteInfo],
    name: &'static str,
    /// The first of its methods: with each it is listed once more.
    method: Method<'static>,
    /// The pattern the route has in its own set, the first of several.
    own: &'static str,
    /// `Some` if the user chose one of several.
    prefix: Option<&'static str>,
    given: &'static [&'static str],
    /// The whole pattern of the route, if there is exactly one.
    found: Option<&'static str>,
    /// The function is no handler, which is told where it stands.
    is_told: bool,
}

impl Sought {
    /// Seeks the handler of `entry` in a set, which the user calls `set`.
    ///
    /// # Panics
    ///
    /// Never: the entry of a marker is that of a handler.
    pub const fn new(
        entry: Entry,
        set: &'static str,
        routes: &'static [RouteInfo],
        prefix: Option<&'static str>,
        given: &'static [&'static str],
    ) -> Self {
        let is_told = entry.is_nothing();
        let Entry::Route(route, _) = entry else {
            panic!("the entry of a marker is that of a handler")
        };
        Self {
            set,
            routes,
            name: route.name(),
            method: route.method(),
            own: route.pattern(),
            prefix,
            given,
            found: None,
            is_told,
        }
        .find()
    }

    const fn find(mut self) -> Self {
        if let Some(first) = self.next(0)
            && self.next(first + 1).is_none()
        {
            self.found = Some(self.routes[first].pattern());
        }
        self
    }

    /// The first place from `index` on at which the route is, under the prefix
    /// chosen. Of several methods and patterns of a route, only the first are
    /// looked at.
    const fn next(&self, mut index: usize) -> Option<usize> {
        while index < self.routes.len() {
            let route = &self.routes[index];
            if self.is_it(route)
                && match self.prefix {
                    Some(prefix) => same_bytes(prefix.as_bytes(), route.prefix().as_bytes()),
                    None => true,
                }
            {
                return Some(index);
            }
            index += 1;
        }
        None
    }

    /// Whether this is the route sought, by all that is known of it in const
    /// evaluation. Two functions of one name, method and pattern, within two functions
    /// of one module, are therefore taken for each other.
    const fn is_it(&self, route: &RouteInfo) -> bool {
        same_bytes(route.name().as_bytes(), self.name.as_bytes())
            && route.method().same(self.method)
            && same_bytes(route.own_pattern().as_bytes(), self.own.as_bytes())
    }

    /// Why there is no path to write, whatever the arguments are called; or
    /// which is missing. Of arguments that do not belong there, [`unknown`]
    /// tells, and then nothing is missed.
    ///
    /// [`unknown`]: Self::unknown
    pub const fn problem(&self) -> Option<Problem> {
        if self.is_told {
            return None;
        }
        let Some(pattern) = self.found else {
            return Some(self.not_one());
        };
        let mut given = 0;
        while given < self.given.len() {
            if !has(pattern, self.given[given]) {
                return None;
            }
            given += 1;
        }
        let mut names = Segments::of(pattern);
        while let Some(name) = names.next_name() {
            if position(self.given, name).is_none() {
                let mut problem = Problem::new();
                problem.say(&["`", pattern, "` of `", self.name, "` has a parameter `"]);
                problem.say_bytes(name);
                problem.say(&["` without a value: add `"]);
                problem.say_bytes(name);
                problem.say(&[" = ..`"]);
                return Some(problem);
            }
        }
        None
    }

    /// Why the argument `name` does not belong there.
    pub const fn unknown(&self, name: &'static str) -> Option<Problem> {
        let Some(pattern) = self.found else {
            return None;
        };
        if has(pattern, name) || self.is_told {
            return None;
        }
        let mut problem = Problem::new();
        problem.say(&[
            "`",
            pattern,
            "` of `",
            self.name,
            "` has no parameter `",
            name,
            "`: ",
        ]);
        // What was meant is most likely what is missing.
        let mut names = Segments::of(pattern);
        let mut has_parameters = false;
        while let Some(parameter) = names.next_name() {
            has_parameters = true;
            if position(self.given, parameter).is_none() {
                problem.say(&["did you mean `"]);
                problem.say_bytes(parameter);
                problem.say(&["`?"]);
                return Some(problem);
            }
        }
        problem.say(&[if has_parameters {
            "all of its parameters are given, remove this"
        } else {
            "it has none, remove this"
        }]);
        Some(problem)
    }

    /// Why the route is not found, or found twice.
    const fn not_one(&self) -> Problem {
        let mut problem = Problem::new();
        if let Some(first) = self.next(0) {
            problem.say(&["`", self.name, "` is mounted in `", self.set, "` "]);
            let last = self.say_places(&mut problem, first);
            problem.say(&[
                ": choose one by its prefix, as in `\"",
                self.routes[last].prefix(),
                "\" => ..`",
            ]);
            return problem;
        }
        let chosen = self.prefix;
        let anywhere = Self {
            prefix: None,
            ..*self
        };
        match (anywhere.next(0), chosen) {
            (Some(first), Some(prefix)) => {
                problem.say(&[
                    "`",
                    self.name,
                    "` is not mounted in `",
                    self.set,
                    "` under `",
                    prefix,
                    "`, but ",
                ]);
                anywhere.say_places(&mut problem, first);
            }
            _ => problem.say(&[
                "`",
                self.name,
                "` is not a route of `",
                self.set,
                "`: list it there, or mount the set that lists it",
            ]),
        }
        problem
    }

    /// "as `/a/x` and as `/b/x`"; gives the last place.
    const fn say_places(&self, problem: &mut Problem, first: usize) -> usize {
        problem.say(&["as `", self.routes[first].pattern(), "`"]);
        let mut last = first;
        while let Some(place) = self.next(last + 1) {
            problem.say(&[" and as `", self.routes[place].pattern(), "`"]);
            last = place;
        }
        last
    }
}

/// Stands for the place of an argument that the function does not have.
pub(crate) const UNHANDLED: usize = usize::MAX;

/// Which argument of its function takes the parameter `name` of a handler's
/// entry; of a mount prefix's, none does.
pub const fn place(entry: &Entry, name: &str) -> usize {
    let Entry::Route(route, _) = entry else {
        return UNHANDLED;
    };
    match index_of(route.own_pattern(), name) {
        Some(index) => route.place(index),
        None => UNHANDLED,
    }
}

const fn has(pattern: &str, name: &str) -> bool {
    index_of(pattern, name).is_some()
}

/// Which parameter of `pattern` has the name.
const fn index_of(pattern: &str, name: &str) -> Option<usize> {
    let (mut names, mut index) = (Segments::of(pattern), 0);
    while let Some(parameter) = names.next_name() {
        if same_bytes(parameter, name.as_bytes()) {
            return Some(index);
        }
        index += 1;
    }
    None
}

/// Which of `given` is `name`.
const fn position(given: &[&str], name: &[u8]) -> Option<usize> {
    let mut number = 0;
    while number < given.len() {
        if same_bytes(given[number].as_bytes(), name) {
            return Some(number);
        }
        number += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Link, Piece, Sought, UNHANDLED, place};
    use crate::http::method::Method;
    use crate::routing::entries::Entry;
    use crate::routing::route::RouteInfo;

    const SHOW: RouteInfo = RouteInfo::new(Method::Get, "/users/{id}/{*rest}", "app::show");
    const INDEX: RouteInfo = RouteInfo::new(Method::Get, "/", "app::index");

    fn sought(
        route: RouteInfo,
        routes: &'static [RouteInfo],
        prefix: Option<&'static str>,
        given: &'static [&'static str],
    ) -> Sought {
        Sought::new(Entry::Route(route, &[]), "App", routes, prefix, given)
    }

    /// `SHOW` under each prefix, its second pattern, a second method of `INDEX`,
    /// and others.
    fn set(prefixes: &[&str]) -> &'static [RouteInfo] {
        let mut routes = vec![
            RouteInfo::new(Method::Get, "/users/{id}/{*rest}", "app::other"),
            RouteInfo::new(Method::Get, "/second", "app::show"),
            RouteInfo::new(Method::Post, "/", "app::index"),
        ];
        for prefix in prefixes {
            let whole = |own| &*format!("{prefix}{own}").leak();
            routes.push(SHOW.at(whole("/users/{id}/{*rest}")));
            let root = if prefix.is_empty() { "/" } else { "" };
            routes.push(INDEX.at(whole(root)));
        }
        routes.leak()
    }

    fn text(problem: Option<&super::Problem>) -> Option<String> {
        problem.map(|problem| problem.as_str().to_owned())
    }

    #[test]
    fn a_link_is_text_and_arguments_in_the_order_of_the_pattern() {
        let found = sought(SHOW, set(&["/{org}/x"]), None, &["rest", "org", "id"]);
        assert_eq!(text(found.problem().as_ref()), None);
        assert_eq!(text(found.unknown("org").as_ref()), None);
        let argument = |number, is_rest| Piece::Argument { number, is_rest };
        assert_eq!(
            Link::new(&found).pieces().collect::<Vec<_>>(),
            [
                Piece::Text("/"),
                argument(1, false),
                Piece::Text("/x/users/"),
                argument(2, false),
                Piece::Text("/"),
                argument(0, true),
            ]
        );
        let root = sought(INDEX, set(&["/a", "/b"]), Some("/b"), &[]);
        let link = Link::new(&root);
        assert_eq!(link.pieces().collect::<Vec<_>>(), [Piece::Text("/b")]);
    }

    #[test]
    fn a_parameter_is_an_argument_of_the_function_or_of_none() {
        let entry = Entry::new(Method::Get, "/{a}/{b}/{*c}", "app::show");
        for (entry, expected) in [(entry, [0, 1, 2]), (entry.takes(&[3, 0, 2]), [3, 0, 2])] {
            assert_eq!(["a", "b", "c"].map(|name| place(&entry, name)), expected);
            assert_eq!(["org", "d"].map(|name| place(&entry, name)), [UNHANDLED; 2]);
        }
    }

    #[test]
    fn a_route_that_is_not_there_once_is_explained() {
        let table: &[(&[&str], Option<&'static str>, Option<&str>)] = &[
            (&[""], None, None),
            (&["/a"], None, None),
            (&["/a"], Some("/a"), None),
            (&["/a", "/b"], Some("/b"), None),
            (&["", "/b"], Some(""), None),
            (
                &[],
                None,
                Some(
                    "`app::index` is not a route of `App`: list it there, or mount the set that lists it",
                ),
            ),
            (
                &[],
                Some("/a"),
                Some(
                    "`app::index` is not a route of `App`: list it there, or mount the set that lists it",
                ),
            ),
            (
                &["", "/b"],
                None,
                Some(
                    "`app::index` is mounted in `App` as `/` and as `/b`: choose one by its prefix, as in `\"/b\" => ..`",
                ),
            ),
            (
                &["/a", "/b"],
                Some("/c"),
                Some("`app::index` is not mounted in `App` under `/c`, but as `/a` and as `/b`"),
            ),
        ];
        for (prefixes, prefix, expected) in table {
            let found = sought(INDEX, set(prefixes), *prefix, &[]);
            assert_eq!(
                text(found.problem().as_ref()).as_deref(),
                *expected,
                "{prefixes:?} {prefix:?}"
            );
            assert_eq!(
                text(found.unknown("id").as_ref()).is_some(),
                expected.is_none()
            );
        }
    }

    #[test]
    fn each_argument_is_missed_or_explained_once() {
        let routes = set(&["/{org}"]);
        let table: &[(&'static [&'static str], Option<&str>, &[&str])] = &[
            (&["org", "id", "rest"], None, &[]),
            (
                &["org", "id"],
                Some(
                    "`/{org}/users/{id}/{*rest}` of `app::show` has a parameter `rest` without a value: add `rest = ..`",
                ),
                &[],
            ),
            (
                &["org", "idd", "rest"],
                None,
                &[
                    "`/{org}/users/{id}/{*rest}` of `app::show` has no parameter `idd`: did you mean `id`?",
                ],
            ),
            (
                &["org", "id", "rest", "page"],
                None,
                &[
                    "`/{org}/users/{id}/{*rest}` of `app::show` has no parameter `page`: \
                   all of its parameters are given, remove this",
                ],
            ),
            (
                &["a", "b"],
                None,
                &[
                    "`/{org}/users/{id}/{*rest}` of `app::show` has no parameter `a`: did you mean `org`?",
                    "`/{org}/users/{id}/{*rest}` of `app::show` has no parameter `b`: did you mean `org`?",
                ],
            ),
        ];
        for (given, missed, unknown) in table {
            let found = sought(SHOW, routes, None, given);
            assert_eq!(
                text(found.problem().as_ref()).as_deref(),
                *missed,
                "{given:?}"
            );
            let explained: Vec<_> = given
                .iter()
                .filter_map(|name| text(found.unknown(name).as_ref()))
                .collect();
            assert_eq!(explained, *unknown);
        }
        let index = sought(INDEX, set(&["/a"]), None, &["id"]);
        assert!(
            text(index.unknown("id").as_ref())
                .is_some_and(|text| text.ends_with("it has none, remove this"))
        );
    }
}
