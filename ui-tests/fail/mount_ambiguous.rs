// A prefix can make ambiguous what is right by itself. Shown at the prefix.

use tramline::{route, routes};

#[route("/orgs/new/{step}")]
fn create(step: u8) -> u8 {
    step
}

#[route("/repos")]
fn repos() {}

routes! { Org: repos }
routes! { App: create, "/orgs/{org}" => Org }

fn main() {}
