// An argument that no parameter is named like would be the body, which a GET
// request does not have. What is meant is most often a parameter.

use tramline::{route, routes};

#[route("/hello")]
fn forgotten(name: &str) -> String {
    format!("hello {name}")
}

#[route(GET, HEAD, "/users/{id}")]
async fn of_a_prefix(org: String, id: u64) -> String {
    format!("{org} {id}")
}

#[route(GET, POST, "/both")]
fn with_another_method(body: &[u8]) -> usize {
    body.len()
}

routes! { Users: of_a_prefix }
routes! { App: forgotten, with_another_method, "/orgs/{org}" => Users }

fn main() {}
