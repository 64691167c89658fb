//! Path parameters: text of a segment in, typed argument out.
//!
//! Owns [`FromParam`] and what the standard types make of a segment. Refuses
//! to answer the request itself: a parameter that does not parse is a path
//! that names nothing, and the generated code answers 404.

use core::convert::Infallible;
use core::str::FromStr;
use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::status::Status;

/// An argument made from a `{name}` of the pattern.
///
/// A handler's argument that has the name of a parameter must have a type that
/// implements this. If the segment does not parse, the answer is 404: the path
/// names nothing. `Result<T, T::Error>` hands the error to the handler
/// instead.
///
/// | type | takes |
/// |---|---|
/// | integers, floats, `bool`, `char` | what [`FromStr`] takes, but no leading `+` |
/// | `&str` | the segment as sent, percent-encoding untouched |
/// | `String`, `Cow<str>` | the segment percent-decoded; it must be UTF-8 |
/// | `Result<T, T::Error>` | anything |
///
/// ```
/// use tramline::FromParam;
///
/// struct Even(u32);
///
/// impl FromParam<'_> for Even {
///     type Error = &'static str;
///
///     fn from_param(segment: &str) -> Result<Self, Self::Error> {
///         match segment.parse() {
///             Ok(number) if number % 2 == 0 => Ok(Self(number)),
///             _ => Err("not an even number"),
///         }
///     }
/// }
///
/// assert_eq!(Even::from_param("42").unwrap().0, 42);
/// assert!(Even::from_param("7").is_err());
/// ```
#[diagnostic::on_unimplemented(
    message = "a path parameter cannot become a `{Self}`",
    label = "this argument has the name of a path parameter, but `{Self}` does not implement `FromParam`",
    note = "use an integer, a float, `bool`, `char`, `&str`, `String` or `Cow<str>`, or implement `tramline::FromParam` for `{Self}`"
)]
pub trait FromParam<'r>: Sized {
    /// Why a segment does not parse.
    type Error;

    /// Parses the segment, which is never empty and is as the peer sent it.
    ///
    /// # Errors
    ///
    /// If the segment is not a `Self`.
    fn from_param(segment: &'r str) -> Result<Self, Self::Error>;
}

/// The argument for the parameter that is `back`-th from the end, or `None` if
/// it does not parse. Called by generated code.
#[doc(hidden)]
#[inline]
pub fn param<'r, T: FromParam<'r>>(request: &Request<'r>, back: usize) -> Option<T> {
    T::from_param(request.capture(back)).ok()
}

/// The answer to a path whose parameters do not parse. Called by generated
/// code.
#[doc(hidden)]
#[cold]
pub fn not_found(response: &mut Response<'_>) {
    Status::NOT_FOUND.respond(response);
}

impl<'r> FromParam<'r> for &'r str {
    type Error = Infallible;

    fn from_param(segment: &'r str) -> Result<Self, Infallible> {
        Ok(segment)
    }
}

impl FromParam<'_> for String {
    type Error = core::str::Utf8Error;

    fn from_param(segment: &str) -> Result<Self, Self::Error> {
        Cow::from_param(segment).map(Cow::into_owned)
    }
}

impl<'r> FromParam<'r> for Cow<'r, str> {
    type Error = core::str::Utf8Error;

    fn from_param(segment: &'r str) -> Result<Self, Self::Error> {
        percent_decode_str(segment).decode_utf8()
    }
}

impl<'r, T: FromParam<'r>> FromParam<'r> for Result<T, T::Error> {
    type Error = Infallible;

    fn from_param(segment: &'r str) -> Result<Self, Infallible> {
        Ok(T::from_param(segment))
    }
}

/// `FromStr` accepts `+5`, which would give one resource two paths.
fn parse_without_plus<T: FromStr>(segment: &str) -> Result<T, Option<T::Err>> {
    if segment.starts_with('+') {
        Err(None)
    } else {
        segment.parse().map_err(Some)
    }
}

macro_rules! from_str_params {
    ($($type:ty),*) => {$(
        impl FromParam<'_> for $type {
            /// `None` for a leading `+`.
            type Error = Option<<$type as FromStr>::Err>;

            fn from_param(segment: &str) -> Result<Self, Self::Error> {
                parse_without_plus(segment)
            }
        }
    )*};
}

from_str_params!(
    u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64, bool, char
);

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::FromParam;

    #[test]
    fn numbers_have_one_spelling_of_their_sign() {
        assert_eq!(u64::from_param("18446744073709551615").ok(), Some(u64::MAX));
        assert_eq!(i8::from_param("-128").ok(), Some(i8::MIN));
        for refused in ["", "+5", "-1", " 1", "1 ", "0x1", "256", "１"] {
            assert!(u8::from_param(refused).is_err(), "{refused:?}");
        }
        assert!(f64::from_param("+1.5").is_err());
        assert_eq!(f64::from_param("1.5").ok(), Some(1.5));
    }

    #[test]
    fn text_is_raw_when_borrowed_and_decoded_when_owned() {
        assert_eq!(<&str>::from_param("a%20b"), Ok("a%20b"));
        assert_eq!(String::from_param("a%20b").as_deref(), Ok("a b"));
        assert!(matches!(
            Cow::from_param("plain"),
            Ok(Cow::Borrowed("plain"))
        ));
        assert!(String::from_param("%ff").is_err());
    }

    #[test]
    fn a_result_hands_the_error_on() {
        let parsed = <Result<u8, _>>::from_param("x");
        assert!(matches!(parsed, Ok(Err(_))));
    }
}
