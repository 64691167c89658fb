//! Answers whose content is produced while it is sent.
//!
//! Owns [`Streamed`], from a stream of chunks or from a reader. Refuses to
//! gather: what was produced is on its way before more is asked for. How it is
//! framed is `connection`'s; server-sent events are `events`.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;

use futures_core::Stream;
use futures_io::AsyncRead;
use pin_project_lite::pin_project;

use crate::handler::producer::{Producer, Step};
use crate::handler::responder::Responder;
use crate::handler::response::{BYTES, Response, has_control};

/// Bytes that a reader is asked for at once.
const READ: usize = 16 * 1024;

pin_project! {
/// An answer whose content is produced while it is sent; may borrow from the
/// request.
///
/// It is sent in chunks to HTTP/1.1, and ends with the connection for HTTP/1.0;
/// unless its [length](Self::length) is known. What was produced is sent when
/// the producer waits, or when there are 16 KiB of it. The producer is polled
/// only while the peer reads: a slow reader slows it down, and one that reads
/// nothing for 30 s is cut off. It is dropped when the peer is gone, and not
/// polled at all for HEAD.
///
/// If the producer fails or panics in the middle, the connection is cut, so
/// that the peer can tell that the answer is not complete.
///
/// Costs one allocation per answer.
///
/// ```
/// use tramline::smol::stream;
/// use tramline::{Body, Responder, Streamed, route};
///
/// #[route(POST, "/echo")]
/// fn echo(body: Body<'_>) -> impl Responder {
///     Streamed::from_reader(body)
/// }
///
/// #[route("/count")]
/// fn count() -> impl Responder {
///     let numbers = stream::iter(1..=1_000_000);
///     Streamed::new(stream::StreamExt::map(numbers, |number| {
///         Ok::<_, std::io::Error>(format!("{number}\n"))
///     }))
///     .content_type("text/plain; charset=utf-8")
/// }
/// ```
#[must_use = "it is produced when it is returned from a handler"]
pub struct Streamed<S> {
    #[pin]
    source: S,
    content_type: &'static str,
    length: Option<u64>,
}
}

pin_project! {
/// The chunks of a stream.
#[doc(hidden)]
pub struct Chunks<S> {
    #[pin]
    stream: S,
}
}

pin_project! {
/// What can be read.
#[doc(hidden)]
pub struct Reader<R> {
    #[pin]
    reader: R,
}
}

impl<S, B, E> Streamed<Chunks<S>>
where
    S: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
{
    /// The chunks of a stream, as `application/octet-stream`.
    ///
    /// Each is copied once, into the output.
    pub fn new(stream: S) -> Self {
        Self::of(Chunks { stream })
    }
}

impl<R: AsyncRead> Streamed<Reader<R>> {
    /// All that can be read, as `application/octet-stream`.
    ///
    /// It is read straight into the output.
    pub fn from_reader(reader: R) -> Self {
        Self::of(Reader { reader })
    }
}

impl<S> Streamed<S> {
    fn of(source: S) -> Self {
        Self {
            source,
            content_type: BYTES,
            length: None,
        }
    }

    /// Sets the media type.
    ///
    /// # Panics
    ///
    /// If `content_type` has a control byte.
    pub fn content_type(mut self, content_type: &'static str) -> Self {
        assert!(
            !has_control(content_type),
            "a content type without control bytes, not {content_type:?}"
        );
        self.content_type = content_type;
        self
    }

    /// Announces how many bytes there will be. The answer is complete with the
    /// last of them, and the producer dropped, whether or not it would end. If
    /// there are less, the connection is cut; more are not sent.
    ///
    /// ```
    /// use tramline::smol::fs::File;
    /// use tramline::{Responder, Status, Streamed, route};
    ///
    /// #[route("/log")]
    /// async fn log() -> Result<impl Responder, Status> {
    ///     let file = File::open("log").await.map_err(|_| Status::NOT_FOUND)?;
    ///     let length = file.metadata().await.map_err(|_| Status::NOT_FOUND)?.len();
    ///     Ok(Streamed::from_reader(file).length(length))
    /// }
    /// ```
    pub fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }
}

impl<S: Source> Responder for Streamed<S> {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.stream(Box::pin(self));
    }
}

impl<S: Source> Producer for Streamed<S> {
    fn content_type(&self) -> &'static str {
        self.content_type
    }

    fn length(&self) -> Option<u64> {
        self.length
    }

    fn poll_produce(self: Pin<&mut Self>, out: &mut Vec<u8>, cx: &mut Context<'_>) -> Poll<Step> {
        self.project().source.poll(out, cx)
    }
}

impl<S> fmt::Debug for Streamed<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streamed")
            .field("content_type", &self.content_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// What [`Streamed`] produces from: [`Chunks`] or [`Reader`].
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a handler cannot stream `{Self}`",
    label = "neither a stream of chunks nor a reader",
    note = "return `impl tramline::Responder`, made by `Streamed::new(stream)` or `Streamed::from_reader(reader)`"
)]
pub trait Source {
    /// Appends what there is.
    fn poll(self: Pin<&mut Self>, out: &mut Vec<u8>, cx: &mut Context<'_>) -> Poll<Step>;
}

impl<S, B, E> Source for Chunks<S>
where
    S: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
{
    fn poll(self: Pin<&mut Self>, out: &mut Vec<u8>, cx: &mut Context<'_>) -> Poll<Step> {
        self.project().stream.poll_next(cx).map(|item| match item {
            Some(Ok(chunk)) => {
                out.extend_from_slice(chunk.as_ref());
                Step::More
            }
            Some(Err(_)) => Step::Failed,
            None => Step::End,
        })
    }
}

impl<R: AsyncRead> Source for Reader<R> {
    fn poll(self: Pin<&mut Self>, out: &mut Vec<u8>, cx: &mut Context<'_>) -> Poll<Step> {
        let len = out.len();
        out.resize(len + READ, 0);
        let read = self.project().reader.poll_read(cx, &mut out[len..]);
        let count = match &read {
            Poll::Ready(Ok(count)) => *count,
            Poll::Ready(Err(_)) | Poll::Pending => 0,
        };
        out.truncate(len + count);
        read.map(|read| match read {
            Ok(0) => Step::End,
            Ok(_) => Step::More,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Step::More,
            Err(_) => Step::Failed,
        })
    }
}
