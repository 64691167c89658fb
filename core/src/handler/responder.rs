//! What each return type of a handler writes.
//!
//! Owns [`Responder`] and its implementations for the standard types. Refuses
//! to format a head: that is `response`'s.

use core::convert::Infallible;
use std::borrow::Cow;

use crate::handler::response::{BYTES, Response};
use crate::http::status::Status;

/// A value that can be the answer to a request: the return type of a handler.
///
/// | type | answer |
/// |---|---|
/// | `&str`, `String`, `Cow<str>`, [`text!`](crate::text) | 200, text |
/// | `&[u8]`, `Vec<u8>` | 200, `application/octet-stream` |
/// | integers | 200, the number as text |
/// | `()` | 200, empty |
/// | [`Status`] | that status, its name as text |
/// | `(Status, R)` | as `R`, with that status |
/// | `Option<R>` | as `R`, or 404 |
/// | `Result<R, E>` | as `R` or as `E` |
/// | [`Streamed`](crate::Streamed), [`Events`](crate::Events) | 200, sent while it is produced |
///
/// None of these, but for the last two, allocates beyond what the value itself holds.
///
/// ```
/// use tramline::{Responder, Response};
///
/// struct Html(&'static str);
///
/// impl Responder for Html {
///     fn respond<'w>(self, response: &mut Response<'w>)
///     where
///         Self: 'w,
///     {
///         response.send("text/html; charset=utf-8", self.0.as_bytes());
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a handler cannot answer with `{Self}`",
    label = "`{Self}` does not implement `Responder`",
    note = "return `&str`, `String`, `&[u8]`, `Vec<u8>`, an integer, `()`, `text!(..)`, `Status`, `(Status, R)`, `Option<R>`, `Result<R, E>`, `Streamed` or `Events`, or implement `tramline::Responder` for `{Self}`"
)]
pub trait Responder {
    /// Writes the answer. What it leaves in the response to be produced later
    /// may borrow what `self` does.
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w;
}

impl Responder for &str {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send_text(self);
    }
}

impl Responder for String {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send_text(&self);
    }
}

impl Responder for Cow<'_, str> {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send_text(&self);
    }
}

impl Responder for &[u8] {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send(BYTES, self);
    }
}

impl<const N: usize> Responder for &[u8; N] {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send(BYTES, self);
    }
}

impl Responder for Vec<u8> {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send(BYTES, &self);
    }
}

macro_rules! integer_responders {
    ($($type:ty),*) => {$(
        impl Responder for $type {
            #[inline]
            fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
                response.send_text(itoa::Buffer::new().format(self));
            }
        }
    )*};
}

integer_responders!(
    u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize
);

impl Responder for () {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send_text("");
    }
}

impl Responder for Status {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.set_status(self);
        response.text(format_args!("{self}\n"));
    }
}

impl<R: Responder> Responder for (Status, R) {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.set_status(self.0);
        self.1.respond(response);
    }
}

impl<R: Responder> Responder for Option<R> {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        match self {
            Some(found) => found.respond(response),
            None => Status::NOT_FOUND.respond(response),
        }
    }
}

impl<R: Responder, E: Responder> Responder for Result<R, E> {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        match self {
            Ok(value) => value.respond(response),
            Err(error) => error.respond(response),
        }
    }
}

impl Responder for Infallible {
    fn respond<'w>(self, _: &mut Response<'w>)
    where
        Self: 'w,
    {
        match self {}
    }
}

#[cfg(test)]
mod tests {
    use core::cell::Cell;
    use std::borrow::Cow;
    use std::time::SystemTime;

    use super::Responder;
    use crate::handler::response::{BYTES, Response, TEXT};
    use crate::handler::text::Text;
    use crate::http::date::DateCache;
    use crate::http::status::Status;

    /// Status line, content type and body.
    fn answer(value: impl Responder) -> (String, String, String) {
        let date = DateCache::new(SystemTime::UNIX_EPOCH);
        let (out, mut late) = (Cell::default(), Vec::new());
        let mut response = Response::new(&out, &mut late, &date);
        value.respond(&mut response);
        response.finish(false);
        let text = String::from_utf8(out.take()).expect("these responses are text");
        let (head, body) = text
            .split_once("\r\n\r\n")
            .expect("a head ends with an empty line");
        let mut lines = head.lines();
        let status = lines
            .next()
            .expect("a status line")
            .replace("HTTP/1.1 ", "");
        let field = |name: &str| {
            head.lines()
                .find_map(|line| line.strip_prefix(name))
                .map(|value| value.trim().to_owned())
        };
        assert_eq!(
            field("Content-Length:").map(|length| length.parse()),
            Some(Ok(body.len())),
            "{text}"
        );
        (
            status,
            field("Content-Type:").unwrap_or_default(),
            body.to_owned(),
        )
    }

    #[test]
    fn every_return_type_has_its_answer() {
        let cases = [
            (answer("text"), "200 OK", TEXT, "text"),
            (answer(String::from("text")), "200 OK", TEXT, "text"),
            (answer(Cow::Borrowed("text")), "200 OK", TEXT, "text"),
            (answer(b"bytes"), "200 OK", BYTES, "bytes"),
            (answer(&b"bytes"[..]), "200 OK", BYTES, "bytes"),
            (answer(b"bytes".to_vec()), "200 OK", BYTES, "bytes"),
            (answer(u64::MAX), "200 OK", TEXT, "18446744073709551615"),
            (answer(i8::MIN), "200 OK", TEXT, "-128"),
            (answer(()), "200 OK", TEXT, ""),
            (
                answer(Status::CREATED),
                "201 Created",
                TEXT,
                "201 Created\n",
            ),
            (
                answer((Status::CREATED, "made")),
                "201 Created",
                TEXT,
                "made",
            ),
            (answer(Some("here")), "200 OK", TEXT, "here"),
            (
                answer(None::<&str>),
                "404 Not Found",
                TEXT,
                "404 Not Found\n",
            ),
            (answer(Ok::<_, Status>("fine")), "200 OK", TEXT, "fine"),
            (
                answer(Err::<&str, _>((Status::CONFLICT, "taken"))),
                "409 Conflict",
                TEXT,
                "taken",
            ),
            (
                answer(Text::new(|body| write!(body, "{}-a", 1))),
                "200 OK",
                TEXT,
                "1-a",
            ),
        ];
        for ((status, content_type, body), expected_status, expected_type, expected_body) in cases {
            assert_eq!(
                (&*status, &*content_type, &*body),
                (expected_status, expected_type, expected_body)
            );
        }
    }
}
