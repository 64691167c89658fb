//! Where the body of a request ends
//! ([RFC 9112, section 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
//!
//! Owns the choice between the two ways a body is framed, and decodes either
//! with one call. Refuses to keep bytes: whoever wants the content takes it as
//! it comes.

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
    /// No body.
    pub(crate) const NONE: Self = Self::Length(0);

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

    /// Decodes from the front of `input`, and says how many bytes it took: all,
    /// or up to the body's end.
    pub(crate) fn decode(
        &mut self,
        input: &[u8],
        mut content: impl FnMut(&[u8]),
    ) -> Result<usize, Refusal> {
        match self {
            Self::Length(left) => {
                let taken =
                    usize::try_from(*left).map_or(input.len(), |left| left.min(input.len()));
                content(&input[..taken]);
                *left -= taken as u64;
                Ok(taken)
            }
            Self::Chunked(chunked) => chunked.decode(input, content),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Body;

    #[test]
    fn a_length_is_counted_down() {
        let mut body = Body::Length(5);
        let mut content = Vec::new();
        assert_eq!(
            body.decode(b"abc", |bytes| content.extend_from_slice(bytes)),
            Ok(3)
        );
        assert!(!body.is_done());
        assert_eq!(
            body.decode(b"defg", |bytes| content.extend_from_slice(bytes)),
            Ok(2)
        );
        assert!(body.is_done() && content == b"abcde");
        assert!(Body::NONE.is_done());
    }
}
