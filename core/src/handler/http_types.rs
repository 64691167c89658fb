//! The types of the crates `http` and `bytes`, where code of other crates meets a
//! handler.
//!
//! Owns the conversions. Refuses to use those types inside: they are built for
//! messages that are kept, ours are written at once.

use core::convert::Infallible;

use crate::handler::extract::FromRequest;
use crate::handler::header_list::HeaderList;
use crate::handler::incoming::BodyError;
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::{BYTES, Response};
use crate::http::status::Status;

impl From<http::StatusCode> for Status {
    fn from(status: http::StatusCode) -> Self {
        Self::new(status.as_u16())
    }
}

impl From<Status> for http::StatusCode {
    fn from(status: Status) -> Self {
        Self::from_u16(status.code()).expect("both have codes from 100 to 999")
    }
}

/// As [`Status`].
impl Responder for http::StatusCode {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        Status::from(self).respond(response);
    }
}

/// The headers are added, but for those that are tramline's to write
/// ([`Response::header`]).
impl HeaderList for &http::HeaderMap {
    fn append_to(self, response: &mut Response<'_>) {
        for (name, value) in self {
            response.append_foreign_header(name.as_str(), value.as_bytes());
        }
    }
}

/// The headers are added, but for those that are tramline's to write
/// ([`Response::header`]).
impl HeaderList for http::HeaderMap {
    fn append_to(self, response: &mut Response<'_>) {
        (&self).append_to(response);
    }
}

/// Status, headers and body. A `Content-Type` among the headers is that of the
/// body, which is `application/octet-stream` otherwise; headers that are
/// tramline's to write ([`Response::header`]) are left out, and so are version
/// and extensions.
impl<T: AsRef<[u8]>> Responder for http::Response<T> {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.set_status(self.status().into());
        self.headers().append_to(response);
        response.send(BYTES, self.body().as_ref());
    }
}

/// As `&[u8]`.
impl Responder for bytes::Bytes {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send(BYTES, &self);
    }
}

/// The whole body, as `Vec<u8>` has it.
impl<'r> FromRequest<'r> for bytes::Bytes {
    type State = ();
    type Rejection = BodyError;
    const TAKES_BODY: bool = true;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, BodyError> {
        Ok(Vec::from_request(request, ()).await?.into())
    }
}

/// A copy of all headers, for code that wants them so; [`Request::headers`]
/// copies nothing. A field that `http` does not take is left out.
impl<'r> FromRequest<'r> for http::HeaderMap {
    type State = ();
    type Rejection = Infallible;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, Infallible> {
        Ok(request
            .headers()
            .filter_map(|(name, value)| {
                let name = http::HeaderName::from_bytes(name.as_bytes()).ok()?;
                Some((name, http::HeaderValue::from_bytes(value).ok()?))
            })
            .collect())
    }
}
