// What a guard wants of the state, the set must have.

use tramline::{guard, route, routes};

struct Db;

#[guard]
fn is_admin(db: &Db) -> bool {
    let Db = db;
    false
}

#[route("/admin", guard = is_admin)]
fn admin() {}

routes! { App: admin }

fn main() {}
