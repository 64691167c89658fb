//! The path literal: what may stand in it, and which parameters it has.
//!
//! Owns the pattern language; the look-up in `core/src/routing` relies on what
//! is refused here. Refuses to know arguments: `route` binds the parameters to
//! them. Errors are shown at the whole literal and quote the part they mean,
//! since spans inside a literal are not stable.

use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Error, Ident, LitStr};

use crate::percent;

/// The most parameters a pattern may have; the library's `Captures` hold as
/// many.
const MAX_PARAMETERS: usize = 16;

/// A well-formed pattern: `/users/{id}`.
pub(crate) struct Pattern {
    pub(crate) literal: LitStr,
    /// What the literal says.
    pub(crate) text: String,
    /// The names in the order of the pattern, without `r#`; no two are equal.
    pub(crate) parameters: Vec<String>,
}

/// A well-formed mount prefix: a pattern that does not end with `/` and has no
/// catch-all.
pub(crate) struct Prefix {
    pub(crate) literal: LitStr,
}

/// What stands between two slashes.
enum Segment<'a> {
    Text,
    Parameter(&'a str),
    CatchAll(&'a str),
}

impl Pattern {
    pub(crate) fn new(literal: LitStr) -> syn::Result<Self> {
        let text = literal.value();
        match parameters("path pattern", &text) {
            Ok(parameters) => Ok(Self {
                literal,
                text,
                parameters,
            }),
            Err(message) => Err(Error::new(literal.span(), message)),
        }
    }
}

impl Prefix {
    pub(crate) fn new(literal: LitStr) -> syn::Result<Self> {
        let text = literal.value();
        let checked = parameters("mount prefix", &text).and_then(|_| match text.strip_suffix('/') {
            _ if text.contains("{*") => Err(format!(
                "the mount prefix `{text}` has a catch-all, which leaves nothing for the mounted routes: use `{{name}}`"
            )),
            Some("") => Err("the mount prefix `/` adds nothing: list the routes themselves".into()),
            Some(shorter) => Err(format!("the mount prefix `{text}` ends with `/`: write `{shorter}`")),
            None => Ok(()),
        });
        match checked {
            Ok(()) => Ok(Self { literal }),
            Err(message) => Err(Error::new(literal.span(), message)),
        }
    }
}

/// The names of the parameters of `text`, or what is wrong with it. `what` is
/// how messages call it.
fn parameters(what: &str, text: &str) -> Result<Vec<String>, String> {
    if text.is_empty() {
        return Err(format!("the {what} is empty: it starts with `/`"));
    }
    let Some(path) = text.strip_prefix('/') else {
        let Some((_, address)) = text.split_once("://") else {
            return Err(format!(
                "the {what} `{text}` does not start with `/`: write `/{text}`"
            ));
        };
        let path = address.find('/').map_or("/", |start| &address[start..]);
        return Err(format!(
            "the {what} `{text}` is a whole address: write its path alone, `{path}`"
        ));
    };
    let mut names: Vec<String> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        // Only the last one may be empty: `/a/` is a path of its own.
        if segment.is_empty() && !last {
            return Err(format!(
                "the {what} `{text}` has an empty segment: write one `/` instead of `//`"
            ));
        }
        let (name, shown) = match Segment::new(segment)? {
            Segment::Text => continue,
            Segment::Parameter(name) => (name, segment),
            Segment::CatchAll(name) if last => (name, segment),
            Segment::CatchAll(_) => {
                return Err(format!(
                    "the catch-all `{segment}` is not the last segment of `{text}`: it takes the rest of the path, so \
                     nothing can follow it"
                ));
            }
        };
        check_name(name, shown)?;
        if names.iter().any(|other| other == name) {
            return Err(format!(
                "the parameter `{name}` stands twice in `{text}`: rename one of them"
            ));
        }
        names.push(name.to_owned());
    }
    if names.len() > MAX_PARAMETERS {
        return Err(format!(
            "the {what} has {} parameters: at most {MAX_PARAMETERS} are possible",
            names.len()
        ));
    }
    Ok(names)
}

impl<'a> Segment<'a> {
    fn new(segment: &'a str) -> Result<Self, String> {
        if !segment.contains(['{', '}']) {
            check_path_only(segment)?;
            check_text(segment)?;
            check_reachable(segment)?;
            return Ok(Self::Text);
        }
        let braces = segment.chars().filter(|letter| matches!(letter, '{' | '}'));
        if !braces.eq(['{', '}']) {
            return Err(format!(
                "the braces in `{segment}` do not match: a parameter is one pair around a name, \
                 `{{name}}`"
            ));
        }
        let Some(name) = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        else {
            check_path_only(segment)?;
            return Err(format!(
                "`{segment}` is part text, part parameter: a parameter fills its segment; write `{{name}}` and take \
                 the text apart in the function"
            ));
        };
        Ok(name
            .strip_prefix('*')
            .map_or(Self::Parameter(name), Self::CatchAll))
    }
}

/// What follows `?` or `#` is no longer the path.
fn check_path_only(segment: &str) -> Result<(), String> {
    match segment.chars().find(|letter| matches!(letter, '?' | '#')) {
        None => Ok(()),
        Some('?') => Err(format!(
            "`{segment}` has a `?`, but a pattern matches the path alone: read the query with `Request::query`"
        )),
        Some(_) => Err(format!(
            "`{segment}` has a `#`, but no fragment is ever sent to a server: remove it"
        )),
    }
}

/// A path holds anything else than visible ASCII only percent-encoded.
fn check_text(segment: &str) -> Result<(), String> {
    match segment.chars().find(|letter| !letter.is_ascii_graphic()) {
        None => percent::check(segment),
        Some(letter) => Err(format!(
            "`{segment}` has `{}`, which a path holds only percent-encoded: write `{}`",
            letter.escape_debug(),
            percent::encoded(letter)
        )),
    }
}

/// What clients never send, and what other frameworks mean by a text.
fn check_reachable(segment: &str) -> Result<(), String> {
    match segment {
        "." | ".." => Err(format!(
            "`{segment}` is a dot segment, which clients resolve before they ask: write the path that it leads to"
        )),
        "*" | "**" => Err(format!(
            "`{segment}` is text, and no catch-all: write `{{*rest}}`, and an argument `rest`"
        )),
        _ => Ok(()),
    }
}

/// A name is what an argument can be called. Keywords are: `{type}` goes with
/// the argument `r#type`.
fn check_name(name: &str, segment: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err(format!(
            "the parameter `{segment}` has no name: give it the name of an argument, as in `{{id}}`"
        ));
    }
    if let Some(name) = name.strip_prefix("r#") {
        return Err(format!(
            "the parameter `{segment}` is written raw: write `{{{name}}}`, only the argument needs `r#`"
        ));
    }
    if matches!(name, "_" | "self" | "Self" | "super" | "crate") {
        return Err(format!(
            "the parameter `{segment}` cannot be the name of an argument: choose another name"
        ));
    }
    // What other frameworks write.
    if name.ends_with(['*', '.']) || name.starts_with('.') {
        return Err(format!(
            "the parameter `{segment}` cannot be the name of an argument: for a catch-all write `{{*{}}}`",
            name.trim_matches(['*', '.', ':'])
        ));
    }
    if let Some(name) = name.strip_suffix('?') {
        return Err(format!(
            "the parameter `{segment}` is never absent: write `{{{name}}}`, and a second function for the path without it"
        ));
    }
    if let Some((name, _)) = name.split_once(':') {
        return Err(format!(
            "the parameter `{segment}` is a name alone: write `{{{name}}}`, its type is that of the argument"
        ));
    }
    // The parser alone would pass over white space and comments.
    let parsed = Ident::parse_any.parse_str(name);
    if parsed.is_ok_and(|ident| ident == name) {
        return Ok(());
    }
    Err(format!(
        "the parameter `{segment}` cannot be the name of an argument: use letters, digits and `_`, and no digit first"
    ))
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;
    use syn::LitStr;

    use super::{Pattern, Prefix};

    fn pattern(text: &str) -> Result<Vec<String>, String> {
        Pattern::new(LitStr::new(text, Span::call_site()))
            .map(|pattern| pattern.parameters)
            .map_err(|error| error.to_string())
    }

    fn prefix(text: &str) -> Result<(), String> {
        Prefix::new(LitStr::new(text, Span::call_site()))
            .map(drop)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn parameters_are_found_in_order() {
        let cases: [(&str, &[&str]); 9] = [
            ("/", &[]),
            ("/.../a*/..b", &[]),
            ("/a/b.c-d~e", &[]),
            ("/a/", &[]),
            ("/%C3%BC/a|b", &[]),
            ("/{id}", &["id"]),
            ("/{a}/x/{b}/", &["a", "b"]),
            ("/{type}/{größe}", &["type", "größe"]),
            ("/files/{*path}", &["path"]),
        ];
        for (text, expected) in cases {
            assert_eq!(
                pattern(text).as_deref(),
                Ok(&*expected.iter().map(ToString::to_string).collect::<Vec<_>>()),
                "{text}"
            );
        }
        let most = "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}";
        assert_eq!(pattern(most).map(|names| names.len()), Ok(16));
        assert!(
            pattern(&format!("{most}/{{q}}"))
                .is_err_and(|error| error.contains("has 17 parameters: at most 16"))
        );
    }

    #[test]
    fn malformed_patterns_are_explained() {
        for (text, expected) in [
            ("", "is empty"),
            ("users", "write `/users`"),
            ("//", "an empty segment"),
            ("/a//b", "an empty segment"),
            ("/a://b", "an empty segment"),
            ("/{id", "the braces in `{id`"),
            ("/id}", "the braces in `id}`"),
            ("/{{id}}", "the braces in `{{id}}`"),
            ("/}{", "the braces in `}{`"),
            ("/{a}{b}", "the braces in `{a}{b}`"),
            ("/{name}.json", "a parameter fills its segment"),
            ("/v{n}", "a parameter fills its segment"),
            ("/{}", "has no name"),
            ("/{*}", "has no name"),
            ("/{user-id}", "letters, digits and `_`"),
            ("/{1st}", "letters, digits and `_`"),
            ("/{ id }", "letters, digits and `_`"),
            ("/{id:u8}", "write `{id}`"),
            ("/{id?}", "write `{id}`"),
            ("/{rest*}", "write `{*rest}`"),
            ("/{...rest}", "write `{*rest}`"),
            ("/{rest:.*}", "write `{*rest}`"),
            ("/*", "no catch-all: write `{*rest}`"),
            ("/a/**", "no catch-all: write `{*rest}`"),
            ("/a/../b", "`..` is a dot segment"),
            ("/.", "`.` is a dot segment"),
            ("/%2E%2e/", "write `..`"),
            ("https://example.org/a/{id}", "its path alone, `/a/{id}`"),
            ("http://localhost:8080", "its path alone, `/`"),
            ("/{self}", "choose another name"),
            ("/{_}", "choose another name"),
            ("/{r#type}", "write `{type}`"),
            ("/{id}/x/{id}", "`id` stands twice"),
            ("/{*rest}/x", "not the last segment"),
            ("/{*rest}/", "not the last segment"),
            ("/a?b=c", "`Request::query`"),
            ("/a?b={c}", "`Request::query`"),
            ("/a#b", "no fragment"),
            ("/a b", "write `%20`"),
            (
                "/a\tb",
                "has `\\t`, which a path holds only percent-encoded: write `%09`",
            ),
            ("/ü", "write `%C3%BC`"),
            ("/%c3%bc", "write `%C3%BC`"),
            ("/%41/{id}", "write `A`"),
            ("/%zz", "write `%25`"),
        ] {
            let error = pattern(text).expect_err(text);
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn a_prefix_leaves_room_for_what_is_mounted() {
        for text in ["/api", "/orgs/{org}", "/a/b"] {
            assert_eq!(prefix(text), Ok(()), "{text}");
        }
        for (text, expected) in [
            ("", "the mount prefix is empty"),
            ("api", "write `/api`"),
            ("/", "list the routes themselves"),
            ("/api/", "write `/api`"),
            ("/a//b", "an empty segment"),
            ("/{*rest}", "a catch-all"),
            ("/{id", "the braces"),
            ("/a/..", "`..` is a dot segment"),
            ("/a%2fb", "write `a%2Fb`"),
        ] {
            let error = prefix(text).expect_err(text);
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
