//! One header of a request, as a type that means something.
//!
//! Owns [`Header`] and what is answered when it is not there. Refuses to know
//! any header: the crate `headers` does.

use core::fmt;

use headers::{HeaderName, HeaderValue};

use crate::handler::extract::FromRequest;
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::status::Status;

/// A header of the request, parsed by the crate [`headers`].
///
/// Without it, or if it does not parse, the answer is 400 and names the header.
/// To go on without it, ask for `Option<Header<..>>`. Its values are copied:
/// [`Request::header`] is what reads one as it is.
///
/// ```
/// use tramline::headers::UserAgent;
/// use tramline::{Header, route};
///
/// #[route("/agent")]
/// fn agent(agent: Header<UserAgent>) -> String {
///     let Header(agent) = agent;
///     format!("you are {agent}\n")
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header<T>(
    /// The value.
    pub T,
);

impl<'r, T: headers::Header> FromRequest<'r> for Header<T> {
    type State = ();
    type Rejection = HeaderError;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, HeaderError> {
        let name = T::name();
        let values: Vec<HeaderValue> = request
            .headers()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name.as_str()))
            .filter_map(|(_, value)| HeaderValue::from_bytes(value).ok())
            .collect();
        match T::decode(&mut values.iter()) {
            Ok(value) => Ok(Self(value)),
            Err(_) => Err(HeaderError {
                name,
                is_missing: values.is_empty(),
            }),
        }
    }
}

/// Why a request does not have the [`Header`] that was expected; answered with
/// 400.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    name: &'static HeaderName,
    is_missing: bool,
}

impl HeaderError {
    /// Whether it was not there; else it did not parse.
    pub fn is_missing(&self) -> bool {
        self.is_missing
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.is_missing {
            "missing"
        } else {
            "not valid"
        };
        write!(f, "the header `{}` is {what}", self.name)
    }
}

impl core::error::Error for HeaderError {}

impl Responder for HeaderError {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.problem(Status::BAD_REQUEST, self);
    }
}
