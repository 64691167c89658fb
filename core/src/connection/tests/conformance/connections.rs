//! Persistence, pipelines, HTTP/1.0, and answers without content.

use super::{Case, Closed, End, Open, Waits, case};

pub(super) fn cases() -> Vec<Case> {
    const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    /// The version and the fields of one GET.
    #[rustfmt::skip]
    const OPTIONS: &[(&str, &str, &str, End)] = &[
        ("HTTP/1.1 persists", "9112 9.3", "1.1\r\nHost: a\r\n", Open),
        ("close", "9112 9.6", "1.1\r\nHost: a\r\nConnection: close\r\n", Closed),
        ("close in capitals", "9110 7.6.1", "1.1\r\nHost: a\r\nConnection: CLOSE\r\n", Closed),
        ("close first in a list", "9110 7.6.1", "1.1\r\nHost: a\r\nConnection: close, x\r\n", Closed),
        ("close last in a list", "9110 7.6.1", "1.1\r\nHost: a\r\nConnection: x ,\tclose\r\n", Closed),
        ("close among empty elements", "9110 5.6.1", "1.1\r\nHost: a\r\nConnection: ,, close,,\r\n", Closed),
        ("close in a second field", "9110 5.3", "1.1\r\nHost: a\r\nConnection: x\r\nConnection: close\r\n", Closed),
        ("close beside keep-alive", "9112 9.3", "1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n", Closed),
        ("keep-alive", "9112 9.3", "1.1\r\nHost: a\r\nConnection: keep-alive\r\n", Open),
        ("an option that contains close", "9110 7.6.1", "1.1\r\nHost: a\r\nConnection: closed, x-close\r\n", Open),
        ("close in quotes is another option", "9110 7.6.1", "1.1\r\nHost: a\r\nConnection: \"close\"\r\n", Open),
        ("an empty Connection", "9110 7.6.1", "1.1\r\nHost: a\r\nConnection:\r\n", Open),
        ("Keep-Alive and Proxy-Connection say nothing", "9112 9.3", "1.1\r\nHost: a\r\nKeep-Alive: timeout=1\r\nProxy-Connection: close\r\n", Open),
        ("HTTP/1.0 does not persist", "9112 9.3", "1.0\r\n", Closed),
        ("HTTP/1.0 with a Host", "9112 9.3", "1.0\r\nHost: a\r\n", Closed),
        ("HTTP/1.0 with keep-alive", "9112 9.3", "1.0\r\nConnection: keep-alive\r\n", Open),
        ("HTTP/1.0 with keep-alive in a list", "9112 9.3", "1.0\r\nConnection: x, Keep-Alive\r\n", Open),
        ("HTTP/1.0 with keep-alive and close", "9112 9.3", "1.0\r\nConnection: keep-alive, close\r\n", Closed),
        ("HTTP/1.0 with an option like keep-alive", "9112 9.3", "1.0\r\nConnection: keep-alives\r\n", Closed),
        ("HTTP/1.0 with a Keep-Alive field alone", "9112 9.3", "1.0\r\nKeep-Alive: timeout=5\r\n", Closed),
    ];
    #[rustfmt::skip]
    const STREAMS: &[(&str, &str, &str, &[u16], End)] = &[
        ("two requests", "9112 9.3.2", "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n", &[200, 404], Open),
        ("a body between requests", "9112 9.3.2", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /none HTTP/1.1\r\nHost: a\r\n\r\n", &[200, 404], Open),
        ("a body passed over between requests", "9112 9.3.2", "PUT /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nGETGET /none HTTP/1.1\r\nHost: a\r\n\r\n", &[200, 404], Open),
        ("chunks between requests", "9112 9.3.2", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n", &[200, 404], Open),
        ("chunks passed over between requests", "9112 9.3.2", "PUT /ignore HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n", &[200, 404], Open),
        ("HEAD between requests", "9110 9.3.2", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[200, 200], Open),
        ("204 between requests", "9110 15.3.5", "DELETE /item HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[204, 200], Open),
        ("304 between requests", "9110 15.4.5", "GET /unmodified HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[304, 200], Open),
        ("205 between requests", "9110 15.3.6", "GET /reset HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[205, 200], Open),
        ("a request behind close", "9112 9.6", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[200], Closed),
        ("a request behind HTTP/1.0", "9112 9.3", "GET / HTTP/1.0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[200], Closed),
        ("a request behind HTTP/1.0 that persists", "9112 9.3", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\n", &[200, 404], Open),
        ("a request behind a refused one", "9112 9.6", "GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[400], Closed),
        ("a refused request behind a good one", "9112 9.3.2", "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n", &[200, 400], Closed),
        ("a request behind an unknown method", "9110 9.1", "BREW / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[501, 200], Open),
        ("a smuggled request: a length beside a coding", "9112 11.2", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[400], Closed),
        ("a smuggled request: a coding in HTTP/1.0", "9112 6.1", "POST /echo HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[400], Closed),
        ("a coding and a length in HTTP/1.0", "9112 6.1", "POST /echo HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", &[400], Closed),
        ("a length in HTTP/1.0", "9112 6.3", "POST /echo HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc", &[200], Closed),
        ("two hosts in HTTP/1.0", "9112 3.2", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", &[400], Closed),
        ("a bad host in HTTP/1.0", "9112 3.2", "GET / HTTP/1.0\r\nHost: a b\r\n\r\n", &[400], Closed),
        ("absolute form in HTTP/1.0", "9112 3.2.2", "GET http://a/ HTTP/1.0\r\n\r\n", &[200], Closed),
        ("half a request behind a whole one", "9112 9.3.2", "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /", &[200], Waits),
        ("HEAD of a constant", "9110 9.3.2", "HEAD /constant HTTP/1.1\r\nHost: a\r\n\r\n", &[200], Open),
        ("HEAD of a path that is no route", "9110 9.3.2", "HEAD /none HTTP/1.1\r\nHost: a\r\n\r\n", &[404], Open),
        ("HEAD of a path without GET", "9110 9.3.2", "HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n", &[405], Open),
        ("HEAD of a 304", "9110 15.4.5", "HEAD /unmodified HTTP/1.1\r\nHost: a\r\n\r\n", &[304], Open),
        ("HEAD of a 205", "9110 15.3.6", "HEAD /reset HTTP/1.1\r\nHost: a\r\n\r\n", &[205], Open),
        ("HEAD that closes", "9110 9.3.2", "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", &[200], Closed),
        ("HEAD of HTTP/1.0", "9110 9.3.2", "HEAD / HTTP/1.0\r\n\r\n", &[200], Closed),
        ("HEAD with a body", "9110 9.3.2", "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", &[200], Open),
        ("HEAD without a Host", "9110 9.3.2", "HEAD / HTTP/1.1\r\n\r\n", &[400], Closed),
        ("HEAD with two lengths, behind GET", "9110 9.3.2", "GET / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", &[200, 400], Closed),
        ("OPTIONS of a path", "9110 9.3.7", "OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n", &[204], Open),
        ("OPTIONS with a body", "9110 9.3.7", "OPTIONS / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", &[204], Open),
        ("a 204 that closes", "9110 15.3.5", "DELETE /item HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", &[204], Closed),
        ("an interim status from a handler", "9110 15.2", "GET /interim HTTP/1.1\r\nHost: a\r\n\r\n", &[500], Open),
    ];
    let options = OPTIONS.iter().map(|&(name, section, rest, end)| {
        case(name, section, format!("GET / HTTP/{rest}\r\n"), &[200], end)
    });
    let streams = STREAMS
        .iter()
        .map(|&(name, section, input, statuses, end)| case(name, section, input, statuses, end));
    let pipeline = case(
        "a hundred requests",
        "9112 9.3.2",
        GET.repeat(100),
        &[200; 100],
        Open,
    );
    options.chain(streams).chain([pipeline]).collect()
}
