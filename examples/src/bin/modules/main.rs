//! An application of several modules and a library, put together in one list.
//!
//! `cargo run --bin modules`, then `curl http://127.0.0.1:8080/orgs/7/admin/log`.

mod admin;
mod users;

use tramline::{Responder, RouteList, route, routes, text};
use tramline_examples_library as library;

#[route("/")]
const INDEX: &str = "see /routes\n";

/// A set knows its routes, also those of what is mounted in it.
#[route("/routes")]
fn list() -> impl Responder {
    text!("{}", RouteList::new(App::ROUTES))
}

routes! {
    /// The whole application.
    pub App:
        INDEX,
        list,
        users::show,
        users::rename,
        "/orgs/{org}/admin" => admin::Routes,
        "/api" => library::Routes,
}

fn main() -> tramline::Result {
    tramline::run(App)
}
