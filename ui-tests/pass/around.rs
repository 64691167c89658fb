// Guards, catchers and layers, wherever they may stand.

#![deny(missing_docs, unsafe_code, clippy::pedantic, warnings)]
//! Documented.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tramline::testing::Client;
use tramline::{
    AccessLog, BodyLimit, Cors, Layer, Next, Request, RequestId, Response, SecurityHeaders, Status, Timeout, catch,
    guard, route, routes,
};

struct Db {
    admin: &'static str,
}

mod auth {
    use super::{Db, Request, Status};

    #[tramline::guard]
    pub(crate) async fn is_admin(request: Request<'_>, db: &Db) -> Result<(), Status> {
        match request.header("authorization") {
            Some(key) if key == db.admin.as_bytes() => Ok(()),
            _ => Err(Status::UNAUTHORIZED),
        }
    }
}

#[guard]
fn is_small(body: &[u8]) -> bool {
    body.len() < 10
}

#[route(POST, "/admin/{id}", guard = auth::is_admin, guard = is_small,)]
fn admin(id: u64, body: &[u8], db: &Db) -> String {
    format!("{id} {} {}", body.len(), db.admin)
}

#[route(_, guard = is_small)]
fn lost() -> Status {
    Status::NOT_FOUND
}

#[route("/page", guard = is_small)]
const PAGE: &str = "page";

#[catch]
async fn missing(request: Request<'_>, db: &Db) -> String {
    format!("{} has no {}", db.admin, request.path())
}

#[catch]
fn any(status: Status) -> String {
    status.code().to_string()
}

/// Counts.
struct Counter(AtomicU64);

impl Layer for Counter {
    async fn handle<'r>(&self, request: Request<'r>, response: &mut Response<'r>, next: impl Next<'r>) {
        self.0.fetch_add(1, Relaxed);
        next.run(request, response).await;
    }
}

static COUNTER: Counter = Counter(AtomicU64::new(0));
static LAZY: LazyLock<Counter> = LazyLock::new(|| Counter(AtomicU64::new(5)));

mod api {
    /// `take` and `build` are names of the expansion, too.
    const fn take() -> tramline::BodyLimit {
        tramline::BodyLimit::bytes(100)
    }

    #[tramline::route("/")]
    fn index() {}

    tramline::routes! { #[layer(take())] pub Routes: index }
}

routes! {
    /// The whole application.
    #[layer(&COUNTER, &LAZY)]
    #[layer(
        AccessLog::new(),
        RequestId::new(),
        SecurityHeaders::new(),
        Cors::any_origin(),
        Timeout::after(Duration::from_secs(5)),
        BodyLimit::bytes(1024)
    )]
    pub App for Db:
        admin,
        PAGE,
        lost,
        "/api" => api::Routes,
        #[cfg(all())] 404 => missing,
        #[cfg(any())] 500 => nothing,
        _ => any,
}

const fn has_guard(at: usize) -> bool {
    !App::ROUTES[at].guards().is_empty()
}

const _: () = assert!(has_guard(0) && has_guard(1) && has_guard(2) && !has_guard(3));

fn main() {
    let client = Client::with_state(App, Db { admin: "root" });
    for (path, status, body) in
        [("/page", 200, "page"), ("/none", 404, "root has no /none"), ("/api", 200, ""), ("/admin/7", 405, "405")]
    {
        let reply = client.get(path).send();
        assert_eq!((reply.status().code(), reply.text()), (status, body), "{path}");
    }
    let admin = client.post("/admin/7").body("body").send();
    assert_eq!((admin.status(), admin.text()), (Status::UNAUTHORIZED, "401"));
    let admin = client.post("/admin/7").header("Authorization", "root").body("body").send();
    assert_eq!((admin.status(), admin.text()), (Status::OK, "7 4 root"));
    assert_eq!(COUNTER.0.load(Relaxed), 6);
    assert_eq!(LAZY.0.load(Relaxed), 11);
}
