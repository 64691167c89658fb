//! Paths written from routes: what `url!` makes.
//!
//! Owns [`ToParam`], the [`Url`] that writes a route's path, and the encoding
//! of values. Refuses to look for the route: `routing::link` did when the
//! program was compiled; and for the types of values, which `argument` knows.

use core::fmt::{self, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::routing::link::{Link, Piece};

/// An argument that can be written into a path: [`FromParam`] the other way
/// round.
///
/// [`url!`](crate::url) asks for it when an argument of the handler has this
/// type. [`#[derive(ToParam)]`](macro@crate::ToParam) implements it wherever
/// `#[derive(FromParam)]` can implement the other; by hand it is one function:
///
/// ```
/// use std::fmt;
///
/// use tramline::{FromParam, ToParam, route, routes, url};
///
/// struct Even(u32);
///
/// impl ToParam for Even {
///     type Value = Self;
///
///     fn to_param(value: &Self, out: &mut dyn fmt::Write) -> fmt::Result {
///         write!(out, "{}", value.0)
///     }
/// }
///
/// # impl FromParam<'_> for Even {
/// #     type Error = ();
/// #     fn from_param(segment: &str) -> Result<Self, ()> { segment.parse().map(Self).map_err(drop) }
/// # }
/// #[route("/even/{number}")]
/// fn show(number: Even) -> String {
///     format!("{} is even\n", number.0)
/// }
///
/// routes! { App: show }
///
/// assert_eq!(url!(App, show, number = Even(4)).to_string(), "/even/4");
/// ```
///
/// [`FromParam`]: crate::FromParam
#[diagnostic::on_unimplemented(
    message = "`url!` cannot write a `{Self}`",
    label = "the handler's argument is a `{Self}`, which does not implement `ToParam`",
    note = "put `#[derive(tramline::ToParam)]` on `{Self}`, or implement it"
)]
pub trait ToParam {
    /// What a value in `url!` is, or is a reference to: `Self`, or what a
    /// `Self` borrows as (`str` for `String`).
    type Value: ?Sized;

    /// Writes the value as it is when decoded: `url!` encodes what is written.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    fn to_param(value: &Self::Value, out: &mut dyn fmt::Write) -> fmt::Result;
}

/// A path: `write` is given the number of an argument, in the order they were
/// given to `url!`, and writes its value. Made by generated code.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Url<W> {
    link: Link,
    write: W,
}

impl<W: Fn(usize, &mut dyn fmt::Write) -> fmt::Result> Url<W> {
    /// A path as `link` says, with the values that `write` writes.
    pub const fn new(link: Link, write: W) -> Self {
        Self { link, write }
    }
}

/// Allocates nothing.
impl<W: Fn(usize, &mut dyn fmt::Write) -> fmt::Result> fmt::Display for Url<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut path = Path {
            out: f,
            written: Written::Nothing,
        };
        for piece in self.link.pieces() {
            match piece {
                Piece::Text(text) => path.write_str(text)?,
                Piece::Argument { number, is_rest } => {
                    let encoding = if is_rest { &REST } else { &SEGMENT };
                    let out = &mut path;
                    (self.write)(number, &mut Encoder { out, encoding })?;
                }
            }
        }
        Ok(())
    }
}

impl<W: Fn(usize, &mut dyn fmt::Write) -> fmt::Result> fmt::Debug for Url<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Url({self})")
    }
}

/// All but what [RFC 3986, section 2.3](https://www.rfc-editor.org/rfc/rfc3986#section-2.3)
/// calls unreserved, so that a value cannot be taken for anything but itself.
const SEGMENT: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A catch-all has segments.
const REST: AsciiSet = SEGMENT.remove(b'/');

/// Passes a path on, but writes a second slash at its start as `%2F`: what stands
/// behind `//` is the name of a host
/// ([RFC 3986, section 4.2](https://www.rfc-editor.org/rfc/rfc3986#section-4.2)), and
/// a value could choose it.
struct Path<'a, 'f> {
    out: &'a mut fmt::Formatter<'f>,
    written: Written,
}

/// How much of a path is written.
#[derive(PartialEq)]
enum Written {
    Nothing,
    Slash,
    More,
}

impl fmt::Write for Path<'_, '_> {
    fn write_str(&mut self, mut text: &str) -> fmt::Result {
        if text.is_empty() {
            return Ok(());
        }
        if self.written == Written::Slash
            && let Some(behind) = text.strip_prefix('/')
        {
            self.out.write_str("%2F")?;
            text = behind;
        }
        self.written = if self.written == Written::Nothing && text == "/" {
            Written::Slash
        } else {
            Written::More
        };
        self.out.write_str(text)
    }
}

/// Passes text on percent-encoded.
struct Encoder<'a, 'p, 'f> {
    out: &'a mut Path<'p, 'f>,
    encoding: &'static AsciiSet,
}

impl fmt::Write for Encoder<'_, '_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        utf8_percent_encode(text, self.encoding).try_for_each(|piece| self.out.write_str(piece))
    }
}

#[cfg(test)]
mod tests {
    use core::fmt::{self, Write};
    use std::borrow::Cow;
    use std::net::{IpAddr, Ipv6Addr};
    use std::sync::Arc;

    use crate::handler::param::FromParam;
    use crate::http::method::Method;
    use crate::routing::captures::Captures;
    use crate::routing::set::RouteSet;
    use crate::{ParamError, route, routes, url};

    #[route("/text/{value}")]
    fn text(value: String) -> String {
        value
    }

    #[route("/cow/{value}/of/{r}")]
    fn cow(r: &str, value: Cow<'_, str>) -> String {
        value.into_owned() + r
    }

    #[route("/rest/{*value}")]
    fn rest(value: String) -> String {
        value
    }

    #[route("/letter/{value}")]
    fn letter(value: char) -> String {
        value.into()
    }

    #[route("/number/{value}")]
    fn number(value: i128) -> i128 {
        value
    }

    #[route("/float/{value}")]
    fn float(value: f64) -> String {
        value.to_string()
    }

    #[route("/tried/{value}")]
    fn tried(value: Result<IpAddr, ParamError<std::net::AddrParseError>>) -> Option<String> {
        value.ok().map(|value| value.to_string())
    }

    #[route("/")]
    const INDEX: &str = "index";

    mod inner {
        use crate::{route, routes};

        #[route("/{type}")]
        pub(crate) fn typed(r#type: bool) -> &'static str {
            if r#type { "yes" } else { "no" }
        }

        #[route("/")]
        pub(crate) const ROOT: &str = "root";

        routes! { pub(crate) Set: typed, ROOT }
    }

    routes! {
        App: text, cow, rest, letter, number, float, tried, INDEX,
        "/v1/{org}" => inner::Set,
        "/v2" => inner::Set,
    }

    #[test]
    fn urls_are_patterns_with_encoded_values() {
        let (owned, shared) = (String::from("x y"), Arc::<str>::from("é"));
        let table: &[(&dyn fmt::Display, &str)] = &[
            (&url!(App, INDEX), "/"),
            (
                &url!(App, text, value = "a/b?c#d%e+f"),
                "/text/a%2Fb%3Fc%23d%25e%2Bf",
            ),
            (&url!(App, text, value = "-._~09azAZ"), "/text/-._~09azAZ"),
            (&url!(App, text, value = &owned), "/text/x%20y"),
            (&url!(App, text, value = owned.clone()), "/text/x%20y"),
            (&url!(App, text, value = shared), "/text/%C3%A9"),
            (
                &url!(App, cow, value = 'v'.to_string(), r = Cow::Borrowed("r")),
                "/cow/v/of/r",
            ),
            (&url!(App, rest, value = "a b/../c"), "/rest/a%20b/../c"),
            (&url!(App, letter, value = '/'), "/letter/%2F"),
            (&url!(App, number, value = -7), "/number/-7"),
            (&url!(App, float, value = 0.5), "/float/0.5"),
            (
                &url!(App, tried, value = IpAddr::V6(Ipv6Addr::LOCALHOST)),
                "/tried/%3A%3A1",
            ),
            (
                &url!(App, "/v1/{org}" => inner::typed, r#type = true, org = 7),
                "/v1/7/true",
            ),
            (&url!(App, "/v2" => inner::typed, type = false), "/v2/false"),
            (
                &url!(App, "/v1/{org}" => inner::ROOT, org = "ü"),
                "/v1/%C3%BC",
            ),
            (&url!(App, "/v2" => inner::ROOT), "/v2"),
            (&url!(inner::Set, inner::ROOT), "/"),
        ];
        for (url, expected) in table {
            assert_eq!(url.to_string(), *expected);
        }
        assert_eq!(format!("{:?}", url!(App, INDEX)), "Url(/)");
    }

    mod at_the_root {
        use crate::{route, routes};

        #[route("/{*path}")]
        pub(super) fn page(path: String) -> String {
            path
        }

        #[route("/{owner}/{name}")]
        pub(super) fn project(owner: String, name: String) -> String {
            owner + &name
        }

        routes! { pub(super) Set: page, project }
        routes! { pub(super) Mounted: "/{org}" => Set }
    }

    #[test]
    fn no_value_makes_the_name_of_a_host() {
        use at_the_root::{Mounted, Set, page, project};

        for (url, expected) in [
            (
                url!(Set, page, path = "/evil.com/x").to_string(),
                "/%2Fevil.com/x",
            ),
            (url!(Set, page, path = "//").to_string(), "/%2F/"),
            (url!(Set, page, path = "/").to_string(), "/%2F"),
            (
                url!(Set, page, path = "\\evil.com").to_string(),
                "/%5Cevil.com",
            ),
            (url!(Set, page, path = "a//b").to_string(), "/a//b"),
            (
                url!(Set, project, owner = "", name = "evil.com").to_string(),
                "/%2Fevil.com",
            ),
            (
                url!(Mounted, page, org = "", path = "evil.com").to_string(),
                "/%2Fevil.com",
            ),
            (
                url!(Mounted, page, org = "o", path = "/a").to_string(),
                "/o//a",
            ),
        ] {
            assert_eq!(url, expected);
        }
        let path = url!(Set, page, path = "/evil.com").to_string();
        let mut captures = Captures::new();
        assert_eq!(Set::find(Method::Get, &path, &mut captures), Some(0));
        let taken = String::from_param(captures.from_end(&path, 1));
        assert_eq!(taken.as_deref(), Ok("/evil.com"));
    }

    /// A place of constant size: what is written there was not allocated.
    struct Buffer {
        bytes: [u8; 64],
        len: usize,
    }

    impl Write for Buffer {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            let place = self.bytes[self.len..]
                .get_mut(..text.len())
                .ok_or(fmt::Error)?;
            place.copy_from_slice(text.as_bytes());
            self.len += text.len();
            Ok(())
        }
    }

    #[test]
    fn a_url_is_written_in_place_and_its_errors_are_those_of_the_place() {
        let mut buffer = Buffer {
            bytes: [0; 64],
            len: 0,
        };
        write!(buffer, "{}", url!(App, cow, value = "a b", r = "c")).expect("there is room");
        assert_eq!(&buffer.bytes[..buffer.len], b"/cow/a%20b/of/c");
        let long = url!(App, text, value = "long".repeat(20));
        assert!(write!(buffer, "{long}").is_err());
    }

    /// What route `expected` of `App` captures of `path`, the last parameter.
    fn captured<'p>(path: &'p str, expected: &str) -> &'p str {
        let mut captures = Captures::new();
        let index = App::find(Method::Get, path, &mut captures).expect(path);
        assert_eq!(App::ROUTES[index].pattern(), expected, "{path}");
        captures.from_end(path, 1)
    }

    /// Pseudo-random strings, with what is special in paths more often than by
    /// chance; none is empty, since no parameter is.
    fn strings(count: usize) -> impl Iterator<Item = String> {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = move |bound: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 16) % bound
        };
        (0..count).map(move |_| {
            let length = 1 + next(12);
            (0..length)
                .map(|_| match next(4) {
                    0 => char::from(b"/%.+?#{} \0~&=:"[usize::try_from(next(14)).expect("small")]),
                    1 => char::from(u8::try_from(next(128)).expect("ASCII")),
                    _ => loop {
                        let code = u32::try_from(next(0x11_0000)).expect("21 bits");
                        if let Some(letter) = char::from_u32(code) {
                            break letter;
                        }
                    },
                })
                .collect()
        })
    }

    #[test]
    fn what_was_written_is_what_is_taken() {
        for value in strings(2000) {
            let path = url!(App, text, value = &value).to_string();
            assert!(path.bytes().all(|byte| byte.is_ascii_graphic()), "{path}");
            let segment = captured(&path, "/text/{value}");
            assert_eq!(String::from_param(segment).as_ref(), Ok(&value), "{path}");
            assert_eq!(Cow::from_param(segment).as_deref(), Ok(&*value), "{path}");

            let path = url!(App, rest, value = &value).to_string();
            let segment = captured(&path, "/rest/{*value}");
            assert_eq!(String::from_param(segment).as_ref(), Ok(&value), "{path}");
            assert_eq!(segment.matches('/').count(), value.matches('/').count());

            let letter = value.chars().next().expect("it is not empty");
            let path = url!(App, letter, value = letter).to_string();
            let segment = captured(&path, "/letter/{value}");
            assert_eq!(char::from_param(segment), Ok(letter), "{path}");

            let bytes = value
                .bytes()
                .fold(0_i128, |all, byte| all.wrapping_mul(257) - i128::from(byte));
            let path = url!(App, number, value = bytes).to_string();
            assert_eq!(
                i128::from_param(captured(&path, "/number/{value}")),
                Ok(bytes)
            );

            #[allow(clippy::cast_precision_loss, reason = "any number will do")]
            let float = 1.0 / (bytes as f64 + 0.5);
            let path = url!(App, float, value = float).to_string();
            assert_eq!(
                f64::from_param(captured(&path, "/float/{value}")),
                Ok(float)
            );
        }
    }
}
