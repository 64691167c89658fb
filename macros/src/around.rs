//! What runs around the handlers of a set: its layers and its catchers.
//!
//! Owns the part of `dispatch` that only such sets have. Refuses to know the arms
//! of the `match`, which `routes` hands over.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::Expr;

use crate::list::{Catcher, Condition, List};
use crate::span::{ends, local, ours, place};

// Input:  #[layer(AccessLog::new(), SecurityHeaders::new())]
// Output: #[doc(hidden)]
//         fn layers() -> &'static impl ::tramline::handler::Layers {
//             const { &(AccessLog::new(), (SecurityHeaders::new(), ())) }
//         }
//
// Here and not in `dispatch`, where imported functions could hide the user's.
pub(crate) fn layers_of(layers: &[Expr]) -> Option<TokenStream> {
    let nested = layers
        .iter()
        .rev()
        .fold(quote!(()), |inner, layer| quote!((#layer, #inner)));
    // What is no layer is shown here, and not as the whole list.
    let (place, _) = layers.first().and_then(ends)?;
    Some({
        quote_spanned! {place=>
            #[doc(hidden)]
            fn layers() -> &'static impl ::tramline::handler::Layers {
                const { &#nested }
            }
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
//             async |request, response| match index {
//                 0 => <index>::call(request, response, take(state)).await, ..
//             },
//             async |status, request, response| match status {
//                 404 => <::tramline::handler::Caught<
//                     (not_found), { ::tramline::handler::is_catcher::<(not_found)>() }
//                 >>::call(request, response, take(state)).await,
//                 _ => ::tramline::handler::uncaught(response),
//             },
//         )
//         .await
pub(crate) fn around(routes: &List, arms: &TokenStream) -> TokenStream {
    let (number, request, response) = (local("index"), local("request"), local("response"));
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
        let take = quote_spanned!(place=> take(#state));
        let call = quote_spanned!(place=> <::tramline::handler::Caught<
            (#path), { ::tramline::handler::is_catcher::<(#path)>() }
        >>::call(#request, #response, #take));
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
            async |#request, #response| match #number {
                #arms
            },
            async |#status, #asked, #response| match #status {
                #(#catchers)*
                #uncaught
            },
        )
        .await
    }
}
