//! Request methods ([RFC 9110, section 9](https://www.rfc-editor.org/rfc/rfc9110#section-9)).
//!
//! Owns the name a request states and the name a route answers to. Refuses to
//! know which methods a resource supports: that is the route table's.

use core::fmt;

/// The method of a request, or the one a route answers.
///
/// Method names are case-sensitive: `get` is an extension method, not
/// [`Method::Get`].
///
/// ```
/// use tramline::Method;
///
/// assert_eq!(Method::from_name("GET"), Method::Get);
/// assert_eq!(Method::from_name("PROPFIND"), Method::Extension("PROPFIND"));
/// assert_eq!(Method::Get.as_str(), "GET");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method<'a> {
    /// Transfer a representation of the resource.
    Get,
    /// As `GET`, without the content.
    Head,
    /// Process the content of the request.
    Post,
    /// Replace the resource with the content of the request.
    Put,
    /// Remove the resource.
    Delete,
    /// Open a tunnel.
    Connect,
    /// Ask which methods the resource supports.
    Options,
    /// Echo the request.
    Trace,
    /// Change a part of the resource
    /// ([RFC 5789](https://www.rfc-editor.org/rfc/rfc5789)).
    Patch,
    /// Any other method, by its name.
    Extension(&'a str),
    /// In a route: every method that no other route of the same path names.
    /// No request has it.
    Any,
}

impl<'a> Method<'a> {
    /// The method with this name.
    pub const fn from_name(name: &'a str) -> Self {
        match name.as_bytes() {
            b"GET" => Self::Get,
            b"HEAD" => Self::Head,
            b"POST" => Self::Post,
            b"PUT" => Self::Put,
            b"DELETE" => Self::Delete,
            b"CONNECT" => Self::Connect,
            b"OPTIONS" => Self::Options,
            b"TRACE" => Self::Trace,
            b"PATCH" => Self::Patch,
            _ => Self::Extension(name),
        }
    }

    /// The name, as it stands in a request; `ANY` for [`Method::Any`].
    pub const fn as_str(self) -> &'a str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Connect => "CONNECT",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
            Self::Patch => "PATCH",
            Self::Extension(name) => name,
            Self::Any => "ANY",
        }
    }

    /// `==`, for const contexts.
    pub(crate) const fn same(self, other: Method<'_>) -> bool {
        match (self, other) {
            (Self::Extension(a), Method::Extension(b)) => same_bytes(a.as_bytes(), b.as_bytes()),
            (Self::Extension(_), _) | (_, Method::Extension(_)) => false,
            _ => same_bytes(self.as_str().as_bytes(), other.as_str().as_bytes()),
        }
    }
}

/// `==` on byte strings, for const contexts.
///
/// By slice patterns, of which const evaluation makes a third of the work that
/// indexing is.
pub(crate) const fn same_bytes(mut a: &[u8], mut b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    while let ([first, after @ ..], [other, other_after @ ..]) = (a, b) {
        if *first != *other {
            return false;
        }
        (a, b) = (after, other_after);
    }
    true
}

impl fmt::Display for Method<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Method;

    #[test]
    fn names_round_trip() {
        for name in [
            "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "get",
            "PROPFIND",
        ] {
            assert_eq!(Method::from_name(name).as_str(), name);
        }
    }

    #[test]
    fn a_request_can_name_the_word_any_without_being_any() {
        let sent = Method::from_name("ANY");
        assert_eq!(sent, Method::Extension("ANY"));
        assert!(!sent.same(Method::Any));
        assert!(sent.same(Method::Extension("ANY")));
        assert!(Method::Get.same(Method::Get) && !Method::Get.same(Method::Put));
    }
}
