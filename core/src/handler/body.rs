//! The body of a request in pieces, as they come.
//!
//! Owns [`Body`] and the standard traits through which it is read. Refuses to
//! hold more than one buffer of it, however long it is, and to receive a byte
//! that the handler did not ask for. The whole of a body is `extract`'s.

use core::fmt;
use core::future::poll_fn;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::io;

use futures_core::Stream;
use futures_io::{AsyncBufRead, AsyncRead};

use crate::handler::extract::FromRequest;
use crate::handler::incoming::{BodyError, Incoming, Spool};
use crate::handler::request::Request;

/// The body of a request, as a stream with back-pressure.
///
/// Nothing is received until the handler asks, and at most 16 KiB are held, so
/// that there is no limit to its length but the handler's own, or that of a
/// layer [`BodyLimit`](crate::BodyLimit). Whole bodies with a limit are what the argument types `&[u8]`, `&str`, `Vec<u8>` and
/// `String` give.
///
/// A peer that waits for `100 Continue` is told to go on by the first read, if
/// nothing was answered before. What a handler leaves unread is thrown away up
/// to 64 KiB; with more to come, the connection closes after the answer.
///
/// [`chunk`](Self::chunk) copies nothing. It is also an [`AsyncBufRead`], for
/// what works on those, and a [`Stream`] of owned chunks.
///
/// ```
/// use tramline::{Body, BodyError, Responder, route, text};
///
/// #[route(PUT, "/count")]
/// async fn count(mut body: Body<'_>) -> Result<impl Responder, BodyError> {
///     let (mut bytes, mut lines) = (0, 0);
///     while let Some(chunk) = body.chunk().await {
///         let chunk = chunk?;
///         bytes += chunk.len();
///         lines += chunk.iter().filter(|&&byte| byte == b'\n').count();
///     }
///     Ok(text!("{lines} lines, {bytes} bytes\n"))
/// }
/// ```
pub struct Body<'r> {
    incoming: &'r dyn Incoming,
    spool: Spool,
    /// It has given its last chunk or error as a [`Stream`].
    ended: bool,
}

impl Body<'_> {
    /// The next piece of the body, as much as was received at once; `None` at
    /// its end.
    ///
    /// Dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// If the rest of the body cannot be received, now and ever after.
    pub async fn chunk(&mut self) -> Option<Result<&[u8], BodyError>> {
        match poll_fn(|cx| self.poll_content(cx)).await {
            Ok(true) => Some(Ok(self.take_content())),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }

    /// How long the whole body is in bytes, as the peer announced it; `None` if
    /// that is known at its end only. No more than that is ever received, and
    /// less is an error.
    pub fn length(&self) -> Option<u64> {
        self.incoming.length()
    }

    /// Whether there is content; receives some if there is none.
    fn poll_content(&mut self, cx: &mut Context<'_>) -> Poll<Result<bool, BodyError>> {
        if self.spool.content.is_empty() {
            return self.incoming.poll_next(&mut self.spool, cx);
        }
        Poll::Ready(Ok(true))
    }

    fn take_content(&mut self) -> &[u8] {
        let end = self.spool.content.end;
        let content = mem::replace(&mut self.spool.content, end..end);
        &self.incoming.source(&self.spool)[content]
    }
}

impl<'r> FromRequest<'r> for Body<'r> {
    type State = ();
    type Rejection = BodyError;
    const TAKES_BODY: bool = true;

    async fn from_request(request: Request<'r>, (): ()) -> Result<Self, BodyError> {
        let incoming = request.incoming();
        Ok(Self {
            incoming,
            spool: incoming.open()?,
            ended: false,
        })
    }
}

impl AsyncBufRead for Body<'_> {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        ready!(this.poll_content(cx))?;
        let content = this.spool.content.clone();
        Poll::Ready(Ok(&this.incoming.source(&this.spool)[content]))
    }

    fn consume(self: Pin<&mut Self>, amount: usize) {
        let content = &mut self.get_mut().spool.content;
        content.start = content.end.min(content.start + amount);
    }
}

impl AsyncRead for Body<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let content = ready!(self.as_mut().poll_fill_buf(cx))?;
        let count = content.len().min(into.len());
        into[..count].copy_from_slice(&content[..count]);
        self.consume(count);
        Poll::Ready(Ok(count))
    }
}

/// Chunks in buffers of their own; ends after an error.
impl Stream for Body<'_> {
    type Item = Result<Vec<u8>, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        Poll::Ready(match ready!(self.poll_content(cx)) {
            Ok(true) => Some(Ok(self.take_content().to_vec())),
            Ok(false) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        })
    }
}

impl Drop for Body<'_> {
    fn drop(&mut self) {
        self.incoming.close(mem::take(&mut self.spool));
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}
