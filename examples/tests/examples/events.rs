//! `events`: a page, and the events it shows.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
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

/// The page in a browser, which shows one event after the other. Skipped, and said
/// so, where there is no Chromium.
#[test]
fn a_browser_shows_the_events() {
    let Some(browser) = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok())
    else {
        println!("skipped: there is no Chromium");
        return;
    };
    let events = Program::start(env!("CARGO_BIN_EXE_events"), &["--threads", "1"]);
    // `timeout`, so that no browser outlives a test that fails.
    let mut browser = Command::new("timeout")
        .args(["--kill-after=1", "60", browser])
        .args(["--headless", "--no-sandbox", "--disable-gpu"])
        .args(["--enable-logging=stderr", "--remote-debugging-port=0"])
        .arg(format!("http://{}/", events.address))
        .stderr(Stdio::piped())
        .spawn()
        .expect("`timeout` starts");
    let log = BufReader::new(browser.stderr.take().expect("stderr is piped"));
    let shown = log
        .lines()
        .map_while(Result::ok)
        .any(|line| line.contains("the page shows 2"));
    let pid = browser.id().to_string();
    Command::new("kill").arg(pid).status().expect("`kill` runs");
    browser.wait().expect("it is our child");
    assert!(shown, "the page follows the events");
}
