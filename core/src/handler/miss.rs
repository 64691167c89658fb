//! Requests that no route takes, and no fallback; and what cannot be read.
//!
//! Owns 404, 405, 501 and the automatic answers to OPTIONS, all worked out from
//! the table, and the answers to heads that are refused. Refuses bodies of its
//! own taste: they are `problem`'s.

use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
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

/// Writes the answer to a request that could not be read.
#[cold]
pub(crate) fn refuse(refusal: Refusal, response: &mut Response<'_>) {
    response.problem(refusal.status(), refusal.reason());
}
