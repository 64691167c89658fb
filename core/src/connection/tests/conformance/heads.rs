//! Request lines, methods and versions; other protocols.

use super::{Case, Closed, End, Open, Waits, case};

type Row = (
    &'static str,
    &'static str,
    &'static [u8],
    &'static [u16],
    End,
);

pub(super) fn cases() -> Vec<Case> {
    const H: &str = "Host: a\r\n\r\n";
    #[rustfmt::skip]
    const CASES: &[(&str, &str, &str, &[u16], End)] = &[
        ("a request", "9112 3", "GET / HTTP/1.1\r\n", &[200], Open),
        ("two spaces before the target", "9112 3", "GET  / HTTP/1.1\r\n", &[400], Closed),
        ("two spaces behind the target", "9112 3", "GET /  HTTP/1.1\r\n", &[400], Closed),
        ("a tab before the target", "9112 3", "GET\t/ HTTP/1.1\r\n", &[400], Closed),
        ("a tab behind the target", "9112 3", "GET /\tHTTP/1.1\r\n", &[400], Closed),
        ("a space before the method", "9112 3", " GET / HTTP/1.1\r\n", &[400], Closed),
        ("a space behind the version", "9112 3", "GET / HTTP/1.1 \r\n", &[400], Closed),
        ("a word behind the version", "9112 3", "GET / HTTP/1.1 x\r\n", &[400], Closed),
        ("no target", "9112 3", "GET HTTP/1.1\r\n", &[400], Closed),
        ("no method", "9112 3", "/ HTTP/1.1\r\n", &[400], Closed),
        ("no version, as in HTTP/0.9", "9112 3", "GET /\r\n", &[400], Closed),
        ("no version behind a space", "9112 3", "GET / \r\n", &[400], Closed),
        ("a method alone", "9112 3", "GET\r\n", &[400], Closed),
        ("a field instead of a request line", "9112 3", "X: y\r\n", &[400], Closed),
        ("form feeds for spaces", "9112 3", "GET\x0c/\x0cHTTP/1.1\r\n", &[400], Closed),
        ("a byte order mark", "9112 2.2", "\u{feff}GET / HTTP/1.1\r\n", &[400], Closed),
        ("NUL before the method", "9112 3.1", "\0GET / HTTP/1.1\r\n", &[400], Closed),
        ("a method with a slash", "9112 3.1", "GE/T / HTTP/1.1\r\n", &[400], Closed),
        ("a method with a colon", "9112 3.1", "GET: / HTTP/1.1\r\n", &[400], Closed),
        ("a method with brackets", "9112 3.1", "GET() / HTTP/1.1\r\n", &[400], Closed),
        ("a method in quotes", "9112 3.1", "\"GET\" / HTTP/1.1\r\n", &[400], Closed),
        ("a method of other letters", "9112 3.1", "G\u{cb}T / HTTP/1.1\r\n", &[400], Closed),
        ("an unknown method", "9110 9.1", "BREW / HTTP/1.1\r\n", &[501], Open),
        ("a method in small letters", "9112 3.1", "get / HTTP/1.1\r\n", &[501], Open),
        ("a method of all token bytes", "9112 3.1", "!#$%&'*+-.^_`|~09Az / HTTP/1.1\r\n", &[501], Open),
        ("a long method", "9110 9.1", "ABCDEFGHIJKLMNOPQRSTUVWXYZ / HTTP/1.1\r\n", &[501], Open),
        ("a method the resource lacks", "9110 15.5.6", "POST / HTTP/1.1\r\n", &[405], Open),
        ("TRACE without a route", "9110 9.3.8", "TRACE / HTTP/1.1\r\n", &[405], Open),
        ("PATCH without a route", "9110 15.5.6", "PATCH / HTTP/1.1\r\n", &[405], Open),
        ("DELETE", "9110 9.3.5", "DELETE /item HTTP/1.1\r\n", &[204], Open),
        ("an unknown method at an unknown path", "9110 9.1", "BREW /x HTTP/1.1\r\n", &[501], Open),
        ("HTTP/2.0", "9110 2.5", "GET / HTTP/2.0\r\n", &[505], Closed),
        ("HTTP/3.0", "9110 2.5", "GET / HTTP/3.0\r\n", &[505], Closed),
        ("HTTP/0.9", "9110 2.5", "GET / HTTP/0.9\r\n", &[505], Closed),
        ("HTTP/1.2, which nobody speaks", "9110 2.5", "GET / HTTP/1.2\r\n", &[505], Closed),
        ("HTTP/9.9", "9110 2.5", "GET / HTTP/9.9\r\n", &[505], Closed),
        ("a version without its minor number", "9112 2.3", "GET / HTTP/1\r\n", &[400], Closed),
        ("a version without numbers", "9112 2.3", "GET / HTTP/\r\n", &[400], Closed),
        ("a version of two digits", "9112 2.3", "GET / HTTP/1.10\r\n", &[400], Closed),
        ("a version with a leading zero", "9112 2.3", "GET / HTTP/01.1\r\n", &[400], Closed),
        ("a version with a comma", "9112 2.3", "GET / HTTP/1,1\r\n", &[400], Closed),
        ("a version in small letters", "9112 2.3", "GET / http/1.1\r\n", &[400], Closed),
        ("another protocol's version", "9112 2.3", "GET / RTSP/1.0\r\n", &[400], Closed),
        ("a version with letters", "9112 2.3", "GET / HTTP/a.b\r\n", &[400], Closed),
        ("HEAD of another version", "9110 9.3.2", "HEAD / HTTP/2.0\r\n", &[505], Closed),
        ("HEAD without a version", "9110 9.3.2", "HEAD /\r\n", &[400], Closed),
        ("HEAD behind an empty line, with a bad target", "9110 9.3.2", "\r\nHEAD a HTTP/1.1\r\n", &[400], Closed),
        ("a version with a space", "9112 2.3", "GET / HTTP /1.1\r\n", &[400], Closed),
    ];
    #[rustfmt::skip]
    const OTHERS: &[Row] = &[
        ("the HTTP/2 preface", "9113 3.4", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &[505], Closed),
        ("the HTTP/2 preface and a frame", "9113 3.4", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", &[505], Closed),
        ("an upgrade to HTTP/2 is passed over", "9110 7.8", b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n\r\n", &[200], Open),
        ("an upgrade to WebSocket is passed over", "9110 7.8", b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", &[200], Open),
        ("a TLS hello", "8446 4.1.2", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", &[400], Closed),
        ("an SSL 2 hello", "8446 4.1.2", b"\x80\x2e\x01\x00\x02", &[400], Closed),
        ("an SSH banner", "9112 3", b"SSH-2.0-OpenSSH_9.2\r\n", &[400], Closed),
        ("SMTP", "9112 3", b"EHLO example.org\r\n\r\n", &[400], Closed),
        ("SIP", "9112 3", b"OPTIONS sip:a SIP/2.0\r\n\r\n", &[400], Closed),
        ("a PROXY header", "9112 3", b"PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n", &[400], Closed),
        ("a response", "9112 2.1", b"HTTP/1.1 200 OK\r\nHost: a\r\n\r\n", &[400], Closed),
        ("nothing", "9112 2.1", b"", &[], Waits),
        ("half a request line", "9112 3", b"GET / HT", &[], Waits),
        ("half a head", "9112 2.1", b"GET / HTTP/1.1\r\nHost: a\r\n", &[], Waits),
    ];
    let lines = CASES.iter().map(|&(name, section, line, statuses, end)| {
        case(name, section, [line, H].concat(), statuses, end)
    });
    let others = OTHERS
        .iter()
        .map(|&(name, section, input, statuses, end)| case(name, section, input, statuses, end));
    lines.chain(others).collect()
}
