//! What is emitted in place of a route that makes no sense.
//!
//! Owns the rule "one mistake, one message": the item stays, without further
//! attributes of ours, and a marker stands beside it that answers nothing and
//! contradicts no other route, so that lists naming it still compile; or one
//! that lets nobody pass, or catches nothing.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, Result};

use crate::marker::{braced, declared, full_name, marker};
use crate::signature::{Attached, Item};
use crate::span::before;

/// What `emit` makes of the item under an attribute that knows no pattern; or
/// what stands in for it.
pub(crate) fn attached(
    attribute: Attached,
    args: &TokenStream,
    item: TokenStream,
    emit: fn(&TokenStream, &Item, &TokenStream) -> Result<TokenStream>,
) -> TokenStream {
    let parsed = match Item::parse_under(attribute, item.clone()) {
        Ok(parsed) => parsed,
        Err(error) => return fallback(&error, item, None),
    };
    match emit(args, &parsed, &item) {
        Ok(tokens) => tokens,
        Err(error) => fallback(&error, item, Some(&parsed)),
    }
}

/// The error, the item, and a stub marker if the item may have one.
pub(crate) fn fallback(error: &Error, item: TokenStream, named: Option<&Item>) -> TokenStream {
    let error = error.to_compile_error();
    let stub = named.filter(|item| item.may_have_marker()).map(stub);
    let item = without_ours(item);
    quote!(#item #error #stub)
}

/// The item without the attributes of ours that are left on it.
fn without_ours(item: TokenStream) -> TokenStream {
    let strip = |input: ParseStream<'_>| {
        let mut kept = TokenStream::new();
        for attribute in input
            .call(Attribute::parse_outer)?
            .iter()
            .filter(|attribute| Attached::of(attribute).is_none())
        {
            attribute.to_tokens(&mut kept);
        }
        kept.extend(input.parse::<TokenStream>()?);
        Ok(kept)
    };
    strip.parse2(item.clone()).unwrap_or(item)
}

// Input:  fn show
// Output: #[doc(hidden)]
//         enum show {}
//         impl show {
//             pub const fn entry(_: ::tramline::routing::Finding) -> ::tramline::routing::Entry {
//                 ::tramline::routing::Entry::nothing(::core::concat!(::core::module_path!(), "::show"))
//             }
//             pub async fn call(_: ::tramline::handler::Call<'_, '_>) {}
//         }
//
// A method of its own keeps it clear of every other route.
fn stub(item: &Item) -> TokenStream {
    let marker = marker(&item.name);
    let name = full_name(&item.name);
    let conditions: Vec<_> = item.conditions().collect();
    let start = before(marker.span());
    let declared = declared(&conditions, &item.visibility, &marker);
    let nothing = braced(&marker, TokenStream::new());
    match item.attached {
        Attached::Route => {}
        Attached::Guard => {
            return quote_spanned! {start=>
                #declared

                #(#conditions)*
                impl ::tramline::handler::Guard for #marker {
                    const NAME: &'static str = #name;
                    type Wants<'r> = ();
                    async fn check<'r>(_: ::tramline::Request<'r>, _: &mut ::tramline::Response<'r>, _: ()) -> bool { false }
                }
            };
        }
        Attached::Catch => {
            return quote_spanned! {start=>
                #declared

                #(#conditions)*
                impl ::tramline::handler::Catcher for #marker #nothing

                #(#conditions)*
                impl #marker {
                    pub async fn call(_: ::tramline::handler::Call<'_, '_>) {}
                }
            };
        }
    }
    quote_spanned! {start=>
        #declared

        #(#conditions)*
        impl #marker {
            pub const fn entry(_: ::tramline::routing::Finding) -> ::tramline::routing::Entry {
                ::tramline::routing::Entry::nothing(#name)
            }
            pub async fn call(_: ::tramline::handler::Call<'_, '_>) {}
        }
    }
}
