// Arguments are found by their names, so each is one name.

use tramline::{Request, route};

#[route("/{pair}")]
fn tuple((a, b): (u8, u8)) {
    let _ = (a, b);
}

#[route("/")]
fn ignored(_: Request<'_>) {}

#[route("/{id}")]
fn by_reference(ref id: String) {
    let _ = id;
}

fn main() {}
