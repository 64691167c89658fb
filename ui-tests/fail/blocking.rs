// A blocking handler runs on another thread, and may outlive its request: it
// takes and returns what is its own.

use std::borrow::Cow;
use std::num::ParseIntError;
use std::rc::Rc;
use std::str::FromStr;

use tramline::{FromParam, FromRequest, Request, Responder, Response, route, routes};

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

#[derive(FromParam)]
struct Count(#[param(from_str)] Shared);

struct Shared(Rc<u8>);

impl FromStr for Shared {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(|number| Self(Rc::new(number)))
    }
}

#[route("/i/{count}", blocking)]
fn counted(count: Count) -> u8 {
    *count.0.0
}

struct Agent(Rc<str>);

impl<'r> FromRequest<'r> for Agent {
    type State = ();
    type Rejection = ();

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, ()> {
        Ok(Self(request.path().into()))
    }
}

#[route("/j", blocking)]
fn agent(agent: Agent) -> usize {
    agent.0.len()
}

routes! { App: text, body, whole, decoded, returned, awaited, PAGE, local, counted, agent }

fn main() {}
