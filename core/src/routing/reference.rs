//! What tests hold the table and its proofs against: a matcher that is too
//! simple to be wrong, and all small patterns and paths.
//!
//! Owns no part of the library: it is compiled for tests only.

use crate::routing::route::RouteInfo;

/// The parameters of `path` if it matches `pattern`.
pub(crate) fn matches<'p>(pattern: &str, path: &'p str) -> Option<Vec<&'p str>> {
    let (mut rest, mut captures) = (path, Vec::new());
    for segment in pattern.split('/').skip(1) {
        rest = rest.strip_prefix('/')?;
        let end = rest.find('/').unwrap_or(rest.len());
        match segment.strip_prefix('{') {
            None if segment == &rest[..end] => {}
            None => return None,
            Some(name) => {
                let end = if name.starts_with('*') {
                    rest.len()
                } else {
                    end
                };
                if end == 0 {
                    return None;
                }
                captures.push(&rest[..end]);
                rest = &rest[end..];
                continue;
            }
        }
        rest = &rest[end..];
    }
    rest.is_empty().then_some(captures)
}

/// Compares as patterns are tried: literal before parameter before catch-all,
/// segment by segment.
pub(crate) fn specificity(pattern: &str) -> Vec<u8> {
    let kind =
        |segment: &str| u8::from(segment.starts_with('{')) + u8::from(segment.starts_with("{*"));
    pattern.split('/').skip(1).map(kind).collect()
}

/// The most specific of the routes that match `path` by any method, and its place;
/// of several, the first.
pub(crate) fn most_specific<'r>(
    routes: &'r [RouteInfo],
    path: &str,
) -> Option<(usize, &'r RouteInfo)> {
    let fits = |it: &RouteInfo| !it.is_fallback() && matches(it.pattern(), path).is_some();
    let fitting = routes.iter().enumerate().filter(|(_, it)| fits(it));
    fitting.min_by_key(|(_, it)| specificity(it.pattern()))
}

/// All patterns of up to three segments made of a few literals, parameters and
/// a catch-all.
pub(crate) fn all_patterns() -> Vec<&'static str> {
    let mut patterns = Vec::new();
    let mut whole = vec![String::new()];
    for name in ["x", "y", "z"] {
        let with = |segments: &[&str]| -> Vec<String> {
            whole
                .iter()
                .flat_map(|start| {
                    segments
                        .iter()
                        .map(move |segment| format!("{start}/{segment}"))
                })
                .collect()
        };
        patterns.extend(with(&[&format!("{{*{name}}}")]));
        whole = with(&["", "a", "ab", "abcdefghijk", &format!("{{{name}}}")]);
        patterns.extend(whole.iter().cloned());
    }
    patterns
        .into_iter()
        .map(|pattern| &*pattern.leak())
        .collect()
}

/// All paths of up to four segments made of the literals of [`all_patterns`]
/// and others close to them.
pub(crate) fn all_paths() -> Vec<String> {
    let mut paths = Vec::new();
    let mut last = vec![String::new()];
    for _ in 0..4 {
        last = last
            .iter()
            .flat_map(|start| {
                ["", "a", "ab", "abc", "abcdefghijk", "abcdefghijX"]
                    .map(|segment| format!("{start}/{segment}"))
            })
            .collect();
        paths.extend(last.iter().cloned());
    }
    paths
}

/// Segments that a step of eight bytes cuts in every way: shorter, as long, with
/// the slash and without it; with a common start; of characters that it cuts.
const WORDS: [&str; 18] = [
    "",
    "a",
    "b",
    "abcdefg",
    "abcdefh",
    "abcdefgh",
    "abcdefgi",
    "abcdefghi",
    "abcdefghijklmno",
    "abcdefghijklmnop",
    "abcdefghijklmnoq",
    "abcdefghijklmnopq",
    "ü",
    "größe",
    "größen",
    "abcdefgü",
    "日本語のパス",
    "\u{af}",
];

/// Random patterns of up to four of [`WORDS`], parameters and catch-alls.
pub(crate) fn patterns_of_words(random: &mut impl FnMut(usize) -> usize) -> Vec<&'static str> {
    let mut pattern = || {
        let mut pattern = String::new();
        for name in 0..=random(4) {
            match random(10) {
                0 => return format!("{pattern}/{{*p{name}}}"),
                1..=3 => pattern = format!("{pattern}/{{p{name}}}"),
                _ => pattern = pattern + "/" + WORDS[random(WORDS.len())],
            }
        }
        pattern
    };
    (0..300).map(|_| &*pattern().leak()).collect()
}

/// Random paths of up to five of [`WORDS`], and starts of such paths.
pub(crate) fn paths_of_words(random: &mut impl FnMut(usize) -> usize) -> Vec<String> {
    let mut path = || {
        let mut path = String::new();
        for _ in 0..=random(5) {
            path = path + "/" + WORDS[random(WORDS.len())];
        }
        if random(4) == 0 {
            for _ in 0..random(5) {
                path.pop();
            }
        }
        path
    };
    (0..600).map(|_| path()).collect()
}
