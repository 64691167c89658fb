//! The macros of `tramline`. Use them through that crate, which re-exports
//! them; what they expand to names it as `::tramline`.
//!
//! This file owns the entry points and their documentation, nothing else. An
//! attribute's way: `args`, `pattern` and `signature` parse, `route` validates,
//! `expand` emits; `fallback` stands in for `expand` after an error. `routes`
//! and `text` go that way in one file each.

mod args;
mod expand;
mod fallback;
mod marker;
mod pattern;
mod route;
mod routes;
mod signature;
mod span;
mod suggest;
mod text;

#[cfg(test)]
mod golden;

use proc_macro::TokenStream;

/// Makes a function a route.
///
/// ```
/// use tramline::{Method, route, routes};
///
/// #[route("/users/{id}")]
/// fn show(id: u64) -> String {
///     format!("user {id}\n")
/// }
///
/// #[route(PUT, "/users/{id}")]
/// async fn rename(id: u64, body: &[u8]) -> String {
///     format!("user {id} is now {}\n", String::from_utf8_lossy(body))
/// }
///
/// routes! { App: show, rename }
///
/// assert_eq!(App::ROUTES[1].method(), Method::Put);
/// ```
///
/// # The pattern
///
/// Starts with `/`. Each segment is text, which matches itself byte for byte
/// as sent, or `{name}`, which matches one segment that is not empty. The last
/// segment may be `{*name}`, which matches the rest of the path, slashes
/// included. `/a` and `/a/` are two paths. Where two routes match, the more
/// specific one wins: segment by segment from the left, text over `{name}`
/// over `{*name}`.
///
/// `docs/routing.md` in the repository has the whole language, and every
/// compile error with its cure.
///
/// # The method
///
/// Stands before the pattern; without one it is `GET`, which answers `HEAD`
/// too. `ANY` takes every method that no other route of the path names, and
/// any other word in capitals is an extension method (`PROPFIND`).
///
/// # The function
///
/// A plain or an `async` one, without type parameters. An argument with the
/// name of a parameter is parsed from the path ([`FromParam`]; 404 if it does
/// not parse), any other is taken from the request ([`FromRequest`]), and what
/// is returned is the answer ([`Responder`]). The function itself stays as it
/// is: other code and tests call it as before.
///
/// # A constant
///
/// A `const` of type `&str` or `&[u8]` is a route too. Its response is computed
/// when the program is compiled.
///
/// ```
/// use tramline::route;
///
/// #[route("/robots.txt")]
/// const ROBOTS: &str = "User-agent: *\nDisallow: /admin/\n";
/// ```
///
/// [`FromParam`]: https://docs.rs/tramline/latest/tramline/trait.FromParam.html
/// [`FromRequest`]: https://docs.rs/tramline/latest/tramline/trait.FromRequest.html
/// [`Responder`]: https://docs.rs/tramline/latest/tramline/trait.Responder.html
#[proc_macro_attribute]
pub fn route(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(args.into(), item.into()).into()
}

/// Gathers routes into a set, and proves when the program compiles that no two
/// of them contradict each other.
///
/// With a name it declares a type, which other modules and crates can mount:
///
/// ```
/// use tramline::{route, routes};
///
/// mod users {
///     use tramline::{route, routes};
///
///     #[route("/{id}")]
///     fn show(id: u64) -> String {
///         format!("user {id}\n")
///     }
///
///     routes! { pub Routes: show }
/// }
///
/// #[route("/")]
/// fn index() -> &'static str {
///     "Hello, World!"
/// }
///
/// routes! {
///     /// The whole application.
///     pub App:
///         index,
///         "/orgs/{org}/users" => users::Routes,
/// }
///
/// assert_eq!(App::ROUTES[1].pattern(), "/orgs/{org}/users/{id}");
/// ```
///
/// Without a name it is an expression, for small programs and tests:
///
/// ```no_run
/// use tramline::{route, routes};
///
/// #[route("/")]
/// fn index() -> &'static str {
///     "Hello, World!"
/// }
///
/// fn main() -> tramline::Result {
///     tramline::run(routes![index])
/// }
/// ```
///
/// An entry is the path of an annotated function or constant, or
/// `"/prefix" => path::to::Set`. A prefix starts with `/`, does not end with
/// it, and may have `{name}` parameters; the set's pattern `/` is then the
/// prefix itself. `Set::ROUTES` lists the routes as data: first the set's own,
/// then those of each mounted set.
#[proc_macro]
pub fn routes(input: TokenStream) -> TokenStream {
    routes::expand(input.into()).into()
}

/// Text as [`format!`] makes it, but formatted once, straight into the
/// response.
///
/// ```
/// use tramline::{Responder, route, text};
///
/// #[route("/sum/{a}/{b}")]
/// fn sum(a: u32, b: u32) -> impl Responder {
///     text!("{a} + {b} = {}\n", u64::from(a) + u64::from(b))
/// }
/// ```
///
/// The arguments are evaluated at once, in order; what they evaluate to, and
/// the variables named in the text, are moved into the value, and formatted
/// when the response is written. To keep a variable, pass a reference to it.
#[proc_macro]
pub fn text(input: TokenStream) -> TokenStream {
    text::expand(input.into()).into()
}
