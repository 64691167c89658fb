//! An answer to a test: parsed strictly, and asserted on.
//!
//! Owns [`Reply`] and the wording of assertions that fail, each of which shows
//! the whole answer. Refuses what a strict client would: `framing` reads the
//! bytes.

use core::fmt;

use crate::http::method::Method;
use crate::http::status::Status;
use crate::testing::framing::{self, Message};

/// What a request was answered with.
///
/// Shown with `{}`, it is the whole answer as text.
#[derive(Clone)]
pub struct Reply {
    /// The method and target that it answers.
    request: String,
    message: Message,
}

impl Reply {
    /// Parses all that was received for one request.
    pub(super) fn parse(
        request: &str,
        method: Method<'_>,
        received: &[u8],
    ) -> Result<Self, String> {
        match framing::read(method, received) {
            Ok(message) => Ok(Self {
                request: request.to_owned(),
                message,
            }),
            Err(why) => Err(format!(
                "{why}; received were the {} bytes {:?}",
                received.len(),
                String::from_utf8_lossy(received)
            )),
        }
    }

    /// The status.
    pub fn status(&self) -> Status {
        self.message.status
    }

    /// The value of the first header with this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers()
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The headers in the order they came. What is not UTF-8 in a value is
    /// replaced by `U+FFFD`.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.message
            .fields
            .iter()
            .map(|(name, value)| (&**name, &**value))
    }

    /// The body, its transfer coding undone.
    pub fn bytes(&self) -> &[u8] {
        &self.message.content
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// If it is not UTF-8.
    #[track_caller]
    pub fn text(&self) -> &str {
        match str::from_utf8(self.bytes()) {
            Ok(text) => text,
            Err(error) => self.fail(&format!("the body is not text: {error}")),
        }
    }

    /// Demands this status, by its code.
    ///
    /// # Panics
    ///
    /// If it is another.
    #[track_caller]
    pub fn assert_status(&self, code: u16) -> &Self {
        if self.status().code() != code {
            self.fail_between("status", &code, &self.status().code());
        }
        self
    }

    /// Demands that the body is this text.
    ///
    /// # Panics
    ///
    /// If it is another, or not UTF-8.
    #[track_caller]
    pub fn assert_text(&self, text: &str) -> &Self {
        if self.text() != text {
            self.fail_between("text", &text, &self.text());
        }
        self
    }

    /// Demands that the body is text with this part in it.
    ///
    /// # Panics
    ///
    /// If it has no such part, or is not UTF-8.
    #[track_caller]
    pub fn assert_contains(&self, part: &str) -> &Self {
        if !self.text().contains(part) {
            self.fail(&format!("expected {part:?} in the text"));
        }
        self
    }

    /// Demands a header of this name, in any case, whose value, or that of the
    /// first if there are several, is this one.
    ///
    /// # Panics
    ///
    /// If there is none, or its value is another.
    #[track_caller]
    pub fn assert_header(&self, name: &str, value: &str) -> &Self {
        match self.header(name) {
            Some(found) if found == value => self,
            Some(found) => self.fail_between(&format!("header `{name}`"), &value, &found),
            None => self.fail(&format!(
                "expected header `{name}` with {value:?}, got no such header"
            )),
        }
    }

    /// Whether both say the same, but for their dates.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let undated = |reply: &Self| {
            let fields = reply.message.fields.iter();
            fields
                .filter(|(name, _)| !name.eq_ignore_ascii_case("date"))
                .cloned()
                .collect::<Vec<_>>()
        };
        self.status() == other.status()
            && self.bytes() == other.bytes()
            && undated(self) == undated(other)
    }

    #[track_caller]
    pub(super) fn fail_between(
        &self,
        what: &str,
        expected: &dyn fmt::Debug,
        got: &dyn fmt::Debug,
    ) -> ! {
        self.fail(&format!(
            "not the {what} expected\n  expected: {expected:?}\n       got: {got:?}"
        ))
    }

    #[track_caller]
    pub(super) fn fail(&self, why: &str) -> ! {
        panic!("`{}`: {why}\n\n{self}\n", self.request)
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "HTTP/1.1 {}", self.status())?;
        for (name, value) in self.headers() {
            writeln!(f, "{name}: {value}")?;
        }
        match str::from_utf8(self.bytes()) {
            Ok(text) => write!(f, "\n{text}"),
            Err(_) => write!(f, "\n({} bytes that are not text)", self.bytes().len()),
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`:\n{self}", self.request)
    }
}
