//! Shared state and blocking handlers, over real sockets.

use std::cell::Cell;
use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tramline::{PerWorker, Running, Server, State, route, routes};

const PATIENCE: Duration = Duration::from_secs(20);

/// Counts for all workers.
struct Total(AtomicUsize);

/// Counts for one.
struct Here(Cell<usize>);

/// Where a job says that it has begun, waits to be let go, and says that it is
/// done.
struct Gate {
    begun: SyncSender<()>,
    go: Mutex<Receiver<()>>,
    done: SyncSender<()>,
}

impl Gate {
    fn pass(&self) {
        self.begun.send(()).unwrap();
        self.go.lock().unwrap().recv_timeout(PATIENCE).unwrap();
        self.done.send(()).unwrap();
    }
}

#[derive(State)]
struct AppState {
    total: Total,
    here: PerWorker<Here>,
    gate: Gate,
    dropped: Dropped,
}

/// Says when the state is gone.
struct Dropped(Arc<AtomicUsize>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[route("/count")]
fn count(total: &Total, here: &Here) -> String {
    here.0.set(here.0.get() + 1);
    let worker = thread::current().id();
    let total = total.0.fetch_add(1, Ordering::Relaxed) + 1;
    format!("{worker:?} {} {total}", here.0.get())
}

#[route("/thread", blocking)]
fn name() -> String {
    thread::current().name().unwrap_or_default().to_owned()
}

#[route("/inline")]
fn inline() -> String {
    thread::current().name().unwrap_or_default().to_owned()
}

#[route("/wait/{name}", blocking)]
fn wait(gate: &Gate, name: String, total: &Total) -> String {
    gate.pass();
    total.0.fetch_add(100, Ordering::Relaxed);
    format!("{name} waited")
}

#[route(POST, "/length", blocking)]
fn length(body: Vec<u8>) -> usize {
    body.len()
}

#[route("/panic", blocking)]
fn panics() -> String {
    panic!("a job that fails")
}

routes! { Waiting for Gate: }
routes! { Jobs for AppState: wait, length, panics, name, "/none" => Waiting }
routes! { App for AppState: count, inline, "/jobs" => Jobs }

struct Test {
    running: Running,
    begun: Receiver<()>,
    go: SyncSender<()>,
    done: Receiver<()>,
    dropped: Arc<AtomicUsize>,
}

fn start(threads: usize) -> Test {
    let (begins, begun) = sync_channel(1);
    let (go, goes) = sync_channel(1);
    let (ends, done) = sync_channel(1);
    let dropped = Arc::new(AtomicUsize::new(0));
    let state = AppState {
        total: Total(AtomicUsize::new(0)),
        here: PerWorker::new(|| Here(Cell::new(0))),
        gate: Gate {
            begun: begins,
            go: Mutex::new(goes),
            done: ends,
        },
        dropped: Dropped(Arc::clone(&dropped)),
    };
    let server = Server::with_state(App, state).listen("127.0.0.1:0");
    Test {
        running: server.threads(threads).start().unwrap(),
        begun,
        go,
        done,
        dropped,
    }
}

impl Test {
    fn connect(&self, method: &str, path: &str, body: &str) -> TcpStream {
        let mut peer = TcpStream::connect(self.running.addr()).unwrap();
        peer.set_read_timeout(Some(PATIENCE)).unwrap();
        let length = body.len();
        write!(
            peer,
            "{method} {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        peer
    }

    fn get(&self, path: &str) -> String {
        answer(self.connect("GET", path, ""))
    }
}

/// The status and the body.
fn answer(mut peer: TcpStream) -> String {
    let mut text = String::new();
    peer.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    format!("{} {body}", head.split(' ').nth(1).unwrap())
}

#[test]
fn workers_share_the_state_and_each_has_its_own() {
    let test = start(2);
    // Held open, so that connections are dealt to both.
    let peers: Vec<TcpStream> = (0..20).map(|_| test.connect("GET", "/count", "")).collect();
    let answers: Vec<String> = peers.into_iter().map(answer).collect();
    let field = |at: usize| {
        answers
            .iter()
            .map(move |text| text.split(' ').nth(at).unwrap())
    };
    let totals: HashSet<&str> = field(3).collect();
    assert_eq!(totals.len(), 20, "{answers:?}");
    let workers: HashSet<&str> = field(1).collect();
    assert_eq!(workers.len(), 2, "{answers:?}");
    let own: HashSet<(&str, &str)> = field(1).zip(field(2)).collect();
    assert_eq!(own.len(), 20, "each counts for itself: {answers:?}");
    assert!(field(2).all(|count| count.parse::<usize>().unwrap() < 20));

    assert_eq!(test.dropped.load(Ordering::Relaxed), 0);
    test.running.stop().unwrap();
    assert_eq!(test.dropped.load(Ordering::Relaxed), 1);
}

#[test]
fn a_blocking_handler_does_not_hold_its_worker() {
    let test = start(1);
    let waiting = test.connect("GET", "/jobs/wait/Ada%20L.", "");
    test.begun.recv_timeout(PATIENCE).unwrap();
    assert!(test.get("/count").ends_with(" 1 1"));
    test.go.send(()).unwrap();
    assert_eq!(answer(waiting), "200 Ada L. waited");
    assert!(test.get("/count").ends_with(" 2 102"));
    assert_ne!(test.get("/jobs/thread"), test.get("/inline"));
    assert_eq!(
        answer(test.connect("POST", "/jobs/length", "12345")),
        "200 5"
    );
    test.running.stop().unwrap();
}

#[test]
fn a_panic_in_a_job_is_a_500() {
    let test = start(1);
    assert!(test.get("/jobs/panic").starts_with("500 "));
    assert!(test.get("/count").starts_with("200 "));
    test.running.stop().unwrap();
}

#[test]
fn a_job_ends_after_its_peer_has_left() {
    let test = start(1);
    let leaving = test.connect("GET", "/jobs/wait/gone", "");
    test.begun.recv_timeout(PATIENCE).unwrap();
    drop(leaving);
    test.go.send(()).unwrap();
    test.done.recv_timeout(PATIENCE).unwrap();
    test.running.stop().unwrap();
}

/// The server is gone before the job is, which keeps the state that it needs.
#[test]
fn a_job_keeps_its_state_when_the_server_is_cut() {
    let test = start(1);
    let cut = test.connect("GET", "/jobs/wait/cut", "");
    test.begun.recv_timeout(PATIENCE).unwrap();
    drop(test.running);
    drop(cut);
    test.go.send(()).unwrap();
    test.done.recv_timeout(PATIENCE).unwrap();
}

#[test]
fn the_table_says_which_block() {
    let blocking: Vec<&str> = App::ROUTES
        .iter()
        .filter(|route| route.is_blocking())
        .map(tramline::RouteInfo::pattern)
        .collect();
    assert_eq!(
        blocking,
        [
            "/jobs/wait/{name}",
            "/jobs/length",
            "/jobs/panic",
            "/jobs/thread"
        ]
    );
}
