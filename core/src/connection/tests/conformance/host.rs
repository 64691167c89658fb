//! The Host field: once, and valid.

use super::{Case, Closed, End, Open, case};

pub(super) fn cases() -> Vec<Case> {
    /// What stands behind the request line, without the empty line.
    #[rustfmt::skip]
    const CASES: &[(&str, &str, &str, End)] = &[
        ("a name", "9110 7.2", "Host: example.org\r\n", Open),
        ("a name and a port", "9110 7.2", "Host: example.org:8080\r\n", Open),
        ("a name and an empty port", "9110 7.2", "Host: example.org:\r\n", Open),
        ("an empty host", "9112 3.2", "Host:\r\n", Open),
        ("an empty host and a port", "9110 7.2", "Host: :80\r\n", Open),
        ("an IPv4 address", "9110 7.2", "Host: 127.0.0.1:80\r\n", Open),
        ("an IPv6 literal", "9110 7.2", "Host: [::1]\r\n", Open),
        ("an IPv6 literal and a port", "9110 7.2", "Host: [2001:db8::7]:80\r\n", Open),
        ("an IPv4 address in an IPv6 one", "9110 7.2", "Host: [::ffff:1.2.3.4]\r\n", Open),
        ("an escape in a host", "9110 7.2", "Host: a%2Db\r\n", Open),
        ("sub-delims in a host", "9110 7.2", "Host: a!$&'()*+,;=b\r\n", Open),
        ("underscore and tilde", "9110 7.2", "Host: _a~\r\n", Open),
        ("the field name in capitals", "9110 5.1", "HOST: a\r\n", Open),
        ("the field name in small letters", "9110 5.1", "host: a\r\n", Open),
        ("white space around the value", "9110 5.5", "Host: \t a \t\r\n", Open),
        ("no white space", "9110 5.5", "Host:a\r\n", Open),
        ("not the first field", "9110 7.2", "Accept: */*\r\nHost: a\r\n", Open),
        ("a field whose name begins like Host", "9112 3.2", "Host: a\r\nHosts: b\r\n", Open),
        ("no host", "9112 3.2", "", Closed),
        ("other fields only", "9112 3.2", "Accept: */*\r\n", Closed),
        ("two hosts", "9112 3.2", "Host: a\r\nHost: b\r\n", Closed),
        ("the same host twice", "9112 3.2", "Host: a\r\nHost: a\r\n", Closed),
        ("two hosts in other cases", "9112 3.2", "Host: a\r\nhOST: a\r\n", Closed),
        ("two hosts, apart", "9112 3.2", "Host: a\r\nX: y\r\nHost: b\r\n", Closed),
        ("an empty host and another", "9112 3.2", "Host:\r\nHost: a\r\n", Closed),
        ("a list of hosts", "9112 3.2", "Host: a, b\r\n", Closed),
        ("a space within", "9112 3.2", "Host: a b\r\n", Closed),
        ("a tab within", "9112 3.2", "Host: a\tb\r\n", Closed),
        ("a path in Host", "9112 3.2", "Host: a/b\r\n", Closed),
        ("a URI in Host", "9112 3.2", "Host: http://a\r\n", Closed),
        ("user information in Host", "9112 3.2", "Host: user@a\r\n", Closed),
        ("a query in Host", "9112 3.2", "Host: a?b\r\n", Closed),
        ("a fragment in Host", "9112 3.2", "Host: a#b\r\n", Closed),
        ("a backslash in Host", "9112 3.2", "Host: a\\b\r\n", Closed),
        ("a quote in Host", "9112 3.2", "Host: \"a\"\r\n", Closed),
        ("angle brackets in Host", "9112 3.2", "Host: <a>\r\n", Closed),
        ("a port that is no number", "9112 3.2", "Host: a:b\r\n", Closed),
        ("a signed port", "9112 3.2", "Host: a:+80\r\n", Closed),
        ("two ports", "9112 3.2", "Host: a:80:80\r\n", Closed),
        ("an IPv6 address without brackets", "9112 3.2", "Host: ::1\r\n", Closed),
        ("an IPv6 literal not closed", "9112 3.2", "Host: [::1\r\n", Closed),
        ("an IPv6 literal not opened", "9112 3.2", "Host: ::1]\r\n", Closed),
        ("text behind an IPv6 literal", "9112 3.2", "Host: [::1]a\r\n", Closed),
        ("an IPv6 literal behind text", "9112 3.2", "Host: a[::1]\r\n", Closed),
        ("an empty literal", "9112 3.2", "Host: []\r\n", Closed),
        ("an IPv4 literal", "9112 3.2", "Host: [1.2.3.4]\r\n", Closed),
        ("a bad digit in an IPv6 literal", "9112 3.2", "Host: [::g]\r\n", Closed),
        ("a zone in an IPv6 literal", "9112 3.2", "Host: [fe80::1%25eth0]\r\n", Closed),
        ("a bad port behind a literal", "9112 3.2", "Host: [::1]:x\r\n", Closed),
        ("a percent sign alone", "9112 3.2", "Host: a%\r\n", Closed),
        ("half an escape", "9112 3.2", "Host: a%2\r\n", Closed),
        ("an escape without digits", "9112 3.2", "Host: a%zz\r\n", Closed),
        ("raw UTF-8 in Host", "9112 3.2", "Host: \u{fc}\r\n", Closed),
        ("a name with a space before its colon", "9112 5.1", "Host : a\r\n", Closed),
        ("a folded host", "9112 5.2", "Host: a\r\n b\r\n", Closed),
    ];
    CASES
        .iter()
        .map(|&(name, section, fields, end)| {
            let input = format!("GET / HTTP/1.1\r\n{fields}\r\n");
            case(
                name,
                section,
                input,
                &[if end == Open { 200 } else { 400 }],
                end,
            )
        })
        .collect()
}
