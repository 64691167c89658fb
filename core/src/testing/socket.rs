//! An exchange over a real socket, in the smallest pieces there are.
//!
//! Owns the sending of bytes one by one and the receiving of all that comes.
//! Refuses to know what the bytes mean: `reply` reads them.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;

use crate::testing::PATIENCE;

/// Bytes sent one by one: longer than a usual head and the start of a body. A
/// long body would take seconds so, a system call and a wake-up for each byte.
const SINGLE: usize = 16 * 1024;
/// What the rest is cut into; prime, so that no power of two hides a mistake.
const PIECE: usize = 4093;

/// Sends `bytes`, then no more, and receives until the server closes.
pub(super) fn exchange(addr: SocketAddr, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let failed = |error| format!("the socket to the server failed: {error}");
    let mut peer = TcpStream::connect(addr).map_err(failed)?;
    peer.set_nodelay(true).map_err(failed)?;
    peer.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
    let writer = peer.try_clone().map_err(failed)?;
    let mut received = Vec::new();
    // An answer that does not fit the socket's buffers must be read while the
    // request is still sent.
    let end = thread::scope(|scope| {
        scope.spawn(|| send(writer, bytes));
        let end = peer.read_to_end(&mut received);
        // Lets go of the sender, whatever it still had.
        let _ = peer.shutdown(Shutdown::Both);
        end
    });
    match end {
        Ok(_) => Ok(received),
        // It closed without reading all that was sent; whether the answer is
        // whole is seen from the answer.
        Err(error) if error.kind() == ErrorKind::ConnectionReset => Ok(received),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            Err(format!(
                "the server has not closed the connection after {PATIENCE:?}; it sent {:?}",
                String::from_utf8_lossy(&received)
            ))
        }
        Err(error) => Err(failed(error)),
    }
}

/// A server that has answered already may refuse the rest: then it is not sent.
fn send(mut peer: TcpStream, bytes: &[u8]) {
    let (single, rest) = bytes.split_at(bytes.len().min(SINGLE));
    for piece in single.chunks(1).chain(rest.chunks(PIECE)) {
        if peer.write_all(piece).is_err() {
            return;
        }
    }
    let _ = peer.shutdown(Shutdown::Write);
}
