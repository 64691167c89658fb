//! A response in the output, as bytes.
//!
//! Owns where it is, and the order of a head: status line, Date, Content-Type,
//! Content-Length, late fields. Refuses to know what it should say: `response`
//! does, which borrows the output for one as soon as there is something to
//! write.

use core::cell::RefMut;

use crate::http::date::DATE_LEN;
use crate::http::status::Status;

/// What a status line is followed by; the date comes next.
pub(crate) const DATE_FIELD: &str = "Date: ";
pub(crate) const TYPE_FIELD: &str = "\r\nContent-Type: ";
pub(crate) const LENGTH_FIELD: &str = "\r\nContent-Length: ";
/// Ends the last field and the head.
pub(crate) const HEAD_END: &str = "\r\n\r\n";

/// A response, head and body, behind others in the output.
pub(crate) struct Written<'w> {
    pub(crate) out: RefMut<'w, Vec<u8>>,
    /// Where the response starts in `out`; earlier ones come before.
    pub(crate) start: usize,
    /// Where its body starts.
    pub(crate) body: usize,
    /// What its head says, or will say.
    pub(crate) status: Status,
}

impl<'w> Written<'w> {
    /// An empty one behind what is in `out`.
    #[inline]
    pub(crate) fn behind(out: RefMut<'w, Vec<u8>>, status: Status) -> Self {
        let start = out.len();
        Self {
            out,
            start,
            body: start,
            status,
        }
    }

    /// Appends the status line and the name of the date.
    #[cold]
    pub(crate) fn status_line(&mut self, status: Status) {
        if let Some(line) = status.line() {
            self.out.extend_from_slice(line.as_bytes());
        } else {
            let mut digits = itoa::Buffer::new();
            self.out.extend_from_slice(b"HTTP/1.1 ");
            self.out
                .extend_from_slice(digits.format(status.code()).as_bytes());
            self.out.extend_from_slice(b" \r\n");
        }
        self.out.extend_from_slice(DATE_FIELD.as_bytes());
    }

    /// Ends the head with the length of `body`, and writes that.
    #[inline]
    pub(crate) fn finish_sized(&mut self, body: &[u8]) {
        let out = &mut *self.out;
        if let Some((end, len)) = short_length(body.len()) {
            out.extend_from_slice(&end);
            out.truncate(out.len() - (end.len() - len));
        } else {
            let mut digits = itoa::Buffer::new();
            out.extend_from_slice(digits.format(body.len()).as_bytes());
            out.extend_from_slice(HEAD_END.as_bytes());
        }
        self.body = out.len();
        out.extend_from_slice(body);
    }

    /// Ends the head after the Date: no Content-Type, no body, and no Content-Length
    /// ([RFC 9110, section 8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)),
    /// unless something must say that there is no body.
    #[cold]
    pub(crate) fn strip_content(&mut self) {
        let end = self.date_end();
        self.out.truncate(end);
        if !self.status.ends_with_head() {
            self.out.extend_from_slice(LENGTH_FIELD.as_bytes());
            self.out.push(b'0');
        }
        self.out.extend_from_slice(HEAD_END.as_bytes());
        self.body = self.out.len();
    }

    /// Takes the Content-Type of the body away.
    #[cold]
    pub(crate) fn strip_type(&mut self) {
        let start = self.date_end();
        let value = start + TYPE_FIELD.len();
        let length = self.out[value..self.body]
            .iter()
            .position(|&byte| byte == b'\r')
            .map_or(0, |length| TYPE_FIELD.len() + length);
        self.out.drain(start..start + length);
        self.body -= length;
    }

    /// Where the value of the Date ends, before its CRLF.
    fn date_end(&self) -> usize {
        let status_line = self.out[self.start..self.body]
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(0, |at| at + 1);
        self.start + status_line + DATE_FIELD.len() + DATE_LEN
    }

    /// Moves the body up and puts the late fields before the empty line.
    #[cold]
    pub(crate) fn insert(&mut self, late: &[u8]) {
        let at = self.body - "\r\n".len();
        let end = self.out.len();
        self.out.resize(end + late.len(), 0);
        self.out.copy_within(at..end, at + late.len());
        self.out[at..at + late.len()].copy_from_slice(late);
        self.body += late.len();
    }
}

/// The digits of a length below 10,000, and the end of the head, in the first
/// bytes of a word, and how many: two copies of a few bytes, which would be two
/// calls, become one of a known length.
#[inline]
fn short_length(length: usize) -> Option<([u8; 8], usize)> {
    const END: u64 = u64::from_le_bytes(*b"\r\n\r\n\0\0\0\0");
    let mut word = END;
    let mut len = HEAD_END.len();
    let mut rest = u64::try_from(length)
        .ok()
        .filter(|&length| length < 10_000)?;
    loop {
        word = (word << 8) | (u64::from(b'0') + rest % 10);
        len += 1;
        rest /= 10;
        if rest == 0 {
            return Some((word.to_le_bytes(), len));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::short_length;

    #[test]
    fn a_short_length_is_written_as_any_other() {
        for length in [0, 9, 10, 99, 100, 999, 1_000, 9_876, 9_999] {
            let (bytes, len) = short_length(length).expect("it is short");
            assert_eq!(bytes[..len], *format!("{length}\r\n\r\n").as_bytes());
        }
        assert_eq!(short_length(10_000), None);
        assert_eq!(short_length(usize::MAX), None);
    }
}
