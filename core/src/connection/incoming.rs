//! The body of the request whose turn it is.
//!
//! Owns the receiving of a body that a handler asks for, and the account of
//! what was not received. Refuses to copy a body that lies in the input
//! already, and to read past its end: the next request is never touched.

use core::cell::{Cell, OnceCell};
use core::task::{Context, Poll};

use crate::connection::wire::{Reply, Want, Wire};
use crate::handler::body::{BodyError, Incoming};
use crate::http::fields::Framing;

/// The interim response that asks for the body
/// ([RFC 9110, section 15.2.1](https://www.rfc-editor.org/rfc/rfc9110#section-15.2.1)).
const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// Bytes that a body's buffer grows by at first; then it doubles. Growing with
/// what arrives, and not with what is announced, keeps a peer from taking
/// memory by a header alone.
const FIRST_GROWTH: usize = 16 * 1024;

/// A body that is received through the wire.
pub(crate) struct WireBody<'t> {
    wire: &'t Wire,
    framing: Framing,
    /// The most bytes a body may have.
    limit: u64,
    /// The part of the body that came with the head.
    buffered: &'t [u8],
    progress: Cell<Progress>,
    /// The whole body, if it did not come with the head.
    whole: OnceCell<Vec<u8>>,
}

/// How far receiving got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// Nobody asked for the body.
    Untouched,
    /// The peer is being told to go on.
    Continuing,
    /// A read is wanted or answered.
    Reading,
    /// `whole` or `buffered` is the whole body.
    Whole,
    /// The peer is gone.
    Cut,
}

impl<'t> WireBody<'t> {
    /// The body framed by `framing`, of which `buffered` is the start.
    #[inline]
    pub(crate) fn new(wire: &'t Wire, framing: Framing, buffered: &'t [u8], limit: u64) -> Self {
        let progress = if buffered.len() as u64 == framing.length {
            Progress::Whole
        } else {
            Progress::Untouched
        };
        Self {
            wire,
            framing,
            limit,
            buffered,
            progress: Cell::new(progress),
            whole: OnceCell::new(),
        }
    }

    /// What is left on the wire after the handler.
    #[inline]
    pub(crate) fn leftover(&self) -> Leftover {
        match self.progress.get() {
            Progress::Whole => Leftover::None,
            // Whether the peer sends the body after a final status is its
            // choice, and cannot be told from the next request.
            Progress::Untouched if self.framing.expects_continue => Leftover::Unknown,
            Progress::Untouched => {
                Leftover::Bytes(self.framing.length - self.buffered.len() as u64)
            }
            // The handler was cut off, or gave up, in the middle.
            Progress::Continuing | Progress::Reading | Progress::Cut => Leftover::Unknown,
        }
    }

    fn read_more(&self, mut buffer: Vec<u8>) {
        let received = buffer.len();
        let missing = usize::try_from(self.framing.length).unwrap_or(usize::MAX) - received;
        let most = missing.min(received.max(FIRST_GROWTH));
        buffer.reserve(most);
        self.progress.set(Progress::Reading);
        self.wire.want(Want::Read { buffer, most });
    }
}

/// Body bytes that nobody received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leftover {
    /// None: the next request follows.
    None,
    /// This many come before the next request.
    Bytes(u64),
    /// It cannot be told where the next request starts.
    Unknown,
}

impl Incoming for WireBody<'_> {
    fn poll_whole(&self, _: &mut Context<'_>) -> Poll<Result<(), BodyError>> {
        match self.progress.get() {
            Progress::Whole => return Poll::Ready(Ok(())),
            Progress::Cut => return Poll::Ready(Err(BodyError::Incomplete)),
            Progress::Untouched if self.framing.length > self.limit => {
                return Poll::Ready(Err(BodyError::TooLarge { limit: self.limit }));
            }
            Progress::Untouched if self.framing.expects_continue && self.buffered.is_empty() => {
                self.progress.set(Progress::Continuing);
                self.wire.want(Want::Write(CONTINUE));
            }
            Progress::Untouched => self.read_more(self.buffered.to_vec()),
            Progress::Continuing | Progress::Reading => match self.wire.take_reply() {
                None => {}
                Some(Reply::Gone) => {
                    self.progress.set(Progress::Cut);
                    return Poll::Ready(Err(BodyError::Incomplete));
                }
                Some(Reply::Written) => self.read_more(Vec::new()),
                Some(Reply::Read(buffer)) if buffer.len() as u64 == self.framing.length => {
                    self.progress.set(Progress::Whole);
                    // Only here, and `Whole` never leads here again.
                    let _ = self.whole.set(buffer);
                    return Poll::Ready(Ok(()));
                }
                Some(Reply::Read(buffer)) => self.read_more(buffer),
            },
        }
        Poll::Pending
    }

    fn bytes(&self) -> &[u8] {
        assert_eq!(
            self.progress.get(),
            Progress::Whole,
            "the body was received"
        );
        self.whole.get().map_or(self.buffered, Vec::as_slice)
    }
}
