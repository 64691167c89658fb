//! A program whose files run out, and one that has all the connections that it
//! may: both pause and go on.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::Duration;

use crate::program::Program;

const HELLO: &str = env!("CARGO_BIN_EXE_hello");

/// A peer that has sent a request and not read the answer.
fn ask(address: &str) -> TcpStream {
    let mut peer = TcpStream::connect(address).expect("the system accepts");
    peer.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        .expect("the system has room");
    peer
}

fn is_answered(peer: &mut TcpStream, patience: Duration) -> bool {
    peer.set_read_timeout(Some(patience)).expect("a timeout");
    let mut answer = [0; 512];
    let bytes = peer.read(&mut answer).unwrap_or(0);
    answer[..bytes].ends_with(b"Hello, World!")
}

/// More peers than there are files, twice. Some wait, at no cost; all are
/// served when the others have left. `most` of them are in at a time.
fn crowd(hello: Program, peers: usize, most: usize) {
    for _ in 0..2 {
        let mut peers: Vec<TcpStream> = (0..peers).map(|_| ask(&hello.address)).collect();
        assert!(is_answered(&mut peers[0], Duration::from_secs(20)));
        sleep(Duration::from_millis(400));
        let (mut served, mut waiting) = (Vec::new(), Vec::new());
        for mut peer in peers {
            if is_answered(&mut peer, Duration::from_millis(1)) || served.is_empty() {
                served.push(peer);
            } else {
                waiting.push(peer);
            }
        }
        assert!(!waiting.is_empty(), "{} are served", served.len());
        assert!(served.len() <= most, "{} are served", served.len());

        let before = hello.computed();
        sleep(Duration::from_secs(1));
        if let (Some(before), Some(after)) = (before, hello.computed()) {
            assert!(after - before < 20, "it spins: {before} to {after}");
        }

        while !waiting.is_empty() {
            drop(served);
            served = Vec::new();
            for mut peer in core::mem::take(&mut waiting) {
                let patience = if served.is_empty() { 5_000 } else { 50 };
                if is_answered(&mut peer, Duration::from_millis(patience)) {
                    served.push(peer);
                } else {
                    waiting.push(peer);
                }
            }
            assert!(!served.is_empty(), "{} wait for ever", waiting.len());
        }
        drop(served);
        // The end of the episode: nobody waits to be accepted.
        assert_eq!(hello.get("/").status, 200);
    }
    assert!(hello.stop("-TERM").success());
}

/// It was started with more, so that it would have more connections.
#[cfg(target_os = "linux")]
fn hello_without_files(files: usize, threads: &str) -> Program {
    let hello = Program::start_with_files(256, HELLO, &["--threads", threads]);
    hello.limit_files(files);
    hello
}

#[test]
#[cfg(target_os = "linux")]
fn files_that_run_out_pause_a_lone_worker() {
    crowd(hello_without_files(20, "1"), 30, 20);
}

#[test]
#[cfg(target_os = "linux")]
fn files_that_run_out_pause_the_acceptor() {
    crowd(hello_without_files(32, "2"), 40, 32);
}

/// Those that the server itself has open are neither the peers' nor the handlers'.
#[test]
fn the_default_leaves_an_eighth_of_the_files() {
    for (threads, most) in [("2", 259), ("32", 181)] {
        let hello = Program::start_with_files(320, HELLO, &["--threads", threads]);
        crowd(hello, 290, most);
    }
}
