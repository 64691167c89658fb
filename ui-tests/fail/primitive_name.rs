// The marker of a function named `str` would hide the type `str`.

use tramline::route;

#[route("/str")]
fn str() {}

#[route("/u8")]
const u8: &'static [core::primitive::u8] = &[];

// Not hidden:
fn length(text: &str) -> u8 {
    text.len() as u8
}

fn main() {
    length("");
}
