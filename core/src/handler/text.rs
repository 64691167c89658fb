//! Formatted text that is written once, straight into the output.
//!
//! Owns [`Text`], what the `text!` macro gives. Refuses to format early:
//! `format_args!` cannot be returned from a function, so the closure that holds
//! its arguments is.

use core::fmt;

use crate::handler::responder::Responder;
use crate::handler::response::{Response, TEXT};

/// Text that is formatted when the response is written; made by
/// [`text!`](crate::text).
pub struct Text<F>(F);

impl<F: FnOnce(&mut dyn fmt::Write) -> fmt::Result> Text<F> {
    /// Text that `write` formats.
    pub fn new(write: F) -> Self {
        Self(write)
    }

    /// Formats it.
    #[inline]
    pub(crate) fn write(self, out: &mut dyn fmt::Write) -> fmt::Result {
        (self.0)(out)
    }
}

impl<F: FnOnce(&mut dyn fmt::Write) -> fmt::Result> Responder for Text<F> {
    #[inline]
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.send_with(TEXT, |body| self.write(body));
    }
}

impl<F> fmt::Debug for Text<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text").finish_non_exhaustive()
    }
}
