//! How a set calls its handlers: by number.
//!
//! Owns the function `dispatch` that `routes!` makes for a set, and what it
//! imports. Refuses to await a handler, and to be `async`, which the compiler takes
//! long to check: each arm makes the future of its call, and all of them are
//! one type. `around` has what runs around them.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Path;

use crate::around::{around, is_wrapped};
use crate::list::{Condition, Handler, List, Mount};
use crate::span::{in_parentheses, local, opened, ours, place};

/// The most calls that a type of the library holds one of. With 16, the whole of
/// a set of 50 took the compiler a fortieth longer to check; with 4, as long.
const MOST: usize = 8;

// Input:  App: index, "/a" => A, "/b" => B
// Output: impl<StateOfApp: 'static> ::tramline::Serve<StateOfApp> for App {
//             fn dispatch<'r>(
//                 index: usize,
//                 request: ::tramline::Request<'r>,
//                 response: &mut ::tramline::Response<'r>,
//                 _: impl ::tramline::handler::Source<'r, State = StateOfApp>,
//             ) -> impl Future<Output = ()> {
//                 let state = ::tramline::handler::NoState;
//                 match index {
//                     0 => OneOf3::A { call: <index>::call((calling)(request, response, state)) },
//                     _ if index < MOUNT_1 => OneOf3::B {
//                         call: async move {
//                             <<A as ::tramline::RouteSet>::Calls as ::tramline::Serve<()>>::dispatch(..).await
//                         },
//                     },
//                     _ => OneOf3::C { .. },
//                 }
//             }
//         }
//
// Input:  App for AppState: index, "/a" => A
// Output: impl<StateOfApp: ::tramline::Provides<AppState> + 'static> ::tramline::Serve<StateOfApp> for App {
//             fn dispatch<'r>(.., state: impl ::tramline::handler::Source<'r, State = StateOfApp>) .. {
//                 let state = ::tramline::handler::part::<AppState, _>(state);
//                 .. as ::tramline::Serve<AppState>>::dispatch(index - MOUNT_0, request, response, state) ..
//             }
//         }
//
// The parameter has a name that no path of the user begins with.
pub(crate) fn serve(routes: &List, name: &Ident) -> TokenStream {
    let [index, request, response, state] = variables();
    let whole = Ident::new("StateOfApp", Span::call_site());
    let (bound, ty, pattern, part) = match &routes.state {
        None => (
            None,
            quote!(()),
            quote!(_),
            quote!(::tramline::handler::NoState),
        ),
        Some(ty) => (
            Some(quote!(::tramline::Provides<#ty> +)),
            ty.to_token_stream(),
            quote!(#state),
            quote!(::tramline::handler::part::<#ty, _>(#state)),
        ),
    };
    let is_used =
        !routes.handlers.is_empty() || !routes.mounts.is_empty() || !routes.catchers.is_empty();
    let part = is_used.then(|| quote!(let #state = #part;));
    let call = one_of(&arms(routes, &ty));
    let answer = if is_wrapped(routes) {
        around(routes, &call)
    } else {
        call
    };
    quote! {
        impl<#whole: #bound 'static> ::tramline::Serve<#whole> for #name {
            fn dispatch<'r>(
                #index: usize,
                #request: ::tramline::Request<'r>,
                #response: &mut ::tramline::Response<'r>,
                #pattern: impl ::tramline::handler::Source<'r, State = #whole>,
            ) -> impl ::core::future::Future<Output = ()> {
                #part
                #answer
            }
        }
    }
}

// Input:  index, show
// Output: use ::tramline::handler::{calling, OneOf2};
pub(crate) fn imports(routes: &List) -> Option<TokenStream> {
    let takes = !routes.handlers.is_empty() || !routes.catchers.is_empty();
    let calling = takes.then(|| Ident::new("calling", Span::call_site()));
    let sizes = sizes(routes.handlers.len() + routes.mounts.len());
    let names = sizes.into_iter().map(ty_of);
    let mut imports = calling.into_iter().chain(names).peekable();
    imports
        .peek()
        .is_some()
        .then(|| quote!(use ::tramline::handler::{#(#imports),*};))
}

/// The variables of `dispatch`.
fn variables() -> [Ident; 4] {
    ["index", "request", "response", "state"].map(local)
}

/// What is done for the numbers of one entry.
struct Arm<'a> {
    condition: Option<&'a Condition>,
    /// The first of its numbers.
    first: TokenTree,
    call: Called<'a>,
}

enum Called<'a> {
    Handler(&'a Path),
    Mount(TokenStream),
}

/// A handler has one number, that of its place; a mount has all up to the next.
/// The future of a mount is behind an `async` block: as a part of what `dispatch`
/// returns, a state that the mounted set lacks would be reported a second time.
fn arms<'a>(routes: &'a List, ty: &TokenStream) -> Vec<Arm<'a>> {
    let [index, request, response, state] = variables();
    let handlers = (0..).zip(&routes.handlers);
    let handlers = handlers.map(|(at, Handler { condition, path })| Arm {
        condition: condition.as_ref(),
        first: Literal::usize_unsuffixed(at).into(),
        call: Called::Handler(path),
    });
    let mounts = routes.mounts.iter().enumerate();
    let mounts = mounts.map(|(at, Mount { condition, set, .. })| {
        let (first, place) = (start(at, Span::call_site()), place(set));
        let dispatch = quote_spanned!(place=>
            <<#set as ::tramline::RouteSet>::Calls as ::tramline::Serve<#ty>>::dispatch
        );
        Arm {
            condition: condition.as_ref(),
            call: Called::Mount(quote_spanned!(place=> async move {
                #dispatch(#index - #first, #request, #response, #state).await
            })),
            first: first.into(),
        }
    });
    handlers.chain(mounts).collect()
}

/// The name of the constant that says where a mount's numbers start.
pub(crate) fn start(mount: usize, place: Span) -> Ident {
    format_ident!("MOUNT_{mount}", span = place)
}

// Input:  index, #[cfg(unix)] show
// Output: match index {
//             0 => OneOf2::A { call: <index>::call(..) },
//             #[cfg(unix)]
//             1 => OneOf2::B { call: <show>::call(..) },
//             #[cfg(not(unix))]
//             1 => OneOf2::B { call: ::tramline::handler::absent() },
//             _ => ::tramline::handler::no_handler(),
//         }
//
// Input:  ten handlers
// Output: match index {
//             _ if index < 8 => OneOf2::A { call: match index { 0 => OneOf8::A { .. }, .. } },
//             _ => OneOf2::B { call: match index { 8 => OneOf2::A { .. }, .. } },
//         }
fn one_of(arms: &[Arm<'_>]) -> TokenStream {
    let variables = variables();
    let [index, ..] = &variables;
    let groups: Vec<&[Arm<'_>]> = arms.chunks(group(arms.len())).collect();
    let (is_alone, ty) = (groups.len() == 1, ty_of(groups.len()));
    let mut choices = Vec::with_capacity(groups.len() + 1);
    for (at, among) in groups.iter().enumerate() {
        let variant = Ident::new(VARIANTS[at], Span::call_site());
        let choice = |met: Option<TokenStream>, numbers: &dyn ToTokens, call: &TokenStream| {
            if is_alone {
                quote!(#met #numbers => #call,)
            } else {
                quote!(#met #numbers => #ty::#variant { call: #call },)
            }
        };
        // The last takes all that is left.
        let guard = groups.get(at + 1).map(|next| {
            let first = &next[0].first;
            quote!(if #index < #first)
        });
        let others = || quote!(_ #guard);
        let [arm] = among else {
            choices.push(choice(None, &others(), &one_of(among)));
            continue;
        };
        let (numbers, call): (&dyn ToTokens, _) = match &arm.call {
            Called::Handler(path) => (&arm.first, &call_of(path, &variables)),
            Called::Mount(call) => (&others(), call),
        };
        choices.push(choice(arm.condition.map(Condition::met), numbers, call));
        if let Some(not_met) = arm.condition.map(Condition::not_met) {
            let absent = quote!(::tramline::handler::absent());
            choices.push(choice(Some(not_met), numbers, &absent));
        }
    }
    match arms.last() {
        None => choices.push(quote!(_ => ::tramline::handler::absent(),)),
        // Unless that is in one of the groups.
        Some(Arm {
            call: Called::Handler(_),
            ..
        }) if groups.last().is_some_and(|last| last.len() == 1) => {
            choices.push(quote!(_ => ::tramline::handler::no_handler(),));
        }
        Some(_) => {}
    }
    let choices = choices.into_iter().collect();
    let choices = Group::new(Delimiter::Brace, choices);
    quote!(match #index #choices)
}

// Input:  show
// Output: <show>::call((calling)(request, response, state))
//
// That it wants another state than there is, is shown at `(calling)`.
fn call_of(handler: &Path, [_, request, response, state]: &[Ident; 4]) -> TokenStream {
    let place = ours(place(handler));
    let ((open, end), calling) = (opened(place), in_parentheses("calling", place));
    quote_spanned!(end=> #open #handler>::call(#calling(#request, #response, #state)))
}

/// The names of those that a type of the library holds one of.
const VARIANTS: [&str; MOST] = ["A", "B", "C", "D", "E", "F", "G", "H"];

/// The type of one call of several.
fn ty_of(calls: usize) -> Ident {
    format_ident!("OneOf{calls}", span = Span::call_site())
}

/// How many arms go together, so that there are as many groups as a type holds.
fn group(arms: usize) -> usize {
    let mut group = 1;
    while group * MOST < arms {
        group *= MOST;
    }
    group
}

/// What types [`one_of`] makes of that many arms, by how many calls they are of.
fn sizes(arms: usize) -> BTreeSet<usize> {
    let group = group(arms);
    let mut sizes = BTreeSet::new();
    if arms > 1 {
        sizes.insert(arms.div_ceil(group));
    }
    if group > 1 {
        sizes.extend(self::sizes(group));
        sizes.extend(self::sizes(arms % group));
    }
    sizes
}
