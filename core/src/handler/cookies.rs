//! The cookies of a request.
//!
//! Owns [`Cookies`]. Refuses to parse by itself, and to write: the crate
//! `cookie` knows how a cookie is spelt, and a response has headers.

use core::convert::Infallible;
use core::fmt;

use cookie::Cookie;

use crate::handler::extract::FromRequest;
use crate::handler::request::Request;

/// The cookies that came with the request.
///
/// They are found as they are asked for, and borrow from the request. What is not
/// validly coded is passed over
/// ([RFC 6265, section 4.2](https://www.rfc-editor.org/rfc/rfc6265#section-4.2)).
///
/// A cookie is set by the header `Set-Cookie` of the answer:
///
/// ```
/// use tramline::cookie::{Cookie, SameSite};
/// use tramline::{Cookies, Responder, route};
///
/// #[route("/visit")]
/// fn visit(cookies: Cookies<'_>) -> impl Responder {
///     let visits = cookies.get("visits").and_then(|cookie| cookie.value().parse().ok()).unwrap_or(0_u32);
///     let cookie = Cookie::build(("visits", (visits + 1).to_string()))
///         .http_only(true)
///         .same_site(SameSite::Lax);
///     ([("Set-Cookie", cookie.to_string())], format!("you were here {visits} times before\n"))
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Cookies<'r>(Request<'r>);

impl<'r> Cookies<'r> {
    /// The first cookie of this name.
    pub fn get(&self, name: &str) -> Option<Cookie<'r>> {
        self.iter().find(|cookie| cookie.name() == name)
    }

    /// All cookies, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = Cookie<'r>> + use<'r> {
        self.0
            .headers()
            .filter(|(name, _)| name.eq_ignore_ascii_case("cookie"))
            .filter_map(|(_, value)| core::str::from_utf8(value).ok())
            .flat_map(Cookie::split_parse)
            .filter_map(Result::ok)
    }
}

impl<'r> FromRequest<'r> for Cookies<'r> {
    type State = ();
    type Rejection = Infallible;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, Infallible> {
        Ok(Self(request))
    }
}

/// Names only: values are often secrets.
impl fmt::Debug for Cookies<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cookies: Vec<_> = self.iter().collect();
        f.debug_set()
            .entries(cookies.iter().map(Cookie::name))
            .finish()
    }
}
