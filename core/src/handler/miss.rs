//! Requests that no route takes, and no fallback; and what cannot be read.
//!
//! Owns 404, 405, 501 and the automatic answers to OPTIONS, all worked out from
//! the table, through which layers and catchers they go, and the answers to heads that are refused. Refuses bodies of its
//! own taste: they are `problem`'s.

use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::method::Method;
use crate::http::refusal::Refusal;
use crate::http::status::Status;
use crate::routing::owner::owner_of;
use crate::routing::set::RouteSet;

/// Sends a request without a handler through the layers and catchers of the sets
/// that its path is in: gives the number that comes to the innermost of them,
/// which then [responds](respond); `None` if there is nothing around it.
#[cold]
pub(crate) fn enter<R: RouteSet>(request: Request<'_>, response: &Response<'_>) -> Option<usize> {
    // A preflight asks for a method on behalf of another request.
    let wanted = match request.method() {
        Method::Options => request.header("access-control-request-method"),
        _ => None,
    };
    let wanted = wanted.and_then(|name| str::from_utf8(name).ok());
    let owner = owner_of::<R>(wanted.map(Method::from_name), request.path())?;
    response.trail().to_enter.set(owner.depth);
    Some(owner.number)
}

/// Answers a request that its table has no route for
/// ([RFC 9110, sections 9.3.7, 15.5.5, 15.5.6 and 15.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5)).
#[cold]
pub(crate) fn respond(request: Request<'_>, response: &mut Response<'_>) {
    let table = request.table();
    let method = request.method();
    if matches!(method, Method::Extension(_)) && !table.knows(method) {
        refuse(Refusal::Method, response);
        // So that a catcher is asked, as for the others.
        return response.reject();
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
