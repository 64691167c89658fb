// Arguments are the same in every configuration: an expansion is made before any
// `cfg` in it is looked at.

use tramline::{route, routes};

#[route("/{id}")]
fn show(id: u64, #[cfg(any())] request: tramline::Request<'_>) -> u64 {
    id
}

#[route("/other/{id}")]
fn other(#[cfg_attr(all(), allow(unused))] id: u64, #[cfg_attr(all(), cfg(any()))] request: tramline::Request<'_>) {}

routes! { App: show, other }

fn main() {}
