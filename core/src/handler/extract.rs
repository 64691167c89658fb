//! Arguments taken from the request rather than from its path.
//!
//! Owns [`FromRequest`] and the extractors of the library's own types. Refuses
//! path parameters, which are `param`'s: a handler's argument is one or the
//! other by its name.

use core::convert::Infallible;
use core::future::{Future, poll_fn};
use core::marker::PhantomData;

use crate::handler::incoming::BodyError;
use crate::handler::proved::Proved;
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::handler::state::{Source, Wants};

/// An argument made from the request.
///
/// A handler's argument whose name is not a parameter of the pattern must have
/// a type that implements this.
///
/// | type | takes | else | allocates |
/// |---|---|---|---|
/// | [`Request`] | all there is | | no |
/// | `&T` | a part of the [state](crate::Provides) | a compile error | no |
/// | `&[u8]`, `&str` | the whole body | 413, or 400 if it is not UTF-8 | no; for a body that comes in pieces, its room |
/// | `Vec<u8>`, `String`, `bytes::Bytes` (feature `http`) | a copy of that | the same | the copy |
/// | [`Body`](crate::Body) | the body as it comes | an error where it is read | no; to receive, one buffer |
/// | `Json<T>` (feature `json`) | the body, parsed | 415, 400 or 422 | as `T` does |
/// | `Form<T>` (feature `form`) | the body, parsed | 415 or 422 | the parser, by the fields |
/// | `Query<T>` (feature `form`) | the query, parsed | 400 | the parser, by the fields |
/// | `Header<T>` (feature `headers`) | a header, parsed | 400 | a copy of its values |
/// | `Cookies` (feature `cookie`) | the cookies | none | no |
/// | `http::HeaderMap` (feature `http`) | all headers | | a copy of them |
/// | `Option<E>`, `Result<E, E::Rejection>` | what `E` takes | `None`, the rejection | as `E` does |
/// | tuples of two to six, [`#[derive(FromRequest)]`](derive@crate::FromRequest) | each | the first that is not there | as each does |
///
/// ```
/// use tramline::{FromRequest, Request, Status, route};
///
/// struct Host(String);
///
/// impl<'r> FromRequest<'r> for Host {
///     type State = ();
///     type Rejection = (Status, &'static str);
///
///     async fn from_request(request: Request<'r>, (): ()) -> Result<Self, Self::Rejection> {
///         let host = request.host().ok_or((Status::BAD_REQUEST, "no host\n"))?;
///         Ok(Self(host.to_owned()))
///     }
/// }
///
/// #[route("/")]
/// fn index(host: Host) -> String {
///     host.0
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the argument type `{Self}` has no source in the request",
    label = "neither a parameter of the pattern nor an extractor",
    note = "to take it from the path, put `{{name}}` with the argument's name into the pattern; a parameter of a mount prefix is asked for by `Request::parameter`",
    note = "to take it from the request, use `Request<'_>`, `&[u8]`, `&str`, `Vec<u8>` or `String` (the whole body), `Body<'_>` (as it comes) or `Json<T>`, or implement `tramline::FromRequest` for `{Self}`",
    note = "to take it from the state, ask for a reference, `&{Self}`"
)]
pub trait FromRequest<'r>: Sized {
    /// What it needs of the application's [state](crate::Provides): `()`,
    /// `&'r Db`, or a tuple of such.
    type State;
    /// The answer when the request does not have it.
    type Rejection: Responder;

    /// Whether it reads the body, which can be done once: two arguments that
    /// do are a compile error.
    const TAKES_BODY: bool = false;

    /// Takes the argument from the request.
    ///
    /// # Errors
    ///
    /// With the answer to send, if the request does not have it.
    fn from_request(
        request: Request<'r>,
        state: Self::State,
    ) -> impl Future<Output = Result<Self, Self::Rejection>>;
}

/// How an argument is made from the request, and what it needs for that of the
/// state. Named by generated code, as `Extractor<'r, fn(&()) -> User, {
/// is_extractor::<User>() }>`: in the type of a function, lifetimes may be left
/// out, and are then that of `&()`. The constant is its [proof](Proved).
#[doc(hidden)]
pub type Extractor<'r, F, const IS_ONE: bool> = <Proved<F, IS_ONE> as Extracted<'r>>::Extraction;

#[doc(hidden)]
pub trait Extracted<'r> {
    type Extraction;
}

impl<'r, F, T> Extracted<'r> for F
where
    F: Fn(&'r ()) -> T,
    T: FromRequest<'r>,
{
    type Extraction = Extraction<T::State, T>;
}

/// A function type that says what is made.
#[doc(hidden)]
pub trait Makes<'r> {
    type Made;
}

impl<'r, F: Fn(&'r ()) -> T, T> Makes<'r> for F {
    type Made = T;
}

/// Holds `T` to be an extractor. Called by generated code.
#[doc(hidden)]
pub const fn is_extractor<'r, T: FromRequest<'r>>() -> bool {
    true
}

/// Says whether `F` makes an argument that reads the body. Named by generated
/// code.
#[doc(hidden)]
#[derive(Debug)]
pub struct Reader<F>(PhantomData<F>);

impl<F> Reader<F>
where
    F: Makes<'static>,
    F::Made: FromRequest<'static>,
{
    pub const TAKES_BODY: bool = <F::Made as FromRequest<'static>>::TAKES_BODY;
}

/// What [`Reader`] says of a type that is no extractor, which is complained of
/// elsewhere.
#[doc(hidden)]
pub trait NoReader {
    const TAKES_BODY: bool = false;
}

impl<F> NoReader for Reader<F> {}

/// The state that a `T` is made with.
#[doc(hidden)]
#[derive(Debug)]
pub struct Extraction<S, T>(S, PhantomData<fn() -> T>);

impl<'r, S, P: Wants<'r, S>, T> Wants<'r, S> for Extraction<P, T> {
    #[inline]
    fn take_from(source: impl Source<'r, State = S>) -> Self {
        Self(P::take_from(source), PhantomData)
    }
}

impl<S, T> Extraction<S, T> {
    /// The argument, or `None` if the request does not have it and is answered.
    #[inline]
    pub async fn extract<'r>(self, request: Request<'r>, response: &mut Response<'r>) -> Option<T>
    where
        T: FromRequest<'r, State = S> + 'r,
    {
        match T::from_request(request, self.0).await {
            Ok(argument) => Some(argument),
            Err(rejection) => {
                rejection.respond(response);
                response.reject();
                None
            }
        }
    }
}

impl<'r> FromRequest<'r> for Request<'r> {
    type State = ();
    type Rejection = Infallible;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, Infallible> {
        Ok(request)
    }
}

/// The whole body, empty if there is none; not copied if it came with the head.
/// Longer than the body limit: 413.
impl<'r> FromRequest<'r> for &'r [u8] {
    type State = ();
    type Rejection = BodyError;
    const TAKES_BODY: bool = true;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, BodyError> {
        let incoming = request.incoming();
        poll_fn(|cx| incoming.poll_whole(cx)).await?;
        Ok(incoming.bytes())
    }
}

/// The whole body, as `&[u8]` has it, in a buffer of its own, which a
/// `blocking` handler can take along.
impl<'r> FromRequest<'r> for Vec<u8> {
    type State = ();
    type Rejection = BodyError;
    const TAKES_BODY: bool = true;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, BodyError> {
        Ok(<&[u8]>::from_request(request, ()).await?.to_vec())
    }
}

/// The whole body, as `&[u8]` has it. Not UTF-8: 400.
impl<'r> FromRequest<'r> for &'r str {
    type State = ();
    type Rejection = BodyError;
    const TAKES_BODY: bool = true;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, BodyError> {
        let bytes = <&[u8]>::from_request(request, ()).await?;
        core::str::from_utf8(bytes).map_err(|error| BodyError::NotText {
            valid_up_to: error.valid_up_to(),
        })
    }
}

/// The whole body, as `&str` has it, in a buffer of its own.
impl<'r> FromRequest<'r> for String {
    type State = ();
    type Rejection = BodyError;
    const TAKES_BODY: bool = true;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, BodyError> {
        Ok(<&str>::from_request(request, ()).await?.to_owned())
    }
}

/// A part of the application's state.
impl<'r, T> FromRequest<'r> for &'r T {
    type State = &'r T;
    type Rejection = Infallible;

    async fn from_request(_: Request<'r>, state: &'r T) -> Result<Self, Infallible> {
        Ok(state)
    }
}
