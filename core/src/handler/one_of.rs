//! One of several calls: the future of a set that has several handlers.
//!
//! Owns the enums that `dispatch` is made of, the answer to a number that no
//! handler has, and what stands for an entry that a `cfg` left out. Refuses to
//! hold more than one call at a time, so that a set's future is as large as its
//! largest handler's. `routes!` says which call has which place; of more than
//! eight it nests them.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::handler::call::Done;

macro_rules! one_of {
    ($name:ident $projected:ident $($call:ident)*) => {
        pin_project! {
            /// Runs the one call that there is. Named by generated code.
            #[doc(hidden)]
            #[derive(Debug)]
            #[project = $projected]
            pub enum $name<$($call),*> {
                $($call { #[pin] call: $call },)*
            }
        }

        impl<$($call: Future<Output = ()>),*> Future for $name<$($call),*> {
            type Output = ();

            #[inline]
            fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
                match self.project() {
                    $($projected::$call { call } => call.poll(cx),)*
                }
            }
        }
    };
}

one_of!(OneOf2 Projected2 A B);
one_of!(OneOf3 Projected3 A B C);
one_of!(OneOf4 Projected4 A B C D);
one_of!(OneOf5 Projected5 A B C D E);
one_of!(OneOf6 Projected6 A B C D E F);
one_of!(OneOf7 Projected7 A B C D E F G);
one_of!(OneOf8 Projected8 A B C D E F G H);

/// The call of a number that no handler has. Called by generated code.
#[doc(hidden)]
#[cold]
pub fn no_handler() -> ! {
    unreachable!("a set is called by the numbers of its handlers")
}

/// The call of an entry that is not there: one of a known type. Called by
/// generated code.
#[doc(hidden)]
#[cold]
pub fn absent() -> Done {
    no_handler()
}
