//! `routes!`: the list of routes, its table, its proofs and its calls.
//!
//! Owns what a list expands to. Refuses to parse it, which `list` does, and to
//! compare routes: it sees names only, and the library's const functions see
//! the rest through the markers that `expand` made.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Error;
use syn::parse::Parser;

use crate::around::{is_wrapped, layers_of};
use crate::dispatch::{imports, serve, start};
use crate::list::{Condition, Declaration, Handler, List};
use crate::marker::mentions;
use crate::span::{local, number, opened, place, theirs};

// Input:  routes! { pub App: index }     routes![index]
// Output: pub struct App;                {
//         impl App { .. }                    struct UnnamedRoutes;
//         const _: () = { .. };              const _: () = { .. };
//                                            UnnamedRoutes
//                                        }
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let first = input.clone().into_iter().next();
    let routes = match List::parse.parse2(input) {
        Ok(routes) => routes,
        Err(error) => return error.to_compile_error(),
    };
    let home = first.map_or_else(Span::call_site, |first| theirs(first.span()));
    let derives = quote!(#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]);
    let error = routes.error.as_ref().map(Error::to_compile_error);
    // Alone it can stand where a value can, and where it cannot: one mistake in
    // a set that should have had a name is not a second one.
    if let (None, Some(alone)) = (&routes.declaration, &routes.error)
        && alone.clone().into_iter().count() == 1
    {
        return alone.to_compile_error();
    }
    let Some(Declaration {
        layers,
        attributes,
        visibility,
        name,
    }) = &routes.declaration
    else {
        // Not a name that a listed path could start with.
        let name = Ident::new("UnnamedRoutes", Span::call_site());
        let body = body(&routes, &name, home);
        return quote! {{
            #error
            #derives
            struct #name;
            #body
            #name
        }};
    };
    let body = body(&routes, name, home);
    let layers = layers_of(layers);
    quote! {
        #error
        #(#attributes)*
        #derives
        #visibility struct #name;

        impl #name {
            /// The routes: first the set's own, as listed, then those of each mounted set.
            pub const ROUTES: &'static [::tramline::RouteInfo] = ::tramline::routing::routes_of::<Self>();
            #layers
        }

        #body
    }
}

// Input:  index, "/api" => api::Routes
// Output: #[allow(long_running_const_eval)]
//         const _: () = {
//             use ::tramline::routing::{..};
//             const ENTRIES: &[..] = &[..];
//             const FINDINGS: &[..; 1] = &findings(OWN);
//             const OWN: &[..; own_count(ENTRIES)] = &own_routes(ENTRIES);
//             impl ::tramline::RouteSet for App { .. }
//             impl<StateOfApp: 'static> ::tramline::Serve<StateOfApp> for App { .. }
//             const _: &[..] = ..;
//         };
//
// Functions are imported, types are not, but those whose names begin with
// `OneOf`: the user's paths are looked up as types, and one of them may begin
// with `Table`. The lint would deny long lists. `home` is where the constants
// seem to be written, by the user: they take long to evaluate.
fn body(routes: &List, name: &Ident, home: Span) -> TokenStream {
    let entries = entries(routes, home);
    let entries = quote_spanned! {home=>
        const ENTRIES: &[::tramline::routing::Entry] = &[#entries];
    };
    let own_entries = quote_spanned! {home=>
        const ENTRIES: &'static [::tramline::routing::Entry] = ENTRIES;
    };
    let handlers = routes.handlers.iter();
    let handlers = handlers.map(|Handler { condition, path }| (condition, path));
    let catchers = routes.catchers.iter();
    let catchers = catchers.map(|catcher| (&catcher.condition, &catcher.path));
    let mentions = mentions(
        handlers
            .chain(catchers)
            .map(|(condition, path)| (met(condition.as_ref()), path)),
    );
    let of_self = quote!(<Self as ::tramline::RouteSet>);
    let calls = imports(routes);
    let (has_handlers, is_leaf) = (!routes.handlers.is_empty(), routes.mounts.is_empty());
    let is_matched = (1..=MATCHED).contains(&routes.handlers.len());
    let has_own = has_handlers || is_leaf;
    let imported = [
        ("SOUND", has_handlers),
        ("find_rest", is_matched),
        ("findings", has_handlers),
        ("first_number", routes.mounts.len() > 1),
        ("lay", true),
        ("mount_conflict", !is_leaf),
        ("own_count", has_own),
        ("own_routes", has_own),
        ("pattern_bytes", !is_leaf),
        ("reject", !is_leaf),
        ("route_count", !is_leaf),
        ("routes_of", !is_leaf),
    ]
    .into_iter()
    .filter(|(_, is_used)| *is_used)
    .map(|(name, _)| Ident::new(name, Span::call_site()));
    let unrouted = has_handlers.then(|| {
        quote! {
            use ::tramline::handler::Uncalled as _;
            use ::tramline::routing::Unrouted as _;
        }
    });
    // Where the user may have another one.
    let some = (is_matched || !is_leaf).then(|| {
        quote!(
            use ::core::option::Option::Some;
        )
    });
    let own = has_own.then(|| {
        quote_spanned! {home=>
            const OWN: &[::tramline::RouteInfo; own_count(ENTRIES)] = &own_routes(ENTRIES);
        }
    });
    let findings = has_handlers.then(|| {
        let handlers = number(routes.handlers.len(), home);
        quote_spanned! {home=>
            const FINDINGS: &[::tramline::routing::Finding; #handlers] = &findings(OWN);
        }
    });
    let starts = starts(routes, home);
    let find = is_matched.then(|| find(&routes.handlers));
    let wraps = is_wrapped(routes).then(|| {
        quote!(
            const WRAPS: bool = true;
        )
    });
    let (whole, trie, joined) = whole(name, is_leaf, home);
    let serve = serve(routes, name);
    let proofs = proofs(routes, name, home);
    quote! {
        #mentions
        #[allow(long_running_const_eval)]
        const _: () = {
            #calls
            #unrouted
            #some
            use ::tramline::routing::{#(#imported),*};

            #entries
            #findings
            #starts
            #own

            impl ::tramline::RouteSet for #name {
                #own_entries
                type Whole = #whole;
                const TRIE: ::tramline::routing::Trie = #trie;
                type Calls = Self;
                #wraps

                #find

                #[inline(never)]
                fn table() -> &'static ::tramline::routing::Table {
                    #of_self::laid()
                }
            }

            #joined

            #serve

            #proofs
        };
    }
}

// Input:  App: index
// Output: Self
//         lay::<{ OWN.len() }>(OWN)
//         impl ::tramline::routing::Whole for App {
//             const ROUTES: &'static [::tramline::RouteInfo] = OWN;
//         }
//
// Input:  App: "/a" => A
// Output: ::tramline::routing::Joined<Self, { route_count(ENTRIES) }, { pattern_bytes(ENTRIES) }>
//         lay::<{ route_count(ENTRIES) }>(routes_of::<Self>())
//
// What makes the routes of the whole set, and their trie; a set without mounts
// does so itself.
fn whole(
    name: &Ident,
    is_leaf: bool,
    home: Span,
) -> (TokenStream, TokenStream, Option<TokenStream>) {
    if is_leaf {
        let routes = quote_spanned! {home=>
            const ROUTES: &'static [::tramline::RouteInfo] = OWN;
        };
        return (
            quote!(Self),
            quote!(lay::<{ OWN.len() }>(OWN)),
            Some(quote! {
                impl ::tramline::routing::Whole for #name {
                    #routes
                }
            }),
        );
    }
    (
        quote!(::tramline::routing::Joined<Self, { route_count(ENTRIES) }, { pattern_bytes(ENTRIES) }>),
        quote!(lay::<{ route_count(ENTRIES) }>(routes_of::<Self>())),
        None,
    )
}

// Input:  index, #[cfg(unix)] "/api" => api::Routes
// Output: <index>::entry(SOUND),
//         #[cfg(unix)]
//         ::tramline::routing::Entry::mount("/api", <api::Routes as ::tramline::RouteSet>::MOUNTED),
//         #[cfg(not(unix))]
//         ::tramline::routing::Entry::Absent,
fn entries(routes: &List, home: Span) -> TokenStream {
    let handlers = routes.handlers.iter().map(|Handler { condition, path }| {
        let met = met(condition.as_ref());
        let (open, end) = opened(place(path));
        let entry = quote_spanned!(end=> #met #open #path>::entry(SOUND),);
        (condition, entry)
    });
    let mounts = routes.mounts.iter().map(|mount| {
        let (prefix, set) = (&mount.prefix.literal, &mount.set);
        // As the user's own code, and wherever a set is named: the compiler then
        // says only once that a type is none.
        let (open, end) = opened(place(set));
        let mounted = quote_spanned!(end=> #open #set as ::tramline::RouteSet>::MOUNTED);
        let met = met(mount.condition.as_ref());
        let entry =
            quote_spanned!(home=> #met ::tramline::routing::Entry::mount(#prefix, #mounted),);
        (&mount.condition, entry)
    });
    let absent = |condition: &Option<Condition>| {
        let not_met = condition.as_ref().map(Condition::not_met)?;
        Some(quote_spanned!(home=> #not_met ::tramline::routing::Entry::Absent,))
    };
    handlers
        .chain(mounts)
        .flat_map(|(condition, entry)| [Some(entry), absent(condition)])
        .flatten()
        .collect()
}

/// The most handlers of which a set matches the paths. Behind more, the table
/// finds them as soon as a `match` does, which takes the compiler a twentieth of
/// the time for the whole set.
const MATCHED: usize = 32;

// Input:  index
// Output: const MATCHED: bool = true;
//         fn find(
//             method: ::tramline::Method<'_>,
//             path: &str,
//             captures: &mut ::tramline::routing::Captures,
//         ) -> ::core::option::Option<usize> {
//             match (method, path.as_bytes()) {
//                 <::tramline::routing::KeyOf<Self, 0>>::KEY => Some(0),
//                 _ => find_rest::<Self>(method, path, captures),
//             }
//         }
//
// Constants as patterns: the compiler makes a decision tree of them.
fn find(handlers: &[Handler]) -> TokenStream {
    let [method, path, captures] = ["method", "path", "captures"].map(local);
    let keys = (0..handlers.len()).map(|at| {
        let number = Literal::usize_unsuffixed(at);
        quote!(<::tramline::routing::KeyOf<Self, #number>>::KEY => Some(#number))
    });
    let met = handlers
        .iter()
        .map(|handler| met(handler.condition.as_ref()));
    quote! {
        const MATCHED: bool = true;

        fn find(
            #method: ::tramline::Method<'_>,
            #path: &str,
            #captures: &mut ::tramline::routing::Captures,
        ) -> ::core::option::Option<usize> {
            match (#method, #path.as_bytes()) {
                #(#met #keys,)*
                _ => find_rest::<Self>(#method, #path, #captures),
            }
        }
    }
}

// Input:  index, "/a" => A, "/b" => B
// Output: const MOUNT_0: usize = 1;
//         const MOUNT_1: usize = first_number(ENTRIES, 2);
fn starts(routes: &List, home: Span) -> TokenStream {
    let own = routes.handlers.len();
    let mounts = 0..routes.mounts.len();
    mounts
        .map(|mount| {
            let (name, entry) = (start(mount, home), number(own + mount, home));
            // The handlers before the first have a number each.
            let value = if mount == 0 {
                quote_spanned!(home=> #entry)
            } else {
                quote_spanned!(home=> first_number(ENTRIES, #entry))
            };
            quote_spanned!(home=> const #name: usize = #value;)
        })
        .collect()
}

/// How many handlers of a large set are proved in one item, which takes the
/// compiler half the time of one for each. An evaluation ends at the first error,
/// so of eight only the first conflict is told, until that is mended.
const TOGETHER: usize = 8;

// Input:  index, "/api" => api::Routes
// Output: const _: &[::tramline::routing::Entry] = &[<index>::entry(FINDINGS[0])];
//         const _: () = if let Some(problem) = mount_conflict::<App>(1) {
//             reject(problem.as_str())
//         };
//
// One item per entry, so that every conflict is reported, shown at the entry;
// but for large sets, of which it is the first of each few.
fn proofs(routes: &List, name: &Ident, home: Span) -> TokenStream {
    let problem = Ident::new("problem", home);
    let proofs: Vec<_> = (0..)
        .zip(&routes.handlers)
        .map(|(at, handler)| {
            let (met, path) = (met(handler.condition.as_ref()), &handler.path);
            let number = number(at, home);
            let (open, end) = opened(place(path));
            quote_spanned!(end=> #met #open #path>::entry(FINDINGS[#number]),)
        })
        .collect();
    let is_large = routes.handlers.len() > MATCHED;
    let of_handlers = proofs.chunks(if is_large { TOGETHER } else { 1 }).map(
        |proofs| quote_spanned!(home=> const _: &[::tramline::routing::Entry] = &[#(#proofs)*];),
    );
    let numbers = routes.handlers.len()..;
    let of_mounts = numbers.zip(&routes.mounts).map(|(at, mount)| {
        let (met, number) = (met(mount.condition.as_ref()), number(at, home));
        let report = quote_spanned!(mount.prefix.literal.span()=> reject(#problem.as_str()));
        quote_spanned! {home=>
            #met
            const _: () = if let Some(#problem) = mount_conflict::<#name>(#number) { #report };
        }
    });
    quote_spanned!(home=> #(#of_handlers)* #(#of_mounts)*)
}

/// The attribute that lets what is of an entry be, if it has conditions.
fn met(condition: Option<&Condition>) -> Option<TokenStream> {
    condition.map(Condition::met)
}
