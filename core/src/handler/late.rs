//! The fields added to a response besides those that every response has.
//!
//! Owns their rules: names are tokens, values have no control bytes, and the
//! fields that say how the message is framed are the library's. Refuses to know
//! where they go: `response` puts them at the end of the head. The text is kept
//! as it is sent, in a buffer that a lane reuses, so nothing is allocated.

use core::{fmt, mem};
use std::io::Write;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

const CONTENT_TYPE: &str = "Content-Type";

/// Written by the library alone: two answers to one of these is how responses
/// are split.
const OWNED: [&str; 8] = [
    "Connection",
    "Content-Length",
    "Date",
    "Keep-Alive",
    "Proxy-Connection",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
];

/// What a URI cannot hold
/// ([RFC 3986, section 2](https://www.rfc-editor.org/rfc/rfc3986#section-2)); `%` is left, since the
/// rest may be encoded already. All that is not ASCII is encoded too.
const NOT_IN_URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Fields, each with its CRLF.
#[derive(Debug, Default)]
pub(crate) struct LateFields {
    lines: Vec<u8>,
    /// There is a Content-Type, which replaces that of the body.
    has_type: bool,
    /// How many bytes of the lines stay if the handler fails: what layers added.
    kept: usize,
}

impl LateFields {
    pub(crate) fn clear(&mut self) {
        self.lines.clear();
        self.has_type = false;
    }

    /// What is here stays, whatever becomes of the handler. Gives what was said
    /// before, for [`release`](Self::release).
    pub(crate) fn keep(&mut self) -> usize {
        mem::replace(&mut self.kept, self.lines.len())
    }

    pub(crate) fn release(&mut self, kept: usize) {
        self.kept = kept.min(self.lines.len());
    }

    /// Takes away all but what is kept.
    pub(crate) fn clear_unkept(&mut self) {
        self.lines.truncate(self.kept);
        self.has_type = self.has(CONTENT_TYPE);
    }

    /// Whether there is a field of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.lines
            .split_inclusive(|&byte| byte == b'\n')
            .any(|line| is_named(line, name))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.lines
    }

    pub(crate) fn has_type(&self) -> bool {
        self.has_type
    }

    /// Adds a field of the library's own, which is right.
    pub(crate) fn put(&mut self, name: &str, value: fmt::Arguments<'_>) {
        write!(self.lines, "{name}: {value}\r\n").expect("a Vec takes any write");
    }

    /// Adds a line of the library's own, if it is not there.
    pub(crate) fn put_once(&mut self, line: &str) {
        let mut there = self.lines.split_inclusive(|&byte| byte == b'\n');
        if !there.any(|there| there == line.as_bytes()) {
            self.lines.extend_from_slice(line.as_bytes());
        }
    }

    /// Adds a field of the handler's.
    ///
    /// # Panics
    ///
    /// If the field must not be sent; it is then not there.
    pub(crate) fn append(&mut self, name: &str, value: impl fmt::Display) {
        self.field(name, |line| {
            fmt::Write::write_fmt(line, format_args!("{value}")).is_ok()
        });
    }

    /// The same of bytes, which need not be UTF-8.
    #[cfg(feature = "http")]
    pub(crate) fn append_bytes(&mut self, name: &str, value: &[u8]) {
        self.field(name, |line| line.push(value).is_ok());
    }

    /// Adds a field whose value is a reference to a URI: what that cannot hold
    /// is percent-encoded.
    pub(crate) fn append_uri(&mut self, name: &str, value: impl fmt::Display) {
        self.field(name, |line| {
            let mut encoded = Encoded(line);
            fmt::Write::write_fmt(&mut encoded, format_args!("{value}")).is_ok()
        });
    }

    /// Whether a handler may send a field of this name.
    pub(crate) fn is_owned(name: &str) -> bool {
        OWNED.iter().any(|owned| owned.eq_ignore_ascii_case(name))
    }

    /// Takes every field of this name away.
    pub(crate) fn remove(&mut self, name: &str) {
        let mut at = 0;
        while at < self.lines.len() {
            let rest = &self.lines[at..];
            let end = rest.iter().position(|&byte| byte == b'\n');
            let next = at + end.map_or(rest.len(), |end| end + 1);
            if is_named(rest, name) {
                self.lines.drain(at..next);
                if at < self.kept {
                    self.kept -= next - at;
                }
            } else {
                at = next;
            }
        }
    }

    fn field(&mut self, name: &str, write: impl FnOnce(&mut Line<'_>) -> bool) {
        assert!(
            is_token(name),
            "the name of a header is a token, not {name:?}"
        );
        assert!(
            !Self::is_owned(name),
            "the header `{name}` is written by tramline: leave it out"
        );
        let is_type = name.eq_ignore_ascii_case(CONTENT_TYPE);
        if is_type {
            self.remove(CONTENT_TYPE);
        }
        let mut line = Line {
            start: self.lines.len(),
            lines: &mut self.lines,
        };
        line.lines.extend_from_slice(name.as_bytes());
        line.lines.extend_from_slice(b": ");
        assert!(
            write(&mut line),
            "the value of the header `{name}` cannot be displayed, or has a control byte"
        );
        line.lines.extend_from_slice(b"\r\n");
        drop(line);
        self.has_type |= is_type;
    }
}

/// A field being written: without its end, it is taken back.
struct Line<'l> {
    lines: &'l mut Vec<u8>,
    start: usize,
}

impl Line<'_> {
    /// Appends to the value what may be in one: no control byte but the tab
    /// ([RFC 9110, section 5.5](https://www.rfc-editor.org/rfc/rfc9110#section-5.5)).
    fn push(&mut self, value: &[u8]) -> fmt::Result {
        let is_allowed = |&byte: &u8| byte == b'\t' || !byte.is_ascii_control();
        if !value.iter().all(is_allowed) {
            return Err(fmt::Error);
        }
        self.lines.extend_from_slice(value);
        Ok(())
    }
}

impl fmt::Write for Line<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes())
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        if !self.lines.ends_with(b"\r\n") {
            self.lines.truncate(self.start);
        }
    }
}

/// Percent-encodes what is written.
struct Encoded<'l, 'v>(&'l mut Line<'v>);

impl fmt::Write for Encoded<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        utf8_percent_encode(text, NOT_IN_URI).try_for_each(|part| self.0.write_str(part))
    }
}

/// Whether `line` is a field with this name, in any case.
fn is_named(line: &[u8], name: &str) -> bool {
    line.get(name.len()) == Some(&b':') && line[..name.len()].eq_ignore_ascii_case(name.as_bytes())
}

/// [RFC 9110, section 5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)
fn is_token(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::{LateFields, OWNED};

    fn text(fields: &LateFields) -> &str {
        str::from_utf8(fields.as_bytes()).expect("these fields are text")
    }

    #[test]
    fn a_bad_field_leaves_nothing_behind() {
        let mut fields = LateFields::default();
        fields.append("x-first", 1);
        let names = ["", "a b", "a:", "a\r\n", "ä", "a\0"].map(|name| (name, "value"));
        let values = ["\r\nSet-Cookie: a=b", "\n", "\0", "a\x1f", "\x7f"].map(|value| ("x", value));
        let owned = OWNED.map(|name| (name, "1"));
        for (name, value) in names.into_iter().chain(values).chain(owned) {
            let lower = name.to_ascii_lowercase();
            let attempt = catch_unwind(AssertUnwindSafe(|| {
                fields.append(&lower, format_args!("before{value}"));
            }));
            assert!(attempt.is_err(), "{name:?} {value:?}");
            assert_eq!(text(&fields), "x-first: 1\r\n", "{name:?} {value:?}");
        }
    }

    #[test]
    fn fields_are_removed_by_their_whole_name() {
        let mut fields = LateFields::default();
        for name in ["a", "ab", "A", "b", "a"] {
            fields.append(name, "a: 1");
        }
        fields.remove("a");
        assert_eq!(text(&fields), "ab: a: 1\r\nb: a: 1\r\n");
        fields.remove("B");
        fields.remove("none");
        assert_eq!(text(&fields), "ab: a: 1\r\n");
    }

    #[test]
    fn what_layers_added_outlives_a_failure() {
        let mut fields = LateFields::default();
        fields.append("a", 1);
        fields.append("content-type", "text/css");
        let outer = fields.keep();
        fields.append("b", 2);
        let inner = fields.keep();
        fields.append("c", 3);
        fields.remove("a");
        fields.append("a", 4);
        fields.clear_unkept();
        assert_eq!(text(&fields), "content-type: text/css\r\nb: 2\r\n");
        assert!(fields.has_type() && fields.has("B") && !fields.has("a"));
        fields.release(inner);
        fields.release(outer);
        fields.clear_unkept();
        assert!(fields.is_empty() && !fields.has_type());
    }

    #[test]
    fn there_is_one_content_type() {
        let mut fields = LateFields::default();
        fields.append("content-type", "text/css");
        fields.append("CONTENT-TYPE", "text/html\t");
        assert!(fields.has_type());
        assert_eq!(text(&fields), "CONTENT-TYPE: text/html\t\r\n");
        fields.clear();
        assert!(!fields.has_type() && fields.is_empty());
    }

    #[test]
    fn a_uri_is_encoded_where_it_must_be() {
        for (value, expected) in [
            ("/a?b=c&d=%20#e", "/a?b=c&d=%20#e"),
            ("/a b", "/a%20b"),
            ("/é", "/%C3%A9"),
            ("/\r\nSet-Cookie: a=b", "/%0D%0ASet-Cookie:%20a=b"),
            ("/\\example.com", "/%5Cexample.com"),
            ("https://[::1]:80/~a/(b)", "https://[::1]:80/~a/(b)"),
            ("", ""),
        ] {
            let mut fields = LateFields::default();
            fields.append_uri("Location", value);
            assert_eq!(text(&fields), format!("Location: {expected}\r\n"));
        }
    }
}
