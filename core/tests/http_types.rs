//! The types of the crates `http` and `bytes` as answers and arguments.
#![cfg(feature = "http")]

use std::io::{Read, Write};
use std::net::TcpStream;

use tramline::{Responder, Server, Status, route, routes};

#[route("/status")]
fn status() -> http::StatusCode {
    http::StatusCode::IM_A_TEAPOT
}

#[route("/response")]
fn response() -> http::Response<&'static str> {
    http::Response::builder()
        .status(201)
        .header("content-type", "text/css")
        .header("x-bytes", b"\xff".as_slice())
        .header("set-cookie", "a")
        .header("set-cookie", "b")
        .header("transfer-encoding", "chunked")
        .header("content-length", "999")
        .body("css")
        .expect("a response")
}

#[route("/headers")]
fn headers(headers: http::HeaderMap) -> impl Responder {
    let count = headers.get_all("x-a").iter().count().to_string();
    (headers, count)
}

#[route(GET, "/body")]
fn body(body: bytes::Bytes) -> bytes::Bytes {
    body
}

routes! { App: status, response, headers, body }

#[test]
fn types_of_other_crates_are_answers_and_arguments() {
    let server = Server::new(App)
        .listen("127.0.0.1:0")
        .threads(1)
        .start()
        .expect("a free port");
    for (path, expected) in [
        ("/status", ["HTTP/1.1 418 ", "\r\n\r\n418\n"]),
        (
            "/response",
            [
                "HTTP/1.1 201 Created\r\n",
                "\r\nContent-Length: 3\r\ncontent-type: text/css\r\nx-bytes: \u{fffd}\r\n\
                 set-cookie: a\r\nset-cookie: b\r\nConnection: close\r\n\r\ncss",
            ],
        ),
        (
            "/headers",
            ["\r\nx-a: 1\r\nx-a: 2\r\n", "\r\nConnection: close\r\n\r\n2"],
        ),
        (
            "/body",
            [
                "application/octet-stream\r\n",
                "\r\nConnection: close\r\n\r\nab",
            ],
        ),
    ] {
        let mut peer = TcpStream::connect(server.addr()).expect("the server accepts");
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab"
        );
        peer.write_all(request.as_bytes()).expect("it is open");
        let mut answer = Vec::new();
        peer.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer);
        for part in expected {
            assert!(answer.contains(part), "{path}: {answer}");
        }
    }
    server.stop().expect("a clean end");
}

#[test]
fn statuses_are_the_same() {
    for code in 100..=999 {
        let status = Status::new(code);
        assert_eq!(Status::from(http::StatusCode::from(status)), status);
    }
}
