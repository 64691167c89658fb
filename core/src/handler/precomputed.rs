//! Responses computed when the program is compiled.
//!
//! Owns the bytes that `#[route("/")] const PAGE: &str = ".."` answers with.
//! Refuses anything that is not constant but the date, whose place is fixed.
//! `response` copies it and writes the date over the blanks.

use crate::handler::written::{DATE_FIELD, HEAD_END, LENGTH_FIELD, TYPE_FIELD};
use crate::http::date::DATE_LEN;

const STATUS_LINE: &str = "HTTP/1.1 200 OK\r\n";

/// A whole `200 OK` response but for the date; made by `#[route]` on a `const`.
#[derive(Debug)]
pub struct Precomputed<const N: usize> {
    /// Head and body; the date is blank.
    bytes: [u8; N],
    /// Where the body starts.
    body: usize,
}

/// The length of such a response in bytes: the `N` to make it with.
pub const fn length(content_type: &str, body: &[u8]) -> usize {
    body_offset(content_type, body) + body.len()
}

const fn body_offset(content_type: &str, body: &[u8]) -> usize {
    STATUS_LINE.len()
        + DATE_FIELD.len()
        + DATE_LEN
        + TYPE_FIELD.len()
        + content_type.len()
        + LENGTH_FIELD.len()
        + digits(body.len())
        + HEAD_END.len()
}

const fn digits(number: usize) -> usize {
    match number.checked_ilog10() {
        Some(log) => log as usize + 1,
        None => 1,
    }
}

impl<const N: usize> Precomputed<N> {
    /// Where the date goes.
    pub(crate) const DATE: usize = STATUS_LINE.len() + DATE_FIELD.len();

    /// Computes the response.
    ///
    /// # Panics
    ///
    /// If `N` is not [`length`] of the same arguments; used in constants only,
    /// where that is a compile error.
    pub const fn new(content_type: &str, body: &[u8]) -> Self {
        assert!(
            N == length(content_type, body),
            "`N` is `length(content_type, body)`"
        );
        let mut bytes = [b' '; N];
        let at = put(&mut bytes, 0, STATUS_LINE.as_bytes());
        let at = put(&mut bytes, at, DATE_FIELD.as_bytes());
        let at = put(&mut bytes, at + DATE_LEN, TYPE_FIELD.as_bytes());
        let at = put(&mut bytes, at, content_type.as_bytes());
        let at = put(&mut bytes, at, LENGTH_FIELD.as_bytes());
        let after = at + digits(body.len());
        let mut rest = body.len();
        let mut place = after;
        while place > at {
            place -= 1;
            // The last digit: below ten.
            #[allow(clippy::cast_possible_truncation)]
            let digit = (rest % 10) as u8;
            bytes[place] = b'0' + digit;
            rest /= 10;
        }
        let start = put(&mut bytes, after, HEAD_END.as_bytes());
        put(&mut bytes, start, body);
        Self { bytes, body: start }
    }

    pub(crate) const fn bytes(&self) -> &[u8; N] {
        &self.bytes
    }

    pub(crate) const fn body(&self) -> usize {
        self.body
    }
}

/// Copies `part` to `at` and gives the offset behind it.
const fn put(bytes: &mut [u8], at: usize, part: &[u8]) -> usize {
    let (_, rest) = bytes.split_at_mut(at);
    let (place, _) = rest.split_at_mut(part.len());
    place.copy_from_slice(part);
    at + part.len()
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn lengths_have_the_digits_they_need() {
        for (number, expected) in [(0, 1), (9, 1), (10, 2), (99, 2), (100, 3), (12_345, 5)] {
            assert_eq!(digits(number), expected, "{number}");
        }
    }
}
