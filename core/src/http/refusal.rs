//! Why a request was refused before any handler saw it.
//!
//! Owns the list of all such reasons, each with its status and its words for
//! the peer's author. Refuses to hold text from the peer: nothing it sent is
//! reflected. The connection closes after the answer.

use crate::http::status::Status;

macro_rules! refusals {
    ($($name:ident $status:ident $reason:literal,)*) => {
        /// One of the ways in which a request can be refused. A byte, so that a
        /// `Result` with it costs the good case little.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Refusal {
            $(#[doc = $reason] $name,)*
        }

        impl Refusal {
            /// Every reason there is.
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$name,)*];

            /// The status of the answer.
            pub(crate) const fn status(self) -> Status {
                match self {
                    $(Self::$name => Status::$status,)*
                }
            }

            /// What was wrong or is expected.
            pub(crate) const fn reason(self) -> &'static str {
                match self {
                    $(Self::$name => $reason,)*
                }
            }
        }
    };
}

refusals! {
    RequestLine BAD_REQUEST "the request line is not `METHOD target HTTP/1.1`",
    LineEnd BAD_REQUEST "a line of the head does not end in CRLF, or more than one empty line comes before it",
    Version HTTP_VERSION_NOT_SUPPORTED "this server speaks HTTP/1.1 and HTTP/1.0",
    LongRequestLine URI_TOO_LONG "the request line is too long",
    LongHead REQUEST_HEADER_FIELDS_TOO_LARGE "the request head is too long",
    ManyFields REQUEST_HEADER_FIELDS_TOO_LARGE "there are too many header fields",
    FieldName BAD_REQUEST "the name of a header field is not a token",
    FieldValue BAD_REQUEST "the value of a header field has a forbidden byte",
    Target BAD_REQUEST "the request target is neither a path that starts with `/` nor an http URI",
    TargetHost BAD_REQUEST "the host in the request target is not valid",
    Fragment BAD_REQUEST "the request target has a fragment, which is never sent",
    Connect NOT_IMPLEMENTED "this server is not a proxy: no CONNECT",
    NoHost BAD_REQUEST "there is no Host field",
    ManyHosts BAD_REQUEST "there is more than one Host field",
    Host BAD_REQUEST "the Host field is not a valid host",
    Length BAD_REQUEST "Content-Length is not a number of bytes",
    ManyLengths BAD_REQUEST "there is more than one Content-Length field",
    LengthAndCoding BAD_REQUEST "there are both Transfer-Encoding and Content-Length",
    CodingInHttp10 BAD_REQUEST "there is a Transfer-Encoding in an HTTP/1.0 request",
    NotChunked BAD_REQUEST "chunked is not the final transfer coding, once",
    Chunk BAD_REQUEST "the body is not validly chunked",
    LongTrailer BAD_REQUEST "the chunk extensions, trailer fields or leading zeros are too long",
    SlowHead REQUEST_TIMEOUT "the request head did not come in time",
    Coding NOT_IMPLEMENTED "the transfer coding is not known",
    Expectation EXPECTATION_FAILED "the only expectation known is 100-continue",
    Method NOT_IMPLEMENTED "no route here names this method",
}

#[cfg(test)]
mod tests {
    use super::Refusal;

    /// What the guide says is answered: status and words.
    fn documented() -> Vec<(u16, &'static str)> {
        let guide = include_str!("../../../docs/http.md");
        let (_, table) = guide
            .split_once("## What is refused")
            .expect("the section is there");
        let rows = table.lines().filter(|line| line.starts_with("| "));
        rows.filter_map(|row| {
            let mut cells = row.trim_matches('|').split(" | ").map(str::trim);
            let (_, status, words) = (cells.next()?, cells.next()?, cells.next()?);
            Some((status.parse().ok()?, words))
        })
        .collect()
    }

    #[test]
    fn the_guide_lists_every_refusal_and_no_other() {
        let mut documented = documented();
        let mut known: Vec<_> = Refusal::ALL
            .iter()
            .map(|refusal| (refusal.status().code(), refusal.reason()))
            .collect();
        documented.sort_unstable();
        known.sort_unstable();
        assert_eq!(documented, known);
    }
}
