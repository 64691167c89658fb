//! A turn: the requests in a connection's input, answered one after the other.
//!
//! Owns the story of a request from bytes to bytes: parse, route, call, write.
//! It reads top to bottom in [`turns`]. Refuses to wait for anything but a
//! handler and its body, and to touch a byte of the next request.
//!
//! A turn that no handler interrupts allocates nothing and makes no system
//! call.

use core::cell::{Cell, RefCell};
use core::convert::Infallible;
use std::rc::Rc;
use std::sync::Arc;

use crate::connection::conn::{Conn, Next};
use crate::connection::incoming::{Leftover, NoBody, WireBody};
use crate::connection::limits::Limits;
use crate::connection::outgoing::{Outgoing, Sent};
use crate::connection::wire::Wire;
use crate::handler::asked::Asked;
use crate::handler::incoming::Incoming;
use crate::handler::miss;
use crate::handler::request::Request;
use crate::handler::response::{Aside, Response};
use crate::handler::set::Serve;
use crate::handler::trail::Abandoned;
use crate::handler::unwinding::guarded;
use crate::http::date::DateCache;
use crate::http::fields::Version;
use crate::http::head::{Head, asks_for_head, field_room};
use crate::http::host::LastHost;
use crate::http::method::Method;
use crate::routing::captures::Captures;
use crate::routing::set::RouteSet;

/// What the lanes of a worker share.
#[derive(Debug)]
pub(crate) struct Surroundings {
    pub(crate) date: DateCache,
    pub(crate) limits: Limits,
    /// The server is shutting down: every answer is the last on its
    /// connection.
    pub(crate) closing: Cell<bool>,
}

/// What a lane does, for ever: one turn after the other. Each answers the
/// requests in the input of the connection that it finds in the mailbox, and
/// says in `next` what comes after.
#[expect(clippy::too_many_lines, reason = "it is one story")]
#[expect(
    clippy::await_holding_refcell_ref,
    reason = "nobody looks at the connection before its turn is over"
)]
pub(crate) async fn turns<R: Serve<S>, S: Send + Sync + 'static>(
    wire: Rc<Wire>,
    around: Rc<Surroundings>,
    state: Arc<S>,
) -> Infallible {
    let (wire, around, state) = (&*wire, &*around, &state);
    let limits = &around.limits;
    // Kept from turn to turn, so that a turn need not make them.
    let mut aside = Aside::default();
    // Where a response is written that something runs around, which may wait
    // when it is there: the answers before it are sent meanwhile.
    let apart = RefCell::default();
    let mut last_host = LastHost::default();
    let mut captures = Captures::new();
    loop {
        let mut borrowed = wire.conn.borrow_mut();
        let conn = &mut *borrowed;
        // Everything before `at` is consumed.
        let mut at = discard(conn);
        let mut answered = 0;
        let next = loop {
            let input = &conn.input[at..];
            if input.is_empty() {
                break conn.next;
            }
            if answered == limits.requests_per_turn || wire.output_len() >= limits.output_bytes {
                break Next::Turn;
            }
            let mut room = field_room();
            let parsed = Head::parse(input, &mut room, limits.head_bytes, &mut last_host);
            let head = match &parsed {
                Ok(Some(head)) => head,
                Ok(None) => break Next::Receive,
                Err(refusal) => {
                    let mut response = Response::new(&wire.output, &mut aside, &around.date);
                    miss::refuse(*refusal, &mut response);
                    close(response, asks_for_head(input));
                    break Next::Linger;
                }
            };
            // Most requests have none, and need not pay for the receiving of one.
            let body = head.framing.has_body().then(|| {
                let behind = &input[head.len..];
                WireBody::new(wire, head.framing, behind, limits.body_bytes)
            });
            let incoming: &dyn Incoming = match &body {
                Some(body) => body,
                None => &NoBody,
            };
            captures.clear();
            let found = R::find(head.method, head.path, &mut captures)
                .or_else(|| R::table().fallback(head.path, &mut captures));
            let asked = Asked {
                head,
                captures: &captures,
                incoming,
                addresses: &conn.addresses,
                table: R::table(),
                number: found,
            };
            let request = Request::new(&asked);
            let outbox = if R::WRAPPED { &apart } else { &wire.output };
            // May hold what the request lends, so it goes before that.
            let mut response = Response::new(outbox, &mut aside, &around.date);
            response.answers(&asked);
            if R::WRAPPED {
                response.forget();
            }
            let number = match found {
                None if R::WRAPPED => miss::enter::<R>(request, &response),
                found => found,
            };
            let survived = if let Some(number) = number {
                // A handler that is not `async` runs when it is called: that is guarded, too.
                guarded(async { R::dispatch(number, request, &mut response, state).await }).await
            } else {
                miss::respond(request, &mut response);
                true
            };
            let survived = settled::<R>(survived, &mut response);
            let bodyless = matches!(head.method, Method::Head);
            let persists = survived && head.framing.persistent && !around.closing.get();
            // Most exchanges are over by now.
            if persists
                && head.version == Version::Http11
                && body.is_none()
                && !response.is_streamed()
                && !R::WRAPPED
            {
                response.commit(bodyless);
                at += head.len;
                answered += 1;
                continue;
            }
            let streamed = match response.take_producer() {
                None => None,
                Some(producer) => {
                    let outgoing = Outgoing {
                        wire,
                        apart: &apart,
                        limits,
                        version: head.version,
                        bodyless,
                        persists,
                    };
                    let abandoned =
                        Abandoned::with_status(response.trail(), request, response.status());
                    let sent = outgoing.send(&mut response, producer, body.as_ref()).await;
                    abandoned.keep();
                    Some(sent)
                }
            };
            if R::WRAPPED {
                response.tell(request, bodyless, streamed.is_some());
            }
            let (taken, leftover) = match &body {
                Some(body) => body.leave(),
                None => (0, Leftover::Nothing),
            };
            if let Some(Sent::Cut(next)) = streamed {
                break next;
            }
            let stays = persists
                && streamed != Some(Sent::Last)
                && body
                    .as_ref()
                    .is_none_or(|body| body.is_passed_over(leftover, limits.discarded_bytes));
            at += head.len + taken;
            if !stays {
                match streamed {
                    None => close(response, bodyless),
                    Some(_) => drop(response),
                }
                if R::WRAPPED {
                    wire.append(&apart);
                }
                let all_read = leftover == Leftover::Nothing
                    && at == conn.input.len()
                    && body
                        .as_ref()
                        .is_none_or(|body| body.take_surplus().is_empty());
                // A peer that did not ask for it does not know that it is the
                // last answer, and may be sending the next request by now.
                break if all_read && !head.framing.persistent {
                    Next::Close
                } else {
                    Next::Linger
                };
            }
            if streamed.is_some() {
                drop(response);
            } else {
                if head.version == Version::Http10 {
                    response.late_field("Connection", format_args!("keep-alive"));
                }
                response.finish(bodyless);
            }
            if R::WRAPPED {
                wire.append(&apart);
            }
            answered += 1;
            if let Leftover::Body(body) = leftover {
                conn.discard = Some(body);
                conn.patience = limits.discarded_bytes.saturating_sub(taken as u64);
                break Next::Receive;
            }
            if let Some(surplus) = body.as_ref().map(WireBody::take_surplus)
                && !surplus.is_empty()
            {
                conn.input.clear();
                conn.input.extend_from_slice(&surplus);
                at = 0;
            }
        };
        consume(&mut conn.input, at);
        conn.next = next;
        drop(borrowed);
        wire.end_turn().await;
    }
}

/// Ends the last response of a connection.
#[cold]
fn close(mut response: Response<'_>, bodyless: bool) {
    response.late_field("Connection", format_args!("close"));
    response.finish(bodyless);
}

/// Answers for a panic; `false` if there was one, here or inside a layer.
#[inline]
fn settled<R: RouteSet>(survived: bool, response: &mut Response<'_>) -> bool {
    if !survived {
        response.fail(format_args!("the handler panicked"));
    }
    survived && !(R::WRAPPED && response.trail().panicked.get())
}

/// Passes over the part of the input that belongs to a body nobody took, and
/// says how much that is, and in `conn.next` what comes when the rest is used
/// up: the end, if the peer has sent enough of it.
#[inline]
fn discard(conn: &mut Conn) -> usize {
    conn.next = Next::Receive;
    let Some(body) = &mut conn.discard else {
        return 0;
    };
    let skipped = body.skip(&conn.input).ok();
    if body.is_done() {
        conn.discard = None;
    }
    let patience = skipped.and_then(|taken| conn.patience.checked_sub(taken as u64));
    if let (Some(taken), Some(patience)) = (skipped, patience) {
        conn.patience = patience;
        taken
    } else {
        conn.next = Next::Linger;
        conn.input.len()
    }
}

/// Removes the first `at` bytes.
#[inline]
fn consume(input: &mut Vec<u8>, at: usize) {
    if at == input.len() {
        input.clear();
    } else {
        input.drain(..at);
    }
}
