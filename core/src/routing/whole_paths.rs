//! Whole paths: the look-up of routes without parameters.
//!
//! Owns the hash table that they are in, those of all methods together. Refuses
//! to know of segments: `trie` has the patterns with parameters, which are asked
//! after it, since a literal comes before a parameter everywhere.
//!
//! A path is read as its start and its end, of sixteen bytes each if it has as
//! many, else of eight; they may overlap. A shorter one is read as a whole. So
//! `/users/recent`, of thirteen bytes, is `/users/r` and `s/recent`. The [`key`] is
//! made of both, of the length and of the root of the method, with one
//! multiplication; another makes of it the place in the table, where the key is
//! compared. That tells nearly all paths which are not there, and is all that a
//! request with parameters pays. Where the key is the same, length, start and end
//! are compared: all bytes, unless the path is long, of more than 32; then its
//! pattern is.
//!
//! A path whose place is taken fills a gap, and is chained to what is there.

use crate::routing::route::RouteInfo;
use crate::routing::tracks::narrow;
use crate::routing::trie::{Node, root_of};
use crate::routing::word::{mix, same_text, short_word, topmost};

/// A place of the table: a whole path of one method, or a gap.
#[derive(Clone, Copy, Debug)]
pub struct WholePath {
    /// Its [`key`].
    key: u64,
    /// How it starts: sixteen bytes, or eight and zeros, or all and zeros;
    /// [`NOT_TEXT`](Self::NOT_TEXT) if it is long.
    start: [u8; 16],
    /// How it ends, likewise; zeros if it has less than eight bytes.
    end: [u8; 16],
    /// How many bytes it has, if these are all in `start` and `end`.
    len: u8,
    /// The handler.
    number: u16,
    /// Where in the list its route is.
    route: u16,
    /// The next place of the chain, or one behind the table.
    next: u16,
}

impl WholePath {
    const GAP: Self = Self {
        key: 0,
        start: Self::NOT_TEXT,
        end: Self::NOT_TEXT,
        len: Self::NONE,
        number: 0,
        route: 0,
        next: u16::MAX,
    };

    /// The length of a gap.
    const NONE: u8 = u8::MAX;
    /// The length of a path that has more bytes than start and end.
    const LONG: u8 = u8::MAX - 1;
    /// Start and end of both: no path has such.
    const NOT_TEXT: [u8; 16] = [u8::MAX; 16];

    const fn is_gap(&self) -> bool {
        self.len == Self::NONE
    }

    /// The handler.
    #[inline]
    pub(crate) fn number(&self) -> usize {
        usize::from(self.number)
    }

    /// Whether this is that path, which has the same key, without a look at the
    /// pattern: a long one is not known to be.
    #[inline]
    pub(crate) fn is_short(&self, path: &[u8]) -> bool {
        if usize::from(self.len) != path.len() {
            return false;
        }
        if let (Some(start), Some(end)) = (path.first_chunk::<16>(), path.last_chunk::<16>()) {
            self.start == *start && self.end == *end
        } else if let (Some(start), Some(end)) = (path.first_chunk::<8>(), path.last_chunk::<8>()) {
            self.start.first_chunk() == Some(start) && self.end.first_chunk() == Some(end)
        } else {
            self.start.first_chunk() == Some(&short_word(path).to_le_bytes())
        }
    }

    /// The same, of a long one too.
    fn is(&self, path: &[u8], routes: &[RouteInfo]) -> bool {
        match self.len {
            Self::LONG => routes
                .get(usize::from(self.route))
                .is_some_and(|route| same_text(route.pattern().as_bytes(), path)),
            _ => self.is_short(path),
        }
    }
}

/// All whole paths of a set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WholePaths {
    places: &'static [WholePath],
    /// Which lengths they have, one bit each, modulo 64.
    lengths: u64,
}

impl WholePaths {
    /// What was laid by [`lay_wholes`] of these routes.
    pub(crate) const fn new(places: &'static [WholePath], routes: &[RouteInfo]) -> Self {
        let (mut lengths, mut index) = (0, 0);
        while index < routes.len() {
            if routes[index].is_whole() {
                lengths |= 1 << (routes[index].pattern().len() % 64);
            }
            index += 1;
        }
        Self { places, lengths }
    }

    /// Where `path` may be, by the method of the root with this number: it is
    /// nowhere else.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    pub(crate) fn seek(self, root: u16, path: &[u8]) -> Option<&'static WholePath> {
        if self.lengths >> (path.len() % 64) & 1 == 0 {
            return None;
        }
        let key = key(root, path);
        let mut place = self.places.get(home(key, self.places.len()))?;
        while place.key != key {
            place = self.places.get(usize::from(place.next))?;
        }
        Some(place)
    }

    /// The handler of the route whose pattern is `path`, if it is at the place that
    /// was [sought](Self::seek) for it, or further on; `routes` are those of the set.
    pub(crate) fn check(
        self,
        mut place: &'static WholePath,
        root: u16,
        path: &[u8],
        routes: &[RouteInfo],
    ) -> Option<usize> {
        let key = key(root, path);
        while place.key != key || !place.is(path, routes) {
            place = self.places.get(usize::from(place.next))?;
        }
        Some(place.number())
    }
}

/// Tells a path, by the method of this root, from most others.
#[inline]
const fn key(root: u16, path: &[u8]) -> u64 {
    let tag = (root as u64) << 48 | path.len() as u64;
    if let (Some(start), Some(end)) = (path.first_chunk::<16>(), path.last_chunk::<16>()) {
        let ([first, second], [third, fourth]) = (halves(start), halves(end));
        mix(first ^ fourth, second ^ third) ^ tag
    } else if let (Some(start), Some(end)) = (path.first_chunk::<8>(), path.last_chunk::<8>()) {
        mix(u64::from_le_bytes(*start), u64::from_le_bytes(*end)) ^ tag
    } else {
        short_word(path) ^ tag
    }
}

#[allow(clippy::cast_possible_truncation)]
#[inline]
const fn halves(bytes: &[u8; 16]) -> [u64; 2] {
    let bytes = u128::from_le_bytes(*bytes);
    [bytes as u64, (bytes >> 64) as u64]
}

/// Where a path with this key belongs, of so many places, a power of two.
#[allow(clippy::cast_possible_truncation)]
#[inline]
const fn home(key: u64, places: usize) -> usize {
    topmost(key, places.trailing_zeros()) as usize
}

/// How many routes are whole paths.
pub(crate) const fn count_wholes(routes: &[RouteInfo]) -> usize {
    let (mut count, mut index) = (0, 0);
    while index < routes.len() {
        if routes[index].is_whole() {
            count += 1;
        }
        index += 1;
    }
    count
}

/// The table of these routes, which has as many places as the first power of two
/// that is enough; `nodes` says which root is for which method.
macro_rules! wholes_of {
    ($routes:expr, $nodes:expr) => {{
        let count = count_wholes($routes);
        wholes_of! { count, $routes, $nodes;
        2 4 8 16 32 64 128 256 512 1024 2048 4096 8192 16_384 32_768 }
    }};
    ($count:ident, $routes:expr, $nodes:expr; $room:literal $($more:literal)*) => {
        if $count <= $room {
            &lay_wholes::<$room>($routes, $nodes)
        } else {
            wholes_of!($count, $routes, $nodes; $($more)*)
        }
    };
    ($count:ident, $routes:expr, $nodes:expr;) => { &lay_wholes::<{ 1 << 16 }>($routes, $nodes) };
}
pub(crate) use wholes_of;

/// Lays all whole paths in so many places, a power of two.
pub(crate) const fn lay_wholes<const PLACES: usize>(
    routes: &[RouteInfo],
    nodes: &[Node],
) -> [WholePath; PLACES] {
    let mut places = [WholePath::GAP; PLACES];
    lay(routes, nodes, &mut places, &mut [0; PLACES]);
    places
}

/// First those whose places are free, then the others into the gaps: no chain is
/// longer than the paths that belong to its first place. `others` has as much room
/// as `places`.
const fn lay(routes: &[RouteInfo], nodes: &[Node], places: &mut [WholePath], others: &mut [usize]) {
    let (mut index, mut count) = (0, 0);
    while index < routes.len() {
        if routes[index].is_whole() {
            let (whole, place) = whole(routes, nodes, index, places.len());
            if places[place].is_gap() {
                places[place] = whole;
            } else {
                others[count] = index;
                count += 1;
            }
        }
        index += 1;
    }
    // All places before it are taken.
    let mut gap = 0;
    while count > 0 {
        count -= 1;
        let (whole, place) = whole(routes, nodes, others[count], places.len());
        while !places[gap].is_gap() {
            gap += 1;
        }
        places[gap] = WholePath {
            next: places[place].next,
            ..whole
        };
        places[place].next = narrow(gap);
    }
}

/// The route at `index`, and where of so many places it belongs.
const fn whole(
    routes: &[RouteInfo],
    nodes: &[Node],
    index: usize,
    places: usize,
) -> (WholePath, usize) {
    let route = &routes[index];
    let path = route.pattern().as_bytes();
    let root = root_of(routes, nodes, route);
    let (start, end, len) = match (
        (path.len() as u64).to_le_bytes(),
        path.first_chunk(),
        path.last_chunk(),
    ) {
        ([len @ 16..=32, 0, 0, 0, 0, 0, 0, 0], Some(start), Some(end)) => (*start, *end, len),
        ([len @ 8..16, 0, 0, 0, 0, 0, 0, 0], ..) => {
            (padded(path.first_chunk()), padded(path.last_chunk()), len)
        }
        ([len @ 0..8, 0, 0, 0, 0, 0, 0, 0], ..) => {
            (padded(Some(&short_word(path).to_le_bytes())), [0; 16], len)
        }
        _ => (WholePath::NOT_TEXT, WholePath::NOT_TEXT, WholePath::LONG),
    };
    let whole = WholePath {
        key: key(root, path),
        start,
        end,
        len,
        number: narrow(route.number(index)),
        route: narrow(index),
        ..WholePath::GAP
    };
    (whole, home(whole.key, places))
}

/// Eight bytes, and zeros.
const fn padded(bytes: Option<&[u8; 8]>) -> [u8; 16] {
    match bytes {
        Some(bytes) => (u64::from_le_bytes(*bytes) as u128).to_le_bytes(),
        None => [0; 16],
    }
}

/// As [`lay_wholes`], for routes made when a test runs.
#[cfg(test)]
pub(crate) fn lay_wholes_now(routes: &[RouteInfo], nodes: &[Node]) -> Vec<WholePath> {
    let places = count_wholes(routes).next_power_of_two().max(2);
    let mut places = vec![WholePath::GAP; places];
    let mut others = vec![0; places.len()];
    lay(routes, nodes, &mut places, &mut others);
    places
}

#[cfg(test)]
mod tests {
    use super::{WholePaths, count_wholes, lay_wholes_now};
    use crate::http::method::Method;
    use crate::routing::laying::lay_now;
    use crate::routing::route::RouteInfo;

    fn leaked(text: &str) -> &'static str {
        String::from(text).leak()
    }

    /// Of every length, the path itself, and those that differ in one byte, are one
    /// byte shorter or longer, or of another method.
    #[test]
    fn paths_of_all_lengths() {
        let text = format!(
            "/{}",
            "the/quick/brown/fox/jumps/over/the/lazy/dog/and/more"
        );
        let routes: [RouteInfo; 45] = core::array::from_fn(|index| {
            let method = [Method::Get, Method::Post][index % 2];
            RouteInfo::new(method, leaked(&text[..=index]), "handler")
        });
        let nodes = lay_now(&routes);
        let places = lay_wholes_now(&routes, &nodes).leak();
        assert_eq!((count_wholes(&routes), places.len()), (45, 64));
        let wholes = WholePaths::new(places, &routes);
        let find = |root, path: &str| {
            let place = wholes.seek(root, path.as_bytes())?;
            wholes.check(place, root, path.as_bytes(), &routes)
        };
        for len in 1..=text.len() {
            let path = &text[..len];
            for root in [0, 1] {
                let expected = (len <= 45 && (len - 1) % 2 == usize::from(root)).then(|| len - 1);
                assert_eq!(find(root, path), expected, "{root}, {path}");
                assert_eq!(find(root, &format!("{}\0", &path[..len - 1])), None);
                for at in 0..len {
                    let mut other = path.as_bytes().to_vec();
                    other[at] ^= 1;
                    let other = str::from_utf8(&other).unwrap();
                    assert_eq!(find(root, other), None, "{root}, {other}");
                }
            }
        }
        assert_eq!(find(0, ""), None);
        assert_eq!(find(2, "/"), None);
    }

    #[test]
    fn paths_with_one_key_are_told_apart() {
        // It does not see that start and end are swapped, and nothing of the middle.
        let (start, end) = ("/a/b/c/d", "/e/f/g/h");
        let paths = [
            [start, end].concat(),
            [end, start].concat(),
            [start, "/of/much/more/than/32", end].concat(),
            [start, "/of/much/MORE/than/32", end].concat(),
        ];
        let routes =
            [0, 1, 2].map(|index| RouteInfo::new(Method::Get, leaked(&paths[index]), "handler"));
        let nodes = lay_now(&routes);
        let wholes = WholePaths::new(lay_wholes_now(&routes, &nodes).leak(), &routes);
        for (index, path) in paths.iter().enumerate() {
            let place = wholes.seek(0, path.as_bytes()).expect("the key is there");
            let found = wholes.check(place, 0, path.as_bytes(), &routes);
            assert_eq!(found, (index < 3).then_some(index), "{path}");
        }
    }
}
