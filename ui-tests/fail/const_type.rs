// A constant is text or bytes, and spelled so: a macro sees no further than
// the name of an alias.

use tramline::{route, routes};

type Text = &'static str;

#[route("/a")]
const NUMBER: u64 = 1;

#[route("/b")]
const ALIAS: Text = "";

#[route("/c")]
const WORDS: &[&str] = &[];

routes! { App: NUMBER, ALIAS, WORDS }

fn main() {
    let _ = App::ROUTES;
}
