//! What `#[route]` stands on: a function or a constant, and whether it can be
//! a handler.
//!
//! Owns the rules of signatures, but for those of one `argument`. Refuses to look at
//! the pattern, and at bodies: they are neither parsed nor changed. `route` brings
//! pattern and arguments together.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{
    Attribute, Error, GenericParam, Result, ReturnType, Safety, Signature, Token, Type, Visibility,
};

use crate::argument::{Argument, bare, borrow, find};
use crate::span::ends;

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
        .map(|input| Argument::new(noun, input, &signature.generics))
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
