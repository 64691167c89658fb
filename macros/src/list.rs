//! The list that `routes!` is given: a name, layers, handlers, mounts, catchers.
//!
//! Owns the syntax of the list. Refuses to know what is made of it, which is
//! `routes`' business, and what stands behind the names.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Expr, LitInt, LitStr, Path, Result, Token, Type, Visibility, token};

use crate::pattern::Prefix;
use crate::suggest::nearest;

/// `pub App for AppState: index, "/api" => api::Routes`
#[derive(Default)]
pub(crate) struct List {
    /// The type behind `for`.
    pub(crate) state: Option<Type>,
    /// `None`: an expression.
    pub(crate) declaration: Option<Declaration>,
    pub(crate) handlers: Vec<Handler>,
    pub(crate) mounts: Vec<Mount>,
    /// Each for another status; the one for all others is the last.
    pub(crate) catchers: Vec<Catcher>,
    /// What was wrong; the rest is there nevertheless, so that what names the
    /// set still compiles.
    pub(crate) error: Option<Error>,
}

pub(crate) struct Declaration {
    /// Outermost first.
    pub(crate) layers: Vec<Expr>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) name: Ident,
}

pub(crate) struct Handler {
    pub(crate) condition: Option<Condition>,
    pub(crate) path: Path,
}

pub(crate) struct Mount {
    pub(crate) condition: Option<Condition>,
    pub(crate) prefix: Prefix,
    pub(crate) set: Path,
}

pub(crate) struct Catcher {
    pub(crate) condition: Option<Condition>,
    /// `None`: any that no other one is for.
    pub(crate) status: Option<LitInt>,
    pub(crate) path: Path,
}

/// The `cfg`s of an entry. One that they leave out keeps its number, so that
/// numbers are right in every configuration.
pub(crate) struct Condition {
    /// What each of them says.
    all: Vec<TokenStream>,
}

impl Condition {
    /// Of the attributes of an entry; none but `cfg`s may stand there.
    fn new(attributes: &[Attribute]) -> Result<Option<Self>> {
        let of_cfg = |attribute: &Attribute| {
            if attribute.path().is_ident("cfg") {
                return Ok(attribute.meta.require_list()?.tokens.clone());
            }
            if attribute.path().is_ident("layer") {
                return Err(Error::new(
                    attribute.pound_token.span,
                    "layers are of a whole set: write `#[layer(..)]` before its name, as in `#[layer(AccessLog::new())] pub App: index`",
                ));
            }
            Err(Error::new(
                attribute.pound_token.span,
                "no attribute but `#[cfg(..)]` can stand on an entry: remove it",
            ))
        };
        let all: Vec<TokenStream> = attributes.iter().map(of_cfg).collect::<Result<_>>()?;
        Ok((!all.is_empty()).then_some(Self { all }))
    }

    // Input:  #[cfg(unix)] #[cfg(feature = "a")]
    // Output: #[cfg(all(unix, feature = "a"))]
    pub(crate) fn met(&self) -> TokenStream {
        match &*self.all {
            [one] => quote!(#[cfg(#one)]),
            all => quote!(#[cfg(all(#(#all),*))]),
        }
    }

    // Input:  #[cfg(unix)]
    // Output: #[cfg(not(unix))]
    pub(crate) fn not_met(&self) -> TokenStream {
        match &*self.all {
            [one] => quote!(#[cfg(not(#one))]),
            all => quote!(#[cfg(not(all(#(#all),*)))]),
        }
    }
}

impl List {
    pub(crate) fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (declaration, attributes) = Declaration::parse(input)?;
        let state = parse_state(input, declaration.is_some())?;
        let mut list = Self {
            state,
            declaration,
            ..Self::default()
        };
        list.refuse_slips();
        if let Err(error) = list.parse_entries(attributes, input) {
            list.fail(error);
            input.parse::<TokenStream>()?;
        }
        Ok(list)
    }

    /// `#[layers(..)]` is told from an attribute of the type.
    fn refuse_slips(&mut self) {
        let Some(declaration) = &mut self.declaration else {
            return;
        };
        let attributes = declaration
            .attributes
            .extract_if(.., |it| is_slip_of_layer(it));
        for slip in attributes.collect::<Vec<_>>() {
            let name = slip.path().to_token_stream();
            let message = format!("unknown attribute `{name}`: did you mean `layer`?");
            self.fail(Error::new_spanned(slip.path(), message));
        }
    }

    /// `attributes` are those of the first entry, if it has any.
    fn parse_entries(
        &mut self,
        mut attributes: Vec<Attribute>,
        input: ParseStream<'_>,
    ) -> Result<()> {
        while !input.is_empty() || !attributes.is_empty() {
            attributes.extend(input.call(Attribute::parse_outer)?);
            self.parse_entry(&attributes, input)?;
            attributes.clear();
            if !input.is_empty() {
                parse_comma(input)?;
            }
        }
        Ok(())
    }

    /// `users::show` or `"/prefix" => users::Routes`
    fn parse_entry(&mut self, attributes: &[Attribute], input: ParseStream<'_>) -> Result<()> {
        let condition = match Condition::new(attributes) {
            Ok(condition) => condition,
            Err(error) => {
                self.fail(error);
                None
            }
        };
        if input.peek(LitInt) || input.peek(Token![_]) {
            return self.parse_catcher(condition, input);
        }
        if !input.peek(LitStr) {
            let path = parse_path(
                input,
                Span::call_site(),
                "a route by its name, `\"/prefix\" => path::to::Set`, or `404 => path::to::catcher`",
            )?;
            match check_is_no_type(&path) {
                Ok(()) => self.handlers.push(Handler { condition, path }),
                Err(error) => self.fail(error),
            }
            return Ok(());
        }
        let prefix: LitStr = input.parse()?;
        if !input.peek(Token![=>]) {
            let message = "expected `=>` and a set of routes after the mount prefix, as in `\"/api\" => api::Routes`";
            return Err(Error::new(next_or(input, prefix.span()), message));
        }
        let [_, end] = input.parse::<Token![=>]>()?.spans;
        let set = parse_path(
            input,
            end,
            "the set of routes to mount, as in `\"/api\" => api::Routes`",
        )?;
        match Prefix::new(prefix) {
            Ok(prefix) => self.mounts.push(Mount {
                condition,
                prefix,
                set,
            }),
            Err(error) => self.fail(error),
        }
        Ok(())
    }

    /// `404 => errors::not_found` or `_ => errors::any`
    fn parse_catcher(
        &mut self,
        condition: Option<Condition>,
        input: ParseStream<'_>,
    ) -> Result<()> {
        let place = input.span();
        let status = if input.peek(LitInt) {
            Some(input.parse::<LitInt>()?)
        } else {
            input.parse::<Token![_]>()?;
            None
        };
        if !input.peek(Token![=>]) {
            let message =
                "expected `=>` and a catcher after the status, as in `404 => errors::not_found`";
            return Err(Error::new(next_or(input, place), message));
        }
        let [_, end] = input.parse::<Token![=>]>()?.spans;
        let path = parse_path(
            input,
            end,
            "a catcher by its name, as in `404 => errors::not_found`",
        )?;
        let catcher = Catcher {
            condition,
            status,
            path,
        };
        if let Err(error) = catcher.check(place, &self.catchers) {
            self.fail(error);
        } else if catcher.status.is_some() {
            self.catchers.insert(0, catcher);
        } else {
            self.catchers.push(catcher);
        }
        Ok(())
    }

    fn fail(&mut self, error: Error) {
        match &mut self.error {
            Some(first) => first.combine(error),
            none => *none = Some(error),
        }
    }
}

impl Catcher {
    /// The status is one of an error, and no other of the list is for it. What has a
    /// condition may be there where the other is not.
    fn check(&self, place: Span, others: &[Self]) -> Result<()> {
        let number = |catcher: &Self| {
            let status = catcher.status.as_ref()?;
            status.base10_parse::<u16>().ok()
        };
        let is_there = |other: &&Self| self.condition.is_none() && other.condition.is_none();
        let mut others = others.iter().filter(is_there);
        let Some(status) = &self.status else {
            if others.any(|other| other.status.is_none()) {
                return Err(Error::new(place, "a second catcher for `_`: leave out one"));
            }
            return Ok(());
        };
        let own = number(self);
        if !status.suffix().is_empty() {
            let message = format!(
                "a status is a number alone: write `{}`",
                status.base10_digits()
            );
            return Err(Error::new(place, message));
        }
        if !own.is_some_and(|own| (400..=599).contains(&own)) {
            let message = format!(
                "`{status}` is not the status of an error: a catcher is for one from 400 to 599"
            );
            return Err(Error::new(place, message));
        }
        if others.any(|other| number(other) == own) {
            let message = format!("a second catcher for `{status}`: leave out one");
            return Err(Error::new(place, message));
        }
        Ok(())
    }
}

impl Declaration {
    /// `pub App`, if `:` or `for` follows it. If not, attributes are the first
    /// entry's.
    fn parse(input: ParseStream<'_>) -> Result<(Option<Self>, Vec<Attribute>)> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility: Visibility = input.parse()?;
        let is_named =
            input.peek2(Token![for]) || input.peek2(Token![:]) && !input.peek2(Token![::]);
        if input.peek(syn::Ident) && is_named {
            let name = input.parse()?;
            let (layers, attributes): (Vec<_>, Vec<_>) = attributes
                .into_iter()
                .partition(|attribute| attribute.path().is_ident("layer"));
            let declaration = Self {
                layers: parse_layers(&layers)?,
                attributes,
                visibility,
                name,
            };
            return Ok((Some(declaration), Vec::new()));
        }
        // An unnamed set is a value, which cannot stand where a named one can.
        if input.peek(Token![struct]) || !matches!(visibility, Visibility::Inherited) {
            let message = "expected the name of the set and `:`, as in `pub App: index`";
            return Err(Error::new(next_or(input, Span::call_site()), message));
        }
        let ahead = input.fork();
        let name: Option<Ident> = ahead.parse().ok();
        let goes_on = ahead.is_empty()
            || ahead.peek(Token![,])
            || ahead.peek(Token![::])
            || ahead.peek(Token![=>]);
        let is_set = |name: &Ident| {
            is_of_type(name)
                || ahead.peek(Token![=])
                || ahead.peek(Token![<])
                || ahead.peek(token::Brace)
        };
        if !goes_on && name.as_ref().is_some_and(is_set) {
            return Err(Error::new(
                ahead.span(),
                "expected `:`, or `for` and the type of the state, behind the name of the set, as in `pub App: index` or \
                 `pub App for AppState: index`; attributes come before it",
            ));
        }
        Ok((None, attributes))
    }
}

/// An attribute that is `layer` but for a slip: the compiler would look for it
/// in vain.
fn is_slip_of_layer(attribute: &Attribute) -> bool {
    let name = attribute.path().get_ident().map(Ident::to_string);
    name.is_some_and(|name| nearest(&name, ["layer"]).is_some())
}

/// `#[layer(AccessLog::new(), SecurityHeaders::new())]`
fn parse_layers(attributes: &[Attribute]) -> Result<Vec<Expr>> {
    let mut layers = Vec::new();
    for attribute in attributes {
        let expected = || {
            Error::new(
                attribute.path().segments[0].ident.span(),
                "expected layers, outermost first, as in `#[layer(AccessLog::new(), SecurityHeaders::new())]`",
            )
        };
        let list = attribute.meta.require_list().map_err(|_| expected())?;
        let of_one = list.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated)?;
        if of_one.is_empty() {
            return Err(expected());
        }
        layers.extend(of_one);
    }
    Ok(layers)
}

/// What stands between the name and the entries: `for AppState:`, `:` behind a
/// name, or nothing.
fn parse_state(input: ParseStream<'_>, is_named: bool) -> Result<Option<Type>> {
    if !input.peek(Token![for]) {
        if is_named {
            input.parse::<Token![:]>()?;
        }
        return Ok(None);
    }
    let place = input.parse::<Token![for]>()?.span;
    if input.peek(Token![&]) {
        return Err(input.error(
            "a set is served with its state, and lends it to handlers: name the type without `&`",
        ));
    }
    let expected = "expected the type of the state and `:`, as in `pub App for AppState: index`";
    let state = input
        .call(Type::without_plus)
        .map_err(|_| Error::new(next_or(input, place), expected))?;
    if !input.peek(Token![:]) {
        return Err(Error::new(next_or(input, place), expected));
    }
    input.parse::<Token![:]>()?;
    Ok(Some(state))
}

/// The path of an entry; `end` is shown if there is nothing any more.
fn parse_path(input: ParseStream<'_>, end: Span, expected: &str) -> Result<Path> {
    if !input.peek(Ident::peek_any) && !input.peek(Token![::]) {
        return Err(Error::new(
            next_or(input, end),
            format!("expected {expected}"),
        ));
    }
    let path = input.call(Path::parse_mod_style).map_err(|error| {
        Error::new(
            error.span(),
            "an entry is one path: list each route by its own",
        )
    })?;
    let wrong = if input.peek(token::Paren) {
        "a route is listed by its name alone: remove the parentheses"
    } else if input.peek(LitStr) {
        "a route is listed by its name alone: its methods and patterns are in its `#[route(..)]`"
    } else if input.peek(Token![=>]) {
        "before `=>` stands a mount prefix, a string literal as in `\"/api\" => api::Routes`, or the number of a status, as \
         in `404 => errors::not_found`"
    } else if input.peek(Token![!]) {
        "a macro call cannot be an entry: list each route by its name"
    } else {
        return Ok(path);
    };
    Err(Error::new(input.span(), wrong))
}

/// A set in the place of a handler would be told item by item that it lacks,
/// so it is told apart by its name before.
fn check_is_no_type(path: &Path) -> Result<()> {
    let name = path.segments.last().map(|last| &last.ident);
    let Some(name) = name.filter(|name| is_of_type(name)) else {
        return Ok(());
    };
    Err(Error::new(
        name.span(),
        format!(
            "`{name}` has the name of a type, as a set of routes has, and not of a function or a constant: list a set \
             under a prefix, as in `\"/prefix\" => {name}`"
        ),
    ))
}

/// Whether this is spelled like the name of a type.
fn is_of_type(name: &Ident) -> bool {
    let name = name.to_string();
    name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
}

fn parse_comma(input: ParseStream<'_>) -> Result<()> {
    if input.peek(Token![,]) {
        input.parse::<Token![,]>()?;
        return Ok(());
    }
    Err(Error::new(input.span(), "expected `,` between two entries"))
}

/// The place of the next token, or `end` behind the last one, where a parse
/// stream would show the whole macro call.
fn next_or(input: ParseStream<'_>, end: Span) -> Span {
    if input.is_empty() { end } else { input.span() }
}

#[cfg(test)]
mod tests {
    use super::List;
    use syn::parse::Parser;

    fn parse(input: &str) -> List {
        List::parse.parse_str(input).expect(input)
    }

    #[test]
    fn a_list_may_have_a_name_and_mounts() {
        for (input, name, handlers, mounts) in [
            ("", None, 0, 0),
            ("index", None, 1, 0),
            ("index,", None, 1, 0),
            (
                "self::index, super::a, crate::b, ::c::d, r#type",
                None,
                5,
                0,
            ),
            ("users::show, \"/api\" => api::Routes", None, 1, 1),
            (
                "#[cfg(a)] index, #[cfg(b)] #[cfg(not(c))] \"/a\" => A, #[cfg(d)] b",
                None,
                2,
                1,
            ),
            ("pub App: #[cfg(a)] index", Some("App"), 1, 0),
            ("pub App:", Some("App"), 0, 0),
            ("App: index", Some("App"), 1, 0),
            ("pub App for state::App: index", Some("App"), 1, 0),
            ("App for (Db, &'static str): a, b", Some("App"), 2, 0),
            ("for App: index, \"/api\" => Api", None, 1, 1),
            (
                "/// Docs.\n#[must_use] pub(crate) App: \"/a/{b}\" => a::Routes, index, \"/c\" => C,",
                Some("App"),
                1,
                2,
            ),
        ] {
            let routes = parse(input);
            assert!(routes.error.is_none(), "{input}: {:?}", routes.error);
            assert_eq!(
                routes
                    .declaration
                    .map(|declaration| declaration.name.to_string())
                    .as_deref(),
                name,
                "{input}"
            );
            assert_eq!(
                (routes.handlers.len(), routes.mounts.len()),
                (handlers, mounts),
                "{input}"
            );
        }
    }

    #[test]
    fn malformed_lists_are_explained_and_keep_what_was_right() {
        for (input, expected, handlers) in [
            ("index show", "expected `,`", 1),
            ("index, 42", "expected `=>` and a catcher", 1),
            ("index, ;", "expected a route by its name", 1),
            ("a, 404 =>", "expected a catcher by its name", 1),
            ("a, 404 => b, _", "expected `=>` and a catcher", 1),
            ("a, 399 => b, c", "`399` is not the status of an error", 2),
            ("a, 600 => b", "`600` is not the status of an error", 1),
            ("a, 70000 => b", "`70000` is not the status of an error", 1),
            ("a, 404u16 => b", "a number alone: write `404`", 1),
            (
                "404 => a, 500 => b, 404 => c, d",
                "a second catcher for `404`",
                1,
            ),
            ("_ => a, _ => b, c", "a second catcher for `_`", 1),
            ("a, #[layer(L)] b", "layers are of a whole set", 2),
            ("index, a::b(), c", "remove the parentheses", 1),
            (
                "api => Routes",
                "stands a mount prefix, a string literal",
                0,
            ),
            ("Status::NOT_FOUND => a", "or the number of a status", 0),
            ("routes![a]", "a macro call cannot be an entry", 0),
            ("\"/api\"", "expected `=>`", 0),
            ("\"/api\" -> Routes", "expected `=>`", 0),
            ("\"/api\" =>", "expected the set of routes", 0),
            ("\"/api\" => [a]", "expected the set of routes", 0),
            ("a, \"/api/\" => Routes, b", "ends with `/`", 2),
            (
                "a, api::Routes, B, c_D",
                "`Routes` has the name of a type",
                3,
            ),
            ("a, #[inline] index, b", "no attribute but `#[cfg(..)]`", 3),
            ("/// Docs.\na, b", "no attribute but `#[cfg(..)]`", 2),
            ("a, #[cfg] b", "expected attribute arguments", 2),
            ("a, #[cfg(test)]", "expected a route by its name", 1),
            ("#[cfg(test)]", "expected a route by its name", 0),
        ] {
            let routes = parse(input);
            let error = routes.error.expect(input).to_string();
            assert!(error.contains(expected), "{input}: {error}");
            assert_eq!(routes.handlers.len(), handlers, "{input}");
        }
    }

    #[test]
    fn without_its_name_a_declaration_is_nothing() {
        for (input, expected) in [
            ("pub index, show", "expected the name of the set"),
            ("pub", "expected the name of the set"),
            ("App for", "expected the type of the state"),
            ("pub App for Db index", "expected the type of the state"),
            ("for 42: index", "expected the type of the state"),
            ("#[cfg(test)] pub index", "expected the name of the set"),
        ] {
            let error = List::parse.parse_str(input).err().expect(input).to_string();
            assert!(error.contains(expected), "{input}: {error}");
        }
    }
}
