//! Parameters by their names, as `Request::parameter` tells them: those of prefixes
//! too, wherever a request is seen.
#![cfg(feature = "macros")]

use tramline::testing::Client;
use tramline::{Layer, Next, Request, Response, Status, catch, guard, route, routes};

fn told(request: Request<'_>) -> String {
    let names = ["org", "team", "id", "type", "rest", "absent"];
    let found = names.iter().filter_map(|&name| {
        let value = request.parameter(name)?;
        Some(format!("{name}={value}"))
    });
    found.collect::<Vec<_>>().join(" ")
}

struct Tell;

impl Layer for Tell {
    async fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) {
        response.header("X-Told", told(request));
        next.run(request, response).await;
    }
}

#[guard]
fn is_known(request: Request<'_>) -> bool {
    request.parameter("org") != Some("nobody")
}

#[route("/", guard = is_known)]
fn index(request: Request<'_>) -> String {
    told(request)
}

#[route(GET, POST, "/users/{id}", "/people/{id}")]
fn show(request: Request<'_>, id: &str) -> String {
    format!("{} {id}", told(request))
}

#[route("/kinds/{type}")]
fn kind(request: Request<'_>, r#type: &str) -> String {
    format!("{} {}", told(request), r#type)
}

#[route("/files/{*rest}")]
fn file(request: Request<'_>, rest: &str) -> String {
    format!("{} {}", told(request), rest.len())
}

#[route(_)]
fn lost(request: Request<'_>) -> (Status, String) {
    (Status::NOT_FOUND, told(request))
}

#[catch]
fn caught(request: Request<'_>) -> String {
    format!("caught {}", told(request))
}

routes! { Teams: index, show, kind, file, lost }
routes! { Orgs: "/teams/{team}" => Teams, "/all" => Teams }
routes! { #[layer(Tell)] App: "/orgs/{org}" => Orgs, "/mine" => Teams, 403 => caught, 405 => caught }

#[test]
fn they_are_found_by_name_under_each_prefix() {
    let client = Client::new(App);
    for (path, status, told, text) in [
        ("/orgs/a/teams/b", 200, "org=a team=b", "org=a team=b"),
        ("/orgs/a/all", 200, "org=a", "org=a"),
        ("/mine", 200, "", ""),
        ("/mine/users/7", 200, "id=7", "id=7 7"),
        ("/mine/people/7", 200, "id=7", "id=7 7"),
        ("/mine/kinds/tea", 200, "type=tea", "type=tea tea"),
        (
            "/orgs/a/teams/b/users/7",
            200,
            "org=a team=b id=7",
            "org=a team=b id=7 7",
        ),
        (
            "/orgs/a%2Fb/all/files/x/y",
            200,
            "org=a%2Fb rest=x/y",
            "org=a%2Fb rest=x/y 3",
        ),
        (
            "/orgs/a/teams/b/no/such/path",
            404,
            "org=a team=b",
            "org=a team=b",
        ),
        ("/orgs/nobody/all", 403, "org=nobody", "caught org=nobody"),
        ("/nowhere", 404, "", "404 Not Found\n"),
    ] {
        let reply = client.get(path).send();
        reply
            .assert_status(status)
            .assert_text(text)
            .assert_header("x-told", told);
    }
    // No route was found: nothing names what is in the path.
    let wrong = client.delete("/orgs/a/all").send();
    wrong
        .assert_status(405)
        .assert_text("caught ")
        .assert_header("x-told", "");
}
