//! A set of routes as a type.
//!
//! Owns [`RouteSet`], which `routes!` implements. Refuses anything made at run
//! time: a set is a type without fields, and all it knows is constant. How its
//! handlers are called is `handler`'s.
//!
//! `cargo check` makes no constant of a trait, unless code that is not generic
//! names it: all that a proof does not need is made only where the program is
//! built, and only for the set that it serves.

use core::marker::PhantomData;

use crate::http::method::Method;
use crate::routing::captures::Captures;
use crate::routing::entries::{Entry, Mounted, any_wrapped, flatten, join_patterns};
use crate::routing::find::find_rest;
use crate::routing::laying::{Trie, nodes_of};
use crate::routing::route::{NOT_STATIC, RouteInfo};
use crate::routing::table::Table;
use crate::routing::trie::Node;
use crate::routing::whole_paths::{WholePath, count_wholes, lay_wholes, wholes_of};

/// The routes of an application, or of a part of one that is mounted under a
/// prefix: what [`routes!`](crate::routes) declares.
///
/// Not to be implemented by hand: the macro proves what this trait cannot.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of routes",
    label = "expected a set declared by `routes!`",
    note = "declare one with `routes! {{ pub App: handler, .. }}` and pass `App`, or pass `routes![handler, ..]`",
    note = "in a list, a handler stands by its name alone: its path is in its `#[route(..)]`"
)]
pub trait RouteSet: Copy + Send + Sync + 'static {
    /// The routes: first the set's own, as listed, then those of each mounted
    /// set. Of a function with several methods or patterns, first all patterns
    /// of its first method.
    const ROUTES: &'static [RouteInfo] = <Self::Whole as Whole>::ROUTES;

    /// What `ROUTES` are made of.
    #[doc(hidden)]
    const ENTRIES: &'static [Entry];

    /// What makes them.
    #[doc(hidden)]
    type Whole: Whole;

    /// The set itself, as what calls its handlers: a type that is no set is
    /// told so wherever it is mounted, before it is asked for a state.
    #[doc(hidden)]
    type Calls;

    /// The trie of all of `ROUTES`.
    #[doc(hidden)]
    const TRIE: Trie;

    /// The nodes of `TRIE`.
    #[doc(hidden)]
    const NODES: &'static [Node] = nodes_of!(&Self::TRIE);

    /// The table of all of `ROUTES` that have no parameters.
    #[doc(hidden)]
    const WHOLES: &'static [WholePath] = wholes_of!(Self::ROUTES, Self::NODES);

    /// The look-up table over all of `ROUTES`.
    #[doc(hidden)]
    const TABLE: &'static Table =
        &Table::new(Self::ROUTES, Self::NODES, Self::WHOLES).behind_match(Self::MATCHED);

    /// Whether `find` looks for the [keys](KeyOf) of the set's own handlers before
    /// it asks the table.
    #[doc(hidden)]
    const MATCHED: bool = false;

    /// Whether it has layers or catchers of its own.
    #[doc(hidden)]
    const WRAPS: bool = false;

    /// Whether something runs around its handlers, or those of a set mounted in
    /// it.
    #[doc(hidden)]
    const WRAPPED: bool = Self::WRAPS || any_wrapped(Self::ENTRIES);

    /// What it is where it is mounted.
    #[doc(hidden)]
    const MOUNTED: &'static Mounted = &Mounted {
        routes: Self::ROUTES,
        entries: Self::ENTRIES,
        wraps: Self::WRAPS,
        wrapped: Self::WRAPPED,
    };

    /// The number of the handler this request takes; its parameters are then
    /// in `captures`, which must come empty. Handlers are numbered as listed,
    /// then those of mounted sets.
    #[doc(hidden)]
    #[inline]
    fn find(method: Method<'_>, path: &str, captures: &mut Captures) -> Option<usize> {
        find_rest::<Self>(method, path, captures)
    }

    /// `TABLE`, made in the crate of the set: there alone may making it take long.
    #[doc(hidden)]
    fn table() -> &'static Table;

    /// `TABLE`, for code that is not generic.
    #[doc(hidden)]
    #[inline]
    fn laid() -> &'static Table {
        Self::TABLE
    }
}

/// [`RouteSet::ROUTES`], for code that is not generic.
pub const fn routes_of<R: RouteSet>() -> &'static [RouteInfo] {
    R::ROUTES
}

/// The handler at `ENTRY` of the set `R`.
#[derive(Debug)]
pub struct KeyOf<R, const ENTRY: usize>(PhantomData<R>);

impl<R: RouteSet, const ENTRY: usize> KeyOf<R, ENTRY> {
    /// The method and the path of the only request that the first of its routes
    /// answers; of a pattern with parameters, a path that no request has.
    pub const KEY: (Method<'static>, &'static [u8]) = match &R::ENTRIES[ENTRY] {
        Entry::Route(route, _) => route.listed(ENTRY).key(),
        Entry::Absent | Entry::Mount { .. } => (Method::Any, NOT_STATIC),
    };
}

/// All routes of a set, under whole patterns.
pub trait Whole {
    /// The routes.
    const ROUTES: &'static [RouteInfo];
}

/// The `Whole` of the set `R`, which has `COUNT` routes. The patterns of those
/// that are mounted have `BYTES` bytes together.
#[derive(Debug)]
pub struct Joined<R, const COUNT: usize, const BYTES: usize>(PhantomData<R>);

impl<R: RouteSet, const COUNT: usize, const BYTES: usize> Joined<R, COUNT, BYTES> {
    const PATTERNS: &'static [u8; BYTES] = &join_patterns(R::ENTRIES);
}

impl<R: RouteSet, const COUNT: usize, const BYTES: usize> Whole for Joined<R, COUNT, BYTES> {
    const ROUTES: &'static [RouteInfo] = &flatten::<COUNT>(R::ENTRIES, Self::PATTERNS);
}
