// `//` is a slip of the pen, a trailing `/` is a path of its own.

use tramline::route;

#[route("/users//{id}")]
fn show(id: u64) {
    let _ = id;
}

#[route("//")]
fn two() {}

#[route("/users/")]
fn fine() {}

fn main() {
    let _ = tramline::routes![fine];
}
