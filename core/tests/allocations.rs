//! No heap allocation per request after a connection's first.
//!
//! Counts the allocations of the whole process while a client that allocates
//! nothing itself repeats requests over a real socket.

use std::alloc::{GlobalAlloc, Layout, System};
use std::borrow::Cow;
use std::cell::Cell;
use std::hint::black_box;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use tramline::{
    Body, BodyError, Either, Escaped, FromParam, FromRequest, Html, PerWorker, Redirect, Request,
    Responder, Response, Server, State, Status, ToParam, route, routes, text, url,
};

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to `System` unchanged.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        // SAFETY: the caller's contract is `System`'s.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        // SAFETY: the caller's contract is `System`'s.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's contract is `System`'s.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

#[route("/")]
fn index() -> &'static str {
    "Hello, World!"
}

#[route("/fibonacci")]
fn fibonacci() -> impl Responder {
    let (mut a, mut b) = (0_u32, 1_u32);
    for _ in 0..black_box(1_000) {
        (a, b) = (b, a.wrapping_add(b));
    }
    text!("Fibonacci(10^3) = {} (with overflow)\n", a)
}

#[route("/users/{id}")]
fn show(id: u64) -> u64 {
    id
}

#[route("/users/{id}/{name}")]
fn named(id: u64, name: &str) -> impl Responder {
    text!("{id} is {name}")
}

#[derive(FromParam, ToParam)]
enum Order {
    Newest,
    MostRead,
}

/// Its own path, and text that needs no decoding.
#[route("/list/{order}/{*filter}")]
fn list(order: Order, filter: Cow<'_, str>) -> impl Responder {
    text!("{}", url!(App, list, order = order, filter = filter))
}

#[route("/page")]
const PAGE: &str = "computed when compiled";

#[route(POST, "/echo")]
fn echo(body: &[u8]) -> &[u8] {
    body
}

#[allow(clippy::unused_async, reason = "its future is what is tested")]
#[derive(FromRequest)]
struct Upload<'r> {
    shared: &'r Shared,
    text: &'r str,
}

#[route(POST, "/upload")]
fn upload(upload: Upload<'_>, agent: Option<Agent<'_>>, pair: (Request<'_>, &Shared)) -> usize {
    let agent = agent.map_or(0, |agent| agent.0.len());
    let state = upload.shared.0 == pair.1.0;
    upload.text.len() + agent + pair.0.path().len() + usize::from(state)
}

struct Agent<'r>(&'r [u8]);

impl<'r> FromRequest<'r> for Agent<'r> {
    type State = ();
    type Rejection = Status;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, Status> {
        let agent = request.header("user-agent");
        agent.map(Self).ok_or(Status::BAD_REQUEST)
    }
}

#[route(POST, "/streamed")]
async fn streamed(mut body: Body<'_>) -> Result<usize, BodyError> {
    let mut bytes = 0;
    while let Some(chunk) = body.chunk().await {
        bytes += chunk?.len();
    }
    Ok(bytes)
}

#[cfg(feature = "cookie")]
mod cookies {
    use tramline::{Cookies, route, routes};

    #[route("/")]
    fn length(cookies: Cookies<'_>) -> usize {
        cookies.get("b").map_or(0, |cookie| cookie.value().len())
    }

    routes! { pub(crate) Routes: length }
}

#[route(POST, "/nothing")]
async fn nothing() -> Status {
    Status::NO_CONTENT
}

#[route("/html")]
fn html() -> Html<&'static str> {
    Html("<!doctype html>")
}

#[route("/html/{count}")]
fn counted(count: u32) -> impl Responder {
    Html(text!("<!doctype html>{}", Escaped(count)))
}

#[route("/redirect/{id}")]
fn redirect(id: u64) -> impl Responder {
    Redirect::see_other(url!(App, show, id = id))
}

#[route("/headers/{id}")]
fn headers(id: u64) -> impl Responder {
    let headers = [("Content-Type", "text/css"), ("Set-Cookie", "a=b")];
    (Status::CREATED, headers, ([("x-id", id)], "p { }"))
}

/// Every call of its own that a responder may make.
struct Written;

impl Responder for Written {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.header("Cache-Control", "no-store");
        response.header("cache-control", format_args!("max-age={}", 60));
        response.append_header("Set-Cookie", "a=1");
        response.append_header("Set-Cookie", "b=2");
        response.send("text/css", b"p { }");
    }
}

#[derive(Responder)]
enum Outcome {
    Written(Either<Written, ()>),
    #[responder(status = 409)]
    Taken(&'static str),
    #[responder(status = 404)]
    Missing,
}

#[route("/outcomes/{number}")]
fn outcome(number: u32) -> Outcome {
    match number {
        0 => Outcome::Written(Either::Left(Written)),
        1 => Outcome::Taken("taken"),
        3 => Outcome::Written(Either::Right(())),
        _ => Outcome::Missing,
    }
}

struct Problem;

impl Responder for Problem {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.problem(Status::CONFLICT, format_args!("\"{}\" is taken", 1));
    }
}

#[route("/problem")]
fn problem() -> Problem {
    Problem
}

#[cfg(feature = "json")]
mod json {
    use serde::{Deserialize, Serialize};
    use tramline::{Json, route, routes};

    #[derive(Deserialize, Serialize)]
    struct User<'r> {
        name: &'r str,
        age: u8,
    }

    #[route(POST, "/")]
    fn user(user: Json<User<'_>>) -> Json<User<'_>> {
        user
    }

    routes! { pub(crate) Routes: user }
}

#[cfg(feature = "http")]
mod types {
    use tramline::{route, routes};

    #[route("/")]
    fn status() -> http::StatusCode {
        http::StatusCode::ACCEPTED
    }

    #[route("/whole")]
    fn whole() -> http::Response<&'static str> {
        http::Response::new("whole")
    }

    routes! { pub(crate) Routes: status, whole }
}

/// What the tables of `Responder` and `FromRequest` promise besides.
mod rows {
    use std::borrow::Cow;

    use tramline::{Request, Status, route, routes};

    use super::{Agent, Shared};

    #[route("/cow")]
    fn cow() -> Cow<'static, str> {
        "borrowed".into()
    }

    #[route("/unit")]
    fn unit() {}

    #[route("/pair")]
    fn pair() -> (Status, &'static [u8]) {
        (Status::ACCEPTED, b"bytes")
    }

    #[route("/option/{number}")]
    fn option(number: u32) -> Option<u32> {
        (number > 0).then_some(number)
    }

    #[route("/result/{number}")]
    fn result(number: u32) -> Result<&'static str, (Status, &'static str)> {
        match number {
            0 => Err((Status::CONFLICT, "taken")),
            _ => Ok("fine"),
        }
    }

    #[route("/taken")]
    fn taken(
        agent: Result<Agent<'_>, Status>,
        three: (Request<'_>, &Shared, Option<Agent<'_>>),
    ) -> usize {
        agent.map_or(0, |agent| agent.0.len()) + three.2.map_or(0, |agent| agent.0.len())
    }

    /// One each, the value's own.
    #[route("/string")]
    fn string() -> String {
        "owned".to_owned()
    }

    #[route("/vec")]
    fn vec() -> Vec<u8> {
        b"owned".to_vec()
    }

    #[route(POST, "/copied")]
    fn copied(text: String) -> usize {
        text.len()
    }

    #[route(POST, "/copied-bytes")]
    fn copied_bytes(bytes: Vec<u8>) -> usize {
        bytes.len()
    }

    routes! {
        pub(crate) Routes for Shared: cow, unit, pair, option, result, taken, string, vec, copied, copied_bytes
    }
}

/// State, of both kinds.
struct Shared(u32);
struct Own(Cell<u32>);

#[derive(State)]
struct AppState {
    shared: Shared,
    own: PerWorker<Own>,
}

#[route("/state")]
fn state(shared: &Shared, own: &Own) -> u32 {
    own.0.set(own.0.get() ^ 1);
    shared.0
}

routes! { OfState for AppState: state }

/// Layers, a guard and catchers.
mod around {
    use std::time::Duration;

    use tramline::{
        AccessLog, BodyLimit, Cors, Detail, Request, RequestId, Responder, SecurityHeaders, Status,
        catch, guard, route, routes, text,
    };

    #[guard]
    fn has_key(request: Request<'_>) -> bool {
        request.header("x-key").is_some()
    }

    #[route("/")]
    fn index() -> &'static str {
        "Hello, World!"
    }

    #[route("/kept/{id}", guard = has_key)]
    fn kept(id: u64) -> u64 {
        id
    }

    #[route(POST, "/length")]
    fn length(body: &[u8]) -> usize {
        body.len()
    }

    #[catch]
    fn failed(status: Status, detail: Detail<'_>) -> impl Responder {
        text!("{} - {detail}", status.reason())
    }

    routes! {
        #[layer(
            AccessLog::new(),
            RequestId::new(),
            SecurityHeaders::new().hsts(Duration::from_secs(60)),
            Cors::origins(&["https://a.example"]).exposed(&["x-request-id"]).credentials(),
            BodyLimit::bytes(8)
        )]
        pub(crate) Routes: index, kept, length, _ => failed
    }

    #[cfg(feature = "smol")]
    pub(crate) mod timeout {
        use std::time::Duration;

        use tramline::{Timeout, routes};

        use super::index;

        routes! { #[layer(Timeout::after(Duration::from_secs(5)))] pub(crate) Routes: index }
    }
}

/// Formats each line, and throws it away.
struct NullLogger;

impl log::Log for NullLogger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let mut line = [0; 256];
        write!(&mut line[..], "{}", record.args()).expect("a short line");
        assert!(line.starts_with(b"127.0.0.1 ") || record.target() != "tramline::access");
    }

    fn flush(&self) {}
}

routes! {
    App for AppState:
        index,
        fibonacci,
        show,
        named,
        list,
        PAGE,
        echo,
        nothing,
        html,
        counted,
        redirect,
        headers,
        outcome,
        problem,
        upload,
        streamed,
        "/of" => OfState,
        "/rows" => rows::Routes,
        "/around" => around::Routes,
        #[cfg(feature = "smol")]
        "/timeout" => around::timeout::Routes,
        #[cfg(feature = "cookie")]
        "/cookies" => cookies::Routes,
        #[cfg(feature = "json")]
        "/json" => json::Routes,
        #[cfg(feature = "http")]
        "/http" => types::Routes,
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a table")]
fn requests_allocate_nothing_after_the_first() {
    log::set_logger(&NullLogger).expect("the only logger");
    log::set_max_level(log::LevelFilter::Info);
    let app_state = AppState {
        shared: Shared(7),
        own: PerWorker::new(|| Own(Cell::new(0))),
    };
    let server = Server::with_state(App, app_state)
        .listen("127.0.0.1:0")
        .threads(1)
        .start()
        .expect("a free port");
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /fibonacci HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        (
            "GET /users/42 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n",
            "200",
        ),
        ("GET /users/42/ada HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /list/most-read/a/b HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /list/newest/~ HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /list/oldest/a HTTP/1.1\r\nHost: a\r\n\r\n", "404"),
        ("GET /page HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        (
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
            "200",
        ),
        (
            "POST /upload HTTP/1.1\r\nHost: a\r\nUser-Agent: b\r\nContent-Length: 4\r\n\r\nbody",
            "200",
        ),
        (
            "POST /streamed HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
            "200",
        ),
        #[cfg(feature = "cookie")]
        (
            "GET /cookies HTTP/1.1\r\nHost: a\r\nCookie: a=1; b=2\r\n\r\n",
            "200",
        ),
        (
            "POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
            "204",
        ),
        ("GET /of/state HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /none HTTP/1.1\r\nHost: a\r\n\r\n", "404"),
        ("GET /users/none HTTP/1.1\r\nHost: a\r\n\r\n", "404"),
        ("POST /users/42 HTTP/1.1\r\nHost: a\r\n\r\n", "405"),
        ("OPTIONS /users/42 HTTP/1.1\r\nHost: a\r\n\r\n", "204"),
        ("GET /html HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /html/7 HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /redirect/7 HTTP/1.1\r\nHost: a\r\n\r\n", "303"),
        ("GET /headers/7 HTTP/1.1\r\nHost: a\r\n\r\n", "201"),
        ("GET /outcomes/0 HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /outcomes/1 HTTP/1.1\r\nHost: a\r\n\r\n", "409"),
        ("GET /outcomes/2 HTTP/1.1\r\nHost: a\r\n\r\n", "404"),
        ("GET /problem HTTP/1.1\r\nHost: a\r\n\r\n", "409"),
        (
            "GET /problem HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n",
            "409",
        ),
        (
            "GET /none HTTP/1.1\r\nHost: a\r\nAccept: text/html;q=0.1, application/*\r\n\r\n",
            "404",
        ),
        (
            "GET /around HTTP/1.1\r\nHost: a\r\nOrigin: https://a.example\r\n\r\n",
            "200",
        ),
        (
            "GET /around/kept/7 HTTP/1.1\r\nHost: a\r\nX-Key: a\r\n\r\n",
            "200",
        ),
        ("GET /around/kept/7 HTTP/1.1\r\nHost: a\r\n\r\n", "403"),
        (
            "GET /around/kept/x HTTP/1.1\r\nHost: a\r\nX-Key: a\r\n\r\n",
            "404",
        ),
        (
            "POST /around/length HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\ntoo large",
            "413",
        ),
        #[cfg(feature = "smol")]
        ("GET /timeout HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        #[cfg(feature = "json")]
        (
            "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
             Content-Length: 23\r\n\r\n{\"name\":\"Ada\",\"age\":36}",
            "200",
        ),
        #[cfg(feature = "http")]
        ("GET /http HTTP/1.1\r\nHost: a\r\n\r\n", "202"),
        #[cfg(feature = "http")]
        ("GET /http/whole HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /outcomes/3 HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /rows/cow HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /rows/unit HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /rows/pair HTTP/1.1\r\nHost: a\r\n\r\n", "202"),
        ("GET /rows/option/0 HTTP/1.1\r\nHost: a\r\n\r\n", "404"),
        ("GET /rows/option/1 HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        ("GET /rows/result/0 HTTP/1.1\r\nHost: a\r\n\r\n", "409"),
        ("GET /rows/result/1 HTTP/1.1\r\nHost: a\r\n\r\n", "200"),
        (
            "GET /rows/taken HTTP/1.1\r\nHost: a\r\nUser-Agent: b\r\n\r\n",
            "200",
        ),
    ] {
        let none = allocated(server.addr(), request, status, 0);
        assert!(
            none,
            "{request:?} allocated in each of three times 500 repetitions"
        );
    }
    for request in [
        "GET /rows/string HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /rows/vec HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /rows/copied HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
        "POST /rows/copied-bytes HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody",
    ] {
        let one = allocated(server.addr(), request, "200", 1);
        assert!(one, "{request:?} did not allocate once");
    }
    server.stop().expect("a clean end");
}

/// Whether 500 requests after the first allocate `each` time as often.
fn allocated(address: SocketAddr, request: &str, status: &str, each: usize) -> bool {
    let mut peer = TcpStream::connect(address).expect("the server accepts");
    let mut answer = [0; 1024];
    let mut ask = || {
        peer.write_all(request.as_bytes())
            .expect("the connection is open");
        let received = peer.read(&mut answer).expect("an answer");
        assert_eq!(&answer[9..12], status.as_bytes(), "{request:?}");
        received
    };
    let first = ask();
    // The thread that runs the tests allocates a little when it likes; what a
    // request allocates shows each time.
    (0..3).any(|_| {
        let before = ALLOCATIONS.load(Relaxed);
        for _ in 0..500 {
            assert_eq!(ask(), first, "{request:?}");
        }
        ALLOCATIONS.load(Relaxed) - before == 500 * each
    })
}
