//! Peers and a server that end at any moment: what was begun is finished, and
//! nobody else notices.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::thread;
use std::time::{Duration, Instant};

use tramline::{Limits, Running, Server, route, routes, smol};

/// Requests that the handler of one test has seen.
static SEEN: AtomicUsize = AtomicUsize::new(0);

#[route("/")]
fn index() -> &'static str {
    "Hello, World!"
}

#[route("/counted")]
async fn counted() -> &'static str {
    SEEN.fetch_add(1, SeqCst);
    smol::Timer::after(Duration::from_millis(2)).await;
    "Hello, World!"
}

#[route(POST, "/echo")]
fn echo(body: &[u8]) -> Vec<u8> {
    body.to_vec()
}

#[route("/slow")]
async fn slow() -> &'static str {
    smol::Timer::after(Duration::from_millis(20)).await;
    "slow"
}

#[route("/large")]
fn large() -> Vec<u8> {
    vec![b'x'; 4 << 20]
}

routes! { App: index, counted, echo, slow, large }

fn start(threads: usize) -> Running {
    Server::new(App)
        .listen("127.0.0.1:0")
        .threads(threads)
        .limits(Limits::new().linger_time(Duration::from_millis(500)))
        .start()
        .expect("a free port")
}

fn connect(server: &Running) -> TcpStream {
    let peer = TcpStream::connect(server.addr()).expect("somebody listens");
    peer.set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a timeout");
    peer
}

/// Makes the end of `peer` a reset: its system has unread bytes then.
fn reset(mut peer: TcpStream, server: &Running) {
    // The answer to a request of its own, never read. It may be too late for
    // one: then there is an answer already.
    let _ = peer.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    let mut other = connect(server);
    let _ = exchange(&mut other, "/");
    drop(peer);
}

/// One GET and its answer; an error if the connection ended before it.
fn exchange(peer: &mut TcpStream, path: &str) -> io::Result<String> {
    write!(peer, "GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")?;
    let mut answer = String::new();
    while !answer.ends_with("Hello, World!") {
        let mut part = [0; 512];
        match peer.read(&mut part)? {
            0 if answer.is_empty() => return Err(io::ErrorKind::UnexpectedEof.into()),
            0 => panic!("half an answer: {answer}"),
            bytes => answer.push_str(std::str::from_utf8(&part[..bytes]).expect("text")),
        }
    }
    Ok(answer)
}

fn wait_for_no_connections(server: &Running) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while server.connections().iter().sum::<usize>() > 0 {
        assert!(Instant::now() < deadline, "{:?}", server.connections());
        thread::sleep(Duration::from_millis(10));
    }
}

const REQUESTS: [&str; 5] = [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde",
    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde",
    "GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /large HTTP/1.1\r\nHost: a\r\n\r\n",
];

/// Vanished, half-closed and reset after each byte of each kind of request;
/// another peer is served all the while.
#[test]
fn peers_that_end_at_any_byte_cost_their_own_connection() {
    let server = start(2);
    let mut steady = connect(&server);
    for request in REQUESTS {
        for end in 0..=request.len() {
            for how in 0..3 {
                let mut peer = connect(&server);
                peer.write_all(&request.as_bytes()[..end]).unwrap();
                match how {
                    0 => drop(peer),
                    1 => reset(peer, &server),
                    _ => {
                        peer.shutdown(Shutdown::Write).unwrap();
                        let mut answer = Vec::new();
                        peer.read_to_end(&mut answer).expect("an end and no reset");
                        let answered = answer.starts_with(b"HTTP/1.1 ");
                        assert!(answered || answer.is_empty());
                        assert!(answered || end < request.len(), "{request}");
                    }
                }
            }
        }
        exchange(&mut steady, "/").expect("others are served");
    }
    drop(steady);
    wait_for_no_connections(&server);
    server.stop().unwrap();
}

#[test]
fn a_peer_that_closes_its_half_has_all_answers() {
    let server = start(1);
    for request in REQUESTS {
        let mut peer = connect(&server);
        peer.write_all(request.repeat(3).as_bytes()).unwrap();
        peer.shutdown(Shutdown::Write).unwrap();
        let mut answers = Vec::new();
        peer.read_to_end(&mut answers).unwrap();
        let head = b"HTTP/1.1 ";
        let count = answers
            .windows(head.len())
            .filter(|part| part == head)
            .count();
        assert_eq!(count, 3 * request.matches("HTTP/1.1").count(), "{request}");
    }
    server.stop().unwrap();
}

/// What one client saw of a server that stopped.
#[derive(Default)]
struct Account {
    answered: usize,
    /// Answered on a connection that the server said it keeps.
    kept: usize,
    /// Not answered, on a connection that was kept.
    lost: usize,
    /// Not answered, on a new connection.
    turned_away: usize,
}

/// Repeats requests until nobody listens: on one connection for as long as the
/// server keeps it, or each on a new one.
fn client(address: std::net::SocketAddr, keep: bool) -> Account {
    let mut account = Account::default();
    while let Ok(mut peer) = TcpStream::connect(address) {
        peer.set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a timeout");
        let mut is_new = true;
        loop {
            let Ok(answer) = exchange(&mut peer, "/counted") else {
                account.lost += usize::from(!is_new);
                account.turned_away += usize::from(is_new);
                break;
            };
            is_new = false;
            account.answered += 1;
            if !keep || answer.contains("Connection: close") {
                break;
            }
            account.kept += 1;
        }
    }
    account
}

#[test]
fn stopping_under_load_loses_no_request() {
    for threads in [1, 2, 4] {
        for round in 0..3 {
            SEEN.store(0, SeqCst);
            let server = start(threads);
            let address = server.addr();
            let clients: Vec<_> = (0..24)
                .map(|index| thread::spawn(move || client(address, index % 2 == 0)))
                .collect();
            let deadline = Instant::now() + Duration::from_secs(20);
            while SEEN.load(SeqCst) < 200 + 97 * round {
                assert!(Instant::now() < deadline, "{} seen", SEEN.load(SeqCst));
                thread::sleep(Duration::from_millis(1));
            }
            server.stop().expect("all is finished in time");
            let mut sum = Account::default();
            for client in clients {
                let account = client.join().unwrap();
                sum.answered += account.answered;
                sum.kept += account.kept;
                sum.lost += account.lost;
                // The system goes on to complete connections between the last
                // accept and the end of the listener: nobody has seen those.
                // The next one is refused, so that happens to each once.
                assert!(account.turned_away <= 1, "{}", account.turned_away);
            }
            assert_ne!(sum.kept, 0);
            assert_eq!(
                sum.answered,
                SEEN.load(SeqCst),
                "each request that a handler saw has its whole answer"
            );
            assert_eq!(sum.lost, 0, "of {}", sum.answered);
        }
    }
}

#[test]
fn a_request_that_came_before_the_order_to_stop_is_answered() {
    for threads in [1, 2] {
        let server = start(threads);
        // Held by nobody: they have never sent anything.
        let idle: Vec<TcpStream> = (0..4).map(|_| connect(&server)).collect();
        let mut fresh: Vec<TcpStream> = (0..50).map(|_| connect(&server)).collect();
        for peer in &mut fresh {
            peer.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                .unwrap();
        }
        let begin = Instant::now();
        server.stop().unwrap();
        assert!(begin.elapsed() < Duration::from_secs(5));
        for peer in &mut fresh {
            let mut answer = String::new();
            peer.read_to_string(&mut answer).expect("no reset");
            assert!(answer.ends_with("Hello, World!"), "{answer}");
        }
        for mut peer in idle {
            assert_eq!(peer.read(&mut [0]).unwrap(), 0);
        }
    }
}
