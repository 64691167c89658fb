//! The body of the request whose turn it is.
//!
//! Owns the receiving of a body that a handler asks for, in pieces or whole,
//! and the account of what was not received. Refuses to copy what lies in the
//! input already, to hold more than one buffer of a body that is taken in
//! pieces, and to lose a byte of the next request.

use core::cell::{Cell, OnceCell};
use core::task::{Context, Poll, ready};

use crate::connection::wire::{Reply, Wire};
use crate::handler::incoming::{BodyError, Incoming, Spool};
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

    fn limit(&self, _: u64) {}

    fn bytes(&self) -> &[u8] {
        &[]
    }

    fn length(&self) -> Option<u64> {
        Some(0)
    }

    fn open(&self) -> Result<Spool, BodyError> {
        Ok(Spool::default())
    }

    fn poll_next(&self, _: &mut Spool, _: &mut Context<'_>) -> Poll<Result<bool, BodyError>> {
        Poll::Ready(Ok(false))
    }

    fn source<'s>(&'s self, _: &'s Spool) -> &'s [u8] {
        &[]
    }

    fn close(&self, _: Spool) {}
}

/// A body that is received through the wire.
pub(crate) struct WireBody<'t> {
    wire: &'t Wire,
    framing: Framing,
    /// The most bytes the content may have, if it is taken whole, and if it is
    /// taken in pieces.
    limits: Cell<[u64; 2]>,
    /// The bytes of content that were given out.
    given: Cell<u64>,
    /// What came behind the head: the body or its start, and perhaps requests
    /// that follow.
    input: &'t [u8],
    /// What is to come behind the content of the spool.
    coming: Cell<Body>,
    /// Where receiving is; `None` while whoever takes the body in pieces has
    /// it.
    spool: Cell<Option<Spool>>,
    taken: Cell<Taken>,
    /// A read is under way.
    reading: Cell<bool>,
    failed: Cell<Option<BodyError>>,
    /// The content so far, if it is taken whole and not a part of `input`.
    content: Cell<Vec<u8>>,
    whole: OnceCell<Whole<'t>>,
    surplus: Cell<Vec<u8>>,
}

/// How the body was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Not,
    Whole,
    InPieces,
}

/// All of a body.
enum Whole<'t> {
    /// As it came behind the head.
    Input(&'t [u8]),
    Received(Vec<u8>),
}

/// What of a body is still to come.
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
        Self {
            wire,
            framing,
            limits: Cell::new([limit, u64::MAX]),
            given: Cell::new(0),
            input,
            coming: Cell::new(framing.body()),
            spool: Cell::new(Some(Spool::default())),
            taken: Cell::new(Taken::Not),
            reading: Cell::new(false),
            failed: Cell::new(None),
            content: Cell::default(),
            whole: OnceCell::new(),
            surplus: Cell::default(),
        }
    }

    /// The request is answered: how many bytes of the input belong to the body,
    /// and what is left of it on the wire. Not to be called twice.
    #[inline]
    pub(crate) fn leave(&self) -> (usize, Leftover) {
        // A spool that was never given back has bytes that nobody knows.
        let Some(mut spool) = self.spool.take() else {
            return self.leave_unknown();
        };
        self.stop_reading(&mut spool);
        let (end, leftover) = self.left(&spool);
        if leftover == Leftover::Unknown {
            return self.leave_unknown();
        }
        match spool.received {
            None => (end, leftover),
            Some(mut received) => {
                received.drain(..end);
                self.surplus.set(received);
                (self.input.len(), leftover)
            }
        }
    }

    #[cold]
    fn leave_unknown(&self) -> (usize, Leftover) {
        // An answer that came too late must not be taken for one to the next
        // request of this lane.
        drop(self.wire.cancel_read());
        (self.input.len(), Leftover::Unknown)
    }

    /// Where the part of the body ends that was received, and what comes then.
    fn left(&self, spool: &Spool) -> (usize, Leftover) {
        let begin = spool.content.end;
        let mut coming = self.coming.get();
        let Ok(skipped) = coming.skip(&self.source(spool)[begin..]) else {
            return (begin, Leftover::Unknown);
        };
        let leftover = if coming.is_done() {
            Leftover::Nothing
        } else if self.is_broken() || self.waits_for_continue() {
            // Whether the peer sends the body after a final status is its
            // choice, and cannot be told from the next request.
            Leftover::Unknown
        } else {
            Leftover::Body(coming)
        };
        (begin + skipped, leftover)
    }

    /// Whether the connection goes on behind what is left, of which up to `most`
    /// bytes are thrown away.
    ///
    /// A body is judged by its whole, as what is left depends on how the peer cut
    /// it; but by the rest if a handler took its part.
    pub(crate) fn is_passed_over(&self, leftover: Leftover, most: u64) -> bool {
        match leftover {
            Leftover::Nothing => true,
            Leftover::Body(rest) => {
                let judged = match self.taken.get() {
                    Taken::InPieces => rest,
                    Taken::Not | Taken::Whole => self.framing.body(),
                };
                !judged.is_longer_than(most)
            }
            Leftover::Unknown => false,
        }
    }

    /// What was received behind the end of a body that was left: the start of
    /// the next requests, if the whole input was used up.
    #[inline]
    pub(crate) fn take_surplus(&self) -> Vec<u8> {
        self.surplus.take()
    }

    /// A final response is about to begin whose content is produced. If its
    /// producer holds the body, it is for reading it, and this is the last chance
    /// to ask the peer for it. If not, nobody will take what is left: says whether
    /// the connection can go on behind that.
    #[cold]
    pub(crate) fn precede(&self, most: u64) -> bool {
        if let Some(spool) = self.spool.take() {
            let (_, leftover) = self.left(&spool);
            self.spool.set(Some(spool));
            return self.is_passed_over(leftover, most);
        }
        if self.waits_for_continue() && self.input.is_empty() && !self.reading.get() {
            self.wire.write(CONTINUE);
        }
        true
    }

    /// Whether the end of the body cannot be found any more.
    fn is_broken(&self) -> bool {
        let failed = self.failed.get();
        failed.is_some_and(|error| !matches!(error, BodyError::TooLarge { .. }))
    }

    /// Whether the peer was to be asked for the body, and was not.
    fn waits_for_continue(&self) -> bool {
        self.framing.expects_continue && self.coming.get() == self.framing.body()
    }

    fn fail<T>(&self, error: BodyError) -> Poll<Result<T, BodyError>> {
        self.failed.set(Some(error));
        Poll::Ready(Err(error))
    }

    /// The most bytes the content may have, the way it is taken.
    fn limit(&self) -> u64 {
        let [whole, in_pieces] = self.limits.get();
        match self.taken.get() {
            Taken::InPieces => in_pieces,
            Taken::Not | Taken::Whole => whole,
        }
    }

    /// Whether what was announced is within the limit.
    fn check_length(&self, limit: u64) -> Result<(), BodyError> {
        match self.framing.length {
            Some(length) if length > limit => Err(BodyError::TooLarge { limit }),
            _ => Ok(()),
        }
    }

    /// Takes back a read, and what came of it.
    fn stop_reading(&self, spool: &mut Spool) {
        if self.reading.replace(false) {
            match self.wire.cancel_read() {
                Some(Reply::Read(received)) => spool.received = Some(received),
                Some(Reply::Gone) => self.failed.set(Some(BodyError::Incomplete)),
                None => {}
            }
        }
    }

    /// Asks for more, into the buffer that was used up.
    fn read_more(&self, spool: &mut Spool) {
        if spool.received.is_none() {
            self.wire.begin_body();
            // Behind the start of a final answer it would be a part of that.
            if self.framing.expects_continue && self.input.is_empty() && !self.wire.is_streaming() {
                self.wire.write(CONTINUE);
            }
        }
        let mut buffer = spool
            .received
            .replace(Vec::new())
            .filter(|buffer| buffer.capacity() >= READ)
            .unwrap_or_else(|| Vec::with_capacity(READ));
        buffer.clear();
        spool.content = 0..0;
        self.reading.set(true);
        self.wire.read(buffer);
    }

    /// Receives what is missing of the whole.
    fn poll_rest(&self, spool: &mut Spool, cx: &mut Context<'_>) -> Poll<Result<(), BodyError>> {
        while ready!(self.poll_next(spool, cx))? {
            let mut content = self.content.take();
            content.extend_from_slice(&self.source(spool)[spool.content.clone()]);
            self.content.set(content);
        }
        let _ = self.whole.set(Whole::Received(self.content.take()));
        Poll::Ready(Ok(()))
    }
}

impl Incoming for WireBody<'_> {
    fn poll_whole(&self, cx: &mut Context<'_>) -> Poll<Result<(), BodyError>> {
        if self.whole.get().is_some() {
            return Poll::Ready(Ok(()));
        }
        if self.taken.replace(Taken::Whole) == Taken::InPieces {
            self.taken.set(Taken::InPieces);
            return Poll::Ready(Err(BodyError::Taken));
        }
        self.check_length(self.limit())?;
        if let Some(length) = self.framing.length
            && let Ok(length) = usize::try_from(length)
            && let Some(bytes) = self.input.get(..length)
        {
            let _ = self.whole.set(Whole::Input(bytes));
            return Poll::Ready(Ok(()));
        }
        let mut spool = self.spool.take().unwrap_or_default();
        let rest = self.poll_rest(&mut spool, cx);
        self.spool.set(Some(spool));
        rest
    }

    fn limit(&self, bytes: u64) {
        self.limits.set([bytes; 2]);
    }

    fn bytes(&self) -> &[u8] {
        match self.whole.get() {
            Some(Whole::Input(bytes)) => bytes,
            Some(Whole::Received(bytes)) => bytes,
            None => panic!("the body was not received"),
        }
    }

    fn length(&self) -> Option<u64> {
        self.framing.length
    }

    fn open(&self) -> Result<Spool, BodyError> {
        if self.taken.get() != Taken::Not {
            return Err(BodyError::Taken);
        }
        let [_, limit] = self.limits.get();
        self.check_length(limit)?;
        self.taken.set(Taken::InPieces);
        self.spool.take().ok_or(BodyError::Taken)
    }

    fn poll_next(&self, spool: &mut Spool, cx: &mut Context<'_>) -> Poll<Result<bool, BodyError>> {
        loop {
            if let Some(error) = self.failed.get() {
                return Poll::Ready(Err(error));
            }
            if self.reading.get() {
                let Some(reply) = self.wire.take_reply() else {
                    self.wire.wait(cx);
                    return Poll::Pending;
                };
                self.reading.set(false);
                match reply {
                    Reply::Read(received) => spool.received = Some(received),
                    Reply::Gone => return self.fail(BodyError::Incomplete),
                }
            }
            let begin = spool.content.end;
            let mut coming = self.coming.get();
            match coming.next(&self.source(spool)[begin..]) {
                Ok(piece) => {
                    let (given, limit) = (self.given.get() + piece.len() as u64, self.limit());
                    if given > limit {
                        return self.fail(BodyError::TooLarge { limit });
                    }
                    self.given.set(given);
                    self.coming.set(coming);
                    spool.content = begin + piece.start..begin + piece.end;
                }
                Err(refusal) => {
                    return self.fail(BodyError::Malformed {
                        reason: refusal.reason(),
                    });
                }
            }
            if !spool.content.is_empty() {
                return Poll::Ready(Ok(true));
            }
            if coming.is_done() {
                return Poll::Ready(Ok(false));
            }
            self.read_more(spool);
        }
    }

    fn source<'s>(&'s self, spool: &'s Spool) -> &'s [u8] {
        spool.received.as_deref().unwrap_or(self.input)
    }

    fn close(&self, mut spool: Spool) {
        self.stop_reading(&mut spool);
        spool.content.start = spool.content.end;
        self.spool.set(Some(spool));
    }
}
