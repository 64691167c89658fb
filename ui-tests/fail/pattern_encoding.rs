// A path is matched as sent, so text has one spelling: percent-encoded with
// capitals, and only where needed. The message gives it.

use tramline::{route, routes};

#[route("/caf%c3%a9")]
fn small_digits() {}

#[route("/%7Eada/{page}")]
fn not_needed(page: &str) {
    let _ = page;
}

#[route("/100%")]
fn no_digits() {}

#[route("/")]
fn index() {}

routes! { Set: index }
routes! { Mounted: "/a%2fb" => Set }

fn main() {}
