//! A response whose content is produced while it is sent.
//!
//! Owns the framing of such content and its flow: the producer is polled while
//! there is room in the output, and what it gave is sent when it waits. Refuses
//! to make a response look complete that is not, and to hold more than the
//! output's bound and one piece of the producer's.

use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::task::{Context, Poll};

use crate::connection::conn::Next;
use crate::connection::incoming::WireBody;
use crate::connection::limits::Limits;
use crate::connection::wire::Wire;
use crate::handler::producer::{BoxedProducer, Step};
use crate::handler::response::Response;
use crate::handler::unwinding::{caught, discard};
use crate::http::fields::Version;

/// Bytes of content at which a chunk ends; below 2^16, see [`SIZE`].
const CHUNK: usize = 16 * 1024;
/// Room for the size of a chunk, which is learnt when its content is there.
const SIZE: &[u8] = b"0000\r\n";
/// The last chunk, and no trailer.
const LAST: &[u8] = b"0\r\n\r\n";
/// Polls of a producer that gives nothing, before others have their turn.
const POLLS_AT_ONCE: usize = 256;

/// Where the content ends
/// ([RFC 9112, section 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Delimiter {
    /// After this many bytes.
    Length(u64),
    /// With the last chunk.
    Chunks,
    /// With the connection: HTTP/1.0 knows no chunks.
    Close,
}

impl Delimiter {
    /// Whether no content follows so many bytes more.
    fn is_reached_by(self, content: usize) -> bool {
        matches!(self, Self::Length(left) if left <= content as u64)
    }
}

/// What must be known of an exchange to send a response in pieces.
#[derive(Clone, Copy)]
pub(crate) struct Outgoing<'t> {
    pub(crate) wire: &'t Wire,
    /// What the response is written to, if that is not the output.
    pub(crate) apart: &'t RefCell<Vec<u8>>,
    /// With the bytes of output at which the producer is not polled any more.
    pub(crate) limits: &'t Limits,
    pub(crate) version: Version,
    /// The request was HEAD.
    pub(crate) bodyless: bool,
    /// Whether the connection is to stay.
    pub(crate) persists: bool,
}

/// How the connection is after a response that was sent in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// As after any other.
    Whole,
    /// The response is complete, but was the last.
    Last,
    /// The response is not complete, which this tells the peer.
    Cut(Next),
}

/// How producing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// The response is complete.
    All,
    /// It is complete, though the producer gave more than it had said.
    TooMuch,
    /// It is not complete.
    TooLittle,
}

impl Outgoing<'_> {
    /// Writes the head, and then what the producer gives. `body`: that of the
    /// request.
    #[cold]
    pub(crate) async fn send(
        self,
        response: &mut Response<'_>,
        producer: BoxedProducer<'_>,
        body: Option<&WireBody<'_>>,
    ) -> Sent {
        let delimiter = match (producer.length(), self.version) {
            (Some(length), _) => Delimiter::Length(length),
            (None, Version::Http11) => Delimiter::Chunks,
            (None, Version::Http10) => Delimiter::Close,
        };
        let content_type = producer.content_type();
        let has_content = response.allows_content() && !self.bodyless;
        // Before the body is judged, which the producer may hold.
        let producer = if has_content && delimiter != Delimiter::Length(0) {
            Some(producer)
        } else {
            discard(producer);
            None
        };
        let persists =
            self.persists && body.is_none_or(|body| body.precede(self.limits.discarded_bytes));
        let stays = persists && !(has_content && delimiter == Delimiter::Close);
        match (stays, self.version) {
            (false, _) => response.late_field("Connection", format_args!("close")),
            (true, Version::Http10) => {
                response.late_field("Connection", format_args!("keep-alive"));
            }
            (true, Version::Http11) => {}
        }
        match delimiter {
            Delimiter::Length(length) => {
                response.stream_head(content_type, format_args!("Content-Length: {length}\r\n"));
            }
            Delimiter::Chunks => {
                response.stream_head(content_type, format_args!("Transfer-Encoding: chunked\r\n"));
            }
            Delimiter::Close => response.stream_head(content_type, format_args!("")),
        }
        response.commit(self.bodyless);
        self.wire.append(self.apart);
        let ending = match producer {
            Some(producer) => {
                self.produce(producer, delimiter, response.trail().sent())
                    .await
            }
            None => Ending::All,
        };
        match ending {
            Ending::All if stays => Sent::Whole,
            Ending::All | Ending::TooMuch => Sent::Last,
            Ending::TooLittle if delimiter == Delimiter::Close => Sent::Cut(Next::Reset),
            Ending::TooLittle => Sent::Cut(Next::Close),
        }
    }

    async fn produce(
        self,
        mut producer: BoxedProducer<'_>,
        delimiter: Delimiter,
        sent: &Cell<u64>,
    ) -> Ending {
        let mut content = Content {
            delimiter,
            idle: 0,
            sent,
        };
        self.wire.set_streaming(true);
        let ending =
            poll_fn(|cx| content.poll(&mut producer, self.wire, self.limits.output_bytes, cx))
                .await;
        self.wire.set_streaming(false);
        discard(producer);
        ending
    }
}

struct Content<'t> {
    /// What is to come.
    delimiter: Delimiter,
    /// Polls that gave nothing, one after the other.
    idle: usize,
    /// The bytes so far, without frames.
    sent: &'t Cell<u64>,
}

impl Content<'_> {
    fn poll(
        &mut self,
        producer: &mut BoxedProducer<'_>,
        wire: &Wire,
        bound: usize,
        cx: &mut Context<'_>,
    ) -> Poll<Ending> {
        loop {
            if wire.poll_room(bound, cx).is_pending() {
                return Poll::Pending;
            }
            let step = self.chunk(producer, &mut wire.output.borrow_mut(), cx);
            match step {
                Poll::Ready(Ok(())) => {}
                Poll::Ready(Err(ending)) => return Poll::Ready(ending),
                Poll::Pending => {
                    wire.flush();
                    return Poll::Pending;
                }
            }
        }
    }

    /// Appends a chunk, or a piece without a frame; `Err` at the end.
    fn chunk(
        &mut self,
        producer: &mut BoxedProducer<'_>,
        out: &mut Vec<u8>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Ending>> {
        let start = out.len();
        if self.delimiter == Delimiter::Chunks {
            out.extend_from_slice(SIZE);
        }
        let begin = out.len();
        let step = loop {
            let before = out.len();
            let step = caught(|| producer.as_mut().poll_produce(out, cx));
            let step = step.unwrap_or_else(|| {
                // May be room that a reader was given, and never filled.
                out.truncate(before);
                Poll::Ready(Step::Failed)
            });
            self.idle = if out.len() > before { 0 } else { self.idle + 1 };
            if step != Poll::Ready(Step::More) {
                break step;
            }
            let content = out.len() - begin;
            if content >= CHUNK || self.delimiter.is_reached_by(content) {
                break step;
            }
            if self.idle >= POLLS_AT_ONCE {
                self.idle = 0;
                cx.waker().wake_by_ref();
                break Poll::Pending;
            }
        };
        let content = out.len() - begin;
        let sent = match self.delimiter {
            Delimiter::Length(left) => left.min(content as u64),
            Delimiter::Chunks | Delimiter::Close => content as u64,
        };
        self.sent.set(self.sent.get() + sent);
        match &mut self.delimiter {
            Delimiter::Length(left) => {
                let Some(rest) = left.checked_sub(content as u64) else {
                    // It is less than what is there.
                    out.truncate(begin + usize::try_from(*left).unwrap_or(content));
                    return Poll::Ready(Err(Ending::TooMuch));
                };
                *left = rest;
                if rest == 0 {
                    // Its producer may never say so: it need not be asked.
                    return Poll::Ready(Err(Ending::All));
                }
            }
            Delimiter::Chunks if content == 0 => out.truncate(start),
            Delimiter::Chunks => frame(out, start, content),
            Delimiter::Close => {}
        }
        step.map(|step| match (step, self.delimiter) {
            (Step::More, _) => Ok(()),
            (Step::Failed, _) | (Step::End, Delimiter::Length(_)) => Err(Ending::TooLittle),
            (Step::End, Delimiter::Close) => Err(Ending::All),
            (Step::End, Delimiter::Chunks) => {
                out.extend_from_slice(LAST);
                Err(Ending::All)
            }
        })
    }
}

/// Writes the size of the chunk whose room for that is at `start`, and its end.
fn frame(out: &mut Vec<u8>, start: usize, content: usize) {
    let digits = format_hex(content);
    // Only a single piece of the producer's can be so long.
    let digits = &digits[leading_zeros(&digits)..];
    out[start..start + 4].copy_from_slice(&digits[digits.len() - 4..]);
    if digits.len() > 4 {
        out.splice(start..start, digits[..digits.len() - 4].iter().copied());
    }
    out.extend_from_slice(b"\r\n");
}

/// All digits of a size.
fn format_hex(mut number: usize) -> [u8; 16] {
    let mut digits = [b'0'; 16];
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789abcdef"[number % 16];
        number /= 16;
    }
    digits
}

/// Zeros before the digits that count, of which there are at least four.
fn leading_zeros(digits: &[u8]) -> usize {
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    zeros.min(digits.len() - 4)
}

#[cfg(test)]
mod tests {
    use super::{SIZE, frame};

    #[test]
    fn a_chunk_says_its_size_however_large_it_is() {
        for (content, size) in [
            (1, "0001"),
            (0x4000, "4000"),
            (0xffff, "ffff"),
            (0x0001_0000, "10000"),
            (0x0012_3456, "123456"),
        ] {
            let mut out = [b"before", SIZE].concat();
            out.resize(out.len() + content, b'x');
            frame(&mut out, "before".len(), content);
            let expected = format!("before{size}\r\n{}\r\n", "x".repeat(content));
            assert!(out == expected.as_bytes(), "{content}");
        }
    }
}
