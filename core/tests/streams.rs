//! Bodies that are streamed, in and out, over real sockets.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::pin::Pin;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tramline::smol::stream::{self, Stream, StreamExt};
use tramline::smol::{Timer, channel, future};
use tramline::{
    Body, BodyError, Event, Events, Responder, Running, Server, Streamed, route, routes, text,
};

/// The most bytes in use at once since it was set.
struct Peak;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to `System` unchanged.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Peak {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = IN_USE.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(now, Relaxed);
        // SAFETY: the caller's contract is `System`'s.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's contract is `System`'s.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Peak = Peak;

/// Counts the producers that are alive.
struct Alive;

static ALIVE: AtomicUsize = AtomicUsize::new(0);

impl Alive {
    fn new() -> Self {
        ALIVE.fetch_add(1, SeqCst);
        Self
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, SeqCst);
    }
}

/// Bytes that the endless streams gave.
static GIVEN: AtomicUsize = AtomicUsize::new(0);

/// Gives without waiting until it has given so many.
struct Flood {
    left: usize,
    _alive: Alive,
}

impl Stream for Flood {
    type Item = Result<Vec<u8>, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let count = self.left.min(8 * 1024);
        self.left -= count;
        GIVEN.fetch_add(count, SeqCst);
        Poll::Ready((count > 0).then(|| Ok(vec![b'x'; count])))
    }
}

#[route(POST, "/count")]
async fn count(mut body: Body<'_>) -> Result<impl Responder, BodyError> {
    let mut bytes = 0;
    while let Some(chunk) = body.chunk().await {
        bytes += chunk?.len();
    }
    Ok(text!("{bytes}"))
}

/// Takes its time before each piece.
#[route(POST, "/slowly")]
async fn slowly(mut body: Body<'_>) -> Result<impl Responder, BodyError> {
    let mut bytes = 0;
    loop {
        Timer::after(Duration::from_millis(2)).await;
        match body.chunk().await {
            Some(chunk) => bytes += chunk?.len(),
            None => return Ok(text!("{bytes}")),
        }
    }
}

/// Reads a chunk or waits, whichever ends first, again and again.
#[route(POST, "/torn")]
async fn torn(mut body: Body<'_>) -> Result<impl Responder, BodyError> {
    let mut bytes = 0;
    loop {
        let next = async { Some(body.chunk().await.map(|chunk| chunk.map(<[u8]>::len))) };
        let late = async {
            Timer::after(Duration::from_millis(1)).await;
            None
        };
        match future::or(next, late).await {
            None => {}
            Some(None) => return Ok(text!("{bytes}")),
            Some(Some(chunk)) => bytes += chunk?,
        }
    }
}

#[route(POST, "/echo")]
fn echo(body: Body<'_>) -> impl Responder {
    Streamed::from_reader(body)
}

#[route("/flood/{bytes}")]
fn flood(bytes: usize) -> impl Responder {
    Streamed::new(Flood {
        left: bytes,
        _alive: Alive::new(),
    })
}

#[route("/sized/{bytes}")]
fn sized(bytes: usize) -> impl Responder {
    let flood = Flood {
        left: bytes,
        _alive: Alive::new(),
    };
    Streamed::new(flood).length(bytes as u64)
}

/// An event at once, and the next in an hour.
#[route("/events")]
fn events() -> impl Responder {
    let alive = Alive::new();
    let (sender, receiver) = channel::bounded(1);
    tramline::spawn_local(async move {
        let _ = sender.send("begun").await;
        Timer::after(Duration::from_secs(3_600)).await;
    });
    Events::new(receiver.map(move |data| {
        let _ = &alive;
        Event::new(data)
    }))
}

/// An event every few milliseconds.
#[route("/ticks")]
fn ticks() -> impl Responder {
    let alive = Alive::new();
    Events::new(Timer::interval(Duration::from_millis(5)).map(move |_| {
        let _ = &alive;
        Event::new("tick")
    }))
}

#[route("/fails")]
fn fails() -> impl Responder {
    let begun = stream::iter([Ok(vec![b'x'; 100]), Err(BodyError::Incomplete)]);
    Streamed::new(begun)
}

routes! { App: count, slowly, torn, echo, flood, sized, events, ticks, fails }

/// One at a time: they measure memory and count producers.
fn start() -> (MutexGuard<'static, ()>, Running) {
    static ALONE: Mutex<()> = Mutex::new(());
    let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let server = Server::new(App)
        .listen("127.0.0.1:0")
        .threads(1)
        .shutdown_grace(Duration::from_millis(500))
        .start();
    (alone, server.expect("a free port"))
}

fn connect(server: &Running, request: &str) -> TcpStream {
    let mut peer = TcpStream::connect(server.addr()).expect("the server accepts");
    peer.set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a timeout");
    peer.write_all(request.as_bytes()).expect("it is open");
    peer
}

/// Everything until the server closes.
fn rest(peer: &mut TcpStream) -> String {
    let mut text = String::new();
    peer.read_to_string(&mut text).expect("text, and an end");
    text
}

fn wait_until(what: &str, reached: impl Fn() -> bool) {
    let start = Instant::now();
    while !reached() {
        assert!(start.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

const UPLOAD: usize = 64 << 20;

#[test]
fn a_large_upload_takes_little_memory() {
    let (_alone, server) = start();
    for (path, bytes) in [("/count", UPLOAD), ("/slowly", 1 << 20), ("/torn", UPLOAD)] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {bytes}\r\n\r\n"
        );
        let piece = vec![b'x'; 1 << 16];
        let before = IN_USE.load(Relaxed);
        PEAK.store(before, Relaxed);
        let mut peer = connect(&server, &head);
        for _ in 0..bytes / piece.len() {
            peer.write_all(&piece).expect("it reads");
        }
        assert!(
            rest(&mut peer).ends_with(&format!("\r\n\r\n{bytes}")),
            "{path}"
        );
        let grown = PEAK.load(Relaxed).saturating_sub(before);
        assert!(grown < 512 * 1024, "{path} took {grown} bytes");
    }
    server.stop().expect("a clean end");
}

#[test]
fn a_slow_reader_stops_the_producer_and_gets_everything() {
    let (_alone, server) = start();
    let bytes = 32 << 20;
    for path in ["flood", "sized"] {
        let before = IN_USE.load(Relaxed);
        GIVEN.store(0, SeqCst);
        PEAK.store(before, Relaxed);
        let request =
            format!("GET /{path}/{bytes} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let mut peer = connect(&server, &request);
        // Until the buffers of both kernels are full.
        let last = Cell::new(0);
        wait_until("the producer stops", || {
            std::thread::sleep(Duration::from_millis(50));
            let now = GIVEN.load(SeqCst);
            last.replace(now) == now && now > 0
        });
        let given = last.get();
        assert!(given < bytes, "{given} bytes were produced for nobody");
        let mut count = 0;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match peer.read(&mut buffer).expect("it goes on") {
                0 => break,
                read => {
                    let text = String::from_utf8_lossy(&buffer[..read]);
                    count += text.matches('x').count();
                }
            }
        }
        assert_eq!(count, bytes, "{path}");
        let grown = PEAK.load(Relaxed).saturating_sub(before);
        assert!(grown < 1 << 20, "{path} took {grown} bytes");
    }
    server.stop().expect("a clean end");
}

#[test]
fn an_echo_larger_than_all_buffers_comes_back() {
    let (_alone, server) = start();
    let bytes = 16 << 20;
    let head = format!(
        "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {bytes}\r\n\r\n"
    );
    let mut peer = connect(&server, &head);
    let mut sender = peer.try_clone().expect("a second handle");
    let sending = std::thread::spawn(move || sender.write_all(&vec![b'x'; bytes]));
    let answer = rest(&mut peer);
    sending.join().expect("no panic").expect("it reads");
    assert_eq!(answer.matches('x').count(), bytes);
    assert!(answer.ends_with("\r\n0\r\n\r\n"));
    server.stop().expect("a clean end");
}

#[test]
fn an_event_arrives_at_once_and_leaves_its_worker_free() {
    let (_alone, server) = start();
    let start = Instant::now();
    let mut listener = connect(&server, "GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    let mut received = Vec::new();
    let mut buffer = [0; 1024];
    while !received.ends_with(b"\r\ndata: begun\n\n\r\n") {
        let read = listener.read(&mut buffer).expect("an event");
        assert!(read > 0);
        received.extend_from_slice(&buffer[..read]);
    }
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    let mut other = connect(
        &server,
        "POST /count HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab",
    );
    assert!(rest(&mut other).ends_with('2'));
    // Its producer would go on for an hour.
    assert!(server.stop().is_err(), "it is cut off");
}

#[test]
fn the_producer_of_a_peer_that_left_is_dropped() {
    let (_alone, server) = start();
    for path in ["/ticks", "/flood/1000000000000"] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");
        let mut peers: Vec<TcpStream> = (0..10).map(|_| connect(&server, &request)).collect();
        for peer in &mut peers {
            peer.read_exact(&mut [0; 20]).expect("it begins");
        }
        assert_eq!(ALIVE.load(SeqCst), peers.len(), "{path}");
        drop(peers);
        wait_until("all are dropped", || ALIVE.load(SeqCst) == 0);
    }
    server.stop().expect("a clean end");
}

#[test]
fn a_reset_is_noticed_while_nothing_is_sent() {
    let (_alone, server) = start();
    let mut peer = connect(&server, "GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    peer.read_exact(&mut [0; 20]).expect("it begins");
    // Bytes that were not read make closing a reset: the server is told.
    let mut received = vec![0; 1];
    peer.read_exact(&mut received).expect("there is more");
    drop(peer);
    wait_until("it is dropped", || ALIVE.load(SeqCst) == 0);
    server.stop().expect("a clean end");
}

#[test]
fn a_failure_cannot_be_taken_for_the_end() {
    let (_alone, server) = start();
    let mut chunked = connect(&server, "GET /fails HTTP/1.1\r\nHost: a\r\n\r\n");
    let answer = rest(&mut chunked);
    assert!(
        answer.contains("xxx") && !answer.ends_with("0\r\n\r\n"),
        "{answer}"
    );
    let mut until_close = connect(&server, "GET /fails HTTP/1.0\r\n\r\n");
    let error = until_close.read_to_end(&mut Vec::new());
    assert_eq!(
        error.expect_err("a reset").kind(),
        std::io::ErrorKind::ConnectionReset
    );
    server.stop().expect("a clean end");
}
