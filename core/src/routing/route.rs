//! What is known of a route when the program compiles.
//!
//! Owns [`Route`], which `#[route]` implements for a function's marker, and
//! [`RouteInfo`], the same as data. Refuses to know whether routes fit
//! together: that is `proof`'s.

use crate::http::method::Method;
use crate::routing::overlap::Sketch;

/// A route: what `#[route]` says of one function, known when the program
/// compiles.
///
/// Implemented by the hidden marker that the attribute places beside the
/// function, never by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a route",
    label = "not annotated with `#[route(..)]`",
    note = "write `#[route(\"/path\")]` above the function, then list it by its name",
    note = "a set that `routes!` made is mounted under a prefix: `\"/prefix\" => {Self}`"
)]
pub trait Route {
    /// The method this route answers; [`Method::Any`] for all.
    const METHOD: Method<'static>;
    /// The path pattern, as written.
    const PATTERN: &'static str;
    /// The function, as `crate::module::name`.
    const NAME: &'static str;
    /// The path as bytes if the pattern has no parameters, else
    /// [`NOT_STATIC`].
    const STATIC: &'static [u8];
}

/// Stands in [`Route::STATIC`] for a pattern with parameters. No request has
/// this path: a control byte never passes the parser.
pub const NOT_STATIC: &[u8] = b"\0";

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteInfo {
    method: Method<'static>,
    /// With the prefixes of the sets it is mounted in.
    pattern: &'static str,
    name: &'static str,
    /// A first look at which requests it matches, for the proofs.
    pub(super) sketch: Sketch,
}

impl RouteInfo {
    /// Fills a place until the description that belongs there is made.
    pub(crate) const BLANK: Self = Self::new(Method::Any, "/", "");

    /// The description of `R`.
    pub const fn of<R: Route>() -> Self {
        Self::new(R::METHOD, R::PATTERN, R::NAME)
    }

    pub(crate) const fn new(
        method: Method<'static>,
        pattern: &'static str,
        name: &'static str,
    ) -> Self {
        Self {
            method,
            pattern,
            name,
            sketch: Sketch::of(method, pattern),
        }
    }

    /// The same route under another pattern, which is the one it was mounted
    /// at.
    pub(crate) const fn at(self, pattern: &'static str) -> Self {
        Self::new(self.method, pattern, self.name)
    }

    /// The method this route answers; [`Method::Any`] for all.
    pub const fn method(&self) -> Method<'static> {
        self.method
    }

    /// The whole path pattern, mount prefixes included.
    pub const fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// The function, as `crate::module::name`.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}
