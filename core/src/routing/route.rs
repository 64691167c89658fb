//! What is known of a route when the program compiles.
//!
//! Owns [`RouteInfo`], a route as data. Refuses to know how the data comes from
//! the marker of a function, which `marker` says, and whether routes fit
//! together: that is `proof`'s.

use crate::http::method::Method;
use crate::routing::overlap::Sketch;

/// Stands for the method of the fallback of a set, whose pattern is `/`.
/// No route has this method otherwise; the macro does not take it for one.
pub const FALLBACK: Method<'static> = Method::Extension("_");

/// Stands in a [key](RouteInfo::key) for a pattern with parameters and for a
/// fallback. No request has this path: a control byte never passes the parser.
pub(crate) const NOT_STATIC: &[u8] = b"\0";

/// A route as data: what `App::ROUTES` lists.
///
/// ```
/// use tramline::{Method, route, routes};
///
/// #[route("/users/{id}")]
/// fn show(id: u32) -> String {
///     format!("user {id}")
/// }
///
/// routes! { App: show }
///
/// assert_eq!(App::ROUTES[0].method(), Method::Get);
/// assert_eq!(App::ROUTES[0].pattern(), "/users/{id}");
/// assert!(App::ROUTES[0].name().ends_with("::show"));
/// ```
///
/// All of it is constant, so a program can hold itself to rules of its own when
/// it is compiled:
///
/// ```
/// use tramline::{Method, route, routes};
///
/// #[route("/admin/users")]
/// fn users() {}
///
/// #[route(POST, "/admin/restart")]
/// fn restart() {}
///
/// routes! { Admin: users, restart }
///
/// const _: () = {
///     let mut at = 0;
///     while at < Admin::ROUTES.len() {
///         let path = Admin::ROUTES[at].pattern().as_bytes();
///         assert!(
///             path.len() > 7 && path.split_at(7).0.eq_ignore_ascii_case(b"/admin/"),
///             "every route of `Admin` is under `/admin/`"
///         );
///         assert!(
///             !matches!(Admin::ROUTES[at].method(), Method::Any),
///             "every route of `Admin` names its method"
///         );
///         at += 1;
///     }
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RouteInfo {
    method: Method<'static>,
    /// With the prefixes of the sets it is mounted in.
    pattern: &'static str,
    /// Without them: the pattern of its own `#[route]`.
    own_pattern: &'static str,
    name: &'static str,
    blocking: bool,
    guards: &'static [&'static str],
    /// Of each parameter, in the order of its own pattern, which argument of the
    /// function it is; nothing if they are its first ones.
    places: &'static [u8],
    /// By which number its set calls the handler, or [`UNNUMBERED`].
    ///
    /// [`UNNUMBERED`]: Self::UNNUMBERED
    number: u16,
    /// A first look at which requests it matches, for the proofs.
    pub(super) sketch: Sketch,
}

impl RouteInfo {
    /// Fills a place until the description that belongs there is made.
    pub(crate) const BLANK: Self = Self::new(Method::Any, "/", "");

    /// Of a route that is in no set: its number is its place in the list.
    const UNNUMBERED: u16 = u16::MAX;

    /// Of an entry, whose sketch is made where it is [listed](Self::listed): a
    /// marker is asked for it twice.
    pub(crate) const fn of_entry(
        method: Method<'static>,
        pattern: &'static str,
        name: &'static str,
    ) -> Self {
        Self {
            method,
            pattern,
            own_pattern: pattern,
            name,
            blocking: false,
            guards: &[],
            places: &[],
            number: Self::UNNUMBERED,
            sketch: Sketch::NONE,
        }
    }

    /// The route of an entry, as handler `number` of its set.
    pub(crate) const fn listed(self, number: usize) -> Self {
        Self {
            sketch: Sketch::of(self.method, self.pattern),
            ..self
        }
        .numbered(number)
    }

    pub(crate) const fn new(
        method: Method<'static>,
        pattern: &'static str,
        name: &'static str,
    ) -> Self {
        Self {
            sketch: Sketch::of(method, pattern),
            ..Self::of_entry(method, pattern, name)
        }
    }

    /// The same route under another pattern, which is the one it was mounted
    /// at.
    pub(crate) const fn at(self, pattern: &'static str) -> Self {
        Self {
            own_pattern: self.own_pattern,
            blocking: self.blocking,
            guards: self.guards,
            places: self.places,
            ..Self::new(self.method, pattern, self.name)
        }
    }

    /// The same route, run on the pool for blocking work or not.
    pub(crate) const fn run_as(mut self, blocking: bool) -> Self {
        self.blocking = blocking;
        self
    }

    /// The same route with these guards.
    pub(crate) const fn guarded(mut self, guards: &'static [&'static str]) -> Self {
        self.guards = guards;
        self
    }

    /// The same route, whose parameters are these arguments of the function.
    pub(crate) const fn taking(mut self, places: &'static [u8]) -> Self {
        self.places = places;
        self
    }

    /// The same route, called by `number` in its set.
    ///
    /// # Panics
    ///
    /// If the number has more than 16 bits.
    pub(crate) const fn numbered(mut self, number: usize) -> Self {
        assert!(
            number < Self::UNNUMBERED as usize,
            "a set has up to 65,000 routes: mount less in it"
        );
        #[allow(clippy::cast_possible_truncation, reason = "asserted")]
        let number = number as u16;
        self.number = number;
        self
    }

    /// By which number its set calls the handler; `index` is its place in the
    /// list.
    pub(crate) const fn number(&self, index: usize) -> usize {
        match self.number {
            Self::UNNUMBERED => index,
            number => number as usize,
        }
    }

    /// The method this route answers; [`Method::Any`] for all, and the extension
    /// method `_` for a [fallback](Self::is_fallback).
    pub const fn method(&self) -> Method<'static> {
        self.method
    }

    /// The whole path pattern, mount prefixes included; of a
    /// [fallback](Self::is_fallback) only these, or `/`.
    pub const fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// Whether this is the fallback of a set, `#[route(_)]`: it answers what is
    /// below its pattern and matches that of no other route.
    pub const fn is_fallback(&self) -> bool {
        self.method.same(FALLBACK)
    }

    /// Whether it is `#[route(.., blocking)]`: it runs on a pool of threads, so it
    /// may block.
    pub const fn is_blocking(&self) -> bool {
        self.blocking
    }

    /// The pattern of its own `#[route]`.
    pub(crate) const fn own_pattern(&self) -> &'static str {
        self.own_pattern
    }

    /// Which argument of the function its own parameter number `index` is.
    pub(crate) const fn place(&self, index: usize) -> usize {
        match self.places {
            [] => index,
            places => places[index] as usize,
        }
    }

    /// Whether the pattern is a path: it has no parameters.
    pub(crate) const fn is_whole(&self) -> bool {
        self.sketch.is_of_path()
    }

    /// The method and the path of the only request that it answers, or else
    /// [`NOT_STATIC`] for the path.
    pub(crate) const fn key(&self) -> (Method<'static>, &'static [u8]) {
        // Of the fallback, the path is all that is below a prefix.
        let is_static = self.is_whole() && !self.is_fallback();
        let path = if is_static {
            self.pattern.as_bytes()
        } else {
            NOT_STATIC
        };
        (self.method, path)
    }

    /// What it is mounted under; empty if it is not.
    pub(crate) const fn prefix(&self) -> &'static str {
        // Mounted, the root of a set is the prefix itself.
        let own = match self.own_pattern.as_bytes() {
            b"/" if self.pattern.len() > 1 => 0,
            own => own.len(),
        };
        self.pattern.split_at(self.pattern.len() - own).0
    }

    /// The function, as `crate::module::name`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The functions that decide whether a request may come to this one, as
    /// `crate::module::name`, in the order they are asked.
    ///
    /// ```
    /// use tramline::{guard, route, routes};
    ///
    /// #[guard]
    /// fn is_admin(authorization: tramline::Request<'_>) -> bool {
    ///     authorization.header("authorization") == Some(b"Bearer of-an-admin")
    /// }
    ///
    /// #[route("/admin/users", guard = is_admin)]
    /// fn users() {}
    ///
    /// #[route("/")]
    /// fn index() {}
    ///
    /// routes! { App: index, users }
    ///
    /// const _: () = {
    ///     let mut at = 0;
    ///     while at < App::ROUTES.len() {
    ///         let route = &App::ROUTES[at];
    ///         let is_admin = matches!(route.pattern().as_bytes(), [b'/', b'a', b'd', b'm', b'i', b'n', b'/', ..]);
    ///         assert!(!is_admin || !route.guards().is_empty(), "every route under `/admin/` has a guard");
    ///         at += 1;
    ///     }
    /// };
    /// ```
    pub const fn guards(&self) -> &'static [&'static str] {
        self.guards
    }
}

/// Two routes are the same if all is that they tell, whatever sets they are in.
impl PartialEq for RouteInfo {
    fn eq(&self, other: &Self) -> bool {
        let told = |route: &Self| (route.method, route.pattern, route.name, route.guards);
        told(self) == told(other)
    }
}

impl Eq for RouteInfo {}
