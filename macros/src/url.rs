//! `url!`: the path of a route, from its arguments.
//!
//! Owns the syntax of the call and what it expands to. Refuses to know the
//! pattern, which it cannot see: the library's const functions hold the names
//! against it, and the types are those that `expand` left in the marker.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Expr, LitStr, Path, Result, Token};

use crate::marker::type_of;
use crate::span::{ends, local, ours};

/// `App, "/v1" => users::show, id = 7`
struct Url {
    set: Path,
    /// The prefix that was chosen, if the route is mounted under several.
    prefix: Option<LitStr>,
    route: Path,
    /// No two have the same name.
    arguments: Vec<Argument>,
}

/// `id = 7`
struct Argument {
    name: Ident,
    value: Expr,
}

const FORM: &str = "as in `url!(App, users::show, id = 7)`";

impl Parse for Url {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let set = parse_path(input, "a set of routes")?;
        parse_comma(input, "the route whose path it is")?;
        let prefix: Option<LitStr> = input.peek(LitStr).then(|| input.parse()).transpose()?;
        if prefix.is_some() {
            if !input.peek(Token![=>]) {
                return Err(input.error(
                    "expected `=>` and the route after the mount prefix, as in `\"/v1\" => users::show`",
                ));
            }
            input.parse::<Token![=>]>()?;
        }
        let route = parse_path(input, "a route")?;
        let mut arguments: Vec<Argument> = Vec::new();
        while !input.is_empty() {
            parse_comma(input, "an argument")?;
            if input.is_empty() {
                break;
            }
            let argument: Argument = input.parse()?;
            if arguments
                .iter()
                .any(|other| other.name() == argument.name())
            {
                return Err(Error::new(
                    argument.name.span(),
                    format!("`{}` is given twice: remove one", argument.name()),
                ));
            }
            arguments.push(argument);
        }
        Ok(Self {
            set,
            prefix,
            route,
            arguments,
        })
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !input.peek(Ident::peek_any) {
            return Err(input.error(format!("expected a parameter and its value, {FORM}")));
        }
        let name = input.call(Ident::parse_any)?;
        if !input.peek(Token![=]) || input.peek(Token![==]) {
            return Err(Error::new(
                name.span(),
                format!("expected the value of a parameter by its name, as in `{name} = value`"),
            ));
        }
        input.parse::<Token![=]>()?;
        if input.is_empty() {
            return Err(Error::new(
                name.span(),
                format!("expected a value after `{name} =`"),
            ));
        }
        Ok(Self {
            name,
            value: input.parse()?,
        })
    }
}

impl Argument {
    fn name(&self) -> String {
        self.name.unraw().to_string()
    }
}

fn parse_path(input: ParseStream<'_>, expected: &str) -> Result<Path> {
    if !input.peek(Ident::peek_any) && !input.peek(Token![::]) {
        return Err(input.error(format!("expected {expected}, {FORM}")));
    }
    input.call(Path::parse_mod_style)
}

fn parse_comma(input: ParseStream<'_>, expected: &str) -> Result<()> {
    if input.peek(Token![,]) {
        input.parse::<Token![,]>()?;
        return Ok(());
    }
    Err(input.error(format!("expected `,` and {expected}, {FORM}")))
}

// Input:  url!(App, users::show, id = 7)
// Output: match (7,) {
//             (arg0,) => {
//                 const SOUGHT: ::tramline::routing::Sought = ::tramline::routing::Sought::new::<(users::show)>(
//                     "App",
//                     <App as ::tramline::RouteSet>::ROUTES,
//                     None,
//                     &["id"],
//                 );
//                 const _: () = if let Some(problem) = SOUGHT.problem() { .. };
//                 const _: () = if let Some(problem) = SOUGHT.unknown("id") { .. };
//                 const LINK: ::tramline::routing::Link = ::tramline::routing::Link::new(&SOUGHT);
//                 trait UrlArguments {
//                     const URL_id: ::tramline::handler::Unhandled = ::tramline::handler::Unhandled;
//                 }
//                 impl<T: ?Sized> UrlArguments for T {}
//                 ::tramline::handler::Url::new(LINK, move |number, out| match number {
//                     0 => <users::show>::URL_id.write(&arg0, out),
//                     _ => ::core::unreachable!(),
//                 })
//             }
//         }
//
// The values stand outside of the block, where no name of ours meets theirs.
// A constant of the marker comes before that of a trait: the trait's is what
// is left for the parameters of mount prefixes.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let Url {
        set,
        prefix,
        route,
        arguments,
    } = match syn::parse2(input) {
        Ok(url) => url,
        Err(error) => return error.to_compile_error(),
    };
    let set_name = set.to_token_stream().to_string().replace(' ', "");
    let prefix = prefix.map_or_else(|| quote!(None), |prefix| quote!(Some(#prefix)));
    let names: Vec<_> = arguments.iter().map(Argument::name).collect();
    let types: Vec<_> = arguments
        .iter()
        .map(|argument| type_of(&argument.name))
        .collect();
    let values = arguments.iter().map(|argument| &argument.value);
    let variables = (0..arguments.len()).map(|number| local(&format!("arg{number}")));
    let (number, out, problem) = (&local("number"), &local("out"), &local("problem"));

    let place = place(&route);
    let report = quote_spanned!(ours(place)=> ::tramline::routing::reject(#problem.as_str()));
    let unknown = arguments.iter().zip(&names).map(|(argument, name)| {
        let place = ours(argument.name.span());
        let report = quote_spanned!(place=> ::tramline::routing::reject(#problem.as_str()));
        quote! {
            const _: () = if let Some(#problem) = SOUGHT.unknown(#name) { #report };
        }
    });
    let writes = arguments
        .iter()
        .zip(&types)
        .enumerate()
        .map(|(at, (argument, ty))| {
            let write = write(&route, ty, at, &argument.value, out);
            let at = Literal::usize_unsuffixed(at);
            quote!(#at => #write,)
        });
    let unhandled = (!arguments.is_empty()).then(|| {
        quote! {
            trait UrlArguments {
                #(const #types: ::tramline::handler::Unhandled = ::tramline::handler::Unhandled;)*
            }
            impl<T: ?::core::marker::Sized> UrlArguments for T {}
        }
    });
    quote! {
        match (#(#values,)*) {
            (#(#variables,)*) => {
                #[allow(long_running_const_eval)]
                const SOUGHT: ::tramline::routing::Sought = {
                    use ::tramline::routing::Unrouted as _;
                    ::tramline::routing::Sought::new(
                    <#route>::entry(::tramline::routing::SOUND),
                    #set_name,
                    <#set as ::tramline::RouteSet>::ROUTES,
                    #prefix,
                    &[#(#names),*],
                ) };
                const _: () = if let Some(#problem) = SOUGHT.problem() { #report };
                #(#unknown)*
                const LINK: ::tramline::routing::Link = ::tramline::routing::Link::new(&SOUGHT);
                #unhandled
                ::tramline::handler::Url::new(LINK, move |#number, #out| match #number {
                    #(#writes)*
                    _ => ::core::unreachable!(),
                })
            }
        }
    }
}

// Input:  id = 7
// Output: <users::show>::URL_id.write(&arg0, out)
//
// That the value has another type is shown at the value.
fn write(route: &Path, ty: &Ident, number: usize, value: &Expr, out: &Ident) -> TokenStream {
    let (start, end) = ends(value).unwrap_or((Span::call_site(), Span::call_site()));
    let mut variable = local(&format!("arg{number}"));
    // One context, or the compiler cannot join the ends.
    let reference = quote_spanned!(variable.span().located_at(start)=> &);
    variable.set_span(variable.span().located_at(end));
    let write = quote_spanned!(ours(start)=> write);
    quote!(<#route>::#ty.#write(#reference #variable, #out))
}

/// Where a route is shown: its last segment.
fn place(route: &Path) -> Span {
    route
        .segments
        .last()
        .map_or_else(Span::call_site, |segment| segment.ident.span())
}

#[cfg(test)]
mod tests {
    use super::{Url, expand};

    #[test]
    fn a_call_names_set_route_and_arguments() {
        for (call, arguments) in [
            ("App, show", 0),
            ("App, show,", 0),
            ("crate::App, users::show, id = 7", 1),
            ("App, \"/v1\" => users::show, id = a == b, r#type = x,", 2),
        ] {
            let url: Url = syn::parse_str(call).expect(call);
            assert_eq!(url.arguments.len(), arguments, "{call}");
        }
    }

    #[test]
    fn anything_else_is_explained() {
        for (call, expected) in [
            ("", "expected a set of routes, as in"),
            ("\"/users\"", "expected a set of routes"),
            ("App", "expected `,` and the route"),
            ("App,", "expected a route"),
            ("App, \"/v1\"", "expected `=>`"),
            ("App, \"/v1\" =>", "expected a route"),
            ("App, show(7)", "expected `,` and an argument"),
            ("App, show, 7", "expected a parameter and its value"),
            ("App, show, id", "as in `id = value`"),
            ("App, show, id == 7", "as in `id = value`"),
            ("App, show, id =", "expected a value"),
            ("App, show, id = 7, id = 8", "`id` is given twice"),
            ("App, show, type = 7, r#type = 8", "`type` is given twice"),
        ] {
            let made = expand(call.parse().expect("tokens")).to_string();
            assert!(
                made.contains("compile_error") && made.contains(expected),
                "{call}: {made}"
            );
        }
    }
}
