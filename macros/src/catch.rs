//! `#[catch]`: a function that answers in place of an error.
//!
//! Owns its marker, which `routes!` lists behind a status. Refuses path
//! parameters: what failed may have been no route at all. What it has and no
//! handler has is the status and the detail of the error, as arguments of the
//! types `Status` and `Detail`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Error, Result, Type};

use crate::argument::Argument;
use crate::call::{call, readers};
use crate::fallback::attached;
use crate::marker::{braced, declared, marker};
use crate::route::{Input, Run, Source};
use crate::signature::{Attached, Handler, Item};
use crate::span::before;

/// `#[catch] item`
pub(crate) fn expand(args: &TokenStream, item: TokenStream) -> TokenStream {
    attached(Attached::Catch, args, item, emit)
}

// Input:  fn failed(status: Status, db: &Db) -> Html<String> { .. }
// Output: fn failed(status: Status, db: &Db) -> Html<String> { .. }
//         #[doc(hidden)]
//         enum failed {}
//         impl ::tramline::handler::Catcher for failed {}
//         impl failed {
//             pub fn call<'r>(
//                 ::tramline::handler::Call { request: _, response, state }: ::tramline::handler::Call<'_, 'r, &'r Db>,
//             ) -> ::tramline::handler::Done {
//                 let status = response.status();
//                 ::core::future::ready(::tramline::Responder::respond(failed(status, state), response))
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
            "a catcher answers with the status it caught, which a constant cannot: write a function",
        ));
    };
    let inputs: Vec<Input> = arguments.into_iter().map(input).collect::<Result<_>>()?;
    let marker = marker(&parsed.name);
    let conditions: Vec<_> = parsed.conditions().collect();
    let deprecated = parsed
        .has("deprecated")
        .then(|| quote!(#[allow(deprecated)]));
    let owns = inputs
        .iter()
        .any(Input::is_value)
        .then(|| quote!(#[allow(clippy::needless_pass_by_value)]));
    let one_body = readers(&inputs, &conditions);
    let run = if is_async { Run::Async } else { Run::Inline };
    let call = call(&parsed.name, run, &[], &inputs, output);
    let declared = declared(&conditions, &parsed.visibility, &marker);
    let (nothing, functions) = (braced(&marker, TokenStream::new()), braced(&marker, call));
    Ok(quote_spanned! {before(marker.span())=>
        #owns
        #item

        #declared

        #(#conditions)*
        impl ::tramline::handler::Catcher for #marker #nothing

        #(#conditions)*
        #deprecated
        impl #marker #functions
        #one_body
    })
}

/// By the name of its type, since the error is no part of the request.
fn input(argument: Argument) -> Result<Input> {
    let caught = match syn::parse2(argument.ty.clone()) {
        Ok(Type::Path(path)) => path.path.segments.last().and_then(|last| {
            let is = |name| last.ident == name;
            let status = is("Status").then_some(Source::Status);
            status.or(is("Detail").then_some(Source::Detail))
        }),
        _ => None,
    };
    let mut input = Input::without_pattern(argument, Attached::Catch)?;
    if let Some(source) = caught {
        input.source = source;
    }
    Ok(input)
}
