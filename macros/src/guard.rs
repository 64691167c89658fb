//! `#[guard]`: a function that decides whether a request may come to a handler.
//!
//! Owns its marker, through which `#[route(.., guard = name)]` calls it. Refuses
//! path parameters, since it is for many routes: every argument is taken from
//! the request or lent by the state, as a handler's are (`expand`).

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Error, Lifetime, Result};

use crate::call::{Wants, awaited, called, readers, take};
use crate::fallback::attached;
use crate::marker::{braced, declared, full_name, marker};
use crate::route::{Input, Run};
use crate::signature::{Attached, Handler, Item};
use crate::span::{before, local};

/// `#[guard] item`
pub(crate) fn expand(args: &TokenStream, item: TokenStream) -> TokenStream {
    attached(Attached::Guard, args, item, emit)
}

// Input:  fn is_admin(user: User<'_>, db: &Db) -> bool { .. }
// Output: fn is_admin(user: User<'_>, db: &Db) -> bool { .. }
//         #[doc(hidden)]
//         enum is_admin {}
//         impl ::tramline::handler::Guard for is_admin {
//             const NAME: &'static str = ::core::concat!(::core::module_path!(), "::is_admin");
//             type Wants<'r> = (::tramline::handler::Extractor<'r, fn(&()) -> User<'_>, { .. }>, &'r Db);
//             async fn check<'r>(
//                 request: ::tramline::Request<'r>,
//                 response: &mut ::tramline::Response<'r>,
//                 state: Self::Wants<'r>,
//             ) -> bool {
//                 let ::core::option::Option::Some(user) = state.0.extract(request, response).await else { return false; };
//                 ::tramline::handler::Verdict::allows(is_admin(user, state.1), response)
//             }
//         }
fn emit(args: &TokenStream, parsed: &Item, item: &TokenStream) -> Result<TokenStream> {
    let Handler::Function {
        is_async,
        arguments,
        output,
        ..
    } = Handler::without_pattern(args, parsed)?
    else {
        return Err(Error::new(
            parsed.name.span(),
            "a guard decides for each request: write a function that returns `bool`",
        ));
    };
    if output.is_none() {
        return Err(Error::new(
            parsed.name.span(),
            format!(
                "the guard `{}` decides nothing: return `bool`, or `Result<(), impl Responder>`",
                parsed.name
            ),
        ));
    }
    let inputs: Vec<Input> = arguments
        .into_iter()
        .map(|argument| Input::without_pattern(argument, Attached::Guard))
        .collect::<Result<_>>()?;
    let (name, marker) = (&parsed.name, marker(&parsed.name));
    let full_name = full_name(name);
    let conditions: Vec<_> = parsed.conditions().collect();
    let deprecated = parsed
        .has("deprecated")
        .then(|| quote!(#[allow(deprecated)]));
    let owns = inputs
        .iter()
        .any(Input::is_value)
        .then(|| quote!(#[allow(clippy::needless_pass_by_value)]));
    let one_body = readers(&inputs, &conditions);
    let (request, response) = (local("request"), local("response"));
    let lifetime = Lifetime::new("'r", Span::mixed_site());
    let wants = Wants::of(&[], &inputs, Run::Inline);
    let (state, ty) = wants.parts();
    let refused = quote!(return false;);
    let takes: Vec<_> = inputs
        .iter()
        .filter_map(|input| take(name, input, true, &wants, &refused))
        .collect();
    let request = if takes.is_empty() {
        quote!(_)
    } else {
        quote!(#request)
    };
    let values = inputs.iter().map(|input| wants.value(name, input));
    // What is no verdict is shown at its type.
    let (function, arguments) = called(name, output, values);
    let awaited = is_async.then(|| awaited(&arguments));
    let allows = quote!(::tramline::handler::Verdict::allows);
    let declared = declared(&conditions, &parsed.visibility, &marker);
    let members = quote_spanned! {before(marker.span())=>
        const NAME: &'static str = #full_name;
        type Wants<#lifetime> = #ty;

        async fn check<#lifetime>(
            #request: ::tramline::Request<#lifetime>,
            #response: &mut ::tramline::Response<#lifetime>,
            #state: Self::Wants<#lifetime>,
        ) -> bool {
            #(#takes)*
            #allows(#function #arguments #awaited, #response)
        }
    };
    let members = braced(&marker, members);
    Ok(quote_spanned! {before(marker.span())=>
        #owns
        #item

        #declared

        #(#conditions)*
        #deprecated
        impl ::tramline::handler::Guard for #marker #members
        #one_body
    })
}
