//! `#[derive(Responder)]`: an `enum` whose variants are answers.
//!
//! Owns what is emitted. Refuses to check: an [`Answer`] is right; and to write
//! a response: the library does.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Lifetime, Member};

use crate::answer::{Answer, Choice, Content};
use crate::span::{ends, local, ours};

// Input:  enum Answer {
//             Found(Json<User>),
//             #[responder(status = 409)] Taken(String),
//             #[responder(status = 404)] Missing,
//         }
// Output: impl ::tramline::Responder for Answer {
//             fn respond<'w>(self, response: &mut ::tramline::Response<'w>)
//             where
//                 Self: 'w,
//             {
//                 match self {
//                     Self::Found(answer) => ::tramline::Responder::respond(answer, response),
//                     Self::Taken(answer) => ::tramline::Responder::respond((::tramline::Status::new(409), answer), response),
//                     Self::Missing => ::tramline::Responder::respond(::tramline::Status::new(404), response),
//                 }
//             }
//         }
//
// After an error, the type answers nothing, so that one mistake is one message.
pub(crate) fn responder(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    match Answer::new(&input) {
        Ok(answer) => {
            let response = local("response");
            let arms = answer
                .variants
                .iter()
                .map(|variant| arm(variant, &response));
            emit(&answer, &response, &quote!(match self { #(#arms)* }))
        }
        Err(error) => {
            let error = error.to_compile_error();
            let answer = Answer {
                name: &input.ident,
                generics: &input.generics,
                variants: Vec::new(),
            };
            let stand_in = emit(&answer, &local("_response"), &TokenStream::new());
            quote!(#error #stand_in)
        }
    }
}

fn emit(answer: &Answer<'_>, response: &Ident, body: &TokenStream) -> TokenStream {
    let name = answer.name;
    let mut generics = answer.generics.clone();
    // Of a type without parameters the compiler says more without a bound.
    if generics.type_params().next().is_some() {
        let conditions = &mut generics.make_where_clause().predicates;
        for variant in &answer.variants {
            if let Content::Field { ty, .. } = variant.content {
                conditions.push(syn::parse_quote!(#ty: ::tramline::Responder));
            }
        }
    }
    let (impl_generics, own_generics, conditions) = generics.split_for_impl();
    // The type may have a lifetime of that name.
    let lent = Lifetime::new("'w", Span::mixed_site());
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics ::tramline::Responder for #name #own_generics #conditions {
            fn respond<#lent>(self, #response: &mut ::tramline::Response<#lent>)
            where
                Self: #lent,
            {
                #body
            }
        }
    }
}

fn arm(variant: &Choice<'_>, response: &Ident) -> TokenStream {
    let name = variant.name;
    match &variant.content {
        Content::Status(status) => quote! {
            Self::#name => ::tramline::Responder::respond(::tramline::Status::new(#status), #response),
        },
        Content::Field { member, ty, status } => {
            // What is complained of is the field's type.
            let (place, there) = ends(ty).map_or_else(
                || (Span::call_site(), Span::mixed_site()),
                |(start, _)| (ours(start), Span::mixed_site().located_at(start)),
            );
            let answer = Ident::new("answer", there);
            let pattern = match member {
                Member::Unnamed(_) => quote!((#answer)),
                Member::Named(field) => quote!({ #field: #answer }),
            };
            let respond = quote_spanned!(place=> ::tramline::Responder::respond);
            let mut whole = quote!(#answer);
            if let Some(status) = status {
                whole = quote_spanned!(place=> (::tramline::Status::new(#status), #whole));
            }
            quote!(Self::#name #pattern => #respond(#whole, #response),)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::responder;

    fn made(item: &str) -> String {
        responder(item.parse().expect(item)).to_string()
    }

    #[test]
    fn each_variant_is_an_arm() {
        let made = made(
            "enum A<T> { B(T), #[responder(status = 409)] C { d: u8 }, #[responder(status = 404)] E }",
        );
        let respond = ":: tramline :: Responder :: respond";
        let status = ":: tramline :: Status :: new";
        for expected in [
            "impl < T > :: tramline :: Responder for A < T > where T : :: tramline :: Responder , u8 :",
            &format!("Self :: B (answer) => {respond} (answer , response) ,"),
            &format!(
                "Self :: C {{ d : answer }} => {respond} (({status} (409) , answer) , response) ,"
            ),
            &format!("Self :: E => {respond} ({status} (404) , response) ,"),
        ] {
            assert!(made.contains(expected), "{expected}: {made}");
        }
    }

    #[test]
    fn what_cannot_be_an_answer_is_explained_once_and_still_implemented() {
        for (item, expected) in [
            ("struct A(u8);", "only an `enum` can be derived"),
            ("union A { a: u8 }", "only an `enum` can be derived"),
            ("enum A { B }", "`B` has nothing to answer with"),
            ("enum A { B() }", "`B` has 0 fields"),
            ("enum A { B(u8, u8) }", "`B` has 2 fields"),
            (
                "enum A { #[responder(status = 404)] B { a: u8, b: u8 } }",
                "`B` has 2 fields",
            ),
            ("enum A { #[responder] B }", "expected a status"),
            ("enum A { #[responder()] B }", "expected a status"),
            ("enum A { #[responder(404)] B }", "expected a status"),
            ("enum A { #[responder(status)] B }", "expected a status"),
            (
                "enum A { #[responder(status = NOT_FOUND)] B }",
                "expected a status",
            ),
            (
                "enum A { #[responder(status = 404, a)] B }",
                "expected a status",
            ),
            (
                "enum A { #[responder(statsu = 404)] B }",
                "did you mean `status`?",
            ),
            ("enum A { #[responder(code = 404)] B }", "only `status`"),
            (
                "enum A { #[responder(status = 404)] #[responder(status = 404)] B }",
                "one status",
            ),
            (
                "enum A { #[responder(status = 100)] B }",
                "expected 200 to 999",
            ),
            (
                "enum A { #[responder(status = 1000)] B }",
                "expected 200 to 999",
            ),
            (
                "#[responder(status = 404)] enum A {}",
                "stands above a variant",
            ),
            (
                "enum A { B(#[responder(status = 404)] u8) }",
                "stands above a variant",
            ),
        ] {
            let made = made(item);
            assert_eq!(made.matches("compile_error").count(), 1, "{item}: {made}");
            assert!(made.contains(expected), "{item}: {made}");
            assert!(made.contains("Responder for A"), "{item}: {made}");
        }
    }
}
