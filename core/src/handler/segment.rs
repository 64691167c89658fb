//! What the standard types make of a segment, and a segment of them.
//!
//! Owns their [`FromParam`]s and [`ToParam`]s. Refuses spellings that would
//! give one value a path with a sign it does not need, or no equal.

use core::convert::Infallible;
use core::fmt;
use core::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8,
    NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize,
};
use core::str::FromStr;
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::handler::param::{FromParam, ParamError, decode, parse_decoded};
use crate::handler::url::ToParam;

impl<'r> FromParam<'r> for &'r str {
    type Error = Infallible;

    #[inline]
    fn from_param(segment: &'r str) -> Result<Self, Infallible> {
        Ok(segment)
    }
}

impl FromParam<'_> for String {
    type Error = ParamError<Infallible>;

    fn from_param(segment: &str) -> Result<Self, Self::Error> {
        decode(segment).map(Cow::into_owned)
    }
}

/// Allocates only if there is something to decode.
impl<'r> FromParam<'r> for Cow<'r, str> {
    type Error = ParamError<Infallible>;

    fn from_param(segment: &'r str) -> Result<Self, Self::Error> {
        decode(segment)
    }
}

impl<'r, T: FromParam<'r>> FromParam<'r> for Result<T, T::Error> {
    type Error = Infallible;

    #[inline]
    fn from_param(segment: &'r str) -> Result<Self, Infallible> {
        Ok(T::from_param(segment))
    }
}

/// Written as it displays.
macro_rules! as_shown {
    ($($type:ty),* $(,)?) => {$(
        impl ToParam for $type {
            type Value = Self;

            fn to_param(value: &Self, out: &mut dyn fmt::Write) -> fmt::Result {
                write!(out, "{value}")
            }
        }
    )*};
}

/// What needs no encoding is taken as sent: `%34` is not 4. It is written as it
/// displays.
macro_rules! as_sent {
    ($($type:ty),* $(,)?) => {$(
        impl FromParam<'_> for $type {
            type Error = ParamError<<$type as FromStr>::Err>;

            #[inline]
            fn from_param(segment: &str) -> Result<Self, Self::Error> {
                // `FromStr` takes `+5`.
                if segment.starts_with('+') {
                    return Err(ParamError::Spelling);
                }
                segment.parse().map_err(ParamError::Value)
            }
        }

        as_shown!($type);
    )*};
}

as_sent!(
    bool,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    NonZeroU8,
    NonZeroU16,
    NonZeroU32,
    NonZeroU64,
    NonZeroU128,
    NonZeroUsize,
    NonZeroI8,
    NonZeroI16,
    NonZeroI32,
    NonZeroI64,
    NonZeroI128,
    NonZeroIsize,
);

macro_rules! finite {
    ($($type:ty),*) => {$(
        impl FromParam<'_> for $type {
            type Error = ParamError<<$type as FromStr>::Err>;

            fn from_param(segment: &str) -> Result<Self, Self::Error> {
                if segment.starts_with('+') {
                    return Err(ParamError::Spelling);
                }
                let number: $type = segment.parse().map_err(ParamError::Value)?;
                if number.is_finite() {
                    Ok(number)
                } else {
                    Err(ParamError::Spelling)
                }
            }
        }
    )*};
}

finite!(f32, f64);

macro_rules! decoded {
    ($($type:ty),*) => {$(
        impl FromParam<'_> for $type {
            type Error = ParamError<<$type as FromStr>::Err>;

            fn from_param(segment: &str) -> Result<Self, Self::Error> {
                parse_decoded(segment)
            }
        }
    )*};
}

decoded!(char, IpAddr, Ipv4Addr, Ipv6Addr);

macro_rules! as_text {
    ($($type:ty),*) => {$(
        impl ToParam for $type {
            type Value = str;

            fn to_param(value: &str, out: &mut dyn fmt::Write) -> fmt::Result {
                out.write_str(value)
            }
        }
    )*};
}

as_text!(&str, String, Cow<'_, str>);

impl<T: ToParam, E> ToParam for Result<T, E> {
    type Value = T::Value;

    fn to_param(value: &Self::Value, out: &mut dyn fmt::Write) -> fmt::Result {
        T::to_param(value, out)
    }
}

as_shown!(char, f32, f64, IpAddr, Ipv4Addr, Ipv6Addr);

#[cfg(test)]
mod tests {
    use core::fmt::Display;
    use core::num::{NonZeroI8, NonZeroU8};
    use std::borrow::Cow;
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

    use super::{FromParam, ParamError};

    /// What `T` is then shown as, or which error it is.
    fn shown<'r, T, E>(segment: &'r str) -> Result<String, &'static str>
    where
        T: FromParam<'r, Error = ParamError<E>> + Display,
    {
        match T::from_param(segment) {
            Ok(value) => Ok(value.to_string()),
            Err(ParamError::Encoding) => Err("encoding"),
            Err(ParamError::Spelling) => Err("spelling"),
            Err(ParamError::Value(_)) => Err("value"),
        }
    }

    #[test]
    fn each_type_takes_its_segments() {
        type Shown = fn(&'static str) -> Result<String, &'static str>;
        let table: &[(Shown, &str, Result<&str, &str>)] = &[
            (
                shown::<u64, _>,
                "18446744073709551615",
                Ok("18446744073709551615"),
            ),
            (shown::<i8, _>, "-128", Ok("-128")),
            (shown::<u8, _>, "007", Ok("7")),
            (shown::<u8, _>, "", Err("value")),
            (shown::<u8, _>, "+5", Err("spelling")),
            (shown::<u8, _>, "-1", Err("value")),
            (shown::<u8, _>, " 1", Err("value")),
            (shown::<u8, _>, "1%20", Err("value")),
            (shown::<u8, _>, "%34", Err("value")),
            (shown::<u8, _>, "0x1", Err("value")),
            (shown::<u8, _>, "256", Err("value")),
            (shown::<u8, _>, "１", Err("value")),
            (shown::<NonZeroU8, _>, "255", Ok("255")),
            (shown::<NonZeroU8, _>, "0", Err("value")),
            (shown::<NonZeroI8, _>, "-1", Ok("-1")),
            (shown::<NonZeroI8, _>, "+1", Err("spelling")),
            (shown::<f64, _>, "-1.5", Ok("-1.5")),
            (shown::<f64, _>, "1e3", Ok("1000")),
            (shown::<f64, _>, "+1.5", Err("spelling")),
            (shown::<f64, _>, "NaN", Err("spelling")),
            (shown::<f64, _>, "-inf", Err("spelling")),
            (shown::<f64, _>, "1e999", Err("spelling")),
            (shown::<f32, _>, "infinity", Err("spelling")),
            (shown::<f32, _>, "x", Err("value")),
            (shown::<bool, _>, "true", Ok("true")),
            (shown::<bool, _>, "True", Err("value")),
            (shown::<bool, _>, "1", Err("value")),
            (shown::<char, _>, "x", Ok("x")),
            (shown::<char, _>, "%C3%BC", Ok("ü")),
            (shown::<char, _>, "+", Ok("+")),
            (shown::<char, _>, "%2F", Ok("/")),
            (shown::<char, _>, "xy", Err("value")),
            (shown::<char, _>, "%", Err("encoding")),
            (shown::<String, _>, "a%20b+c", Ok("a b+c")),
            (shown::<String, _>, "%FF", Err("encoding")),
            (shown::<String, _>, "%zz", Err("encoding")),
            (shown::<Cow<'_, str>, _>, "%2e%2E", Ok("..")),
            (shown::<IpAddr, _>, "127.0.0.1", Ok("127.0.0.1")),
            (shown::<IpAddr, _>, "%3A%3A1", Ok("::1")),
            (shown::<Ipv4Addr, _>, "::1", Err("value")),
            (shown::<Ipv6Addr, _>, "::1", Ok("::1")),
        ];
        for (shown, segment, expected) in table {
            assert_eq!(
                shown(segment).as_deref(),
                expected.as_ref().map(|text| *text),
                "{segment:?}"
            );
        }
    }

    #[test]
    fn borrowed_text_is_as_sent() {
        for segment in ["a%20b", "%zz", "%FF", ".."] {
            assert_eq!(<&str>::from_param(segment), Ok(segment));
        }
        assert!(matches!(
            Cow::from_param("plain"),
            Ok(Cow::Borrowed("plain"))
        ));
    }

    #[test]
    fn a_result_hands_the_error_on() {
        let parsed = <Result<u8, _>>::from_param("x");
        assert!(matches!(parsed, Ok(Err(ParamError::Value(_)))));
    }
}
