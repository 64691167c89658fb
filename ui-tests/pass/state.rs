// Shared state: lent to handlers and extractors, in parts, through mounts.

use std::convert::Infallible;

use tramline::{FromRequest, PerWorker, Provides, Request, Serve, Server, State, route, routes};

struct Db;
struct Mailer;

#[derive(State)]
struct AppState {
    db: Db,
    mailer: PerWorker<Mailer>,
}

/// Borrows, and needs state.
struct User<'r> {
    _name: &'r [u8],
    _db: &'r Db,
}

impl<'r> FromRequest<'r> for User<'r> {
    type State = (&'r Db, &'r Mailer);
    type Rejection = Infallible;

    async fn from_request(request: Request<'r>, (db, _): Self::State) -> Result<Self, Infallible> {
        let name = request.header("x-user").unwrap_or_default();
        Ok(Self { _name: name, _db: db })
    }
}

mod users {
    use super::*;

    #[route("/{id}")]
    fn show<'a>(id: u32, db: &'a Db, user: User<'a>) -> u32 {
        let _ = (db, user);
        id
    }

    // Only `Db` is needed here.
    #[route("/count")]
    async fn count(_db: &'_ Db) {}

    routes! { pub Routes for Db: count }
    routes! { pub All for AppState: show, "/also" => Routes }
}

#[route("/")]
fn index(all: &AppState) {
    let _ = all;
}

// The lifetime may be left out, as anywhere.
#[allow(elided_lifetimes_in_paths)]
#[route(PUT, "/me")]
fn me(body: &[u8], user: User, request: Request, mailer: &Mailer) -> usize {
    let _ = (user, request, mailer);
    body.len()
}

/// Of its own: the parameter and the body; shared: the state.
#[route(POST, "/report/{year}", blocking)]
fn report(db: &Db, year: u32, body: Vec<u8>, all: &AppState) -> &'static str {
    let _ = (db, year, body, all);
    "done"
}

#[route("/health")]
fn health() {}

routes! { Stateless: health }
routes! { App for AppState: index, me, report, "/users" => users::All, "/orgs/{org}" => users::Routes, "/s" => Stateless }

/// A state that has another application's in it.
struct Bigger(AppState);

impl Provides<AppState> for Bigger {
    fn provide(&self) -> &AppState {
        &self.0
    }
}

fn served<S: 'static>(_: impl Serve<S>) {}

fn main() {
    served::<AppState>(App);
    served::<Bigger>(App);
    served::<Bigger>(Stateless);
    served::<()>(Stateless);
    let state = AppState { db: Db, mailer: PerWorker::new(|| Mailer) };
    let _ = Server::with_state(routes![for AppState: index, health], state);
    let _ = Server::new(Stateless);
}
