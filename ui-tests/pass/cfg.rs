// A condition on a handler holds for all that belongs to it, above or below
// `#[route]`.

use tramline::{route, routes};

#[cfg(any())]
#[route("/above")]
fn never() -> NoSuchType {}

#[route("/below")]
#[cfg(any())]
fn never() -> NoSuchType {}

#[route("/here/{id}")]
#[cfg(all())]
fn always(id: u8) {
    let _ = id;
}

#[route("/const")]
#[cfg(any())]
const NEVER: &str = "";

#[cfg_attr(all(), route("/attribute"))]
fn attribute() {}

#[cfg(any())]
routes! { App: never }

#[cfg(all())]
routes! { App: always, attribute }

fn main() {
    assert_eq!(App::ROUTES.len(), 2);
}
