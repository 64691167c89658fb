//! The handlers of the other tests, with a layer around them that changes nothing.

use crate::fuzzing::Idle;
use crate::routes;

routes! {
    #[layer(Idle)]
    pub(crate) Layered: super::several, super::index, super::CONSTANT, super::show, super::echo,
        super::ignore, super::panicking, super::slow, super::remove
}
