//! The head of a request ([RFC 9112, sections 2 and 3](https://www.rfc-editor.org/rfc/rfc9112#section-2)).
//!
//! Owns the step from bytes to [`Head`]: httparse finds the tokens, `target`
//! and `fields` give them meaning. Refuses to copy: a head borrows the bytes it
//! was parsed from. "Not all there yet" is an answer, not an error.

use core::mem::MaybeUninit;

use httparse::{Error, Header};

use crate::http::fields::{self, Framing, Version};
use crate::http::host::LastHost;
use crate::http::method::Method;
use crate::http::refusal::Refusal;
use crate::http::target::Target;

/// The most header fields a request may have; more are answered with 431.
/// hyper's and actix-web's figure; browsers send about 20.
pub(crate) const MAX_FIELDS: usize = 100;

/// Room for the fields of one head; never initialised as a whole.
pub(crate) type FieldRoom<'b> = [MaybeUninit<Header<'b>>; MAX_FIELDS];

/// Empty room.
pub(crate) const fn field_room<'b>() -> FieldRoom<'b> {
    [const { MaybeUninit::uninit() }; MAX_FIELDS]
}

/// The head of a valid request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'b> {
    pub(crate) method: Method<'b>,
    /// As sent, in whichever form.
    pub(crate) target: &'b str,
    pub(crate) path: &'b str,
    pub(crate) query: Option<&'b str>,
    pub(crate) version: Version,
    pub(crate) fields: &'b [Header<'b>],
    pub(crate) framing: Framing,
    /// Bytes of the head, the empty line included.
    pub(crate) len: usize,
}

impl<'b> Head<'b> {
    /// Parses the head at the start of `bytes`; `None` if more bytes are
    /// needed. A head longer than `limit` bytes is refused.
    #[inline]
    pub(crate) fn parse(
        bytes: &'b [u8],
        room: &'b mut FieldRoom<'b>,
        limit: usize,
        last_host: &mut LastHost,
    ) -> Result<Option<Self>, Refusal> {
        // What is beyond the limit must not matter: the answer would depend on
        // how the head was cut into packets.
        let bytes = &bytes[..bytes.len().min(limit)];
        let mut request = httparse::Request::new(&mut []);
        let len = match request.parse_with_uninit_headers(bytes, room) {
            Ok(httparse::Status::Complete(len)) => len,
            Ok(httparse::Status::Partial) => return unfinished(None, bytes, limit),
            Err(error) => return unfinished(Some(error), bytes, limit),
        };
        let (Some(method), Some(target), Some(version)) =
            (request.method, request.path, request.version)
        else {
            return Err(Refusal::RequestLine);
        };
        let starts = method.as_ptr() == bytes.as_ptr() || has_one_empty_line(bytes);
        if !(starts && has_line_ends(bytes, len, request.headers)) {
            return Err(Refusal::LineEnd);
        }
        // Most are: one comparison.
        let method = if bytes.first_chunk() == Some(b"GET ") {
            Method::Get
        } else {
            Method::from_name(method)
        };
        let version = if version == 0 {
            Version::Http10
        } else {
            Version::Http11
        };
        let Target { path, query } = Target::parse(method, target)?;
        let framing = fields::read(version, request.headers, last_host)?;
        Ok(Some(Self {
            method,
            target,
            path,
            query,
            version,
            fields: request.headers,
            framing,
            len,
        }))
    }
}

/// Whether `bytes`, which are refused, begin with a HEAD request: to that, too, an
/// answer has no content
/// ([RFC 9110, section 9.3.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2)).
#[cold]
pub(crate) fn asks_for_head(bytes: &[u8]) -> bool {
    let line = bytes.strip_prefix(b"\r\n").unwrap_or(bytes);
    line.starts_with(b"HEAD ")
}

/// What becomes of a head that was not parsed, because of this error or because
/// it goes on: `None` if more bytes are needed.
#[cold]
fn unfinished<'b>(
    error: Option<Error>,
    bytes: &[u8],
    limit: usize,
) -> Result<Option<Head<'b>>, Refusal> {
    match error {
        _ if matches!(bytes.first(), Some(b'\r' | b'\n')) && !has_one_empty_line(bytes) => {
            Err(Refusal::LineEnd)
        }
        None if bytes.len() < limit => Ok(None),
        None => Err(too_long(bytes)),
        // The line tells which version it is, once it is whole.
        Some(Error::Version) if bytes.len() < limit && !has_line(bytes) => Ok(None),
        Some(error) => Err(refusal(error, bytes)),
    }
}

/// Whether all lines of the head that is the first `len` bytes end in CRLF. httparse takes a bare LF as well,
/// which others, in front of or behind this server, may not: so a request could
/// hide in a field ([RFC 9112, section
/// 2.2](https://www.rfc-editor.org/rfc/rfc9112#section-2.2)).
///
/// A name stands at the start of its line, so what is before it ends another.
/// This costs about nine instructions per field.
#[inline]
fn has_line_ends(bytes: &[u8], len: usize, fields: &[Header<'_>]) -> bool {
    let start = bytes.as_ptr().addr();
    let is_cr = |at: usize| bytes.get(at) == Some(&b'\r');
    matches!(bytes[..len].last_chunk(), Some([b'\r', _, b'\r', _]))
        && fields
            .iter()
            .all(|field| is_cr(field.name.as_ptr().addr().wrapping_sub(start + 2)))
}

/// Whether `bytes`, which start with a line end, start with one empty line, as
/// far as they go, and not with more.
#[cold]
fn has_one_empty_line(bytes: &[u8]) -> bool {
    match bytes {
        [b'\r'] | [b'\r', b'\n'] => true,
        [b'\r', b'\n', first, ..] => !b"\r\n".contains(first),
        _ => false,
    }
}

/// Whether the request line is whole; empty lines may come before it.
#[cold]
fn has_line(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().contains(&b'\n')
}

/// 414 if it is the request line that does not fit, else 431.
#[cold]
fn too_long(bytes: &[u8]) -> Refusal {
    if has_line(bytes) {
        Refusal::LongHead
    } else {
        Refusal::LongRequestLine
    }
}

#[cold]
fn refusal(error: Error, bytes: &[u8]) -> Refusal {
    match error {
        Error::TooManyHeaders => Refusal::ManyFields,
        Error::Version if names_other_version(bytes) => Refusal::Version,
        Error::HeaderName => Refusal::FieldName,
        Error::HeaderValue => Refusal::FieldValue,
        _ => Refusal::RequestLine,
    }
}

/// Whether the request line has three parts, of which the last is the name of a
/// version, `HTTP/d.d`.
fn names_other_version(bytes: &[u8]) -> bool {
    let line = bytes
        .trim_ascii_start()
        .split(|&byte| byte == b'\n')
        .next()
        .and_then(|line| line.strip_suffix(b"\r"))
        .unwrap_or_default();
    let mut parts = line.split(|&byte| byte == b' ').skip(2);
    matches!(
        (parts.next(), parts.next()),
        (Some([b'H', b'T', b'T', b'P', b'/', major, b'.', minor]), None)
            if major.is_ascii_digit() && minor.is_ascii_digit()
    )
}

#[cfg(test)]
mod tests {
    use super::{Head, asks_for_head, field_room};
    use crate::http::host::LastHost;

    /// The status that `text` is refused with, or where its head ends: 0 for
    /// "more bytes needed".
    fn parse(text: &str, limit: usize) -> Result<usize, u16> {
        let mut room = field_room();
        match Head::parse(text.as_bytes(), &mut room, limit, &mut LastHost::default()) {
            Ok(head) => Ok(head.map_or(0, |head| head.len)),
            Err(refusal) => Err(refusal.status().code()),
        }
    }

    #[test]
    fn a_head_keeps_the_target_as_sent() {
        for (method, target, path, query) in [
            ("GET", "/a%20b?c=d?e", "/a%20b", Some("c=d?e")),
            ("GET", "http://a/b?c", "/b", Some("c")),
            ("GET", "http://a", "/", None),
            ("OPTIONS", "*", "*", None),
        ] {
            let text = format!("{method} {target} HTTP/1.1\r\nHost: a\r\n\r\n");
            let (mut room, mut last) = (field_room(), LastHost::default());
            let head = Head::parse(text.as_bytes(), &mut room, 1000, &mut last);
            let Ok(Some(head)) = head else {
                panic!("{target} is valid")
            };
            let told = (head.target, head.path, head.query);
            assert_eq!(told, (target, path, query));
        }
    }

    #[test]
    fn heads() {
        let many = format!(
            "GET / HTTP/1.1\r\nHost: a\r\n{}\r\n",
            "x: y\r\n".repeat(100)
        );
        for (text, expected) in [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", Ok(27)),
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\nbody", Ok(27)),
            ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", Ok(29)),
            ("GET / HTTP/1.0\r\n\r\n", Ok(18)),
            ("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", Ok(35)),
            ("GET http://a/ HTTP/1.1\r\n\r\n", Err(400)),
            ("", Ok(0)),
            ("GET / HT", Ok(0)),
            ("\r", Ok(0)),
            ("\r\n", Ok(0)),
            ("\r\n\r", Err(400)),
            ("\n", Err(400)),
            ("GET / HTTP/1.1\r\nHost: a\r\n", Ok(0)),
            ("GET / HTTP/1.1\r\n\r\n", Err(400)),
            ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", Err(400)),
            ("GET /\r\n\r\n", Err(400)),
            (" GET / HTTP/1.1\r\n\r\n", Err(400)),
            ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", Err(400)),
            ("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", Err(400)),
            ("GET / HTTP/1.1\r\nHost: a\0\r\n\r\n", Err(400)),
            ("GET / HTTP/1.1\r\n: a\r\n\r\n", Err(400)),
            ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", Err(505)),
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Err(505)),
            ("GET / HTTQ/1.1\r\nHost: a\r\n\r\n", Err(400)),
            ("\x16\x03\x01\x02", Err(400)),
            ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", Err(400)),
            ("GET /  HTTP/1.1\r\nHost: a\r\n\r\n", Err(400)),
            ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", Err(400)),
            ("GET / HTTP/2.0\nHost: a\r\n\r\n", Err(400)),
            ("GET / HTTP/1.1\nHost: a\r\n\r\n", Err(400)),
            ("GET / HTTP/1.1\r\nHost: a\n\r\n", Err(400)),
            ("GET / HTTP/1.1\r\nHost: a \nx: y\r\n\r\n", Err(400)),
            ("GET / HTTP/1.1\r\nHost: a\r\nx:\ny:\r\n\r\n", Err(400)),
            ("GET / HTTP/1.1\r\nHost: a\r\n\n", Err(400)),
            ("GET / HTTP/1.0\n\n", Err(400)),
            ("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", Err(400)),
            ("\r\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", Err(400)),
            ("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", Err(400)),
            (&many, Err(431)),
        ] {
            assert_eq!(parse(text, 1024), expected, "{text:?}");
        }
    }

    #[test]
    fn a_head_may_be_as_long_as_the_limit_and_no_longer() {
        let text = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        assert_eq!(parse(text, text.len()), Ok(text.len()));
        assert_eq!(parse(text, text.len() - 1), Err(431));
        assert_eq!(parse(&text[..20], 20), Err(431));
        assert_eq!(parse("GET /aaaaaaaaaaaaaaa", 20), Err(414));
    }

    #[test]
    fn head_is_told_by_its_name() {
        for (text, expected) in [
            ("HEAD / HTTP/1.1\r\n\r\n", true),
            ("\r\nHEAD ", true),
            ("HEAD", false),
            ("HEADS /", false),
            ("head /", false),
            ("\nHEAD /", false),
            ("\r\n\r\nHEAD /", false),
            ("GET /HEAD ", false),
        ] {
            assert_eq!(asks_for_head(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn no_prefix_of_a_good_head_is_refused() {
        let text = "PATCH /a?b HTTP/1.1\r\nHost: [::1]:80\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
        for end in 0..text.len() {
            assert_eq!(parse(&text[..end], 1024), Ok(0), "{:?}", &text[..end]);
        }
        assert_eq!(parse(text, 1024), Ok(text.len()));
    }
}
