//! What the macros make draws no complaint, from the compiler or from clippy,
//! in a crate that allows nothing. `cargo clippy --tests` is half of this test.
#![deny(
    warnings,
    missing_docs,
    unsafe_code,
    unreachable_pub,
    rust_2018_idioms,
    unused_results,
    clippy::pedantic
)]
// Nor does it allow what nobody may.
#![forbid(dead_code, unused_must_use, clippy::unwrap_used)]

use std::borrow::Cow;
use std::future::ready;
use std::num::ParseIntError;

use tramline::{
    Detail, FromParam, FromRequest, ParamError, PerWorker, Request, RequestId, Responder, State,
    Status, ToParam, catch, guard, route, routes, text, url,
};

/// Text.
#[route("/text")]
pub const TEXT: &str = "text";

/// Bytes.
#[route(ANY, "/bytes")]
pub const BYTES: &[u8; 3] = b"abc";

/// No arguments, no answer.
#[route("/")]
pub fn index() {}

/// A parameter, of a type that is parsed.
#[route("/users/{id}")]
#[must_use]
pub fn show(id: u64) -> String {
    id.to_string()
}

/// A parameter that is looked at, and not kept.
#[route("/lengths/{name}")]
#[must_use]
pub fn length(name: String) -> usize {
    name.len()
}

/// Every kind of argument, waiting.
///
/// # Errors
///
/// With a body that is not UTF-8.
#[route(POST, "/users/{id}/{type}/{*_rest}")]
pub async fn all(
    request: Request<'_>,
    r#type: &str,
    mut id: u64,
    body: &[u8],
    _rest: Cow<'_, str>,
    _guard: Guard,
) -> Result<impl Responder, (Status, &'static str)> {
    id += ready(1).await;
    let body = str::from_utf8(body).map_err(|_| (Status::BAD_REQUEST, "not UTF-8"))?;
    Ok(text!(
        "{} {type} {id} {body} {length}",
        request.path(),
        length = body.len()
    ))
}

/// Waits for nothing, though it might.
#[route("/idle", guard = is_open)]
pub async fn idle() {}

/// Lets everybody in.
#[guard]
#[must_use]
pub fn is_open() -> bool {
    true
}

/// Everything that failed.
#[catch]
#[must_use]
pub async fn idle_failure(status: Status) -> String {
    status.to_string()
}

/// A type that is long, though not too long.
#[route("/long")]
#[must_use]
pub fn long(all: Option<(Request<'_>, Guard, Option<Guard>)>) -> usize {
    all.iter().count()
}

/// Lets everybody in.
#[derive(Debug)]
pub struct Guard;

impl<'r> FromRequest<'r> for Guard {
    type State = ();
    type Rejection = Status;

    async fn from_request(_: Request<'r>, (): ()) -> Result<Self, Status> {
        ready(Ok(Self)).await
    }
}

/// A lifetime of its own.
#[route("/either/{a}/{b}")]
#[must_use]
pub fn either<'r>(a: &'r str, b: &'r str) -> &'r str {
    if a.is_empty() { b } else { a }
}

/// A name like its argument's.
#[route("/names/{name}")]
#[must_use]
pub const fn name(name: u32) -> u32 {
    name
}

/// Another method on the same parameter, which need not parse.
#[route(PROPFIND, "/users/{id}")]
pub(crate) fn properties(id: Result<u64, ParamError<ParseIntError>>) -> Option<u64> {
    id.ok()
}

/// Several routes.
#[route(GET, POST, "/several/{a}", "/several/{a}/")]
#[must_use]
pub const fn several(a: u8) -> u8 {
    a
}

/// What no route matches.
#[route(_)]
#[must_use]
pub const fn lost() -> Status {
    Status::NOT_FOUND
}

/// A newtype.
#[derive(Clone, Copy, Debug, FromParam, ToParam)]
pub struct Id(pub u64);

/// Names.
#[derive(Clone, Copy, Debug, FromParam, ToParam)]
#[deprecated]
pub enum Order {
    /// One.
    Newest,
    /// Another, older still.
    #[deprecated]
    #[param("a/b")]
    Odd,
}

/// Parsed.
#[derive(Clone, Copy, Debug, FromParam, ToParam)]
pub struct Peer(#[param(from_str)] pub std::net::SocketAddr);

/// Derived parameters.
#[route("/by/{id}/{peer}")]
#[must_use]
pub const fn by(id: Id, peer: Peer) -> u64 {
    let _ = peer;
    id.0
}

/// Answers.
#[derive(Clone, Debug, Responder)]
pub enum Outcome<T> {
    /// A field.
    Found(T),
    /// A name, and a status.
    #[responder(status = 409)]
    #[deprecated]
    Taken {
        /// By whom.
        by: String,
    },
    /// A status alone.
    #[responder(status = 404)]
    Missing,
}

/// A derived answer.
#[route("/outcome")]
#[must_use]
pub const fn outcome() -> Outcome<u8> {
    Outcome::Missing
}

/// On its way out.
#[deprecated]
#[route("/old")]
pub fn old() {}

/// A part of the state.
#[derive(Debug)]
pub struct Guards(Vec<Guard>);

/// Kept private, though sets that are not name it.
#[derive(Debug, State)]
struct AppState {
    guards: Guards,
    own: PerWorker<Vec<String>>,
}

/// With state.
#[route("/guards")]
#[must_use]
pub const fn guards(guards: &Guards) -> usize {
    guards.0.len()
}

/// On the pool.
#[route("/job/{id}", blocking)]
#[must_use]
pub fn job(id: String, all: Option<(Guard, Vec<u8>)>, guards: &Guards) -> usize {
    id.len() + guards.0.len() + all.iter().count()
}

routes! {
    /// With state, of which it makes no secret.
    pub Guarded for Guards: job
}

routes! {
    /// With state.
    pub(crate) Stateful for AppState: index, guards, "/jobs" => Guarded
}

/// Of what an error has, all.
#[catch]
#[must_use]
pub fn failed(status: Status, detail: Detail<'_>) -> String {
    format!("{status} {detail}")
}

/// With something of the state, waiting.
#[catch]
async fn waiting(guards: &Guards) -> usize {
    ready(guards.0.len()).await
}

routes! {
    /// With something around its handlers.
    #[layer(RequestId::new())]
    pub(crate) Around for AppState: index, 404 => waiting, _ => failed
}

routes! {
    /// With something around nothing.
    #[layer(RequestId::new())]
    pub Bare:
}

/// Nested, and not public.
mod inner {
    use tramline::{route, routes};

    #[route("/")]
    const fn private() -> &'static str {
        "private"
    }

    #[route("/{a}")]
    const fn to_parent(a: i8) -> i8 {
        a
    }

    #[route("/{a}/{b}")]
    pub(super) const fn unlisted_here(a: i8, b: i8) -> i8 {
        a | b
    }

    routes! { pub(super) Routes: private, to_parent }
}

routes! {
    /// Nothing at all.
    pub Nothing:
}

routes! {
    /// Everything.
    pub App:
        TEXT,
        BYTES,
        index,
        show,
        length,
        idle,
        long,
        all,
        either,
        name,
        properties,
        by,
        outcome,
        old,
        several,
        #[cfg(any())]
        missing,
        #[cfg(all())]
        lost,
        inner::unlisted_here,
        "/inner/{org}" => inner::Routes,
        "/nothing" => Nothing,
        "/again" => inner::Routes,
        #[cfg(any())]
        "/missing" => Missing,
        _ => idle_failure,
}

#[test]
fn every_form_is_listed() {
    assert_eq!(App::ROUTES.len(), 24);
    assert_eq!(Nothing::ROUTES, []);
    assert_eq!(Stateful::ROUTES.len(), 3);
    assert_eq!((Around::ROUTES.len(), Bare::ROUTES.len()), (1, 0));
    let _ = routes![for AppState: guards];
    let _ = (
        routes![index, show, "/app" => App],
        routes![],
        text!("{}", 1),
        text!("plain"),
        url!(App, TEXT),
        url!(App, show, id = 7),
        url!(App, inner::unlisted_here, a = -1, b = 1),
    );
    let peer = Peer(([127, 0, 0, 1], 80).into());
    assert_eq!(by(Id(1), peer), 1);
    assert_eq!(
        url!(App, by, id = Id(1), peer = peer).to_string(),
        "/by/1/127.0.0.1%3A80"
    );
}
