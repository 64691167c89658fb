//! Bodies: lengths, chunks, transfer codings, expectations.

use super::{Case, Closed, End, Open, Waits, case};
use crate::connection::limits::Limits;

pub(super) fn cases(limits: &Limits) -> Vec<Case> {
    [
        lengths(),
        codings(),
        chunks(),
        expectations(),
        limited(limits),
    ]
    .concat()
}

/// POST with Content-Length of these values, and five bytes.
fn lengths() -> Vec<Case> {
    #[rustfmt::skip]
    const CASES: &[(&str, &str, &str, u16, End)] = &[
        ("a length", "9112 6.2", "Content-Length: 5\r\n", 200, Open),
        ("leading zeros in a length", "9110 8.6", "Content-Length: 0005\r\n", 200, Open),
        ("white space around a length", "9110 8.6", "Content-Length: \t5 \r\n", 200, Open),
        ("a length in small letters", "9110 8.6", "content-length: 5\r\n", 200, Open),
        ("a sign before a length", "9110 8.6", "Content-Length: +5\r\n", 400, Closed),
        ("a negative length", "9110 8.6", "Content-Length: -5\r\n", 400, Closed),
        ("an empty length", "9110 8.6", "Content-Length:\r\n", 400, Closed),
        ("a list of lengths", "9110 8.6", "Content-Length: 5, 6\r\n", 400, Closed),
        ("a list of the same length", "9110 8.6", "Content-Length: 5, 5\r\n", 400, Closed),
        ("a comma behind a length", "9110 8.6", "Content-Length: 5,\r\n", 400, Closed),
        ("two lengths", "9112 6.3", "Content-Length: 5\r\nContent-Length: 6\r\n", 400, Closed),
        ("the same length twice", "9112 6.3", "Content-Length: 5\r\nContent-Length: 5\r\n", 400, Closed),
        ("a hexadecimal length", "9110 8.6", "Content-Length: 0x5\r\n", 400, Closed),
        ("a length with a point", "9110 8.6", "Content-Length: 5.0\r\n", 400, Closed),
        ("a length with an exponent", "9110 8.6", "Content-Length: 5e0\r\n", 400, Closed),
        ("a length with a space within", "9110 8.6", "Content-Length: 5 5\r\n", 400, Closed),
        ("a length with an underscore", "9110 8.6", "Content-Length: 5_0\r\n", 400, Closed),
        ("a length in quotes", "9110 8.6", "Content-Length: \"5\"\r\n", 400, Closed),
        ("a length in other digits", "9110 8.6", "Content-Length: \u{665}\r\n", 400, Closed),
        ("a length with a unit", "9110 8.6", "Content-Length: 5 bytes\r\n", 400, Closed),
        ("a length of 2^64", "9112 6.3", "Content-Length: 18446744073709551616\r\n", 400, Closed),
        ("a length of 2^64 + 5", "9112 6.3", "Content-Length: 18446744073709551621\r\n", 400, Closed),
        ("a length of 40 digits", "9112 6.3", "Content-Length: 1000000000000000000000000000000000000005\r\n", 400, Closed),
    ];
    let mut cases: Vec<Case> = CASES
        .iter()
        .map(|&(name, section, fields, status, end)| {
            let input = format!("POST /echo HTTP/1.1\r\nHost: a\r\n{fields}\r\nabcde");
            case(name, section, input, &[status], end)
        })
        .collect();
    cases.extend([
        case("no length is no body", "9112 6.3", "POST /echo HTTP/1.1\r\nHost: a\r\n\r\n", &[200], Open),
        case("a length of zero", "9112 6.3", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", &[200], Open),
        case("a body of GET", "9110 9.3.1", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", &[200], Open),
        case("a body that looks like a request", "9112 6.3", "PUT /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 27\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[200], Open),
        case("a body with bytes of any value", "9112 6", *b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n\0\r\n\xff\n", &[200], Open),
        case("a body that goes on", "9112 8", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc", &[], Waits),
        case("a body for a path that is no route", "9110 15.5.5", "POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", &[404], Open),
        case("a body for a method that is not there", "9110 15.5.6", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", &[405], Open),
    ]);
    cases
}

/// POST with a chunked body, whatever the fields say of it.
fn codings() -> Vec<Case> {
    #[rustfmt::skip]
    const CASES: &[(&str, &str, &str, u16, End)] = &[
        ("chunked", "9112 7.1", "Transfer-Encoding: chunked\r\n", 200, Open),
        ("chunked in capitals", "9112 7", "Transfer-Encoding: CHUNKED\r\n", 200, Open),
        ("empty elements beside chunked", "9110 5.6.1", "Transfer-Encoding: , chunked ,\r\n", 200, Open),
        ("an empty coding field beside chunked", "9112 6.1", "Transfer-Encoding:\r\nTransfer-Encoding: chunked\r\n", 501, Closed),
        ("an empty coding field behind chunked", "9112 6.1", "Transfer-Encoding: chunked\r\nTransfer-Encoding: ,\r\n", 400, Closed),
        ("gzip", "9112 6.1", "Transfer-Encoding: gzip\r\n", 501, Closed),
        ("gzip before chunked", "9112 6.1", "Transfer-Encoding: gzip, chunked\r\n", 501, Closed),
        ("gzip and chunked in two fields", "9112 6.1", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", 501, Closed),
        ("identity", "9112 6.1", "Transfer-Encoding: identity\r\n", 501, Closed),
        ("an unknown coding", "9112 6.1", "Transfer-Encoding: xchunked\r\n", 501, Closed),
        ("an empty coding", "9112 6.1", "Transfer-Encoding:\r\n", 501, Closed),
        ("chunked with a parameter", "9112 7", "Transfer-Encoding: chunked;q=1\r\n", 501, Closed),
        ("chunked in quotes", "9112 7", "Transfer-Encoding: \"chunked\"\r\n", 501, Closed),
        ("chunked behind a vertical tab", "9112 6.1", "Transfer-Encoding: \x0bchunked\r\n", 400, Closed),
        ("chunked before gzip", "9112 6.3", "Transfer-Encoding: chunked, gzip\r\n", 400, Closed),
        ("chunked before identity", "9112 6.3", "Transfer-Encoding: chunked, identity\r\n", 400, Closed),
        ("chunked twice", "9112 6.1", "Transfer-Encoding: chunked, chunked\r\n", 400, Closed),
        ("chunked in two fields", "9112 6.1", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400, Closed),
        ("a length behind a coding", "9112 6.3", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", 400, Closed),
        ("a length before a coding", "9112 6.3", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400, Closed),
        ("a length of zero beside a coding", "9112 6.3", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", 400, Closed),
        ("a bad length beside a coding", "9112 6.3", "Transfer-Encoding: chunked\r\nContent-Length: x\r\n", 400, Closed),
        ("a length beside an unknown coding", "9112 6.3", "Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", 400, Closed),
    ];
    CASES
        .iter()
        .map(|&(name, section, fields, status, end)| {
            let input =
                format!("POST /echo HTTP/1.1\r\nHost: a\r\n{fields}\r\n5\r\nabcde\r\n0\r\n\r\n");
            case(name, section, input, &[status], end)
        })
        .collect()
}

/// The body of POST, which the handler takes; and, once more, of PUT, which the
/// handler leaves: an error in it then follows the answer.
fn chunks() -> Vec<Case> {
    #[rustfmt::skip]
    const CASES: &[(&str, &str, &str, End)] = &[
        ("no chunks", "9112 7.1", "0\r\n\r\n", Open),
        ("a last chunk of many zeros", "9112 7.1", "0000\r\n\r\n", Open),
        ("one chunk", "9112 7.1", "5\r\nabcde\r\n0\r\n\r\n", Open),
        ("several chunks", "9112 7.1", "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", Open),
        ("a size with leading zeros", "9112 7.1", "0001\r\na\r\n0\r\n\r\n", Open),
        ("a size in capitals", "9112 7.1", "A\r\n0123456789\r\n0\r\n\r\n", Open),
        ("a size in small letters", "9112 7.1", "a\r\n0123456789\r\n0\r\n\r\n", Open),
        ("data of CRLF", "9112 7.1", "2\r\n\r\n\r\n0\r\n\r\n", Open),
        ("an extension", "9112 7.1.1", "1;a\r\nx\r\n0\r\n\r\n", Open),
        ("an extension with a value", "9112 7.1.1", "1;a=b;c=d\r\nx\r\n0\r\n\r\n", Open),
        ("an extension in quotes", "9112 7.1.1", "1;a=\"b;c\"\r\nx\r\n0\r\n\r\n", Open),
        ("white space before an extension", "9112 7.1.1", "1 ;a\r\nx\r\n0\r\n\r\n", Open),
        ("an extension of the last chunk", "9112 7.1.1", "0;a=b\r\n\r\n", Open),
        ("a trailer", "9112 7.1.2", "0\r\nX: y\r\n\r\n", Open),
        ("two trailers, one empty", "9112 7.1.2", "0\r\nX: y\r\nZ:\r\n\r\n", Open),
        ("a trailer of framing changes nothing", "9110 6.5.1", "0\r\nContent-Length: 5\r\n\r\n", Open),
        ("no size", "9112 7.1", "\r\n\r\n", Closed),
        ("a size that is no number", "9112 7.1", "x\r\n\r\n", Closed),
        ("a negative size", "9112 7.1", "-1\r\na\r\n0\r\n\r\n", Closed),
        ("a signed size", "9112 7.1", "+1\r\na\r\n0\r\n\r\n", Closed),
        ("a size with 0x", "9112 7.1", "0x1\r\na\r\n0\r\n\r\n", Closed),
        ("a size with an underscore", "9112 7.1", "1_0\r\na\r\n0\r\n\r\n", Closed),
        ("white space before a size", "9112 7.1", " 1\r\na\r\n0\r\n\r\n", Closed),
        ("white space behind a size", "9112 7.1", "1 \r\na\r\n0\r\n\r\n", Closed),
        ("a size of 2^64 + 1", "9112 7.1", "10000000000000001\r\na\r\n0\r\n\r\n", Closed),
        ("a size of 2^60", "9112 7.1", "1000000000000000\r\n", Closed),
        ("a bare LF behind a size", "9112 7.1", "1\na\r\n0\r\n\r\n", Closed),
        ("a bare CR behind a size", "9112 7.1", "1\ra\r\n0\r\n\r\n", Closed),
        ("a bare LF in an extension", "9112 7.1.1", "1;a\nx\r\n0\r\n\r\n", Closed),
        ("a bare CR in an extension", "9112 7.1.1", "1;a\rb\r\nx\r\n0\r\n\r\n", Closed),
        ("NUL in an extension", "9112 7.1.1", "1;\0\r\nx\r\n0\r\n\r\n", Closed),
        ("data longer than its size", "9112 7.1", "1\r\nab\r\n0\r\n\r\n", Closed),
        ("data shorter than its size", "9112 7.1", "4\r\na\r\n0\r\n\r\n", Closed),
        ("a bare LF behind data", "9112 7.1", "1\r\na\n0\r\n\r\n", Closed),
        ("a bare CR behind data", "9112 7.1", "1\r\na\r0\r\n\r\n", Closed),
        ("a bare LF behind the last size", "9112 7.1", "0\n\r\n", Closed),
        ("a bare LF at the end", "9112 7.1", "0\r\n\n", Closed),
        ("a bare CR at the end", "9112 7.1", "0\r\n\rx", Closed),
        ("a trailer without a colon", "9112 7.1.2", "0\r\nX\r\n\r\n", Closed),
        ("a trailer without a name", "9112 7.1.2", "0\r\n: y\r\n\r\n", Closed),
        ("a trailer with a space in its name", "9112 7.1.2", "0\r\nX : y\r\n\r\n", Closed),
        ("a folded trailer", "9112 5.2", "0\r\nX: y\r\n z\r\n\r\n", Closed),
        ("a bare LF behind a trailer", "9112 7.1.2", "0\r\nX: y\n\r\n", Closed),
        ("NUL in a trailer", "9112 7.1.2", "0\r\nX: \0\r\n\r\n", Closed),
        ("chunks that go on", "9112 8", "5\r\nab", Waits),
        ("chunks without an end", "9112 8", "1\r\na\r\n", Waits),
    ];
    let mut cases = Vec::new();
    for &(name, section, body, end) in CASES {
        for (target, taken) in [("POST /echo", true), ("PUT /ignore", false)] {
            let head =
                format!("{target} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            let statuses: &[u16] = match end {
                Closed if taken => &[400],
                Waits if taken => &[],
                _ => &[200],
            };
            let name = if taken {
                name.to_owned()
            } else {
                format!("{name}, left")
            };
            cases.push(case(name, section, head + body, statuses, end));
        }
    }
    cases
}

fn expectations() -> Vec<Case> {
    #[rustfmt::skip]
    const CASES: &[(&str, &str, &str, &[u16], End)] = &[
        ("an expected body, sent at once", "9110 10.1.1", "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab", &[200], Open),
        ("an expected body in chunks", "9110 10.1.1", "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", &[200], Open),
        ("an expectation in capitals", "9110 10.1.1", "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-CONTINUE\r\nContent-Length: 2\r\n\r\nab", &[200], Open),
        ("an expected body that nobody wants", "9110 10.1.1", "PUT /ignore HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", &[200], Closed),
        ("an expected body for no route", "9110 10.1.1", "POST /none HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", &[404], Closed),
        ("an expectation without a body", "9110 10.1.1", "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n", &[200], Open),
        ("an expectation of HTTP/1.0 is passed over", "9110 10.1.1", "PUT /ignore HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab", &[200], Open),
        ("an unknown expectation", "9110 10.1.1", "GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", &[417], Closed),
        ("an empty expectation", "9110 10.1.1", "GET / HTTP/1.1\r\nHost: a\r\nExpect:\r\n\r\n", &[417], Closed),
        ("a known and an unknown expectation", "9110 10.1.1", "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue, tea\r\n\r\n", &[417], Closed),
    ];
    CASES
        .iter()
        .map(|&(name, section, input, statuses, end)| case(name, section, input, statuses, end))
        .collect()
}

/// Heads and bodies at their limits, and beyond them.
fn limited(limits: &Limits) -> Vec<Case> {
    let head = limits.head_bytes;
    let target = |bytes: usize| {
        let frame = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".len();
        format!(
            "GET /{} HTTP/1.1\r\nHost: a\r\n\r\n",
            "x".repeat(bytes - frame)
        )
    };
    let field = |bytes: usize| {
        let frame = "GET / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n".len();
        format!(
            "GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n",
            "x".repeat(bytes - frame)
        )
    };
    let many = |fields: usize| {
        let fields = "x:\r\n".repeat(fields - 1);
        format!("GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n")
    };
    let post = |path: &str, bytes: u64| {
        format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {bytes}\r\n\r\n")
    };
    let aside = |bytes: usize| {
        let extension = "x".repeat(bytes);
        format!(
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0;{extension}\r\n\r\n"
        )
    };
    vec![
        case(
            "a target up to the limit",
            "9112 3",
            target(head),
            &[404],
            Open,
        ),
        case(
            "a head up to the limit",
            "9112 3",
            field(head),
            &[200],
            Open,
        ),
        case(
            "a field beyond the limit",
            "6585 5",
            field(head + 1),
            &[431],
            Closed,
        ),
        case(
            "a target beyond the limit",
            "9112 3",
            target(head * 2),
            &[414],
            Closed,
        ),
        case(
            "a request line without an end",
            "9112 3",
            "G".repeat(head * 2),
            &[414],
            Closed,
        ),
        case(
            "a field without an end",
            "6585 5",
            format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(head * 2)),
            &[431],
            Closed,
        ),
        case(
            "a field name without an end",
            "6585 5",
            format!("GET / HTTP/1.1\r\n{}", "x".repeat(head * 2)),
            &[431],
            Closed,
        ),
        case(
            "as many fields as may be",
            "6585 5",
            many(100),
            &[200],
            Open,
        ),
        case("a field too many", "6585 5", many(101), &[431], Closed),
        case(
            "empty lines without an end",
            "9112 2.2",
            "\r\n".repeat(head),
            &[400],
            Closed,
        ),
        case(
            "a body beyond the limit",
            "9110 15.5.14",
            post("/echo", u64::MAX),
            &[413],
            Closed,
        ),
        case(
            "a body too long to be passed over",
            "9112 9.3",
            post("/none", u64::MAX),
            &[404],
            Closed,
        ),
        case(
            "an extension that is long",
            "9112 7.1.1",
            aside(8 * 1024),
            &[200],
            Open,
        ),
        case(
            "an extension that is too long",
            "9112 7.1.1",
            aside(8 * 1024 + 1),
            &[400],
            Closed,
        ),
        case(
            "leading zeros without an end",
            "9112 7.1",
            aside(0).replace("0;", &"0".repeat(9000)),
            &[400],
            Closed,
        ),
        case(
            "a trailer that is too long",
            "9112 7.1.2",
            aside(0).replace("0;\r\n", &format!("0\r\n{}:\r\n", "x".repeat(9000))),
            &[400],
            Closed,
        ),
    ]
}
