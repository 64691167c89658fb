// `url!` wherever an expression can stand, for routes and values of any name.

use std::fmt::Display;

use tramline::{Responder, route, routes, text, url};

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
}
