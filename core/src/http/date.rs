//! The Date header ([RFC 9110, section 6.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1)).
//!
//! Owns the text of the current second, within what a response with 200 starts
//! with. Refuses to ask the time by itself: the
//! worker's clock refreshes it, so that a request costs no clock call.

use core::cell::RefCell;
use std::io::Write;
use std::time::SystemTime;

/// Bytes of an IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) const DATE_LEN: usize = 29;

/// What comes before the date in a response with 200.
const OK: &[u8] = b"HTTP/1.1 200 OK\r\nDate: ";
/// What comes behind it if that is text, up to its length.
const TEXT: &[u8] = b"\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ";

/// Where the date starts and ends in a response with 200.
const START: usize = OK.len();
const END: usize = START + DATE_LEN;

/// The current date as text, between [`OK`] and [`TEXT`]; one per worker. What
/// most responses start with is then one copy.
#[derive(Debug)]
pub(crate) struct DateCache(RefCell<[u8; END + TEXT.len()]>);

impl DateCache {
    /// The date `now`.
    pub(crate) fn new(now: SystemTime) -> Self {
        let mut text = [0; END + TEXT.len()];
        text[..START].copy_from_slice(OK);
        text[END..].copy_from_slice(TEXT);
        let cache = Self(RefCell::new(text));
        cache.refresh(now);
        cache
    }

    /// Makes the date `now`.
    pub(crate) fn refresh(&self, now: SystemTime) {
        let date = &mut self.0.borrow_mut()[START..END];
        write!(&mut *date, "{}", httpdate::HttpDate::from(now))
            .expect("an IMF-fixdate has 29 bytes");
    }

    /// The text.
    pub(crate) fn get(&self) -> [u8; DATE_LEN] {
        let mut date = [0; DATE_LEN];
        date.copy_from_slice(&self.0.borrow()[START..END]);
        date
    }

    /// Appends the start of a response with 200: the status line and the date.
    #[inline]
    pub(crate) fn start_ok(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0.borrow()[..END]);
    }

    /// The same of text, up to the digits of Content-Length.
    #[inline]
    pub(crate) fn start_text(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&*self.0.borrow());
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::DateCache;

    #[test]
    fn the_example_of_rfc_9110() {
        let cache = DateCache::new(SystemTime::UNIX_EPOCH);
        assert_eq!(&cache.get(), b"Thu, 01 Jan 1970 00:00:00 GMT");
        cache.refresh(SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777));
        assert_eq!(&cache.get(), b"Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
