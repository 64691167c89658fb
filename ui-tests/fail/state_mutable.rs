// What is lent to a handler is lent to others at the same time.

use tramline::{guard, route, routes};

struct Db(u64);

#[route(POST, "/count")]
fn count(db: &mut Db) -> u64 {
    db.0 += 1;
    db.0
}

#[route("/{name}")]
fn upper(name: &mut str) -> &str {
    name.make_ascii_uppercase();
    name
}

#[guard]
fn counted(db: &mut Db) -> bool {
    db.0 > 0
}

#[route("/", guard = counted)]
fn index() {}

routes! { App for Db: count, upper, index }

fn main() {}
