//! `hello`: what it answers, how it is set, and how it starts and stops.

use std::net::TcpListener;

use crate::program::{Program, refused};

const HELLO: &str = env!("CARGO_BIN_EXE_hello");

#[test]
fn it_answers_and_stops_when_told() {
    let hello = Program::start(HELLO, &["--threads", "2"]);

    let index = hello.get("/");
    assert_eq!((index.status, &*index.body), (200, "Hello, World!"));
    assert_eq!(
        index.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(index.header("content-length"), Some("13"));
    assert_eq!(index.header("connection"), Some("close"));
    assert!(
        index
            .header("date")
            .is_some_and(|date| date.ends_with(" GMT")),
        "{index:?}"
    );

    let fibonacci = hello.get("/fibonacci");
    assert_eq!(
        (fibonacci.status, &*fibonacci.body),
        (200, "Fibonacci(10^6) = 1884755131 (with overflow)\n")
    );

    let head = hello.ask("HEAD", "/fibonacci", "");
    assert_eq!((head.status, &*head.body), (200, ""));
    assert_eq!(
        head.header("content-length"),
        fibonacci.header("content-length")
    );

    for (method, path, status, allow) in [
        ("GET", "/nowhere", 404, None),
        ("GET", "/fibonacci/", 404, None),
        ("POST", "/", 405, Some("GET, HEAD, OPTIONS")),
        ("DELETE", "/fibonacci", 405, Some("GET, HEAD, OPTIONS")),
        ("PROPFIND", "/", 501, None),
    ] {
        let answer = hello.ask(method, path, "");
        assert_eq!(
            (answer.status, answer.header("allow")),
            (status, allow),
            "{method} {path}"
        );
    }

    let pipelined = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3)
        + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    assert_eq!(hello.send(&pipelined).matches("Hello, World!").count(), 4);

    assert_eq!(hello.stop("-TERM").code(), Some(0));
}

#[test]
fn an_interrupt_stops_it_too() {
    let hello = Program::start(HELLO, &["--threads=1"]);
    assert_eq!(hello.get("/").status, 200);
    assert_eq!(hello.stop("-INT").code(), Some(0));
}

#[test]
fn what_it_cannot_do_it_says_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound").to_string();
    let listen = ("TRAMLINE_LISTEN", &*address);
    for (arguments, variables, expected) in [
        (
            &["--listen", &*address] as &[_],
            &[] as &[_],
            "cannot listen on",
        ),
        (&[], &[listen], "cannot listen on"),
        (&["--threads", "many"], &[], "`--threads` is `many`"),
        (&["--port", "80"], &[], "unknown argument `--port`"),
        (&[], &[("TRAMLINE_THREADS", "0")], "0 threads"),
    ] {
        let (status, said) = refused(HELLO, arguments, variables);
        assert!(!status.success(), "{arguments:?} {variables:?}");
        assert!(
            said.contains(expected),
            "{arguments:?} {variables:?}: {said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}
