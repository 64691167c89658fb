// A set hands out parts of the state it names: of none, if it names none.

use tramline::{FromRequest, Request, State, route, routes};

struct Db;
struct Mailer;

#[derive(State)]
struct AppState {
    db: Db,
}

struct User;

impl<'r> FromRequest<'r> for User {
    type State = &'r Mailer;
    type Rejection = ();

    async fn from_request(_: Request<'r>, _: &'r Mailer) -> Result<Self, ()> {
        Ok(Self)
    }
}

#[route("/users")]
fn list(db: &Db) {
    let _ = db;
}

#[route("/mails")]
fn mails(id: &u64, mailer: &Mailer) {
    let _ = (id, mailer);
}

#[route("/me")]
fn me(user: User) {
    let _ = user;
}

#[route("/report", blocking)]
fn report(mailer: &Mailer) {
    let _ = mailer;
}

routes! { Unnamed: list }
routes! { Lacks for AppState: list, me, report }
routes! { Users for Db: list }
routes! { Api for Mailer: "/api" => Users }

fn main() {
    let _ = tramline::run(Users);
    let _ = tramline::run_with(Users, Mailer);
    let _ = mails;
}
