//! Requests whose head did not come in time.
//!
//! Owns their answer. Refuses to know what time is: `runtime` sweeps the
//! deadlines, and hands over a connection whose deadline is past.

use core::cell::RefCell;
use core::mem;

use crate::connection::conn::{Conn, Next};
use crate::handler::miss::refuse;
use crate::handler::response::{Aside, Response};
use crate::http::date::DateCache;
use crate::http::refusal::Refusal;

/// Answers a head that did not come in time, as the last of its connection
/// ([RFC 9110, section 15.5.9](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.9)).
#[cold]
pub(crate) fn time_out(conn: &mut Conn, date: &DateCache) {
    let outbox = RefCell::new(mem::take(&mut conn.output));
    let mut aside = Aside::default();
    let mut response = Response::new(&outbox, &mut aside, date);
    refuse(Refusal::SlowHead, &mut response);
    response.late_field("Connection", format_args!("close"));
    response.finish(false);
    conn.output = outbox.into_inner();
    conn.next = Next::Linger;
}
