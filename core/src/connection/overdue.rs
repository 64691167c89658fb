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
use crate::http::head::asks_for_head;
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
    response.finish(asks_for_head(&conn.input));
    conn.output = outbox.into_inner();
    conn.next = Next::Linger;
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::{Conn, DateCache, Next, time_out};

    #[test]
    fn the_answer_has_no_content_if_the_request_is_head() {
        for (input, has_content) in [
            ("GET / HTTP/1.1\r\n", true),
            ("HEAD", true),
            ("HEAD /", false),
            ("\r\nHEAD / HTTP/1.1\r\nHost: a", false),
        ] {
            let mut conn = Conn::with_capacity(0);
            conn.input.extend_from_slice(input.as_bytes());
            time_out(&mut conn, &DateCache::new(SystemTime::UNIX_EPOCH));
            assert_eq!(conn.next, Next::Linger);
            let answer = String::from_utf8(conn.output).expect("text");
            assert!(answer.starts_with("HTTP/1.1 408 "), "{input:?}: {answer}");
            assert!(answer.contains("\r\nConnection: close\r\n"), "{answer}");
            assert_eq!(
                !answer.ends_with("\r\n\r\n"),
                has_content,
                "{input:?}: {answer}"
            );
        }
    }
}
