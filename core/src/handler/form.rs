//! Forms, as browsers send them: in the query of a URL, or in a body.
//!
//! Owns [`Query`] and [`Form`], and the reasons why one does not fit. Refuses
//! to parse by itself: that is `serde_html_form`'s. Files come in another
//! coding, which is not known here.

use core::error::Error;
use core::fmt;

use serde::Deserialize;

use crate::handler::extract::FromRequest;
use crate::handler::incoming::BodyError;
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::media_type::essence;
use crate::http::status::Status;

const FORM: &[u8] = b"application/x-www-form-urlencoded";

/// The query of the request, by [`serde`](https://docs.rs/serde).
///
/// A field that may be left out is an `Option` or has `#[serde(default)]`; one
/// that comes several times is a `Vec`. A request without a query is one with
/// an empty one. `Cow<str>` with `#[serde(borrow)]` borrows what needs no decoding.
///
/// A query that does not fit is answered with 400, and says what is wrong.
///
/// ```
/// use serde::Deserialize;
/// use tramline::{Query, route};
///
/// #[derive(Deserialize)]
/// struct Page {
///     #[serde(default)]
///     number: u32,
///     tag: Vec<String>,
/// }
///
/// #[route("/posts")]
/// fn posts(page: Query<Page>) -> String {
///     let Query(page) = page;
///     format!("page {} of posts about {}\n", page.number, page.tag.join(" and "))
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query<T>(
    /// The value.
    pub T,
);

impl<'r, T: Deserialize<'r>> FromRequest<'r> for Query<T> {
    type State = ();
    type Rejection = QueryError;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, QueryError> {
        let query = request.query().unwrap_or_default();
        match serde_html_form::from_bytes(query.as_bytes()) {
            Ok(value) => Ok(Self(value)),
            Err(error) => Err(QueryError(error.into())),
        }
    }
}

/// Why a query is not the [`Query`] that was expected; answered with 400.
#[derive(Debug)]
pub struct QueryError(Box<dyn Error + Send + Sync>);

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the query does not fit: {}", self.0)
    }
}

impl Error for QueryError {}

impl Responder for QueryError {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.problem(Status::BAD_REQUEST, self);
    }
}

/// A form in the body, `application/x-www-form-urlencoded`, by
/// [`serde`](https://docs.rs/serde).
///
/// The whole body is received, then parsed, by the rules of [`Query`].
/// [`FormError`] says how a body that is not right is answered.
///
/// ```
/// use serde::Deserialize;
/// use tramline::{Form, route};
///
/// #[derive(Deserialize)]
/// struct Login {
///     name: String,
///     password: String,
/// }
///
/// #[route(POST, "/login")]
/// fn login(form: Form<Login>) -> String {
///     let Form(login) = form;
///     format!("{} has a password of {} bytes\n", login.name, login.password.len())
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form<T>(
    /// The value.
    pub T,
);

impl<'r, T: Deserialize<'r>> FromRequest<'r> for Form<T> {
    type State = ();
    type Rejection = FormError;
    const TAKES_BODY: bool = true;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, FormError> {
        if !request.header("content-type").is_some_and(is_form) {
            return Err(FormError::ContentType);
        }
        let body = <&[u8]>::from_request(request, ())
            .await
            .map_err(FormError::Body)?;
        match serde_html_form::from_bytes(body) {
            Ok(value) => Ok(Self(value)),
            Err(error) => Err(FormError::Data(error.into())),
        }
    }
}

/// Why a body is not the [`Form`] that was expected.
#[derive(Debug)]
#[non_exhaustive]
pub enum FormError {
    /// The `Content-Type` is not `application/x-www-form-urlencoded`, or there
    /// is none. Answered with 415.
    ContentType,
    /// It could not be received. Answered as that says.
    Body(BodyError),
    /// It does not fit the type. Answered with 422.
    Data(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType => {
                f.write_str("expected a body of the type `application/x-www-form-urlencoded`")
            }
            Self::Body(error) => write!(f, "{error}"),
            Self::Data(error) => write!(f, "the form does not fit: {error}"),
        }
    }
}

impl Error for FormError {}

impl Responder for FormError {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        let status = match &self {
            Self::ContentType => Status::UNSUPPORTED_MEDIA_TYPE,
            Self::Body(error) => return error.respond(response),
            Self::Data(_) => Status::UNPROCESSABLE_CONTENT,
        };
        response.problem(status, self);
    }
}

/// Whether a Content-Type is that of forms, whatever its parameters.
fn is_form(content_type: &[u8]) -> bool {
    essence(content_type).eq_ignore_ascii_case(FORM)
}

#[cfg(test)]
mod tests {
    use super::is_form;

    #[test]
    fn types_of_forms() {
        for (content_type, expected) in [
            ("application/x-www-form-urlencoded", true),
            ("Application/X-WWW-Form-Urlencoded; charset=utf-8", true),
            ("application/x-www-form-urlencoded ;a", true),
            ("application/x-www-form-urlencodedd", false),
            ("multipart/form-data", false),
            ("", false),
        ] {
            assert_eq!(
                is_form(content_type.as_bytes()),
                expected,
                "{content_type:?}"
            );
        }
    }
}
