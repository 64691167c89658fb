//! What `#[route]` stands on: a function or a constant, and whether it can be
//! a handler.
//!
//! Owns the rules of signatures. Refuses to look at the pattern, and at bodies:
//! they are neither parsed nor changed. `route` brings pattern and arguments
//! together.

use std::mem;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{
    Attribute, Error, FnArg, GenericParam, Generics, Pat, Result, ReturnType, Safety, Signature,
    Token, Type, TypeReference, Visibility,
};

use crate::span::{ends, regroup};

/// An item with a name, before any rule is applied to it.
pub(crate) struct Item {
    pub(crate) attached: Attached,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) name: Ident,
    /// Where it speaks of `Self`.
    of_self: Option<Span>,
    declaration: Declaration,
}

enum Declaration {
    Function(Box<Signature>),
    /// A function that ends here: with a `;` in place of a body.
    Bodiless(Span),
    Constant(Box<Type>),
}

/// The attribute that stands on an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Attached {
    Route,
    Guard,
    Catch,
}

impl Attached {
    pub(crate) const ALL: [Self; 3] = [Self::Route, Self::Guard, Self::Catch];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::Guard => "guard",
            Self::Catch => "catch",
        }
    }

    /// What the function under it is called.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Route => "handler",
            Self::Guard => "guard",
            Self::Catch => "catcher",
        }
    }

    /// Which of ours `attribute` is: `#[route(..)]` or `#[tramline::route(..)]`.
    pub(crate) fn of(attribute: &Attribute) -> Option<Self> {
        let path = attribute.path();
        let is_ours = path.segments.len() == 1
            || path.segments.len() == 2 && path.segments[0].ident == "tramline";
        let name = &path.segments.last()?.ident;
        Self::ALL
            .into_iter()
            .find(|attached| is_ours && name == attached.name())
    }
}

/// An item that can be called, or answered with.
pub(crate) enum Handler {
    Function {
        is_async: bool,
        arguments: Vec<Argument>,
        /// The places of the return type's ends; `None` without one.
        output: Option<(Span, Span)>,
        /// Where the return type borrows.
        borrowed_output: Option<Span>,
    },
    Constant(Content),
}

pub(crate) struct Argument {
    pub(crate) name: Ident,
    /// Without the function's lifetime parameters, which are `'_` here.
    pub(crate) ty: TokenStream,
    /// Of `&Db`, `Db`: what only the state can lend. `None` for any other type,
    /// and for `&str` and slices, which the request lends.
    pub(crate) lent: Option<TokenStream>,
}

/// What a constant holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Content {
    Text,
    Bytes,
}

/// The types that are in scope everywhere under names a function may have.
const PRIMITIVES: [&str; 19] = [
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64",
    "i128", "isize", "f16", "f32", "f64", "f128",
];

pub(crate) fn is_primitive(name: &str) -> bool {
    PRIMITIVES.contains(&name)
}

impl Item {
    /// Parses the item that `attached` stands on.
    pub(crate) fn parse_under(attached: Attached, item: TokenStream) -> Result<Self> {
        let mut head: Vec<TokenTree> = item.into_iter().collect();
        // The body is not ours, and takes no time if it is not looked into.
        head.pop_if(
            |last| matches!(last, TokenTree::Group(it) if it.delimiter() == Delimiter::Brace),
        );
        let of_self = find("Self", head.iter().cloned());
        let parse = |input: ParseStream<'_>| Self::parse(attached, of_self, input);
        parse.parse2(head.into_iter().collect())
    }

    fn parse(attached: Attached, of_self: Option<Span>, input: ParseStream<'_>) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let start = input.cursor();
        let (name, declaration) = if input.peek(Token![const])
            && input.peek2(syn::Ident)
            && input.peek3(Token![:])
        {
            input.parse::<Token![const]>()?;
            let name = input.parse()?;
            input.parse::<Token![:]>()?;
            (name, Declaration::Constant(input.parse()?))
        } else {
            let signature: Signature = input.parse().map_err(|error| {
                if find("fn", start.token_stream()).is_some() {
                    return error;
                }
                let message = match attached {
                    Attached::Route => {
                        "`#[route]` stands on a function or a constant: move it to the handler"
                    }
                    Attached::Guard => "`#[guard]` stands on a function: move it to the guard",
                    Attached::Catch => "`#[catch]` stands on a function: move it to the catcher",
                };
                Error::new(start.span(), message)
            })?;
            let name = signature.ident.clone();
            if input.peek(Token![;]) {
                (name, Declaration::Bodiless(input.span()))
            } else {
                (name, Declaration::Function(Box::new(signature)))
            }
        };
        // The value of a constant is not ours either.
        input.parse::<TokenStream>()?;
        Ok(Self {
            attached,
            attributes,
            visibility,
            name,
            of_self,
            declaration,
        })
    }

    /// Its `cfg`s, which hold for all that is generated beside it.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("cfg"))
    }

    pub(crate) fn has(&self, attribute: &str) -> bool {
        self.attributes
            .iter()
            .any(|candidate| candidate.path().is_ident(attribute))
    }

    /// Whether a type with the item's name can stand beside it: not in an
    /// `impl`, and not with the name of a primitive, which it would hide in
    /// its whole module.
    pub(crate) fn may_have_marker(&self) -> bool {
        let is_free = match &self.declaration {
            Declaration::Function(signature) => {
                signature.receiver().is_none() && self.of_self.is_none()
            }
            Declaration::Bodiless(_) => false,
            Declaration::Constant(_) => true,
        };
        is_free && !self.is_primitive()
    }

    fn is_primitive(&self) -> bool {
        is_primitive(&self.name.unraw().to_string())
    }
}

impl Handler {
    /// What stands under an attribute without arguments.
    pub(crate) fn without_pattern(args: &TokenStream, item: &Item) -> Result<Self> {
        if args.is_empty() {
            return Self::new(item);
        }
        let name = item.attached.name();
        Err(Error::new_spanned(
            args,
            format!("`#[{name}]` takes no arguments: remove them"),
        ))
    }

    pub(crate) fn new(item: &Item) -> Result<Self> {
        if item.is_primitive() {
            let name = &item.name;
            return Err(Error::new(
                item.name.span(),
                format!(
                    "a {} named `{name}` would hide the type `{name}` in its module: choose another name",
                    item.attached.noun()
                ),
            ));
        }
        for attribute in &item.attributes {
            let message = match Attached::of(attribute) {
                None => continue,
                Some(Attached::Route) if item.attached == Attached::Route => {
                    "a second `#[route]` on one function: list all methods and patterns in one, as in `#[route(GET, POST, \"/a\", \"/b\")]`"
                }
                Some(_) => {
                    "a function is one of `#[route]`, `#[guard]` and `#[catch]`: write another one for the second"
                }
            };
            return Err(Error::new_spanned(attribute, message));
        }
        match &item.declaration {
            Declaration::Function(signature) => {
                function(item.attached.noun(), signature, item.of_self)
            }
            Declaration::Bodiless(end) => Err(Error::new(
                *end,
                format!(
                    "a {} has a body, so it cannot be declared in a `trait` or an `extern` block: write a free function",
                    item.attached.noun()
                ),
            )),
            Declaration::Constant(ty) => content(ty).map(Self::Constant),
        }
    }
}

fn function(noun: &str, signature: &Signature, of_self: Option<Span>) -> Result<Handler> {
    if let Safety::Unsafe(token) = &signature.safety {
        return Err(Error::new(
            token.span,
            format!("a {noun} is called for any request, so it cannot be `unsafe`: remove it"),
        ));
    }
    if let Some(abi) = &signature.abi {
        return Err(Error::new_spanned(
            abi,
            format!("a {noun} is called from Rust only: remove `extern`"),
        ));
    }
    if let Some(variadic) = &signature.variadic {
        return Err(Error::new_spanned(
            variadic,
            format!("a {noun} cannot have variadic arguments: name each of them"),
        ));
    }
    for parameter in &signature.generics.params {
        if !matches!(parameter, GenericParam::Lifetime(_)) {
            return Err(Error::new_spanned(
                parameter,
                format!(
                    "a {noun} cannot be generic, since no request chooses a type or a number: write a concrete one"
                ),
            ));
        }
    }
    let arguments = signature
        .inputs
        .iter()
        .map(|input| argument(noun, input, &signature.generics))
        .collect::<Result<_>>()?;
    if let Some(place) = of_self {
        return Err(Error::new(
            place,
            format!("a {noun} is a free function and knows no `Self`: move it out of the `impl`"),
        ));
    }
    let (output, borrowed_output) = match &signature.output {
        ReturnType::Default => (None, None),
        ReturnType::Type(_, ty) => (ends(ty), borrow(ty)),
    };
    Ok(Handler::Function {
        is_async: signature.asyncness.is_some(),
        arguments,
        output,
        borrowed_output,
    })
}

fn argument(noun: &str, input: &FnArg, generics: &Generics) -> Result<Argument> {
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
    Ok(Argument {
        name,
        ty: elide(ty, &lifetimes),
        lent,
    })
}

/// Whether it says when something is there.
fn is_condition(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr")
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
fn find(keyword: &str, within: impl IntoIterator<Item = TokenTree>) -> Option<Span> {
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

/// `&str`, `&[u8]` and `&[u8; N]`, as written: a macro does not see through
/// aliases.
fn content(ty: &Type) -> Result<Content> {
    let unsupported = || {
        Error::new_spanned(
            ty,
            "a constant that is a route is a `&str` or a `&[u8]`: write a function for anything else",
        )
    };
    let Type::Reference(reference) = bare(ty) else {
        return Err(unsupported());
    };
    let is =
        |ty: &Type, name: &str| matches!(bare(ty), Type::Path(path) if path.path.is_ident(name));
    match bare(&reference.elem) {
        ty if is(ty, "str") => Ok(Content::Text),
        Type::Slice(slice) if is(&slice.elem, "u8") => Ok(Content::Bytes),
        Type::Array(array) if is(&array.elem, "u8") => Ok(Content::Bytes),
        _ => Err(unsupported()),
    }
}

/// Without the invisible groups of `macro_rules!`, and parentheses.
fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        ty => ty,
    }
}
