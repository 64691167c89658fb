//! The request target ([RFC 9112, section 3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2)).
//!
//! Owns the four forms a target may have and takes them apart. Refuses to
//! decode anything: path and query stay as sent.

use crate::http::host;
use crate::http::method::Method;
use crate::http::refusal::Refusal;

/// A target, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target<'b> {
    /// Starts with `/`; or is `*`, for the server itself, with OPTIONS only.
    pub(crate) path: &'b str,
    /// What follows the first `?`.
    pub(crate) query: Option<&'b str>,
}

impl<'b> Target<'b> {
    /// Takes `text`, which has no white space or control bytes, apart.
    #[inline]
    pub(crate) fn parse(method: Method<'_>, text: &'b str) -> Result<Self, Refusal> {
        if text.starts_with('/') && !matches!(method, Method::Connect) {
            return Self::origin(text);
        }
        let (path, query) = Self::other(method, text)?;
        Ok(Self { path, query })
    }

    /// `/path?query`
    #[inline]
    fn origin(text: &'b str) -> Result<Self, Refusal> {
        let (mut path, mut query) = (text, None);
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'#' {
                return Err(Refusal::Fragment);
            }
            if byte == b'?' && query.is_none() {
                (path, query) = (&text[..at], Some(&text[at + 1..]));
            }
        }
        Ok(Self { path, query })
    }

    /// Path and query of the other forms.
    #[cold]
    fn other(method: Method<'_>, text: &'b str) -> Result<(&'b str, Option<&'b str>), Refusal> {
        match (method, text) {
            (Method::Connect, _) => Err(Refusal::Connect),
            (Method::Options, "*") => Ok((text, None)),
            _ => {
                let Self { path, query } = Self::absolute(method, text)?;
                Ok((path, query))
            }
        }
    }

    /// `http://host:port/path?query`
    fn absolute(method: Method<'_>, text: &'b str) -> Result<Self, Refusal> {
        let (scheme, rest) = text.split_once("://").ok_or(Refusal::Target)?;
        if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
            return Err(Refusal::Target);
        }
        let (authority, origin) = split_authority(rest);
        // A port is not enough ([RFC 9110, section
        // 4.2.1](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1)).
        if authority.is_empty()
            || authority.starts_with(':')
            || !host::is_valid(authority.as_bytes())
        {
            return Err(Refusal::TargetHost);
        }
        let target = Self::origin(origin)?;
        let path = match (method, target) {
            // The server itself ([RFC 9112, section
            // 3.2.4](https://www.rfc-editor.org/rfc/rfc9112#section-3.2.4)).
            (
                Method::Options,
                Self {
                    path: "",
                    query: None,
                },
            ) => "*",
            // An empty path is sent as `/` in the other form.
            (_, Self { path: "", .. }) => "/",
            _ => target.path,
        };
        Ok(Self { path, ..target })
    }
}

/// The authority of a valid target, which the absolute form alone has.
pub(crate) fn authority(target: &str) -> Option<&str> {
    if target.starts_with('/') {
        return None;
    }
    let (_, rest) = target.split_once("://")?;
    Some(split_authority(rest).0)
}

/// Takes what follows the `://` apart, before the path, query or fragment.
fn split_authority(rest: &str) -> (&str, &str) {
    rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::{Target, authority};
    use crate::http::method::Method;

    #[test]
    fn targets() {
        for (text, path, query) in [
            ("/", "/", None),
            ("/a/b?c=d", "/a/b", Some("c=d")),
            ("/a?", "/a", Some("")),
            ("/a?b?c", "/a", Some("b?c")),
            ("//a//", "//a//", None),
            ("http://host/a?b", "/a", Some("b")),
            ("HTTP://host:80", "/", None),
            ("https://[::1]:443/", "/", None),
            ("http://host?q", "/", Some("q")),
        ] {
            let target = Target::parse(Method::Get, text);
            assert_eq!(target, Ok(Target { path, query }), "{text}");
        }
        for (text, path) in [
            ("*", "*"),
            ("http://host", "*"),
            ("http://host/", "/"),
            ("http://host?", "/"),
        ] {
            assert_eq!(
                Target::parse(Method::Options, text).map(|target| target.path),
                Ok(path),
                "{text}"
            );
        }
    }

    #[test]
    fn only_an_absolute_target_has_an_authority() {
        for (target, expected) in [
            ("http://host", Some("host")),
            ("HTTP://host:80/a", Some("host:80")),
            ("https://[::1]:443?q", Some("[::1]:443")),
            ("http://a/http://b/", Some("a")),
            ("/http://a/", None),
            ("//a/b", None),
            ("/", None),
            ("*", None),
        ] {
            assert_eq!(authority(target), expected, "{target}");
        }
    }

    #[test]
    fn refused_targets() {
        for (method, text, status) in [
            (Method::Get, "*", 400),
            (Method::Get, "a", 400),
            (Method::Get, "ftp://host/", 400),
            (Method::Get, "http:///a", 400),
            (Method::Get, "http://:80/", 400),
            (Method::Get, "http://a b/", 400),
            (Method::Get, "http://user@host/", 400),
            (Method::Get, "/a#b", 400),
            (Method::Get, "/a?b#c", 400),
            (Method::Get, "http://host/#c", 400),
            (Method::Get, "host:80", 400),
            (Method::Connect, "host:80", 501),
            (Method::Connect, "/", 501),
        ] {
            assert_eq!(
                Target::parse(method, text).map_err(|refusal| refusal.status().code()),
                Err(status),
                "{text}"
            );
        }
    }
}
