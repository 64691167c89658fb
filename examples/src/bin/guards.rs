//! Who may come in, and what runs around all of it: guards and layers.
//!
//! `cargo run --bin guards`, then
//! `curl -i -H 'Authorization: Bearer of-ada' http://127.0.0.1:8080/admin/notes`.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use tramline::{
    AccessLog, FromRequest, Layer, Next, Request, RequestId, Response, RouteInfo, SecurityHeaders,
    Status, Summary, guard, route, routes,
};

/// Who asks, by a key that a real application would look up.
struct User {
    name: &'static str,
}

impl<'r> FromRequest<'r> for User {
    type State = ();
    type Rejection = Status;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, Status> {
        match request.header("authorization") {
            Some(b"Bearer of-ada") => Ok(Self { name: "ada" }),
            Some(b"Bearer of-bob") => Ok(Self { name: "bob" }),
            _ => Err(Status::UNAUTHORIZED),
        }
    }
}

/// The state: who may do everything.
struct Rights {
    admin: &'static str,
}

/// Whoever asks is known, or `User` says 401; but only one may pass.
#[guard]
fn is_admin(user: User, rights: &Rights) -> bool {
    user.name == rights.admin
}

#[route("/")]
fn index() -> &'static str {
    "open to all\n"
}

#[route("/admin/notes", guard = is_admin)]
fn notes() -> &'static str {
    "nobody else may read this\n"
}

/// The guard is asked before the body is received.
#[route(PUT, "/admin/notes/{id}", guard = is_admin)]
fn store(id: u32, body: &[u8]) -> String {
    format!("note {id}: {} bytes\n", body.len())
}

#[route("/refused")]
fn refused() -> u64 {
    REFUSALS.count.load(Relaxed)
}

/// A layer of the application's own: counts who was not let in.
struct Refusals {
    count: AtomicU64,
}

static REFUSALS: Refusals = Refusals {
    count: AtomicU64::new(0),
};

impl Layer for Refusals {
    async fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) {
        next.run(request, response).await;
    }

    fn done(&self, summary: &Summary<'_>) {
        if matches!(
            summary.status(),
            Some(Status::UNAUTHORIZED | Status::FORBIDDEN)
        ) {
            self.count.fetch_add(1, Relaxed);
        }
    }
}

routes! {
    #[layer(AccessLog::new(), RequestId::new(), SecurityHeaders::new(), &REFUSALS)]
    App for Rights: index, notes, store, refused
}

/// Does not compile if a route under `/admin/` has no guard.
const _: () = {
    let mut at = 0;
    while at < App::ROUTES.len() {
        let route = &App::ROUTES[at];
        assert!(
            !is_administrative(route) || !route.guards().is_empty(),
            "every route under `/admin/` has a guard"
        );
        at += 1;
    }
};

const fn is_administrative(route: &RouteInfo) -> bool {
    matches!(
        route.pattern().as_bytes(),
        [b'/', b'a', b'd', b'm', b'i', b'n', b'/', ..]
    )
}

fn main() -> tramline::Result {
    tramline::run_with(App, Rights { admin: "ada" })
}
