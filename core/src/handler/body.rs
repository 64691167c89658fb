//! The body of a request, seen from the handler.
//!
//! Owns the contract between an extractor and the connection that receives the
//! body. Refuses to know where bytes come from: `connection` implements
//! [`Incoming`].

use core::task::{Context, Poll};

use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::status::Status;

/// A body that is being received.
pub(crate) trait Incoming {
    /// Receives until the whole body is there.
    fn poll_whole(&self, cx: &mut Context<'_>) -> Poll<Result<(), BodyError>>;

    /// The whole body.
    ///
    /// # Panics
    ///
    /// If [`poll_whole`](Self::poll_whole) was not ready with `Ok` before.
    fn bytes(&self) -> &[u8];
}

/// Why a body could not be received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyError {
    /// It is longer than the limit, in bytes. Answered with 413.
    TooLarge {
        /// The most bytes a body may have.
        limit: u64,
    },
    /// It is not validly coded. Answered with 400.
    Malformed {
        /// What is wrong.
        reason: &'static str,
    },
    /// The peer closed the connection in the middle of it. There is nobody
    /// left to answer.
    Incomplete,
}

impl core::fmt::Display for BodyError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::TooLarge { limit } => {
                write!(f, "the body is longer than the limit of {limit} bytes")
            }
            Self::Malformed { reason } => f.write_str(reason),
            Self::Incomplete => f.write_str("the connection was closed in the middle of the body"),
        }
    }
}

impl core::error::Error for BodyError {}

impl Responder for BodyError {
    fn respond(self, response: &mut Response<'_>) {
        let status = match self {
            Self::TooLarge { .. } => Status::CONTENT_TOO_LARGE,
            Self::Malformed { .. } | Self::Incomplete => Status::BAD_REQUEST,
        };
        response.problem(status, self);
    }
}
