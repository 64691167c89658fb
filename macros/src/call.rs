//! How a marker calls its function: guards are asked, arguments are taken, and
//! the answer is written.
//!
//! Owns the function `call`, which every marker of a handler or a catcher has,
//! and what it wants of the state. Refuses to know where it stands: `expand`,
//! `guard` and `catch` make the markers.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, Lifetime, Path, Token};

use crate::one_body::one_body;
use crate::route::{Input, Run, Source};
use crate::span::{as_ours, before, behind, ends, local, opened, ours, place, proof};

// Input:  fn show(id: u64) -> String
// Output: pub fn call(call: ::tramline::handler::Call<'_, '_>) -> ::tramline::handler::Done {
//             let ::core::option::Option::Some(id) = ::tramline::handler::param::<u64>(&call.request, 1) else { return call.not_found(); };
//             call.respond(show(id))
//         }
//
// Input:  async fn rename(db: &Db, body: &[u8]) -> String
// Output: pub async fn call<'r>(
//             ::tramline::handler::Call { request, response, state }: ::tramline::handler::Call<
//                 '_, 'r, (&'r Db, ::tramline::handler::Extractor<'r, fn(&()) -> &[u8], { .. }>)
//             >
//         ) {
//             let ::core::option::Option::Some(body) = state.1.extract(request, response).await else { return; };
//             ::tramline::Responder::respond(rename(state.0, body).await, response)
//         }
//
// Input:  #[route("/report", blocking)] fn report(db: &Db) -> String
// Output: pub async fn call<'r>(.. ::tramline::handler::Call<'_, 'r, ::tramline::handler::Kept<Db>>) {
//             ::tramline::Responder::respond(
//                 ::tramline::handler::unblock(move || report(state.get())).await,
//                 response,
//             )
//         }
//
// Input:  #[route("/admin", guard = is_admin)] fn admin() -> String
// Output: pub async fn call<'r>(.. ::tramline::handler::Call<'_, 'r, ::tramline::handler::Asked<'r, (is_admin), { .. }>>) {
//             if !state.allows(request, response).await { return; }
//             ::tramline::Responder::respond(admin(), response)
//         }
//
// What the guards and the arguments need of the state is in the type of the
// parameter; a list that has no such state is told so where it calls this.
//
// Where nothing is awaited the function is not `async`: the bodies of 500 that
// are took 0.8 s to check, of those that are not less than 0.1 s.
pub(crate) fn call(
    name: &Ident,
    run: Run,
    guards: &[Path],
    inputs: &[Input],
    output: Option<(Span, Span)>,
) -> TokenStream {
    let is_of_path = |input: &Input| matches!(input.source, Source::Parameter(_));
    if run == Run::Inline && guards.is_empty() && inputs.iter().all(is_of_path) {
        return call_of_path(name, inputs, output);
    }
    let (request, response) = (&local("request"), &local("response"));
    let wants = Wants::of(guards, inputs, run);
    let checks = checks(guards, &wants, request, response);
    // Parameters first: a path that names nothing is not worth a body.
    let of_path = |is_parameter| {
        inputs
            .iter()
            .filter(move |input| is_of_path(input) == is_parameter)
    };
    let awaits = run != Run::Inline
        || !guards.is_empty()
        || inputs.iter().any(|input| input.source == Source::Request);
    let takes = of_path(true)
        .chain(of_path(false))
        .filter_map(|input| take(name, input, awaits, &wants, &quote!(return;)));
    let values = inputs.iter().map(|input| wants.value(name, input));

    let (function, arguments) = called(name, output, values);
    let called = match run {
        Run::Inline => quote!(#function #arguments),
        Run::Async => {
            let awaited = awaited(&arguments);
            quote!(#function #arguments #awaited)
        }
        Run::Blocking => {
            let unblock = quote_spanned!(function.span()=> ::tramline::handler::unblock);
            let job = if inputs.is_empty() {
                function.to_token_stream()
            } else {
                quote!(move || #function #arguments)
            };
            let job = quote_spanned!(arguments.span()=> (#job).await);
            quote!(#unblock #job)
        }
    };
    let respond = quote!(::tramline::Responder::respond(#called, #response));

    let takes_request = !guards.is_empty()
        || inputs.iter().any(is_of_path)
        || inputs.iter().any(|input| input.source == Source::Request);
    let (asyncness, output, answer) = answered(awaits, &respond);
    let (lifetime, parameter) = parameter(takes_request, &wants);
    quote! {
        pub #asyncness fn call #lifetime (#parameter) #output {
            #checks
            #(#takes)*
            #answer
        }
    }
}

/// Of a handler that takes no more than parameters, and awaits nothing.
fn call_of_path(name: &Ident, inputs: &[Input], output: Option<(Span, Span)>) -> TokenStream {
    let call = &local("call");
    let takes = inputs.iter().filter_map(|input| {
        let Source::Parameter(back) = input.source else {
            return None;
        };
        let name = argument(name, input);
        let back = Literal::usize_unsuffixed(back);
        let (taken, refused) = (
            quote!(&#call.request, #back),
            quote!(return #call.not_found();),
        );
        Some(take_param(&name, &input.ty, taken, refused))
    });
    let values = inputs.iter().map(|input| argument(name, input));
    let (function, arguments) = called(name, output, values);
    let respond = Ident::new("respond", Span::call_site());
    quote_spanned! {before(ours(name.span()))=>
        pub fn call(#call: ::tramline::handler::Call<'_, '_>) -> ::tramline::handler::Done {
            #(#takes)*
            #call.#respond(#function #arguments)
        }
    }
}

/// The function and what it is called with.
///
/// The compiler shows a return type that does not fit where the call is: that is
/// put at the type, from its first token to its last.
pub(crate) fn called(
    name: &Ident,
    output: Option<(Span, Span)>,
    values: impl Iterator<Item = impl ToTokens>,
) -> (Ident, Group) {
    let (start, end) = output.unwrap_or((name.span(), name.span()));
    let mut function = name.clone();
    function.set_span(start);
    let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#(#values),*));
    arguments.set_span(end);
    (function, arguments)
}

/// `.await` behind a call with these arguments.
pub(crate) fn awaited(arguments: &Group) -> TokenStream {
    quote_spanned!(behind(arguments.span())=> .await)
}

// Output: <'r>
//         ::tramline::handler::Call { request, response, state }: ::tramline::handler::Call<'_, 'r, (..)>
//
/// The parameter of `call`, taken apart, and the lifetime that it needs.
pub(crate) fn parameter(takes_request: bool, wants: &Wants<'_>) -> (TokenStream, TokenStream) {
    let lifetime = Lifetime::new("'r", Span::mixed_site());
    let (request, response) = (local("request"), local("response"));
    let request = if takes_request {
        quote!(#request)
    } else {
        quote!(request: _)
    };
    let (state, ty) = wants.parts();
    let state = if wants.is_empty() {
        quote!(state: #state)
    } else {
        state
    };
    let parameter = quote! {
        ::tramline::handler::Call { #request, #response, #state }:
            ::tramline::handler::Call<'_, #lifetime, #ty>
    };
    (quote!(<#lifetime>), parameter)
}

// Input:  guard = is_admin
// Output: if !state.allows(request, response).await { return; }
pub(crate) fn checks(
    guards: &[Path],
    wants: &Wants<'_>,
    request: &Ident,
    response: &Ident,
) -> TokenStream {
    let checks = (0..guards.len()).map(|at| {
        let state = wants.at(at);
        quote!(if !#state.allows(#request, #response).await { return; })
    });
    checks.collect()
}

// Input:  is_admin, NAME
// Output: <is_admin as ::tramline::handler::Guard>::NAME
pub(crate) fn of_guard(guard: &Path, member: &str) -> TokenStream {
    let (open, end) = opened(ours(place(guard)));
    let member = Ident::new(member, end);
    let guard = as_ours(guard);
    quote_spanned!(end=> #open #guard as ::tramline::handler::Guard>::#member)
}

/// What `call` wants of the state.
pub(crate) struct Wants<'a> {
    state: Ident,
    run: Run,
    guards: &'a [Path],
    /// Those that are not from the path.
    inputs: Vec<&'a Input>,
}

impl<'a> Wants<'a> {
    pub(crate) fn of(guards: &'a [Path], inputs: &'a [Input], run: Run) -> Self {
        let inputs = inputs.iter().filter(|input| input.is_wanted());
        Self {
            state: local("state"),
            run,
            guards,
            inputs: inputs.collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.guards.is_empty() && self.inputs.is_empty()
    }

    /// What `function` is given for `input`, once that is taken.
    pub(crate) fn value(&self, function: &Ident, input: &Input) -> TokenStream {
        match &input.source {
            Source::State => self.lent_to(input),
            _ => argument(function, input).into_token_stream(),
        }
    }

    // Input:  the second of several     the only one
    // Output: state.1                   state
    fn of_input(&self, input: &Input) -> TokenStream {
        let mut inputs = self.inputs.iter();
        let at = inputs.position(|other| other.name == input.name);
        self.at(self.guards.len() + at.unwrap_or_default())
    }

    fn at(&self, at: usize) -> TokenStream {
        let state = &self.state;
        if self.guards.len() + self.inputs.len() < 2 {
            return quote!(#state);
        }
        let at = Literal::usize_unsuffixed(at);
        quote!(#state.#at)
    }

    // Input:  guard = is_admin, db: &Db, user: User<'_>
    // Output: state
    //         (
    //             ::tramline::handler::Asked<'r, (is_admin), { <is_admin as ::tramline::handler::Guard>::IS_ONE }>,
    //             &'r Db,
    //             ::tramline::handler::Extractor<'r, fn(&()) -> User<'_>, { .. }>,
    //         )
    //
    /// The pattern that binds what is wanted, and its type.
    pub(crate) fn parts(&self) -> (TokenStream, TokenStream) {
        let guards = self.guards.iter().map(|guard| {
            let lifetime = Lifetime::new("'r", Span::mixed_site());
            let (is_one, guard) = (of_guard(guard, "IS_ONE"), as_ours(guard));
            quote!(::tramline::handler::Asked<#lifetime, (#guard), { #is_one }>)
        });
        let types = guards.chain(self.inputs.iter().map(|input| wanted(input, self.run)));
        let state = &self.state;
        match self.guards.len() + self.inputs.len() {
            0 => (quote!(_), quote!(())),
            1 => (quote!(#state), quote!(#(#types)*)),
            _ => (quote!(#state), quote!((#(#types),*))),
        }
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

// Input:  db: &Db     user: User<'_>
// Output: &'r Db      ::tramline::handler::Extractor<
//                         'r, fn(&()) -> User<'_>, { ::tramline::handler::is_extractor::<User<'_>>() }
//                     >
//
// In the type of a function, the lifetimes that a user leaves out are that of
// `&()`; as an argument of `call`, each would be another one. The constant is
// where a type that is no extractor is complained of.
fn wanted(input: &Input, run: Run) -> TokenStream {
    let lifetime = Lifetime::new("'r", Span::mixed_site());
    let ty = &input.ty;
    match input.source {
        Source::State if run == Run::Blocking => quote!(::tramline::handler::Kept<#ty>),
        Source::State => quote!(&#lifetime #ty),
        _ => {
            let (place, _) = ends(ty).unwrap_or((Span::call_site(), Span::call_site()));
            let is_one = proof("is_extractor", ty, place);
            let ty = given(ty, run);
            quote!(::tramline::handler::Extractor<#lifetime, fn(&()) -> #ty, { #is_one }>)
        }
    }
}

// Input:  id: Id     of a blocking handler
// Output: Id         ::tramline::handler::Proved<Id, { ::tramline::handler::can_be_sent::<Id>() }>
//
// The type of an argument, and that it can go where the handler runs.
fn given(ty: &TokenStream, run: Run) -> TokenStream {
    if run != Run::Blocking {
        return ty.clone();
    }
    let (place, _) = ends(ty).unwrap_or((Span::call_site(), Span::call_site()));
    let can_be_sent = proof("can_be_sent", ty, place);
    quote!(::tramline::handler::Proved<#ty, { #can_be_sent }>)
}

/// What makes a function return a future of `done`: `async` or not, its return
/// type, and its last expression.
pub(crate) fn answered(
    awaits: bool,
    done: &TokenStream,
) -> (Option<TokenStream>, Option<TokenStream>, TokenStream) {
    if awaits {
        return (Some(quote!(async)), None, done.clone());
    }
    let ready = quote!(::core::future::ready(#done));
    (None, Some(quote!(-> ::tramline::handler::Done)), ready)
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
// Output: let ::core::option::Option::Some(id) = ::tramline::handler::param::<u64>(&request, 1) else {
//             return ::core::future::ready(::tramline::handler::not_found(response));
//         };
//
// Input:  body: &[u8]
// Output: let ::core::option::Option::Some(body) = state.extract(request, response).await else {
//             return;
//         };
//
// What the state lends is there already. `refused` leaves the function that
// this is in.
pub(crate) fn take(
    function: &Ident,
    input: &Input,
    awaits: bool,
    wants: &Wants<'_>,
    refused: &TokenStream,
) -> Option<TokenStream> {
    let (request, response) = (&local("request"), &local("response"));
    let (name, ty) = (argument(function, input), &input.ty);
    match input.source {
        Source::Parameter(back) => {
            let not_found = quote!(::tramline::handler::not_found(#response));
            let (_, _, not_found) = answered(awaits, &not_found);
            let back = Literal::usize_unsuffixed(back);
            let (taken, refused) = (quote!(&#request, #back), quote!(return #not_found;));
            Some(take_param(&name, &given(ty, wants.run), taken, refused))
        }
        Source::Request => {
            let state = wants.of_input(input);
            Some(quote! {
                let ::core::option::Option::Some(#name) = #state.extract(#request, #response).await else { #refused };
            })
        }
        Source::Status => Some(quote!(let #name = #response.status();)),
        Source::Detail => Some(quote!(let #name = ::tramline::handler::detail(#response);)),
        Source::State => None,
    }
}

// Input:  id, u64, &request, 1, return ..;
// Output: let ::core::option::Option::Some(id) = ::tramline::handler::param::<u64>(&request, 1) else { return ..; };
//
// The call seems to be where the type is, so that it is complained of there
// and, at the same place, once.
fn take_param(
    name: &Ident,
    ty: &TokenStream,
    taken: TokenStream,
    refused: TokenStream,
) -> TokenStream {
    let (start, end) = ends(ty).unwrap_or((Span::call_site(), Span::call_site()));
    let mut taken = Group::new(Delimiter::Parenthesis, taken);
    taken.set_span(ours(end));
    let refused = Group::new(Delimiter::Brace, refused);
    let close = Token![>](ours(end));
    quote_spanned! {before(ours(start))=>
        let ::core::option::Option::Some(#name) = ::tramline::handler::param::<#ty #close #taken else #refused;
    }
}

/// The proof that one of the arguments reads the body at most.
pub(crate) fn readers(inputs: &[Input], conditions: &[&Attribute]) -> TokenStream {
    let readers = inputs
        .iter()
        .filter(|input| input.source == Source::Request)
        .map(|input| (input.name.to_string(), input.ty.clone()));
    one_body(readers.collect(), conditions)
}
