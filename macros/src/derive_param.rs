//! `#[derive(FromParam)]` and `#[derive(ToParam)]`: types of the user as path
//! parameters.
//!
//! Owns what is emitted for both directions. Refuses to decode or encode: the
//! library does; and to check: a [`Parameter`] is right.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Generics, Member, Type};

use crate::parameter::{Inner, Parameter, Shape};
use crate::span::{as_ours, ends, local, ours};

/// `input` parsed and emitted by `emit`; or the error, and what `emit` makes of
/// a type that can be anything, so that one mistake is one message.
fn derive(input: TokenStream, emit: fn(&Parameter<'_>) -> TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    match Parameter::new(&input) {
        Ok(parameter) => emit(&parameter),
        Err(error) => {
            let stand_in = emit(&Parameter {
                name: &input.ident,
                generics: &input.generics,
                is_deprecated: true,
                shape: Shape::Choice(Vec::new()),
            });
            let error = error.to_compile_error();
            quote!(#error #stand_in)
        }
    }
}

// Input:  struct UserId(u64);
// Output: impl<'r> ::tramline::FromParam<'r> for UserId {
//             type Error = <u64 as ::tramline::FromParam<'r>>::Error;
//             fn from_param(segment: &'r str) -> ::core::result::Result<Self, Self::Error> {
//                 <u64 as ::tramline::FromParam<'r>>::from_param(segment).map(Self)
//             }
//         }
pub(crate) fn from_param(input: TokenStream) -> TokenStream {
    derive(input, emit_from_param)
}

fn emit_from_param(parameter: &Parameter<'_>) -> TokenStream {
    let segment = local("segment");
    let mut generics = parameter.generics.clone();
    let lifetime = if let Some(own) = parameter.generics.lifetimes().next() {
        own.lifetime.clone()
    } else {
        let lifetime = syn::Lifetime::new("'r", Span::mixed_site());
        let declared = syn::LifetimeParam::new(lifetime.clone());
        generics
            .params
            .insert(0, syn::GenericParam::Lifetime(declared));
        lifetime
    };
    let (error, body) = match &parameter.shape {
        Shape::Newtype(inner) => {
            let (ty, wrap) = (inner.ty, inner.wrap());
            let place = place(ty);
            if inner.is_text {
                bound(&mut generics, parameter, quote!(#ty: ::core::str::FromStr));
                (
                    quote_spanned!(place=> ::tramline::ParamError<<#ty as ::core::str::FromStr>::Err>),
                    quote_spanned!(place=> ::tramline::handler::parse_decoded::<#ty>(#segment).map(#wrap)),
                )
            } else {
                let as_param = quote_spanned!(place=> <#ty as ::tramline::FromParam<#lifetime>>);
                bound(
                    &mut generics,
                    parameter,
                    quote!(#ty: ::tramline::FromParam<#lifetime>),
                );
                (
                    quote_spanned!(place=> #as_param::Error),
                    quote_spanned!(place=> #as_param::from_param(#segment).map(#wrap)),
                )
            }
        }
        Shape::Choice(choices) => {
            let variants = choices.iter().map(|(variant, _)| variant);
            let names: Vec<&String> = choices.iter().map(|(_, name)| name).collect();
            let expected = expected(&names);
            (
                quote!(::tramline::ParamError<&'static str>),
                quote! {
                    match &*::tramline::handler::decode::<&'static str>(#segment)? {
                        #(#names => ::core::result::Result::Ok(Self::#variants),)*
                        _ => ::core::result::Result::Err(::tramline::ParamError::Value(#expected)),
                    }
                },
            )
        }
        Shape::Text => {
            let place = ours(parameter.name.span());
            (
                quote_spanned!(place=> ::tramline::ParamError<<Self as ::core::str::FromStr>::Err>),
                quote_spanned!(place=> ::tramline::handler::parse_decoded::<Self>(#segment)),
            )
        }
    };
    let name = parameter.name;
    let deprecated = allow_deprecated(parameter);
    let (impl_generics, _, conditions) = generics.split_for_impl();
    let (_, own_generics, _) = parameter.generics.split_for_impl();
    quote_spanned! {place_of(parameter)=>
        #[automatically_derived]
        #deprecated
        impl #impl_generics ::tramline::FromParam<#lifetime> for #name #own_generics #conditions {
            type Error = #error;
            fn from_param(#segment: &#lifetime str) -> ::core::result::Result<Self, Self::Error> {
                #body
            }
        }
    }
}

// Input:  struct UserId(u64);
// Output: impl ::tramline::ToParam for UserId {
//             type Value = Self;
//             fn to_param(value: &Self::Value, out: &mut dyn ::core::fmt::Write) -> ::core::fmt::Result {
//                 <u64 as ::tramline::ToParam>::to_param(&value.0, out)
//             }
//         }
//
// A newtype with parameters of its own is written from what is in it: `url!`
// knows neither the handler's lifetimes nor how `T` borrows.
pub(crate) fn to_param(input: TokenStream) -> TokenStream {
    derive(input, emit_to_param)
}

fn emit_to_param(parameter: &Parameter<'_>) -> TokenStream {
    let (value, out) = (&local("value"), local("out"));
    let mut generics = parameter.generics.clone();
    let is_plain = parameter.generics.params.is_empty();
    let mut value_type = quote!(Self);
    let body = match &parameter.shape {
        Shape::Newtype(inner) => {
            let (ty, member) = (&as_ours(inner.ty), &inner.member);
            let place = place(inner.ty);
            let held = if is_plain {
                quote_spanned!(place=> &#value.#member)
            } else {
                quote!(#value)
            };
            if inner.is_text {
                if !is_plain {
                    value_type = ty.clone();
                }
                bound(&mut generics, parameter, quote!(#ty: ::core::fmt::Display));
                quote_spanned!(place=> ::core::write!(#out, "{}", #held))
            } else {
                let as_param = quote_spanned!(place=> <#ty as ::tramline::ToParam>);
                if !is_plain {
                    value_type = quote!(#as_param::Value);
                }
                bound(&mut generics, parameter, quote!(#ty: ::tramline::ToParam));
                quote_spanned!(place=> #as_param::to_param(#held, #out))
            }
        }
        Shape::Choice(choices) => {
            let arms = choices
                .iter()
                .map(|(variant, name)| quote!(Self::#variant => #name,));
            if choices.is_empty() {
                quote!(::core::unreachable!())
            } else {
                quote!(#out.write_str(match #value { #(#arms)* }))
            }
        }
        Shape::Text => {
            let place = ours(parameter.name.span());
            quote_spanned!(place=> ::core::write!(#out, "{}", #value))
        }
    };
    let name = parameter.name;
    let deprecated = allow_deprecated(parameter);
    let (impl_generics, own_generics, conditions) = generics.split_for_impl();
    quote_spanned! {place_of(parameter)=>
        #[automatically_derived]
        #deprecated
        impl #impl_generics ::tramline::ToParam for #name #own_generics #conditions {
            type Value = #value_type;
            fn to_param(#value: &Self::Value, #out: &mut dyn ::core::fmt::Write) -> ::core::fmt::Result {
                #body
            }
        }
    }
}

impl Inner<'_> {
    /// The function from what is in the newtype to the newtype.
    fn wrap(&self) -> TokenStream {
        match &self.member {
            Member::Unnamed(_) => quote!(Self),
            Member::Named(name) => {
                let inner = local("inner");
                quote!(|#inner| Self { #name: #inner })
            }
        }
    }
}

/// To be what a deprecated type is for is not a use to complain of.
fn allow_deprecated(parameter: &Parameter<'_>) -> Option<TokenStream> {
    parameter
        .is_deprecated
        .then(|| quote!(#[allow(deprecated)]))
}

/// What is complained of if the type does not fit: all of the code is shown
/// there, so that the compiler says it once.
fn place_of(parameter: &Parameter<'_>) -> Span {
    match &parameter.shape {
        Shape::Newtype(inner) => place(inner.ty),
        Shape::Choice(_) | Shape::Text => ours(parameter.name.span()),
    }
}

/// What is complained of is the field's type.
fn place(ty: &Type) -> Span {
    ends(ty).map_or_else(Span::call_site, |(start, _)| ours(start))
}

/// Adds `condition` if the type is generic; of a type without parameters the
/// compiler says more, and where the field is, without it.
fn bound(generics: &mut Generics, parameter: &Parameter<'_>, condition: TokenStream) {
    if parameter.generics.type_params().next().is_some() {
        let condition = syn::parse2(condition).expect("a type and a trait are a condition");
        generics.make_where_clause().predicates.push(condition);
    }
}

/// "expected `a`, `b` or `c`"
fn expected(names: &[&String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match &*quoted {
        [] => String::new(),
        [one] => format!("expected {one}"),
        [most @ .., last] => format!("expected {} or {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{expected, from_param, to_param};

    #[test]
    fn what_was_expected_is_a_sentence() {
        let names = ["a", "b", "c"].map(str::to_owned);
        for (count, text) in [
            (1, "expected `a`"),
            (2, "expected `a` or `b`"),
            (3, "expected `a`, `b` or `c`"),
        ] {
            assert_eq!(
                expected(&names.iter().take(count).collect::<Vec<_>>()),
                text
            );
        }
    }

    #[test]
    fn what_cannot_be_a_parameter_is_explained_once_and_still_implemented() {
        for (item, expected) in [
            ("struct A;", "`A` has 0 fields"),
            ("struct A(u8, u8);", "`A` has 2 fields"),
            ("struct A { a: u8, b: u8 }", "`A` has 2 fields"),
            ("struct A<'a, 'b>(&'a str, &'b str);", "two lifetimes"),
            ("union A { a: u8 }", "a union cannot be"),
            ("enum A {}", "has no variants"),
            ("enum A { B(u8) }", "the variant `B` has fields"),
            ("enum A { B {} }", "the variant `B` has fields"),
            (
                "enum A { B, #[param(\"b\")] C }",
                "`B` and `C` are both named `b`",
            ),
            ("enum A { B1, b1 }", "`B1` and `b1` are both named `b1`"),
            ("enum A { #[param(\"\")] B }", "no parameter is empty"),
            ("enum A { #[param(from_str)] B }", "expected the name"),
            ("enum A { #[param(\"b\", \"c\")] B }", "expected the name"),
            ("enum A { #[param(\"b\")] #[param(\"c\")] B }", "one name"),
            ("#[param(\"a\")] struct A(u8);", "expected `from_str`"),
            ("#[param] struct A(u8);", "expected `from_str`"),
            (
                "#[param(form_str)] struct A(u8);",
                "did you mean `from_str`?",
            ),
            ("struct A(#[param(serde)] u8);", "only `from_str`"),
            ("#[param(from_str)] #[param(from_str)] struct A;", "twice"),
        ] {
            for (derive, name) in [
                (from_param as fn(_) -> _, "FromParam"),
                (to_param, "ToParam"),
            ] {
                let made = derive(item.parse().expect(item)).to_string();
                assert_eq!(made.matches("compile_error").count(), 1, "{item}: {made}");
                assert!(made.contains(expected), "{item}: {made}");
                assert!(made.contains(name), "{item}: {made}");
            }
        }
    }
}
