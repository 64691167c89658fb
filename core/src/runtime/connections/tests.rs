//! Connections over real sockets, by ticks that a test counts.
//!
//! Owns what takes time: which wait begins when, and what ends it. Refuses to
//! sleep: no worker runs, the test does what it would do.

use core::cell::Cell;
use core::convert::Infallible;
use core::future::{pending, poll_fn};
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

use async_executor::LocalExecutor;
use futures_core::Stream;

use crate::connection::buffers::KEPT_CAPACITY;
use crate::connection::lane::Service;
use crate::connection::limits::Limits;
use crate::connection::turn::Surroundings;
use crate::http::date::DateCache;
use crate::runtime::connections::Connections;
use crate::runtime::connections::ending::LANES_KEPT;
use crate::runtime::poller::{Poller, TICK};
use crate::runtime::slot::State;
use crate::runtime::worker_handle::WorkerHandle;
use crate::{FromRequest, Request, Responder, Streamed, route, routes};

/// Pends once: for as long as the executor is not run.
#[derive(Clone, Copy)]
struct Gate;

impl<'r> FromRequest<'r> for Gate {
    type State = ();
    type Rejection = Infallible;

    async fn from_request(_: Request<'r>, (): ()) -> Result<Self, Self::Rejection> {
        let mut polled = false;
        poll_fn(|_| {
            if core::mem::replace(&mut polled, true) {
                Poll::Ready(Ok(Self))
            } else {
                Poll::Pending
            }
        })
        .await
    }
}

#[route(POST, "/gated")]
fn gated(gate: Gate, body: &[u8]) -> usize {
    let Gate = gate;
    body.len()
}

#[route(POST, "/length")]
fn length(body: &[u8]) -> usize {
    body.len()
}

#[route(POST, "/ignore")]
fn ignore() -> &'static str {
    "ignored"
}

/// Takes its body, and answers without end.
#[route(POST, "/endless")]
fn endless(body: Vec<u8>) -> impl Responder {
    struct Endless(Vec<u8>);

    impl Stream for Endless {
        type Item = Result<Vec<u8>, Infallible>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(Some(Ok(self.0.repeat(1_000))))
        }
    }

    Streamed::new(Endless(body))
}

/// More than a socket takes at once.
#[route(POST, "/large")]
fn large() -> Vec<u8> {
    vec![b'x'; 16 << 20]
}

#[route(POST, "/never")]
async fn never() -> &'static str {
    pending().await
}

routes! { App: gated, length, ignore, endless, large, never }

/// The head of a POST whose body has six bytes.
fn post(path: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n")
}

/// What a worker has, without the worker.
struct Bench {
    connections: Connections,
    poller: Poller,
    peers: Vec<TcpStream>,
}

impl Bench {
    /// So many peers, who have sent nothing.
    fn new(limits: Limits, count: usize) -> Self {
        let poller = Poller::new().unwrap();
        let around = Rc::new(Surroundings {
            date: DateCache::new(SystemTime::UNIX_EPOCH),
            limits,
            closing: Cell::new(false),
        });
        let mut connections = Connections::new(
            Arc::new(WorkerHandle::new(poller.notifier(), Arc::default())),
            Service::new::<App, ()>(Arc::new(()), limits),
            around,
            Rc::new(LocalExecutor::new()),
        );
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let peers = (0..count)
            .map(|_| {
                let peer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
                peer.set_nodelay(true).unwrap();
                let near = listener.accept().unwrap().0;
                near.set_nonblocking(true).unwrap();
                connections.handle.opened();
                connections.insert(near.into(), &poller);
                peer
            })
            .collect();
        Self {
            connections,
            poller,
            peers,
        }
    }

    /// The peer of `key` sends `bytes`, which its connection takes up.
    fn send(&mut self, key: usize, bytes: &str) {
        self.peers[key].write_all(bytes.as_bytes()).unwrap();
        self.connections.ready(key, &self.poller);
        self.run_executor();
    }

    /// Until all that is left waits for a peer.
    fn run_executor(&mut self) {
        while self.connections.executor.try_tick() {
            while self.connections.executor.try_tick() {}
            self.connections.settle(&self.poller);
        }
    }

    /// So many ticks pass.
    fn wait(&mut self, ticks: u32) {
        for _ in 0..ticks {
            self.connections.tick(&self.poller);
        }
    }

    /// Whether `key` has sent its last answer, or is closed.
    fn is_over(&self, key: usize) -> bool {
        let slot = self.connections.slots.get(key);
        slot.is_none_or(|slot| matches!(slot.state, State::Lingering { .. }))
    }

    /// All that has come to the peer of `key`, whose connection is over.
    fn answers(&mut self, key: usize) -> String {
        let mut answers = String::new();
        self.peers[key].read_to_string(&mut answers).unwrap();
        answers
    }
}

/// A body that came slowly takes nothing of the time of what its peer is waited
/// for next.
#[test]
fn each_wait_for_a_peer_has_its_own_time() {
    let time = TICK * 10;
    // Nothing is progress, so that all of the time counts.
    let limits = Limits::new()
        .stall_bytes(usize::MAX)
        .body_stall(time)
        .write_stall(time)
        .output_bytes(17 << 20);
    let head = &*post("/length");
    let (start, rest) = head.split_at(9);
    let large = format!("{}abcdef{}", &post("/large")[5..], post("/never"));
    let behind = |next: &str| format!("def{next}");
    // What is sent after so many ticks, and how long the peer has from then on.
    for (what, parts, left) in [
        ("the same body", vec![(0, head), (7, "abc")], 3),
        (
            "another body, in the same turn",
            vec![(0, head), (7, "abc"), (2, &behind(head))],
            10,
        ),
        (
            "another body, in the next turn",
            vec![(0, head), (7, "abc"), (2, &behind(start)), (0, rest)],
            10,
        ),
        (
            "a produced answer",
            vec![(0, &*post("/endless")), (7, "abc"), (2, "def")],
            10,
        ),
        (
            "an answer that waits for room, in the next turn",
            vec![(0, head), (7, "abc"), (2, "defPOST "), (0, &*large)],
            10,
        ),
    ] {
        let mut bench = Bench::new(limits, 1);
        for (ticks, bytes) in parts {
            bench.wait(ticks);
            bench.send(0, bytes);
        }
        bench.wait(left);
        assert_eq!(bench.connections.len(), 1, "{what}: cut too early");
        bench.wait(1);
        assert_eq!(bench.connections.len(), 0, "{what}: not cut");
    }
}

#[test]
fn what_is_behind_a_body_that_is_thrown_away_has_its_own_time() {
    let limits = Limits::new().head_time(TICK * 10).idle_time(TICK * 20);
    let head = &*post("/ignore");
    for (what, parts, left, is_told) in [
        (
            "the rest of the body",
            vec![(0, head), (7, "abc")],
            3,
            false,
        ),
        (
            "the start of a head",
            vec![(0, head), (7, "abc"), (2, "defPOST ")],
            10,
            true,
        ),
        (
            "another request",
            vec![(0, head), (7, "abc"), (2, "def")],
            20,
            false,
        ),
    ] {
        let mut bench = Bench::new(limits, 1);
        for (ticks, bytes) in parts {
            bench.wait(ticks);
            bench.send(0, bytes);
        }
        bench.wait(left);
        assert!(!bench.is_over(0), "{what}: ended too early");
        bench.wait(1);
        assert!(bench.is_over(0), "{what}: not ended");
        let answers = bench.answers(0);
        assert_eq!(answers.contains("HTTP/1.1 408 "), is_told, "{what}");
    }
}

#[test]
fn a_body_has_its_time_however_long_the_handler_waited_before() {
    let mut bench = Bench::new(Limits::default(), 1);
    bench.peers[0].write_all(post("/gated").as_bytes()).unwrap();
    bench.connections.ready(0, &bench.poller);
    bench.wait(1_000);
    bench.run_executor();
    bench.wait(1);
    assert_eq!(
        bench.connections.len(),
        1,
        "it waits for the body since now"
    );
    bench.wait(1_000);
    assert_eq!(bench.connections.len(), 0);
}

/// A worker that stops waits for none of these.
#[test]
fn an_answered_connection_is_no_cut_one() {
    for (what, parts, is_answered) in [
        ("nothing", vec![], true),
        (
            "an answer",
            vec![post("/length"), "abcdef".to_owned()],
            true,
        ),
        (
            "a body to throw away",
            vec![post("/ignore"), "abc".to_owned()],
            true,
        ),
        ("a head", vec![post("/ignore")[..9].to_owned()], false),
        ("a body", vec![post("/length")], false),
    ] {
        let mut bench = Bench::new(Limits::default(), 1);
        for part in parts {
            bench.send(0, &part);
        }
        let unanswered = usize::from(!is_answered);
        assert_eq!(bench.connections.unanswered(), unanswered, "{what}");
        bench.wait(1);
        bench.connections.close_idle(&bench.poller);
        assert!(!bench.is_over(0), "{what}: more may be on its way");
        bench.wait(1);
        bench.connections.close_idle(&bench.poller);
        assert_eq!(bench.is_over(0), is_answered, "{what}");
        if is_answered {
            bench.answers(0);
        }
    }
}

#[test]
fn a_body_that_comes_while_its_connection_ends_resets_nothing() {
    let mut bench = Bench::new(Limits::default(), 1);
    bench.send(0, &post("/ignore"));
    bench.wait(2);
    bench.connections.close_idle(&bench.poller);
    bench.send(0, "abcdef");
    assert!(bench.answers(0).ends_with("ignored"));
    assert_eq!(bench.connections.len(), 1, "it lingers");
    bench.wait(100);
    assert_eq!(bench.connections.len(), 0);
}

#[test]
fn a_large_answer_does_not_keep_its_buffer() {
    let mut bench = Bench::new(Limits::default(), 1);
    bench.send(0, &post("/gated"));
    bench.send(0, "abcdef");
    let capacity = |bench: &Bench| {
        let output = bench.connections.lanes[0].wire().output.borrow();
        output.capacity()
    };
    for (more, kept) in [(0, true), (KEPT_CAPACITY + 1, false)] {
        let wire = Rc::clone(bench.connections.lanes[0].wire());
        wire.output.borrow_mut().reserve(more);
        bench.wait(1);
        assert_eq!(capacity(&bench) > 0, kept);
    }
}

#[test]
fn a_crowd_of_requests_does_not_keep_its_lanes() {
    let count = LANES_KEPT + 20;
    let mut bench = Bench::new(Limits::default(), count);
    for part in [&*post("/gated"), "abcdef"] {
        for key in 0..count {
            bench.send(key, part);
        }
    }
    let lanes = |bench: &Bench| (bench.connections.len(), bench.connections.lanes.len());
    assert_eq!(lanes(&bench), (count, count), "all are answered");
    bench.wait(1);
    assert_eq!(lanes(&bench), (count, LANES_KEPT));
}
