//! Answers beyond a body: headers, other places, errors in two forms.

use std::error::Error;
use std::sync::Mutex;

use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{Redirect, Responder, Response, Status, route, routes, text, url};

/// Sets what a query asks for: `name=value`.
struct Header(String);

impl Responder for Header {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        let (name, value) = self.0.split_once('=').expect("a name and a value");
        response.header("x-before", 1);
        response.send("text/plain", b"body");
        response.header(name, value);
    }
}

#[route(POST, "/header")]
fn header(body: &[u8]) -> Header {
    Header(String::from_utf8_lossy(body).into_owned())
}

#[route("/listed")]
fn listed() -> impl Responder {
    let cookies = [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")];
    (Status::CREATED, cookies, text!("{}", "listed"))
}

#[route("/moved")]
fn moved() -> impl Responder {
    Redirect::see_other(url!(App, user, name = "Ada L."))
}

#[route("/users/{name}")]
fn user(name: String) -> String {
    name
}

#[route("/failing")]
fn failing() -> Result<&'static str, Box<dyn Error + Send + Sync>> {
    let number: u32 = "seven".parse()?;
    Ok(if number > 0 { "many" } else { "none" })
}

#[route("/unwritable")]
fn unwritable() -> impl Responder {
    struct Unwritable;
    impl Responder for Unwritable {
        fn respond<'w>(self, response: &mut Response<'w>)
        where
            Self: 'w,
        {
            response.header("x-left", "over");
            response.send_with("text/plain", |_| Err(core::fmt::Error));
        }
    }
    Unwritable
}

#[route("/panicking")]
fn panicking() -> &'static str {
    panic!("a handler of a test panics on purpose")
}

#[route("/detail")]
fn detail() -> impl Responder {
    struct Detail;
    impl Responder for Detail {
        fn respond<'w>(self, response: &mut Response<'w>)
        where
            Self: 'w,
        {
            response.problem(Status::CONFLICT, "`a` is \"taken\"");
        }
    }
    Detail
}

#[route("/made")]
fn made() -> Status {
    Status::CREATED
}

routes! { App: header, listed, moved, user, failing, unwritable, panicking, detail, made }

fn answer(request: &str) -> (String, bool) {
    let limits = Limits {
        body_bytes: 64,
        ..Limits::default()
    };
    let mut memory = Memory::new::<App>(limits);
    memory.feed(request.as_bytes());
    let sent = String::from_utf8(memory.sent()).expect("all answers here are text");
    (
        sent.replace("Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n", ""),
        memory.closed,
    )
}

#[test]
fn headers_are_sent_or_the_answer_is_a_500() {
    for (header, is_sent) in [
        ("x-a=1", true),
        ("X-Before=2", true),
        ("x-a=", true),
        ("x-a=a\tb", true),
        ("x-a=é", true),
        ("x a=1", false),
        ("=1", false),
        ("x-a=\r\nSet-Cookie: a=b", false),
        ("x-a=a\nb", false),
        ("x-a=a\0b", false),
        ("content-length=1", false),
        ("Transfer-Encoding=chunked", false),
        ("connection=close", false),
    ] {
        let request = format!(
            "POST /header HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{header}",
            header.len()
        );
        let (answer, closed) = answer(&request);
        assert_eq!(closed, !is_sent, "{header:?}: {answer}");
        if is_sent {
            let line = format!("\r\n{}\r\n", header.replacen('=', ": ", 1));
            assert!(answer.contains(&line), "{header:?}: {answer}");
            assert_eq!(
                answer.to_lowercase().matches("x-before").count(),
                1,
                "{header:?}: {answer}"
            );
        } else {
            assert_eq!(
                answer,
                "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain; charset=utf-8\r\n\
                 Content-Length:           26\r\nConnection: close\r\n\r\n500 Internal Server Error\n",
                "{header:?}"
            );
        }
    }
}

#[test]
fn lists_and_places() {
    let get = |path| answer(&format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")).0;
    assert_eq!(
        get("/listed"),
        "HTTP/1.1 201 Created\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length:            6\r\n\
         Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nlisted"
    );
    assert_eq!(
        get("/moved"),
        "HTTP/1.1 303 See Other\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 0\r\n\
         Location: /users/Ada%20L.\r\n\r\n"
    );
}

#[test]
fn errors_are_text_or_problem_details() {
    for (request, accept, status, detail) in [
        ("GET /none", "application/json", "404 Not Found", None),
        ("GET /none", "*/*", "404 Not Found", None),
        ("GET /none", "text/html", "404 Not Found", None),
        (
            "POST /moved",
            "application/problem+json",
            "405 Method Not Allowed",
            None,
        ),
        (
            "BREW /moved",
            "application/json, text/plain;q=0.9",
            "501 Not Implemented",
            Some("no route here names this method"),
        ),
        (
            "POST /header HTTP/1.1\r\nContent-Length: 65\r\nX:",
            "application/json",
            "413 Content Too Large",
            Some("the body is longer than the limit of 64 bytes"),
        ),
        (
            "GET /failing",
            "application/json",
            "500 Internal Server Error",
            None,
        ),
        ("GET /failing", "*/*", "500 Internal Server Error", None),
        (
            "GET /unwritable",
            "application/json",
            "500 Internal Server Error",
            None,
        ),
        (
            "GET /panicking",
            "application/json",
            "500 Internal Server Error",
            None,
        ),
        (
            "GET /detail",
            "application/json",
            "409 Conflict",
            Some("`a` is \\\"taken\\\""),
        ),
        (
            "GET /detail",
            "text/plain",
            "409 Conflict",
            Some("`a` is \"taken\""),
        ),
    ] {
        let (answer, _) = answer(&format!(
            "{request} HTTP/1.1\r\nHost: a\r\nAccept: {accept}\r\n\r\n"
        ));
        let (code, title) = status.split_once(' ').expect("a code and a reason");
        let is_json = accept.starts_with("application");
        let (content_type, body) = if is_json {
            let detail = detail.map(|detail| format!(",\"detail\":\"{detail}\""));
            (
                "application/problem+json",
                format!(
                    "{{\"title\":\"{title}\",\"status\":{code}{}}}\n",
                    detail.unwrap_or_default()
                ),
            )
        } else {
            let detail = detail.map(|detail| format!(": {detail}"));
            (
                "text/plain; charset=utf-8",
                format!("{status}{}\n", detail.unwrap_or_default()),
            )
        };
        let start = format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n");
        assert!(answer.starts_with(&start), "{request}: {answer}");
        assert!(
            answer.ends_with(&format!("\r\n\r\n{body}")),
            "{request}: {answer}"
        );
        assert_eq!(
            answer.matches("\r\nVary: Accept\r\n").count(),
            usize::from(["404", "405", "501"].contains(&code)),
            "{request}: {answer}"
        );
        assert!(!answer.contains("x-left"), "{answer}");
    }
    let (answer, _) = answer("GET /made HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n");
    assert!(answer.ends_with("\r\n\r\n201 Created\n"), "{answer}");
}

/// What was logged by the tests of this program, which run side by side.
static RECORDS: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Records;

impl log::Log for Records {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let text = format!("{} {}: {}", record.level(), record.target(), record.args());
        RECORDS.lock().expect("no test panics here").push(text);
    }

    fn flush(&self) {}
}

#[test]
fn the_log_is_told_what_the_peer_is_not() {
    log::set_logger(&Records).expect("the only logger of these tests");
    log::set_max_level(log::LevelFilter::Error);
    for (path, why) in [
        ("/failing", "failing`: invalid digit found in string"),
        (
            "/unwritable",
            "unwritable`: the body could not be written: an error",
        ),
        ("/panicking", "panicking`: the handler panicked"),
    ] {
        let (answer, _) = answer(&format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
        assert!(
            answer.ends_with("\r\n\r\n500 Internal Server Error\n"),
            "{answer}"
        );
        let start = format!("ERROR tramline::handler: `{}::{why}", module_path!());
        let records = RECORDS.lock().expect("no test panics here");
        assert!(
            records.iter().any(|record| record.starts_with(&start)),
            "{start}: {records:#?}"
        );
    }
}
