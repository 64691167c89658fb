//! The arguments of `#[route(..)]`: methods, if any, then patterns; or `_`; and
//! behind them `blocking` or not, and guards.
//!
//! Owns their syntax and the spelling of methods. Refuses to look into a
//! pattern: that is `pattern`'s.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, LitStr, Path, Result, Token};

use crate::suggest::nearest;

/// `GET, POST, "/path", "/other"`: every method with every pattern. There is at
/// least one of each, and none stands twice. `_` is the method of the fallback
/// with the pattern `/`.
pub(crate) struct Args {
    pub(crate) methods: Vec<Method>,
    pub(crate) patterns: Vec<LitStr>,
    /// Where `blocking` stands.
    pub(crate) blocking: Option<Span>,
    /// In the order they are asked.
    pub(crate) guards: Vec<Path>,
}

/// A method that can be named, in capitals.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Method {
    /// A variant of `tramline::Method`.
    Known(&'static str),
    /// Any other method, by its name.
    Extension(String),
    /// No method, but what no route of the set matches; the only one.
    Fallback,
}

/// Each name, and its variant of `tramline::Method`.
const KNOWN: [(&str, &str); 9] = [
    ("GET", "Get"),
    ("HEAD", "Head"),
    ("POST", "Post"),
    ("PUT", "Put"),
    ("DELETE", "Delete"),
    ("OPTIONS", "Options"),
    ("TRACE", "Trace"),
    ("PATCH", "Patch"),
    ("ANY", "Any"),
];

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.is_empty() {
            return Err(Error::new(
                Span::call_site(),
                "the path pattern is missing: write `#[route(\"/path\")]` or `#[route(POST, \"/path\")]`",
            ));
        }
        if input.peek(Token![_]) {
            return parse_fallback(input);
        }
        let mut methods = Vec::new();
        while input.peek(Ident::peek_any) && !input.peek2(Token![!]) {
            parse_method(input, &mut methods)?;
        }
        if methods.is_empty() {
            methods.push(Method::Known("Get"));
        }
        let place = input.span();
        let first = input.parse().map_err(|_| {
            Error::new(
                place,
                "expected the path pattern, a string literal that starts with `/`, as in `\"/users/{id}\"`",
            )
        })?;
        let mut patterns = Vec::new();
        parse_pattern(first, input, &mut patterns)?;
        // To peek at a literal is to parse it, and most have but one.
        while !input.is_empty() && input.peek(LitStr) {
            parse_pattern(input.parse()?, input, &mut patterns)?;
        }
        let (blocking, guards) = parse_manner(input)?;
        parse_end(input, !guards.is_empty())?;
        Ok(Self {
            methods,
            patterns,
            blocking,
            guards,
        })
    }
}

const ALONE: &str = "`_` stands alone: the fallback answers what no route of its set matches, by any method, and nothing but guards \
                     can follow it";

/// `_`
fn parse_fallback(input: ParseStream<'_>) -> Result<Args> {
    let place = input.parse::<Token![_]>()?.span;
    input.parse::<Option<Token![,]>>()?;
    let mut guards = Vec::new();
    while parse_guard(input, &mut guards)? {}
    if !input.is_empty() {
        return Err(input.error(ALONE));
    }
    Ok(Args {
        methods: vec![Method::Fallback],
        patterns: vec![LitStr::new("/", place)],
        blocking: None,
        guards,
    })
}

/// `GET,`
fn parse_method(input: ParseStream<'_>, methods: &mut Vec<Method>) -> Result<()> {
    if input.peek(Token![_]) {
        return Err(input.error(ALONE));
    }
    let name = input.call(Ident::parse_any)?;
    if input.peek(Token![=]) && name == GUARD {
        return Err(Error::new(
            name.span(),
            "guards come behind the patterns: write `#[route(\"/path\", guard = name)]`",
        ));
    }
    if name == BLOCKING {
        return Err(Error::new(
            name.span(),
            "`blocking` comes behind the patterns: write `#[route(\"/path\", blocking)]`",
        ));
    }
    if input.peek(Token![=]) {
        return Err(Error::new(
            name.span(),
            format!(
                "unknown argument `{name}`: the pattern stands alone, as in `#[route(\"/path\")]`"
            ),
        ));
    }
    let method = Method::named(&name)?;
    if methods.contains(&method) {
        return Err(Error::new(
            name.span(),
            format!("the method `{name}` stands twice: leave out one"),
        ));
    }
    methods.push(method);
    if methods.len() > 1 && methods.contains(&Method::Known("Any")) {
        return Err(Error::new(
            name.span(),
            "`ANY` takes every method: leave out the others",
        ));
    }
    if input.is_empty() {
        return Err(Error::new(
            name.span(),
            format!(
                "the path pattern is missing: write `#[route({name}, \"/path\")]`, a string \
                 literal and not a constant"
            ),
        ));
    }
    if !input.peek(Token![,]) {
        return Err(Error::new(
            input.span(),
            format!("expected `,` between the method `{name}` and the path pattern"),
        ));
    }
    input.parse::<Token![,]>()?;
    Ok(())
}

/// `"/path"` and behind it `,`, which may be missing behind the last one.
fn parse_pattern(
    pattern: LitStr,
    input: ParseStream<'_>,
    patterns: &mut Vec<LitStr>,
) -> Result<()> {
    let text = pattern.value();
    let (first, rest) = text.split_once(' ').unwrap_or((&text, "/path"));
    if KNOWN.iter().any(|(name, _)| *name == first) {
        return Err(Error::new(
            pattern.span(),
            format!(
                "`{first}` is a method, and no part of a pattern: write `#[route({first}, \"{rest}\")]`"
            ),
        ));
    }
    if patterns.iter().any(|other| other.value() == text) {
        return Err(Error::new(
            pattern.span(),
            format!("the pattern `{text}` stands twice: leave out one"),
        ));
    }
    patterns.push(pattern);
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(Error::new(
            input.span(),
            "expected `,` or `)` after the path pattern",
        ));
    }
    input.parse::<Option<Token![,]>>()?;
    Ok(())
}

/// `blocking, guard = is_admin`, in any order.
fn parse_manner(input: ParseStream<'_>) -> Result<(Option<Span>, Vec<Path>)> {
    let (mut blocking, mut guards) = (None, Vec::new());
    while !input.is_empty() {
        if let Some(place) = parse_blocking(input)? {
            if blocking.replace(place).is_some() {
                return Err(Error::new(place, "`blocking` stands twice: leave out one"));
            }
        } else if !parse_guard(input, &mut guards)? {
            break;
        }
    }
    Ok((blocking, guards))
}

/// What says that a handler blocks.
const BLOCKING: &str = "blocking";

/// `blocking`
fn parse_blocking(input: ParseStream<'_>) -> Result<Option<Span>> {
    let place = input.span();
    let is_there = matches!(input.fork().call(Ident::parse_any), Ok(name) if name == BLOCKING);
    if !is_there {
        return Ok(None);
    }
    input.call(Ident::parse_any)?;
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(input.error("`blocking` stands alone: remove what follows it"));
    }
    input.parse::<Option<Token![,]>>()?;
    Ok(Some(place))
}

/// What stands before the `=` of a guard.
const GUARD: &str = "guard";

/// `guard = is_admin`, if it is there.
fn parse_guard(input: ParseStream<'_>, guards: &mut Vec<Path>) -> Result<bool> {
    let is_there = matches!(input.fork().call(Ident::parse_any), Ok(name) if name == GUARD);
    if !is_there {
        return Ok(false);
    }
    let place = input.call(Ident::parse_any)?.span();
    let expected = "expected the name of a guard, as in `guard = is_admin`";
    let is_named =
        input.peek(Token![=]) && (input.peek2(Ident::peek_any) || input.peek2(Token![::]));
    if !is_named {
        return Err(Error::new(place, expected));
    }
    input.parse::<Token![=]>()?;
    let guard = input.call(Path::parse_mod_style)?;
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(
            input.error("a guard is named alone: its arguments are found as a handler's are")
        );
    }
    input.parse::<Option<Token![,]>>()?;
    let written = |guard: &Path| guard.to_token_stream().to_string().replace(' ', "");
    let name = written(&guard);
    if guards.iter().any(|other| written(other) == name) {
        return Err(Error::new_spanned(
            guard,
            format!("the guard `{name}` stands twice: leave out one"),
        ));
    }
    guards.push(guard);
    Ok(true)
}

/// Nothing may follow.
fn parse_end(input: ParseStream<'_>, is_guarded: bool) -> Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    if input.peek(Token![_]) {
        return Err(input.error(ALONE));
    }
    let span = input.span();
    let extra = input
        .call(Ident::parse_any)
        .map(|name| name.to_string())
        .unwrap_or_default();
    let message = if KNOWN.iter().any(|(name, _)| *name == extra) {
        format!("methods come before patterns: write `#[route({extra}, \"/path\")]`")
    } else if extra == "name" {
        "a route has the name of its function, which is its own already: remove `name`".to_owned()
    } else if is_guarded && input.is_empty() && !extra.is_empty() {
        format!("unknown argument `{extra}`: each guard is named apart, `guard = {extra}`")
    } else if let Some(meant) = nearest(&extra, [BLOCKING, GUARD]) {
        format!("unknown argument `{extra}`: did you mean `{meant}`?")
    } else {
        let extra = if extra.is_empty() {
            extra
        } else {
            format!(" `{extra}`")
        };
        format!(
            "unknown argument{extra}: `#[route(..)]` takes methods, which may be left out, path patterns, and behind them \
             `blocking` and guards"
        )
    };
    Err(Error::new(span, message))
}

impl Method {
    fn named(ident: &Ident) -> Result<Self> {
        let name = ident.to_string();
        if let Some((_, variant)) = KNOWN.iter().find(|(known, _)| *known == name) {
            return Ok(Self::Known(variant));
        }
        // tramline answers it with 501 before it looks for a route.
        if name == "CONNECT" {
            return Err(Error::new(
                ident.span(),
                "`CONNECT` asks a proxy for a tunnel and never reaches a handler: choose another method",
            ));
        }
        let capitals = name.to_ascii_uppercase();
        // A word this near to a known method is more likely a slip than an
        // extension, and would answer nobody.
        if let Some(meant) = nearest(&capitals, KNOWN.iter().map(|(known, _)| *known)) {
            return Err(Error::new(
                ident.span(),
                format!("unknown method `{name}`: did you mean `{meant}`?"),
            ));
        }
        if name == capitals
            && name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.is_ascii()
        {
            return Ok(Self::Extension(name));
        }
        Err(Error::new(
            ident.span(),
            format!(
                "unknown method `{name}`: a method is a word in capitals, as in `GET`, `ANY` or `PROPFIND`"
            ),
        ))
    }
}

// Input:  GET                       PROPFIND                                     _
// Output: ::tramline::Method::Get   ::tramline::Method::Extension("PROPFIND")   ::tramline::routing::FALLBACK
impl ToTokens for Method {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Known(variant) => {
                let variant = format_ident!("{variant}");
                quote!(::tramline::Method::#variant)
            }
            Self::Extension(name) => quote!(::tramline::Method::Extension(#name)),
            Self::Fallback => quote!(::tramline::routing::FALLBACK),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Args, Method};

    fn parse(args: &str) -> Result<(Vec<Method>, Vec<String>), String> {
        syn::parse_str::<Args>(args)
            .map(|args| {
                let patterns = args.patterns.iter().map(syn::LitStr::value).collect();
                (args.methods, patterns)
            })
            .map_err(|error| error.to_string())
    }

    #[test]
    fn methods_may_come_first() {
        let extension = |name: &str| Method::Extension(name.into());
        for (args, methods, patterns) in [
            ("\"/\"", vec![Method::Known("Get")], &["/"] as &[&str]),
            ("\"/\",", vec![Method::Known("Get")], &["/"]),
            ("r\"/\"", vec![Method::Known("Get")], &["/"]),
            ("GET, \"/\"", vec![Method::Known("Get")], &["/"]),
            ("PATCH, \"/\",", vec![Method::Known("Patch")], &["/"]),
            ("_", vec![Method::Fallback], &["/"]),
            ("_,", vec![Method::Fallback], &["/"]),
            ("ANY, \"/\"", vec![Method::Known("Any")], &["/"]),
            ("PROPFIND, \"/\"", vec![extension("PROPFIND")], &["/"]),
            ("X_1, \"/\"", vec![extension("X_1")], &["/"]),
            (
                "GET, \"/\", \"/a\",",
                vec![Method::Known("Get")],
                &["/", "/a"],
            ),
            (
                "POST, PURGE, GET, \"/b\", \"/a\", \"/c\"",
                vec![
                    Method::Known("Post"),
                    extension("PURGE"),
                    Method::Known("Get"),
                ],
                &["/b", "/a", "/c"],
            ),
        ] {
            let patterns = patterns.iter().map(|&text| text.to_owned()).collect();
            assert_eq!(parse(args), Ok((methods, patterns)), "{args}");
        }
    }

    #[test]
    fn anything_else_is_explained() {
        for (args, expected) in [
            ("", "the path pattern is missing"),
            ("GET", "write `#[route(GET, \"/path\")]`"),
            ("GET,", "expected the path pattern"),
            ("GET \"/\"", "expected `,`"),
            ("PATH", "did you mean `PATCH`?"),
            ("get, \"/\"", "did you mean `GET`?"),
            ("Delete, \"/\"", "did you mean `DELETE`?"),
            ("PSOT, \"/\"", "did you mean `POST`?"),
            ("CONNECT, \"/\"", "`CONNECT` asks a proxy"),
            ("fetch, \"/\"", "a word in capitals"),
            ("É, \"/\"", "a word in capitals"),
            ("path = \"/\"", "unknown argument `path`"),
            ("guard = a, \"/\"", "guards come behind the patterns"),
            ("\"/\", guard", "expected the name of a guard"),
            ("\"/\", guard = \"a\"", "expected the name of a guard"),
            ("\"/\", guard = a()", "a guard is named alone"),
            (
                "\"/\", guard = a::b, guard = a::b",
                "the guard `a::b` stands twice",
            ),
            (
                "\"/\", guard = a, POST",
                "write `#[route(POST, \"/path\")]`",
            ),
            ("_, guard = a, \"/\"", "`_` stands alone"),
            ("_, blocking", "nothing but guards can follow it"),
            (
                "\"/\", guard = a, b",
                "each guard is named apart, `guard = b`",
            ),
            ("\"/\", POST", "write `#[route(POST, \"/path\")]`"),
            ("\"/\", blocking = true", "`blocking` stands alone"),
            ("\"/\", blocking, \"/b\"", "unknown argument"),
            ("\"/\", blocking, blocking", "`blocking` stands twice"),
            ("\"/\", Blocking", "did you mean `blocking`?"),
            ("\"/\", guards = a", "did you mean `guard`?"),
            ("blocking, \"/\"", "`blocking` comes behind the patterns"),
            ("\"GET\", \"/\"", "write `#[route(GET, \"/path\")]`"),
            ("\"POST /a\"", "write `#[route(POST, \"/a\")]`"),
            ("\"/\", \"/b\", 7", "unknown argument: "),
            ("\"/\", name = \"x\"", "remove `name`"),
            ("\"/\", \"/b\", PUT", "write `#[route(PUT, \"/path\")]`"),
            ("\"/\" blocking", "expected `,` or `)`"),
            ("\"/\" \"/b\"", "expected `,` or `)`"),
            ("\"/a\", \"/b\", \"/a\"", "the pattern `/a` stands twice"),
            ("GET, POST, GET, \"/\"", "the method `GET` stands twice"),
            ("GET, ANY, \"/\"", "`ANY` takes every method"),
            ("ANY, PURGE, \"/\"", "`ANY` takes every method"),
            ("_, \"/\"", "`_` stands alone"),
            ("_ GET", "`_` stands alone"),
            ("GET, _", "`_` stands alone"),
            ("\"/\", _", "`_` stands alone"),
            ("GET, POST", "write `#[route(POST, \"/path\")]`"),
            ("b\"/\"", "expected the path pattern"),
            ("42", "expected the path pattern"),
            ("concat!(\"/\")", "expected the path pattern"),
        ] {
            let error = parse(args).expect_err(args);
            assert!(error.contains(expected), "{args}: {error}");
        }
    }
}
