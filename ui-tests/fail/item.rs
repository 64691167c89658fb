// `#[route]` stands on a function or a constant.

use tramline::route;

#[route("/a")]
struct Page;

#[route("/b")]
static TEXT: &str = "";

#[route("/c")]
mod pages {}

#[route("/d")]
const _: &str = "";

fn main() {
    let _ = (Page, TEXT);
}
