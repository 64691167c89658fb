//! From a route to tokens: the item as it was, its marker, and what the marker
//! knows and does.
//!
//! Owns the shape of the expansion, which `ui-tests/expand` pins: it is read by
//! users, so it stays short and its work is done by functions of the library.
//! Refuses to check anything: a [`Route`] is right. The story goes on in
//! `routes`, which lists markers. The calling itself is in `call`.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;

use crate::args::Method;
use crate::call::{Wants, call, checks, of_guard, parameter, readers};
use crate::fallback::fallback;
use crate::marker::{braced, declared, full_name, marker, mentions};
use crate::route::{Answer, Route, Run};
use crate::signature::{Attached, Content, Item};
use crate::span::{before, local};

/// `#[route(args)] item`
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let parsed = match Item::parse_under(Attached::Route, item.clone()) {
        Ok(parsed) => parsed,
        Err(error) => return fallback(&error, item, None),
    };
    let route = syn::parse2(args).and_then(|args| Route::new(args, &parsed));
    match route {
        Ok(route) => emit(&route, &item),
        Err(error) => fallback(&error, item, Some(&parsed)),
    }
}

// Input:  fn show(id: u64) -> String { .. }
// Output: fn show(id: u64) -> String { .. }
//         #[doc(hidden)]
//         enum show {}
//         impl show { .. }
fn emit(route: &Route<'_>, item: &TokenStream) -> TokenStream {
    let marker = &marker(route.name);
    let conditions = &route.conditions;
    // Answering with a deprecated function is not a use to complain of.
    let deprecated = route.is_deprecated.then(|| quote!(#[allow(deprecated)]));
    let (finding, entry) = (local("finding"), entry(route));
    let call = match &route.answer {
        Answer::Call {
            run,
            inputs,
            output,
        } => call(route.name, *run, &route.guards, inputs, *output),
        Answer::Precomputed(content) => precomputed(route.name, marker, &route.guards, *content),
    };
    // It has to own what it is given, whatever it does with that.
    let owns = route
        .is_given_values()
        .then(|| quote!(#[allow(clippy::needless_pass_by_value)]));
    let one_body = match &route.answer {
        Answer::Call { inputs, .. } => readers(inputs, &route.conditions),
        Answer::Precomputed(_) => TokenStream::new(),
    };
    let guards = mentions(route.guards.iter().map(|guard| (None, guard)));
    let mentions = guards.map(|guards| quote!(#(#conditions)* #guards));
    let declared = declared(conditions, route.visibility, marker);
    let functions = quote_spanned! {before(marker.span())=>
        pub const fn entry(#finding: ::tramline::routing::Finding) -> ::tramline::routing::Entry #entry
        #call
    };
    let functions = braced(marker, functions);
    quote_spanned! {before(marker.span())=>
        #owns
        #item

        #declared

        #(#conditions)*
        #deprecated
        impl #marker #functions

        #one_body
        #mentions
    }
}

// Input:  #[route("/users/{id}")] fn show
// Output: { finding.get("/users/{id}", ::core::concat!(::core::module_path!(), "::show")) }
//
// Input:  #[route(GET, POST, "/a", "/b")]
// Output: .. .also(&[
//             (::tramline::Method::Get, "/b"), (::tramline::Method::Post, "/a"), (::tramline::Method::Post, "/b"),
//         ]) ..
//
// Input:  #[route("/admin", guard = is_admin)]
// Output: .. .guarded(&[<is_admin as ::tramline::handler::Guard>::NAME]) ..
//
// Input:  #[route("/{org}/users/{id}")] fn show(db: &Db, id: u64, org: u32)
// Output: .. .takes(&[2, 1]) ..
//
// The body of the function that `routes!` calls, once for its list and once with
// what the proofs find. Where this route contradicts another one, the second call
// is what shows the literals in the error: it is spanned from the first to the
// last of them.
fn entry(route: &Route<'_>) -> Group {
    let mut all = route.methods.iter().flat_map(|method| {
        let patterns = route.patterns.iter();
        patterns.map(move |pattern| (method, &pattern.literal))
    });
    let Some((method, pattern)) = all.next() else {
        unreachable!("a route has a method and a pattern")
    };
    let (methods, patterns): (Vec<_>, Vec<_>) = all.unzip();
    let more = (!methods.is_empty()).then(|| quote!(.also(&[#((#methods, #patterns),)*])));
    let blocking = route.is_blocking().then(|| quote!(.blocking()));
    let guards = (!route.guards.is_empty()).then(|| {
        let names = route.guards.iter().map(|guard| of_guard(guard, "NAME"));
        quote!(.guarded(&[#(#names),*]))
    });
    let takes = route.places().map(|places| {
        let places = places.into_iter().map(Literal::usize_unsuffixed);
        quote!(.takes(&[#(#places),*]))
    });
    let name = full_name(route.name);
    let [start, end] = [route.patterns.first(), route.patterns.last()].map(|pattern| {
        let literal = pattern.map(|pattern| pattern.literal.span());
        literal.unwrap_or_else(Span::call_site)
    });
    let (function, given) = match method {
        Method::Known(variant) => (variant.to_lowercase(), None),
        method => ("route".to_owned(), Some(quote!(#method,))),
    };
    // One context for the variable and its call, or the compiler cannot join them.
    let of_variable = |place| local("finding").span().located_at(place);
    let start = of_variable(start);
    let (finding, function) = (Ident::new("finding", start), Ident::new(&function, start));
    let mut given = Group::new(Delimiter::Parenthesis, quote!(#given #pattern, #name));
    given.set_span(of_variable(end));
    Group::new(
        Delimiter::Brace,
        quote!(#finding.#function #given #more #blocking #guards #takes),
    )
}

// Input:  const INDEX: &str = "..";
// Output: const BODY: &'static [u8] = INDEX.as_bytes();
//         const RESPONSE: ::tramline::handler::Precomputed<{
//             ::tramline::handler::precomputed_length(::tramline::handler::TEXT, INDEX::BODY)
//         }> = ::tramline::handler::Precomputed::new(::tramline::handler::TEXT, INDEX::BODY);
//         pub fn call(call: ::tramline::handler::Call<'_, '_>) -> ::tramline::handler::Done {
//             call.send_precomputed(&INDEX::RESPONSE)
//         }
//
// Constants of the marker and not items in `call`, where their names could
// hide the user's constant.
fn precomputed(name: &Ident, marker: &Ident, guards: &[Path], content: Content) -> TokenStream {
    let (media, bytes) = match content {
        Content::Text => (quote!(::tramline::handler::TEXT), quote!(#name.as_bytes())),
        Content::Bytes => (quote!(::tramline::handler::BYTES), quote!(#name)),
    };
    let call = if guards.is_empty() {
        let call = local("call");
        quote! {
            pub fn call(#call: ::tramline::handler::Call<'_, '_>) -> ::tramline::handler::Done {
                #call.send_precomputed(&#marker::RESPONSE)
            }
        }
    } else {
        let (request, response) = (&local("request"), &local("response"));
        let wants = Wants::of(guards, &[], Run::Inline);
        let checks = checks(guards, &wants, request, response);
        let (lifetime, parameter) = parameter(true, &wants);
        quote! {
            pub async fn call #lifetime (#parameter) {
                #checks
                #response.send_precomputed(&#marker::RESPONSE)
            }
        }
    };
    quote! {
        const BODY: &'static [u8] = #bytes;
        const RESPONSE: ::tramline::handler::Precomputed<{
            ::tramline::handler::precomputed_length(#media, #marker::BODY)
        }> = ::tramline::handler::Precomputed::new(#media, #marker::BODY);

        #call
    }
}
