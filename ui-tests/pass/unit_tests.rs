// A handler is an ordinary function: other code calls it, passes it on, and
// tests it without a server.

use tramline::{Responder, route, routes, text};

#[route("/sum/{a}/{b}")]
fn sum(a: u32, b: u32) -> u32 {
    a + b
}

#[route("/twice/{a}")]
async fn twice(a: u32) -> u32 {
    sum(a, a)
}

#[route("/said/{name}")]
fn said(name: &str) -> impl Responder {
    let name = name.to_owned();
    text!("hello {name}")
}

routes! { App: sum, twice, said }

fn fold(numbers: &[u32], with: fn(u32, u32) -> u32) -> u32 {
    numbers.iter().copied().fold(0, with)
}

fn main() {
    assert_eq!(fold(&[1, 2, 3], sum), 6);
    let doubled = tramline::smol::block_on(twice(4));
    assert_eq!(doubled, 8);
    let _ = said("you");
    assert_eq!(App::ROUTES.len(), 3);
}
