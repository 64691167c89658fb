//! Where generated tokens seem to come from.
//!
//! A span says two things: which place in the source it shows, and whose code
//! it is. Lints pass over code of a macro from another crate, so generated
//! code that shows the user's place is nevertheless marked as ours here.
//!
//! The compiler knows what is ours by the line where the macro was called, and
//! what is the user's by its distance from the item that it is in: if a line is
//! added above, it checks the one anew, and not the other. So the constants of a
//! list, which take long to evaluate, seem to be the user's own, with no token of
//! ours in them, and in a form that no lint speaks of.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::{Path, Token};

/// Shows `place`, and is ours.
pub(crate) fn ours(place: Span) -> Span {
    Span::call_site().located_at(place)
}

/// The empty place before `place`, as much the user's as that is.
///
/// What the compiler shows from there to the place [`behind`] is all of `place`;
/// but an editor that is asked for the token there does not come upon generated
/// ones. Names that stand for the user's are at these two, punctuation may be at
/// `place`.
pub(crate) fn before(place: Span) -> Span {
    edge(place, proc_macro::Span::start)
}

/// The empty place behind `place`; see [`before`].
pub(crate) fn behind(place: Span) -> Span {
    edge(place, proc_macro::Span::end)
}

fn edge(place: Span, edge: fn(&proc_macro::Span) -> proc_macro::Span) -> Span {
    // Tests of the macros run where there is no compiler.
    if proc_macro::is_available() {
        edge(&place.unwrap()).into()
    } else {
        place
    }
}

/// What opens a path that begins with a type at `place`, and where the rest of the
/// path stands, so that the compiler shows `place`.
pub(crate) fn opened(place: Span) -> (Token![<], Span) {
    (Token![<](before(place)), behind(place))
}

/// A name in parentheses, which the compiler shows in its stead, at `place`.
pub(crate) fn in_parentheses(name: &str, place: Span) -> Group {
    let name = TokenTree::from(Ident::new(name, Span::call_site()));
    let mut parentheses = Group::new(Delimiter::Parenthesis, name.into());
    parentheses.set_span(place);
    parentheses
}

// Input:  is_extractor, User<'_>
// Output: ::tramline::handler::is_extractor::<User<'_>>()
//
/// The call that proves something of a type, shown at `place`.
pub(crate) fn proof(function: &str, ty: &TokenStream, place: Span) -> TokenStream {
    let start = before(ours(place));
    let (function, close) = (Ident::new(function, start), Token![>](ours(place)));
    quote_spanned!(start=> ::tramline::handler::#function::<#ty #close())
}

/// Where the macro was called, and as much the user's as `token` is.
pub(crate) fn theirs(token: Span) -> Span {
    Span::call_site().resolved_at(token)
}

/// A number at `place`.
pub(crate) fn number(number: usize, place: Span) -> Literal {
    let mut literal = Literal::usize_unsuffixed(number);
    literal.set_span(place);
    literal
}

/// The same tokens, shown where they were, but ours.
pub(crate) fn as_ours(tokens: impl ToTokens) -> TokenStream {
    let tokens = tokens.into_token_stream().into_iter();
    tokens
        .map(|token| {
            let place = token.span();
            let mut token = match token {
                TokenTree::Group(group) => regroup(&group, as_ours(group.stream())),
                token => token,
            };
            token.set_span(ours(place));
            token
        })
        .collect()
}

/// The same group around other tokens.
pub(crate) fn regroup(group: &Group, tokens: TokenStream) -> TokenTree {
    let mut changed = Group::new(group.delimiter(), tokens);
    changed.set_span(group.span());
    changed.into()
}

/// The first and the last place of `tokens`: what both ends of an expression
/// need to be shown as all of them. (`Span::join` is not stable.)
pub(crate) fn ends(tokens: impl ToTokens) -> Option<(Span, Span)> {
    let mut tokens = tokens.into_token_stream().into_iter();
    let first = tokens.next()?.span();
    Some((first, tokens.last().map_or(first, |token| token.span())))
}

/// A variable of the generated code, which no name of the user can meet.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// Where an entry is shown: its last segment, since compilers differ in what
/// they show of a longer path.
pub(crate) fn place(entry: &Path) -> Span {
    entry
        .segments
        .last()
        .map_or_else(Span::call_site, |segment| segment.ident.span())
}
