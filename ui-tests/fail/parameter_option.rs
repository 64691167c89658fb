// A parameter is never absent; what does not parse is an `Err`.

use tramline::route;

#[route("/users/{id}")]
fn show(id: Option<u64>) -> u64 {
    id.unwrap_or(0)
}

// The error is that of the type.
#[route("/archive/{year}")]
fn archive(year: Result<u16, String>) -> u16 {
    year.unwrap_or(0)
}

fn main() {}
