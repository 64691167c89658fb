// The error of a `Result` is an answer as well, since it is sent.

use std::fs;

use tramline::{route, routes};

#[route("/motd")]
fn message() -> Result<String, std::io::Error> {
    fs::read_to_string("/etc/motd")
}

routes! { App: message }

fn main() {}
