//! An application of several modules and a library, put together in one list.
//!
//! `cargo run --bin modules`, then `curl http://127.0.0.1:8080/orgs/7/admin/log`.

mod admin;
mod users;

use std::fmt;

use tramline::{Responder, RouteInfo, route, routes, text};
use tramline_examples_library as library;

#[route("/")]
const INDEX: &str = "see /routes\n";

/// A set knows its routes, also those of what is mounted in it.
#[route("/routes")]
fn list() -> impl Responder {
    text!("{}", Listed(App::ROUTES))
}

/// One line for each.
struct Listed(&'static [RouteInfo]);

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|route| {
            writeln!(f, "{} {} {}", route.method(), route.pattern(), route.name())
        })
    }
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
