// The more specific route wins, wherever it stands in the list, and a path that
// it does not match goes back to the next.

use tramline::routing::Captures;
use tramline::{Method, RouteSet, route, routes};

#[route("/{*rest}")]
fn rest(rest: &str) {
    let _ = rest;
}

#[route("/users/{id}/edit")]
fn edit(id: &str) {
    let _ = id;
}

#[route("/users/me/{page}/all")]
fn all(page: &str) {
    let _ = page;
}

#[route("/users/{id}")]
fn show(id: &str) {
    let _ = id;
}

#[route("/users/me")]
fn me() {}

routes! { App: rest, edit, all, show, me }

fn main() {
    for (path, expected) in [
        ("/users/me", Some("me")),
        ("/users/7", Some("show")),
        ("/users/me/edit", Some("edit")),
        ("/users/me/x/all", Some("all")),
        ("/users/me/x/none", Some("rest")),
        ("/users/", Some("rest")),
        ("/", None),
    ] {
        let found = App::find(Method::Get, path, &mut Captures::new());
        let name = found.map(|index| App::ROUTES[index].name().rsplit_once("::").unwrap().1);
        assert_eq!(name, expected, "{path}");
    }
}
