// A set is as visible as it says, and private if it says nothing.

use tramline::routes;

mod users {
    use tramline::{route, routes};

    #[route("/")]
    fn list() {}

    routes! { Routes: list }
}

routes! { App: "/users" => users::Routes }

fn main() {}
