//! Text inside HTML.
//!
//! Owns [`Escaped`]. Refuses to know where in a page it stands: it is for what
//! is between tags, and for attributes in quotes.

use core::fmt::{self, Write as _};

/// Anything that can be displayed, with `&`, `<`, `>`, `"` and `'` written so
/// that a browser shows them, and takes none for its own.
///
/// It may stand between tags and in an attribute that has quotes. It does not
/// make text safe as a script, a style, the name of a tag or an attribute
/// without quotes; nor a URL safe to follow, which may be `javascript:`.
///
/// Allocates nothing.
///
/// ```
/// use std::borrow::Cow;
///
/// use tramline::{Escaped, Html, Responder, route, text};
///
/// #[route("/hello/{name}")]
/// fn hello(name: Cow<'_, str>) -> impl Responder {
///     Html(text!("<!doctype html><title>Hello</title><p>Hello, {}!", Escaped(name)))
/// }
///
/// assert_eq!(Escaped("<b>R&D</b>").to_string(), "&lt;b&gt;R&amp;D&lt;/b&gt;");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Escaped<T>(
    /// What is shown.
    pub T,
);

impl<T: fmt::Display> fmt::Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaper(f), "{}", self.0)
    }
}

struct Escaper<'f, 'b>(&'f mut fmt::Formatter<'b>);

impl fmt::Write for Escaper<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate() {
            let reference = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                _ => continue,
            };
            self.0.write_str(&text[plain..at])?;
            self.0.write_str(reference)?;
            plain = at + 1;
        }
        self.0.write_str(&text[plain..])
    }
}

#[cfg(test)]
mod tests {
    use super::Escaped;

    #[test]
    fn what_a_browser_would_take_is_written_otherwise() {
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("a<b", "a&lt;b"),
            ("<&>", "&lt;&amp;&gt;"),
            ("&amp;", "&amp;amp;"),
            (
                "\"quoted\" & 'quoted'",
                "&quot;quoted&quot; &amp; &#39;quoted&#39;",
            ),
            ("é<ü", "é&lt;ü"),
        ] {
            assert_eq!(Escaped(text).to_string(), expected, "{text:?}");
        }
        // In whatever pieces it comes.
        assert_eq!(
            Escaped(format_args!("{}<{}", '<', 7)).to_string(),
            "&lt;&lt;7"
        );
    }
}
