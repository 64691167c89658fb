// One function may answer several methods under several patterns: each method
// with each pattern, one route each. Two functions may share a path by method.

use tramline::{Method, route, routes};

#[route(GET, PUT, "/users/{id}", "/people/{id}/", "/{id}")]
fn user(id: u64) -> String {
    id.to_string()
}

#[route(DELETE, PURGE, "/users/{id}")]
fn remove(id: u64) -> String {
    id.to_string()
}

#[route("/robots.txt", "/robots")]
const ROBOTS: &str = "User-agent: *\n";

routes! { Api: user, ROBOTS }
routes! { App: ROBOTS, remove, user, "/api/{version}" => Api, "/old" => Api }

fn main() {
    let told = |routes: &[tramline::RouteInfo]| -> Vec<(Method<'static>, &str)> {
        routes.iter().map(|route| (route.method(), route.pattern())).collect()
    };
    assert_eq!(
        told(Api::ROUTES),
        [
            (Method::Get, "/users/{id}"),
            (Method::Get, "/people/{id}/"),
            (Method::Get, "/{id}"),
            (Method::Put, "/users/{id}"),
            (Method::Put, "/people/{id}/"),
            (Method::Put, "/{id}"),
            (Method::Get, "/robots.txt"),
            (Method::Get, "/robots"),
        ]
    );
    assert_eq!(App::ROUTES.len(), 2 + 2 + 6 + 8 + 8);
    assert_eq!(told(&App::ROUTES[16..17]), [(Method::Get, "/api/{version}/robots.txt")]);
    assert!(App::ROUTES[4..10].iter().all(|route| route.name() == App::ROUTES[4].name()));
}
