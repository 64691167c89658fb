//! The test client with bodies in pieces.

use std::io;
use std::time::Duration;

use tramline::testing::Client;
use tramline::{Body, Responder, Streamed, route, routes, smol};

#[route(POST, "/echo")]
fn echo(body: Body<'_>) -> impl Responder {
    Streamed::from_reader(body)
}

#[route("/slowly")]
fn slowly() -> impl Responder {
    Streamed::new(smol::stream::unfold(0_u32, |count| async move {
        smol::Timer::after(Duration::from_millis(1)).await;
        (count < 5).then(|| (Ok::<_, io::Error>(format!("{count} ")), count + 1))
    }))
}

#[route("/broken")]
fn broken() -> impl Responder {
    Streamed::new(smol::stream::iter([
        Ok("a part"),
        Err(io::Error::other("in the middle")),
    ]))
}

routes! { App: echo, slowly, broken }

#[test]
fn pieces_are_put_together() {
    for client in [Client::new(App), Client::new(App).over_socket()] {
        let reply = client.get("/slowly").send();
        reply
            .assert_header("transfer-encoding", "chunked")
            .assert_text("0 1 2 3 4 ");
        let body = vec![b'x'; 300_000];
        let echoed = client.post("/echo").body(body.clone()).send();
        assert_eq!(echoed.assert_status(200).bytes(), body);
    }
}

#[test]
#[should_panic(expected = "the last chunk of the answer is missing")]
fn an_answer_that_is_cut_is_no_answer() {
    Client::new(App).get("/broken").send();
}
