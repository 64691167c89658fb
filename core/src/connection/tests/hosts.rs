//! Which host a request asks: that of its target, or else that of its field.

use super::answers_of_in_any_pieces;
use crate::connection::limits::Limits;
use crate::{Request, route, routes};

#[route("/")]
fn host(request: Request<'_>) -> String {
    format!("{:?}", request.host())
}

routes! { App: host }

#[test]
fn the_target_counts_and_then_the_field() {
    for (line, fields, expected) in [
        ("GET / HTTP/1.1", "Host: a", Some("a")),
        (
            "GET / HTTP/1.1",
            "Accept: */*\r\nhOST: \t[::1]:80 ",
            Some("[::1]:80"),
        ),
        ("GET / HTTP/1.1", "Host:", Some("")),
        ("GET /?http://b/ HTTP/1.1", "Host: a", Some("a")),
        ("GET http://b/ HTTP/1.1", "Host: a", Some("b")),
        ("GET HTTPS://b:443?q HTTP/1.1", "Host:", Some("b:443")),
        ("GET http://b/ HTTP/1.0", "Accept: */*", Some("b")),
        ("GET / HTTP/1.0", "Host: a:", Some("a:")),
        ("GET / HTTP/1.0", "Accept: */*", None),
    ] {
        let request = format!("{line}\r\n{fields}\r\n\r\n");
        let (answer, _) = answers_of_in_any_pieces::<App>(request.as_bytes(), Limits::default());
        let expected = format!("\r\n\r\n{expected:?}");
        assert!(answer.ends_with(&expected), "{request:?}: {answer}");
    }
}
