// In Rust 2024 `impl Responder` borrows of each argument, unless it says
// otherwise; what a job returns borrows of none.

use tramline::{Responder, route, routes, text};

struct Db(Vec<u8>);

#[route("/length", blocking)]
fn length(db: &Db) -> impl Responder {
    let length = db.0.len();
    text!("{length}")
}

#[route("/told", blocking)]
fn told(db: &Db) -> impl Responder + use<> {
    let length = db.0.len();
    text!("{length}")
}

routes! { App for Db: length, told }

fn main() {}
