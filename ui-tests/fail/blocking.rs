// A blocking handler runs on another thread, and may outlive its request: it
// takes and returns what is its own.

use std::borrow::Cow;
use std::rc::Rc;

use tramline::{Request, Responder, Response, route, routes};

#[route("/a/{name}", blocking)]
fn text(name: &str) -> String {
    name.to_owned()
}

#[route(POST, "/b", blocking)]
fn body(body: &[u8]) -> usize {
    body.len()
}

#[route("/c", blocking)]
fn whole(request: Request<'_>) -> String {
    request.path().to_owned()
}

#[route("/d/{name}", blocking)]
fn decoded(name: Cow<'_, str>) -> String {
    name.into_owned()
}

#[route("/e", blocking)]
fn returned(all: &String) -> &str {
    all
}

#[route("/f", blocking)]
async fn awaited() {}

#[route("/g", blocking)]
const PAGE: &str = "page";

struct Local(Rc<str>);

impl Responder for Local {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        self.0.len().respond(response);
    }
}

#[route("/h", blocking)]
fn local() -> Local {
    Local("local".into())
}

routes! { App: text, body, whole, decoded, returned, awaited, PAGE, local }

fn main() {}
