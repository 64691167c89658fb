//! Path parameters: text of a segment in, typed argument out.
//!
//! Owns [`FromParam`], its error and the decoding of a segment; `segment` says
//! what each standard type makes of one. Refuses to answer the request itself:
//! a parameter that does not parse is a path that names nothing, and the
//! generated code answers 404.

use core::fmt;
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
/// | integers, `NonZero` integers | digits, with a `-` where the type has one |
/// | floats | what [`FromStr`] takes, if it is finite |
/// | `bool` | `true` and `false` |
/// | `&str` | the segment as sent, percent-encoding untouched |
/// | `String`, `Cow<str>` | the segment percent-decoded |
/// | `char`, IP addresses | what [`FromStr`] takes of the segment percent-decoded |
/// | `Result<T, T::Error>` | anything |
///
/// No number has a leading `+`, and `NaN` and `inf` are none: what comes from a
/// path can be compared. Leading zeros are taken, since dates have them.
///
/// There is no `Option`: a parameter is never absent from a path that matched.
/// What does not parse is an `Err` for `Result`, which says why.
///
/// # What a segment is
///
/// A path is matched as it was sent, byte for byte; nothing is normalised, so
/// no two parts of a system can disagree on what a path means.
///
/// - `%2F` does not end a segment: it is part of one, and a `/` when decoded.
/// - `.` and `..` are segments like any other. (Clients resolve them before
///   they send a path; an attacker need not.) What a `{*path}` takes must not
///   be joined to the name of a directory without a look at its segments, which
///   may be `..`, when decoded too.
/// - `//` has an empty segment in it, which no `{name}` takes. A `{*name}`
///   takes it as part of the rest, but not a rest that is empty.
/// - Decoding refuses a `%` without two hexadecimal digits, and bytes that are
///   not UTF-8: such a path names nothing. `&str` refuses neither.
///
/// # Types of your own
///
/// [`#[derive(FromParam)]`](macro@crate::FromParam) makes a parameter of a
/// newtype, of an `enum` without fields, and of any type that is [`FromStr`]. By
/// hand it is one function:
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
///         match u32::from_param(segment) {
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
    note = "use an integer, a float, `bool`, `char`, `&str`, `String` or `Cow<str>`, or put `#[derive(tramline::FromParam)]` on a type of your own",
    note = "a parameter is never absent: where another type would have `Option<T>`, take `Result<T, <T as FromParam>::Error>`"
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

/// Why a path parameter is not what the handler takes: the [`FromParam::Error`]
/// of the standard types.
///
/// ```
/// use std::num::ParseIntError;
///
/// use tramline::{ParamError, route};
///
/// #[route("/users/{id}")]
/// fn show(id: Result<u64, ParamError<ParseIntError>>) -> String {
///     match id {
///         Ok(id) => format!("user {id}\n"),
///         Err(error) => format!("that is no user: {error}\n"),
///     }
/// }
///
/// # use tramline::FromParam;
/// assert_eq!(show(FromParam::from_param("+1").unwrap()), "that is no user: not how this value is spelled in a path\n");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParamError<E> {
    /// A `%` without two hexadecimal digits, or bytes that are not UTF-8.
    Encoding,
    /// A value that has another spelling (`+5`), or that a path cannot name
    /// (`NaN`).
    Spelling,
    /// What the type itself says.
    Value(E),
}

impl<E: fmt::Display> fmt::Display for ParamError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding => f.write_str("not UTF-8 in percent-encoding"),
            Self::Spelling => f.write_str("not how this value is spelled in a path"),
            Self::Value(error) => error.fmt(f),
        }
    }
}

// `Value` is shown as what it holds, so its source is not repeated.
impl<E: fmt::Debug + fmt::Display> core::error::Error for ParamError<E> {}

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

/// The segment percent-decoded; borrowed if it has no `%`. Called by derived
/// code.
///
/// # Errors
///
/// If it is not percent-encoded UTF-8.
#[doc(hidden)]
pub fn decode<E>(segment: &str) -> Result<Cow<'_, str>, ParamError<E>> {
    // The crate would let a stray `%` pass as itself.
    let mut pieces = segment.split('%').skip(1);
    let is_well_formed = pieces.all(|piece| {
        let digits = piece.as_bytes().first_chunk::<2>();
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if !is_well_formed {
        return Err(ParamError::Encoding);
    }
    percent_decode_str(segment)
        .decode_utf8()
        .map_err(|_| ParamError::Encoding)
}

/// What `T` makes of the segment percent-decoded. Called by derived code.
///
/// # Errors
///
/// If it cannot be decoded, or `T` does not take it.
#[doc(hidden)]
pub fn parse_decoded<T: FromStr>(segment: &str) -> Result<T, ParamError<T::Err>> {
    decode(segment)?.parse().map_err(ParamError::Value)
}

#[cfg(test)]
mod tests {
    use core::convert::Infallible;
    use std::borrow::Cow;
    use std::net::IpAddr;

    use super::{ParamError, decode, parse_decoded};

    #[test]
    fn decoding_is_strict() {
        for (segment, expected) in [
            ("plain", Some("plain")),
            ("a%20b", Some("a b")),
            ("%2F%2f..", Some("//..")),
            ("%C3%BC%00", Some("ü\0")),
            ("%25zz", Some("%zz")),
            ("+", Some("+")),
            ("ü", Some("ü")),
            ("%zz", None),
            ("%", None),
            ("a%2", None),
            ("%+1", None),
            ("%ü", None),
            ("%FF", None),
            ("%C3", None),
        ] {
            let decoded = decode::<Infallible>(segment);
            assert_eq!(decoded.as_deref().ok(), expected, "{segment}");
        }
        assert!(matches!(
            decode::<Infallible>("plain"),
            Ok(Cow::Borrowed(_))
        ));
    }

    #[test]
    fn errors_say_why() {
        for (segment, expected) in [
            ("%zz", "not UTF-8 in percent-encoding"),
            ("localhost", "invalid IP address syntax"),
        ] {
            let error = parse_decoded::<IpAddr>(segment).expect_err(segment);
            assert_eq!(error.to_string(), expected);
        }
        assert_eq!(
            ParamError::<Infallible>::Spelling.to_string(),
            "not how this value is spelled in a path"
        );
        assert!(parse_decoded::<IpAddr>("%3A%3A1").is_ok_and(|address| address.is_loopback()));
    }
}
