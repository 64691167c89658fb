//! What administrators of an organisation see. Mounted under a prefix that has
//! the organisation as its parameter, which is not an argument of these functions.

use std::time::Duration;

use tramline::smol::Timer;
use tramline::{Request, Responder, Status, route, routes, text};

/// Mounted, the pattern `/` is the prefix itself. Its parameter is asked for by
/// name.
#[route("/")]
fn overview(request: Request<'_>) -> impl Responder {
    let org = request.parameter("org").unwrap_or("nobody");
    text!("overview of {org}\n")
}

/// Other requests are served while this one waits.
#[route("/slow")]
async fn slow() -> &'static str {
    Timer::after(Duration::from_millis(50)).await;
    "at last\n"
}

#[route("/log")]
fn log() -> Vec<u8> {
    b"nothing happened\n".to_vec()
}

#[route(DELETE, "/log/{*entry}")]
fn forget(entry: &str) -> (Status, impl Responder) {
    (Status::ACCEPTED, text!("{entry} is forgotten\n"))
}

routes! { pub Routes: overview, slow, log, forget }
