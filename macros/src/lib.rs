//! The macros of `tramline`. Use them through that crate, which re-exports
//! them; what they expand to names it as `::tramline`.
//!
//! This file owns the entry points and their documentation, nothing else. An
//! attribute's way: `args`, `pattern` and `signature`, with each `argument`, parse,
//! `route` validates, `expand` emits; `fallback` stands in for `expand` after an
//! error. `guard` and `catch` emit what has no pattern. A list's way: `list` parses,
//! `routes` emits. `text`, `url` and the derives go it in one file each, over the
//! models `parameter` and `answer`.

mod answer;
mod args;
mod argument;
mod around;
mod call;
mod catch;
mod derive_param;
mod derive_request;
mod derive_responder;
mod derive_state;
mod dispatch;
mod expand;
mod fallback;
mod guard;
mod list;
mod marker;
mod one_body;
mod parameter;
mod pattern;
mod percent;
mod route;
mod routes;
mod signature;
mod span;
mod suggest;
mod text;
mod url;

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
/// Since the path is matched as sent, text that a path cannot hold is written
/// percent-encoded, as clients send it: with capitals, and only where needed
/// (`/caf%C3%A9`). Any other spelling does not compile.
///
/// `docs/routing.md` in the repository has the whole language, and every
/// compile error with its cure.
///
/// # The method
///
/// Stands before the pattern; without one it is `GET`, which answers `HEAD`
/// too. `ANY` takes every method for which no other route matches the path, and
/// any other name in capitals is an extension method (`PROPFIND`).
///
/// # Several of both
///
/// Methods and patterns may be lists: each method with each pattern is a route
/// of its own. All patterns have the same parameters in the same order.
///
/// ```
/// # use tramline::{Method, route, routes};
/// #[route(GET, POST, "/search", "/search/")]
/// fn search() -> &'static str {
///     "nothing found\n"
/// }
///
/// routes! { App: search }
///
/// assert_eq!(App::ROUTES.len(), 4);
/// assert_eq!((App::ROUTES[3].method(), App::ROUTES[3].pattern()), (Method::Post, "/search/"));
/// ```
///
/// # The fallback
///
/// `#[route(_)]` takes what no route of its set matches by the path, whatever
/// the method: 404 without it. In a mounted set it takes what is below the
/// prefix, and the prefix itself; of several the one with the longest prefix
/// answers. It has no arguments for parameters, and its status is what it
/// returns. A path that exists without the method asked for stays 405, and one
/// whose parameter does not parse stays 404.
///
/// ```
/// # use tramline::{Request, Status, route, routes};
/// #[route(_)]
/// fn lost(request: Request<'_>) -> (Status, String) {
///     (Status::NOT_FOUND, format!("{} is not here\n", request.path()))
/// }
///
/// routes! { App: lost }
///
/// assert!(App::ROUTES[0].is_fallback());
/// ```
///
/// # Guards
///
/// `guard = name` behind the patterns, as often as needed: functions that decide
/// whether a request may come here. See [`guard`](macro@guard).
///
/// # The function
///
/// A plain or an `async` one, without type parameters. An argument with the
/// name of a parameter is parsed from the path ([`FromParam`]; 404 if it does
/// not parse), any other is taken from the request ([`FromRequest`]), and what
/// is returned is the answer ([`Responder`]). The function itself stays as it
/// is: other code and tests call it as before.
///
/// # State
///
/// An argument `&Db` is lent by the application's state; `routes!` says which
/// that is, [`run_with`] is given it.
///
/// # Blocking work
///
/// A plain function runs on the worker that received the request, which answers
/// nobody else meanwhile. `blocking` behind the patterns runs it on a pool of
/// threads instead. It then takes and returns what is its own (`String`, numbers,
/// `Vec<u8>` for the body), and state as `&Db`. If the peer leaves, it runs to its
/// end, and the answer is dropped.
///
/// ```
/// # use tramline::{route, routes};
/// struct Archive;
///
/// #[route("/reports/{year}", blocking)]
/// fn report(archive: &Archive, year: u32) -> String {
///     let _ = archive;
///     std::thread::sleep(std::time::Duration::from_secs(1));
///     format!("the report of {year}\n")
/// }
///
/// routes! { App for Archive: report }
///
/// assert!(App::ROUTES[0].is_blocking());
/// ```
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
/// [`run_with`]: https://docs.rs/tramline/latest/tramline/fn.run_with.html
#[proc_macro_attribute]
pub fn route(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(args.into(), item.into()).into()
}

/// Makes a function a guard: it decides whether a request may come to a
/// handler.
///
/// ```
/// use tramline::{Request, Status, guard, route, routes};
///
/// struct Tokens {
///     admin: String,
/// }
///
/// #[guard]
/// fn is_admin(request: Request<'_>, tokens: &Tokens) -> bool {
///     request.header("authorization") == Some(tokens.admin.as_bytes())
/// }
///
/// /// Says what is missing.
/// #[guard]
/// fn is_known(request: Request<'_>) -> Result<(), (Status, &'static str)> {
///     match request.header("authorization") {
///         Some(_) => Ok(()),
///         None => Err((Status::UNAUTHORIZED, "who are you?\n")),
///     }
/// }
///
/// #[route("/admin/users", guard = is_known, guard = is_admin)]
/// fn users() -> &'static str {
///     "Ada\n"
/// }
///
/// routes! { App for Tokens: users }
///
/// assert_eq!(App::ROUTES[0].guards().len(), 2);
/// ```
///
/// A route names its guards behind its patterns. They are asked in this order,
/// before anything is taken from the request for the handler; the first that
/// refuses answers. `false` is 403 (Forbidden), `Err` the answer it holds.
///
/// The arguments are those of a handler without path parameters: what can be
/// taken from the request ([`FromRequest`]), and state. It may be `async`. A
/// body that a guard takes is not there for the handler any more, unless both
/// take it whole.
///
/// Which guards a route has is data ([`RouteInfo::guards`]), so that a program
/// can demand them when it is compiled.
///
/// [`FromRequest`]: https://docs.rs/tramline/latest/tramline/trait.FromRequest.html
/// [`RouteInfo::guards`]: https://docs.rs/tramline/latest/tramline/struct.RouteInfo.html#method.guards
#[proc_macro_attribute]
pub fn guard(args: TokenStream, item: TokenStream) -> TokenStream {
    guard::expand(&args.into(), item.into()).into()
}

/// Makes a function a catcher: it answers in place of an error that tramline
/// wrote itself.
///
/// ```
/// use tramline::{Escaped, Html, Request, Status, catch, route, routes};
///
/// #[catch]
/// fn not_found(request: Request<'_>) -> Html<String> {
///     Html(format!("<h1>{} is not here</h1>", Escaped(request.path())))
/// }
///
/// #[catch]
/// fn failed(status: Status) -> Html<String> {
///     Html(format!("<h1>{status}</h1>"))
/// }
///
/// #[route("/")]
/// fn index() -> &'static str {
///     "Hello, World!"
/// }
///
/// routes! { App: index, 404 => not_found, _ => failed }
/// ```
///
/// A list names it behind the status it is for, 400 to 599, or behind `_` for
/// all that no other catcher of the list is for. It answers in place of: a path
/// or a method without a route; an argument that the request does not have; a
/// handler that returned a bare [`Status`](https://docs.rs/tramline/latest/tramline/struct.Status.html),
/// `None`, or an error of the type `Box<dyn Error>`; a guard that returned
/// `false`; a panic. A body of the handler's own is left alone, whatever its
/// status.
///
/// It keeps the status, unless it sets another one, and the headers: `Allow`
/// stays with a 405. Its arguments are those of a handler without path
/// parameters; one of the type `Status` is the status that was caught, and one
/// of the type [`Detail`](https://docs.rs/tramline/latest/tramline/struct.Detail.html) what the
/// error says behind it. If it fails itself, the answer is the plain one.
#[proc_macro_attribute]
pub fn catch(args: TokenStream, item: TokenStream) -> TokenStream {
    catch::expand(&args.into(), item.into()).into()
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
/// `App for AppState: ..`, or `routes![for AppState: ..]`, says where the
/// arguments `&Db` of its handlers come from: `AppState` [provides](https://docs.rs/tramline/latest/tramline/trait.Provides.html)
/// them, and those of mounted sets. Without `for`, handlers have no state.
///
/// An entry is the path of an annotated function or constant, or
/// `"/prefix" => path::to::Set`. A prefix starts with `/`, does not end with
/// it, and may have `{name}` parameters; the set's pattern `/` is then the
/// prefix itself. `404 => path::to::catcher`, or `_ =>`, names a
/// [catcher](macro@catch). `#[cfg(..)]` before an entry keeps it where the
/// condition holds; `#[layer(..)]` before the name of the set says which
/// [layers] run around its handlers. `Set::ROUTES` lists the routes as data ([`RouteInfo`]): first the
/// set's own, in the order listed, then those of each mounted set.
///
/// [layers]: https://docs.rs/tramline/latest/tramline/trait.Layer.html
/// [`RouteInfo`]: https://docs.rs/tramline/latest/tramline/struct.RouteInfo.html
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

/// The path of a route, written from its arguments.
///
/// The first argument is the set that is served, the second one of its routes;
/// the others are the parameters of the path, by name. The value implements
/// [`Display`](std::fmt::Display), which allocates nothing.
///
/// ```
/// use tramline::{Responder, Status, route, routes, text, url};
///
/// mod users {
///     use tramline::{Responder, route, routes, text};
///
///     #[route("/{name}")]
///     pub fn show(name: String) -> impl Responder {
///         text!("user {name}\n")
///     }
///
///     routes! { pub Routes: show }
/// }
///
/// #[route("/files/{*path}")]
/// fn file(path: String) -> String {
///     path
/// }
///
/// #[route("/")]
/// fn index() -> impl Responder {
///     text!("see {}\n", url!(App, users::show, org = 7, name = "Ada L."))
/// }
///
/// routes! { App: index, file, "/orgs/{org}/users" => users::Routes }
///
/// assert_eq!(url!(App, index).to_string(), "/");
/// assert_eq!(
///     url!(App, users::show, org = 7, name = "Ada L.").to_string(),
///     "/orgs/7/users/Ada%20L."
/// );
/// assert_eq!(url!(App, file, path = "a b/c").to_string(), "/files/a%20b/c");
/// ```
///
/// # What is checked when the program compiles
///
/// That the set has the route, and once; that each parameter is given, those of
/// mount prefixes too, and nothing else; that a value has the type of the
/// handler's argument or borrows as it, as `&String` does for any text
/// ([`ToParam`]). No handler has an argument for the parameters of a mount
/// prefix, so for them any value that can be displayed will do.
///
/// ```compile_fail
/// # use tramline::{route, routes, url};
/// # #[route("/users/{id}")]
/// # fn show(id: u64) -> u64 { id }
/// # routes! { App: show }
/// let _ = url!(App, show, id = "seven");
/// ```
///
/// If a set is mounted twice, the whole prefix says which of its paths is meant:
/// `url!(App, "/v2" => users::show, id = 7)`. Of several patterns of one
/// function, the first is written.
///
/// # What is not
///
/// Values are known only when the program runs. An empty one makes a path that
/// its own pattern does not take; so does one that the handler's type would
/// refuse, such as a `NaN`, or one that is the text of a more specific route. But
/// none makes a path that starts with `//`, which would name a host: the second
/// slash is written `%2F`. `.` and `..` are written as they are, since they
/// have no encoding that means anything else, and most clients resolve them
/// before they ask. A handler that takes `&str` is given its segment as sent:
/// `a%20b` for `a b`.
///
/// # Encoding
///
/// All but letters, digits, `-`, `.`, `_` and `~` is percent-encoded, in UTF-8;
/// in the value of a `{*parameter}`, `/` is kept. What was given is what a
/// handler gets that takes a `String`.
///
/// # Moved or borrowed
///
/// As in [`text!`], values are evaluated at once and moved into what is made.
/// To keep a variable, pass a reference to it.
///
/// [`ToParam`]: https://docs.rs/tramline/latest/tramline/trait.ToParam.html
#[proc_macro]
pub fn url(input: TokenStream) -> TokenStream {
    url::expand(input.into()).into()
}

/// Makes a type a path parameter.
///
/// ```
/// use tramline::FromParam;
///
/// /// As the number.
/// #[derive(FromParam, Debug, PartialEq)]
/// struct UserId(u64);
///
/// /// By the names of the variants: `newest` and `most-read`.
/// #[derive(FromParam, Debug, PartialEq)]
/// enum Order {
///     Newest,
///     #[param("most-read")]
///     Popular,
/// }
///
/// assert_eq!(UserId::from_param("7"), Ok(UserId(7)));
/// assert_eq!(Order::from_param("most-read"), Ok(Order::Popular));
/// assert_eq!(
///     Order::from_param("popular").unwrap_err().to_string(),
///     "expected `newest` or `most-read`"
/// );
/// ```
///
/// A struct with one field is what its field is, with the error of that. An
/// `enum` without fields is one of the names of its variants, in kebab-case
/// (`MostRead` as `most-read`) unless `#[param("name")]` gives another, in the
/// segment percent-decoded.
///
/// # Types that are `FromStr`
///
/// `#[param(from_str)]` above a type, or above the field of a newtype, says
/// that [`FromStr`](std::str::FromStr) parses it, from the segment
/// percent-decoded. So may types of other crates become parameters:
///
/// ```
/// use std::net::SocketAddr;
///
/// use tramline::{FromParam, route};
///
/// #[derive(FromParam)]
/// struct Peer(#[param(from_str)] SocketAddr);
///
/// #[route("/peers/{peer}")]
/// fn show(peer: Peer) -> String {
///     format!("port {}\n", peer.0.port())
/// }
///
/// assert_eq!(Peer::from_param("[::1]:80").unwrap().0.port(), 80);
/// ```
#[proc_macro_derive(FromParam, attributes(param))]
pub fn derive_from_param(input: TokenStream) -> TokenStream {
    derive_param::from_param(input.into()).into()
}

/// Makes a type one that [`url!`] can write: [`FromParam`](derive@FromParam)
/// the other way round, for the same types and with the same attributes.
///
/// ```
/// use tramline::{FromParam, ToParam, route, routes, url};
///
/// #[derive(FromParam, ToParam)]
/// struct UserId(u64);
///
/// #[route("/users/{id}")]
/// fn show(id: UserId) -> u64 {
///     id.0
/// }
///
/// routes! { App: show }
///
/// assert_eq!(url!(App, show, id = UserId(7)).to_string(), "/users/7");
/// ```
///
/// With `#[param(from_str)]`, [`Display`](std::fmt::Display) writes the value.
/// For a newtype that is generic or borrows, `url!` takes what is in it.
#[proc_macro_derive(ToParam, attributes(param))]
pub fn derive_to_param(input: TokenStream) -> TokenStream {
    derive_param::to_param(input.into()).into()
}

/// Makes an `enum` an answer: each variant is one.
///
/// ```
/// use tramline::{Redirect, Responder, route};
///
/// #[derive(Responder)]
/// enum Outcome {
///     Made(String),
///     Old(Redirect<&'static str>),
///     #[responder(status = 409)]
///     Taken(String),
///     #[responder(status = 404)]
///     Unknown,
/// }
///
/// #[route(PUT, "/names/{name}")]
/// fn name(name: &str) -> Outcome {
///     match name {
///         "tram" => Outcome::Old(Redirect::permanent("/names/tramline")),
///         "train" => Outcome::Taken(format!("{name} is taken\n")),
///         "" => Outcome::Unknown,
///         _ => Outcome::Made(format!("{name} is yours\n")),
///     }
/// }
/// ```
///
/// A variant with one field answers as that, which implements [`Responder`],
/// with the status of `#[responder(status = ..)]` if there is one. A variant
/// without fields answers with the status it has there, as [`Status`] does. A
/// status is a number from 200 to 999.
///
/// [`Responder`]: https://docs.rs/tramline/latest/tramline/trait.Responder.html
/// [`Status`]: https://docs.rs/tramline/latest/tramline/struct.Status.html
#[proc_macro_derive(Responder, attributes(responder))]
pub fn derive_responder(input: TokenStream) -> TokenStream {
    derive_responder::responder(input.into()).into()
}

/// Makes a struct a state whose fields handlers can take: a field of type `Db`
/// is lent to every argument `&Db`.
///
/// ```
/// use std::sync::Mutex;
///
/// use tramline::{PerWorker, Provides, State};
///
/// struct Notes(Mutex<Vec<String>>);
/// struct Cache(Vec<u8>);
///
/// #[derive(State)]
/// struct AppState {
///     notes: Notes,
///     cache: PerWorker<Cache>,
/// }
///
/// fn holds<T>(_: &impl Provides<T>) {}
///
/// let state = AppState {
///     notes: Notes(Mutex::default()),
///     cache: PerWorker::new(|| Cache(Vec::new())),
/// };
/// holds::<Notes>(&state);
/// holds::<Cache>(&state);
/// ```
///
/// All workers share the value, so what changes in it is behind a lock or an
/// atomic. Of a field `PerWorker<Cache>` (as written: a macro does not see through
/// aliases), each worker has its own `Cache`, and handlers take `&Cache`. One that
/// may fail, `PerWorker<Db, io::Error>`, is lent as it is.
///
/// No two fields have the same type, since an argument is found by its type.
#[proc_macro_derive(State)]
pub fn derive_state(input: TokenStream) -> TokenStream {
    derive_state::expand(input.into()).into()
}

/// Makes a struct of extractors one extractor.
///
/// Each field is taken from the request by its type, in order; the first that
/// is not there is the answer. A field `&'r Db` is the application's state.
///
/// ```
/// use tramline::{FromRequest, Request, route};
///
/// #[derive(FromRequest)]
/// struct Upload<'r> {
///     request: Request<'r>,
///     body: &'r [u8],
/// }
///
/// #[route(PUT, "/files/{name}")]
/// fn upload(name: &str, upload: Upload<'_>) -> String {
///     let agent = upload.request.header("user-agent").is_some();
///     format!("{name} has {} bytes, from a known agent: {agent}\n", upload.body.len())
/// }
/// ```
#[proc_macro_derive(FromRequest)]
pub fn derive_from_request(input: TokenStream) -> TokenStream {
    derive_request::from_request(input.into()).into()
}
