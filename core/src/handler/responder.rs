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
/// | type | answer | allocates |
/// |---|---|---|
/// | `&str`, `String`, `Cow<str>`, [`text!`](crate::text) | 200, text | no |
/// | `&[u8]`, `&[u8; N]`, `Vec<u8>`, `bytes::Bytes` (feature `http`) | 200, `application/octet-stream` | no |
/// | integers | 200, the number as text | no |
/// | `()` | 200, empty | no |
/// | [`Html<T>`](crate::Html) | 200, HTML | no |
/// | `Json<T>` (feature `json`) | 200, JSON, serialised straight into the output | no |
/// | [`Redirect<L>`](crate::Redirect) | 303, 307 or 308, with the place | no |
/// | [`Status`] | that status, its name as text, or as [problem details](Response::problem) | no |
/// | `(Status, R)` | as `R`, with that status | no |
/// | `(headers, R)`, `(Status, headers, R)` | as `R`, with [those headers](crate::HeaderList) | no |
/// | `Option<R>` | as `R`, or 404 | no |
/// | `Result<R, E>` | as `R` or as `E` | no |
/// | [`Either<A, B>`](crate::Either) | as `A` or as `B` | no |
/// | the errors of extractors: [`BodyError`](crate::BodyError), `JsonError`, `FormError`, `QueryError`, `HeaderError` | 400, 413, 415, 422 or 500, and what is wrong | no |
/// | `Infallible` | never | |
/// | `Box<dyn Error>`, `Box<dyn Error + Send + Sync>` | 500; the error is for the log | as the logger does |
/// | [`Streamed`](crate::Streamed), [`Events`](crate::Events) | 200, sent while it is produced | a box |
/// | `http::StatusCode`, `http::Response<T>` (feature `http`) | that | no |
///
/// "No" means none beyond what the value itself holds. In a tuple, a status that
/// `R` sets itself wins: `(Status::CREATED, None::<&str>)` is 404.
///
/// # Types of your own
///
/// [`#[derive(Responder)]`](macro@crate::Responder) makes an `enum` one answer
/// or another. By hand it is one function:
///
/// ```
/// use tramline::{Responder, Response};
///
/// struct Style(&'static str);
///
/// impl Responder for Style {
///     fn respond<'w>(self, response: &mut Response<'w>)
///     where
///         Self: 'w,
///     {
///         response.header("Cache-Control", "max-age=3600");
///         response.send("text/css", self.0.as_bytes());
///     }
/// }
/// ```
///
/// # Errors with `?`
///
/// A handler that returns `Result<R, Box<dyn Error>>` may use `?` on any error.
/// The peer gets a plain 500. The error goes to the [log](crate#logging) with
/// the route's name. An error that the peer should see is a type of your own
/// that answers, such as `(Status, &str)` or one that writes a
/// [`problem`](Response::problem).
///
/// ```
/// use std::error::Error;
/// use std::fs;
///
/// use tramline::route;
///
/// #[route("/motd")]
/// fn motd() -> Result<String, Box<dyn Error>> {
///     Ok(fs::read_to_string("/etc/motd")?)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a handler cannot answer with `{Self}`",
    label = "`{Self}` does not implement `Responder`",
    note = "return `&str`, `String`, `&[u8]`, `Vec<u8>`, an integer, `()`, `Html<T>`, `Json<T>`, `Redirect<L>` or `Status`; of what implements `Display`, `text!(\"{{value}}\")`",
    note = "or, of answers `R` and `E`: `Option<R>`, `Result<R, E>`, `Either<R, E>`, `(Status, R)`, `(headers, R)` or `(Status, headers, R)`; `Box<dyn Error>` is one, a 500, so that `?` works on every error",
    note = "or implement or derive `tramline::Responder` for a type of your own"
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
        if self.code() >= 400 {
            return response.plain_problem(self);
        }
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
    use core::cell::RefCell;
    use std::borrow::Cow;
    use std::time::SystemTime;

    use super::Responder;
    use crate::handler::either::Either;
    use crate::handler::html::Html;
    use crate::handler::redirect::Redirect;
    use crate::handler::response::{Aside, BYTES, Response, TEXT};
    use crate::handler::text::Text;
    use crate::http::date::DateCache;
    use crate::http::status::Status;

    const HTML: &str = "text/html; charset=utf-8";

    /// Status line, content type and body.
    fn answer(value: impl Responder) -> (String, String, String) {
        let date = DateCache::new(SystemTime::UNIX_EPOCH);
        let (out, mut aside) = (RefCell::default(), Aside::default());
        let mut response = Response::new(&out, &mut aside, &date);
        value.respond(&mut response);
        response.finish(false);
        let text = String::from_utf8(out.into_inner()).expect("these responses are text");
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
            (answer(Html("<p>")), "200 OK", HTML, "<p>"),
            (answer(Html(String::from("<p>"))), "200 OK", HTML, "<p>"),
            (
                answer(Html(Text::new(|body| write!(body, "<h{}", 1)))),
                "200 OK",
                HTML,
                "<h1",
            ),
            (answer(Redirect::found("/")), "302 Found", TEXT, ""),
            (
                answer(Either::<_, ()>::Left("left")),
                "200 OK",
                TEXT,
                "left",
            ),
            (answer(Either::<(), _>::Right(2)), "200 OK", TEXT, "2"),
            (
                answer(([("Content-Type", "a/b"), ("x", "y")], "body")),
                "200 OK",
                "a/b",
                "body",
            ),
            (
                answer((Status::ACCEPTED, vec![("x".to_owned(), 1)], b"body")),
                "202 Accepted",
                BYTES,
                "body",
            ),
            (
                answer((&[("x", 1)], (Status::CONFLICT, &[("y", 1)][..], None::<u8>))),
                "404 Not Found",
                TEXT,
                "404 Not Found\n",
            ),
            (
                answer(Err::<(), Box<dyn std::error::Error>>("secret".into())),
                "500 Internal Server Error",
                TEXT,
                "500 Internal Server Error\n",
            ),
            (
                answer(Err::<(), Box<dyn std::error::Error + Send + Sync>>(
                    "secret".into(),
                )),
                "500 Internal Server Error",
                TEXT,
                "500 Internal Server Error\n",
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
