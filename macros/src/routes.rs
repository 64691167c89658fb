//! `routes!`: the list of routes, its table, its proofs and its calls.
//!
//! Owns the syntax of the list and what it expands to. Refuses to compare
//! routes: it sees names only, and the library's const functions see the rest
//! through the markers that `expand` made.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, LitStr, Path, Result, Token, Visibility, token};

use crate::pattern::Prefix;
use crate::span::{local, ours};

/// `pub App: index, "/api" => api::Routes`
#[derive(Default)]
struct Routes {
    /// `None`: an expression.
    declaration: Option<Declaration>,
    handlers: Vec<Path>,
    mounts: Vec<Mount>,
    /// What was wrong; the rest is there nevertheless, so that what names the
    /// set still compiles.
    error: Option<Error>,
}

struct Declaration {
    attributes: Vec<Attribute>,
    visibility: Visibility,
    name: Ident,
}

struct Mount {
    prefix: Prefix,
    set: Path,
}

impl Routes {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut routes = Self {
            declaration: Declaration::parse(input)?,
            ..Self::default()
        };
        if let Err(error) = routes.parse_entries(input) {
            routes.fail(error);
            input.parse::<TokenStream>()?;
        }
        Ok(routes)
    }

    fn parse_entries(&mut self, input: ParseStream<'_>) -> Result<()> {
        while !input.is_empty() {
            self.parse_entry(input)?;
            if !input.is_empty() {
                parse_comma(input)?;
            }
        }
        Ok(())
    }

    /// `users::show` or `"/prefix" => users::Routes`
    fn parse_entry(&mut self, input: ParseStream<'_>) -> Result<()> {
        if !input.peek(LitStr) {
            self.handlers.push(parse_path(
                input,
                Span::call_site(),
                "a route by its name, or `\"/prefix\" => path::to::Set`",
            )?);
            return Ok(());
        }
        let prefix: LitStr = input.parse()?;
        if !input.peek(Token![=>]) {
            let message = "expected `=>` and a set of routes after the mount prefix, as in `\"/api\" => api::Routes`";
            return Err(Error::new(next_or(input, prefix.span()), message));
        }
        let [_, end] = input.parse::<Token![=>]>()?.spans;
        let set = parse_path(
            input,
            end,
            "the set of routes to mount, as in `\"/api\" => api::Routes`",
        )?;
        match Prefix::new(prefix) {
            Ok(prefix) => self.mounts.push(Mount { prefix, set }),
            Err(error) => self.fail(error),
        }
        Ok(())
    }

    fn fail(&mut self, error: Error) {
        match &mut self.error {
            Some(first) => first.combine(error),
            none => *none = Some(error),
        }
    }
}

impl Declaration {
    /// `pub App:`, if it is there.
    fn parse(input: ParseStream<'_>) -> Result<Option<Self>> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility: Visibility = input.parse()?;
        if input.peek(syn::Ident) && input.peek2(Token![:]) && !input.peek2(Token![::]) {
            let name = input.parse()?;
            input.parse::<Token![:]>()?;
            return Ok(Some(Self {
                attributes,
                visibility,
                name,
            }));
        }
        if let Some(attribute) = attributes.first() {
            return Err(Error::new(attribute.pound_token.span, ATTRIBUTE_ON_ENTRY));
        }
        if !matches!(visibility, Visibility::Inherited) {
            let message = "expected the name of the set and `:`, as in `pub App: index`";
            return Err(Error::new(next_or(input, Span::call_site()), message));
        }
        Ok(None)
    }
}

const ATTRIBUTE_ON_ENTRY: &str = "an attribute cannot stand on an entry, since entries are numbered: put a \
                                  `#[cfg(..)]` on a set of its own and mount that, or on the whole list";

/// The path of an entry; `end` is shown if there is nothing any more.
fn parse_path(input: ParseStream<'_>, end: Span, expected: &str) -> Result<Path> {
    if input.peek(Token![#]) {
        return Err(input.error(ATTRIBUTE_ON_ENTRY));
    }
    if !input.peek(Ident::peek_any) && !input.peek(Token![::]) {
        return Err(Error::new(
            next_or(input, end),
            format!("expected {expected}"),
        ));
    }
    let path = input.call(Path::parse_mod_style)?;
    let wrong = if input.peek(token::Paren) {
        "a route is listed by its name alone: remove the parentheses"
    } else if input.peek(Token![=>]) {
        "a mount prefix is a string literal, as in `\"/api\" => api::Routes`"
    } else if input.peek(Token![!]) {
        "a macro call cannot be an entry: list each route by its name"
    } else {
        return Ok(path);
    };
    Err(Error::new(input.span(), wrong))
}

fn parse_comma(input: ParseStream<'_>) -> Result<()> {
    if input.peek(Token![,]) {
        input.parse::<Token![,]>()?;
        return Ok(());
    }
    Err(Error::new(input.span(), "expected `,` between two entries"))
}

/// The place of the next token, or `end` behind the last one, where a parse
/// stream would show the whole macro call.
fn next_or(input: ParseStream<'_>, end: Span) -> Span {
    if input.is_empty() { end } else { input.span() }
}

// Input:  routes! { pub App: index }     routes![index]
// Output: pub struct App;                {
//         impl App { .. }                    struct UnnamedRoutes;
//         const _: () = { .. };              const _: () = { .. };
//                                            UnnamedRoutes
//                                        }
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let routes = match Routes::parse.parse2(input) {
        Ok(routes) => routes,
        Err(error) => return error.to_compile_error(),
    };
    let error = routes.error.as_ref().map(Error::to_compile_error);
    let Some(Declaration {
        attributes,
        visibility,
        name,
    }) = &routes.declaration
    else {
        // Not a name that a listed path could start with.
        let name = Ident::new("UnnamedRoutes", Span::call_site());
        let body = body(&routes, &name);
        return quote! {{
            #error
            #[derive(Clone, Copy, Debug)]
            struct #name;
            #body
            #name
        }};
    };
    let body = body(&routes, name);
    quote! {
        #error
        #(#attributes)*
        #[derive(Clone, Copy, Debug)]
        #visibility struct #name;

        impl #name {
            /// The routes: first the set's own, as listed, then those of each mounted set.
            pub const ROUTES: &'static [::tramline::RouteInfo] = <Self as ::tramline::RouteSet>::ROUTES;
        }

        #body
    }
}

// Input:  index, "/api" => api::Routes
// Output: #[allow(long_running_const_eval)]
//         const _: () = {
//             use ::tramline::routing::{..};
//             const ENTRIES: &[..] = &[..];
//             static PATTERNS: [u8; pattern_bytes(ENTRIES)] = join_patterns(ENTRIES);
//             static ROUTES: [..; route_count(ENTRIES)] = flatten(ENTRIES, &PATTERNS);
//             static NODES: [..; node_count(&ROUTES)] = build(&ROUTES);
//             static TABLE: .. = ::tramline::routing::Table::new(&ROUTES, &NODES);
//             impl ::tramline::RouteSet for App { .. }
//             const _: () = ..;
//         };
//
// Functions are imported, types are not: the user's paths are looked up as
// types, and one of them may begin with `Table`. The parentheses in
// `route::<(index)>` say that `index` is a type: without them a function that
// is not annotated gets a second message. The lint would deny long lists.
fn body(routes: &Routes, name: &Ident) -> TokenStream {
    let handlers = &routes.handlers;
    let prefixes = routes.mounts.iter().map(|mount| &mount.prefix.literal);
    let mounted = routes
        .mounts
        .iter()
        .map(|mount| of_set(&mount.set, "ROUTES"));
    let for_handlers = (!handlers.is_empty()).then(|| quote!(conflict,));
    let trait_in_scope = for_handlers.as_ref().map(|_| {
        quote!(
            use ::tramline::routing::Route as _;
        )
    });
    let (for_mounts, reject) = if routes.mounts.is_empty() {
        (None, None)
    } else {
        (Some(quote!(mount_conflict,)), Some(quote!(reject,)))
    };
    let for_starts = (routes.mounts.len() > 1).then(|| quote!(first_number,));
    let starts = starts(routes);
    let find = find(handlers);
    let dispatch = dispatch(routes);
    let proofs = proofs(routes);
    quote! {
        #[allow(long_running_const_eval)]
        const _: () = {
            #trait_in_scope
            use ::tramline::routing::{
                build, #for_handlers #for_starts flatten, join_patterns, #for_mounts node_count, pattern_bytes, #reject route_count,
            };

            const ENTRIES: &[::tramline::routing::Entry] = &[
                #(::tramline::routing::Entry::route::<(#handlers)>(),)*
                #(::tramline::routing::Entry::mount(#prefixes, #mounted),)*
            ];
            static PATTERNS: [u8; pattern_bytes(ENTRIES)] = join_patterns(ENTRIES);
            static ROUTES: [::tramline::RouteInfo; route_count(ENTRIES)] = flatten(ENTRIES, &PATTERNS);
            static NODES: [::tramline::routing::Node; node_count(&ROUTES)] = build(&ROUTES);
            static TABLE: ::tramline::routing::Table = ::tramline::routing::Table::new(&ROUTES, &NODES);
            #starts

            impl ::tramline::RouteSet for #name {
                const ROUTES: &'static [::tramline::RouteInfo] = &ROUTES;
                const TABLE: &'static ::tramline::routing::Table = &TABLE;

                #find
                #dispatch
            }

            #proofs
        };
    }
}

// Input:  index
// Output: fn find(
//             method: ::tramline::Method<'_>,
//             path: &str,
//             captures: &mut ::tramline::routing::Captures,
//         ) -> Option<usize> {
//             match (method, path.as_bytes()) {
//                 (<index>::METHOD, <index>::STATIC) => Some(0),
//                 _ => TABLE.find(method, path, captures),
//             }
//         }
//
// Constants as patterns: the compiler makes a decision tree of them.
fn find(handlers: &[Path]) -> TokenStream {
    let (method, path, captures) = (local("method"), local("path"), local("captures"));
    let look_up = quote!(TABLE.find(#method, #path, #captures));
    let body = if handlers.is_empty() {
        look_up
    } else {
        let numbers = (0..).map(Literal::usize_unsuffixed);
        let methods = handlers.iter().map(|handler| of_route(handler, "METHOD"));
        let paths = handlers.iter().map(|handler| of_route(handler, "STATIC"));
        quote! {
            match (#method, #path.as_bytes()) {
                #((#methods, #paths) => Some(#numbers),)*
                _ => #look_up,
            }
        }
    };
    quote! {
        fn find(
            #method: ::tramline::Method<'_>,
            #path: &str,
            #captures: &mut ::tramline::routing::Captures,
        ) -> Option<usize> {
            #body
        }
    }
}

/// The name of the constant that says where a mount's numbers start.
fn start(mount: usize) -> Ident {
    format_ident!("MOUNT_{mount}")
}

// Input:  index, "/a" => A, "/b" => B
// Output: const MOUNT_0: usize = 1;
//         const MOUNT_1: usize = first_number(ENTRIES, 2);
fn starts(routes: &Routes) -> TokenStream {
    let own = routes.handlers.len();
    let mounts = 0..routes.mounts.len();
    mounts
        .map(|mount| {
            let (name, entry) = (start(mount), Literal::usize_unsuffixed(own + mount));
            // The handlers before the first have a number each.
            let value = if mount == 0 {
                quote!(#entry)
            } else {
                quote!(first_number(ENTRIES, #entry))
            };
            quote!(const #name: usize = #value;)
        })
        .collect()
}

// Input:  index, "/a" => A, "/b" => B
// Output: async fn dispatch(
//             number: usize,
//             request: ::tramline::Request<'_>,
//             response: &mut ::tramline::Response<'_>,
//         ) {
//             match number {
//                 0 => <index>::call(request, response).await,
//                 _ if number < MOUNT_1 => <A as ::tramline::RouteSet>::dispatch(number - MOUNT_0, ..).await,
//                 _ => <B as ::tramline::RouteSet>::dispatch(number - MOUNT_1, ..).await,
//             }
//         }
fn dispatch(routes: &Routes) -> TokenStream {
    let (number, request, response) = (local("index"), local("request"), local("response"));
    let numbers = (0..).map(Literal::usize_unsuffixed);
    let handlers = &routes.handlers;
    let mounts = routes
        .mounts
        .iter()
        .enumerate()
        .map(|(at, Mount { set, .. })| {
            let (first, dispatch) = (start(at), of_set(set, "dispatch"));
            let answer =
                quote_spanned!(place(set)=> #dispatch(#number - #first, #request, #response).await);
            let is_last = at + 1 == routes.mounts.len();
            let guard = (!is_last).then(|| {
                let next = start(at + 1);
                quote!(if #number < #next)
            });
            quote!(_ #guard => #answer,)
        });
    let calls = handlers
        .iter()
        .map(|handler| quote_spanned!(ours(place(handler))=> <#handler>::call));
    let none = routes
        .mounts
        .is_empty()
        .then(|| quote!(_ => ::core::unreachable!(),));
    quote! {
        async fn dispatch(
            #number: usize,
            #request: ::tramline::Request<'_>,
            #response: &mut ::tramline::Response<'_>,
        ) {
            match #number {
                #(#numbers => #calls(#request, #response).await,)*
                #(#mounts)*
                #none
            }
        }
    }
}

// Input:  index, "/api" => api::Routes
// Output: const _: () = if let Some(problem) = conflict(&ROUTES, 0) {
//             <index>::conflict(problem.as_str())
//         };
//         const _: () = if let Some(problem) = mount_conflict(ENTRIES, &ROUTES, 1) {
//             reject(problem.as_str())
//         };
//
// One item per entry, so that every conflict is reported, shown at the entry.
fn proofs(routes: &Routes) -> TokenStream {
    let problem = local("problem");
    let numbers = (0..).map(Literal::usize_unsuffixed);
    let of_handlers = numbers.zip(&routes.handlers).map(|(number, handler)| {
        let report = quote_spanned!(ours(place(handler))=> <#handler>::conflict(#problem.as_str()));
        quote! {
            const _: () = if let Some(#problem) = conflict(&ROUTES, #number) { #report };
        }
    });
    let numbers = (routes.handlers.len()..).map(Literal::usize_unsuffixed);
    let of_mounts = numbers.zip(&routes.mounts).map(|(number, mount)| {
        let report = quote_spanned!(ours(mount.prefix.literal.span())=> reject(#problem.as_str()));
        quote! {
            const _: () = if let Some(#problem) = mount_conflict(ENTRIES, &ROUTES, #number) { #report };
        }
    });
    quote!(#(#of_handlers)* #(#of_mounts)*)
}

/// Where an entry is shown: its last segment, since compilers differ in what
/// they show of a longer path.
fn place(entry: &Path) -> Span {
    entry
        .segments
        .last()
        .map_or_else(Span::call_site, |segment| segment.ident.span())
}

// Input:  index, METHOD
// Output: <index>::METHOD
fn of_route(handler: &Path, member: &str) -> TokenStream {
    let place = ours(place(handler));
    let member = Ident::new(member, place);
    quote_spanned!(place=> <#handler>::#member)
}

// Input:  api::Routes, ROUTES
// Output: <api::Routes as ::tramline::RouteSet>::ROUTES
//
// As the user's own code, and wherever it stands: the compiler then says only
// once that a type is not a set. Of routes it could not be told so: two with
// parameters are an unreachable pattern to the lint, which passes over ours.
fn of_set(set: &Path, member: &str) -> TokenStream {
    let place = place(set);
    let member = Ident::new(member, place);
    quote_spanned!(place=> <#set as ::tramline::RouteSet>::#member)
}

#[cfg(test)]
mod tests {
    use super::Routes;
    use syn::parse::Parser;

    fn parse(input: &str) -> Routes {
        Routes::parse.parse_str(input).expect(input)
    }

    #[test]
    fn a_list_may_have_a_name_and_mounts() {
        for (input, name, handlers, mounts) in [
            ("", None, 0, 0),
            ("index", None, 1, 0),
            ("index,", None, 1, 0),
            (
                "self::index, super::a, crate::b, ::c::d, r#type",
                None,
                5,
                0,
            ),
            ("users::show, \"/api\" => api::Routes", None, 1, 1),
            ("pub App:", Some("App"), 0, 0),
            ("App: index", Some("App"), 1, 0),
            (
                "/// Docs.\n#[must_use] pub(crate) App: \"/a/{b}\" => a::Routes, index, \"/c\" => C,",
                Some("App"),
                1,
                2,
            ),
        ] {
            let routes = parse(input);
            assert!(routes.error.is_none(), "{input}: {:?}", routes.error);
            assert_eq!(
                routes
                    .declaration
                    .map(|declaration| declaration.name.to_string())
                    .as_deref(),
                name,
                "{input}"
            );
            assert_eq!(
                (routes.handlers.len(), routes.mounts.len()),
                (handlers, mounts),
                "{input}"
            );
        }
    }

    #[test]
    fn malformed_lists_are_explained_and_keep_what_was_right() {
        for (input, expected, handlers) in [
            ("index show", "expected `,`", 1),
            ("index, 42", "expected a route by its name", 1),
            ("index, a::b(), c", "remove the parentheses", 1),
            ("api => Routes", "a mount prefix is a string literal", 0),
            ("routes![a]", "a macro call cannot be an entry", 0),
            ("\"/api\"", "expected `=>`", 0),
            ("\"/api\" -> Routes", "expected `=>`", 0),
            ("\"/api\" =>", "expected the set of routes", 0),
            ("\"/api\" => [a]", "expected the set of routes", 0),
            ("a, \"/api/\" => Routes, b", "ends with `/`", 2),
            (
                "a, #[cfg(test)] index",
                "an attribute cannot stand on an entry",
                1,
            ),
        ] {
            let routes = parse(input);
            let error = routes.error.expect(input).to_string();
            assert!(error.contains(expected), "{input}: {error}");
            assert_eq!(routes.handlers.len(), handlers, "{input}");
        }
    }

    #[test]
    fn without_its_name_a_declaration_is_nothing() {
        for (input, expected) in [
            ("pub index, show", "expected the name of the set"),
            ("pub", "expected the name of the set"),
            (
                "#[cfg(test)] index",
                "an attribute cannot stand on an entry",
            ),
        ] {
            let error = Routes::parse
                .parse_str(input)
                .err()
                .expect(input)
                .to_string();
            assert!(error.contains(expected), "{input}: {error}");
        }
    }
}
