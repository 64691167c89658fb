//! The arguments of `#[route(..)]`: an optional method, then the pattern.
//!
//! Owns their syntax and the spelling of methods. Refuses to look into the
//! pattern: that is `pattern`'s.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, LitStr, Result, Token};

use crate::suggest::nearest;

/// `GET, "/path"`.
pub(crate) struct Args {
    pub(crate) method: Method,
    pub(crate) pattern: LitStr,
}

/// A method that can be named, in capitals.
#[derive(Debug, PartialEq)]
pub(crate) enum Method {
    /// A variant of `tramline::Method`.
    Known(&'static str),
    /// Any other method, by its name.
    Extension(String),
}

/// Each name, and its variant of `tramline::Method`.
const KNOWN: [(&str, &str); 10] = [
    ("GET", "Get"),
    ("HEAD", "Head"),
    ("POST", "Post"),
    ("PUT", "Put"),
    ("DELETE", "Delete"),
    ("CONNECT", "Connect"),
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
        let method = if input.peek(Ident::peek_any) {
            parse_method(input)?
        } else {
            Method::Known("Get")
        };
        if !input.peek(LitStr) {
            return Err(Error::new(
                input.span(),
                "expected the path pattern, a string literal that starts with `/`, as in `\"/users/{id}\"`",
            ));
        }
        let pattern = input.parse()?;
        parse_end(input)?;
        Ok(Self { method, pattern })
    }
}

/// `GET,`
fn parse_method(input: ParseStream<'_>) -> Result<Method> {
    let name = input.call(Ident::parse_any)?;
    if input.peek(Token![=]) {
        return Err(Error::new(
            name.span(),
            format!(
                "unknown argument `{name}`: the pattern stands alone, as in `#[route(\"/path\")]`"
            ),
        ));
    }
    let method = Method::named(&name)?;
    if input.is_empty() {
        return Err(Error::new(
            name.span(),
            format!("the path pattern is missing: write `#[route({name}, \"/path\")]`"),
        ));
    }
    if !input.peek(Token![,]) {
        return Err(Error::new(
            input.span(),
            format!("expected `,` between the method `{name}` and the path pattern"),
        ));
    }
    input.parse::<Token![,]>()?;
    Ok(method)
}

/// Nothing but a trailing comma may follow the pattern.
fn parse_end(input: ParseStream<'_>) -> Result<()> {
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(Error::new(
            input.span(),
            "expected `)` after the path pattern",
        ));
    }
    input.parse::<Option<Token![,]>>()?;
    if input.is_empty() {
        return Ok(());
    }
    let span = input.span();
    let extra = input
        .call(Ident::parse_any)
        .map(|name| name.to_string())
        .unwrap_or_default();
    Err(Error::new(
        span,
        if KNOWN.iter().any(|(name, _)| *name == extra) {
            format!("the method comes before the pattern: write `#[route({extra}, \"/path\")]`")
        } else if extra.is_empty() {
            "unknown argument: `#[route(..)]` takes a method, which may be left out, and one path pattern".to_owned()
        } else {
            format!(
                "unknown argument `{extra}`: `#[route(..)]` takes a method, which may be left out, and one path pattern"
            )
        },
    ))
}

impl Method {
    fn named(ident: &Ident) -> Result<Self> {
        let name = ident.to_string();
        if let Some((_, variant)) = KNOWN.iter().find(|(known, _)| *known == name) {
            return Ok(Self::Known(variant));
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

// Input:  GET                       PROPFIND
// Output: ::tramline::Method::Get   ::tramline::Method::Extension("PROPFIND")
impl ToTokens for Method {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Known(variant) => {
                let variant = format_ident!("{variant}");
                quote!(::tramline::Method::#variant)
            }
            Self::Extension(name) => quote!(::tramline::Method::Extension(#name)),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Args, Method};

    fn parse(args: &str) -> Result<(Method, String), String> {
        syn::parse_str::<Args>(args)
            .map(|args| (args.method, args.pattern.value()))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_method_may_come_first() {
        for (args, method) in [
            ("\"/\"", Method::Known("Get")),
            ("\"/\",", Method::Known("Get")),
            ("r\"/\"", Method::Known("Get")),
            ("GET, \"/\"", Method::Known("Get")),
            ("PATCH, \"/\",", Method::Known("Patch")),
            ("ANY, \"/\"", Method::Known("Any")),
            ("PROPFIND, \"/\"", Method::Extension("PROPFIND".into())),
            ("X_1, \"/\"", Method::Extension("X_1".into())),
        ] {
            assert_eq!(parse(args), Ok((method, "/".into())), "{args}");
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
            ("fetch, \"/\"", "a word in capitals"),
            ("É, \"/\"", "a word in capitals"),
            ("path = \"/\"", "unknown argument `path`"),
            ("\"/\", POST", "write `#[route(POST, \"/path\")]`"),
            ("\"/\", blocking", "unknown argument `blocking`"),
            ("\"/\", \"/b\"", "unknown argument: "),
            ("\"/\" blocking", "expected `)`"),
            ("b\"/\"", "expected the path pattern"),
            ("42", "expected the path pattern"),
            ("concat!(\"/\")", "a word in capitals"),
        ] {
            let error = parse(args).expect_err(args);
            assert!(error.contains(expected), "{args}: {error}");
        }
    }
}
