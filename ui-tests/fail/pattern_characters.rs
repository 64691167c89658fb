// What no path holds as it is: query, fragment, white space, other alphabets.
// The message gives the percent-encoding to write.

use tramline::route;

#[route("/search?q={q}")]
fn query(q: &str) {
    let _ = q;
}

#[route("/page#top")]
fn fragment() {}

#[route("/two words")]
fn space() {}

#[route("/größe")]
fn alphabet() {}

fn main() {}
