//! The bodies of errors: a line of text, or problem details
//! ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)).
//!
//! Owns the choice between the two, and both forms. Refuses to say more than it
//! was given: what went wrong inside is for the log (`failure`), not for the
//! peer.

use core::fmt::{self, Write as _};

use crate::handler::response::{Response, TEXT};
use crate::handler::trail::OwnError;
use crate::http::status::Status;

const PROBLEM: &str = "application/problem+json";

impl Response<'_> {
    /// Writes an error: its status and one sentence about it, for whoever made
    /// the request. The library's own errors are written by this too.
    ///
    /// If the request's `Accept` prefers `application/json` or
    /// `application/problem+json` to text, the body is problem details
    /// ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)), else a line of
    /// text. Of statuses that caches keep without being told to (404, 405, 410,
    /// 414, 501) the answer has `Vary: Accept`; with a `Cache-Control` of your
    /// own on others, add it. An error without a sentence is a [`Status`].
    ///
    /// Allocates nothing.
    ///
    /// ```
    /// use tramline::{Responder, Response, Status};
    ///
    /// struct Taken(String);
    ///
    /// impl Responder for Taken {
    ///     fn respond<'w>(self, response: &mut Response<'w>)
    ///     where
    ///         Self: 'w,
    ///     {
    ///         // 409 Conflict: the name `ada` is taken
    ///         // {"title":"Conflict","status":409,"detail":"the name `ada` is taken"}
    ///         response.problem(Status::CONFLICT, format_args!("the name `{}` is taken", self.0));
    ///     }
    /// }
    /// ```
    #[cold]
    pub fn problem(&mut self, status: Status, detail: impl fmt::Display) {
        self.write_problem(status, Some(&detail));
    }

    /// An error whose status says all.
    #[cold]
    pub(crate) fn plain_problem(&mut self, status: Status) {
        self.write_problem(status, None);
    }

    fn write_problem(&mut self, status: Status, detail: Option<&dyn fmt::Display>) {
        self.set_status(status);
        self.trail().keep_detail(detail);
        let prefers_json = match self.asked() {
            Some(asked) => {
                if is_cached(status) {
                    self.add_vary_accept();
                }
                asked.prefers_json()
            }
            None => false,
        };
        if prefers_json {
            self.send_with(PROBLEM, |body| {
                body.write_str("{")?;
                if !status.reason().is_empty() {
                    write!(body, "\"title\":\"{}\",", status.reason())?;
                }
                write!(body, "\"status\":{}", status.code())?;
                if let Some(detail) = detail {
                    body.write_str(",\"detail\":\"")?;
                    write!(Escaped(body), "{detail}")?;
                    body.write_str("\"")?;
                }
                body.write_str("}\n")
            });
        } else {
            self.send_with(TEXT, |body| match detail {
                Some(detail) => writeln!(body, "{status}: {detail}"),
                None => writeln!(body, "{status}"),
            });
        }
        self.trail().error.set(match detail {
            Some(_) => OwnError::Detailed,
            None => OwnError::Yes,
        });
    }
}

/// Whether a cache may keep such an answer although nothing says so
/// ([RFC 9110, section 15.1](https://www.rfc-editor.org/rfc/rfc9110#section-15.1)).
fn is_cached(status: Status) -> bool {
    matches!(status.code(), 404 | 405 | 410 | 414 | 501)
}

/// Writes text as the inside of a JSON string.
struct Escaped<'b, W>(&'b mut W);

impl<W: fmt::Write> fmt::Write for Escaped<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate() {
            if byte >= b' ' && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.0.write_str(&text[plain..at])?;
            match byte {
                b'"' | b'\\' => write!(self.0, "\\{}", char::from(byte))?,
                _ => write!(self.0, "\\u{byte:04x}")?,
            }
            plain = at + 1;
        }
        self.0.write_str(&text[plain..])
    }
}

#[cfg(test)]
mod tests {
    use core::fmt::Write;

    use super::Escaped;

    #[test]
    fn text_is_escaped_as_json() {
        for (text, expected) in [
            ("", ""),
            ("plain é", "plain é"),
            ("\"a\\b\"", "\\\"a\\\\b\\\""),
            ("a\r\n\u{0}\u{1f}", "a\\u000d\\u000a\\u0000\\u001f"),
        ] {
            let mut escaped = String::new();
            Escaped(&mut escaped)
                .write_str(text)
                .expect("a String takes any write");
            assert_eq!(escaped, expected, "{text:?}");
        }
    }
}
