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
/// Every type provides itself.
///
/// ```
/// use tramline::Provides;
///
/// struct Db;
/// struct AppState {
///     db: Db,
/// }
///
/// impl Provides<Db> for AppState {
///     fn provide(&self) -> &Db {
///         &self.db
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the state `{T}` is not in `{Self}`",
    label = "needs `&{T}`, but the state here is `{Self}`",
    note = "a set of routes names its state, as in `routes! {{ pub App for AppState: .. }}`, and `tramline::run_with(App, state)` serves it",
    note = "to have several, implement `tramline::Provides<{T}>` for the type of the state"
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
}

/// What the server was given.
impl<'r, S: 'static> Source<'r> for &'r Arc<S> {
    type State = S;

    #[inline]
    fn state(self) -> &'r S {
        self
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

/// What the arguments of a handler want. Called by generated code.
#[doc(hidden)]
#[inline]
pub fn take<'r, T, H: Source<'r>>(source: H) -> T
where
    T: Wants<'r, H::State>,
{
    T::take_from(source)
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
