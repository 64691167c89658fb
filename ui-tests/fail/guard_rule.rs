// A program can demand guards of its routes: they are data.

use tramline::{guard, route, routes};

#[guard]
fn is_admin() -> bool {
    false
}

#[route("/admin/users", guard = is_admin)]
fn users() {}

#[route("/admin/restart")]
fn restart() {}

routes! { App: users, restart }

const _: () = {
    let mut at = 0;
    while at < App::ROUTES.len() {
        let route = &App::ROUTES[at];
        if let [b'/', b'a', b'd', b'm', b'i', b'n', b'/', ..] = route.pattern().as_bytes() {
            assert!(!route.guards().is_empty(), "every route under `/admin/` has a guard");
        }
        at += 1;
    }
};

fn main() {}
