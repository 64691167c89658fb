//! The layers that come with the library, on the wire.

use core::time::Duration;

use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::connection::tests::around::{answers_of, get};
use crate::{BodyLimit, Cors, Method, RequestId, SecurityHeaders, route, routes};

#[route("/")]
fn index() -> &'static str {
    "Hello"
}

#[route(POST, "/echo")]
fn echo(body: &[u8]) -> &[u8] {
    body
}

routes! {
    #[layer(
        RequestId::new(),
        SecurityHeaders::new()
            .hsts(Duration::from_secs(60))
            .frame_options("SAMEORIGIN")
            .content_security_policy("default-src 'self'"),
        Cors::origins(&["https://a.example", "https://b.example"])
            .methods(&[Method::Get, Method::Put])
            .headers(&["content-type", "x-key"])
            .exposed(&["x-request-id"])
            .credentials()
            .max_age(Duration::from_secs(600)),
        BodyLimit::bytes(4)
    )]
    Shipped: index, echo, framed
}

routes! { #[layer(Cors::any_origin())] Public: index }

#[route("/framed")]
fn framed() -> ([(&'static str, &'static str); 1], &'static str) {
    ([("x-frame-options", "of its own")], "framed")
}

#[test]
fn shipped_layers_say_what_they_should() {
    let origin = |origin: &str| get("/").replace("Host", &format!("Origin: {origin}\r\nHost"));
    let preflight = |origin: &str| {
        format!(
            "OPTIONS /echo HTTP/1.1\r\nHost: a\r\nOrigin: {origin}\r\nAccess-Control-Request-Method: PUT\r\n\r\n"
        )
    };
    let with_id = get("/").replace("Host", "X-Request-ID: abc-1\r\nHost");
    let post = |body: &str| {
        format!(
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    for (input, there, not_there) in [
        (
            with_id,
            &[
                "X-Request-Id: abc-1\r\n",
                "X-Content-Type-Options: nosniff\r\n",
                "X-Frame-Options: SAMEORIGIN\r\n",
                "Referrer-Policy: strict-origin-when-cross-origin\r\n",
                "Strict-Transport-Security: max-age=60\r\n",
                "Content-Security-Policy: default-src 'self'\r\n",
                "Vary: Origin\r\n",
                "\r\n\r\nHello",
            ] as &[_],
            &["Access-Control"] as &[&str],
        ),
        (
            get("/framed"),
            &["x-frame-options: of its own\r\n"],
            &["X-Frame-Options"],
        ),
        (
            origin("https://b.example"),
            &[
                "Access-Control-Allow-Origin: https://b.example\r\n",
                "Access-Control-Allow-Credentials: true\r\n",
                "Access-Control-Expose-Headers: x-request-id\r\n",
                "Vary: Origin\r\n",
            ],
            &["Max-Age"],
        ),
        (
            origin("https://c.example"),
            &["Vary: Origin\r\n", "Hello"],
            &["Access-Control"],
        ),
        (
            preflight("https://a.example"),
            &[
                "HTTP/1.1 204 ",
                "Access-Control-Allow-Origin: https://a.example\r\n",
                "Access-Control-Allow-Methods: GET, PUT\r\n",
                "Access-Control-Allow-Headers: content-type, x-key\r\n",
                "Access-Control-Max-Age: 600\r\n",
                "Access-Control-Allow-Credentials: true\r\n",
                "Vary: Origin\r\n",
            ],
            &["Allow: "],
        ),
        (
            preflight("https://c.example"),
            &["HTTP/1.1 204 ", "Vary: Origin\r\n"],
            &["Access-Control"],
        ),
        (
            "OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
            &["Allow: POST, OPTIONS"],
            &["Access-Control"],
        ),
        (post("abcd"), &["HTTP/1.1 200 OK", "\r\n\r\nabcd"], &[]),
        (
            post("abcde"),
            &["HTTP/1.1 413 ", "limit of 4 bytes", "X-Frame-Options"],
            &[],
        ),
    ] {
        let mut memory = Memory::new::<Shipped>(Limits::default());
        memory.feed(input.as_bytes());
        let sent = String::from_utf8(memory.sent()).expect("text");
        for part in there {
            assert!(sent.contains(part), "{input}{part} is missing: {sent}");
        }
        for part in not_there {
            assert!(!sent.contains(part), "{input}{part} is there: {sent}");
        }
        assert!(sent.contains("X-Request-Id: "), "{sent}");
    }
    let (sent, _) = answers_of::<Public>(&origin("null"));
    assert!(
        sent.contains("Access-Control-Allow-Origin: *\r\n") && !sent.contains("Vary"),
        "{sent}"
    );
}

#[cfg(feature = "smol")]
mod timeout {
    use super::{Duration, Limits, Memory, get};
    use crate::{Request, Status, Timeout, route, routes};

    #[route("/wait")]
    async fn wait(request: Request<'_>) -> &'static str {
        let _ = request;
        core::future::pending().await
    }

    #[route("/")]
    fn index() -> &'static str {
        "Hello"
    }

    routes! {
        #[layer(Timeout::after(Duration::from_millis(1)).status(Status::GATEWAY_TIMEOUT))]
        Impatient: wait, index
    }

    #[test]
    fn what_waits_too_long_is_given_up() {
        let mut memory = Memory::new::<Impatient>(Limits::default());
        memory.feed([get("/"), get("/wait"), get("/")].concat().as_bytes());
        while memory.is_waiting() {
            std::thread::sleep(Duration::from_millis(1));
            memory.wake();
        }
        let sent = String::from_utf8(memory.sent()).expect("text");
        let statuses = sent.split("HTTP/1.1 ").skip(1);
        let statuses = statuses.filter_map(|answer| answer.split(' ').next());
        assert!(statuses.eq(["200", "504", "200"]), "{sent}");
    }
}
