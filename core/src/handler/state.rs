//! The state of an application: made once, lent to every handler.
//!
//! Owns [`Provides`], and the way from the value that a server was given to
//! the parts that an argument asks for. Refuses to make or to guard state: it is
//! shared by all workers, so what changes in it is behind a lock or an atomic.
//! `routes!` says which state a set has, `extract` who asks for it.

use core::marker::PhantomData;
use std::sync::Arc;

/// State that has a `T` in it: an argument `&T` of a handler is that.
///
/// Every type provides itself; [`#[derive(State)]`](macro@crate::State) makes a
/// struct provide its fields.
///
/// ```
/// use tramline::{State, route, routes};
///
/// struct Db;
/// struct Mailer;
///
/// #[derive(State)]
/// struct AppState {
///     db: Db,
///     mailer: Mailer,
/// }
///
/// #[route(POST, "/users")]
/// fn add(db: &Db, mailer: &Mailer) {
///     let _ = (db, mailer);
/// }
///
/// routes! { App for AppState: add }
///
/// let state = AppState { db: Db, mailer: Mailer };
/// let server = tramline::Server::with_state(App, state);
/// # drop(server);
/// ```
#[diagnostic::on_unimplemented(
    message = "the state `{T}` is not in `{Self}`",
    label = "needs `&{T}`, but the state here is `{Self}`",
    note = "a set of routes names its state, as in `routes! {{ pub App for AppState: .. }}`, and `tramline::run_with(App, state)` serves it",
    note = "to have several, put `#[derive(tramline::State)]` on a struct with a field for each"
)]
pub trait Provides<T: ?Sized> {
    /// The part.
    fn provide(&self) -> &T;
}

impl<T> Provides<T> for T {
    fn provide(&self) -> &T {
        self
    }
}

/// Where the handlers of a set find their state. Named by generated code.
#[doc(hidden)]
pub trait Source<'r>: Copy {
    /// What is there.
    type State: 'static;

    fn state(self) -> &'r Self::State;

    /// A part of it, for longer than the request.
    fn keep<T: ?Sized + 'static>(self) -> Kept<T>
    where
        Self::State: Provides<T>;
}

/// What the server was given.
impl<'r, S: Send + Sync + 'static> Source<'r> for &'r Arc<S> {
    type State = S;

    #[inline]
    fn state(self) -> &'r S {
        self
    }

    fn keep<T: ?Sized + 'static>(self) -> Kept<T>
    where
        S: Provides<T>,
    {
        Kept(Box::new(Whole(Arc::clone(self))))
    }
}

/// For the handlers of a set that names no state. Named by generated code.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct NoState;

impl<'r> Source<'r> for NoState {
    type State = ();

    #[inline]
    fn state(self) -> &'r () {
        &()
    }

    fn keep<T: ?Sized + 'static>(self) -> Kept<T>
    where
        (): Provides<T>,
    {
        Kept(Box::new(Whole(Arc::new(()))))
    }
}

/// The `T` in what `H` has.
#[doc(hidden)]
pub struct Part<H, T>(H, PhantomData<fn() -> T>);

impl<H: Copy, T> Clone for Part<H, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<H: Copy, T> Copy for Part<H, T> {}

impl<'r, H: Source<'r>, T: 'static> Source<'r> for Part<H, T>
where
    H::State: Provides<T>,
{
    type State = T;

    #[inline]
    fn state(self) -> &'r T {
        self.0.state().provide()
    }

    fn keep<U: ?Sized + 'static>(self) -> Kept<U>
    where
        T: Provides<U>,
    {
        Kept(Box::new(Within(self.0.keep::<T>())))
    }
}

/// For the handlers of a set that names its state. Called by generated code.
#[doc(hidden)]
#[inline]
pub fn part<'r, T, H: Source<'r>>(source: H) -> Part<H, T>
where
    H::State: Provides<T>,
{
    Part(source, PhantomData)
}

/// What can be taken out of a state `S`: that of a handler's arguments.
#[doc(hidden)]
pub trait Wants<'r, S> {
    fn take_from(source: impl Source<'r, State = S>) -> Self;
}

impl<'r, S, T: ?Sized> Wants<'r, S> for &'r T
where
    S: Provides<T> + 'static,
{
    #[inline]
    fn take_from(source: impl Source<'r, State = S>) -> Self {
        source.state().provide()
    }
}

/// State that a job on another thread keeps: it ends with the last who does.
/// Named by generated code.
#[doc(hidden)]
pub struct Kept<T: ?Sized>(Box<dyn Keeps<T> + Send>);

impl<T: ?Sized> Kept<T> {
    pub fn get(&self) -> &T {
        self.0.kept()
    }
}

impl<'r, S: Provides<T>, T: ?Sized + 'static> Wants<'r, S> for Kept<T> {
    fn take_from(source: impl Source<'r, State = S>) -> Self {
        source.keep()
    }
}

trait Keeps<T: ?Sized> {
    fn kept(&self) -> &T;
}

struct Whole<S>(Arc<S>);

impl<S: Provides<T>, T: ?Sized> Keeps<T> for Whole<S> {
    fn kept(&self) -> &T {
        (*self.0).provide()
    }
}

struct Within<S>(Kept<S>);

impl<S: Provides<T>, T: ?Sized> Keeps<T> for Within<S> {
    fn kept(&self) -> &T {
        self.0.get().provide()
    }
}

impl<'r, S> Wants<'r, S> for () {
    #[inline]
    fn take_from(_: impl Source<'r, State = S>) -> Self {}
}

macro_rules! wants {
    ($($name:ident)*) => {
        impl<'r, S, $($name: Wants<'r, S>),*> Wants<'r, S> for ($($name,)*) {
            #[inline]
            fn take_from(source: impl Source<'r, State = S>) -> Self {
                ($($name::take_from(source),)*)
            }
        }
    };
}

wants!(A B);
wants!(A B C);
wants!(A B C D);
wants!(A B C D E);
wants!(A B C D E F);
wants!(A B C D E F G);
wants!(A B C D E F G H);
wants!(A B C D E F G H I);
wants!(A B C D E F G H I J);
wants!(A B C D E F G H I J K);
wants!(A B C D E F G H I J K L);
