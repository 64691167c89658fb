//! The header fields that decide how a message is read and what becomes of its
//! connection.
//!
//! Owns Host, Content-Length, Transfer-Encoding, Connection and Expect.
//! Refuses every ambiguity in them, since a message that two parsers read
//! differently is how requests are smuggled
//! ([RFC 9112, section 11.2](https://www.rfc-editor.org/rfc/rfc9112#section-11.2)).
//! All other fields are the handler's.

use core::fmt;

use httparse::Header;

use crate::http::body::Body;
use crate::http::chunked::Chunked;
use crate::http::host::LastHost;
use crate::http::refusal::Refusal;

/// What those fields say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Framing {
    /// Bytes of the body that follows the head; `None` if it is chunked.
    pub(crate) length: Option<u64>,
    /// The peer waits for `100 Continue` before it sends the body.
    pub(crate) expects_continue: bool,
    /// The peer will take another response on this connection.
    pub(crate) persistent: bool,
}

impl Framing {
    /// Whether a body follows the head.
    pub(crate) fn has_body(&self) -> bool {
        self.length != Some(0)
    }

    /// The body that follows the head.
    pub(crate) fn body(&self) -> Body {
        self.length
            .map_or(Body::Chunked(Chunked::new()), Body::Length)
    }
}

/// The protocol version of a request.
///
/// ```
/// use tramline::{Request, Version, route};
///
/// #[route("/")]
/// fn index(request: Request<'_>) -> &'static str {
///     if request.version() < Version::Http11 { "an old client\n" } else { "hello\n" }
/// }
///
/// assert_eq!(Version::Http10.to_string(), "HTTP/1.0");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// HTTP/1.0
    Http10,
    /// HTTP/1.1
    Http11,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
        })
    }
}

/// Reads the fields of a request. An HTTP/1.1 one has a Host even if its target
/// brings another
/// ([RFC 9112, section 3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2)).
#[inline]
pub(crate) fn read(
    version: Version,
    fields: &[Header<'_>],
    last_host: &mut LastHost,
) -> Result<Framing, Refusal> {
    let mut host = None;
    let mut rare: Option<Rare> = None;
    for Header { name, value } in fields {
        let name = name.as_bytes();
        match name.len() {
            4 if is(name, b"host") => once(&mut host, *value, Refusal::ManyHosts)?,
            6 if is(name, b"expect") => rare.get_or_insert_default().expect(value)?,
            10 if is(name, b"connection") => rare.get_or_insert_default().connection(value),
            14 if is(name, b"content-length") => rare.get_or_insert_default().length(value)?,
            17 if is(name, b"transfer-encoding") => rare.get_or_insert_default().coding(value),
            _ => {}
        }
    }
    match host {
        Some(host) if !last_host.is_valid(host) => return Err(Refusal::Host),
        None if version == Version::Http11 => return Err(Refusal::NoHost),
        _ => {}
    }
    let framing = Framing {
        length: Some(0),
        expects_continue: false,
        persistent: version == Version::Http11,
    };
    match rare {
        None => Ok(framing),
        Some(rare) => rare.change(framing, version),
    }
}

/// What a request without a body seldom says. The fields are read by functions
/// of their own, so that a head without them does not pay for them.
#[derive(Default)]
struct Rare {
    length: Option<u64>,
    codings: Option<Codings>,
    close: bool,
    keep_alive: bool,
    expects_continue: bool,
}

impl Rare {
    /// The framing with what these fields change of it.
    #[inline]
    fn change(self, mut framing: Framing, version: Version) -> Result<Framing, Refusal> {
        framing.length = match self.codings {
            None => self.length.or(framing.length),
            Some(codings) => {
                codings.check(version, self.length.is_some())?;
                None
            }
        };
        framing.expects_continue = self.expects_continue && version == Version::Http11;
        framing.persistent = (framing.persistent || self.keep_alive) && !self.close;
        Ok(framing)
    }

    #[cold]
    fn expect(&mut self, value: &[u8]) -> Result<(), Refusal> {
        if !value.eq_ignore_ascii_case(b"100-continue") {
            return Err(Refusal::Expectation);
        }
        self.expects_continue = true;
        Ok(())
    }

    #[inline(never)]
    fn connection(&mut self, value: &[u8]) {
        // Most are.
        if value.len() == 10 && is(value, b"keep-alive") {
            self.keep_alive = true;
            return;
        }
        for option in list(value) {
            self.close |= option.eq_ignore_ascii_case(b"close");
            self.keep_alive |= option.eq_ignore_ascii_case(b"keep-alive");
        }
    }

    #[inline(never)]
    fn length(&mut self, value: &[u8]) -> Result<(), Refusal> {
        once(
            &mut self.length,
            content_length(value)?,
            Refusal::ManyLengths,
        )
    }

    #[cold]
    fn coding(&mut self, value: &[u8]) {
        self.codings = Some(Codings::read(self.codings, value));
    }
}

/// Sets a field that may come once.
#[inline]
fn once<T>(field: &mut Option<T>, value: T, refusal: Refusal) -> Result<(), Refusal> {
    match field.replace(value) {
        None => Ok(()),
        Some(_) => Err(refusal),
    }
}

/// Whether `text`, which has no control bytes, starts with `lower` in any case:
/// letters, digits and hyphens. No other bytes become such by setting a bit, so
/// this is exact, and most of the time one comparison of four bytes.
#[inline]
fn is<const N: usize>(text: &[u8], lower: &[u8; N]) -> bool {
    const CASE: u32 = u32::from_ne_bytes([0x20; 4]);
    let Some(text) = text.first_chunk::<N>() else {
        return false;
    };
    let word = |bytes: &[u8; N], at: usize| match bytes[at..].first_chunk() {
        Some(word) => u32::from_ne_bytes(*word) | CASE,
        None => 0,
    };
    // The last word ends where the text does, and may overlap the one before.
    let mut at = 0;
    while at + 4 < N {
        if word(text, at) != word(lower, at) {
            return false;
        }
        at += 4;
    }
    word(text, N - 4) == word(lower, N - 4)
}

/// The codings of all Transfer-Encoding fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Codings {
    /// Chunked, and nothing else.
    Chunked,
    /// Others, but not chunked.
    Others,
    /// Others, and chunked at the end.
    OthersAndChunked,
    /// Chunked, and something behind it.
    Misplaced,
}

impl Codings {
    /// The codings of one field, which continue those of the fields before it.
    /// An empty field counts as a coding that is not known.
    fn read(before: Option<Self>, value: &[u8]) -> Self {
        let unnamed = list(value).next().is_none().then_some(&b""[..]);
        let codings = list(value).chain(unnamed).fold(before, |before, coding| {
            let chunked = coding.eq_ignore_ascii_case(b"chunked");
            Some(match (before, chunked) {
                (None, true) => Self::Chunked,
                (None | Some(Self::Others), false) => Self::Others,
                (Some(Self::Others), true) => Self::OthersAndChunked,
                (Some(_), _) => Self::Misplaced,
            })
        });
        codings.unwrap_or(Self::Others)
    }

    /// Whether they frame the body, which is then chunked, with the checks of
    /// [RFC 9112, section 6.1](https://www.rfc-editor.org/rfc/rfc9112#section-6.1).
    #[cold]
    fn check(self, version: Version, with_length: bool) -> Result<(), Refusal> {
        match self {
            _ if with_length => Err(Refusal::LengthAndCoding),
            _ if version == Version::Http10 => Err(Refusal::CodingInHttp10),
            Self::Chunked => Ok(()),
            Self::Misplaced => Err(Refusal::NotChunked),
            Self::Others | Self::OthersAndChunked => Err(Refusal::Coding),
        }
    }
}

/// The elements of a comma-separated list, the empty ones left out
/// ([RFC 9110, section 5.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1)).
fn list(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value
        .split(|&byte| byte == b',')
        .map(<[u8]>::trim_ascii)
        .filter(|element| !element.is_empty())
}

/// `1*DIGIT`: `u64::from_str` would take `+5`.
fn content_length(value: &[u8]) -> Result<u64, Refusal> {
    if value.is_empty() {
        return Err(Refusal::Length);
    }
    let mut length = 0_u64;
    for byte in value {
        if !byte.is_ascii_digit() {
            return Err(Refusal::Length);
        }
        length = length
            .checked_mul(10)
            .and_then(|tens| tens.checked_add(u64::from(byte - b'0')))
            .ok_or(Refusal::Length)?;
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use httparse::Header;

    use super::{Framing, Version, is, read};
    use crate::http::body::Body;
    use crate::http::chunked::Chunked;
    use crate::http::host::LastHost;

    /// `read` of `fields` written as `name: value` lines; a status on refusal.
    fn framing(version: Version, fields: &str) -> Result<Framing, u16> {
        let fields: Vec<Header<'_>> = fields
            .lines()
            .map(|line| line.split_once(':').expect("a colon"))
            .map(|(name, value)| Header {
                name,
                value: value.trim().as_bytes(),
            })
            .collect();
        read(version, &fields, &mut LastHost::default()).map_err(|refusal| refusal.status().code())
    }

    #[test]
    fn names_are_told_apart_at_every_byte() {
        fn hold<const N: usize>(lower: &[u8; N]) {
            assert!(is(lower, lower) && is(&lower.to_ascii_uppercase(), lower));
            assert!(!is(&lower[1..], lower));
            for at in 0..N {
                for byte in (b' '..=b'~').filter(|byte| byte.to_ascii_lowercase() != lower[at]) {
                    let mut other = *lower;
                    other[at] = byte;
                    assert!(!is(&other, lower), "{}", other.escape_ascii());
                }
            }
        }
        hold(b"host");
        hold(b"expect");
        hold(b"connection");
        hold(b"keep-alive");
        hold(b"content-length");
        hold(b"transfer-encoding");
    }

    #[test]
    fn persistence() {
        use Version::{Http10, Http11};
        for (version, fields, persistent) in [
            (Http11, "Host: a", true),
            (Http11, "Host: a\nConnection: close", false),
            (Http11, "Host: a\nconnection: foo, CLOSE ,bar", false),
            (Http11, "Host: a\nConnection: keep-alive", true),
            (
                Http11,
                "Host: a\nConnection: keep-alive\nConnection: close",
                false,
            ),
            (Http11, "Host: a\nConnection: closed", true),
            (Http10, "", false),
            (Http10, "Connection: keep-alive", true),
            (Http10, "Connection: Keep-Alive, close", false),
        ] {
            assert_eq!(
                framing(version, fields).map(|framing| framing.persistent),
                Ok(persistent),
                "{fields}"
            );
        }
    }

    #[test]
    fn lengths() {
        for (value, length) in [
            ("0", Some(0)),
            ("007", Some(7)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
        ]
        .into_iter()
        .chain(["", "+5", "-5", "5,5", "5 5", "0x5", "5.0"].map(|value| (value, None)))
        {
            let fields = format!("Host: a\nContent-Length: {value}");
            assert_eq!(
                framing(Version::Http11, &fields)
                    .ok()
                    .map(|framing| framing.body()),
                length.map(Body::Length),
                "{value:?}"
            );
        }
    }

    #[test]
    fn chunked_is_known_alone() {
        for value in [
            "chunked",
            "Chunked",
            " , chunked,",
            "\nTransfer-Encoding: chunked",
        ] {
            let fields = format!("Host: a\nTransfer-Encoding: {value}");
            let body = framing(Version::Http11, &fields).map(|framing| framing.body());
            let expected = if value.starts_with('\n') {
                Err(501)
            } else {
                Ok(Body::Chunked(Chunked::new()))
            };
            assert_eq!(body, expected, "{value:?}");
        }
    }

    #[test]
    fn refusals() {
        for (fields, status) in [
            ("Accept: */*", 400),
            ("Host: a\nHost: a", 400),
            ("Host: a b", 400),
            ("Host: a\nContent-Length: 5\nContent-Length: 5", 400),
            (
                "Host: a\nContent-Length: 5\nTransfer-Encoding: chunked",
                400,
            ),
            ("Host: a\nTransfer-Encoding: gzip, chunked", 501),
            ("Host: a\nTransfer-Encoding: identity", 501),
            ("Host: a\nTransfer-Encoding: xchunked", 501),
            ("Host: a\nTransfer-Encoding: chunked, gzip", 400),
            ("Host: a\nTransfer-Encoding: chunked, chunked", 400),
            (
                "Host: a\nTransfer-Encoding: chunked\nTransfer-Encoding: identity",
                400,
            ),
            ("Host: a\nTransfer-Encoding:", 501),
            (
                "Host: a\nTransfer-Encoding: chunked\nTransfer-Encoding:",
                400,
            ),
            ("Host: a\nExpect: something", 417),
        ] {
            assert_eq!(framing(Version::Http11, fields), Err(status), "{fields}");
        }
        assert_eq!(
            framing(Version::Http10, "Transfer-Encoding: chunked"),
            Err(400)
        );
    }

    #[test]
    fn only_http11_waits_for_continue() {
        let waits =
            |version, fields| framing(version, fields).map(|framing| framing.expects_continue);
        assert_eq!(
            waits(Version::Http11, "Host: a\nExpect: 100-Continue"),
            Ok(true)
        );
        assert_eq!(waits(Version::Http10, "Expect: 100-continue"), Ok(false));
    }
}
