//! From a route to tokens: the item as it was, its marker, and what the marker
//! knows and does.
//!
//! Owns the shape of the expansion, which `ui-tests/expand` pins: it is read by
//! users, so it stays short and its work is done by functions of the library.
//! Refuses to check anything: a [`Route`] is right. The story goes on in
//! `routes`, which lists markers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use crate::args::Method;
use crate::fallback::fallback;
use crate::marker::{full_name, marker, type_of};
use crate::route::{Answer, Input, Route, Source};
use crate::signature::{Content, Item};
use crate::span::{as_ours, ends, local, ours};

/// `#[route(args)] item`
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let parsed: Item = match syn::parse2(item.clone()) {
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
//         impl ::tramline::routing::Route for show { .. }
//         impl show { .. }
fn emit(route: &Route<'_>, item: &TokenStream) -> TokenStream {
    let marker = &marker(route.name);
    let (visibility, conditions) = (as_ours(route.visibility), &route.conditions);
    // Answering with a deprecated function is not a use to complain of.
    let deprecated = route.is_deprecated.then(|| quote!(#[allow(deprecated)]));
    let description = description(route, marker);
    let conflict = conflict(route);
    let (types, call) = match &route.answer {
        Answer::Call {
            is_async,
            inputs,
            output,
        } => (types(inputs), call(route.name, *is_async, inputs, *output)),
        Answer::Precomputed(content) => (
            TokenStream::new(),
            precomputed(route.name, marker, *content),
        ),
    };
    // What the compiler says of the marker, it shows at the function's name.
    quote_spanned! {marker.span()=>
        #item

        #(#conditions)*
        #[doc(hidden)]
        #visibility enum #marker {}

        #(#conditions)*
        #description

        #(#conditions)*
        #deprecated
        impl #marker {
            #conflict
            #types
            #call
        }
    }
}

// Input:  #[route("/users/{id}")] fn show
// Output: impl ::tramline::routing::Route for show {
//             const METHOD: ::tramline::Method<'static> = ::tramline::Method::Get;
//             const PATTERN: &'static str = "/users/{id}";
//             const NAME: &'static str = ::core::concat!(::core::module_path!(), "::show");
//             const STATIC: &'static [u8] = ::tramline::routing::NOT_STATIC;
//         }
//
// Input:  #[route(GET, POST, "/a", "/b")]
// Output: .. const MORE: &'static [(::tramline::Method<'static>, &'static str)] = &[
//             (::tramline::Method::Get, "/b"), (::tramline::Method::Post, "/a"), (::tramline::Method::Post, "/b"),
//         ]; ..
fn description(route: &Route<'_>, marker: &Ident) -> TokenStream {
    let mut all = route.methods.iter().flat_map(|method| {
        let patterns = route.patterns.iter();
        patterns.map(move |pattern| (method, pattern.literal.value()))
    });
    let Some((method, pattern)) = all.next() else {
        unreachable!("a route has a method and a pattern")
    };
    let (methods, patterns): (Vec<_>, Vec<_>) = all.unzip();
    let more = (!methods.is_empty()).then(|| {
        quote! {
            const MORE: &'static [(::tramline::Method<'static>, &'static str)] = &[#((#methods, #patterns),)*];
        }
    });
    let name = full_name(route.name);
    // Of the fallback, the path is all that is below a prefix.
    let is_static = route.patterns[0].parameters.is_empty() && *method != Method::Fallback;
    let path = if is_static {
        let bytes = syn::LitByteStr::new(pattern.as_bytes(), Span::call_site());
        quote!(#bytes)
    } else {
        quote!(::tramline::routing::NOT_STATIC)
    };
    quote_spanned! {marker.span()=>
        impl ::tramline::routing::Route for #marker {
            const METHOD: ::tramline::Method<'static> = #method;
            const PATTERN: &'static str = #pattern;
            const NAME: &'static str = #name;
            const STATIC: &'static [u8] = #path;
            #more
        }
    }
}

// Input:  #[route("/users/{id}")]
// Output: pub const fn conflict(message: &str) -> ! {
//             ::tramline::routing::reject(message)
//         }
//
// `routes!` calls it when this route contradicts another one. It does nothing
// but show the literals, from the first to the last of which its body is
// spanned, in the error.
fn conflict(route: &Route<'_>) -> TokenStream {
    let message = local("message");
    let [start, end] = [route.patterns.first(), route.patterns.last()].map(|pattern| {
        let literal = pattern.map(|pattern| pattern.literal.span());
        ours(literal.unwrap_or_else(Span::call_site))
    });
    let reject = quote_spanned!(start=> ::tramline::routing::reject);
    let message_there = quote_spanned!(end=> (#message));
    let body = quote!(#reject #message_there);
    quote! {
        pub const fn conflict(#message: &str) -> ! {
            #body
        }
    }
}

// Input:  fn show(id: u64) -> String
// Output: pub const URL_id: ::tramline::handler::Argument<u64> = ::tramline::handler::Argument::NEW;
//
// What `url!` knows of a parameter that the handler takes.
fn types(inputs: &[Input]) -> TokenStream {
    let from_path = inputs
        .iter()
        .filter(|input| matches!(input.source, Source::Parameter(_)));
    from_path
        .map(|Input { name, ty, .. }| {
            let name = type_of(name);
            quote! {
                pub const #name: ::tramline::handler::Argument<#ty> = ::tramline::handler::Argument::NEW;
            }
        })
        .collect()
}

// Input:  fn show(id: u64) -> String
// Output: pub fn call(
//             request: ::tramline::Request<'_>,
//             response: &mut ::tramline::Response<'_>,
//         ) -> ::core::future::Ready<()> {
//             let Some(id) = ::tramline::handler::param::<u64>(&request, 1) else { .. };
//             ::core::future::ready(::tramline::Responder::respond(show(id), response))
//         }
//
// Input:  async fn show(body: &[u8]) -> String
// Output: pub async fn call(request: ::tramline::Request<'_>, response: &mut ::tramline::Response<'_>) {
//             let Some(body) = ::tramline::handler::extract::<&[u8]>(request, response).await else { .. };
//             ::tramline::Responder::respond(show(body).await, response)
//         }
//
// Where nothing is awaited the function is not `async`: the bodies of 500 that
// are took 0.8 s to check, of those that are not less than 0.1 s.
fn call(
    name: &Ident,
    is_async: bool,
    inputs: &[Input],
    output: Option<(Span, Span)>,
) -> TokenStream {
    let (request, response) = (&local("request"), &local("response"));
    // Parameters first: a path that names nothing is not worth a body.
    let (from_path, from_request): (Vec<_>, Vec<_>) = inputs
        .iter()
        .partition(|input| matches!(input.source, Source::Parameter(_)));
    let awaits = is_async || !from_request.is_empty();
    let takes = from_path
        .into_iter()
        .chain(from_request)
        .map(|input| take(name, input, awaits, request, response));
    let names = inputs.iter().map(|input| argument(name, input));

    // The compiler shows a return type that cannot respond where the call is:
    // that is put at the type, from its first token to its last.
    let (start, end) = output.map_or((name.span(), name.span()), |ends| ends);
    let mut function = name.clone();
    function.set_span(start);
    let arguments = quote_spanned!(end=> (#(#names),*));
    let awaited = is_async.then(|| quote_spanned!(end=> .await));
    let respond = quote_spanned!(name.span()=> ::tramline::Responder::respond);
    let respond = quote!(#respond(#function #arguments #awaited, #response));

    let request_or_unused = if inputs.is_empty() {
        quote!(_)
    } else {
        quote!(#request)
    };
    let (asyncness, output, answer) = answered(awaits, &respond);
    quote! {
        pub #asyncness fn call(
            #request_or_unused: ::tramline::Request<'_>,
            #response: &mut ::tramline::Response<'_>,
        ) #output {
            #(#takes)*
            #answer
        }
    }
}

/// What makes a function return a future of `done`: `async` or not, its return
/// type, and its last expression.
fn answered(
    awaits: bool,
    done: &TokenStream,
) -> (Option<TokenStream>, Option<TokenStream>, TokenStream) {
    if awaits {
        return (Some(quote!(async)), None, done.clone());
    }
    let ready = quote!(::core::future::ready(#done));
    (None, Some(quote!(-> ::core::future::Ready<()>)), ready)
}

/// An argument's name in `call`: its own, unless it would hide the function.
fn argument(function: &Ident, input: &Input) -> Ident {
    if input.name == *function {
        return local(&format!("{}_argument", input.name.unraw()));
    }
    let mut name = input.name.clone();
    name.set_span(ours(name.span()));
    name
}

// Input:  id: u64
// Output: let Some(id) = ::tramline::handler::param::<u64>(&request, 1) else {
//             return ::core::future::ready(::tramline::handler::not_found(response));
//         };
//
// Input:  body: &[u8]
// Output: let Some(body) = ::tramline::handler::extract::<&[u8]>(request, response).await else {
//             return;
//         };
fn take(
    function: &Ident,
    input: &Input,
    awaits: bool,
    request: &Ident,
    response: &Ident,
) -> TokenStream {
    let (name, ty) = (argument(function, input), &input.ty);
    // The call seems to be where the type is, so that it is complained of there
    // and, at the same place, once.
    let (start, end) = ends(ty).unwrap_or((Span::call_site(), Span::call_site()));
    match input.source {
        Source::Parameter(back) => {
            let back = proc_macro2::Literal::usize_unsuffixed(back);
            let not_found = quote!(::tramline::handler::not_found(#response));
            let (_, _, not_found) = answered(awaits, &not_found);
            let param = quote_spanned!(start=> ::tramline::handler::param::<#ty>);
            let taken = quote_spanned!(end=> (&#request, #back));
            quote! {
                let Some(#name) = #param #taken else {
                    return #not_found;
                };
            }
        }
        Source::Request => {
            let taken = quote_spanned! {start=>
                ::tramline::handler::extract::<#ty>(#request, #response).await
            };
            quote! {
                let Some(#name) = #taken else { return; };
            }
        }
    }
}

// Input:  const INDEX: &str = "..";
// Output: const BODY: &'static [u8] = INDEX.as_bytes();
//         const RESPONSE: ::tramline::handler::Precomputed<{
//             ::tramline::handler::precomputed_length(::tramline::handler::TEXT, INDEX::BODY)
//         }> = ::tramline::handler::Precomputed::new(::tramline::handler::TEXT, INDEX::BODY);
//         pub fn call(
//             _: ::tramline::Request<'_>,
//             response: &mut ::tramline::Response<'_>,
//         ) -> ::core::future::Ready<()> {
//             ::core::future::ready(response.send_precomputed(&INDEX::RESPONSE))
//         }
//
// Constants of the marker and not items in `call`, where their names could
// hide the user's constant.
fn precomputed(name: &Ident, marker: &Ident, content: Content) -> TokenStream {
    let (media, bytes) = match content {
        Content::Text => (quote!(::tramline::handler::TEXT), quote!(#name.as_bytes())),
        Content::Bytes => (quote!(::tramline::handler::BYTES), quote!(#name)),
    };
    let response = local("response");
    quote! {
        const BODY: &'static [u8] = #bytes;
        const RESPONSE: ::tramline::handler::Precomputed<{
            ::tramline::handler::precomputed_length(#media, #marker::BODY)
        }> = ::tramline::handler::Precomputed::new(#media, #marker::BODY);

        pub fn call(
            _: ::tramline::Request<'_>,
            #response: &mut ::tramline::Response<'_>,
        ) -> ::core::future::Ready<()> {
            ::core::future::ready(#response.send_precomputed(&#marker::RESPONSE))
        }
    }
}
