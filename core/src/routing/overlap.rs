//! How the paths of two patterns relate.
//!
//! Owns the comparison that `proof` rests on, and the [`Sketch`] that makes it
//! cheap for the many pairs that have nothing in common. Refuses to judge: a
//! relation is a conflict only in `proof`. Methods count in a sketch, nowhere
//! else.

use crate::http::method::{Method, same_bytes};
use crate::routing::pattern::{Segment, Segments};
use crate::routing::route::RouteInfo;

/// How the paths that two patterns match relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// No path matches both.
    Apart,
    /// The same paths match both.
    Same,
    /// All paths of one match the other as well, which also has others.
    Nested,
    /// Some path matches both, and each has others.
    Crossing,
}

impl Relation {
    /// How the paths of `a` and `b` relate.
    ///
    /// Both are walked segment by segment, noting which of them takes more at
    /// any place: `/{a}/b` takes more than `/a/{b}` at the first segment and
    /// less at the second, so they cross.
    pub(crate) const fn of(a: &str, b: &str) -> Self {
        let (mut left, mut right) = (Segments::of(a), Segments::of(b));
        let (mut left_wider, mut right_wider) = (false, false);
        loop {
            match (left.next(), right.next()) {
                (None, None) | (Some(Segment::CatchAll(_)), Some(Segment::CatchAll(_))) => break,
                (None, Some(_)) | (Some(_), None) => return Self::Apart,
                (Some(Segment::Literal(a)), Some(Segment::Literal(b))) => {
                    if !same_bytes(a, b) {
                        return Self::Apart;
                    }
                }
                (Some(Segment::Parameter(_)), Some(Segment::Parameter(_))) => {}
                (Some(Segment::Parameter(_)), Some(Segment::Literal(literal))) => {
                    if literal.is_empty() {
                        return Self::Apart;
                    }
                    left_wider = true;
                }
                (Some(Segment::Literal(literal)), Some(Segment::Parameter(_))) => {
                    if literal.is_empty() {
                        return Self::Apart;
                    }
                    right_wider = true;
                }
                (Some(Segment::CatchAll(_)), Some(other)) => {
                    if is_nothing(other, right) {
                        return Self::Apart;
                    }
                    left_wider = true;
                    break;
                }
                (Some(other), Some(Segment::CatchAll(_))) => {
                    if is_nothing(other, left) {
                        return Self::Apart;
                    }
                    right_wider = true;
                    break;
                }
            }
        }
        match (left_wider, right_wider) {
            (false, false) => Self::Same,
            (true, true) => Self::Crossing,
            _ => Self::Nested,
        }
    }
}

/// Whether `segment` and those after it are nothing at all, as after the slash
/// of `/files/`: the one thing that a catch-all does not match.
const fn is_nothing(segment: Segment<'_>, mut after: Segments<'_>) -> bool {
    matches!(segment, Segment::Literal([])) && after.next().is_none()
}

/// Eight bytes that tell most pairs of routes without a common request apart:
/// for the method, the number of segments, and the first six segments.
///
/// A byte is 0 if anything may stand there, and else has its top bit set and
/// seven bits made of what must stand there. Two routes can have a request in
/// common only if no byte differs where neither is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sketch(u64);

impl Sketch {
    const ANYTHING: u8 = 0;
    /// The seven bits of each byte.
    const LOW: u64 = u64::from_le_bytes([0x7f; 8]);

    pub(crate) const fn of(method: Method<'_>, pattern: &str) -> Self {
        let mut bytes = Self::segments(pattern);
        let method = method.as_str().as_bytes();
        bytes[0] = Self::name(method, 0, method.len());
        Self(u64::from_le_bytes(bytes))
    }

    /// The sketch that fits every route under a mount prefix.
    pub(crate) const fn under(prefix: &str) -> Self {
        let mut bytes = Self::segments(prefix);
        bytes[1] = Self::ANYTHING;
        Self(u64::from_le_bytes(bytes))
    }

    /// All but the byte of the method. In one loop and without a call for each
    /// byte or segment, since every route of every set comes here and const
    /// evaluation is slow at calls.
    const fn segments(pattern: &str) -> [u8; 8] {
        let pattern = pattern.as_bytes();
        let mut bytes = [Self::ANYTHING; 8];
        let (mut count, mut start, mut at) = (0, 1, 1);
        while at <= pattern.len() {
            if at == pattern.len() || pattern[at] == b'/' {
                count += 1;
                if start == at || pattern[start] != b'{' {
                    if count < 7 {
                        bytes[count + 1] = Self::name(pattern, start, at);
                    }
                } else if pattern[start + 1] == b'*' {
                    // Then any number of segments may come.
                    return bytes;
                }
                start = at + 1;
            }
            at += 1;
        }
        bytes[1] = 0x80 | (count % 128).to_le_bytes()[0];
        bytes
    }

    /// The same for the same name, mostly another for another: made of its
    /// length and four of its bytes. The name is `text[start..end]`.
    const fn name(text: &[u8], start: usize, end: usize) -> u8 {
        if start == end {
            return 0x80;
        }
        let middle = start + (end - start) / 2;
        let (first, last) = (text[start] as usize, text[end - 1] as usize);
        let (third, middle) = (
            text[start + (end - start) / 3] as usize,
            text[middle] as usize,
        );
        let hash = (end - start) + first * 3 + third * 5 + middle * 11 + last * 31;
        0x80 | (hash % 127).to_le_bytes()[0]
    }

    /// `false` if the methods differ.
    pub(crate) const fn may_share_method(self, other: Self) -> bool {
        self.0.to_le_bytes()[0] == other.0.to_le_bytes()[0]
    }

    /// Whether routes of both may have a request in common.
    pub(crate) const fn meets(self, other: Self) -> bool {
        (((self.0 ^ other.0) & Self::LOW) + Self::LOW) & self.0 & other.0 & !Self::LOW == 0
    }

    /// The first of `routes`, from `start` and before `end`, that may have a
    /// request in common with one of this sketch; else `end`.
    ///
    /// The pairs of a set are many and most are told apart here: this loop
    /// decides how long the proofs take. Const evaluation is slow at calls, so
    /// there is none in it.
    pub(crate) const fn next_suspect(
        self,
        routes: &[RouteInfo],
        start: usize,
        end: usize,
    ) -> usize {
        let (own, needed) = (self.0, self.0 & !Self::LOW);
        let mut at = start;
        while at < end {
            let other = routes[at].sketch.0;
            // A byte's top bit is set in the sum if its seven bits differ.
            if (((own ^ other) & Self::LOW) + Self::LOW) & other & needed == 0 {
                break;
            }
            at += 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::{Relation, Sketch};
    use crate::http::method::Method;
    use crate::routing::route::RouteInfo;

    fn apart(sketch: Sketch, method: Method<'static>, pattern: &'static str) -> bool {
        sketch.next_suspect(&[RouteInfo::new(method, pattern, "")], 0, 1) == 1
    }

    #[test]
    fn relations() {
        let table = [
            ("/", "/", Relation::Same),
            ("/a", "/a/", Relation::Apart),
            ("/a", "/b", Relation::Apart),
            ("/{a}", "/{b}", Relation::Same),
            ("/{a}", "/", Relation::Apart),
            ("/{a}", "/a", Relation::Nested),
            ("/{a}", "/a/b", Relation::Apart),
            ("/{a}/b", "/a/{b}", Relation::Crossing),
            ("/{a}/b", "/a/b", Relation::Nested),
            ("/{*a}", "/{*b}", Relation::Same),
            ("/{*a}", "/{b}", Relation::Nested),
            ("/{*a}", "/", Relation::Apart),
            ("/{*a}", "//", Relation::Nested),
            ("/{*a}", "/{b}/{*c}", Relation::Nested),
            ("/{a}/{*b}", "/a/b/{c}", Relation::Nested),
            ("/{a}/{*b}", "/a/{*c}", Relation::Nested),
            ("/{a}/b", "/a/{*c}", Relation::Crossing),
            ("/{a}/b/c", "/a/{*c}", Relation::Crossing),
            ("/{a}/", "/a/{*c}", Relation::Apart),
        ];
        for (a, b, expected) in table {
            for (a, b) in [(a, b), (b, a)] {
                assert_eq!(Relation::of(a, b), expected, "{a} and {b}");
                let apart = apart(Sketch::of(Method::Get, a), Method::Get, b);
                assert!(!apart || expected == Relation::Apart, "{a} and {b}");
            }
        }
    }

    #[test]
    fn a_sketch_tells_most_routes_apart() {
        let sketch = Sketch::of(Method::Get, "/users/{id}");
        let routes = [
            (Method::Post, "/users/{id}"),
            (Method::Get, "/user/{id}"),
            (Method::Get, "/users/{id}/posts"),
            (Method::Get, "/{a}/b/{*rest}"),
            (Method::Get, "/"),
            (Method::Get, "/users"),
            (Method::Get, "/users/me"),
        ];
        let expected = [true, true, true, false, true, true, false];
        assert_eq!(
            routes.map(|(method, pattern)| apart(sketch, method, pattern)),
            expected
        );
    }

    #[test]
    fn a_sketch_of_a_prefix_fits_all_below_it() {
        let under = Sketch::under("/orgs/{org}");
        let table = [
            ("/orgs/{org}", false),
            ("/orgs/7/repos/{repo}", false),
            ("/{*all}", false),
            ("/users/7", true),
        ];
        for (pattern, expected) in table {
            assert_eq!(apart(under, Method::Put, pattern), expected, "{pattern}");
        }
    }
}
