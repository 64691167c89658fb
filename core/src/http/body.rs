//! Where the body of a request ends
//! ([RFC 9112, section 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
//!
//! Owns the choice between the two ways a body is framed, and finds the content
//! in either. Refuses to keep bytes: whoever wants the content takes it as
//! it comes.

use core::ops::Range;

use crate::http::chunked::Chunked;
use crate::http::refusal::Refusal;

/// A body, from where it was read to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// This many bytes are to come.
    Length(u64),
    /// Chunks are to come.
    Chunked(Chunked),
}

impl Body {
    /// Whether nothing is to come.
    pub(crate) fn is_done(&self) -> bool {
        match self {
            Self::Length(left) => *left == 0,
            Self::Chunked(chunked) => chunked.is_done(),
        }
    }

    /// Whether it is known that more than `bytes` are to come.
    pub(crate) fn is_longer_than(&self, bytes: u64) -> bool {
        matches!(self, Self::Length(left) if *left > bytes)
    }

    /// Passes over what is not content at the front of `input`, and gives the
    /// place of the content that follows. An empty place is where `input` or
    /// the body ends.
    pub(crate) fn next(&mut self, input: &[u8]) -> Result<Range<usize>, Refusal> {
        match self {
            Self::Length(left) => {
                let taken =
                    usize::try_from(*left).map_or(input.len(), |left| left.min(input.len()));
                *left -= taken as u64;
                Ok(0..taken)
            }
            Self::Chunked(chunked) => chunked.next(input),
        }
    }

    /// Passes over content, too, and says how many bytes that was: all, or up
    /// to the body's end.
    pub(crate) fn skip(&mut self, input: &[u8]) -> Result<usize, Refusal> {
        let mut at = 0;
        loop {
            let piece = self.next(&input[at..])?;
            at += piece.end;
            if piece.is_empty() {
                return Ok(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Body;

    #[test]
    fn a_length_is_counted_down() {
        let mut body = Body::Length(5);
        assert_eq!(body.next(b"abc"), Ok(0..3));
        assert!(!body.is_done());
        assert_eq!(body.next(b"defg"), Ok(0..2));
        assert!(body.is_done());
        assert_eq!(body.next(b"fg"), Ok(0..0));
        assert!(Body::Length(0).is_done());
    }

    #[test]
    fn what_is_skipped_ends_where_the_body_does() {
        let mut body = Body::Length(5);
        assert_eq!((body.skip(b"abc"), body.is_done()), (Ok(3), false));
        assert_eq!((body.skip(b"defg"), body.is_done()), (Ok(2), true));
    }
}
