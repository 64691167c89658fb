//! Extractors made of extractors.
//!
//! Owns what `Option`, `Result` and tuples of extractors take. Refuses path
//! parameters, which are not optional: a path without one is another path.
//! `#[derive(FromRequest)]` does for a struct what is done for a tuple here.

use core::convert::Infallible;

use crate::handler::either::Either;
use crate::handler::extract::FromRequest;
use crate::handler::request::Request;

/// `None` for whatever reason the request does not have it; ask for a `Result`
/// where the reason matters.
impl<'r, T: FromRequest<'r>> FromRequest<'r> for Option<T> {
    type State = T::State;
    type Rejection = Infallible;
    const TAKES_BODY: bool = T::TAKES_BODY;

    async fn from_request(request: Request<'r>, state: T::State) -> Result<Self, Infallible> {
        Ok(T::from_request(request, state).await.ok())
    }
}

/// The handler decides what becomes of a request that does not have it.
impl<'r, T: FromRequest<'r>> FromRequest<'r> for Result<T, T::Rejection> {
    type State = T::State;
    type Rejection = Infallible;
    const TAKES_BODY: bool = T::TAKES_BODY;

    async fn from_request(request: Request<'r>, state: T::State) -> Result<Self, Infallible> {
        Ok(T::from_request(request, state).await)
    }
}

/// Both, in this order; the first that is not there is the answer.
impl<'r, A: FromRequest<'r>, B: FromRequest<'r>> FromRequest<'r> for (A, B) {
    type State = (A::State, B::State);
    type Rejection = Either<A::Rejection, B::Rejection>;
    const TAKES_BODY: bool = A::TAKES_BODY || B::TAKES_BODY;

    async fn from_request(
        request: Request<'r>,
        state: Self::State,
    ) -> Result<Self, Self::Rejection> {
        let first = A::from_request(request, state.0)
            .await
            .map_err(Either::Left)?;
        let second = B::from_request(request, state.1)
            .await
            .map_err(Either::Right)?;
        Ok((first, second))
    }
}

/// Each, in order, as if the second and those behind it were one.
macro_rules! tuple {
    ($first:ident $($rest:ident)+) => {
        /// Each, in order; the first that is not there is the answer. For more, see
        /// [`#[derive(FromRequest)]`](derive@crate::FromRequest).
        // The lists of the compiler are short, and have something better to name.
        #[diagnostic::do_not_recommend]
        impl<'r, $first: FromRequest<'r>, $($rest: FromRequest<'r>),+> FromRequest<'r> for ($first, $($rest),+) {
            type State = ($first::State, $($rest::State),+);
            type Rejection = <($first, ($($rest),+)) as FromRequest<'r>>::Rejection;
            const TAKES_BODY: bool = <($first, ($($rest),+)) as FromRequest<'r>>::TAKES_BODY;

            #[allow(non_snake_case, reason = "one name for type and value")]
            async fn from_request(
                request: Request<'r>,
                ($first, $($rest),+): Self::State,
            ) -> Result<Self, Self::Rejection> {
                let ($first, ($($rest),+)) =
                    <($first, ($($rest),+))>::from_request(request, ($first, ($($rest),+))).await?;
                Ok(($first, $($rest),+))
            }
        }
    };
}

tuple!(A B C);
tuple!(A B C D);
tuple!(A B C D E);
tuple!(A B C D E F);
