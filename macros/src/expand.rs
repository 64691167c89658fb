//! From a route to tokens: the item as it was, its marker, and what the marker
//! knows and does.
//!
//! Owns the shape of the expansion, which `ui-tests/expand` pins: it is read by
//! users, so it stays short and its work is done by functions of the library.
//! Refuses to check anything: a [`Route`] is right. The story goes on in
//! `routes`, which lists markers.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Lifetime;
use syn::ext::IdentExt;

use crate::args::Method;
use crate::fallback::fallback;
use crate::marker::{full_name, marker, type_of};
use crate::one_body::one_body;
use crate::route::{Answer, Input, Route, Run, Source};
use crate::signature::{Content, Item};
use crate::span::{as_ours, ends, local, ours};

/// `#[route(args)] item`
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let parsed: Item = match syn::parse2(item.clone()) {
        Ok(parsed) => parsed,
        Err(error) => return fallback(&error, item, None),
    };
    let route = syn::parse2(args).and_then(|args| Route::new(args, &parsed));
    match route {
        Ok(route) => emit(&route, &item),
        Err(error) => fallback(&error, item, Some(&parsed)),
    }
}

// Input:  fn show(id: u64) -> String { .. }
// Output: fn show(id: u64) -> String { .. }
//         #[doc(hidden)]
//         enum show {}
//         impl ::tramline::routing::Route for show { .. }
//         impl show { .. }
fn emit(route: &Route<'_>, item: &TokenStream) -> TokenStream {
    let marker = &marker(route.name);
    let (visibility, conditions) = (as_ours(route.visibility), &route.conditions);
    // Answering with a deprecated function is not a use to complain of.
    let deprecated = route.is_deprecated.then(|| quote!(#[allow(deprecated)]));
    // `Extractor` makes a type longer than the user wrote it.
    let complex = route
        .has_long_types()
        .then(|| quote!(#[allow(clippy::type_complexity)]));
    let description = description(route, marker);
    let conflict = conflict(route);
    let (types, call) = match &route.answer {
        Answer::Call {
            run,
            inputs,
            output,
        } => (types(inputs), call(route.name, *run, inputs, *output)),
        Answer::Precomputed(content) => (
            TokenStream::new(),
            precomputed(route.name, marker, *content),
        ),
    };
    // It has to own what it is given, whatever it does with that.
    let owns = route
        .is_given_values()
        .then(|| quote!(#[allow(clippy::needless_pass_by_value)]));
    let one_body = match &route.answer {
        Answer::Call { inputs, .. } => {
            let readers = inputs
                .iter()
                .filter(|input| input.source == Source::Request)
                .map(|input| (input.name.to_string(), input.ty.clone()));
            one_body(readers.collect(), &route.conditions)
        }
        Answer::Precomputed(_) => TokenStream::new(),
    };
    // What the compiler says of the marker, it shows at the function's name.
    quote_spanned! {marker.span()=>
        #owns
        #item

        #(#conditions)*
        #[doc(hidden)]
        #visibility enum #marker {}

        #(#conditions)*
        #description

        #(#conditions)*
        #deprecated
        #complex
        impl #marker {
            #conflict
            #types
            #call
        }
        #one_body
    }
}

// Input:  #[route("/users/{id}")] fn show
// Output: impl ::tramline::routing::Route for show {
//             const METHOD: ::tramline::Method<'static> = ::tramline::Method::Get;
//             const PATTERN: &'static str = "/users/{id}";
//             const NAME: &'static str = ::core::concat!(::core::module_path!(), "::show");
//             const STATIC: &'static [u8] = ::tramline::routing::NOT_STATIC;
//         }
//
// Input:  #[route(GET, POST, "/a", "/b")]
// Output: .. const MORE: &'static [(::tramline::Method<'static>, &'static str)] = &[
//             (::tramline::Method::Get, "/b"), (::tramline::Method::Post, "/a"), (::tramline::Method::Post, "/b"),
//         ]; ..
fn description(route: &Route<'_>, marker: &Ident) -> TokenStream {
    let mut all = route.methods.iter().flat_map(|method| {
        let patterns = route.patterns.iter();
        patterns.map(move |pattern| (method, pattern.literal.value()))
    });
    let Some((method, pattern)) = all.next() else {
        unreachable!("a route has a method and a pattern")
    };
    let (methods, patterns): (Vec<_>, Vec<_>) = all.unzip();
    let more = (!methods.is_empty()).then(|| {
        quote! {
            const MORE: &'static [(::tramline::Method<'static>, &'static str)] = &[#((#methods, #patterns),)*];
        }
    });
    let blocking = route.is_blocking().then(|| {
        quote!(
            const BLOCKING: bool = true;
        )
    });
    let name = full_name(route.name);
    // Of the fallback, the path is all that is below a prefix.
    let is_static = route.patterns[0].parameters.is_empty() && *method != Method::Fallback;
    let path = if is_static {
        let bytes = syn::LitByteStr::new(pattern.as_bytes(), Span::call_site());
        quote!(#bytes)
    } else {
        quote!(::tramline::routing::NOT_STATIC)
    };
    quote_spanned! {marker.span()=>
        impl ::tramline::routing::Route for #marker {
            const METHOD: ::tramline::Method<'static> = #method;
            const PATTERN: &'static str = #pattern;
            const NAME: &'static str = #name;
            const STATIC: &'static [u8] = #path;
            #more
            #blocking
        }
    }
}

// Input:  #[route("/users/{id}")]
// Output: pub const fn conflict(message: &str) -> ! {
//             ::tramline::routing::reject(message)
//         }
//
// `routes!` calls it when this route contradicts another one. It does nothing
// but show the literals, from the first to the last of which its body is
// spanned, in the error.
fn conflict(route: &Route<'_>) -> TokenStream {
    let message = local("message");
    let [start, end] = [route.patterns.first(), route.patterns.last()].map(|pattern| {
        let literal = pattern.map(|pattern| pattern.literal.span());
        ours(literal.unwrap_or_else(Span::call_site))
    });
    let reject = quote_spanned!(start=> ::tramline::routing::reject);
    let message_there = quote_spanned!(end=> (#message));
    let body = quote!(#reject #message_there);
    quote! {
        pub const fn conflict(#message: &str) -> ! {
            #body
        }
    }
}

// Input:  fn show(id: u64) -> String
// Output: pub const URL_id: ::tramline::handler::Argument<u64> = ::tramline::handler::Argument::NEW;
//
// What `url!` knows of a parameter that the handler takes.
fn types(inputs: &[Input]) -> TokenStream {
    let from_path = inputs
        .iter()
        .filter(|input| matches!(input.source, Source::Parameter(_)));
    from_path
        .map(|Input { name, ty, .. }| {
            let name = type_of(name);
            quote! {
                pub const #name: ::tramline::handler::Argument<#ty> = ::tramline::handler::Argument::NEW;
            }
        })
        .collect()
}

// Input:  fn show(id: u64) -> String
// Output: pub fn call<'r>(
//             request: ::tramline::Request<'r>,
//             response: &mut ::tramline::Response<'r>,
//             _: (),
//         ) -> ::core::future::Ready<()> {
//             let Some(id) = ::tramline::handler::param::<u64>(&request, 1) else { .. };
//             ::core::future::ready(::tramline::Responder::respond(show(id), response))
//         }
//
// Input:  async fn rename(db: &Db, body: &[u8]) -> String
// Output: pub async fn call<'r>(
//             request: ::tramline::Request<'r>,
//             response: &mut ::tramline::Response<'r>,
//             state: (&'r Db, ::tramline::handler::Extractor<'r, fn(&()) -> &[u8]>),
//         ) {
//             let Some(body) = state.1.extract(request, response).await else { .. };
//             ::tramline::Responder::respond(rename(state.0, body).await, response)
//         }
//
// Input:  #[route("/report", blocking)] fn report(db: &Db) -> String
// Output: pub async fn call<'r>(.., state: ::tramline::handler::Kept<Db>) {
//             ::tramline::Responder::respond(
//                 ::tramline::handler::unblock(move || report(state.get())).await,
//                 response,
//             )
//         }
//
// The last parameter is what the arguments need of the state; a list that has
// no such state is told so where it calls this.
//
// Where nothing is awaited the function is not `async`: the bodies of 500 that
// are took 0.8 s to check, of those that are not less than 0.1 s.
fn call(name: &Ident, run: Run, inputs: &[Input], output: Option<(Span, Span)>) -> TokenStream {
    let (request, response) = (&local("request"), &local("response"));
    let lifetime = (!inputs.is_empty()).then(|| Lifetime::new("'r", Span::mixed_site()));
    let wants = Wants::of(inputs, run);
    // Parameters first: a path that names nothing is not worth a body.
    let of_path = |is_parameter| {
        inputs
            .iter()
            .filter(move |input| matches!(input.source, Source::Parameter(_)) == is_parameter)
    };
    let awaits = run != Run::Inline || inputs.iter().any(|input| input.source == Source::Request);
    let takes = of_path(true)
        .chain(of_path(false))
        .filter_map(|input| take(name, input, awaits, &wants, request, response));
    let values = inputs.iter().map(|input| match &input.source {
        Source::State => wants.lent_to(input),
        Source::Parameter(_) | Source::Request => argument(name, input).into_token_stream(),
    });

    // The compiler shows a return type that cannot respond where the call is:
    // that is put at the type, from its first token to its last.
    let (start, end) = output.map_or((name.span(), name.span()), |ends| ends);
    let mut function = name.clone();
    function.set_span(start);
    let arguments = quote_spanned!(end=> (#(#values),*));
    let called = match run {
        Run::Inline => quote!(#function #arguments),
        Run::Async => {
            let awaited = quote_spanned!(end=> .await);
            quote!(#function #arguments #awaited)
        }
        Run::Blocking => {
            let unblock = quote_spanned!(start=> ::tramline::handler::unblock);
            let job = if inputs.is_empty() {
                function.to_token_stream()
            } else {
                quote!(move || #function #arguments)
            };
            let job = quote_spanned!(end=> (#job).await);
            quote!(#unblock #job)
        }
    };
    let respond = quote_spanned!(name.span()=> ::tramline::Responder::respond);
    let respond = quote!(#respond(#called, #response));

    let takes_request = inputs.iter().any(|input| input.source != Source::State);
    let request_or_unused = if takes_request {
        quote!(#request)
    } else {
        quote!(_)
    };
    let generics = lifetime.as_ref().map(|lifetime| quote!(<#lifetime>));
    let lent = lifetime
        .as_ref()
        .map_or_else(|| quote!('_), ToTokens::to_token_stream);
    let (asyncness, output, answer) = answered(awaits, &respond);
    quote! {
        pub #asyncness fn call #generics (
            #request_or_unused: ::tramline::Request<#lent>,
            #response: &mut ::tramline::Response<#lent>,
            #wants
        ) #output {
            #(#takes)*
            #answer
        }
    }
}

/// The last parameter of `call`.
struct Wants<'a> {
    state: Ident,
    run: Run,
    /// Those that are not from the path.
    inputs: Vec<&'a Input>,
}

impl<'a> Wants<'a> {
    fn of(inputs: &'a [Input], run: Run) -> Self {
        let inputs = inputs
            .iter()
            .filter(|input| !matches!(input.source, Source::Parameter(_)));
        Self {
            state: local("state"),
            run,
            inputs: inputs.collect(),
        }
    }

    // Input:  the second of several     the only one
    // Output: state.1                   state
    fn of_input(&self, input: &Input) -> TokenStream {
        let state = &self.state;
        let at = self
            .inputs
            .iter()
            .position(|other| other.name == input.name);
        if let (2.., Some(at)) = (self.inputs.len(), at) {
            let at = Literal::usize_unsuffixed(at);
            return quote!(#state.#at);
        }
        quote!(#state)
    }

    // Input:  db: &Db     of a blocking handler
    // Output: state       state.get()
    fn lent_to(&self, input: &Input) -> TokenStream {
        let state = self.of_input(input);
        match self.run {
            Run::Blocking => quote!(#state.get()),
            Run::Inline | Run::Async => state,
        }
    }
}

// Input:  db: &Db, user: User<'_>
// Output: state: (&'r Db, ::tramline::handler::Extractor<'r, fn(&()) -> User<'_>>)
//
// In the type of a function, the lifetimes that a user leaves out are that of
// `&()`; as an argument of `call`, each would be another one.
impl ToTokens for Wants<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let types = self.inputs.iter().map(|input| {
            let (start, end) = ends(&input.ty).unwrap_or((Span::call_site(), Span::call_site()));
            let lifetime = Lifetime::new("'r", Span::mixed_site());
            let ty = &input.ty;
            if input.source == Source::State && self.run == Run::Blocking {
                return quote_spanned!(start=> ::tramline::handler::Kept<#ty>);
            }
            if input.source == Source::State {
                return quote_spanned!(start=> &#lifetime #ty);
            }
            let extractor = quote_spanned!(start=> ::tramline::handler::Extractor);
            let close = quote_spanned!(end=> >);
            quote!(#extractor<#lifetime, fn(&()) -> #ty #close)
        });
        let state = &self.state;
        tokens.extend(match self.inputs.len() {
            0 => quote!(_: ()),
            1 => quote!(#state: #(#types)*),
            _ => quote!(#state: (#(#types),*)),
        });
    }
}

/// What makes a function return a future of `done`: `async` or not, its return
/// type, and its last expression.
fn answered(
    awaits: bool,
    done: &TokenStream,
) -> (Option<TokenStream>, Option<TokenStream>, TokenStream) {
    if awaits {
        return (Some(quote!(async)), None, done.clone());
    }
    let ready = quote!(::core::future::ready(#done));
    (None, Some(quote!(-> ::core::future::Ready<()>)), ready)
}

/// An argument's name in `call`: its own, unless it would hide the function.
fn argument(function: &Ident, input: &Input) -> Ident {
    if input.name == *function {
        return local(&format!("{}_argument", input.name.unraw()));
    }
    let mut name = input.name.clone();
    name.set_span(ours(name.span()));
    name
}

// Input:  id: u64
// Output: let Some(id) = ::tramline::handler::param::<u64>(&request, 1) else {
//             return ::core::future::ready(::tramline::handler::not_found(response));
//         };
//
// Input:  body: &[u8]
// Output: let Some(body) = state.extract(request, response).await else {
//             return;
//         };
//
// What the state lends is there already.
fn take(
    function: &Ident,
    input: &Input,
    awaits: bool,
    wants: &Wants<'_>,
    request: &Ident,
    response: &Ident,
) -> Option<TokenStream> {
    let (name, ty) = (argument(function, input), &input.ty);
    match input.source {
        Source::Parameter(back) => {
            // The call seems to be where the type is, so that it is complained
            // of there and, at the same place, once.
            let (start, end) = ends(ty).unwrap_or((Span::call_site(), Span::call_site()));
            let back = Literal::usize_unsuffixed(back);
            let not_found = quote!(::tramline::handler::not_found(#response));
            let (_, _, not_found) = answered(awaits, &not_found);
            let param = quote_spanned!(start=> ::tramline::handler::param::<#ty>);
            let taken = quote_spanned!(end=> (&#request, #back));
            Some(quote! {
                let Some(#name) = #param #taken else {
                    return #not_found;
                };
            })
        }
        Source::Request => {
            let state = wants.of_input(input);
            Some(quote! {
                let Some(#name) = #state.extract(#request, #response).await else { return; };
            })
        }
        Source::State => None,
    }
}

// Input:  const INDEX: &str = "..";
// Output: const BODY: &'static [u8] = INDEX.as_bytes();
//         const RESPONSE: ::tramline::handler::Precomputed<{
//             ::tramline::handler::precomputed_length(::tramline::handler::TEXT, INDEX::BODY)
//         }> = ::tramline::handler::Precomputed::new(::tramline::handler::TEXT, INDEX::BODY);
//         pub fn call(
//             _: ::tramline::Request<'_>,
//             response: &mut ::tramline::Response<'_>,
//             _: (),
//         ) -> ::core::future::Ready<()> {
//             ::core::future::ready(response.send_precomputed(&INDEX::RESPONSE))
//         }
//
// Constants of the marker and not items in `call`, where their names could
// hide the user's constant.
fn precomputed(name: &Ident, marker: &Ident, content: Content) -> TokenStream {
    let (media, bytes) = match content {
        Content::Text => (quote!(::tramline::handler::TEXT), quote!(#name.as_bytes())),
        Content::Bytes => (quote!(::tramline::handler::BYTES), quote!(#name)),
    };
    let response = local("response");
    quote! {
        const BODY: &'static [u8] = #bytes;
        const RESPONSE: ::tramline::handler::Precomputed<{
            ::tramline::handler::precomputed_length(#media, #marker::BODY)
        }> = ::tramline::handler::Precomputed::new(#media, #marker::BODY);

        pub fn call(
            _: ::tramline::Request<'_>,
            #response: &mut ::tramline::Response<'_>,
            _: (),
        ) -> ::core::future::Ready<()> {
            ::core::future::ready(#response.send_precomputed(&#marker::RESPONSE))
        }
    }
}
