// Captures lie in an array of sixteen.

use tramline::{Request, route};

#[route("/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}/{q}")]
fn many(request: Request<'_>) {
    let _ = request;
}

fn main() {}
