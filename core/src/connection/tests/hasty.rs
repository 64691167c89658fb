//! A layer that writes an answer, and then lets others write one.

use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::{Layer, Next, Request, Response, route, routes};

#[route(POST, "/echo")]
fn echo(body: &[u8]) -> &[u8] {
    body
}

/// Writes an answer before there is one.
struct Hasty;

impl Layer for Hasty {
    async fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) {
        response.text(format_args!("hasty"));
        next.run(request, response).await;
    }
}

routes! { #[layer(Hasty)] Hasted: echo }

#[test]
fn a_layer_that_answers_first_holds_nothing_back() {
    let post =
        |fields| format!("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n{fields}\r\n");
    let mut memory = Memory::new::<Hasted>(Limits::default());
    let first = post("") + "one";
    memory.feed((first + &post("Expect: 100-continue\r\n")).as_bytes());
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(
        sent.ends_with("\r\n\r\noneHTTP/1.1 100 Continue\r\n\r\n"),
        "{sent}"
    );
    memory.feed(b"two");
    let sent = String::from_utf8(memory.sent()).expect("text");
    assert!(
        sent.ends_with("\r\n\r\ntwo") && !sent.contains("hasty"),
        "{sent}"
    );
}
