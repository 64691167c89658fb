//! Layers, guards and catchers, on the wire.

use core::cell::RefCell;

use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{
    FromRequest, Html, Layer, Next, Request, Response, Status, Summary, catch, route, routes,
};

thread_local! {
    static DONE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Adds a header before and after, and notes what it is told.
struct Named(&'static str);

impl Layer for Named {
    async fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) {
        let route = request.route().map_or("-", |route| route.pattern());
        response.append_header("x-before", format_args!("{} {route}", self.0));
        if request.query() == Some(self.0) {
            return response.text(format_args!("early from {}", self.0));
        }
        assert!(request.query() != Some("panic"), "a layer of a test panics");
        next.run(request, response).await;
        let status = response.status();
        response.append_header("x-after", format_args!("{} {}", self.0, status.code()));
    }

    fn done(&self, summary: &Summary<'_>) {
        let status = summary.status().map_or(0, Status::code);
        let route = summary.route().map_or("-", |route| route.pattern());
        let (method, path) = (summary.method(), summary.path());
        let line = format!(
            "{}: {method} {path} {route} {status} {}",
            self.0,
            summary.body_bytes()
        );
        DONE.with_borrow_mut(|done| done.push(line));
        assert!(
            summary.query_is_not_done(),
            "a layer of a test panics when all is done"
        );
    }
}

impl Summary<'_> {
    fn query_is_not_done(&self) -> bool {
        self.request.query() != Some("done")
    }
}

pub(super) struct Key;

impl<'r> FromRequest<'r> for Key {
    type State = ();
    type Rejection = Status;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, Status> {
        let key = request.header("x-key").ok_or(Status::UNAUTHORIZED)?;
        (key == b"right").then_some(Self).ok_or(Status::FORBIDDEN)
    }
}

#[route("/")]
fn index() -> &'static str {
    "Hello"
}

#[route("/panic")]
fn panicking() -> &'static str {
    panic!("a handler of a test panics on purpose")
}

#[route("/own")]
fn own() -> (Status, &'static str) {
    (Status::NOT_FOUND, "own words")
}

#[route("/status/{code}")]
fn status(code: u16) -> Status {
    Status::new(code)
}

#[route(POST, "/echo")]
fn echo(body: &[u8]) -> &[u8] {
    body
}

#[catch]
fn missing(request: Request<'_>) -> Html<String> {
    Html(format!("no {}", request.path()))
}

#[catch]
fn any(status: Status) -> (Status, String) {
    let code = if status == Status::GONE {
        418
    } else {
        status.code()
    };
    (Status::new(code), format!("caught {}", status.code()))
}

#[catch]
fn failing(_key: Key) -> &'static str {
    "only with a key"
}

#[catch]
fn bursting() -> &'static str {
    panic!("a catcher of a test panics on purpose")
}

#[route("/")]
fn inner() {}

#[route("/{id}")]
fn inner_id(id: u8) -> Status {
    Status::new(400 + u16::from(id))
}

routes! {
    #[layer(Named("inner"))]
    Inner: inner, inner_id, panicking, 402 => failing, 404 => any, 451 => bursting
}

routes! {
    #[layer(Named("a"), Named("b"))]
    Outer: index, own, status, panicking, echo, "/inner" => Inner, 404 => missing, _ => any
}

routes! { Plain: index, panicking, "/inner" => Inner }

pub(super) fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")
}

/// Status, headers but those of every response, and body.
pub(super) fn parts(answer: &str) -> (u16, Vec<&str>, &str) {
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head has an end");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let lines =
        lines.filter(|line| !line.starts_with("Content-") && !line.starts_with("Vary: Accept"));
    let status = status.and_then(|status| status.parse().ok());
    (status.expect("a status"), lines.collect(), body)
}

/// Target, status, headers added, body, whether the connection stays, and what
/// layers are told when it is done.
#[test]
#[allow(clippy::too_many_lines, reason = "it is a table")]
fn layers_and_catchers_of_the_served_and_of_a_mounted_set() {
    type Case = (
        &'static str,
        u16,
        &'static [&'static str],
        &'static str,
        bool,
        &'static [&'static str],
    );
    let cases: &[Case] = &[
        (
            "/",
            200,
            &[
                "x-before: a /",
                "x-before: b /",
                "x-after: b 200",
                "x-after: a 200",
            ],
            "Hello",
            true,
            &["b: GET / / 200 5", "a: GET / / 200 5"],
        ),
        (
            "/?a",
            200,
            &["x-before: a /"],
            "early from a",
            true,
            &["a: GET / / 200 12"],
        ),
        (
            "/?b",
            200,
            &["x-before: a /", "x-before: b /", "x-after: a 200"],
            "early from b",
            true,
            &["b: GET / / 200 12", "a: GET / / 200 12"],
        ),
        (
            "/none",
            404,
            &[
                "x-before: a -",
                "x-before: b -",
                "x-after: b 404",
                "x-after: a 404",
            ],
            "no /none",
            true,
            &["b: GET /none - 404 8", "a: GET /none - 404 8"],
        ),
        (
            "/echo",
            405,
            &[
                "x-before: a -",
                "x-before: b -",
                "Allow: POST, OPTIONS",
                "x-after: b 405",
                "x-after: a 405",
            ],
            "caught 405",
            true,
            &["b: GET /echo - 405 10", "a: GET /echo - 405 10"],
        ),
        (
            "/own",
            404,
            &[
                "x-before: a /own",
                "x-before: b /own",
                "x-after: b 404",
                "x-after: a 404",
            ],
            "own words",
            true,
            &["b: GET /own /own 404 9", "a: GET /own /own 404 9"],
        ),
        (
            "/status/410",
            418,
            &[
                "x-before: a /status/{code}",
                "x-before: b /status/{code}",
                "x-after: b 418",
                "x-after: a 418",
            ],
            "caught 410",
            true,
            &[
                "b: GET /status/410 /status/{code} 418 10",
                "a: GET /status/410 /status/{code} 418 10",
            ],
        ),
        (
            "/status/x",
            404,
            &[
                "x-before: a /status/{code}",
                "x-before: b /status/{code}",
                "x-after: b 404",
                "x-after: a 404",
            ],
            "no /status/x",
            true,
            &[
                "b: GET /status/x /status/{code} 404 12",
                "a: GET /status/x /status/{code} 404 12",
            ],
        ),
        (
            "/panic",
            500,
            &[
                "x-before: a /panic",
                "x-before: b /panic",
                "x-after: b 500",
                "x-after: a 500",
                "Connection: close",
            ],
            "caught 500",
            false,
            &["b: GET /panic /panic 500 10", "a: GET /panic /panic 500 10"],
        ),
        (
            "/?panic",
            500,
            &["Connection: close"],
            "500 Internal Server Error\n",
            false,
            &["a: GET / / 500 26"],
        ),
        (
            "/inner",
            200,
            &[
                "x-before: a /inner",
                "x-before: b /inner",
                "x-before: inner /inner",
                "x-after: inner 200",
                "x-after: b 200",
                "x-after: a 200",
            ],
            "",
            true,
            &[
                "inner: GET /inner /inner 200 0",
                "b: GET /inner /inner 200 0",
                "a: GET /inner /inner 200 0",
            ],
        ),
        (
            "/?done",
            200,
            &[
                "x-before: a /",
                "x-before: b /",
                "x-after: b 200",
                "x-after: a 200",
            ],
            "Hello",
            true,
            &["b: GET / / 200 5", "a: GET / / 200 5"],
        ),
    ];
    for (target, status, headers, body, stays, done) in cases {
        let (sent, closed) = answers_of::<Outer>(&get(target));
        assert_eq!(parts(&sent), (*status, headers.to_vec(), *body), "{target}");
        assert_eq!(closed, !stays, "{target}");
        assert_eq!(DONE.take(), *done, "{target}");
    }
}

#[test]
fn the_nearest_catcher_answers_and_one_that_fails_does_not() {
    for (target, status, body, stays) in [
        // Its own set has one.
        ("/inner/4", 404, "caught 404", true),
        // Only the outer set has one.
        ("/inner/9", 409, "caught 409", true),
        // It lacks an argument.
        ("/inner/2", 402, "402 Payment Required\n", true),
        // It panics.
        (
            "/inner/51",
            451,
            "451 Unavailable For Legal Reasons\n",
            false,
        ),
        ("/inner/panic", 500, "caught 500", false),
    ] {
        let (sent, closed) = answers_of::<Outer>(&get(target));
        let (found, _, text) = parts(&sent);
        assert_eq!((found, text, closed), (status, body, !stays), "{target}");
    }
    DONE.take();
}

#[test]
fn a_set_without_layers_passes_on_to_those_of_a_mounted_one() {
    for (target, status, headers, done) in [
        ("/", 200, &[] as &[_], &[] as &[&str]),
        ("/none", 404, &[], &[]),
        (
            "/inner/none",
            404,
            &["x-before: inner /inner/{id}", "x-after: inner 404"],
            &["inner: GET /inner/none /inner/{id} 404 10"],
        ),
        (
            "/inner/panic",
            500,
            &[
                "x-before: inner /inner/panic",
                "x-after: inner 500",
                "Connection: close",
            ],
            &["inner: GET /inner/panic /inner/panic 500 26"],
        ),
        ("/panic", 500, &["Connection: close"], &[]),
    ] {
        let (sent, _) = answers_of::<Plain>(&get(target));
        let (found, lines, _) = parts(&sent);
        assert_eq!((found, &*lines), (status, headers), "{target}");
        assert_eq!(DONE.take(), done, "{target}");
    }
}

/// What `R` answers, the dates taken out; and whether it then closes.
pub(super) fn answers_of<R: crate::Serve<()>>(input: &str) -> (String, bool) {
    let mut memory = Memory::new::<R>(Limits::default());
    memory.feed(input.as_bytes());
    let sent = String::from_utf8(memory.sent()).expect("text");
    (
        sent.replace("Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n", ""),
        memory.closed,
    )
}

/// Waits for ever.
#[route("/wait")]
async fn wait(request: Request<'_>) -> &'static str {
    let _ = request;
    core::future::pending().await
}

routes! { #[layer(Named("a"))] Waiting: wait }

#[test]
fn a_request_that_is_given_up_is_done_too() {
    let mut memory = Memory::new::<Waiting>(Limits::default());
    memory.feed(get("/wait").as_bytes());
    assert!(memory.is_waiting() && DONE.take().is_empty());
    drop(memory);
    assert_eq!(DONE.take(), ["a: GET /wait /wait 0 0"]);
}

/// Three bytes, and then it waits for ever, if it is asked to.
#[cfg(feature = "smol")]
#[route("/stream")]
fn stream(request: Request<'_>) -> impl crate::Responder {
    use crate::smol::stream::{StreamExt, iter, pending};

    let waits = request.query() == Some("wait");
    let rest = if waits { usize::MAX } else { 0 };
    crate::Streamed::new(iter([Ok::<_, std::io::Error>("abc")]).chain(pending().take(rest)))
}

#[cfg(feature = "smol")]
routes! { #[layer(Named("a"))] Streams: stream }

#[cfg(feature = "smol")]
#[test]
fn layers_add_to_the_head_of_a_stream_and_are_told_of_its_end() {
    let (sent, _) = answers_of::<Streams>(&get("/stream"));
    assert!(sent.contains("x-after: a 200\r\n"), "{sent}");
    assert_eq!(DONE.take(), ["a: GET /stream /stream 200 3"]);
    let mut memory = Memory::new::<Streams>(Limits::default());
    memory.feed(get("/stream?wait").as_bytes());
    assert!(DONE.take().is_empty());
    drop(memory);
    assert_eq!(DONE.take(), ["a: GET /stream /stream 200 3"]);
}
