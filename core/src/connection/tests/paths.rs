//! What paths mean, on the wire: escapes, dot segments, empty segments, and
//! what each type of parameter is given.

use core::convert::Infallible;
use std::borrow::Cow;
use std::net::IpAddr;

use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{ParamError, Responder, route, routes, text};

#[route("/sent/{v}")]
fn sent(v: &str) -> impl Responder {
    text!("sent {v}")
}

#[route("/text/{v}")]
fn owned(v: String) -> impl Responder {
    text!("text {v}")
}

#[route("/cow/{v}")]
fn cow(v: Cow<'_, str>) -> impl Responder {
    text!("cow {v}")
}

#[route("/char/{v}")]
fn letter(v: char) -> impl Responder {
    text!("char {v}")
}

#[route("/number/{v}")]
fn number(v: u64) -> impl Responder {
    text!("number {v}")
}

#[route("/float/{v}")]
fn float(v: f64) -> impl Responder {
    text!("float {v}")
}

#[route("/bool/{v}")]
fn truth(v: bool) -> impl Responder {
    text!("bool {v}")
}

#[route("/ip/{v}")]
fn address(v: IpAddr) -> impl Responder {
    text!("ip {v}")
}

#[route("/tried/{v}")]
fn tried(v: Result<String, ParamError<Infallible>>) -> impl Responder {
    v.map_or_else(
        |error| format!("error {error}"),
        |value| format!("tried {value}"),
    )
}

#[route("/rest/{*v}")]
fn rest(v: &str) -> impl Responder {
    text!("rest {v}")
}

#[route("/rest-text/{*v}")]
fn rest_text(v: String) -> impl Responder {
    text!("rest {v}")
}

#[route("/caf%C3%A9")]
const CAFE: &str = "literal";

#[route("/a%2Fb")]
const ESCAPED_SLASH: &str = "one segment";

#[route("/a/b")]
const SLASH: &str = "two segments";

routes! {
    Paths:
        sent, owned, cow, letter, number, float, truth, address, tried, rest, rest_text, CAFE, ESCAPED_SLASH, SLASH,
}

/// The body of the answer to GET for `path`, or the code of its status; the
/// same however the request is cut.
fn answer(path: &[u8]) -> String {
    let request = [b"GET ", path, b" HTTP/1.1\r\nHost: a\r\n\r\n"].concat();
    let [whole, in_bytes] = [request.len(), 1].map(|length| {
        let mut memory = Memory::new::<Paths>(Limits::default());
        for piece in request.chunks(length) {
            memory.feed(piece);
        }
        String::from_utf8(memory.sent()).expect("all answers here are text")
    });
    assert_eq!(whole, in_bytes, "byte by byte");
    match whole.strip_prefix("HTTP/1.1 200 OK") {
        Some(answer) => {
            let (_, body) = answer.split_once("\r\n\r\n").expect("a head");
            body.to_owned()
        }
        None => whole[9..12].to_owned(),
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a table")]
fn a_path_is_matched_as_sent_and_decoded_by_its_types() {
    let table: &[(&str, &str)] = &[
        // Literals are matched byte for byte.
        ("/caf%C3%A9", "literal"),
        ("/caf%c3%a9", "404"),
        ("/c%61f%C3%A9", "404"),
        ("/a%2Fb", "one segment"),
        ("/a/b", "two segments"),
        ("/a%2fb", "404"),
        ("/%73ent/x", "404"),
        // An escaped slash ends no segment.
        ("/sent/a%2Fb", "sent a%2Fb"),
        ("/text/a%2Fb", "text a/b"),
        ("/cow/a%2Fb", "cow a/b"),
        ("/char/%2F", "char /"),
        ("/rest/a%2Fb/c", "rest a%2Fb/c"),
        ("/rest-text/a%2Fb/c", "rest a/b/c"),
        // Dot segments are segments.
        ("/sent/..", "sent .."),
        ("/sent/.", "sent ."),
        ("/text/%2E%2e", "text .."),
        ("/sent/../x", "404"),
        ("/x/../a/b", "404"),
        ("/./a/b", "404"),
        ("/rest/../../etc", "rest ../../etc"),
        ("/rest-text/%2E./x", "rest ../x"),
        // So are empty ones, which no parameter takes.
        ("/sent/", "404"),
        ("/sent//", "404"),
        ("//sent/x", "404"),
        ("/sent//x", "404"),
        ("/sent/x/", "404"),
        ("/a//b", "404"),
        ("/rest/", "404"),
        ("/rest//", "rest /"),
        ("/rest//a//b/", "rest /a//b/"),
        ("/rest-text//a", "rest /a"),
        // What is no percent-encoding decodes to nothing.
        ("/sent/%zz", "sent %zz"),
        ("/text/%zz", "404"),
        ("/cow/a%2", "404"),
        ("/char/%", "404"),
        ("/tried/%zz", "error not UTF-8 in percent-encoding"),
        ("/rest/a/%zz", "rest a/%zz"),
        ("/rest-text/a/%zz", "404"),
        // Nor does what is not UTF-8.
        ("/sent/%FF", "sent %FF"),
        ("/text/%FF", "404"),
        ("/cow/%C3", "404"),
        ("/tried/%FF", "error not UTF-8 in percent-encoding"),
        ("/rest-text/a/%FF", "404"),
        // Each type takes its own.
        ("/text/a%20b+c%25", "text a b+c%"),
        ("/text/caf%C3%A9", "text café"),
        ("/text/%00", "text \0"),
        ("/tried/%C3%BC", "tried ü"),
        ("/char/%C3%BC", "char ü"),
        ("/char/ab", "404"),
        ("/number/007", "number 7"),
        ("/number/%37", "404"),
        ("/number/+7", "404"),
        ("/float/-0.5", "float -0.5"),
        ("/float/NaN", "404"),
        ("/float/inf", "404"),
        ("/bool/true", "bool true"),
        ("/bool/1", "404"),
        ("/ip/%3A%3A1", "ip ::1"),
        ("/ip/::1", "ip ::1"),
    ];
    for (path, expected) in table {
        assert_eq!(answer(path.as_bytes()), *expected, "{path}");
    }
}

/// A path holds other alphabets only percent-encoded; a peer that sends them
/// raw is answered all the same, if they are UTF-8.
#[test]
fn raw_bytes() {
    let table: &[(&[u8], &str)] = &[
        ("/text/ü".as_bytes(), "text ü"),
        ("/sent/ü".as_bytes(), "sent ü"),
        ("/café".as_bytes(), "404"),
        (b"/text/\xff", "400"),
        (b"/sent/\xc3", "400"),
        (b"/rest/a/\xff", "400"),
        (b"/text/\x00", "400"),
    ];
    for (path, expected) in table {
        assert_eq!(
            answer(path),
            *expected,
            "{:?}",
            String::from_utf8_lossy(path)
        );
    }
}
