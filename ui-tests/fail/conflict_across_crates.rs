// Sets are proved again where they are mounted, whichever crate they are from.
// Shown at the prefix.

use tramline::{route, routes};
use tramline_examples_library as library;

#[route("/api/version")]
fn version() {}

#[route("/{place}/version")]
fn versions(place: &str) {
    let _ = place;
}

routes! { Same: version, "/api" => library::Routes }
routes! { Twice: "/api" => library::Routes, "/api" => library::Routes }
routes! { Specific: versions, "/api" => library::Routes }

fn main() {}
