//! The Date header ([RFC 9110, section 6.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1)).
//!
//! Owns the text of the current second. Refuses to ask the time by itself: the
//! worker's clock refreshes it, so that a request costs no clock call.

use core::cell::Cell;
use std::io::Write;
use std::time::SystemTime;

/// Bytes of an IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) const DATE_LEN: usize = 29;

/// The current date as text, one per worker.
#[derive(Debug)]
pub(crate) struct DateCache(Cell<[u8; DATE_LEN]>);

impl DateCache {
    /// The date `now`.
    pub(crate) fn new(now: SystemTime) -> Self {
        let cache = Self(Cell::new([0; DATE_LEN]));
        cache.refresh(now);
        cache
    }

    /// Makes the date `now`.
    pub(crate) fn refresh(&self, now: SystemTime) {
        let mut text = [0; DATE_LEN];
        write!(&mut text[..], "{}", httpdate::HttpDate::from(now))
            .expect("an IMF-fixdate has 29 bytes");
        self.0.set(text);
    }

    /// The text.
    pub(crate) fn get(&self) -> [u8; DATE_LEN] {
        self.0.get()
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
