//! In which order a worker answers, told by a count and not by a clock.

use std::hint::black_box;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};

use tramline::{Server, route, routes};

const PEERS: usize = 8;
const ANSWERS: usize = 60 * PEERS;

/// How many requests were answered before this one. Takes so long that a peer has
/// asked again when the next one is answered.
#[route("/")]
fn count() -> usize {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    for number in 0..40_000 {
        black_box(number);
    }
    COUNT.fetch_add(1, Ordering::Relaxed)
}

fn ask(mut peer: &TcpStream) {
    peer.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        .expect("the server reads");
}

/// The answer, if it is there.
fn answer(mut peer: &TcpStream) -> Option<usize> {
    let mut buffer = [0; 512];
    match peer.read(&mut buffer) {
        Ok(len) => {
            let answer = str::from_utf8(&buffer[..len]).expect("text");
            let (_, body) = answer.split_once("\r\n\r\n").expect("a whole head");
            Some(body.parse().expect("a number"))
        }
        Err(error) if error.kind() == ErrorKind::WouldBlock => None,
        Err(error) => panic!("{error}"),
    }
}

/// A peer that asks again as soon as it has its answer waits for one round of the
/// others, and not for two.
#[test]
fn whoever_was_answered_longest_ago_is_answered_first() {
    let server = Server::new(routes![count])
        .listen("127.0.0.1:0")
        .threads(1)
        .start()
        .expect("a port");
    let peers: Vec<TcpStream> = (0..PEERS)
        .map(|_| {
            let peer = TcpStream::connect(server.addr()).expect("the server accepts");
            peer.set_nonblocking(true).expect("a socket");
            ask(&peer);
            peer
        })
        .collect();
    let (mut last, mut answers, mut late) = ([None; PEERS], 0, 0);
    while answers < ANSWERS {
        for (peer, last) in peers.iter().zip(&mut last) {
            if let Some(number) = answer(peer) {
                ask(peer);
                answers += 1;
                let before = last.replace(number);
                late += usize::from(before.is_some_and(|before| number - before > PEERS * 3 / 2));
            }
        }
    }
    // One in eight, if the last of a round is the last of that after the next.
    assert!(
        late < ANSWERS / 50,
        "{late} of {ANSWERS} waited for two rounds"
    );
    server.stop().expect("the workers end");
}
