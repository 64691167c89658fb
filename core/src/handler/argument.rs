//! The type of a function's argument, from the function alone.
//!
//! Owns [`Arguments`], by which `url!` learns of which type the value of a
//! parameter is: nothing is generated beside the handlers for it. Refuses to
//! know which argument a parameter is: `routing::link` does. How values are
//! written is `url`'s.
//!
//! A function implements [`Takes`] of the list of its arguments, which is nested:
//! that of `fn(u64, &str)` is `(u64, (&str, ()))`. So what is [`At`] a place is
//! there whatever follows, and one implementation is enough for each place.

use core::fmt;
use core::marker::PhantomData;

use crate::handler::url::ToParam;
use crate::routing::link::UNHANDLED;

/// A value with the arguments `L`: a function has those it is called with, a
/// constant none. Of a route with an error, `PROOF` is that error,
/// and no other is told.
#[diagnostic::on_unimplemented(
    message = "`url!` cannot tell the arguments of this handler",
    label = "has more than 16 arguments",
    note = "take some of them together, as one type with `#[derive(tramline::FromRequest)]`"
)]
pub trait Takes<const PROOF: bool, L> {}

/// A list of arguments with something at `PLACE`.
pub trait At<const PLACE: usize> {
    /// What is there: [`Argument`] or [`Unhandled`].
    type Found;
    /// Its only value.
    const FOUND: Self::Found;
}

/// The list `L` of a handler's arguments.
#[derive(Debug)]
pub struct Arguments<L>(PhantomData<fn() -> L>);

/// The arguments of `handler`, which is not called. Named by generated code.
pub fn arguments<const PROOF: bool, F, L>(_handler: F) -> Arguments<L>
where
    F: Takes<PROOF, L>,
{
    Arguments(PhantomData)
}

impl<L> Arguments<L> {
    /// What takes a parameter.
    pub fn at<const PLACE: usize>(&self) -> L::Found
    where
        L: At<PLACE>,
    {
        L::FOUND
    }
}

impl<L> Clone for Arguments<L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<L> Copy for Arguments<L> {}

/// The type of a handler's argument.
#[derive(Debug)]
pub struct Argument<P>(PhantomData<fn() -> P>);

impl<P> Argument<P> {
    /// Writes a value for it. A reference to it coerces, which is how a
    /// `&String` is a `&str`.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write(&self, value: &P::Value, out: &mut dyn fmt::Write) -> fmt::Result
    where
        P: ToParam,
    {
        P::to_param(value, out)
    }
}

/// A parameter that no handler has: one of a mount prefix.
#[derive(Debug)]
pub struct Unhandled;

impl Unhandled {
    /// Writes a value for it, as it is shown.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write(
        &self,
        value: &(impl fmt::Display + ?Sized),
        out: &mut dyn fmt::Write,
    ) -> fmt::Result {
        write!(out, "{value}")
    }
}

impl<L> At<UNHANDLED> for L {
    type Found = Unhandled;
    const FOUND: Unhandled = Unhandled;
}

/// The arguments of what is not called: text, or bytes.
#[derive(Debug)]
pub struct Constant;

#[diagnostic::do_not_recommend]
impl<const PROOF: bool, T: ?Sized> Takes<PROOF, Constant> for &T {}

impl<const PROOF: bool, F: Fn() -> R, R> Takes<PROOF, ()> for F {}

/// `list!(A B; Rest)` is `(A, (B, Rest))`.
macro_rules! list {
    (; $rest:ty) => { $rest };
    ($first:ident $($others:ident)*; $rest:ty) => { ($first, list!($($others)*; $rest)) };
}

/// Functions whose last argument is at each of these places, and what is there.
macro_rules! places {
    ([$($before:ident)*]) => {};
    ([$($before:ident)*] $place:literal $last:ident $($others:tt)*) => {
        impl<const PROOF: bool, F, R, $($before,)* $last>
            Takes<PROOF, list!($($before)* $last; ())> for F
        where
            F: Fn($($before,)* $last) -> R,
        {
        }

        impl<$($before,)* $last, Rest> At<$place> for list!($($before)* $last; Rest) {
            type Found = Argument<$last>;
            const FOUND: Argument<$last> = Argument(PhantomData);
        }

        places!([$($before)* $last] $($others)*);
    };
}

places!([] 0 A0 1 A1 2 A2 3 A3 4 A4 5 A5 6 A6 7 A7 8 A8 9 A9 10 A10 11 A11 12 A12 13 A13 14 A14 15 A15);

#[cfg(test)]
mod tests {
    use core::future::{Future, ready};
    use std::borrow::Cow;

    use super::arguments;
    use crate::routing::link::UNHANDLED;

    fn several<'a>(_: &[u8], number: u64, text: &'a str, other: Cow<'_, str>) -> &'a str {
        let _ = (number, other);
        text
    }

    fn waiting(letter: char) -> impl Future<Output = char> {
        ready(letter)
    }

    #[test]
    fn a_value_is_written_as_the_argument_at_its_place() {
        let mut out = String::new();
        let (several, waiting) = (
            arguments::<true, _, _>(several),
            arguments::<true, _, _>(waiting),
        );
        let written = [
            several.at::<1>().write(&7, &mut out),
            several.at::<2>().write("two", &mut out),
            several.at::<3>().write(&String::from("three"), &mut out),
            waiting.at::<0>().write(&'w', &mut out),
        ];
        assert_eq!((out.as_str(), written), ("7twothreew", [Ok(()); 4]));
    }

    #[test]
    fn what_no_handler_takes_is_shown() {
        let mut out = String::new();
        let written = [
            arguments::<true, _, _>("constant")
                .at::<UNHANDLED>()
                .write("x", &mut out),
            arguments::<true, _, _>(b"constant")
                .at::<UNHANDLED>()
                .write(&1.5, &mut out),
            arguments::<true, _, _>(|| ())
                .at::<UNHANDLED>()
                .write(&'c', &mut out),
        ];
        assert_eq!((out.as_str(), written), ("x1.5c", [Ok(()); 3]));
    }
}
