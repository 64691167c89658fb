//! The test client as its users see it: what it sends, what it gives back, and
//! what it says when an assertion fails.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::env;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, set_hook, take_hook};
use std::process::Command;
use std::sync::Once;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use tramline::testing::{Client, Reply};
use tramline::{Method, Request, Status, route, routes, smol};

#[route("/")]
fn index() -> &'static str {
    "Hello, World!"
}

/// The request as it arrived.
#[route(ANY, "/echo")]
async fn echo(request: Request<'_>, body: &[u8]) -> Vec<u8> {
    let mut told = format!("{} {:?}\n", request.method(), request.query()).into_bytes();
    for (name, value) in request.headers() {
        told.extend_from_slice(&[name.as_bytes(), b"=", value, b"\n"].concat());
    }
    told.extend_from_slice(body);
    told
}

#[route("/timer")]
async fn timer() -> &'static str {
    smol::Timer::after(Duration::from_millis(5)).await;
    "later"
}

#[route("/unblock")]
async fn unblock() -> u32 {
    smol::unblock(|| 7).await
}

static TASKS: AtomicUsize = AtomicUsize::new(0);

#[route(POST, "/tasks")]
fn task() -> Status {
    tramline::spawn_local(async {
        smol::Timer::after(Duration::from_millis(1)).await;
        TASKS.fetch_add(1, Relaxed);
    });
    Status::ACCEPTED
}

#[route("/panic")]
fn panicking() -> &'static str {
    panic!("a handler of a test panics on purpose")
}

#[route(POST, "/length")]
fn length(body: &[u8]) -> usize {
    body.len()
}

#[route("/bytes")]
const BYTES: &[u8] = b"\xff\0";

static COUNTED: AtomicUsize = AtomicUsize::new(0);

#[route("/count")]
fn count() -> usize {
    COUNTED.fetch_add(1, Relaxed)
}

/// The state of [`add`].
struct Sum(AtomicUsize);

#[route(POST, "/add")]
fn add(sum: &Sum) -> usize {
    sum.0.fetch_add(1, Relaxed)
}

/// Tells whether it runs on the thread of the test.
#[route("/thread")]
fn thread() -> String {
    format!("{:?}", std::thread::current().id())
}

routes! {
    App: index, echo, timer, unblock, task, panicking, length, BYTES, count, thread,
}

thread_local! {
    /// The line of this thread's last panic; 0 if it was in another file.
    static PANICKED: Cell<u32> = const { Cell::new(0) };
}

/// What an assertion says that must fail, pointing at where it is written.
macro_rules! failure {
    ($assertion:expr) => {
        failed(line!(), || {
            let _ = $assertion;
        })
    };
}

fn failed(line: u32, assertion: impl FnOnce()) -> String {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            let here = panic.location().filter(|at| at.file() == file!());
            PANICKED.set(here.map_or(0, Location::line));
            before(panic);
        }));
    });
    let panic = catch_unwind(AssertUnwindSafe(assertion)).expect_err("it must fail");
    let at = PANICKED.get();
    assert!(
        (line..line + 6).contains(&at),
        "it points at line {at}, and stands in line {line}"
    );
    *panic.downcast().expect("a message made at run time")
}

/// Both ends.
fn clients() -> [Client; 2] {
    [Client::new(App), Client::new(App).over_socket()]
}

#[test]
fn a_request_arrives_as_it_was_put_together() {
    for client in clients() {
        for (request, expected) in [
            (client.get("/echo"), "GET None\nHost=localhost\n"),
            (
                client
                    .put("/echo?a=b%20c")
                    .header("X-One", "1")
                    .header("x-one", "2"),
                "PUT Some(\"a=b%20c\")\nHost=localhost\nX-One=1\nx-one=2\nContent-Length=0\n",
            ),
            (
                client
                    .delete("/echo")
                    .header("HOST", "example.org")
                    .body("why"),
                "DELETE None\nHOST=example.org\nContent-Length=3\nwhy",
            ),
            (
                client
                    .post("/echo")
                    .header("Transfer-Encoding", "chunked")
                    .body("1\r\na\r\n0\r\n\r\n"),
                "POST None\nHost=localhost\nTransfer-Encoding=chunked\na",
            ),
            (
                client
                    .patch("/echo")
                    .body(b"one".as_slice())
                    .body("another".to_owned()),
                "PATCH None\nHost=localhost\nContent-Length=7\nanother",
            ),
            (
                client.request(Method::Extension("PURGE"), "/echo"),
                "PURGE None\nHost=localhost\n",
            ),
        ] {
            request.send().assert_status(200).assert_text(expected);
        }
    }
}

#[test]
fn an_answer_is_taken_apart() {
    for client in clients() {
        let reply: Reply = client.get("/").send();
        assert_eq!(reply.status(), Status::OK);
        assert_eq!(reply.header("content-LENGTH"), Some("13"));
        assert_eq!(reply.header("x-none"), None);
        let names: Vec<&str> = reply.headers().map(|(name, _)| name).collect();
        assert_eq!(names, ["Date", "Content-Type", "Content-Length"]);
        reply
            .assert_status(200)
            .assert_header("Content-type", "text/plain; charset=utf-8")
            .assert_contains("World")
            .assert_text("Hello, World!");
        let head = client.head("/").send();
        assert_eq!(
            (head.bytes(), head.header("content-length")),
            (&b""[..], Some("13"))
        );
        assert_eq!(client.get("/bytes").send().bytes(), b"\xff\0");
    }
}

#[test]
fn handlers_may_wait() {
    for client in clients() {
        client.get("/timer").send().assert_text("later");
        client.get("/unblock").send().assert_text("7");
        client.get("/panic").send().assert_status(500);
        client.get("/").send().assert_status(200);
    }
}

#[test]
fn a_task_goes_on_while_the_client_does() {
    let client = Client::new(App);
    client.post("/tasks").send().assert_status(202);
    client.block_on(smol::Timer::after(Duration::from_millis(50)));
    assert_eq!(TASKS.load(Relaxed), 1);
}

#[test]
fn handlers_run_on_the_thread_of_the_test_unless_over_a_socket() {
    let [near, far] = clients();
    let own = thread();
    near.get("/thread").send().assert_text(&own);
    // In process the thread is the same each time: so the answer is compared.
    let message = failure!(far.get("/thread").send());
    assert!(
        message.contains("over a socket") && message.contains(&own),
        "{message}"
    );
}

#[test]
fn only_what_is_safe_is_repeated_over_a_socket() {
    let adding = Client::with_state(routes![for Sum: add], Sum(AtomicUsize::new(7))).over_socket();
    for number in 7..10 {
        adding.post("/add").send().assert_text(&number.to_string());
    }
    // Twice in process and once over the socket, and never the same.
    let counting = Client::new(App).over_socket();
    counting.get("/count").send().assert_text("1");
}

#[test]
fn bodies_pass_both_ends() {
    let body = vec![b'x'; 200_000];
    for client in clients() {
        let reply = client.post("/length").body(body.clone()).send();
        reply.assert_text("200000");
        // Over a socket, an interim answer comes first.
        let expecting = client.post("/length").header("expect", "100-continue");
        expecting.body("abc").send().assert_text("3");
        client
            .post("/length")
            .body(vec![0; 2 << 20])
            .send()
            .assert_status(413);
    }
}

#[test]
fn raw_bytes_are_a_conversation_to_its_end() {
    let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let close = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    for client in clients() {
        for (sent, answers, part) in [
            (get.repeat(3), 3, "Hello"),
            ([get, close, get].concat(), 2, "Connection: close"),
            (get[..20].to_owned(), 0, ""),
            (String::new(), 0, ""),
            ("rubbish\r\n\r\n".to_owned(), 1, " 400 "),
            (
                "POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc".to_owned(),
                1,
                "closed in the middle",
            ),
        ] {
            let received = String::from_utf8(client.raw(&sent)).expect("text");
            assert_eq!(
                received.matches("HTTP/1.1 ").count(),
                answers,
                "{sent:?}: {received}"
            );
            assert!(received.contains(part), "{sent:?}: {received}");
        }
    }
}

#[test]
fn a_failing_assertion_shows_the_answer_and_its_own_line() {
    let client = Client::new(App);
    let (text, bytes) = (client.get("/").send(), client.get("/bytes").send());
    let whole = [
        "\n\nHTTP/1.1 200 OK\nDate: ",
        "\nContent-Length: 13\n",
        "\n\nHello, World!",
    ];
    for (message, wrong) in [
        (
            failure!(text.assert_status(404)),
            "`GET /`: not the status expected\n  expected: 404\n       got: 200\n",
        ),
        (
            failure!(text.assert_text("Hello")),
            "not the text expected\n  expected: \"Hello\"\n       got: \"Hello, World!\"\n",
        ),
        (
            failure!(text.assert_contains("Mars")),
            "expected \"Mars\" in the text",
        ),
        (
            failure!(text.assert_header("content-length", "12")),
            "not the header `content-length` expected\n  expected: \"12\"\n       got: \"13\"\n",
        ),
        (
            failure!(text.assert_header("etag", "1")),
            "expected header `etag` with \"1\", got no such header",
        ),
    ] {
        for part in [&[wrong][..], &whole].concat() {
            assert!(message.contains(part), "{part:?} in {message}");
        }
    }
    let message = failure!(bytes.text());
    for part in ["the body is not text", "(2 bytes that are not text)"] {
        assert!(message.contains(part), "{part:?} in {message}");
    }
}

#[test]
fn what_cannot_be_sent_is_said_where_it_is_sent() {
    let client = Client::new(App);
    for (request, why) in [
        (client.get("/a b"), "percent-encode"),
        (client.get(""), "percent-encode"),
        (client.get("/caf\u{e9}"), "percent-encode"),
        (
            client.get("/").header("a b", ""),
            "`a b` cannot name a header",
        ),
        (client.get("/").header("a:", ""), "without `:`"),
        (client.get("/").header("a", "b\r\nc: d"), "`Client::raw`"),
        (
            client.request(Method::Extension("A B"), "/"),
            "method is not one word",
        ),
    ] {
        let message = failure!(request.send());
        assert!(message.contains(why), "{message}");
    }
}

/// Runs itself once more, as whoever sets the variable would.
#[test]
fn the_variable_switches_to_a_socket() {
    if env::var_os("TRAMLINE_TEST_SOCKET").is_some() {
        let told = Client::new(App).raw("GET /thread HTTP/1.1\r\nHost: a\r\n\r\n");
        return println!(
            "asked {}, told {}",
            thread(),
            String::from_utf8_lossy(&told)
        );
    }
    let run = |value| {
        let output = Command::new(env::current_exe().expect("this test"))
            .args([
                "--exact",
                "the_variable_switches_to_a_socket",
                "--nocapture",
            ])
            .env("TRAMLINE_TEST_SOCKET", value)
            .output()
            .expect("this test runs");
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    };
    for (value, distinct) in [("", 1), ("0", 1), ("1", 2)] {
        let (passed, said) = run(value);
        let threads: BTreeSet<&str> = said
            .split("ThreadId(")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
            .collect();
        assert_eq!(
            (passed, threads.len()),
            (true, distinct),
            "{value:?}: {said}"
        );
    }
    let (passed, said) = run("yes");
    assert!(
        !passed && said.contains("`TRAMLINE_TEST_SOCKET` is `yes`: expected `1`"),
        "{said}"
    );
}

#[cfg(feature = "json")]
#[test]
fn json_is_compared_by_value() {
    #[route("/json")]
    const JSON: &str = "{ \"b\": [1, null],\n\"a\": \"x\" }";

    let client = Client::new(routes![JSON, index, echo]);
    let (json, text) = (client.get("/json").send(), client.get("/").send());
    let value: std::collections::BTreeMap<&str, (u8, Option<u8>)> =
        [("b", (1, None))].into_iter().collect();
    for (message, why) in [
        (
            failure!(json.assert_json(&value)),
            "not the JSON expected\n  expected: {\"b\":[1,null]}\n       got: {\"a\":\"x\",\"b\":[1,null]}\n",
        ),
        (
            failure!(json.json::<u8>()),
            "not JSON of the type expected: invalid type: map",
        ),
        (
            failure!(text.assert_json(&1)),
            "not JSON of the type expected: expected value",
        ),
    ] {
        assert!(message.contains(why), "{message}");
    }
    let echoed = |request: tramline::testing::RequestBuilder<'_>| request.json(&[1]).send();
    echoed(client.post("/echo")).assert_text(
        "POST None\nHost=localhost\nContent-Type=application/json\nContent-Length=3\n[1]",
    );
    echoed(client.post("/echo").header("content-type", "x/y"))
        .assert_text("POST None\nHost=localhost\ncontent-type=x/y\nContent-Length=3\n[1]");
}

#[cfg(feature = "form")]
#[test]
fn forms_and_queries_are_written_as_browsers_do() {
    let client = Client::new(App);
    let form = [("a", "b c"), ("d", "&\u{e9}")];
    client
        .post("/echo?x")
        .query(&form)
        .header("content-type", "x/y")
        .form(&form)
        .send()
        .assert_text(
            "POST Some(\"x&a=b+c&d=%26%C3%A9\")\nHost=localhost\ncontent-type=x/y\n\
             Content-Length=17\na=b+c&d=%26%C3%A9",
        );
    for target in ["/echo", "/echo?"] {
        let reply = client.get(target).query(&[("page", 2)]).send();
        reply.assert_text("GET Some(\"page=2\")\nHost=localhost\n");
    }
    for (message, why) in [
        (
            failure!(client.post("/echo").form("a")),
            "the body of the request cannot be a form: ",
        ),
        (
            failure!(client.get("/echo").query(&7)),
            "the query of the request cannot be written: ",
        ),
    ] {
        assert!(message.contains(why), "{message}");
    }
}

#[cfg(feature = "cookie")]
#[test]
fn cookies_are_kept_if_they_are_to_be() {
    #[route(POST, "/cookies/{value}")]
    fn set(value: &str) -> ([(&'static str, String); 2], ()) {
        let cookie = |name| ("Set-Cookie", format!("{name}={value}; Path=/"));
        ([cookie("a"), cookie("b")], ())
    }

    for client in [
        Client::new(routes![set, echo]),
        Client::new(routes![set, echo]).over_socket(),
    ] {
        client.post("/cookies/1").send();
        client
            .get("/echo")
            .send()
            .assert_text("GET None\nHost=localhost\n");
        let client = client.with_cookies();
        for value in ["1", "2"] {
            client
                .post(&format!("/cookies/{value}"))
                .send()
                .assert_status(200);
            let expected =
                format!("GET Some(\"q\")\nHost=localhost\nCookie=a={value}; b={value}\n");
            client.get("/echo?q").send().assert_text(&expected);
        }
        let own = client.get("/echo").header("cookie", "c=3").send();
        own.assert_text("GET None\nHost=localhost\ncookie=c=3\n");
    }
}
