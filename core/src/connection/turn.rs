//! A turn: the requests in a connection's input, answered one after the other.
//!
//! Owns the story of a request from bytes to bytes: parse, route, call, write.
//! It reads top to bottom in [`turn`]. Refuses to wait for anything but a
//! handler and its body, and to touch a byte of the next request.
//!
//! A turn that no handler interrupts allocates nothing and makes no system
//! call.

use core::cell::Cell;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::connection::conn::{Conn, Next};
use crate::connection::incoming::{Leftover, WireBody};
use crate::connection::limits::Limits;
use crate::connection::miss;
use crate::connection::wire::Wire;
use crate::handler::request::Request;
use crate::handler::response::Response;
use crate::handler::set::RouteSet;
use crate::http::date::DateCache;
use crate::http::fields::Version;
use crate::http::head::{Head, field_room};
use crate::http::host::LastHost;
use crate::http::method::Method;
use crate::routing::captures::Captures;

/// What the lanes of a worker share.
#[derive(Debug)]
pub(crate) struct Surroundings {
    pub(crate) date: DateCache,
    pub(crate) limits: Limits,
    /// The server is shutting down: every answer is the last on its
    /// connection.
    pub(crate) closing: Cell<bool>,
}

/// What a lane keeps from turn to turn, so that a turn need not make it.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// The fields added late to a response.
    late: Vec<u8>,
    last_host: LastHost,
}

/// Answers the requests in `conn.input`, and says in `conn.next` what comes
/// after.
#[inline]
pub(crate) async fn turn<R: RouteSet>(
    conn: &mut Conn,
    wire: &Wire,
    around: &Surroundings,
    scratch: &mut Scratch,
) {
    let limits = &around.limits;
    let mut captures = Captures::new();
    // Everything before `at` is consumed.
    let mut at = discard(conn);
    let mut answered = 0;
    let next = loop {
        let input = &conn.input[at..];
        if input.is_empty() {
            break Next::Receive;
        }
        if answered > 0
            && (answered == limits.requests_per_turn || output_len(wire) >= limits.output_bytes)
        {
            break Next::Turn;
        }
        let mut response = Response::new(&wire.output, &mut scratch.late, &around.date);
        let mut room = field_room();
        let head = match Head::parse(input, &mut room, limits.head_bytes, &mut scratch.last_host) {
            Ok(Some(head)) => head,
            Ok(None) => break Next::Receive,
            Err(refusal) => {
                miss::refuse(refusal, &mut response);
                close(&mut response, false);
                break Next::Linger;
            }
        };
        let rest = &input[head.len..];
        let buffered = rest
            .len()
            .min(usize::try_from(head.framing.length).unwrap_or(usize::MAX));
        let body = WireBody::new(wire, head.framing, &rest[..buffered], limits.body_bytes);
        captures.truncate(0);
        let found = R::find(head.method, head.path, &mut captures)
            .or_else(|| R::TABLE.fallback(head.path, &mut captures));
        let request = Request::new(&head, &captures, &body);
        let survived = if let Some(index) = found {
            guarded(R::dispatch(index, request, &mut response)).await
        } else {
            miss::respond(R::TABLE, request, &mut response);
            true
        };
        if !survived {
            response.fail();
        }
        let discard = match body.leftover() {
            Leftover::None => Some(0),
            Leftover::Bytes(bytes) if bytes <= limits.discarded_bytes => Some(bytes),
            Leftover::Bytes(_) | Leftover::Unknown => None,
        };
        let bodyless = matches!(head.method, Method::Head);
        let Some(discard) =
            discard.filter(|_| survived && head.framing.persistent && !around.closing.get())
        else {
            close(&mut response, bodyless);
            at += head.len + buffered;
            let all_read = at == conn.input.len() && body.leftover() == Leftover::None;
            break if all_read { Next::Close } else { Next::Linger };
        };
        if head.version == Version::Http10 {
            response.late_field("Connection", format_args!("keep-alive"));
        }
        response.finish(bodyless);
        at += head.len + buffered;
        answered += 1;
        if discard > 0 {
            conn.discard = discard;
            break Next::Receive;
        }
    };
    consume(&mut conn.input, at);
    conn.next = next;
}

/// Ends the last response of a connection.
#[cold]
fn close(response: &mut Response<'_>, bodyless: bool) {
    response.late_field("Connection", format_args!("close"));
    response.finish(bodyless);
}

/// Runs a handler to its end; `false` if it panicked, which the panic hook has
/// reported by then.
#[inline]
async fn guarded(handler: impl Future<Output = ()>) -> bool {
    let mut handler = pin!(handler);
    poll_fn(|cx| {
        // A handler that panicked is never polled again, and what it shares
        // with the turn, the response, is overwritten.
        match catch_unwind(AssertUnwindSafe(|| handler.as_mut().poll(cx))) {
            Ok(poll) => poll.map(|()| true),
            Err(_) => Poll::Ready(false),
        }
    })
    .await
}

/// Drops the part of the input that belongs to a body nobody took, and says how
/// much that was.
#[inline]
fn discard(conn: &mut Conn) -> usize {
    if conn.discard == 0 {
        return 0;
    }
    let dropped = conn
        .input
        .len()
        .min(usize::try_from(conn.discard).unwrap_or(usize::MAX));
    conn.discard -= dropped as u64;
    dropped
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

fn output_len(wire: &Wire) -> usize {
    let output = wire.output.take();
    let len = output.len();
    wire.output.set(output);
    len
}
