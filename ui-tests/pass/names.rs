// Keywords as names, and names that the expansion uses itself.

use tramline::{Method, Request, Responder, RouteSet, route, routes, text};

#[route("/types/{type}")]
fn r#type(r#type: &str) -> String {
    r#type.to_owned()
}

#[route("/own/{message}/{response}")]
fn conflict(response: u8, message: u8, request: Request<'_>) -> String {
    format!("{request:?} {response} {message}")
}

#[route(POST, "/taken")]
fn call(response: Request<'_>, path: &[u8]) -> usize {
    response.path().len() + path.len()
}

#[route("/rejection")]
async fn build(rejection: Request<'_>) -> impl Responder {
    let out = "out";
    let arg0 = rejection.path().len();
    text!("{out} {} {arg0}", out.len())
}

mod constants {
    use tramline::{route, routes};

    #[route("/response")]
    const RESPONSE: &str = "response";

    #[route("/body")]
    const BODY: &[u8] = b"body";

    #[route("/text")]
    const TEXT: &'static str = "text";

    // A set named like a type of the library, listed in one named like another.
    routes! { pub Entry: RESPONSE, BODY, TEXT }
    routes! { pub RouteInfo: "/deep" => Entry }
}

mod routing {
    use tramline::{route, routes};

    #[route("/")]
    pub fn index() {}

    routes! { pub Table: index }
}

use constants::RouteInfo;
use routing::Table;

routes! {
    App:
        r#type,
        conflict,
        call,
        build,
        routing::index,
        "/table" => Table,
        "/constants" => RouteInfo,
}

fn main() {
    let names: Vec<_> = App::ROUTES.iter().map(|route| (route.pattern(), route.name().split_once("::").unwrap().1)).collect();
    assert_eq!(
        names,
        [
            ("/types/{type}", "type"),
            ("/own/{message}/{response}", "conflict"),
            ("/taken", "call"),
            ("/rejection", "build"),
            ("/", "routing::index"),
            ("/table", "routing::index"),
            ("/constants/deep/response", "constants::RESPONSE"),
            ("/constants/deep/body", "constants::BODY"),
            ("/constants/deep/text", "constants::TEXT"),
        ]
    );
    // The list itself does not hide what it lists.
    let unnamed = routes![r#type, "/app" => App];
    assert_eq!(routes_of(unnamed), 10);
}

fn routes_of<R: RouteSet>(_: R) -> usize {
    assert_eq!(R::ROUTES[0].method(), Method::Get);
    R::ROUTES.len()
}
