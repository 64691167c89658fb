// `text!` evaluates its arguments at once, in order, and can be returned with
// data borrowed from the request.

use tramline::{Request, Responder, route, routes, text};

#[route("/{name}/{*rest}")]
fn borrowed(name: &str, request: Request<'_>, rest: &str) -> impl Responder {
    text!("{name} {rest:>8} {} {length}\n", request.path(), length = rest.len())
}

#[route("/owned/{name}")]
async fn owned(name: String) -> Result<impl Responder, tramline::Status> {
    Ok(text!("{name} {0} {0:?}\n", name.to_uppercase()))
}

fn next(counter: &mut u32) -> u32 {
    *counter += 1;
    *counter
}

routes! { App: borrowed, owned }

fn main() {
    let mut counter = 0;
    let width = 4;
    let written = text!("{b} {} {:>width$} {a}{{}}", next(&mut counter), next(&mut counter), a = next(&mut counter), b = next(&mut counter));
    // Nothing is borrowed any more, and nothing is evaluated again.
    counter += 100;
    assert_eq!(format!("{written:?}"), "Text { .. }");
    assert_eq!(counter, 104);
    let _ = text!("plain");
    let _ = text!("{}", "trailing",);
    let _ = App::ROUTES;
}
