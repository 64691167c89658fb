//! Field syntax, white space, line folding and line endings.

use super::{Case, Closed, End, Open, Waits, case};

pub(super) fn cases() -> Vec<Case> {
    /// Behind the request line and Host, without the empty line.
    #[rustfmt::skip]
    const FIELDS: &[(&str, &str, &[u8], End)] = &[
        ("an empty value", "9110 5.5", b"X:\r\n", Open),
        ("a value of white space", "9110 5.5", b"X: \t \r\n", Open),
        ("a value with white space within", "9110 5.5", b"X: a \t b\r\n", Open),
        ("obsolete text", "9110 5.5", b"X: \x80\xff\r\n", Open),
        ("a colon in a value", "9112 5", b"X: a:b::\r\n", Open),
        ("a name of all token bytes", "9110 5.1", b"!#$%&'*+-.^_`|~09Az: y\r\n", Open),
        ("the same unknown field twice", "9110 5.3", b"X: a\r\nX: b\r\n", Open),
        ("white space before a colon", "9112 5.1", b"X : y\r\n", Closed),
        ("a tab before a colon", "9112 5.1", b"X\t: y\r\n", Closed),
        ("white space before a colon, smuggling", "9112 5.1", b"Transfer-Encoding : chunked\r\n", Closed),
        ("an empty name", "9110 5.1", b": y\r\n", Closed),
        ("a colon alone", "9110 5.1", b":\r\n", Closed),
        ("no colon", "9112 5", b"X\r\n", Closed),
        ("a space in a name", "9110 5.1", b"X Y: z\r\n", Closed),
        ("a bracket in a name", "9110 5.1", b"X(): y\r\n", Closed),
        ("a slash in a name", "9110 5.1", b"X/Y: z\r\n", Closed),
        ("a quote in a name", "9110 5.1", b"\"X\": y\r\n", Closed),
        ("an at sign in a name", "9110 5.1", b"X@Y: z\r\n", Closed),
        ("a comma in a name", "9110 5.1", b"X,Y: z\r\n", Closed),
        ("other letters in a name", "9110 5.1", b"\xc3\xbc: y\r\n", Closed),
        ("NUL in a name", "9110 5.1", b"X\0: y\r\n", Closed),
        ("DEL in a name", "9110 5.1", b"X\x7f: y\r\n", Closed),
        ("NUL in a value", "9110 5.5", b"X: a\0b\r\n", Closed),
        ("a control byte in a value", "9110 5.5", b"X: a\x01b\r\n", Closed),
        ("backspace in a value", "9110 5.5", b"X: a\x08\r\n", Closed),
        ("vertical tab in a value", "9110 5.5", b"X: a\x0bb\r\n", Closed),
        ("form feed in a value", "9110 5.5", b"X: a\x0cb\r\n", Closed),
        ("escape in a value", "9110 5.5", b"X: \x1b[31m\r\n", Closed),
        ("DEL in a value", "9110 5.5", b"X: a\x7f\r\n", Closed),
        ("a folded value", "9112 5.2", b"X: a\r\n b\r\n", Closed),
        ("a value folded with a tab", "9112 5.2", b"X: a\r\n\tb\r\n", Closed),
        ("an empty value, folded", "9112 5.2", b"X:\r\n a\r\n", Closed),
        ("a fold of white space alone", "9112 5.2", b"X: a\r\n \r\n", Closed),
        ("a folded Transfer-Encoding", "9112 5.2", b"Transfer-Encoding:\r\n chunked\r\n", Closed),
        ("a bare LF behind a value", "9112 2.2", b"X: y\n", Closed),
        ("a bare LF behind white space", "9112 2.2", b"X: y \n", Closed),
        ("a bare LF behind an empty value", "9112 2.2", b"X:\n", Closed),
        ("a bare LF between fields", "9112 2.2", b"X: y\nZ: z\r\n", Closed),
        ("a bare LF hides a field", "9112 2.2", b"X: y\nContent-Length: 5\r\n", Closed),
        ("a bare LF in a name", "9112 2.2", b"X\nY: z\r\n", Closed),
        ("a bare CR in a value", "9112 2.2", b"X: a\rb\r\n", Closed),
        ("a bare CR before a value", "9112 2.2", b"X:\ra\r\n", Closed),
        ("a bare CR between fields", "9112 2.2", b"X: a\rY: b\r\n", Closed),
        ("a bare CR in a name", "9112 2.2", b"X\rY: z\r\n", Closed),
        ("two CRs", "9112 2.2", b"X: y\r\r\n", Closed),
        ("LF and CR", "9112 2.2", b"X: y\n\r", Closed),
        ("CR, LF, CR and a field", "9112 2.2", b"X: y\r\n\rZ: z\r\n", Closed),
    ];
    #[rustfmt::skip]
    const LINES: &[(&str, &str, &str, &[u16], End)] = &[
        ("white space before the first field", "9112 2.2", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", &[400], Closed),
        ("a tab before the first field", "9112 2.2", "GET / HTTP/1.1\r\n\tHost: a\r\n\r\n", &[400], Closed),
        ("a line of white space first", "9112 2.2", "GET / HTTP/1.1\r\n \r\nHost: a\r\n\r\n", &[400], Closed),
        ("a bare LF behind the request line", "9112 2.2", "GET / HTTP/1.1\nHost: a\r\n\r\n", &[400], Closed),
        ("a bare LF behind a version without fields", "9112 2.2", "GET / HTTP/1.0\n\r\n", &[400], Closed),
        ("a bare CR behind the request line", "9112 2.2", "GET / HTTP/1.1\rHost: a\r\n\r\n", &[400], Closed),
        ("two CRs behind the request line", "9112 2.2", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", &[400], Closed),
        ("a bare LF as the empty line", "9112 2.2", "GET / HTTP/1.1\r\nHost: a\r\n\n", &[400], Closed),
        ("LFs only", "9112 2.2", "GET / HTTP/1.1\nHost: a\n\n", &[400], Closed),
        ("LFs only, without fields", "9112 2.2", "GET / HTTP/1.0\n\n", &[400], Closed),
        ("CRs only", "9112 2.2", "GET / HTTP/1.1\rHost: a\r\r", &[400], Closed),
        ("two CRs as the empty line", "9112 2.2", "GET / HTTP/1.1\r\nHost: a\r\n\r\r\n", &[400], Closed),
        ("an empty line first", "9112 2.2", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[200], Open),
        ("two empty lines first", "9112 2.2", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[400], Closed),
        ("a bare LF first", "9112 2.2", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[400], Closed),
        ("an empty line and a bare LF first", "9112 2.2", "\r\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[400], Closed),
        ("a bare CR first", "9112 2.2", "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[400], Closed),
        ("an empty line and white space first", "9112 2.2", "\r\n GET / HTTP/1.1\r\nHost: a\r\n\r\n", &[400], Closed),
        ("an empty line alone", "9112 2.2", "\r\n", &[], Waits),
        ("an empty line between requests", "9112 2.2", "GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[200, 200], Open),
        ("an empty line behind a body", "9112 2.2", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", &[200, 200], Open),
    ];
    let fields = FIELDS.iter().map(|&(name, section, fields, end)| {
        let input = [b"GET / HTTP/1.1\r\nHost: a\r\n", fields, b"\r\n"].concat();
        case(
            name,
            section,
            input,
            &[if end == Open { 200 } else { 400 }],
            end,
        )
    });
    let lines = LINES
        .iter()
        .map(|&(name, section, input, statuses, end)| case(name, section, input, statuses, end));
    fields.chain(lines).collect()
}
