//! What a route is called, in code and in messages.
//!
//! Owns the two names of a marker: its identifier, which is the function's, and
//! the path that it is spoken of by. `expand` and `fallback` make markers.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use crate::span::ours;

/// The function's name, for its marker: shown at the function, and ours, so
/// that no lint speaks of it.
pub(crate) fn marker(name: &Ident) -> Ident {
    let mut marker = name.clone();
    marker.set_span(ours(name.span()));
    marker
}

// Input:  show
// Output: ::core::concat!(::core::module_path!(), "::show")
pub(crate) fn full_name(name: &Ident) -> TokenStream {
    let suffix = format!("::{}", name.unraw());
    quote!(::core::concat!(::core::module_path!(), #suffix))
}
