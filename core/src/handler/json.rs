//! JSON, as an answer and as an argument.
//!
//! Owns [`Json`] and the reasons why a body is none. Refuses a buffer of its
//! own: what is answered is serialised straight into the output, and what is
//! received is parsed where it was received.

use core::fmt;

use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use crate::handler::extract::FromRequest;
use crate::handler::incoming::BodyError;
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::media_type::essence;
use crate::http::status::Status;

const JSON: &str = "application/json";

/// JSON, by [`serde`](https://docs.rs/serde).
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use tramline::{Json, route};
///
/// #[derive(Deserialize)]
/// struct Numbers<'r> {
///     name: &'r str,
///     all: Vec<i64>,
/// }
///
/// #[derive(Serialize)]
/// struct Sum<'r> {
///     name: &'r str,
///     sum: i64,
/// }
///
/// #[route(POST, "/sum")]
/// fn sum(numbers: Json<Numbers<'_>>) -> Json<Sum<'_>> {
///     let Json(numbers) = numbers;
///     Json(Sum { name: numbers.name, sum: numbers.all.iter().sum() })
/// }
/// ```
///
/// # As an answer
///
/// Serialised straight into the output: nothing is allocated but what a
/// `Serialize` implementation allocates itself. If that fails, the answer is a
/// plain 500 and the [log](crate#logging) is told why.
///
/// # As an argument
///
/// The whole body is received, then parsed; `&str` and `&[u8]` in it borrow from
/// the body, and allocate nothing. (`&str` is refused where the text has escapes: use
/// `Cow<str>` with `#[serde(borrow)]`.) [`JsonError`] says how a body that is
/// not right is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Json<T>(
    /// The value.
    pub T,
);

impl<T: Serialize> Responder for Json<T> {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send_or_fail(JSON, |body| serde_json::to_writer(body, &self.0));
    }
}

impl<'r, T: Deserialize<'r>> FromRequest<'r> for Json<T> {
    type State = ();
    type Rejection = JsonError;
    const TAKES_BODY: bool = true;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, JsonError> {
        if !request.header("content-type").is_some_and(is_json) {
            return Err(JsonError::ContentType);
        }
        let body = <&[u8]>::from_request(request, ())
            .await
            .map_err(JsonError::Body)?;
        match serde_json::from_slice(body) {
            Ok(value) => Ok(Self(value)),
            Err(error) if error.classify() == Category::Data => Err(JsonError::Data(error.into())),
            Err(error) => Err(JsonError::Syntax(error.into())),
        }
    }
}

/// Why a body is not the [`Json`] that was expected. As an answer it is a
/// [problem](Response::problem) that says where in the body it is.
#[derive(Debug)]
#[non_exhaustive]
pub enum JsonError {
    /// The `Content-Type` is neither `application/json` nor
    /// `application/*+json`, or there is none. Answered with 415.
    ContentType,
    /// It could not be received. Answered as that says.
    Body(BodyError),
    /// It is not JSON. Answered with 400.
    Syntax(Box<dyn core::error::Error + Send + Sync>),
    /// It is JSON, but does not fit the type. Answered with 422.
    Data(Box<dyn core::error::Error + Send + Sync>),
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType => f.write_str("expected a body of the type `application/json`"),
            Self::Body(error) => write!(f, "{error}"),
            Self::Syntax(error) => write!(f, "the body is not JSON: {error}"),
            Self::Data(error) => write!(f, "the body does not fit: {error}"),
        }
    }
}

impl core::error::Error for JsonError {}

impl Responder for JsonError {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        let status = match &self {
            Self::ContentType => Status::UNSUPPORTED_MEDIA_TYPE,
            Self::Body(error) => return error.respond(response),
            Self::Syntax(_) => Status::BAD_REQUEST,
            Self::Data(_) => Status::UNPROCESSABLE_CONTENT,
        };
        response.problem(status, self);
    }
}

/// Whether a Content-Type is one of JSON, whatever its parameters.
fn is_json(content_type: &[u8]) -> bool {
    let Some((kind, subtype)) = essence(content_type).split_at_checked(b"application/".len())
    else {
        return false;
    };
    let suffix = match subtype.len().checked_sub(b"+json".len()) {
        Some(at) if at > 0 => &subtype[at..],
        _ => b"",
    };
    kind.eq_ignore_ascii_case(b"application/")
        && (subtype.eq_ignore_ascii_case(b"json") || suffix.eq_ignore_ascii_case(b"+json"))
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn types_of_json() {
        for (content_type, expected) in [
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("application/json ;a=b", true),
            ("application/problem+json", true),
            ("application/vnd.api+JSON", true),
            ("application/+json", false),
            ("application/jsonp", false),
            ("application/xml", false),
            ("application/", false),
            ("text/json", false),
            ("text/plain; a=application/json", false),
            ("", false),
        ] {
            assert_eq!(
                is_json(content_type.as_bytes()),
                expected,
                "{content_type:?}"
            );
        }
    }
}
