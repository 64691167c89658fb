// A set has one fallback, which stands for all methods and all paths.

use tramline::{Request, route, routes};

#[route(_, "/path")]
fn with_a_path() {}

#[route(GET, _)]
fn with_a_method() {}

#[route(_, blocking)]
fn blocking() {}

#[route("/path", _)]
fn late() {}

#[route(_)]
fn with_a_parameter(id: u64) -> u64 {
    id
}

#[route(_)]
fn lost(request: Request<'_>) -> String {
    request.path().to_owned()
}

#[route(_)]
fn gone() {}

routes! { App: lost, gone, lost }
routes! { Api: lost }
routes! { Other: gone }
routes! { Mounted: lost, "/api" => Api, "/api" => Other }
routes! { Crossing: "/{a}/x" => Api, "/a/{b}" => Other }

fn main() {}
