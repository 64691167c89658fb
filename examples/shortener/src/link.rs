//! What a link is made of: a code, and a target. Both are parsed wherever they come
//! from, so nothing else gets into the database or out of it.

use std::fmt;
use std::str::FromStr;

use tramline::{FromParam, ToParam};

/// The path of a short link. As the parameter of a route it is parsed; what is no
/// code is 404.
#[derive(Debug, FromParam, ToParam)]
#[param(from_str)]
pub(crate) struct Code(String);

impl FromStr for Code {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if !(3..=32).contains(&text.len()) || !text.bytes().all(is_allowed) {
            return Err("a code has 3 to 32 letters, digits, `-` or `_`");
        }
        if text == "links" {
            return Err("`/links` is a page of this site");
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a link leads: an address of the web. Anything else, `javascript:` above
/// all, would make a page of ours run what a stranger wrote.
#[derive(Debug)]
pub(crate) struct Target(String);

impl FromStr for Target {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.len() > 2_000 {
            return Err("an address has at most 2000 characters");
        }
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err("an address has no spaces and no line breaks");
        }
        let after = |scheme: &str| {
            let (start, rest) = text.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(rest)
        };
        let rest = after("http://").or_else(|| after("https://"));
        let rest = rest.ok_or("an address starts with `http://` or `https://`")?;
        if rest.is_empty() || rest.starts_with(['/', '?', '#', ':', '@', '\\']) {
            return Err("an address names a host, as in `https://www.rust-lang.org/`");
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Target};

    #[test]
    fn codes_are_short_words() {
        for (text, is_one) in [
            ("rust", true),
            ("a-b_9", true),
            ("ab", false),
            (&"a".repeat(32), true),
            (&"a".repeat(33), false),
            ("caf\u{e9}", false),
            ("a/b", false),
            ("links", false),
            ("links.html", false),
        ] {
            assert_eq!(text.parse::<Code>().is_ok(), is_one, "{text:?}");
        }
    }

    #[test]
    fn targets_are_addresses_of_the_web() {
        for (text, is_one) in [
            ("https://www.rust-lang.org/", true),
            (" http://localhost:8080/a?b=c#d \n", true),
            ("HTTPS://example.com", true),
            ("https://ex\u{e4}mple.com/\u{fc}", true),
            ("", false),
            ("https://", false),
            ("https:///path", false),
            ("https:example.com", false),
            ("javascript:alert(1)", false),
            ("data:text/html,<p>", false),
            ("ftp://example.com/", false),
            ("//example.com", false),
            ("example.com", false),
            ("http://a b/", false),
            ("http://a/\r\nSet-Cookie: a=b", false),
            (&format!("http://{}", "a".repeat(2_000)), false),
        ] {
            assert_eq!(text.parse::<Target>().is_ok(), is_one, "{text:?}");
        }
    }
}
