// Every parameter has its argument. Shown at the pattern, with the argument
// that was likely meant.

use tramline::{Request, route, routes};

#[route("/users/{idd}")]
fn slip(id: u64) {
    let _ = id;
}

#[route("/{year}/{month}")]
fn missing(request: Request<'_>) {
    let _ = request;
}

#[route("/pages/{name}")]
const PAGE: &str = "";

// A list that names them adds no message.
routes! { App: slip, missing, PAGE }

fn main() {
    let _ = App::ROUTES;
}
