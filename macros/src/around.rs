//! What runs around the handlers of a set: its layers and its catchers.
//!
//! Owns the part of `dispatch` that only such sets have. Refuses to know how
//! they are called, which `dispatch` hands over.

use proc_macro2::{Group, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Expr;

use crate::list::{Catcher, Condition, List};
use crate::span::{ends, in_parentheses, local, opened, ours, place, proof};

// Input:  #[layer(AccessLog::new(), SecurityHeaders::new())]
// Output: #[doc(hidden)]
//         const fn layer_0() -> impl ::tramline::Layer { const { AccessLog::new() } }
//         #[doc(hidden)]
//         const fn layer_1() -> impl ::tramline::Layer { const { SecurityHeaders::new() } }
//         #[doc(hidden)]
//         fn layers() -> &'static impl ::tramline::handler::Layers {
//             const { &(Self::layer_0(), (Self::layer_1(), ())) }
//         }
//
// Here and not in `dispatch`, where imported functions could hide the user's.
// A function each, so that what is no layer is told so where it stands.
pub(crate) fn layers_of(layers: &[Expr]) -> Option<TokenStream> {
    let (first, _) = layers.first().and_then(ends)?;
    let (_, last) = layers.last().and_then(ends)?;
    let (names, each): (Vec<_>, Vec<_>) = (0..)
        .zip(layers)
        .map(|(number, layer)| {
            let name = format_ident!("layer_{number}", span = Span::call_site());
            let place = ends(layer).map_or(first, |(start, _)| start);
            let layer = quote_spanned! {ours(place)=>
                #[doc(hidden)]
                const fn #name() -> impl ::tramline::Layer { const { #layer } }
            };
            (name, layer)
        })
        .unzip();
    let nested = names
        .iter()
        .rev()
        .fold(quote!(()), |inner, name| quote!((Self::#name(), #inner)));
    // What cannot be borrowed for good is shown as the whole list.
    let borrow = quote_spanned!(ours(first)=> &);
    let mut nested: Group = syn::parse_quote!(#nested);
    nested.set_span(ours(last));
    Some(quote! {
        #(#each)*
        #[doc(hidden)]
        fn layers() -> &'static impl ::tramline::handler::Layers {
            const { #borrow #nested }
        }
    })
}

/// Whether layers or catchers of its own run around the set's handlers.
pub(crate) fn is_wrapped(routes: &List) -> bool {
    let layers = routes.declaration.as_ref().map(|set| &set.layers);
    !routes.catchers.is_empty() || layers.is_some_and(|layers| !layers.is_empty())
}

// Input:  #[layer(AccessLog::new())] App: index, 404 => not_found
// Output: ::tramline::handler::wrapped(
//             Self::layers(),
//             request,
//             response,
//             async move |request, response| match index {
//                 0 => OneOf2::A { call: <index>::call((calling)(request, response, state)) }, ..
//             }
//             .await,
//             async move |status, request, response| match status {
//                 404 => <::tramline::handler::Proved<
//                     (not_found), { ::tramline::handler::is_catcher::<(not_found)>() }
//                 >>::call((calling)(request, response, state)).await,
//                 _ => ::tramline::handler::uncaught(response),
//             },
//         )
pub(crate) fn around(routes: &List, handlers: &TokenStream) -> TokenStream {
    let (request, response) = (local("request"), local("response"));
    let (state, status) = (local("state"), local("status"));
    let has_layers = routes
        .declaration
        .as_ref()
        .is_some_and(|set| !set.layers.is_empty());
    let layers = if has_layers {
        quote!(Self::layers())
    } else {
        quote!(&())
    };
    let catchers = routes.catchers.iter().map(|catcher| {
        let Catcher {
            condition,
            status,
            path,
        } = catcher;
        let met = condition.as_ref().map(Condition::met);
        let place = ours(place(path));
        let (open, end) = opened(place);
        let (path, calling) = (quote!((#path)), in_parentheses("calling", place));
        let is_catcher = proof("is_catcher", &path, place);
        let call = quote_spanned!(end=> #open::tramline::handler::Proved<
            #path, { #is_catcher }
        >>::call(#calling(#request, #response, #state)));
        let status = status
            .as_ref()
            .map_or_else(|| quote!(_), ToTokens::to_token_stream);
        quote!(#met #status => #call.await,)
    });
    // The catcher of all others is the last.
    let uncaught = match routes.catchers.last() {
        Some(Catcher {
            status: None,
            condition,
            ..
        }) => {
            let not_met = condition.as_ref().map(Condition::not_met);
            not_met.map(|not_met| quote!(#not_met _ => ::tramline::handler::uncaught(#response),))
        }
        _ => Some(quote!(_ => ::tramline::handler::uncaught(#response),)),
    };
    let asked = (!routes.catchers.is_empty()).then(|| quote!(#request));
    let asked = asked.unwrap_or_else(|| quote!(_));
    quote! {
        ::tramline::handler::wrapped(
            #layers,
            #request,
            #response,
            async move |#request, #response| #handlers.await,
            async move |#status, #asked, #response| match #status {
                #(#catchers)*
                #uncaught
            },
        )
    }
}
