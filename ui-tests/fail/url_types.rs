// A value has the type of the handler's argument, or borrows as it: shown at
// the value.

use tramline::{FromParam, route, routes, url};

#[derive(FromParam)]
struct UserId(u64);

struct Opaque;

#[route("/users/{id}/{name}")]
fn show(id: u64, name: String) -> String {
    format!("{id}{name}")
}

#[route("/by/{id}")]
fn by(id: UserId) -> u64 {
    id.0
}

routes! { Set: show, by }
routes! { App: "/orgs/{org}" => Set }

fn main() {
    let _text = url!(Set, show, id = "seven", name = "a");
    let _number = url!(Set, show, id = 7, name = 7 + 1);
    let _other = url!(Set, show, id = -7_i32, name = 'c');
    let _one_way = url!(Set, by, id = UserId(7));
    let _prefix = url!(App, show, id = 7, name = "a", org = Opaque);
}
