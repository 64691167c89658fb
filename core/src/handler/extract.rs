//! Arguments taken from the request rather than from its path.
//!
//! Owns [`FromRequest`] and the extractors of the library's own types. Refuses
//! path parameters, which are `param`'s: a handler's argument is one or the
//! other by its name.

use core::convert::Infallible;
use core::future::{Future, poll_fn};

use crate::handler::body::BodyError;
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;

/// An argument made from the request.
///
/// A handler's argument whose name is not a parameter of the pattern must have
/// a type that implements this.
///
/// ```
/// use tramline::{FromRequest, Request, Status, route};
///
/// struct Host(String);
///
/// impl<'r> FromRequest<'r> for Host {
///     type Rejection = (Status, &'static str);
///
///     async fn from_request(request: Request<'r>) -> Result<Self, Self::Rejection> {
///         let host = request.header("host").ok_or((Status::BAD_REQUEST, "no host\n"))?;
///         Ok(Self(String::from_utf8_lossy(host).into_owned()))
///     }
/// }
///
/// #[route("/")]
/// fn index(host: Host) -> String {
///     host.0
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the argument type `{Self}` has no source in the request",
    label = "neither a parameter of the pattern nor an extractor",
    note = "to take it from the path, put `{{name}}` with the argument's name into the pattern",
    note = "to take it from the request, use `Request<'_>` or `&[u8]` (the body), or implement `tramline::FromRequest` for `{Self}`"
)]
pub trait FromRequest<'r>: Sized {
    /// The answer when the request does not have it.
    type Rejection: Responder;

    /// Takes the argument from the request.
    ///
    /// # Errors
    ///
    /// With the answer to send, if the request does not have it.
    fn from_request(request: Request<'r>) -> impl Future<Output = Result<Self, Self::Rejection>>;
}

/// The argument, or `None` if the request does not have it and is answered.
/// Called by generated code.
#[doc(hidden)]
#[inline]
pub async fn extract<'r, T: FromRequest<'r>>(
    request: Request<'r>,
    response: &mut Response<'_>,
) -> Option<T> {
    match T::from_request(request).await {
        Ok(argument) => Some(argument),
        Err(rejection) => {
            rejection.respond(response);
            None
        }
    }
}

impl<'r> FromRequest<'r> for Request<'r> {
    type Rejection = Infallible;

    async fn from_request(request: Request<'r>) -> Result<Self, Infallible> {
        Ok(request)
    }
}

/// The whole body, empty if there is none. Longer than the body limit: 413.
impl<'r> FromRequest<'r> for &'r [u8] {
    type Rejection = BodyError;

    async fn from_request(request: Request<'r>) -> Result<Self, BodyError> {
        let incoming = request.incoming();
        poll_fn(|cx| incoming.poll_whole(cx)).await?;
        Ok(incoming.bytes())
    }
}
