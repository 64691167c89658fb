//! What a route is called, in code and in messages.
//!
//! Owns the two names of a marker: its identifier, which is the function's, and
//! the path that it is spoken of by; its declaration; and what keeps the function
//! known where only its marker is used. Refuses to know what a marker does: `expand`,
//! `guard`, `catch` and `fallback` make that.

use proc_macro2::{Delimiter, Group, Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, Path, Visibility};

use crate::span::{before, ours};

/// The function's name, for its marker: shown at the function, and ours, so
/// that no lint speaks of it.
pub(crate) fn marker(name: &Ident) -> Ident {
    let mut marker = name.clone();
    marker.set_span(ours(name.span()));
    marker
}

// Input:  #[cfg(unix)] pub fn show
// Output: #[cfg(unix)]
//         #[doc(hidden)]
//         pub enum show {}
//
/// The marker itself.
pub(crate) fn declared(
    conditions: &[&Attribute],
    function: &Visibility,
    marker: &Ident,
) -> TokenStream {
    let (visibility, nothing) = (visibility(function), braced(marker, TokenStream::new()));
    quote_spanned! {before(marker.span())=>
        #(#conditions)*
        #[doc(hidden)]
        #visibility enum #marker #nothing
    }
}

/// Braces behind the marker, which reach to where the function's name ends: what
/// the compiler says of the item, from [`before`] the name, it shows at all of it.
pub(crate) fn braced(marker: &Ident, tokens: TokenStream) -> Group {
    let mut braces = Group::new(Delimiter::Brace, tokens);
    braces.set_span(marker.span());
    braces
}

/// The function's visibility, for its marker, and ours as that is.
fn visibility(function: &Visibility) -> Visibility {
    let mut visibility = function.clone();
    match &mut visibility {
        Visibility::Public(token) => token.span = ours(token.span),
        Visibility::Restricted(restricted) => {
            restricted.pub_token.span = ours(restricted.pub_token.span);
        }
        Visibility::Inherited => {}
    }
    visibility
}

// Input:  show
// Output: ::core::concat!(::core::module_path!(), "::show")
pub(crate) fn full_name(name: &Ident) -> TokenStream {
    let suffix = format!("::{}", name.unraw());
    quote!(::core::concat!(::core::module_path!(), #suffix))
}

// Input:  index, #[cfg(unix)] unix::only
// Output: #[allow(deprecated)]
//         const _: () = {
//             let _ = index;
//             #[cfg(unix)]
//             let _ = unix::only;
//         };
//
/// Does nothing but say that a name means the function, too, where all else
/// names its marker: to editors, or a renamed function would leave it behind; to
/// the compiler, of one that is private; and to clippy, which would have an
/// `async` handler that awaits nothing be a plain one. Apart from all else, whose
/// names could hide the function.
pub(crate) fn mentions<'a>(
    names: impl Iterator<Item = (Option<TokenStream>, &'a Path)>,
) -> Option<TokenStream> {
    let (met, paths): (Vec<_>, Vec<_>) = names.unzip();
    (!paths.is_empty()).then(|| {
        quote! {
            #[allow(deprecated)]
            const _: () = { #(#met let _ = #paths;)* };
        }
    })
}
