//! `Json`: what is answered to a body that is right, and to each that is not.
#![cfg(feature = "json")]

use std::borrow::Cow;
use std::io::{Read, Write};
use std::net::TcpStream;

use serde::{Deserialize, Serialize, Serializer};
use tramline::{Json, Server, Status, route, routes};

#[derive(Deserialize, Serialize)]
struct User<'r> {
    name: &'r str,
    #[serde(borrow)]
    motto: Cow<'r, str>,
    age: u8,
}

#[route(POST, "/users")]
fn create(user: Json<User<'_>>) -> (Status, Json<User<'_>>) {
    (Status::CREATED, user)
}

struct Unserialisable;

impl Serialize for Unserialisable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("secret"))
    }
}

#[route("/failing")]
fn failing() -> Json<(u8, Unserialisable)> {
    Json((1, Unserialisable))
}

routes! { App: create, failing }

#[test]
fn json_is_received_and_answered() {
    let server = Server::new(App)
        .listen("127.0.0.1:0")
        .threads(1)
        .start()
        .expect("a free port");
    let user = r#"{"name":"Ada","motto":"a\nb","age":36}"#;
    for (request, content_type, body, status, expected) in [
        ("POST /users", "application/json", user, "201", user),
        (
            "POST /users",
            "Application/JSON; charset=utf-8",
            user,
            "201",
            user,
        ),
        (
            "POST /users",
            "text/plain",
            user,
            "415",
            "415 Unsupported Media Type: expected a body of the type `application/json`\n",
        ),
        (
            "POST /users",
            "application/json",
            "",
            "400",
            "400 Bad Request: the body is not JSON: EOF while parsing a value at line 1 column 0\n",
        ),
        (
            "POST /users",
            "application/json",
            "{]",
            "400",
            "400 Bad Request: the body is not JSON: key must be a string at line 1 column 2\n",
        ),
        (
            "POST /users",
            "application/json",
            "{\"name\":\"A\",\"motto\":\"\",\"age\":256}",
            "422",
            "422 Unprocessable Content: the body does not fit: invalid value: integer `256`, expected u8 at line 1 column 32\n",
        ),
        (
            "POST /users",
            "application/json",
            "{\"name\":\"A\",\"motto\":\"\"}",
            "422",
            "422 Unprocessable Content: the body does not fit: missing field `age` at line 1 column 23\n",
        ),
        ("GET /failing", "", "", "500", "500 Internal Server Error\n"),
    ] {
        let mut peer = TcpStream::connect(server.addr()).expect("the server accepts");
        let request = format!(
            "{request} HTTP/1.1\r\nHost: a\r\nContent-Type: {content_type}\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        peer.write_all(request.as_bytes()).expect("it is open");
        let mut answer = String::new();
        peer.read_to_string(&mut answer).expect("an answer");
        assert_eq!(&answer[9..12], status, "{request}: {answer}");
        assert!(
            answer.ends_with(&format!("\r\n\r\n{expected}")),
            "{request}: {answer}"
        );
        let is_json = answer.contains("\r\nContent-Type: application/json\r\n");
        assert_eq!(is_json, status == "201", "{answer}");
    }
    server.stop().expect("a clean end");
}
