// A handler is as visible as its function.

use tramline::routes;

mod users {
    use tramline::route;

    #[route("/users")]
    fn list() {}
}

routes! { App: users::list }

fn main() {}
