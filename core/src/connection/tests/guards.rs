//! Guards, on the wire.

use crate::connection::tests::around::{Key, answers_of, get, parts};
use crate::{Body, Request, Status, guard, route, routes};

#[guard]
fn has_key(_key: Key) -> bool {
    true
}

#[guard]
async fn is_open(request: Request<'_>) -> Result<(), (Status, &'static str)> {
    core::future::ready(()).await;
    match request.query() {
        Some("closed") => Err((Status::SERVICE_UNAVAILABLE, "closed")),
        _ => Ok(()),
    }
}

#[guard]
fn never() -> bool {
    false
}

#[route("/kept/{id}", guard = is_open, guard = has_key)]
fn kept(id: u8, body: Body<'_>) -> String {
    format!("{id} {}", body.length().unwrap_or_default())
}

#[route("/never", guard = never)]
const NEVER: &str = "never";

#[route("/open", guard = is_open)]
const OPEN: &str = "open";

routes! { Guarded: kept, NEVER, OPEN }

#[test]
fn guards_are_asked_in_order_and_before_all_else() {
    for (request, expected, body) in [
        (get("/kept/7"), 401, "401 Unauthorized\n"),
        (get("/kept/x"), 401, "401 Unauthorized\n"),
        (get("/kept/7?closed"), 503, "closed"),
        (
            get("/kept/7").replace("Host", "X-Key: wrong\r\nHost"),
            403,
            "403 Forbidden\n",
        ),
        (
            get("/kept/7").replace("Host", "X-Key: right\r\nHost"),
            200,
            "7 0",
        ),
        (
            get("/kept/x").replace("Host", "X-Key: right\r\nHost"),
            404,
            "404 Not Found\n",
        ),
        (get("/never"), 403, "403 Forbidden\n"),
        (get("/open"), 200, "open"),
        (get("/open?closed"), 503, "closed"),
    ] {
        let (sent, _) = answers_of::<Guarded>(&request);
        let (status, _, found) = parts(&sent);
        assert_eq!((status, found), (expected, body), "{request}");
    }
    let guards = Guarded::ROUTES[0].guards();
    assert!(guards[0].ends_with("::is_open") && guards[1].ends_with("::has_key"));
}
