// `ROUTES` is constant, so rules of the program's own are held when it compiles.

use tramline::{Method, RouteInfo, route, routes};

mod admin {
    use tramline::{route, routes};

    #[route("/users")]
    fn users() {}

    #[route(POST, "/restart")]
    fn restart() {}

    routes! { pub Routes: users, restart }
}

#[route("/")]
fn index() {}

routes! { App: index, "/admin" => admin::Routes }

const fn starts_with(route: &RouteInfo, prefix: &str) -> bool {
    let (path, prefix) = (route.pattern().as_bytes(), prefix.as_bytes());
    let mut at = 0;
    while at < prefix.len() {
        if at == path.len() || path[at] != prefix[at] {
            return false;
        }
        at += 1;
    }
    true
}

const ADMINISTRATIVE: usize = {
    let (mut count, mut at) = (0, 0);
    while at < App::ROUTES.len() {
        if starts_with(&App::ROUTES[at], "/admin/") {
            count += 1;
        }
        assert!(!matches!(App::ROUTES[at].method(), Method::Any), "every route names its method");
        at += 1;
    }
    count
};

const _: () = assert!(ADMINISTRATIVE == admin::Routes::ROUTES.len(), "all of them are under `/admin`");

fn main() {
    assert_eq!(ADMINISTRATIVE, 2);
}
