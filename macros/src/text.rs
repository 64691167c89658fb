//! `text!`: the arguments now, the formatting later.
//!
//! Owns the splitting of the arguments. Refuses to read the format string:
//! `write!` does, on the user's own literal, so its errors and its captures of
//! variables are those of `format!`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Error, Expr, Result, Token};

use crate::span::{local, ours};

/// `"{} {name}", value, name = value`
struct Text {
    format: Expr,
    arguments: Vec<Argument>,
}

/// `value` or `name = value`
struct Argument {
    name: Option<Ident>,
    value: Expr,
}

impl Parse for Text {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.is_empty() {
            return Err(Error::new(
                Span::call_site(),
                "expected a format string, as in `text!(\"hello {name}\")`: for an empty answer return `()`",
            ));
        }
        let format = input.parse()?;
        let mut arguments = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if !input.is_empty() {
                arguments.push(input.parse()?);
            }
        }
        Ok(Self { format, arguments })
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name =
            if input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==]) {
                let name = input.call(Ident::parse_any)?;
                input.parse::<Token![=]>()?;
                Some(name)
            } else {
                None
            };
        Ok(Self {
            name,
            value: input.parse()?,
        })
    }
}

// Input:  "{} of {total}\n", count(), total = all.len()
// Output: {
//             let arg0 = count();
//             let arg1 = all.len();
//             ::tramline::handler::Text::new(move |out: &mut dyn ::core::fmt::Write| {
//                 ::core::write!(out, "{} of {total}\n", arg0, total = arg1)
//             })
//         }
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let Text { format, arguments } = match syn::parse2(input) {
        Ok(text) => text,
        Err(error) => return error.to_compile_error(),
    };
    let out = local("out");
    let mut bindings = TokenStream::new();
    let mut passed = TokenStream::new();
    for (index, Argument { name, value }) in arguments.iter().enumerate() {
        // Shown at the value, where `write!` complains of its type or that it
        // is not used; as hygienic as any local.
        let place = ours(value.span());
        let bound = Ident::new(&format!("arg{index}"), Span::mixed_site().located_at(place));
        bindings.extend(quote!(let #bound = #value;));
        let name = name.as_ref().map(|name| quote_spanned!(place=> #name =));
        passed.extend(quote_spanned!(place=> , #name #bound));
    }
    let text = quote! {
        ::tramline::handler::Text::new(move |#out: &mut dyn ::core::fmt::Write| {
            ::core::write!(#out, #format #passed)
        })
    };
    if arguments.is_empty() {
        text
    } else {
        quote!({ #bindings #text })
    }
}

#[cfg(test)]
mod tests {
    use super::expand;

    fn expanded(input: &str) -> String {
        expand(input.parse().expect(input))
            .to_string()
            .replace(' ', "")
    }

    #[test]
    fn arguments_are_bound_in_order_before_the_closure() {
        for (input, bindings, passed) in [
            ("\"a\"", "::tramline", "\"a\")})"),
            ("\"a\",", "::tramline", "\"a\")})"),
            (
                "\"{}\", f(1, 2)",
                "{letarg0=f(1,2);::tramline",
                "\"{}\",arg0)})}",
            ),
            (
                "\"{b}\", x, b = y,",
                "{letarg0=x;letarg1=y;::tramline",
                "\"{b}\",arg0,b=arg1)})}",
            ),
            (
                "\"{}\", a == b",
                "{letarg0=a==b;::tramline",
                "\"{}\",arg0)})}",
            ),
            (
                "\"{type}\", type = 1",
                "{letarg0=1;::tramline",
                "\"{type}\",type=arg0)})}",
            ),
        ] {
            let expanded = expanded(input);
            assert!(
                expanded.starts_with(bindings) && expanded.ends_with(passed),
                "{input}: {expanded}"
            );
        }
    }

    #[test]
    fn no_format_string_is_explained() {
        assert!(expanded("").contains("expectedaformatstring"));
        assert!(expanded("\"a\" b").contains("expected`,`"));
    }
}
