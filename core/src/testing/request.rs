//! A request of a test, put together field by field.
//!
//! Owns [`RequestBuilder`] and the bytes that it becomes. Refuses what would
//! make other bytes of it than were meant, as a line break in a value: those
//! are sent with `Client::raw`.

use core::fmt;

use crate::http::method::Method;
use crate::testing::Client;
use crate::testing::reply::Reply;

/// A request that is not sent yet; made by a [`Client`].
///
/// It is sent as HTTP/1.1, with `Host: localhost` unless it has a Host of its
/// own, and with the Content-Length of its body.
#[must_use = "a request does nothing until it is sent"]
pub struct RequestBuilder<'c> {
    client: &'c Client,
    method: Method<'c>,
    target: String,
    fields: Vec<(String, Vec<u8>)>,
    body: Option<Vec<u8>>,
}

impl<'c> RequestBuilder<'c> {
    pub(super) fn new(client: &'c Client, method: Method<'c>, target: &str) -> Self {
        Self {
            client,
            method,
            target: target.to_owned(),
            fields: Vec::new(),
            body: None,
        }
    }

    /// Adds a header; those of the same name that were added before stay.
    ///
    /// ```
    /// # use tramline::testing::Client;
    /// use tramline::{Request, route, routes};
    ///
    /// #[route("/")]
    /// fn accepted(request: Request<'_>) -> Vec<u8> {
    ///     request.header("accept").unwrap_or_default().to_vec()
    /// }
    ///
    /// let client = Client::new(routes![accepted]);
    /// let reply = client.get("/").header("Accept", "text/html").send();
    /// assert_eq!(reply.bytes(), b"text/html");
    /// ```
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.fields.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// The body; replaces one that was given before.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sends it, and receives the answer.
    ///
    /// # Panics
    ///
    /// If the method, the target or a header cannot stand in a request; if
    /// there is no answer within 30 seconds, or one that is not valid HTTP; or
    /// if the one over a [socket](super#over-a-socket) differs.
    #[track_caller]
    #[cfg_attr(not(feature = "cookie"), allow(unused_mut, reason = "it adds none"))]
    pub fn send(mut self) -> Reply {
        #[cfg(feature = "cookie")]
        self.add_cookies();
        let reply = self.exchange();
        #[cfg(feature = "cookie")]
        self.client.keep_cookies(&self.target, &reply);
        reply
    }

    #[track_caller]
    fn exchange(&self) -> Reply {
        let line = format!("{} {}", self.method, self.target);
        let safe = matches!(
            self.method,
            Method::Get | Method::Head | Method::Options | Method::Trace
        );
        let reply = self.encode().and_then(|bytes| {
            self.client.answer(&bytes, safe, |received| {
                Reply::parse(&line, self.method, received)
            })
        });
        match reply {
            Ok(reply) => reply,
            Err(why) => panic!("`{line}`: {why}"),
        }
    }

    /// The request, as it is sent.
    fn encode(&self) -> Result<Vec<u8>, String> {
        if !is_word(self.method.as_str()) {
            return Err("the method is not one word of visible ASCII characters".to_owned());
        }
        if !is_word(&self.target) {
            return Err(
                "the target is not one word of visible ASCII characters: percent-encode the others"
                    .to_owned(),
            );
        }
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        if !self.has("host") {
            bytes.extend_from_slice(b"Host: localhost\r\n");
        }
        for (name, value) in &self.fields {
            if !is_word(name) || name.contains(':') {
                return Err(format!(
                    "`{name}` cannot name a header: expected visible ASCII characters without `:`"
                ));
            }
            if value.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
                return Err(format!(
                    "the value of header `{name}` has a line break or a NUL: send such a request with `Client::raw`"
                ));
            }
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        if !self.has("content-length")
            && !self.has("transfer-encoding")
            && let Some(length) = self.length()
        {
            bytes.extend_from_slice(format!("Content-Length: {length}\r\n").as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(self.body.as_deref().unwrap_or_default());
        Ok(bytes)
    }

    /// Of this type, unless it has one already.
    #[cfg(any(feature = "form", feature = "json"))]
    pub(super) fn typed(self, content_type: &str) -> Self {
        if self.has("content-type") {
            return self;
        }
        self.header("Content-Type", content_type)
    }

    /// Adds to what is behind the `?`.
    #[cfg(feature = "form")]
    pub(super) fn extend_query(&mut self, query: &str) {
        let sign = match self.target.find('?') {
            None => "?",
            Some(at) if at + 1 == self.target.len() => "",
            Some(_) => "&",
        };
        self.target.push_str(sign);
        self.target.push_str(query);
    }

    /// Adds what the client has kept, unless it has cookies of its own.
    #[cfg(feature = "cookie")]
    fn add_cookies(&mut self) {
        if !self.has("cookie")
            && let Some(cookies) = self.client.cookies_for(&self.target)
        {
            self.fields.push(("Cookie".to_owned(), cookies.into()));
        }
    }

    fn has(&self, name: &str) -> bool {
        self.fields
            .iter()
            .any(|(field, _)| field.eq_ignore_ascii_case(name))
    }

    /// The length to state: where a body is usual, that there is none is said
    /// ([RFC 9110, section 8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)).
    fn length(&self) -> Option<usize> {
        let usual = matches!(self.method, Method::Post | Method::Put | Method::Patch);
        let length = self.body.as_ref().map(Vec::len);
        length.or(usual.then_some(0))
    }
}

/// Whether the text ends where it seems to, wherever in a head it stands.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl fmt::Debug for RequestBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder")
            .field("method", &self.method)
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}
