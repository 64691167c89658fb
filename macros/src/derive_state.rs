//! `#[derive(State)]`: a struct whose fields are the parts of a state.
//!
//! Owns which structs can be one, and what is emitted for each field. Refuses to
//! judge the types of fields: any may be shared that the server takes.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Field, Fields, GenericArgument, Ident, PathArguments, Type};

use crate::span::{as_ours, ours};

// Input:  struct AppState { db: Db, cache: PerWorker<Cache> }
// Output: impl ::tramline::Provides<Db> for AppState {
//             fn provide(&self) -> &Db {
//                 &self.db
//             }
//         }
//         impl ::tramline::Provides<Cache> for AppState {
//             fn provide(&self) -> &Cache {
//                 self.cache.get()
//             }
//         }
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let fields = match fields(&input) {
        Ok(fields) => fields,
        Err(error) => return error.to_compile_error(),
    };
    let parts: Vec<Part<'_>> = fields.filter_map(Part::new).collect();
    // One of two is left out, so that handlers which take it still compile.
    let impls = parts.iter().enumerate().map(|(at, part)| {
        match parts[..at].iter().find(|other| other.is_of_type(part)) {
            Some(other) => part.conflict(other).to_compile_error(),
            None => part.emit(&input.ident),
        }
    });
    impls.collect()
}

fn fields(input: &DeriveInput) -> Result<impl Iterator<Item = &Field>, Error> {
    let name = &input.ident;
    if let Some(parameter) = input.generics.params.first() {
        return Err(Error::new_spanned(
            parameter,
            format!(
                "`{name}` is generic, but an application has one state: write the types it is used with"
            ),
        ));
    }
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Ok(fields.named.iter()),
            Fields::Unnamed(_) | Fields::Unit => Err(Error::new(
                name.span(),
                format!(
                    "`{name}` has no named fields to provide: write `struct {name} {{ db: Db }}`"
                ),
            )),
        },
        Data::Enum(_) | Data::Union(_) => Err(Error::new(
            name.span(),
            format!(
                "`{name}` is not a struct: a state has all of its parts at once, as named fields"
            ),
        )),
    }
}

/// A field, and what it provides.
struct Part<'a> {
    field: &'a Ident,
    ty: &'a Type,
    is_per_worker: bool,
}

impl<'a> Part<'a> {
    fn new(field: &'a Field) -> Option<Self> {
        let held = per_worker(&field.ty);
        Some(Self {
            field: field.ident.as_ref()?,
            ty: held.unwrap_or(&field.ty),
            is_per_worker: held.is_some(),
        })
    }

    fn is_of_type(&self, other: &Self) -> bool {
        let text = |part: &Self| part.ty.to_token_stream().to_string();
        text(self) == text(other)
    }

    fn conflict(&self, other: &Self) -> Error {
        let ty = self.ty.to_token_stream();
        Error::new_spanned(
            self.ty,
            format!(
                "`{}` and `{}` are both `{ty}`, but an argument is found by its type: give one of them a type of its own, \
                 as in `struct Name({ty});`",
                other.field, self.field
            ),
        )
    }

    fn emit(&self, state: &Ident) -> TokenStream {
        let (field, ty) = (self.field, as_ours(self.ty));
        let part = if self.is_per_worker {
            quote!(self.#field.get())
        } else {
            quote!(&self.#field)
        };
        let place: Span = ours(self.ty.span());
        quote_spanned! {place=>
            #[automatically_derived]
            impl ::tramline::Provides<#ty> for #state {
                fn provide(&self) -> &#ty {
                    #part
                }
            }
        }
    }
}

/// The `Cache` of `PerWorker<Cache>`; with an error behind it there may be none,
/// so that the handler asks.
fn per_worker(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let mut arguments = arguments.args.iter();
    match (arguments.next()?, arguments.next()) {
        (GenericArgument::Type(held), None) if last.ident == "PerWorker" => Some(held),
        _ => None,
    }
}
