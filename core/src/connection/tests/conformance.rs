//! RFC 9110 and 9112 as a table of what is sent and what must be answered.
//!
//! Owns the ways in which every case is run: whole, cut at every byte, byte by
//! byte, in random pieces, and over a socket. The cases are in the files below,
//! by topic. Refuses to say how an answer looks beyond its status: that it is
//! well-formed is the business of `answers`. The tables are not left to
//! rustfmt: a case is a line.

#![allow(clippy::too_many_lines, reason = "they are tables")]

mod bodies;
mod connections;
mod fields;
mod heads;
mod host;
mod targets;

use core::fmt;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use End::{Closed, Open, Waits};

use crate::connection::answers::{Answer, answers, methods};
use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::routing::random::Random;
use crate::{Server, Status, route, routes};

/// What a peer sends, and what it must get.
#[derive(Clone)]
pub(super) struct Case {
    name: String,
    /// The RFC and its section.
    section: &'static str,
    input: Vec<u8>,
    /// Of the final responses, in order.
    statuses: Vec<u16>,
    end: End,
}

/// How the connection is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The next request can be sent.
    Open,
    /// More of this request must come.
    Waits,
    Closed,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = &self.input[..self.input.len().min(1024)];
        write!(
            f,
            "{} ({}): {}",
            self.name,
            self.section,
            start.escape_ascii()
        )
    }
}

pub(super) fn case(
    name: impl Into<String>,
    section: &'static str,
    input: impl Into<Vec<u8>>,
    statuses: &[u16],
    end: End,
) -> Case {
    Case {
        name: name.into(),
        section,
        input: input.into(),
        statuses: statuses.to_vec(),
        end,
    }
}

#[route("/")]
fn home() -> &'static str {
    "home"
}

#[route("/constant")]
const CONSTANT: &str = "constant";

#[route("/users/{id}")]
fn user(id: String) -> String {
    id
}

#[route(POST, "/echo")]
fn echo(body: &[u8]) -> Vec<u8> {
    body.to_vec()
}

#[route(PUT, "/ignore")]
fn ignore() -> &'static str {
    "ignored"
}

#[route(DELETE, "/item")]
fn remove() -> Status {
    Status::NO_CONTENT
}

#[route("/unmodified")]
fn unmodified() -> Status {
    Status::NOT_MODIFIED
}

#[route("/reset")]
fn reset() -> Status {
    Status::RESET_CONTENT
}

#[route("/interim")]
fn interim() -> Status {
    Status::CONTINUE
}

routes! { App: home, CONSTANT, user, echo, ignore, remove, unmodified, reset, interim }

/// Sent after a case that leaves the connection open.
const PROBE: &[u8] = b"GET /constant HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n";

fn cases(limits: &Limits) -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("targets", targets::cases()),
        ("host", host::cases()),
        ("heads", heads::cases()),
        ("fields", fields::cases()),
        ("bodies", bodies::cases(limits)),
        ("connections", connections::cases()),
    ]
}

/// The answers to `pieces`, and whether the connection is then closed.
fn run(pieces: &[&[u8]], methods: &[Vec<u8>], limits: Limits) -> (Vec<Answer>, bool) {
    let mut memory = Memory::new::<App>(limits);
    for piece in pieces {
        memory.feed(piece);
    }
    (answers(&memory.sent(), methods), memory.closed)
}

#[test]
fn there_are_enough_cases_each_with_its_section() {
    let mut names = BTreeSet::new();
    for (topic, cases) in cases(&Limits::default()) {
        println!("{topic}: {}", cases.len());
        for case in cases {
            let (rfc, section) = case.section.split_once(' ').expect("an RFC and a section");
            assert!(
                ["6585", "8446", "9110", "9112", "9113"].contains(&rfc),
                "{case:?}"
            );
            let mut numbers = section.split('.');
            assert!(
                numbers.all(|number| number.parse::<u8>().is_ok()),
                "{case:?}"
            );
            assert!(names.insert(case.name.clone()), "twice: {}", case.name);
        }
    }
    assert!(names.len() >= 250, "{} cases", names.len());
}

#[test]
fn every_case_in_any_pieces() {
    let limits = Limits {
        head_bytes: 512,
        body_bytes: 16 * 1024,
        ..Limits::default()
    };
    let mut random = Random(0x5eed_0000_9112_9110);
    for case in cases(&limits).into_iter().flat_map(|(_, cases)| cases) {
        let input = case.input.as_slice();
        let methods = methods(input);
        let check = |pieces: &[&[u8]], how: &str| {
            let (answers, closed) = run(pieces, &methods, limits);
            let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
            assert_eq!(
                (&statuses, closed),
                (&case.statuses, case.end == Closed),
                "{how}: {case:?}"
            );
        };
        check(&[input], "whole");
        // Long inputs repeat themselves; cutting them everywhere only takes time.
        let step = 1 + input.len() / 400;
        for at in (1..input.len()).step_by(step) {
            let (front, back) = input.split_at(at);
            check(&[front, back], "cut in two");
        }
        check(&input.chunks(step).collect::<Vec<_>>(), "byte by byte");
        for _ in 0..4 {
            let (mut pieces, mut rest) = (Vec::new(), input);
            while !rest.is_empty() {
                let (piece, after) = rest.split_at(1 + random.below(rest.len().min(40)));
                pieces.push(piece);
                rest = after;
            }
            check(&pieces, "in random pieces");
        }
    }
}

#[test]
fn every_case_over_a_socket() {
    let server = Server::new(App)
        .listen("127.0.0.1:0")
        .threads(1)
        .start()
        .expect("a free port");
    for mut case in cases(&Limits::default())
        .into_iter()
        .flat_map(|(_, cases)| cases)
    {
        let mut peer = TcpStream::connect(server.addr()).expect("the server accepts");
        let patience = match case.end {
            Waits => Duration::from_millis(50),
            Open | Closed => Duration::from_secs(10),
        };
        peer.set_read_timeout(Some(patience)).expect("a timeout");
        if case.end == Open {
            case.input.extend_from_slice(PROBE);
            case.statuses.push(200);
        }
        // The server may have answered, and closed, before all is sent.
        let _ = peer.write_all(&case.input);
        let mut sent = Vec::new();
        let read = peer.read_to_end(&mut sent);
        assert_eq!(read.is_err(), case.end == Waits, "{read:?}: {case:?}");
        let answers = answers(&sent, &methods(&case.input));
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses, case.statuses, "{case:?}");
        if case.end == Open {
            let last = answers.last().expect("the probe's");
            assert_eq!(last.body, b"constant", "{case:?}");
        }
    }
    server.stop().expect("the server stops");
}
