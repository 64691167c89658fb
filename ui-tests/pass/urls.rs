// `url!` wherever an expression can stand, for routes and values of any name.

use std::borrow::Cow;
use std::fmt::Display;

use tramline::{FromParam, Request, Responder, ToParam, route, routes, text, url};

mod users {
    use super::App;
    use tramline::{Responder, route, routes, text, url};

    /// Set and route are mentioned from each other.
    #[route("/{id}")]
    pub fn show(id: u64) -> impl Responder {
        text!("next: {}\n", url!(App, show, id = id + 1, org = "a"))
    }

    #[route("/")]
    pub(super) const ALL: &str = "all";

    routes! { pub Routes: show, ALL }
}

mod versions {
    use tramline::{route, routes};

    #[route("/{in}/x")]
    pub fn within(r#in: &str) {
        let _ = r#in;
    }

    routes! { pub Inner: within }
    routes! { pub Routes: "/inner" => Inner }
}

routes! {
    pub App:
        index,
        call,
        search,
        "/orgs/{org}" => users::Routes,
        "/v1" => versions::Routes,
        "/v2" => versions::Routes,
}

#[route("/")]
fn index() -> impl Responder {
    text!("{}\n", url!(crate::App, self::index))
}

/// Each method is a route, all with one path; of several patterns the first is
/// written.
#[route(GET, POST, "/search", "/search/")]
fn search() {}

/// Parameters with the names of what is generated.
#[route("/{call}/{conflict}/{LINK}/{arg0}")]
#[allow(non_snake_case)]
fn call(call: &str, conflict: u8, LINK: char, arg0: &str) -> String {
    format!("{call}{conflict}{LINK}{arg0}")
}

pub struct Db;

#[derive(FromParam, ToParam)]
pub struct Slug<'a>(&'a str);

/// Arguments in any order, with state and extractors between, whose parameters
/// borrow in every way.
#[route(PUT, "/all/{a}/{b}/{c}/{*d}")]
pub async fn all<'r>(
    db: &Db,
    d: Cow<'_, str>,
    request: Request<'r>,
    a: &'r str,
    body: &[u8],
    c: Slug<'r>,
    b: Result<u8, <u8 as FromParam<'r>>::Error>,
) -> &'r str {
    let _ = (db, d, request, body, c.0, b);
    a
}

#[route("/jobs/{id}", blocking)]
fn job(db: &Db, id: u64) -> u64 {
    let _ = db;
    id
}

/// As many arguments as can be.
#[route("/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}")]
#[rustfmt::skip]
#[allow(clippy::too_many_arguments, clippy::many_single_char_names)]
fn sixteen(
    a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8,
    i: u8, j: u8, k: u8, l: u8, m: u8, n: u8, o: u8, p: char,
) -> String {
    format!("{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}{l}{m}{n}{o}{p}")
}

#[route("/gone/{id}")]
#[deprecated]
fn gone(id: u64) -> u64 {
    id
}

/// With the names of what is generated.
mod constants {
    use tramline::{route, routes};

    #[route("/")]
    pub const LINK: &str = "link";

    #[route("/bytes")]
    pub const ROUTE: &[u8; 1] = b"r";

    routes! { pub Routes: LINK, ROUTE }
}

routes! { More for Db: all, job, gone, "/16" => Many, "/of/{it}" => constants::Routes }
routes! { Many: sixteen }

#[deny(warnings)]
fn more() {
    use constants::{LINK, ROUTE};

    let (db, all_of_it) = ("a b", String::from("c"));
    assert_eq!(
        url!(More, all, d = "d/d", c = &all_of_it, b = 2, a = db).to_string(),
        "/all/a%20b/2/c/d/d"
    );
    // Variables do not hide handlers, nor does the type of what they hold.
    let (job, gone) = (7, 8);
    assert_eq!(url!(More, job, id = job).to_string(), "/jobs/7");
    assert_eq!(url!(More, gone, id = gone).to_string(), "/gone/8");
    let (handler, url) = ("it", &url!(More, LINK, it = &format!("{job}")).to_string());
    assert_eq!(url, "/of/7");
    assert_eq!(url!(More, ROUTE, it = handler).to_string(), "/of/it/bytes");
    #[rustfmt::skip]
    let sixteen = url!(
        More, sixteen, a = 0, b = 1, c = 2, d = 3, e = 4, f = 5, g = 6, h = 7,
        i = 8, j = 9, k = 10, l = 11, m = 12, n = 13, o = 14, p = 'p',
    );
    assert_eq!(
        sixteen.to_string(),
        "/16/0/1/2/3/4/5/6/7/8/9/10/11/12/13/14/p"
    );

    // In a block, and of a type that only the block knows.
    #[derive(FromParam, ToParam)]
    struct Inner(u8);

    #[route("/{handler}")]
    fn handler_of_the_block(handler: Inner) -> u8 {
        handler.0
    }

    routes! { Block: handler_of_the_block }
    let handler_of = |handler| url!(Block, handler_of_the_block, handler = Inner(handler));
    assert_eq!(handler_of(1).to_string(), "/1");
}

macro_rules! link_to {
    ($set:ident, $route:path, $name:ident = $value:expr) => {
        url!($set, $route, $name = $value).to_string()
    };
}

/// It owns its values.
fn kept() -> impl Display + use<> {
    let id: u64 = "7".parse().unwrap();
    url!(App, users::show, id = id, org = String::from("o"))
}

fn main() {
    const SOUGHT: u64 = 3;
    let arg0 = "a";
    let url = url!(App, users::show, org = arg0, id = SOUGHT);
    assert_eq!(url.to_string(), "/orgs/a/3");
    let number = 5;
    assert_eq!(
        format!("{} {}", url!(App, users::show, id = number, org = ""), kept()),
        "/orgs//5 /orgs/o/7"
    );
    assert_eq!(
        url!(App, call, arg0 = &arg0, LINK = 'l', conflict = 0, call = "c").to_string(),
        "/c/0/l/a"
    );
    assert_eq!(url!(App, users::ALL, org = 1.5).to_string(), "/orgs/1.5");
    assert_eq!(url!(App, search).to_string(), "/search");
    let within = url!(App, "/v2/inner" => versions::within, r#in = "x");
    assert_eq!(within.to_string(), "/v2/inner/x/x");
    assert_eq!(link_to!(More, job, id = 3), "/jobs/3");
    assert_eq!(link_to!(More, crate::job, id = 3), "/jobs/3");
    more();
}
