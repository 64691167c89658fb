// A path can be written of a route that the set has, and has once.

use tramline::{route, routes, url};

#[route("/users/{id}")]
fn show(id: u64) -> u64 {
    id
}

#[route("/other")]
fn other() {}

fn plain() {}

routes! { Set: show }
routes! { App: "/v1" => Set, "/v2" => Set }

fn main() {
    let _not_there = url!(App, other);
    let _twice = url!(App, show, id = 7);
    let _elsewhere = url!(App, "/v3" => show, id = 7);
    let _not_a_route = url!(App, plain);
    let _not_a_set = url!(show, show, id = 7);
    plain();
}
