//! What waits when the answer is written: the answers before it do not.

use core::future::poll_fn;
use core::task::Poll;

use super::around::get;
use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{Layer, Next, Request, Response, Status, catch, route, routes};

/// Waits once, for what the test wakes.
async fn wait() {
    let mut waits = true;
    poll_fn(|_| {
        if core::mem::take(&mut waits) {
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
}

/// Waits when there is an answer, if the request says so.
struct Late;

impl Layer for Late {
    async fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) {
        match request.query() {
            Some("early") => {
                response.text(format_args!("early"));
                wait().await;
            }
            Some("burst") => {
                next.run(request, response).await;
                wait().await;
                panic!("a layer of a test panics on purpose");
            }
            Some("late") => {
                next.run(request, response).await;
                wait().await;
                response.header("x-late", 1);
            }
            _ => next.run(request, response).await,
        }
    }
}

#[route("/")]
fn index() -> &'static str {
    "Hello"
}

#[route("/status")]
fn status() -> Status {
    Status::CONFLICT
}

#[route("/panic")]
fn panicking() {
    panic!("a handler of a test panics on purpose")
}

#[route(POST, "/refused")]
fn refused() -> Status {
    Status::GONE
}

#[catch]
async fn caught(status: Status) -> String {
    wait().await;
    format!("caught {}", status.code())
}

#[catch]
fn with_body(body: &[u8]) -> Vec<u8> {
    body.to_vec()
}

routes! { #[layer(Late)] Layered: index, status, panicking }

routes! { Caught: index, status, panicking, refused, 410 => with_body, _ => caught }

fn answered<R: crate::Serve<()>>(target: &str, status: &str, end: &str) {
    let mut memory = Memory::new::<R>(Limits::default());
    memory.feed((get("/") + &get(target)).as_bytes());
    assert!(memory.is_waiting(), "{target}");
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(sent.ends_with("\r\n\r\nHello"), "{target}: {sent}");
    memory.wake();
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(sent.starts_with(&format!("HTTP/1.1 {status} ")), "{sent}");
    assert!(sent.ends_with(end), "{target}: {sent}");
    assert_eq!(sent.matches("HTTP/1.1").count(), 1, "{target}: {sent}");
}

#[test]
fn a_layer_or_catcher_that_waits_holds_no_answer_back() {
    answered::<Layered>("/?late", "200", "\r\nx-late: 1\r\n\r\nHello");
    answered::<Layered>("/?early", "200", "\r\n\r\nearly");
    answered::<Layered>("/status?late", "409", "\r\n\r\n409 Conflict\n");
    answered::<Layered>("/panic?late", "500", "\r\n\r\n500 Internal Server Error\n");
    answered::<Layered>("/?burst", "500", "\r\n\r\n500 Internal Server Error\n");
    answered::<Caught>("/status", "409", "\r\n\r\ncaught 409");
    answered::<Caught>("/panic", "500", "\r\n\r\ncaught 500");
}

/// Produced while it is sent, behind an answer that waits to be.
#[cfg(feature = "smol")]
#[route("/stream")]
fn stream() -> impl crate::Responder {
    use crate::smol::stream::{StreamExt, iter, pending};

    crate::Streamed::new(iter([Ok::<_, std::io::Error>("abc")]).chain(pending()))
}

#[cfg(feature = "smol")]
routes! { #[layer(Late)] Streams: index, stream }

#[cfg(feature = "smol")]
#[test]
fn a_stream_follows_the_answers_before_it() {
    let mut memory = Memory::new::<Streams>(Limits::default());
    memory.feed((get("/") + &get("/stream?late")).as_bytes());
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(sent.ends_with("\r\n\r\nHello"), "{sent}");
    memory.wake();
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(sent.starts_with("HTTP/1.1 200 OK\r\n"), "{sent}");
    assert!(
        sent.ends_with("\r\nx-late: 1\r\n\r\n0003\r\nabc\r\n"),
        "{sent}"
    );
}

#[test]
fn a_body_is_asked_for_behind_the_answers_before_it() {
    let head =
        "POST /refused HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
    let mut memory = Memory::new::<Caught>(Limits::default());
    memory.feed((get("/") + head).as_bytes());
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(
        sent.ends_with("HelloHTTP/1.1 100 Continue\r\n\r\n"),
        "{sent}"
    );
    memory.feed(b"abc");
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(
        sent.starts_with("HTTP/1.1 410 ") && sent.ends_with("\r\n\r\nabc"),
        "{sent}"
    );
}
