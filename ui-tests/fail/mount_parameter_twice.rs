// The parameters of a prefix count among those of the route, so that no two
// have one name. Shown at the prefix, since the set itself is right.

use tramline::{route, routes};

#[route("/repos/{id}")]
fn repo(id: u64) -> u64 {
    id
}

routes! { Repos: repo }
routes! { App: "/orgs/{id}" => Repos, "/users/{user}" => Repos }

fn main() {}
