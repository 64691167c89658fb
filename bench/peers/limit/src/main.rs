//! The limit: what the kernel leaves to win.
//!
//! A bare epoll loop per worker that counts blank lines and answers each with
//! the same bytes (Date and Content-Length included). It reads no method, path
//! or header, so no HTTP server can be expected to spend less. With a third
//! argument, `close`, it closes each connection after its first answers.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::time::{Duration, Instant, SystemTime};

use peer_common::{Arguments, HELLO};
use rustix::event::epoll;
use rustix::net::{self, RecvFlags, SendFlags, SocketFlags};

/// The listener's mark among the events; connections carry their descriptor.
const LISTENER: u64 = u64::MAX;
/// Answers that one send can carry: more than the pipeline of any script here.
const BATCH: usize = 64;

fn main() {
    let arguments = Arguments::read();
    let close = std::env::args().nth(3).is_some_and(|word| word == "close");
    let workers: Vec<_> = (0..arguments.workers)
        .map(|_| std::thread::spawn(move || serve(arguments, close)))
        .collect();
    for worker in workers {
        worker
            .join()
            .expect("no worker panics")
            .expect("the worker serves until it is ended");
    }
}

/// Each worker has a listener of its own; the kernel's hash picks one.
fn serve(arguments: Arguments, close: bool) -> io::Result<()> {
    let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
    let listener = net::socket_with(
        net::AddressFamily::INET,
        net::SocketType::STREAM,
        flags,
        None,
    )?;
    net::sockopt::set_socket_reuseaddr(&listener, true)?;
    net::sockopt::set_socket_reuseport(&listener, true)?;
    net::bind(&listener, &arguments.address)?;
    net::listen(&listener, 1024)?;

    let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    epoll::add(
        &epoll,
        &listener,
        epoll::EventData::new_u64(LISTENER),
        epoll::EventFlags::IN,
    )?;

    let mut connections: Vec<Option<Connection>> = Vec::new();
    let mut events = Vec::with_capacity(256);
    let mut answers = Answers::new(close);
    let mut buffer = vec![0; 16 * 1024];
    loop {
        epoll::wait(&epoll, rustix::buffer::spare_capacity(&mut events), None)?;
        answers.refresh();
        for event in events.drain(..) {
            if event.data.u64() == LISTENER {
                accept(&listener, &epoll, flags, &mut connections)?;
                continue;
            }
            let index = usize::try_from(event.data.u64()).expect("a descriptor is small");
            if let Some(connection) = &mut connections[index] {
                let answered = connection.answer(&answers, &mut buffer);
                if answered.is_none() || (close && answered > Some(0)) {
                    connections[index] = None;
                }
            }
        }
    }
}

fn accept(
    listener: &OwnedFd,
    epoll: &OwnedFd,
    flags: SocketFlags,
    connections: &mut Vec<Option<Connection>>,
) -> io::Result<()> {
    while let Ok(socket) = net::accept_with(listener, flags) {
        let index = usize::try_from(socket.as_raw_fd()).expect("a descriptor is not negative");
        epoll::add(
            epoll,
            &socket,
            epoll::EventData::new_u64(index as u64),
            epoll::EventFlags::IN,
        )?;
        if connections.len() <= index {
            connections.resize_with(index + 1, || None);
        }
        connections[index] = Some(Connection { socket, matched: 0 });
    }
    Ok(())
}

struct Connection {
    socket: OwnedFd,
    /// How many bytes of `\r\n\r\n` end the input so far: 0 to 3.
    matched: u8,
}

impl Connection {
    /// Answers what has arrived; the number of answers, or `None` when the
    /// connection is over.
    fn answer(&mut self, answers: &Answers, buffer: &mut [u8]) -> Option<usize> {
        let (length, _) = net::recv(&self.socket, &mut *buffer, RecvFlags::empty()).ok()?;
        if length == 0 {
            return None;
        }
        let count = self.blank_lines(&buffer[..length]);
        if count == 0 {
            return Some(0);
        }
        let bytes = answers.bytes.get(..count * answers.one)?;
        // A peer that does not read its answers is not measured: a short send
        // ends the connection and so shows up as an error in the script.
        let sent = net::send(&self.socket, bytes, SendFlags::NOSIGNAL).ok()?;
        (sent == bytes.len()).then_some(count)
    }

    fn blank_lines(&mut self, input: &[u8]) -> usize {
        let mut count = 0;
        for &byte in input {
            self.matched = match (self.matched, byte) {
                (3, b'\n') => {
                    count += 1;
                    0
                }
                (0 | 2, b'\r') | (1, b'\n') => self.matched + 1,
                (_, b'\r') => 1,
                _ => 0,
            };
        }
        count
    }
}

/// [`BATCH`] copies of the answer, one after the other.
struct Answers {
    bytes: Vec<u8>,
    /// The length of one copy.
    one: usize,
    made: Instant,
    close: bool,
}

impl Answers {
    fn new(close: bool) -> Self {
        let date = httpdate::fmt_http_date(SystemTime::now());
        let length = HELLO.len();
        let last = if close { "Connection: close\r\n" } else { "" };
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\nDate: {date}\r\n{last}\r\n{HELLO}"
        );
        Self {
            bytes: answer.repeat(BATCH).into(),
            one: answer.len(),
            made: Instant::now(),
            close,
        }
    }

    fn refresh(&mut self) {
        if self.made.elapsed() >= Duration::from_secs(1) {
            *self = Self::new(self.close);
        }
    }
}
