//! Walking a pattern such as `/users/{id}/files/{*path}`, in const evaluation.
//!
//! Owns what the parts of a pattern mean. Refuses to check syntax: `#[route]`
//! and `routes!` did that where they could point at the mistake. `overlap` and
//! `table` walk by segments; `tracks` reads a pattern in the steps of the
//! look-up, by itself.

/// What stands between two slashes of a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Segment<'a> {
    /// These bytes, possibly none of them.
    Literal(&'a [u8]),
    /// `{name}`: one segment that is not empty.
    Parameter(&'a [u8]),
    /// `{*name}`: all of the rest, slashes too, which is not empty.
    CatchAll(&'a [u8]),
}

/// The segments of a pattern from the left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segments<'a> {
    /// What was not walked yet: empty, or a slash and what follows it.
    rest: &'a [u8],
}

impl<'a> Segments<'a> {
    pub(crate) const fn of(pattern: &'a str) -> Self {
        Self {
            rest: pattern.as_bytes(),
        }
    }

    /// Takes the next segment.
    pub(crate) const fn next(&mut self) -> Option<Segment<'a>> {
        let [_slash, rest @ ..] = self.rest else {
            return None;
        };
        let mut after = rest;
        while let [byte, behind @ ..] = after
            && *byte != b'/'
        {
            after = behind;
        }
        let segment = rest.split_at(rest.len() - after.len()).0;
        self.rest = after;
        Some(match segment {
            [b'{', b'*', name @ .., b'}'] => Segment::CatchAll(name),
            [b'{', name @ .., b'}'] => Segment::Parameter(name),
            literal => Segment::Literal(literal),
        })
    }

    /// Takes segments up to the next parameter and gives its name.
    pub(crate) const fn next_name(&mut self) -> Option<&'a [u8]> {
        while let Some(segment) = self.next() {
            if let Segment::Parameter(name) | Segment::CatchAll(name) = segment {
                return Some(name);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Segment, Segments};

    #[test]
    fn segments_are_what_stands_between_slashes() {
        let table: &[(&str, &[&str])] = &[
            ("/", &["="]),
            ("/a", &["=a"]),
            ("/a/", &["=a", "="]),
            ("/a//b", &["=a", "=", "=b"]),
            ("/users/{id}", &["=users", "{id"]),
            ("/{a}/b/{*rest}", &["{a", "=b", "*rest"]),
        ];
        for (pattern, expected) in table {
            let mut segments = Segments::of(pattern);
            let mut found = Vec::new();
            while let Some(segment) = segments.next() {
                let (sign, text) = match segment {
                    Segment::Literal(text) => ("=", text),
                    Segment::Parameter(text) => ("{", text),
                    Segment::CatchAll(text) => ("*", text),
                };
                found.push(format!("{sign}{}", str::from_utf8(text).unwrap()));
            }
            assert_eq!(found, *expected, "{pattern}");
        }
    }

    #[test]
    fn names_come_in_order() {
        let table: &[(&str, &[&str])] = &[
            ("/", &[]),
            ("/{a}/b/{c}/{*d}", &["a", "c", "d"]),
            ("/orgs/{org}/a/{type}/{*rest}", &["org", "type", "rest"]),
        ];
        for (pattern, expected) in table {
            let mut segments = Segments::of(pattern);
            let names = core::iter::from_fn(|| segments.next_name());
            let names: Vec<&str> = names.map(|name| str::from_utf8(name).unwrap()).collect();
            assert_eq!(names, *expected, "{pattern}");
        }
    }
}
