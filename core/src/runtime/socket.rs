//! The two calls that move bytes.
//!
//! Owns receiving into a buffer's spare room and sending from its front. Refuses
//! to wait: "not now" is an outcome.

use core::time::Duration;
use std::io;
use std::net::TcpStream;

use rustix::io::Errno;
use rustix::net::{RecvFlags, SendFlags};

/// A send to a closed connection is an error, not a signal.
#[cfg(target_os = "linux")]
const SEND: SendFlags = SendFlags::NOSIGNAL;
#[cfg(not(target_os = "linux"))]
const SEND: SendFlags = SendFlags::empty();

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moved {
    /// This many bytes, more than zero.
    Bytes(usize),
    /// None, now.
    Nothing,
    /// None ever again: the peer ended or reset the connection.
    End,
}

impl Moved {
    #[inline]
    fn of(result: rustix::io::Result<usize>) -> Self {
        match result {
            Ok(0) => Self::End,
            Ok(bytes) => Self::Bytes(bytes),
            Err(Errno::AGAIN | Errno::INTR) => Self::Nothing,
            Err(_) => Self::End,
        }
    }
}

/// Receives into the spare room of `buffer`, which must have some.
#[inline]
pub(crate) fn receive(socket: &TcpStream, buffer: &mut Vec<u8>) -> Moved {
    debug_assert!(
        buffer.capacity() > buffer.len(),
        "no room looks like the end of the stream"
    );
    match rustix::net::recv(
        socket,
        rustix::buffer::spare_capacity(buffer),
        RecvFlags::empty(),
    ) {
        Ok((_, bytes)) => Moved::of(Ok(bytes)),
        Err(errno) => Moved::of(Err(errno)),
    }
}

/// Whether bytes wait to be received.
pub(crate) fn has_received(socket: &TcpStream) -> bool {
    let peeked = rustix::net::recv(socket, &mut [0_u8], RecvFlags::PEEK);
    matches!(peeked, Ok((_, 1)))
}

/// Sends from the front of `bytes`, which must not be empty.
#[inline]
pub(crate) fn send(socket: &TcpStream, bytes: &[u8]) -> Moved {
    Moved::of(rustix::net::send(socket, bytes, SEND))
}

/// Tells the peer that nothing more will be sent.
pub(crate) fn finish_sending(socket: &TcpStream) -> io::Result<()> {
    socket.shutdown(std::net::Shutdown::Write)
}

/// Makes closing a reset, which the peer cannot take for the end.
pub(crate) fn reset_when_closed(socket: &TcpStream) {
    // If it cannot be set, the connection is closed all the same.
    let _ = rustix::net::sockopt::set_socket_linger(socket, Some(Duration::ZERO));
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::{Shutdown, TcpListener, TcpStream};

    use super::{Moved, has_received, receive, send};

    fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (near, listener.accept().unwrap().0)
    }

    #[test]
    fn receiving_fills_spare_room_and_tells_the_end_from_nothing() {
        let (near, mut far) = pair();
        near.set_nonblocking(true).unwrap();
        let mut buffer = Vec::with_capacity(8);
        assert_eq!(receive(&near, &mut buffer), Moved::Nothing);
        assert!(!has_received(&near));
        far.write_all(b"abcdef").unwrap();
        near.set_nonblocking(false).unwrap();
        near.peek(&mut [0]).unwrap();
        assert!(has_received(&near));
        assert_eq!(receive(&near, &mut buffer), Moved::Bytes(6));
        far.write_all(b"ghi").unwrap();
        assert_eq!(receive(&near, &mut buffer), Moved::Bytes(2));
        assert_eq!(buffer, b"abcdefgh");
        buffer.clear();
        assert_eq!(receive(&near, &mut buffer), Moved::Bytes(1));
        far.shutdown(Shutdown::Write).unwrap();
        assert_eq!(receive(&near, &mut buffer), Moved::End);
        assert!(!has_received(&near));
        assert_eq!(buffer, b"i");
    }

    #[test]
    fn sending_to_a_full_socket_is_nothing_yet() {
        let (near, _far) = pair();
        near.set_nonblocking(true).unwrap();
        let chunk = vec![0; 1 << 20];
        let outcome = (0..64)
            .map(|_| send(&near, &chunk))
            .find(|moved| !matches!(moved, Moved::Bytes(_)));
        assert_eq!(outcome, Some(Moved::Nothing));
    }
}
