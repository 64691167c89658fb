// Sets in sets: prefixes with parameters, two deep, from another crate, empty.

use tramline::routing::Captures;
use tramline::{Method, RouteSet, route, routes};
use tramline_examples_library as library;

mod repos {
    use tramline::{route, routes};

    #[route("/")]
    fn list() {}

    #[route("/{repo}/issues/{number}")]
    fn issue(number: u32, repo: &str) {
        let _ = (number, repo);
    }

    #[route("/{repo}/{*path}")]
    fn file(repo: &str, path: &str) {
        let _ = (repo, path);
    }

    routes! { pub Routes: list, issue, file }
}

mod orgs {
    use tramline::{route, routes};

    #[route("/")]
    fn list() {}

    routes! { pub Routes: "/{org}/repos" => super::repos::Routes, list }
}

routes! { Empty: }

#[route("/orgs/new")]
fn create() {}

routes! {
    App:
        "/none" => Empty,
        "/orgs" => orgs::Routes,
        create,
        "/lib" => library::Routes,
}

fn found(path: &str) -> Option<&'static str> {
    App::find(Method::Get, path, &mut Captures::new()).map(|index| App::ROUTES[index].pattern())
}

fn main() {
    assert_eq!(Empty::ROUTES, []);
    for (path, expected) in [
        ("/orgs/new", Some("/orgs/new")),
        ("/orgs", Some("/orgs")),
        ("/orgs/", None),
        ("/orgs/7/repos", Some("/orgs/{org}/repos")),
        ("/orgs/7/repos/x/issues/3", Some("/orgs/{org}/repos/{repo}/issues/{number}")),
        ("/orgs/7/repos/x/issues/3/4", Some("/orgs/{org}/repos/{repo}/{*path}")),
        ("/orgs/7/repos/x", None),
        ("/lib", Some("/lib")),
        ("/lib/version", Some("/lib/version")),
        ("/lib/books/1", Some("/lib/books/{isbn}")),
        ("/none", None),
    ] {
        assert_eq!(found(path), expected, "{path}");
    }
    assert_eq!(App::find(Method::Post, "/orgs", &mut Captures::new()), None);
}
