//! What is known of a request, for its handler and its response.
//!
//! Owns what errors and layers ask for: whether the peer prefers JSON, and which
//! route it was. Refuses to work any of it out before it is asked:
//! each request stores where to look, and most never look.

use core::iter;

use crate::handler::incoming::Incoming;
use crate::http::accept::prefers_json;
use crate::http::addresses::Addresses;
use crate::http::head::Head;
use crate::http::method::Method;
use crate::routing::captures::Captures;
use crate::routing::pattern::Segments;
use crate::routing::route::RouteInfo;
use crate::routing::table::Table;

/// A request and the route that it found.
pub(crate) struct Asked<'r> {
    pub(crate) head: &'r Head<'r>,
    pub(crate) captures: &'r Captures,
    /// The way to its body.
    pub(crate) incoming: &'r dyn Incoming,
    /// `None` without a socket.
    pub(crate) addresses: &'r Option<Addresses>,
    /// The table of the set that is served.
    pub(crate) table: &'static Table,
    /// The handler that was found.
    pub(crate) number: Option<usize>,
}

impl Asked<'_> {
    /// Whether the peer prefers JSON to text.
    pub(crate) fn prefers_json(&self) -> bool {
        let fields = self.head.fields.iter();
        prefers_json(
            fields
                .filter(|field| field.name.eq_ignore_ascii_case("accept"))
                .map(|field| field.value),
        )
    }

    /// What the parameter `name` matched, a prefix's too, as sent.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let mut names = Segments::of(self.route()?.pattern());
        let names = iter::from_fn(|| names.next_name());
        let back = names.skip_while(|other| *other != name.as_bytes()).count();
        let is_found = (1..=self.captures.len()).contains(&back);
        is_found.then(|| self.captures.from_end(self.head.path, back))
    }

    /// The route that was found: of several that its handler has, the one with
    /// the method and the pattern of the request.
    pub(crate) fn route(&self) -> Option<&'static RouteInfo> {
        let rank = |route: &&RouteInfo| {
            let is_method = match route.method() {
                Method::Get if self.head.method == Method::Head => true,
                method => method == self.head.method,
            };
            (!is_path(route.pattern(), self.head.path), !is_method)
        };
        self.table.routes_of(self.number?).iter().min_by_key(rank)
    }
}

/// Whether `pattern`, whose syntax is right, matches `path`.
fn is_path(pattern: &str, path: &str) -> bool {
    let mut paths = path.split('/');
    for segment in pattern.split('/') {
        if segment.starts_with("{*") {
            return paths.next().is_some();
        }
        let is_matched = match paths.next() {
            None => false,
            Some(found) if segment.starts_with('{') => !found.is_empty(),
            Some(found) => found == segment,
        };
        if !is_matched {
            return false;
        }
    }
    paths.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_path;

    #[test]
    fn patterns_are_told_apart_by_the_path() {
        for (pattern, path, expected) in [
            ("/", "/", true),
            ("/", "/a", false),
            ("/a/", "/a", false),
            ("/a", "/a/", false),
            ("/{a}/b", "/x/b", true),
            ("/{a}/b", "//b", false),
            ("/{a}", "/x/y", false),
            ("/a/{*b}", "/a/x/y", true),
            ("/a/{*b}", "/a", false),
        ] {
            assert_eq!(is_path(pattern, path), expected, "{pattern} {path}");
        }
    }
}
