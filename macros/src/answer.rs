//! An `enum` that can be an answer: the validated model of
//! `#[derive(Responder)]`.
//!
//! Owns which types can be derived and what `#[responder(..)]` says of a
//! variant. Refuses to judge the types of fields: that is the compiler's.

use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Error, Fields, Generics, LitInt, Member, Result, Token, Type,
    Variant,
};

use crate::suggest::nearest;

pub(crate) struct Answer<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) variants: Vec<Choice<'a>>,
}

pub(crate) struct Choice<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) content: Content<'a>,
}

/// What a variant answers with.
pub(crate) enum Content<'a> {
    /// `#[responder(status = 404)] Missing`
    Status(LitInt),
    /// `Found(T)`, maybe with a status.
    Field {
        member: Member,
        ty: &'a Type,
        status: Option<LitInt>,
    },
}

impl<'a> Answer<'a> {
    pub(crate) fn new(input: &'a DeriveInput) -> Result<Self> {
        let variants = match &input.data {
            Data::Enum(data) => data
                .variants
                .iter()
                .map(Choice::new)
                .collect::<Result<_>>()?,
            Data::Struct(_) | Data::Union(_) => {
                let message = "only an `enum` can be derived, each variant being one answer: implement \
                               `tramline::Responder` by hand";
                return Err(Error::new(input.ident.span(), message));
            }
        };
        if let Some(attribute) = responders(&input.attrs).next() {
            return Err(misplaced(attribute));
        }
        Ok(Self {
            name: &input.ident,
            generics: &input.generics,
            variants,
        })
    }
}

impl<'a> Choice<'a> {
    fn new(variant: &'a Variant) -> Result<Self> {
        let name = &variant.ident;
        let status = status(&variant.attrs)?;
        for field in &variant.fields {
            if let Some(attribute) = responders(&field.attrs).next() {
                return Err(misplaced(attribute));
            }
        }
        let mut fields = variant.fields.members().zip(&variant.fields);
        let content = match (fields.next(), fields.next(), status) {
            (Some((member, field)), None, status) => Content::Field {
                member,
                ty: &field.ty,
                status,
            },
            (None, _, Some(status)) if matches!(variant.fields, Fields::Unit) => {
                Content::Status(status)
            }
            (None, _, None) if matches!(variant.fields, Fields::Unit) => {
                let message = format!(
                    "the variant `{name}` has nothing to answer with: give it a field, or a status, as in \
                     `#[responder(status = 404)]`"
                );
                return Err(Error::new(name.span(), message));
            }
            _ => {
                let message = format!(
                    "the variant `{name}` has {} fields, but answers with one: put them into a type that \
                     implements `Responder`",
                    variant.fields.len()
                );
                return Err(Error::new(variant.fields.span(), message));
            }
        };
        Ok(Self { name, content })
    }
}

fn responders(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("responder"))
}

fn misplaced(attribute: &Attribute) -> Error {
    let message = "`#[responder(..)]` stands above a variant: move it there";
    Error::new_spanned(&attribute.meta, message)
}

/// The status in `#[responder(status = 404)]`.
fn status(attributes: &[Attribute]) -> Result<Option<LitInt>> {
    let mut status = None;
    for attribute in responders(attributes) {
        let form = |_| {
            let message = "expected a status, as in `#[responder(status = 404)]`";
            Error::new_spanned(&attribute.meta, message)
        };
        let (word, rest) = attribute
            .parse_args_with(|input: syn::parse::ParseStream<'_>| {
                Ok((
                    input.parse::<Ident>()?,
                    input.parse::<proc_macro2::TokenStream>()?,
                ))
            })
            .map_err(form)?;
        if word != "status" {
            let mend = match nearest(&word.to_string(), ["status"]) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "only `status` can stand here".to_owned(),
            };
            let message = format!("unknown argument `{word}`: {mend}");
            return Err(Error::new(word.span(), message));
        }
        let code = syn::parse::Parser::parse2(
            |input: syn::parse::ParseStream<'_>| {
                input.parse::<Token![=]>()?;
                input.parse::<LitInt>()
            },
            rest,
        )
        .map_err(form)?;
        if status.is_some() {
            let message = "a variant has one status: remove the others";
            return Err(Error::new(code.span(), message));
        }
        if !code
            .base10_parse()
            .is_ok_and(|code: u16| (200..1000).contains(&code))
        {
            let message = format!("`{code}` is not the status of an answer: expected 200 to 999");
            return Err(Error::new(code.span(), message));
        }
        status = Some(code);
    }
    Ok(status)
}
