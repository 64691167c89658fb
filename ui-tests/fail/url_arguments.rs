// The path of a route needs each of its parameters, those of mount prefixes
// too, and nothing else.

use tramline::{route, routes, url};

#[route("/users/{id}")]
fn show(id: u64) -> u64 {
    id
}

#[route("/")]
fn index() {}

routes! { Set: show, index }
routes! { App: "/orgs/{org}" => Set }

fn main() {
    let _missing = url!(App, show, id = 7);
    let _misspelled = url!(App, show, idd = 7, org = "a");
    let _too_many = url!(App, show, id = 7, org = "a", page = 1);
    let _none = url!(Set, index, id = 7);
    let _twice = url!(Set, show, id = 7, id = 8);
}
