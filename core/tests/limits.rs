//! Each limit and timeout, reached by a peer over a real socket; and the
//! connections beyond the most there may be.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::thread;
use std::time::{Duration, Instant};

use tramline::{Limits, Responder, Running, Server, Streamed, route, routes, smol};

#[route("/")]
fn index() -> &'static str {
    "Hello, World!"
}

#[route(POST, "/length")]
fn length(body: &[u8]) -> usize {
    body.len()
}

static WAITING: AtomicUsize = AtomicUsize::new(0);

/// Counts a handler that lives.
struct Waiting;

impl Waiting {
    fn new() -> Self {
        WAITING.fetch_add(1, SeqCst);
        Self
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, SeqCst);
    }
}

#[route(POST, "/counted")]
async fn counted(request: tramline::Request<'_>) -> usize {
    let _waiting = Waiting::new();
    let body = <&[u8] as tramline::FromRequest>::from_request(request, ()).await;
    body.map_or(0, <[u8]>::len)
}

#[route("/large")]
fn large() -> Vec<u8> {
    vec![b'x'; 32 << 20]
}

/// Without end, and without a length.
#[route("/endless")]
fn endless() -> impl Responder {
    Streamed::from_reader(smol::io::repeat(b'x'))
}

#[route("/sleep/{milliseconds}")]
async fn sleep(milliseconds: u64) -> &'static str {
    smol::Timer::after(Duration::from_millis(milliseconds)).await;
    "slept"
}

routes! { App: index, length, counted, large, endless, sleep }

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const SHORT: Duration = Duration::from_millis(500);

/// Every time is long, but for those that a test is about.
fn limits() -> Limits {
    let long = Duration::from_secs(60);
    Limits::new()
        .head_time(long)
        .body_stall(long)
        .write_stall(long)
        .idle_time(long)
        .linger_time(long)
}

fn start(threads: usize, limits: Limits) -> Running {
    Server::new(App)
        .listen("127.0.0.1:0")
        .threads(threads)
        .limits(limits)
        .start()
        .expect("a free port")
}

fn connect(server: &Running) -> TcpStream {
    let peer = TcpStream::connect(server.addr()).expect("somebody listens");
    peer.set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a timeout");
    peer.set_nodelay(true).expect("no delay");
    peer
}

/// All that comes until the server closes.
fn rest(peer: &mut TcpStream) -> String {
    let mut text = Vec::new();
    match peer.read_to_end(&mut text) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset),
    }
    String::from_utf8(text).expect("answers are text")
}

/// One answer to a GET of `/`.
fn exchange(peer: &mut TcpStream) -> io::Result<()> {
    peer.write_all(GET)?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"Hello, World!") {
        let mut part = [0; 512];
        match peer.read(&mut part)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            bytes => answer.extend_from_slice(&part[..bytes]),
        }
    }
    Ok(())
}

/// Times are checked from below only: a busy machine may take longer.
#[test]
fn times_end_in_what_is_documented() {
    let late = "HTTP/1.1 408 Request Timeout\r\n";
    for (limits, sent, answer) in [
        (limits().idle_time(SHORT), "", ""),
        (limits().head_time(SHORT), "GET / HT", late),
        (
            limits().head_time(SHORT),
            "GET / HTTP/1.1\r\nHost: a\r\n",
            late,
        ),
        (limits().head_time(SHORT), "\r\nG", late),
        (limits().idle_time(SHORT), "\r\n", ""),
        (
            limits().body_stall(SHORT),
            "POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab",
            "",
        ),
        (
            limits().body_stall(SHORT),
            "POST /length HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
            "",
        ),
        // A body that nobody takes: its request is answered already.
        (
            limits().head_time(SHORT),
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab",
            "HTTP/1.1 405 Method Not Allowed\r\n",
        ),
        (
            limits().linger_time(SHORT),
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\nab",
            "HTTP/1.1 405 Method Not Allowed\r\n",
        ),
    ] {
        for threads in [1, 2] {
            let server = start(threads, limits);
            let mut peer = connect(&server);
            let begin = Instant::now();
            peer.write_all(sent.as_bytes()).unwrap();
            let text = rest(&mut peer);
            assert!(text.starts_with(answer), "{sent:?}: {text}");
            assert_eq!(text.is_empty(), answer.is_empty(), "{sent:?}: {text}");
            assert!(text.matches("HTTP/1.1").count() <= 1, "{text}");
            if answer == late {
                assert!(text.contains("Connection: close\r\n"), "{text}");
            }
            // The server still has it while it lingers; that ends as well.
            drop(peer);
            while server.connections().iter().sum::<usize>() > 0 {
                assert!(begin.elapsed() < Duration::from_secs(10), "{sent:?}");
                thread::sleep(Duration::from_millis(10));
            }
            if !sent.contains("500000") {
                assert!(begin.elapsed() >= SHORT, "{sent:?}: {:?}", begin.elapsed());
            }
            server.stop().unwrap();
        }
    }
}

#[test]
fn a_lingering_connection_ends_though_its_peer_stays() {
    let server = start(1, limits().linger_time(SHORT));
    let mut peer = connect(&server);
    peer.write_all(b"broken\r\n\r\n").unwrap();
    assert!(rest(&mut peer).starts_with("HTTP/1.1 400 "));
    let begin = Instant::now();
    while server.connections() != [0] {
        assert!(begin.elapsed() < Duration::from_secs(10));
        thread::sleep(Duration::from_millis(10));
    }
    drop(peer);
    server.stop().unwrap();
}

#[test]
fn the_time_of_a_head_counts_from_its_first_byte_whatever_follows() {
    let server = start(1, limits().head_time(SHORT));
    let mut peer = connect(&server);
    let begin = Instant::now();
    for _ in 0..200 {
        if peer.write_all(b"G").is_err() || begin.elapsed() > Duration::from_secs(10) {
            break;
        }
        thread::sleep(Duration::from_millis(50));
        peer.set_nonblocking(true).unwrap();
        if peer.peek(&mut [0]).is_ok() {
            break;
        }
        peer.set_nonblocking(false).unwrap();
    }
    peer.set_nonblocking(false).unwrap();
    let taken = begin.elapsed();
    assert!(
        taken >= SHORT && taken < Duration::from_secs(9),
        "{taken:?}"
    );
    let text = rest(&mut peer);
    assert!(text.starts_with("HTTP/1.1 408 "), "{text}");
    drop(peer);
    server.stop().unwrap();
}

/// The time of a head that follows an empty line counts from its own first
/// byte.
#[test]
fn an_empty_line_does_not_shorten_the_head_behind_it() {
    let server = start(1, limits().head_time(Duration::from_secs(1)));
    let mut peer = connect(&server);
    exchange(&mut peer).unwrap();
    for part in ["\r\n", "GET / HTTP/1.1\r\n"] {
        peer.write_all(part.as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(700));
    }
    peer.write_all(b"Host: a\r\n\r\n").unwrap();
    let mut status = [0; 12];
    peer.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 200");
    drop(peer);
    server.stop().unwrap();
}

#[test]
fn a_head_in_time_does_not_shorten_the_next_one() {
    let server = start(1, limits().head_time(Duration::from_secs(1)));
    let mut peer = connect(&server);
    for _ in 0..4 {
        peer.write_all(&GET[..5]).unwrap();
        thread::sleep(Duration::from_millis(400));
        peer.write_all(&GET[5..]).unwrap();
        let mut answer = [0; 512];
        let bytes = peer.read(&mut answer).unwrap();
        assert!(answer[..bytes].starts_with(b"HTTP/1.1 200 "));
    }
    server.stop().unwrap();
}

#[test]
fn a_body_must_come_at_a_pace_and_its_handler_is_dropped_if_it_does_not() {
    let limits = limits().body_stall(Duration::from_secs(1)).stall_bytes(100);
    let server = start(1, limits);
    // Bytes every 200 ms, and whether that is enough.
    for (bytes, answered) in [(1, false), (50, true)] {
        let mut peer = connect(&server);
        let length = 10 * bytes;
        write!(
            peer,
            "POST /counted HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n"
        )
        .unwrap();
        for _ in 0..10 {
            thread::sleep(Duration::from_millis(200));
            if peer.write_all(&vec![b'x'; bytes]).is_err() {
                break;
            }
        }
        peer.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut answer = [0; 512];
        let got = peer.read(&mut answer).unwrap_or(0);
        assert_eq!(answer[..got].starts_with(b"HTTP/1.1 200 "), answered);
        assert_eq!(WAITING.load(SeqCst), 0, "no handler is left");
    }
    server.stop().unwrap();
}

#[test]
fn an_answer_must_be_read_at_a_pace() {
    let limits = limits().write_stall(Duration::from_secs(1));
    let server = start(1, limits);
    let ask = |server: &Running| {
        let mut peer = connect(server);
        peer.write_all(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            .unwrap();
        peer
    };
    // One that takes a hundred bytes now and then, and one that takes enough,
    // though never as much as makes the socket writable at once.
    let (mut miser, mut steady) = (ask(&server), ask(&server));
    let begin = Instant::now();
    let mut got = 0;
    while begin.elapsed() < Duration::from_secs(4) {
        got += steady.read(&mut vec![0; 128 << 10]).unwrap();
        let _ = miser.read(&mut [0; 100]);
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(server.connections(), [1], "the miser is closed");
    while got < 32 << 20 {
        let bytes = steady.read(&mut vec![0; 1 << 20]).unwrap();
        assert_ne!(bytes, 0, "closed after {got} bytes");
        got += bytes;
    }
    server.stop().unwrap();
}

/// What ends with its connection would look complete if that just ended.
#[test]
fn an_answer_that_is_not_read_to_its_end_cannot_be_taken_for_a_whole_one() {
    let is_reset = |mut peer: TcpStream| {
        let error = peer.read_to_end(&mut Vec::new());
        let error = error.expect_err("it must not look complete");
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    };
    let ask = |server: &Running| {
        let mut peer = connect(server);
        peer.write_all(b"GET /endless HTTP/1.0\r\n\r\n").unwrap();
        peer.peek(&mut [0]).unwrap();
        peer
    };
    let server = start(1, limits().write_stall(SHORT));
    let stalled = ask(&server);
    while server.connections() != [0] {
        thread::sleep(Duration::from_millis(10));
    }
    is_reset(stalled);
    server.stop().unwrap();

    let server = Server::new(App).listen("127.0.0.1:0").threads(1);
    let server = server.shutdown_grace(SHORT).limits(limits()).start();
    let server = server.unwrap();
    let cut = ask(&server);
    server.stop().expect_err("it is cut");
    is_reset(cut);
}

#[test]
fn bytes_end_in_what_is_documented() {
    let limits = limits()
        .head_bytes(256)
        .body_bytes(10)
        .discarded_bytes(20)
        .linger_time(SHORT);
    let server = start(1, limits);
    let fields = "x: y\r\n".repeat(101);
    let padding = "x".repeat(300);
    for (request, status, closes) in [
        (
            format!("GET /{padding} HTTP/1.1\r\nHost: a\r\n\r\n"),
            414,
            true,
        ),
        (
            format!("GET / HTTP/1.1\r\nHost: a\r\nx: {padding}\r\n\r\n"),
            431,
            true,
        ),
        (
            format!("GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n"),
            431,
            true,
        ),
        (
            "POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789".to_owned(),
            200,
            false,
        ),
        (
            "POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n0123456789a".to_owned(),
            413,
            false,
        ),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n01234567890123456789"
                .to_owned(),
            405,
            false,
        ),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n\r\n".to_owned(),
            405,
            true,
        ),
    ] {
        let mut peer = connect(&server);
        peer.write_all(request.as_bytes()).unwrap();
        let mut answer = [0; 1024];
        let bytes = peer.read(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer[..bytes]).into_owned();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{request}: {answer}"
        );
        assert_eq!(
            answer.contains("Connection: close"),
            closes,
            "{request}: {answer}"
        );
        if !closes {
            exchange(&mut peer).expect("the connection goes on");
        }
    }
    server.stop().unwrap();

    // As many fields as fit, in a head that has room for more.
    let server = start(1, self::limits());
    for (count, status) in [(99, 200), (100, 431)] {
        let fields = "x: y\r\n".repeat(count);
        let mut peer = connect(&server);
        write!(peer, "GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n").unwrap();
        let mut answer = [0; 1024];
        let bytes = peer.read(&mut answer).unwrap();
        let expected = format!("HTTP/1.1 {status} ");
        assert!(answer[..bytes].starts_with(expected.as_bytes()), "{count}");
    }
    server.stop().unwrap();
}

#[test]
fn a_long_head_byte_by_byte_is_answered() {
    let server = start(1, limits());
    let mut peer = connect(&server);
    let fields = format!("x: {}\r\n", "y".repeat(1000)).repeat(10);
    for byte in format!("\r\nGET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n").bytes() {
        peer.write_all(&[byte]).unwrap();
    }
    let mut answer = [0; 512];
    let bytes = peer.read(&mut answer).unwrap();
    assert!(answer[..bytes].ends_with(b"Hello, World!"));
    for byte in "GET /".bytes().chain([b'x'; 16 * 1024]) {
        if peer.write_all(&[byte]).is_err() {
            break;
        }
    }
    let text = rest(&mut peer);
    assert!(text.starts_with("HTTP/1.1 414 "), "{text}");
    drop(peer);
    server.stop().unwrap();
}

#[test]
fn connections_beyond_the_most_wait_and_are_then_served() {
    for threads in [1, 3] {
        let server = start(threads, limits().connections(4));
        let mut first: Vec<TcpStream> = (0..4).map(|_| connect(&server)).collect();
        for peer in &mut first {
            exchange(peer).unwrap();
        }
        let mut waiting: Vec<TcpStream> = (0..8).map(|_| connect(&server)).collect();
        for peer in &mut waiting {
            peer.write_all(GET).unwrap();
            peer.set_read_timeout(Some(Duration::from_millis(20)))
                .unwrap();
            assert!(peer.read(&mut [0]).is_err(), "it must wait");
        }
        assert_eq!(server.connections().iter().sum::<usize>(), 4);
        for peer in &mut first {
            exchange(peer).expect("those that are in are served");
        }
        // One leaves, one comes in, soon, and in the order in which they came.
        for (leaving, mut next) in first.into_iter().zip(waiting) {
            drop(leaving);
            let begin = Instant::now();
            next.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            let mut answer = [0; 512];
            let bytes = next.read(&mut answer).unwrap();
            assert!(answer[..bytes].ends_with(b"Hello, World!"));
            assert!(begin.elapsed() < Duration::from_secs(2));
        }
        server.stop().unwrap();
    }
}

#[test]
fn many_short_connections_pass_a_narrow_gate() {
    for threads in [1, 2] {
        let server = start(threads, limits().connections(2));
        let clients: Vec<_> = (0..8)
            .map(|_| {
                let address = server.addr();
                thread::spawn(move || {
                    for _ in 0..50 {
                        let mut peer = TcpStream::connect(address).unwrap();
                        peer.set_read_timeout(Some(Duration::from_secs(20)))
                            .unwrap();
                        exchange(&mut peer).unwrap();
                    }
                })
            })
            .collect();
        for client in clients {
            client.join().unwrap();
        }
        server.stop().unwrap();
    }
}

#[test]
fn limits_that_make_no_sense_are_refused_at_the_start() {
    for (limits, message) in [
        (
            Limits::new().head_bytes(0),
            "`Limits::head_bytes` is 0: expected 256 to 1048576 bytes",
        ),
        (
            Limits::new().connections(0),
            "`Limits::connections` is 0: expected at least 1",
        ),
        (
            Limits::new().idle_time(Duration::ZERO),
            "`Limits::idle_time` is 0ns: expected more, or `Duration::MAX` for no bound",
        ),
    ] {
        let error = Server::new(App)
            .listen("127.0.0.1:0")
            .limits(limits)
            .start()
            .unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}
