//! The body of the request whose turn it is.
//!
//! Owns the receiving of a body that a handler asks for, and the account of
//! what was not received. Refuses to copy a body of known length that lies in
//! the input already, and to lose a byte of the next request.

use core::cell::{Cell, OnceCell};
use core::task::{Context, Poll};

use crate::connection::wire::{Reply, Want, Wire};
use crate::handler::body::{BodyError, Incoming};
use crate::http::body::Body;
use crate::http::fields::Framing;

/// The interim response that asks for the body
/// ([RFC 9110, section 15.2.1](https://www.rfc-editor.org/rfc/rfc9110#section-15.2.1)).
const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// Bytes received at once. Growing with what arrives, and not with what is
/// announced, keeps a peer from taking memory by a header alone.
const READ: usize = 16 * 1024;

/// The body of a request without one.
pub(crate) struct NoBody;

impl Incoming for NoBody {
    fn poll_whole(&self, _: &mut Context<'_>) -> Poll<Result<(), BodyError>> {
        Poll::Ready(Ok(()))
    }

    fn bytes(&self) -> &[u8] {
        &[]
    }
}

/// A body that is received through the wire.
pub(crate) struct WireBody<'t> {
    wire: &'t Wire,
    framing: Framing,
    /// The most bytes the content may have.
    limit: u64,
    /// What came behind the head: the body or its start, and perhaps requests
    /// that follow.
    input: &'t [u8],
    progress: Cell<Progress>,
    /// While it is received: what is to come, and the content so far.
    receiving: Cell<Option<Receiving>>,
    /// The whole body, unless its content is a part of `input`.
    whole: OnceCell<Received>,
}

struct Receiving {
    body: Body,
    content: Vec<u8>,
}

struct Received {
    content: Vec<u8>,
    /// What was received behind the end of the body.
    surplus: Vec<u8>,
}

/// How far receiving got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// Nobody asked for the body.
    Untouched,
    /// It is received: the lane waits for its driver.
    Receiving,
    /// It is all there, and its last byte is this far into `input`, or beyond
    /// it.
    Whole { end: usize },
    /// Receiving has failed.
    Failed(BodyError),
}

/// What a request leaves on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leftover {
    /// Nothing: the next request follows.
    Nothing,
    /// This body, which nobody took.
    Body(Body),
    /// It cannot be told where the next request starts.
    Unknown,
}

impl<'t> WireBody<'t> {
    /// The body framed by `framing`, whose start is at the start of `input`.
    #[inline]
    pub(crate) fn new(wire: &'t Wire, framing: Framing, input: &'t [u8], limit: u64) -> Self {
        let progress = match framing.body {
            Body::Length(length) if length <= limit.min(input.len() as u64) => Progress::Whole {
                // It fits: it is no more than the length of a slice.
                end: usize::try_from(length).unwrap_or(usize::MAX),
            },
            _ => Progress::Untouched,
        };
        Self {
            wire,
            framing,
            limit,
            input,
            progress: Cell::new(progress),
            receiving: Cell::new(None),
            whole: OnceCell::new(),
        }
    }

    /// How many bytes of the input belong to the body, and what is left of it
    /// on the wire.
    #[inline]
    pub(crate) fn leave(&self) -> (usize, Leftover) {
        match self.progress.get() {
            Progress::Whole { end } => (end, Leftover::Nothing),
            Progress::Untouched => self.leave_untouched(),
            // The handler gave up in the middle, or the peer did.
            Progress::Receiving | Progress::Failed(_) => {
                // An answer that the handler did not look at any more must not
                // be taken for one to the next request of this lane.
                drop(self.wire.take_reply());
                (self.input.len(), Leftover::Unknown)
            }
        }
    }

    #[cold]
    fn leave_untouched(&self) -> (usize, Leftover) {
        let mut body = self.framing.body;
        match body.decode(self.input, |_| {}) {
            Ok(end) if body.is_done() => (end, Leftover::Nothing),
            // Whether the peer sends the body after a final status is its
            // choice, and cannot be told from the next request.
            Ok(end) if !self.framing.expects_continue => (end, Leftover::Body(body)),
            Ok(_) | Err(_) => (self.input.len(), Leftover::Unknown),
        }
    }

    /// What was received behind the body: the start of the next requests, if
    /// the whole input was used up.
    #[inline]
    pub(crate) fn into_surplus(self) -> Vec<u8> {
        self.whole
            .into_inner()
            .map_or(Vec::new(), |received| received.surplus)
    }

    fn start(&self) -> Result<(), BodyError> {
        if matches!(self.framing.body, Body::Length(length) if length > self.limit) {
            return Err(BodyError::TooLarge { limit: self.limit });
        }
        self.progress.set(Progress::Receiving);
        self.receiving.set(Some(Receiving {
            body: self.framing.body,
            content: Vec::new(),
        }));
        if self.framing.expects_continue && self.input.is_empty() {
            self.wire.want(Want::Write(CONTINUE));
            return Ok(());
        }
        let end = self.take(self.input, false)?;
        match self.progress.get() {
            Progress::Whole { .. } => self.progress.set(Progress::Whole { end }),
            _ => self.read_more(Vec::with_capacity(READ)),
        }
        Ok(())
    }

    /// Takes in what was received, and says how much of it is the body's. What
    /// comes behind the body is kept if it is `owed` to the next request.
    fn take(&self, received: &[u8], owed: bool) -> Result<usize, BodyError> {
        let Some(Receiving {
            mut body,
            mut content,
        }) = self.receiving.take()
        else {
            return Err(BodyError::Incomplete);
        };
        let limit = self.limit;
        let mut fits = true;
        let end = body
            .decode(received, |bytes| {
                fits &= content.len() as u64 + bytes.len() as u64 <= limit;
                if fits {
                    content.extend_from_slice(bytes);
                }
            })
            .map_err(|refusal| BodyError::Malformed {
                reason: refusal.reason(),
            })?;
        if !fits {
            return Err(BodyError::TooLarge { limit });
        }
        if body.is_done() {
            self.progress.set(Progress::Whole {
                end: self.input.len(),
            });
            // Only here, and `Whole` never leads here again.
            let surplus = if owed {
                received[end..].to_vec()
            } else {
                Vec::new()
            };
            let _ = self.whole.set(Received { content, surplus });
        } else {
            self.receiving.set(Some(Receiving { body, content }));
        }
        Ok(end)
    }

    fn read_more(&self, buffer: Vec<u8>) {
        self.wire.want(Want::Read { buffer, most: READ });
    }

    /// Goes on after the driver's answer.
    fn go_on(&self, reply: Reply) -> Result<(), BodyError> {
        match reply {
            Reply::Gone => Err(BodyError::Incomplete),
            Reply::Written => {
                self.read_more(Vec::with_capacity(READ));
                Ok(())
            }
            Reply::Read(mut received) => {
                let end = self.take(&received, true)?;
                if self.progress.get() == Progress::Receiving {
                    debug_assert_eq!(end, received.len());
                    received.clear();
                    self.read_more(received);
                }
                Ok(())
            }
        }
    }
}

impl Incoming for WireBody<'_> {
    fn poll_whole(&self, cx: &mut Context<'_>) -> Poll<Result<(), BodyError>> {
        let step = match self.progress.get() {
            Progress::Whole { .. } => return Poll::Ready(Ok(())),
            Progress::Failed(error) => return Poll::Ready(Err(error)),
            Progress::Untouched => self.start(),
            Progress::Receiving => match self.wire.take_reply() {
                None => {
                    self.wire.wait(cx);
                    return Poll::Pending;
                }
                Some(reply) => self.go_on(reply),
            },
        };
        if let Err(error) = step {
            // A body that is only too long is still where it was.
            if self.progress.get() != Progress::Untouched {
                self.progress.set(Progress::Failed(error));
            }
            return Poll::Ready(Err(error));
        }
        match self.progress.get() {
            Progress::Whole { .. } => Poll::Ready(Ok(())),
            _ => Poll::Pending,
        }
    }

    fn bytes(&self) -> &[u8] {
        let Progress::Whole { end } = self.progress.get() else {
            panic!("the body was not received");
        };
        match self.whole.get() {
            Some(received) => &received.content,
            None => &self.input[..end],
        }
    }
}
