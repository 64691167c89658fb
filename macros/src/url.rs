//! `url!`: the path of a route, from its arguments.
//!
//! Owns the syntax of the call and what it expands to. Refuses to know the
//! pattern and the function, which it cannot see: the library's const functions
//! hold the names against the one, and its traits take types from the other.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Expr, LitStr, Path, Result, Token};

use crate::span::{before, behind, ends, local, ours, place};

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
        if prefix.is_none() && input.peek(Token![=]) {
            return Err(Error::new(
                place(&set),
                format!("expected the set that the route is of, {FORM}"),
            ));
        }
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
// Output: match (
//             7,
//             {
//                 #[allow(deprecated)]
//                 let handler = users::show;
//                 handler
//             },
//         ) {
//             (arg0, handler) => {
//                 const ROUTE: ::tramline::routing::Entry = {
//                     use ::tramline::routing::Unrouted as _;
//                     <users::show>::entry(::tramline::routing::SOUND)
//                 };
//                 const SOUGHT: ::tramline::routing::Sought = ::tramline::routing::Sought::new(
//                     ROUTE,
//                     "App",
//                     <App as ::tramline::RouteSet>::ROUTES,
//                     ::core::option::Option::None,
//                     &["id"],
//                 );
//                 const _: () = if let ::core::option::Option::Some(problem) = SOUGHT.problem() { .. };
//                 const _: () = if let ::core::option::Option::Some(problem) = SOUGHT.unknown("id") { .. };
//                 const LINK: ::tramline::routing::Link = ::tramline::routing::Link::new(&SOUGHT);
//                 let arguments = ::tramline::handler::arguments::<
//                     { ::tramline::routing::is_route(&ROUTE) }, _, _,
//                 >(handler);
//                 ::tramline::handler::Url::new(LINK, move |number, out| match number {
//                     0 => arguments.at::<{ ::tramline::routing::place(&ROUTE, "id") }>().write(&arg0, out),
//                     _ => ::core::unreachable!(),
//                 })
//             }
//         }
//
// Values and handler stand outside of the block, where no name of ours meets
// theirs, and in the head of a `match`: what a value borrows lives as long as
// the call.
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
    let prefix = prefix.map_or_else(
        || quote!(::core::option::Option::None),
        |prefix| quote!(::core::option::Option::Some(#prefix)),
    );
    let names: Vec<_> = arguments.iter().map(Argument::name).collect();
    let values = arguments.iter().map(|argument| &argument.value);
    let variables = (0..arguments.len()).map(|number| local(&format!("arg{number}")));
    let [number, out, problem, taken] = &["number", "out", "problem", "arguments"].map(local);
    let function = function(&route);
    let handler = &local("handler");

    let place = place(&route);
    let report = reported(place, problem);
    let unknown = arguments.iter().zip(&names).map(|(argument, name)| {
        let report = reported(argument.name.span(), problem);
        quote! {
            const _: () = if let ::core::option::Option::Some(#problem) = SOUGHT.unknown(#name) { #report };
        }
    });
    let writes = arguments.iter().enumerate().map(|(at, argument)| {
        let write = write(argument, at, taken, out);
        let at = Literal::usize_unsuffixed(at);
        quote!(#at => #write,)
    });
    // Without values there is nothing to take.
    let (asked, list) = if arguments.is_empty() {
        (quote!(_), None)
    } else {
        let close = Token![>](behind(ours(place)));
        let list = quote_spanned! {before(ours(place))=>
            let #taken = ::tramline::handler::arguments::<
                { ::tramline::routing::is_route(&ROUTE) }, _, _,
            #close(#handler);
        };
        (quote!(#handler), Some(list))
    };
    quote! {
        match (#(#values,)* {
            #[allow(deprecated)]
            let #handler = #function;
            #handler
        },) {
            (#(#variables,)* #asked,) => {
                const ROUTE: ::tramline::routing::Entry = {
                    use ::tramline::routing::Unrouted as _;
                    <#route>::entry(::tramline::routing::SOUND)
                };
                #[allow(long_running_const_eval)]
                const SOUGHT: ::tramline::routing::Sought = ::tramline::routing::Sought::new(
                    ROUTE,
                    #set_name,
                    <#set as ::tramline::RouteSet>::ROUTES,
                    #prefix,
                    &[#(#names),*],
                );
                const _: () = if let ::core::option::Option::Some(#problem) = SOUGHT.problem() { #report };
                #(#unknown)*
                const LINK: ::tramline::routing::Link = ::tramline::routing::Link::new(&SOUGHT);
                #list
                ::tramline::handler::Url::new(LINK, move |#number, #out| match #number {
                    #(#writes)*
                    _ => ::core::unreachable!(),
                })
            }
        }
    }
}

/// Ends const evaluation with an error that is shown at `place`.
fn reported(place: Span, problem: &Ident) -> TokenStream {
    let mut given = Group::new(Delimiter::Parenthesis, quote!(#problem.as_str()));
    given.set_span(ours(place));
    quote_spanned!(before(ours(place))=> ::tramline::routing::reject #given)
}

/// The function of a route. A variable of the same name does not hide it, as in
/// `let index = url!(App, index)`: a lone name is the macro's. So it is not
/// renamed with the function; and it stands elsewhere, since rust-analyzer 1.95
/// would write the new name over the attribute of the handler that `url!` is in.
fn function(route: &Path) -> Path {
    let mut function = route.clone();
    if let Some(name) = function.get_ident() {
        let mut name = name.clone();
        name.set_span(Span::mixed_site());
        function = name.into();
    }
    function
}

// Input:  id = 7
// Output: arguments.at::<{ ::tramline::routing::place(&ROUTE, "id") }>().write(&arg0, out)
//
// That the value has another type is shown at the value.
fn write(argument: &Argument, number: usize, taken: &Ident, out: &Ident) -> TokenStream {
    let name = argument.name();
    let (start, end) = ends(&argument.value).unwrap_or((Span::call_site(), Span::call_site()));
    let mut variable = local(&format!("arg{number}"));
    // One context, or the compiler cannot join the ends.
    let reference = quote_spanned!(variable.span().located_at(start)=> &);
    variable.set_span(variable.span().located_at(end));
    let write = quote_spanned!(ours(start)=> write);
    let place = quote!(::tramline::routing::place(&ROUTE, #name));
    quote!(#taken.at::<{ #place }>().#write(#reference #variable, #out))
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
            ("show, id = 7", "expected the set that the route is of"),
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
