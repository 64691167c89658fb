// A prefix is a pattern that leaves room for another one after it.

use tramline::{route, routes};

#[route("/list")]
fn list() {}

routes! { Api: list }

routes! {
    App:
        "api" => Api,
        "/api/" => Api,
        "/" => Api,
        "" => Api,
        "/{*rest}" => Api,
        "/a//b" => Api,
        "/{id" => Api,
}

fn main() {
    let _ = App::ROUTES;
}
