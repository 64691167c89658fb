//! `events`: a page, and the events it shows.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::program::Program;

#[test]
fn events_come_one_by_one_while_the_page_is_open() {
    let events = Program::start(env!("CARGO_BIN_EXE_events"), &["--threads", "1"]);
    let page = events.get("/");
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(page.body.contains("new EventSource(\"/seconds\")"));

    let mut peer = TcpStream::connect(&events.address).expect("it accepts");
    peer.set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a limit can be set");
    peer.write_all(b"GET /seconds HTTP/1.1\r\nHost: a\r\n\r\n")
        .expect("it reads");
    let (mut received, mut buffer) = (String::new(), [0; 1024]);
    while !received.contains("data: 1\n") {
        let read = peer.read(&mut buffer).expect("an event each second");
        assert!(read > 0, "it goes on: {received}");
        received.push_str(&String::from_utf8_lossy(&buffer[..read]));
    }
    assert!(received.contains("\r\nContent-Type: text/event-stream\r\n"));
    assert!(
        received.contains("data: 0\nevent: second\nid: 0\n\n"),
        "{received}"
    );
    // The peer leaves. The next event finds that out, so that stopping need not
    // wait for it.
    drop(peer);
    std::thread::sleep(Duration::from_millis(2_500));
    assert_eq!(events.stop("-TERM").code(), Some(0));
}
