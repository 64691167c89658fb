//! Requests that no route takes, and no fallback; and what never became one.
//!
//! Owns 404, 405, 501 and the automatic answers to OPTIONS, all worked out from
//! the table, and the answers to heads that are refused or late. Refuses bodies
//! of its own taste: they are `problem`'s.

use core::cell::Cell;
use core::mem;

use crate::connection::conn::{Conn, Next};
use crate::handler::late::LateFields;
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::date::DateCache;
use crate::http::method::Method;
use crate::http::refusal::Refusal;
use crate::http::status::Status;
use crate::routing::table::Table;

/// Answers a request that `table` has no route for
/// ([RFC 9110, sections 9.3.7, 15.5.5, 15.5.6 and 15.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5)).
#[cold]
pub(crate) fn respond(table: &Table, request: Request<'_>, response: &mut Response<'_>) {
    let method = request.method();
    if matches!(method, Method::Extension(_)) && !table.knows(method) {
        return refuse(Refusal::Method, response);
    }
    if request.path() == "*" {
        return Status::NO_CONTENT.respond(response);
    }
    let allow = table.allow(request.path());
    if allow.is_empty() {
        return Status::NOT_FOUND.respond(response);
    }
    if method == Method::Options {
        Status::NO_CONTENT.respond(response);
    } else {
        Status::METHOD_NOT_ALLOWED.respond(response);
    }
    response.late_field("Allow", format_args!("{allow}"));
}

/// Answers a head that did not come in time, as the last of its connection
/// ([RFC 9110, section 15.5.9](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.9)).
#[cold]
pub(crate) fn time_out(conn: &mut Conn, date: &DateCache) {
    let outbox = Cell::new(mem::take(&mut conn.output));
    let mut late = LateFields::default();
    let mut response = Response::new(&outbox, &mut late, date);
    refuse(Refusal::SlowHead, &mut response);
    response.late_field("Connection", format_args!("close"));
    response.finish(false);
    conn.output = outbox.take();
    conn.next = Next::Linger;
}

/// Writes the answer to a request that could not be read.
#[cold]
pub(crate) fn refuse(refusal: Refusal, response: &mut Response<'_>) {
    response.problem(refusal.status(), refusal.reason());
}
