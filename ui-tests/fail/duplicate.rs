// Two routes for the same requests: shown at the second entry and at its
// pattern; both functions are named. What parameters are called changes
// nothing.

use tramline::{route, routes};

mod users {
    use tramline::route;

    #[route("/users/{id}")]
    pub fn show(id: u64) {
        let _ = id;
    }

    #[route("/users/{name}")]
    pub fn by_name(name: &str) {
        let _ = name;
    }
}

#[route("/")]
fn index() {}

routes! { App: index, users::show, users::by_name, index }

fn main() {}
