// What is made of a request is taken by value: `&` asks for what the state has.

use tramline::{Json, Request, route, routes};

#[route("/")]
fn lent(request: &Request<'_>) -> String {
    request.path().to_owned()
}

#[route("/changed")]
fn changed(request: &mut Request<'_>) -> String {
    request.path().to_owned()
}

#[route(POST, "/parsed")]
async fn parsed(number: &Json<u8>) -> String {
    number.0.to_string()
}

routes! { App: lent, changed, parsed }

fn main() {}
