//! The proof that no two arguments of a handler, and no two fields of an
//! extractor, read the request's body.
//!
//! Owns its message. Refuses to know which types do: their
//! `FromRequest::TAKES_BODY` says so, when the proof is evaluated.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Attribute, Type};

use crate::span::{ends, ours};

/// Something that may read the body: its name and its type, in which lifetimes
/// that somebody else declares are `'_`.
pub(crate) type Reader = (String, TokenStream);

// Input:  form: Form<Login>, body: &[u8]
// Output: const _: () = {
//             use ::tramline::handler::NoReader as _;
//             ::core::assert!(
//                 !(::tramline::handler::Reader::<fn(&()) -> Form<Login>>::TAKES_BODY
//                     && ::tramline::handler::Reader::<fn(&()) -> &[u8]>::TAKES_BODY),
//                 "`form` and `body` both read the request's body, which can be done once: keep one of them"
//             )
//         };
pub(crate) fn one_body(readers: Vec<Reader>, conditions: &[&Attribute]) -> TokenStream {
    let readers: Vec<Reader> = readers.into_iter().flat_map(apart).collect();
    let pairs = readers.iter().enumerate().flat_map(|(at, second)| {
        let earlier = readers[..at].iter();
        earlier.map(move |first| (first, second))
    });
    pairs
        .map(|((first, first_type), (second, second_type))| {
            let message = format!(
                "`{first}` and `{second}` both read the request's body, which can be done once: keep one of them"
            );
            let place = ends(second_type).map_or_else(Span::call_site, |(start, _)| ours(start));
            quote_spanned! {place=>
                #(#conditions)*
                const _: () = {
                    use ::tramline::handler::NoReader as _;
                    ::core::assert!(
                        !(::tramline::handler::Reader::<fn(&()) -> #first_type>::TAKES_BODY
                            && ::tramline::handler::Reader::<fn(&()) -> #second_type>::TAKES_BODY),
                        #message
                    )
                };
            }
        })
        .collect()
}

/// A tuple is as many readers as it has elements.
fn apart((name, ty): Reader) -> Vec<Reader> {
    match syn::parse2(ty.clone()) {
        Ok(Type::Tuple(tuple)) => {
            let elements = tuple.elems.iter().enumerate();
            elements
                .flat_map(|(at, element)| {
                    apart((format!("{name}.{at}"), element.to_token_stream()))
                })
                .collect()
        }
        _ => vec![(name, ty)],
    }
}
