//! How the paths of two patterns relate.
//!
//! Owns the comparison that `proof` rests on, and the [`Sketch`] that makes it
//! cheap for the many pairs that cannot be in conflict. Refuses to judge: a
//! relation is a conflict only in `proof`. Methods count in a sketch, nowhere
//! else.

use crate::http::method::{Method, same_bytes};
use crate::routing::pattern::{Segment, Segments};

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

/// Whether a path below `prefix` may match `pattern`; or, if that `is_prefix`
/// too, be below it.
pub(crate) const fn may_be_below(prefix: &str, pattern: &str, is_prefix: bool) -> bool {
    let (mut left, mut right) = (Segments::of(prefix), Segments::of(pattern));
    loop {
        match (left.next(), right.next()) {
            (None, _) | (_, Some(Segment::CatchAll(_))) => return true,
            (Some(_), None) => return is_prefix,
            (Some(Segment::Literal(a)), Some(Segment::Literal(b))) if !same_bytes(a, b) => {
                return false;
            }
            _ => {}
        }
    }
}

/// Eight bytes that tell most pairs of routes apart, so that few are compared.
///
/// Two routes of one method can be in conflict only if both are paths, and then
/// are the same one, or if both have parameters: a single path is either among
/// those that match a pattern, and then more specific, or not. So a sketch is
/// of either kind, which the top bit of its first byte tells; the seven others
/// are made of the method.
///
/// The second byte is made of the number of segments, the others of the first
/// six. Each is 0 if anything may stand there, and else has its top bit set and
/// seven bits made of what must stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sketch(u64);

impl Sketch {
    /// How many values a [`bucket`](Self::bucket) has.
    pub(crate) const BUCKETS: usize = 256;
    /// What stands for the sketch of a route that is not listed yet.
    pub(crate) const NONE: Self = Self(0);
    /// The seven bits of each byte.
    const LOW: u64 = u64::from_le_bytes([0x7f; 8]);
    /// Set in the sketch of a pattern with parameters.
    const HAS_PARAMETERS: u64 = 0x80;

    /// Every route of every set comes here, and const evaluation is slow at
    /// calls, and at indexing: hence one loop over slice patterns.
    pub(crate) const fn of(method: Method<'_>, pattern: &str) -> Self {
        let (mut sketch, mut rest) = (seven_bits(method.as_str()), pattern.as_bytes());
        // The first slash fills the place of the number.
        let (mut place, mut slashes, mut segment) = (8, 0_u64, 0);
        while let [byte, after @ ..] = rest {
            rest = after;
            match *byte {
                b'/' => {
                    if place < 64 {
                        sketch |= segment << place;
                        place += 8;
                    }
                    slashes += 1;
                    segment = 0;
                }
                b'{' => {
                    sketch |= Self::HAS_PARAMETERS;
                    if let [b'*', ..] = rest {
                        // Then any number of segments may come.
                        return Self(sketch);
                    }
                    while let [byte, after @ ..] = rest
                        && *byte != b'/'
                    {
                        rest = after;
                    }
                }
                byte => segment = 0x80 | (segment << 1 ^ segment >> 4 ^ byte as u64) & 0x7f,
            }
        }
        if place < 64 {
            sketch |= segment << place;
        }
        Self(sketch | (0x80 | slashes & 0x7f) << 8)
    }

    /// Whether it is of a path: of a pattern that has no parameters.
    pub(crate) const fn is_of_path(self) -> bool {
        self.0 & Self::HAS_PARAMETERS == 0
    }

    /// `false` if the methods differ.
    pub(crate) const fn may_share_method(self, other: Self) -> bool {
        self.0 & 0x7f == other.0 & 0x7f
    }

    /// `false` if routes of these sketches cannot be in conflict. Of all that
    /// proofs do, this is done most often: hence no calls.
    pub(crate) const fn may_be_in_conflict(self, other: Self) -> bool {
        if self.0 & Self::HAS_PARAMETERS == 0 {
            return self.0 == other.0;
        }
        // A byte's top bit is set in the sum if its seven bits differ.
        let differs = ((self.0 ^ other.0) & Self::LOW) + Self::LOW;
        other.0 & Self::HAS_PARAMETERS != 0 && differs & self.0 & other.0 & !Self::LOW == 0
    }

    /// The same for routes that may be in conflict, below [`BUCKETS`]: mostly
    /// another for paths that differ.
    ///
    /// [`BUCKETS`]: Self::BUCKETS
    pub(crate) const fn bucket(self) -> usize {
        let [method, ..] = self.0.to_le_bytes();
        if !self.is_of_path() {
            return method as usize & 0x7f;
        }
        let [mixed, ..] = (self.0 ^ self.0 >> 17 ^ self.0 >> 34 ^ self.0 >> 50).to_le_bytes();
        0x80 | mixed as usize & 0x7f
    }
}

/// The same for the same text, mostly other bits for another.
const fn seven_bits(text: &str) -> u64 {
    let (mut bits, mut rest) = (0_u64, text.as_bytes());
    while let [byte, after @ ..] = rest {
        bits = (bits << 1 ^ bits >> 4 ^ *byte as u64) & 0x7f;
        rest = after;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::{Relation, Sketch, may_be_below};
    use crate::http::method::Method;

    /// Whether a route of the sketch is told apart from another.
    fn apart(sketch: Sketch, method: Method<'_>, pattern: &str) -> bool {
        let other = Sketch::of(method, pattern);
        let apart = !sketch.may_be_in_conflict(other);
        assert_eq!(apart, !other.may_be_in_conflict(sketch));
        assert!(apart || sketch.bucket() == other.bucket());
        apart
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
                let is_conflict = matches!(expected, Relation::Same | Relation::Crossing);
                assert!(!apart || !is_conflict, "{a} and {b}");
            }
        }
    }

    #[test]
    fn a_sketch_tells_most_routes_apart() {
        let (get, post) = (Method::Get, Method::Post);
        let table = [
            (
                "/users/{id}",
                &[
                    (post, "/users/{id}", true),
                    (get, "/users/{name}", false),
                    (get, "/user/{id}", true),
                    (get, "/users/{id}/posts", true),
                    (get, "/{a}/b/{*rest}", false),
                    (get, "/", true),
                    (get, "/users/me", true),
                ][..],
            ),
            (
                "/users/me",
                &[
                    (post, "/users/me", true),
                    (get, "/users/me", false),
                    (get, "/users/us", true),
                    (get, "/users", true),
                    (get, "/", true),
                    (get, "/users/{id}", true),
                    (get, "/{*rest}", true),
                ],
            ),
            ("/", &[(get, "/", false), (get, "/a", true)]),
        ];
        for (pattern, others) in table {
            let sketch = Sketch::of(Method::Get, pattern);
            for &(method, other, expected) in others {
                let told = apart(sketch, method, other);
                assert_eq!(told, expected, "{pattern} and {method} {other}");
            }
        }
    }

    #[test]
    fn what_may_be_below_a_prefix() {
        let table = [
            ("/orgs/{org}", "/orgs/{org}", true, true),
            ("/orgs/{org}", "/orgs/7/repos/{repo}", true, true),
            ("/orgs/{org}", "/{*all}", true, true),
            ("/orgs/{org}", "/users/7", false, false),
            ("/orgs/{org}", "/orgs", false, true),
            ("/users", "/users", true, true),
            ("/users", "/users/7", true, true),
            ("/users", "/user", false, false),
            ("/a/b", "/a", false, true),
            ("/a/b", "/{x}/c", false, false),
        ];
        for (prefix, other, matches, is_below) in table {
            assert_eq!(may_be_below(prefix, other, false), matches, "{other}");
            assert_eq!(may_be_below(prefix, other, true), is_below, "{other}");
        }
    }
}
