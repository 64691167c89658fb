//! A type that can be a path parameter: the validated model of both derives.
//!
//! Owns which types can be derived, what `#[param(..)]` says of them, and the
//! names of variants. Refuses to judge the types of fields: that is the
//! compiler's. One model serves both directions, so that they cannot differ.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Error, Field, Fields, Generics, LitStr, Member, Result, Type,
    Variant,
};

use crate::suggest::nearest;

pub(crate) struct Parameter<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) generics: &'a Generics,
    /// The type, or one of its variants.
    pub(crate) is_deprecated: bool,
    pub(crate) shape: Shape<'a>,
}

pub(crate) enum Shape<'a> {
    /// `struct UserId(u64);`
    Newtype(Inner<'a>),
    /// `enum Order { Asc, Desc }`, with the names of the variants; no two are
    /// equal.
    Choice(Vec<(&'a Ident, String)>),
    /// `#[param(from_str)]` on the type.
    Text,
}

pub(crate) struct Inner<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    /// `#[param(from_str)]` on the field.
    pub(crate) is_text: bool,
}

impl<'a> Parameter<'a> {
    pub(crate) fn new(input: &'a DeriveInput) -> Result<Self> {
        let (name, generics) = (&input.ident, &input.generics);
        if let Some(second) = generics.lifetimes().nth(1) {
            return Err(Error::new(
                second.lifetime.span(),
                format!("`{name}` has two lifetimes, but a parameter borrows from the path alone"),
            ));
        }
        let shape = if from_str(&input.attrs)? {
            Shape::Text
        } else {
            match &input.data {
                Data::Struct(data) => Shape::newtype(name, &data.fields)?,
                Data::Enum(data) => Shape::choice(name, data.variants.iter())?,
                Data::Union(data) => {
                    return Err(Error::new(
                        data.union_token.span(),
                        "a union cannot be a path parameter: use a newtype or an `enum` without fields",
                    ));
                }
            }
        };
        Ok(Self {
            name,
            generics,
            is_deprecated: is_deprecated(input),
            shape,
        })
    }
}

impl<'a> Shape<'a> {
    fn newtype(name: &Ident, fields: &'a Fields) -> Result<Self> {
        let mut all = fields.members().zip(fields);
        match (all.next(), all.next()) {
            (Some((member, field)), None) => Ok(Self::Newtype(Inner::new(member, field)?)),
            _ => Err(Error::new(
                name.span(),
                format!(
                    "`{name}` has {} fields, but a parameter is one value: use a newtype, or `#[param(from_str)]` \
                     above a type that is `FromStr`",
                    fields.len()
                ),
            )),
        }
    }

    fn choice(name: &Ident, variants: impl Iterator<Item = &'a Variant>) -> Result<Self> {
        let mut choices: Vec<(&Ident, String)> = Vec::new();
        for variant in variants {
            let ident = &variant.ident;
            if !matches!(variant.fields, Fields::Unit) {
                return Err(Error::new(
                    variant.fields.span(),
                    format!(
                        "the variant `{ident}` has fields, but a parameter is one value: remove them, or put \
                         `#[param(from_str)]` above a type that is `FromStr`"
                    ),
                ));
            }
            let given = variant_name(&variant.attrs)?;
            let place = given.as_ref().map_or(ident.span(), LitStr::span);
            let text =
                given.map_or_else(|| kebab_case(&ident.unraw().to_string()), |it| it.value());
            if text.is_empty() {
                return Err(Error::new(
                    place,
                    format!("the variant `{ident}` needs a name: no parameter is empty"),
                ));
            }
            if let Some((other, _)) = choices.iter().find(|(_, other)| *other == text) {
                return Err(Error::new(
                    place,
                    format!(
                        "`{other}` and `{ident}` are both named `{text}`: give one of them another name, as in \
                         `#[param(\"other-name\")]`"
                    ),
                ));
            }
            choices.push((ident, text));
        }
        if choices.is_empty() {
            return Err(Error::new(
                name.span(),
                format!("`{name}` has no variants, so no path could name one"),
            ));
        }
        Ok(Self::Choice(choices))
    }
}

impl<'a> Inner<'a> {
    fn new(member: Member, field: &'a Field) -> Result<Self> {
        Ok(Self {
            member,
            ty: &field.ty,
            is_text: from_str(&field.attrs)?,
        })
    }
}

fn is_deprecated(input: &DeriveInput) -> bool {
    let has = |attributes: &[Attribute]| {
        attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("deprecated"))
    };
    has(&input.attrs)
        || match &input.data {
            Data::Enum(data) => data.variants.iter().any(|variant| has(&variant.attrs)),
            Data::Struct(_) | Data::Union(_) => false,
        }
}

fn params(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("param"))
}

/// Whether `#[param(from_str)]` is there.
fn from_str(attributes: &[Attribute]) -> Result<bool> {
    let mut is_there = false;
    for attribute in params(attributes) {
        let word: Ident = attribute.parse_args().map_err(|_| {
            let message = "expected `from_str`, as in `#[param(from_str)]`";
            Error::new_spanned(&attribute.meta, message)
        })?;
        if word != "from_str" {
            let mend = match nearest(&word.to_string(), ["from_str"]) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "only `from_str` can stand here".to_owned(),
            };
            let message = format!("unknown argument `{word}`: {mend}");
            return Err(Error::new(word.span(), message));
        }
        if is_there {
            return Err(Error::new(
                word.span(),
                "`from_str` stands here twice: remove one",
            ));
        }
        is_there = true;
    }
    Ok(is_there)
}

/// The name in `#[param("name")]`.
fn variant_name(attributes: &[Attribute]) -> Result<Option<LitStr>> {
    let mut name = None;
    for attribute in params(attributes) {
        let given: LitStr = attribute.parse_args().map_err(|_| {
            let message = "expected the name of the variant, as in `#[param(\"name\")]`";
            Error::new_spanned(&attribute.meta, message)
        })?;
        if name.is_some() {
            let message = "a variant has one name: remove the others";
            return Err(Error::new(given.span(), message));
        }
        name = Some(given);
    }
    Ok(name)
}

/// `CreatedAt` as `created-at`, `HTTPVersion` as `http-version`.
fn kebab_case(name: &str) -> String {
    let mut kebab = String::new();
    let mut before = None;
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '_' {
            before = None;
            if !kebab.is_empty() && letters.peek().is_some() {
                kebab.push('-');
            }
            continue;
        }
        let starts_word = letter.is_uppercase()
            && before.is_some_and(|before: char| {
                !before.is_uppercase() || letters.peek().is_some_and(|next| next.is_lowercase())
            });
        if starts_word {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
        before = Some(letter);
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::kebab_case;

    #[test]
    fn variants_are_named_in_kebab_case() {
        for (name, expected) in [
            ("Asc", "asc"),
            ("CreatedAt", "created-at"),
            ("HTTPVersion", "http-version"),
            ("V2", "v2"),
            ("Top10List", "top10-list"),
            ("A", "a"),
            ("AB", "ab"),
            ("Snake_Case", "snake-case"),
            ("_Under_", "under"),
            ("ÄußereGröße", "äußere-größe"),
        ] {
            assert_eq!(kebab_case(name), expected, "{name}");
        }
    }
}
