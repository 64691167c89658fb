//! Looks routes up: `App::find`, `Table::find` and matchit, on sets of 5, 50,
//! about 200 (GitHub's API) and 500 routes, the last also as ten mounted sets.
//!
//! Owns the requests and the check that all three agree on every one of them,
//! captures too. Refuses to measure: `../dispatch.py` runs it under callgrind.

use std::hint::black_box;
use std::process::ExitCode;

use tramline::routing::Captures;
use tramline::{Method, RouteSet};

include!(concat!(env!("OUT_DIR"), "/sets.rs"));

/// One set, and matchit's routers of the same routes.
struct Set {
    app: LookUp,
    table: LookUp,
    list: &'static [(&'static str, &'static str)],
    /// One for each of [`METHODS`].
    routers: [matchit::Router<usize>; METHODS.len()],
}

/// Those that the sets have.
const METHODS: [Method<'static>; 5] = [
    Method::Get,
    Method::Post,
    Method::Put,
    Method::Delete,
    Method::Patch,
];

type LookUp = fn(&Set, &Request, &mut Captures) -> Option<usize>;

struct Request {
    method: Method<'static>,
    path: String,
}

impl Set {
    fn of<R: RouteSet>(_: R, list: &'static [(&'static str, &'static str)]) -> Self {
        let routers = METHODS.map(|method| {
            let mut router = matchit::Router::new();
            for (number, &(own, pattern)) in list.iter().enumerate() {
                if method.as_str() == own {
                    router
                        .insert(pattern, number)
                        .expect("matchit takes the sets");
                }
            }
            router
        });
        Self {
            app: app::<R>,
            table: table::<R>,
            list,
            routers,
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "5" => Self::of(five::App, five::LIST),
            "50" => Self::of(fifty::App, fifty::LIST),
            "github" => Self::of(github::App, github::LIST),
            "500" => Self::of(five_hundred::App, five_hundred::LIST),
            "mounted" => Self::of(mounted::App, mounted::LIST),
            _ => panic!("expected a set: `5`, `50`, `github`, `500` or `mounted`"),
        }
    }

    /// Requests of one kind: for every route without parameters its path, for
    /// every route with parameters one path, or paths close to these that no
    /// route has.
    fn requests(&self, kind: &str) -> Vec<Request> {
        let mut requests = Vec::new();
        for &(method, pattern) in self.list {
            let method = Method::from_name(method);
            let path = filled(pattern);
            match (kind, path == pattern) {
                ("static", true) | ("parameters", false) => requests.push(Request { method, path }),
                ("misses", _) => requests.extend(
                    near(&path)
                        .map(|path| Request { method, path })
                        .filter(|request| self.matchit(request).is_none()),
                ),
                _ => {}
            }
        }
        requests
    }

    #[inline]
    fn matchit<'r>(&'r self, request: &'r Request) -> Option<matchit::Match<'r, 'r, &'r usize>> {
        let router = match request.method {
            Method::Get => &self.routers[0],
            Method::Post => &self.routers[1],
            Method::Put => &self.routers[2],
            Method::Delete => &self.routers[3],
            Method::Patch => &self.routers[4],
            _ => return None,
        };
        router.at(&request.path).ok()
    }

    /// Panics where the three do not agree on a request.
    fn check(&self, request: &Request) {
        let Request { method, path } = request;
        let expected = self.matchit(request).map(|found| {
            let values: Vec<_> = found.params.iter().map(|(_, value)| value).collect();
            (*found.value, values)
        });
        for (name, look_up) in [("App", self.app), ("Table", self.table)] {
            let mut captures = Captures::new();
            let found = look_up(self, request, &mut captures).map(|number| {
                let count = self.list[number].1.matches('{').count();
                let values = (1..=count).rev().map(|back| captures.from_end(path, back));
                (number, values.collect())
            });
            assert_eq!(found, expected, "{name}::find, {method} {path}");
        }
    }

    fn verify(&self) {
        for kind in ["static", "parameters", "misses"] {
            let requests = self.requests(kind);
            assert!(!requests.is_empty(), "no {kind}");
            for Request { path, .. } in requests {
                for path in near(&path).chain([path.clone()]) {
                    for method in METHODS {
                        let path = path.clone();
                        self.check(&Request { method, path });
                    }
                }
            }
        }
        for (number, &(method, pattern)) in self.list.iter().enumerate() {
            let (method, path) = (Method::from_name(method), filled(pattern));
            let found = (self.app)(self, &Request { method, path }, &mut Captures::new());
            assert_eq!(found, Some(number), "{pattern}");
        }
    }
}

// What is measured: each as it is inlined where a request is answered, the
// captures made anew.

fn app<R: RouteSet>(_: &Set, request: &Request, captures: &mut Captures) -> Option<usize> {
    *captures = Captures::new();
    R::find(request.method, &request.path, captures)
}

fn table<R: RouteSet>(_: &Set, request: &Request, captures: &mut Captures) -> Option<usize> {
    *captures = Captures::new();
    R::table().find(request.method, &request.path, captures)
}

fn matchit(set: &Set, request: &Request, _: &mut Captures) -> Option<usize> {
    set.matchit(request).map(|found| *found.value)
}

fn nothing(_: &Set, _: &Request, _: &mut Captures) -> Option<usize> {
    None
}

/// The pattern as a path, its parameters replaced by values as they are usual.
fn filled(pattern: &str) -> String {
    let mut values = ["octocat", "hello-world", "1347", "main"]
        .into_iter()
        .cycle();
    pattern
        .split('/')
        .map(|segment| match segment.as_bytes() {
            [b'{', b'*', ..] => "heads/feature/one",
            [b'{', ..] => values.next().expect("a cycle has no end"),
            _ => segment,
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// Paths close to this one: most of them have no route.
fn near(path: &str) -> impl Iterator<Item = String> {
    let (start, _) = path.rsplit_once('/').unwrap_or_default();
    [
        format!("{path}/nope"),
        format!("{path}/"),
        format!("{path}x"),
        format!("{start}/nothing/here"),
        path[..path.len().saturating_sub(1)].to_owned(),
        path[..path.len().div_ceil(2)].to_owned(),
    ]
    .into_iter()
}

/// Looks all requests up, round after round.
fn measure(set: &Set, requests: &[Request], subject: &str, rounds: usize) {
    let look_up = match subject {
        "App" => set.app,
        "Table" => set.table,
        "matchit" => matchit,
        "nothing" => nothing,
        _ => panic!("expected a subject: `App`, `Table`, `matchit` or `nothing`"),
    };
    let mut captures = Captures::new();
    for request in (0..rounds).flat_map(|_| requests) {
        black_box(look_up(black_box(set), black_box(request), &mut captures));
    }
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [set] => Set::named(set).verify(),
        [set, kind] => println!("{}", Set::named(set).requests(kind).len()),
        [set, kind, subject, rounds] => {
            let set = Set::named(set);
            let rounds = rounds.parse().expect("expected a number of rounds");
            measure(&set, &set.requests(kind), subject, rounds);
        }
        _ => {
            eprintln!(
                "expected SET to verify it, SET KIND to count its requests, or SET KIND SUBJECT ROUNDS"
            );
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
