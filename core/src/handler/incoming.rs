//! The contract between whoever takes the body and whoever receives it.
//!
//! Owns the trait that a connection implements, and the errors. Refuses to know
//! where bytes come from. Above it are `body`, a body in pieces, and `extract`,
//! the whole of one.

use core::fmt;
use core::ops::Range;
use core::task::{Context, Poll};
use std::io;

use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::status::Status;

/// A body that is being received.
pub(crate) trait Incoming {
    /// Receives until the whole body is there.
    fn poll_whole(&self, cx: &mut Context<'_>) -> Poll<Result<(), BodyError>>;

    /// Another limit for it, in bytes, however it is taken.
    fn limit(&self, bytes: u64);

    /// The whole body.
    ///
    /// # Panics
    ///
    /// If [`poll_whole`](Self::poll_whole) was not ready with `Ok` before.
    fn bytes(&self) -> &[u8];

    /// The announced length in bytes; `None` if it is not known before the end.
    fn length(&self) -> Option<u64>;

    /// Lends the means to take the body in pieces, to be given back with
    /// [`close`](Self::close).
    fn open(&self) -> Result<Spool, BodyError>;

    /// Receives until there is a piece of content in `spool`; `false` at the
    /// end. What was in it is gone.
    fn poll_next(&self, spool: &mut Spool, cx: &mut Context<'_>) -> Poll<Result<bool, BodyError>>;

    /// The bytes that `spool.content` is a place in.
    fn source<'s>(&'s self, spool: &'s Spool) -> &'s [u8];

    /// The end of an [`open`](Self::open).
    fn close(&self, spool: Spool);
}

/// Where a body in pieces is.
#[derive(Debug, Default)]
pub(crate) struct Spool {
    /// What was received last; `None` until something was: the start of the
    /// body came with the head.
    pub(crate) received: Option<Vec<u8>>,
    /// The piece of content in it. What is behind that was not looked at.
    pub(crate) content: Range<usize>,
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
    /// It is not UTF-8, and was to be text. Answered with 400.
    NotText {
        /// How many bytes from its start are.
        valid_up_to: usize,
    },
    /// The peer closed the connection in the middle of it. There is nobody
    /// left to answer.
    Incomplete,
    /// Another argument of the same handler has it. Answered with 500.
    Taken,
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => {
                write!(f, "the body is longer than the limit of {limit} bytes")
            }
            Self::Malformed { reason } => f.write_str(reason),
            Self::NotText { valid_up_to } => {
                write!(f, "the body is not UTF-8: byte {valid_up_to} does not fit")
            }
            Self::Incomplete => f.write_str("the connection was closed in the middle of the body"),
            Self::Taken => f.write_str(
                "the body was taken already: a handler may have one argument that takes it",
            ),
        }
    }
}

impl core::error::Error for BodyError {}

impl From<BodyError> for io::Error {
    fn from(error: BodyError) -> Self {
        let kind = match error {
            BodyError::Incomplete => io::ErrorKind::UnexpectedEof,
            BodyError::TooLarge { .. }
            | BodyError::Malformed { .. }
            | BodyError::NotText { .. } => io::ErrorKind::InvalidData,
            BodyError::Taken => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

impl Responder for BodyError {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        let status = match self {
            Self::TooLarge { .. } => Status::CONTENT_TOO_LARGE,
            Self::Malformed { .. } | Self::NotText { .. } | Self::Incomplete => Status::BAD_REQUEST,
            Self::Taken => Status::INTERNAL_SERVER_ERROR,
        };
        response.problem(status, self);
    }
}
