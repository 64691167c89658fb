//! One argument of a function: its name, its type, and whether the state lends it.
//!
//! Owns the rules of one argument. Refuses to know the others, and the pattern:
//! `signature` has all of them, `route` says where each comes from.

use std::mem;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Error, FnArg, Generics, Pat, Result, Type, TypeReference};

use crate::span::regroup;

pub(crate) struct Argument {
    pub(crate) name: Ident,
    /// Without the function's lifetime parameters, which are `'_` here.
    pub(crate) ty: TokenStream,
    /// Of `&Db`, `Db`: what only the state can lend. `None` for any other type,
    /// and for `&str` and slices, which the request lends.
    pub(crate) lent: Option<TokenStream>,
}

impl Argument {
    /// The argument of a `noun` of these generics.
    pub(crate) fn new(noun: &str, input: &FnArg, generics: &Generics) -> Result<Self> {
        let typed = match input {
            FnArg::Receiver(receiver) => {
                return Err(Error::new(
                    receiver.self_token.span,
                    format!(
                        "a {noun} is a free function and cannot take `self`: move it out of the `impl`"
                    ),
                ));
            }
            FnArg::Typed(typed) => typed,
        };
        if let Some(attribute) = typed.attrs.iter().find(|attribute| is_condition(attribute)) {
            return Err(Error::new_spanned(
                attribute,
                "an argument is there in every configuration: put `#[cfg(..)]` on two functions, or on the fields of one \
                 `#[derive(tramline::FromRequest)]`",
            ));
        }
        let name = match &*typed.pat {
            Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => pat.ident.clone(),
            other => {
                return Err(Error::new_spanned(
                    other,
                    format!(
                        "an argument of a {noun} is one name, by which it is found in the pattern: bind a name here and take it \
                         apart in the body"
                    ),
                ));
            }
        };
        let ty = typed.ty.to_token_stream();
        if let Some(token) = find("impl", ty.clone()) {
            return Err(Error::new(
                token,
                format!(
                    "the type of `{name}` must be known to be made from a request: write a concrete type, not `impl`"
                ),
            ));
        }
        if let Type::Reference(reference) = bare(&typed.ty) {
            check_lent(&name, reference)?;
        }
        let lifetimes: Vec<&Ident> = generics
            .lifetimes()
            .map(|parameter| &parameter.lifetime.ident)
            .collect();
        let lent = lent(&typed.ty).map(|ty| elide(ty.to_token_stream(), &lifetimes));
        Ok(Self {
            name,
            ty: elide(ty, &lifetimes),
            lent,
        })
    }

    /// Its type, as it is spelled without blanks.
    pub(crate) fn spelled(&self) -> String {
        self.ty.to_string().replace(' ', "")
    }
}

/// Whether it says when something is there: `cfg(..)`, also in a `cfg_attr(..)`.
fn is_condition(attribute: &Attribute) -> bool {
    find("cfg", attribute.meta.to_token_stream()).is_some()
}

/// What the library makes of a request, with a lifetime or a type: no state is such.
const OF_REQUEST: [&str; 6] = ["Body", "Json", "Form", "Query", "Header", "Cookies"];

/// A reference can be what a handler is lent.
fn check_lent(name: &Ident, reference: &TypeReference) -> Result<()> {
    if let Type::Path(path) = bare(&reference.elem)
        && let Some(last) = path.path.segments.last()
        && (last.ident == "Request"
            || !last.arguments.is_none() && OF_REQUEST.iter().any(|name| last.ident == name))
    {
        return Err(Error::new(
            reference.and_token.span,
            format!(
                "`{name}` is made of the request, while `&` asks for what the state has: take `{}` by value",
                last.to_token_stream().to_string().replace(' ', "")
            ),
        ));
    }
    if let Some(token) = &reference.mutability {
        return Err(Error::new(
            token.span,
            format!(
                "`{name}` is lent to other requests too, so it cannot be `&mut`: take `&`, and put what changes behind \
                 a lock or an atomic"
            ),
        ));
    }
    let lifetime = reference.lifetime.as_ref();
    match lifetime.filter(|lifetime| lifetime.ident == "static") {
        Some(lifetime) if is_of_request(bare(&reference.elem)) => Err(Error::new(
            lifetime.span(),
            format!("`{name}` is lent by its request and ends with it: remove `'static`"),
        )),
        _ => Ok(()),
    }
}

/// Text and slices, which the request lends and never the state.
fn is_of_request(behind: &Type) -> bool {
    matches!(behind, Type::Path(path) if path.path.is_ident("str"))
        || matches!(behind, Type::Slice(_))
}

/// What is behind the `&`, if the state lends it: a macro does not see through
/// aliases, and need not here.
fn lent(ty: &Type) -> Option<&Type> {
    let Type::Reference(reference) = bare(ty) else {
        return None;
    };
    let behind = bare(&reference.elem);
    (!is_of_request(behind)).then_some(behind)
}

/// Where a type borrows for less than `'static`, as far as it says so.
pub(crate) fn borrow(within: impl ToTokens) -> Option<Span> {
    let mut tokens = within.into_token_stream().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let next = tokens.peek();
        let place = match &token {
            TokenTree::Group(group) => borrow(group.stream()),
            // A lifetime that follows is looked at next.
            TokenTree::Punct(punct) if punct.as_char() == '&' && !next.is_some_and(is_tick) => {
                Some(token.span())
            }
            tick if is_tick(tick) && next.is_none_or(|name| name.to_string() != "static") => {
                Some(token.span())
            }
            _ => None,
        };
        if place.is_some() {
            return place;
        }
    }
    None
}

/// Where a keyword stands.
pub(crate) fn find(keyword: &str, within: impl IntoIterator<Item = TokenTree>) -> Option<Span> {
    within.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == keyword => Some(ident.span()),
        TokenTree::Group(group) => find(keyword, group.stream()),
        _ => None,
    })
}

/// Replaces `lifetimes`, which only the item declares, by `'_`.
pub(crate) fn elide(ty: TokenStream, lifetimes: &[&Ident]) -> TokenStream {
    if lifetimes.is_empty() {
        return ty;
    }
    let mut behind_tick = false;
    ty.into_iter()
        .map(|token| {
            let in_lifetime = mem::replace(&mut behind_tick, is_tick(&token));
            match token {
                TokenTree::Group(group) => regroup(&group, elide(group.stream(), lifetimes)),
                TokenTree::Ident(ident) if in_lifetime && lifetimes.contains(&&ident) => {
                    Ident::new("_", ident.span()).into()
                }
                token => token,
            }
        })
        .collect()
}

/// A lifetime is two tokens, of which this is the first.
fn is_tick(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '\'')
}

/// Without the invisible groups of `macro_rules!`, and parentheses.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        ty => ty,
    }
}
