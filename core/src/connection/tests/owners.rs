//! Requests that no handler takes, in sets that have something around them.

use super::around::{answers_of, get, parts};
use crate::{Cors, Layer, Method, Next, Request, Response, Status, catch, route, routes};

/// Says that a request came by.
struct Seen(&'static str);

impl Layer for Seen {
    async fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) {
        assert!(request.query() != Some("panic"), "a layer of a test panics");
        response.append_header("x-seen", self.0);
        if request.query() == Some(self.0) {
            return response.text(format_args!("early from {}", self.0));
        }
        next.run(request, response).await;
    }
}

#[route("/")]
fn index() -> &'static str {
    "index"
}

#[route(POST, "/add")]
fn add() -> &'static str {
    "added"
}

#[route("/{id}")]
fn show(id: u8) -> u8 {
    id
}

#[route(_)]
fn lost() -> Status {
    Status::NOT_FOUND
}

#[catch]
fn caught(request: Request<'_>, status: Status) -> String {
    format!("api: {status} {}", request.path())
}

// Nothing of its own, so that its number is that of `Leaf`.
routes! { #[layer(Seen("branch"))] Branch: "/leaf" => Leaf }

routes! { #[layer(Seen("leaf"))] Leaf: index, show }

routes! {
    #[layer(Seen("api"), Cors::origins(&["https://a.example"]).methods(&[Method::Post]))]
    Api: index, add, "/branch" => Branch, _ => caught
}

// Has nothing around its handlers, and a set that has.
routes! { Open: index, "/leaf" => Leaf }

routes! { #[layer(Seen("kept"))] Kept: lost }

#[route("/api/own")]
fn own() -> &'static str {
    "own"
}

routes! {
    App: index, own,
        "/api" => Api,
        "/api/open" => Open,
        "/{tenant}" => Leaf,
        "/kept" => Kept,
}

routes! { #[layer(Seen("outer"))] Outer: "/app" => App }

routes! { #[layer(Seen("empty"))] Empty: }

/// What layers saw the request, the status and the body.
fn told<R: crate::Serve<()>>(request: &str) -> String {
    let (sent, _) = answers_of::<R>(request);
    let (status, headers, body) = parts(&sent);
    let seen: Vec<_> = headers
        .iter()
        .filter_map(|line| line.strip_prefix("x-seen: "))
        .collect();
    format!("{} {status} {}", seen.join("+"), body.trim_end())
}

fn ask_by(method: &str, path: &str) -> String {
    get(path).replace("GET", method)
}

#[test]
fn a_miss_goes_through_the_sets_that_its_path_is_in() {
    for (method, path, expected) in [
        // Of no mounted set.
        ("PUT", "/", " 405 405 Method Not Allowed"),
        (
            "BREW",
            "/",
            " 501 501 Not Implemented: no route here names this method",
        ),
        ("OPTIONS", "*", " 204 "),
        // The path has another method: the set of that route.
        ("PUT", "/api", "api 405 api: 405 Method Not Allowed /api"),
        (
            "PUT",
            "/api/add",
            "api 405 api: 405 Method Not Allowed /api/add",
        ),
        ("OPTIONS", "/api/add", "api 204 "),
        ("PUT", "/api/own", " 405 405 Method Not Allowed"),
        ("OPTIONS", "/api/own", " 204 "),
        ("PUT", "/api/open", " 405 405 Method Not Allowed"),
        (
            "PUT",
            "/api/branch/leaf/7",
            "api+branch+leaf 405 api: 405 Method Not Allowed /api/branch/leaf/7",
        ),
        ("PUT", "/tenant/7", "leaf 405 405 Method Not Allowed"),
        // The path is below a prefix: the longest.
        ("GET", "/api/x/y", "api 404 api: 404 Not Found /api/x/y"),
        (
            "BREW",
            "/api/x/y",
            "api 501 api: 501 Not Implemented /api/x/y",
        ),
        ("GET", "/api/open/x", " 404 404 Not Found"),
        ("GET", "/api/open/leaf/x/y", "leaf 404 404 Not Found"),
        (
            "GET",
            "/api/branch/x",
            "api+branch 404 api: 404 Not Found /api/branch/x",
        ),
        (
            "GET",
            "/api/branch/leaf/x/y",
            "api+branch+leaf 404 api: 404 Not Found /api/branch/leaf/x/y",
        ),
        ("GET", "/tenant/x/y", "leaf 404 404 Not Found"),
        // Unless a fallback takes it.
        ("GET", "/kept/x/y", "kept 404 404 Not Found"),
        // A layer may answer itself.
        ("GET", "/api/branch/x?api", "api 200 early from api"),
        (
            "GET",
            "/api/branch/x?branch",
            "api+branch 200 early from branch",
        ),
    ] {
        let request = ask_by(method, path);
        let request = request.replace("GET * ", "OPTIONS * ");
        assert_eq!(told::<App>(&request), expected, "{method} {path}");
        if path.starts_with('/') {
            let mounted = request
                .replacen(" /", " /app/", 1)
                .replacen("/app/ ", "/app ", 1);
            let expected = format!("outer+{expected}")
                .replace("outer+ ", "outer ")
                .replace(" /", " /app/");
            let found = told::<Outer>(&mounted).replace(" /app ", " /app/ ");
            assert_eq!(found, expected, "mounted: {method} {path}");
        }
    }
    assert_eq!(told::<Outer>(&get("/none")), "outer 404 404 Not Found");
    assert_eq!(told::<Empty>(&get("/none")), "empty 404 404 Not Found");
    assert_eq!(told::<Empty>(&ask_by("OPTIONS", "*")), "empty 204 ");
    // What a miss was told is gone by the next request.
    let both = get("/api/x/y?api") + &get("/api/branch/leaf/7");
    let (sent, _) = answers_of::<App>(&both);
    assert!(sent.ends_with("\r\n\r\n7"), "{sent}");
    let (sent, closed) = answers_of::<App>(&get("/api/x/y?panic"));
    assert!(sent.starts_with("HTTP/1.1 500 ") && closed, "{sent}");
}

#[test]
fn a_preflight_is_for_the_set_of_the_method_that_it_asks_for() {
    let preflight = |path, method| {
        ask_by("OPTIONS", path).replace(
            "Host",
            &format!(
                "Origin: https://a.example\r\nAccess-Control-Request-Method: {method}\r\nHost"
            ),
        )
    };
    let allowed = "Access-Control-Allow-Origin: https://a.example\r\n";
    let (sent, _) = answers_of::<App>(&preflight("/api/add", "POST"));
    assert!(
        sent.starts_with("HTTP/1.1 204 ") && sent.contains(allowed),
        "{sent}"
    );
    assert!(!sent.contains("Allow: "), "the layer answers: {sent}");
    let (sent, _) = answers_of::<App>(&preflight("/api/own", "GET"));
    assert!(
        !sent.contains(allowed) && sent.contains("Allow: GET"),
        "{sent}"
    );
    // GET is the outer set's, and DELETE nobody's.
    for (method, seen) in [("POST", "api"), ("GET", ""), ("DELETE", "")] {
        let found = told::<Both>(&preflight("/api/add", method));
        assert_eq!(found, format!("{seen} 204 "), "{method}");
    }
    // HEAD is answered where GET is, though the path is more that of POST.
    for (method, seen) in [("POST", "api"), ("GET", ""), ("HEAD", "")] {
        let found = told::<Loose>(&preflight("/api/add", method));
        assert_eq!(found, format!("{seen} 204 "), "{method}");
    }
}

#[route("/api/add")]
fn also() -> &'static str {
    "asked"
}

routes! { Both: also, "/api" => Api }

#[route("/api/{any}")]
fn loose(any: &str) -> &str {
    any
}

routes! { Loose: loose, "/api" => Api }

#[test]
fn a_parameter_owns_a_path_before_a_catch_all() {
    for (method, path, expected) in [
        ("PUT", "/files/a", "uploads 405 405 Method Not Allowed"),
        ("OPTIONS", "/files/a", "uploads 204 "),
        ("PUT", "/files/a/b", " 405 405 Method Not Allowed"),
        ("GET", "/files/a", " 200 a"),
    ] {
        let found = told::<Files>(&ask_by(method, path));
        assert_eq!(found, expected, "{method} {path}");
    }
}

#[route("/files/{*path}")]
fn file(path: &str) -> &str {
    path
}

#[route(POST, "/{name}")]
fn upload(name: &str) -> &str {
    name
}

routes! { #[layer(Seen("uploads"))] Uploads: upload }

routes! { Files: file, "/files" => Uploads }
