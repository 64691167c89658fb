//! Request targets: the four forms, and what is none of them.

use super::{Case, Closed, End, Open, case};

pub(super) fn cases() -> Vec<Case> {
    #[rustfmt::skip]
    const CASES: &[(&str, &str, &str, &str, u16, End)] = &[
        ("origin form", "9112 3.2.1", "GET", "/", 200, Open),
        ("origin form with a query", "9112 3.2.1", "GET", "/?a=b", 200, Open),
        ("an empty query", "9112 3.2.1", "GET", "/?", 200, Open),
        ("a query with slashes and marks", "9112 3.2.1", "GET", "/?a/b?c", 200, Open),
        ("a path that is no route", "9110 15.5.5", "GET", "/none", 404, Open),
        ("an empty segment", "9112 3.2.1", "GET", "//", 404, Open),
        ("a path that looks like an authority", "9112 3.2.1", "GET", "//a/b", 404, Open),
        ("an escape", "9112 3.2.1", "GET", "/users/%37", 200, Open),
        ("a colon in a path", "9112 3.2.1", "GET", "/a:b", 404, Open),
        ("a URI in a path", "9112 3.2.1", "GET", "/http://a/", 404, Open),
        ("sub-delims in a path", "9112 3.2.1", "GET", "/!$&'()*+,;=:@", 404, Open),
        ("dot segments are not removed", "9112 3.2.1", "GET", "/x/..", 404, Open),
        ("an asterisk in a path", "9112 3.2.1", "GET", "/*", 404, Open),
        ("what browsers send raw", "9112 3.2", "GET", "/?q={a|b}[c]^`\"<>\\", 200, Open),
        ("raw UTF-8, as some peers send it", "9112 3.2", "GET", "/?q=\u{fc}", 200, Open),
        ("absolute form", "9112 3.2.2", "GET", "http://a/", 200, Open),
        ("absolute form wins over Host", "9112 3.2.2", "GET", "http://other:80/", 200, Open),
        ("absolute form with a query", "9112 3.2.2", "GET", "http://a/?b", 200, Open),
        ("absolute form without a path", "9110 4.2.3", "GET", "http://a", 200, Open),
        ("absolute form with a query alone", "9110 4.2.3", "GET", "http://a?b", 200, Open),
        ("absolute form of https", "9112 3.2.2", "GET", "https://a/", 200, Open),
        ("a scheme in another case", "9110 4.2.3", "GET", "HTTP://a/", 200, Open),
        ("absolute form with an IPv6 literal", "9112 3.2.2", "GET", "http://[::1]:80/", 200, Open),
        ("absolute form with an empty port", "9110 4.2.3", "GET", "http://a:/", 200, Open),
        ("absolute form of another scheme", "9112 3.2.2", "GET", "ftp://a/", 400, Closed),
        ("absolute form without a host", "9110 4.2.1", "GET", "http:///", 400, Closed),
        ("absolute form with a port alone", "9110 4.2.1", "GET", "http://:80/", 400, Closed),
        ("absolute form without slashes", "9112 3.2.2", "GET", "http:a", 400, Closed),
        ("user information", "9110 4.2.4", "GET", "http://user@a/", 400, Closed),
        ("user information with a password", "9110 4.2.4", "GET", "http://u:p@a/", 400, Closed),
        ("absolute form with a bad port", "9112 3.2.2", "GET", "http://a:b/", 400, Closed),
        ("absolute form with an open bracket", "9112 3.2.2", "GET", "http://[::1/", 400, Closed),
        ("absolute form with a bad escape", "9112 3.2.2", "GET", "http://%zz/", 400, Closed),
        ("absolute form with a backslash", "9112 3.2.2", "GET", "http://a\\b/", 400, Closed),
        ("authority form for CONNECT", "9112 3.2.3", "CONNECT", "a:80", 501, Closed),
        ("origin form for CONNECT", "9112 3.2.3", "CONNECT", "/", 501, Closed),
        ("authority form for GET", "9112 3.2.3", "GET", "a:80", 400, Closed),
        ("asterisk form for OPTIONS", "9112 3.2.4", "OPTIONS", "*", 204, Open),
        ("absolute form of the asterisk", "9112 3.2.4", "OPTIONS", "http://a", 204, Open),
        ("OPTIONS of an unknown path", "9112 3.2.4", "OPTIONS", "http://a/none", 404, Open),
        ("asterisk form for GET", "9112 3.2.4", "GET", "*", 400, Closed),
        ("more than an asterisk", "9112 3.2.4", "OPTIONS", "*a", 400, Closed),
        ("a path without a slash", "9112 3.2", "GET", "a", 400, Closed),
        ("a query without a path", "9112 3.2", "GET", "?a", 400, Closed),
        ("a fragment", "9112 3.2", "GET", "/#a", 400, Closed),
        ("a fragment behind a query", "9112 3.2", "GET", "/?a#b", 400, Closed),
        ("a fragment in absolute form", "9112 3.2.2", "GET", "http://a/#b", 400, Closed),
        ("a fragment behind a host", "9112 3.2.2", "GET", "http://a#b", 400, Closed),
        ("a space", "9112 3.2", "GET", "/a b", 400, Closed),
        ("a tab", "9112 3.2", "GET", "/a\tb", 400, Closed),
        ("NUL", "9112 3.2", "GET", "/\0", 400, Closed),
        ("a control byte", "9112 3.2", "GET", "/\x01", 400, Closed),
        ("DEL", "9112 3.2", "GET", "/\x7f", 400, Closed),
        ("a bare CR", "9112 2.2", "GET", "/\ra", 400, Closed),
    ];
    let mut cases: Vec<Case> = CASES
        .iter()
        .map(|&(name, section, method, target, status, end)| {
            let input = format!("{method} {target} HTTP/1.1\r\nHost: a\r\n\r\n");
            case(name, section, input, &[status], end)
        })
        .collect();
    cases.push(case(
        "bytes that are not UTF-8",
        "9112 3.2",
        *b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n",
        &[400],
        Closed,
    ));
    cases.push(case(
        "absolute form does not stand in for Host",
        "9112 3.2",
        "GET http://a/ HTTP/1.1\r\n\r\n",
        &[400],
        Closed,
    ));
    cases
}
