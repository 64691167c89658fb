//! What tests hold the table and its proofs against: a matcher that is too
//! simple to be wrong, and all small patterns and paths.
//!
//! Owns no part of the library: it is compiled for tests only.

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
