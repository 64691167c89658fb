//! The contract between a streamed response and the connection that sends it.
//!
//! Owns the trait, and the one box that a streamed response costs. Refuses to
//! know how content is framed, and when it is sent: `connection` does. Above it
//! are `streamed` and `events`, which implement it.

use core::pin::Pin;
use core::task::{Context, Poll};

/// What a content is produced by. It is not polled while the peer does not
/// read.
pub(crate) trait Producer {
    /// The media type, without control bytes.
    fn content_type(&self) -> &'static str;

    /// How many bytes there will be, if that is known.
    fn length(&self) -> Option<u64>;

    /// Appends to `out`, and changes nothing before that. `Pending` may come
    /// with something appended.
    fn poll_produce(self: Pin<&mut Self>, out: &mut Vec<u8>, cx: &mut Context<'_>) -> Poll<Step>;
}

/// What came of a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// There may be more.
    More,
    /// That was all.
    End,
    /// There should be more, and is not: the peer must be able to tell.
    Failed,
}

/// A producer that a response holds.
pub(crate) type BoxedProducer<'w> = Pin<Box<dyn Producer + 'w>>;
