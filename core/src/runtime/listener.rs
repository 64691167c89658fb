//! The listening socket, and what to make of each accept.
//!
//! Owns how sockets are set up (both the listener's and the accepted) and the
//! sorting of errors: those of one connection that is gone already, and those
//! of a process that can take no more. Refuses to choose a worker or to wait:
//! `acceptor` does, or a single worker that accepts by itself.

use core::cell::Cell;
use core::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;

use rustix::io::Errno;
use rustix::net::listen;
use rustix::net::sockopt::set_tcp_nodelay;

use crate::http::addresses::Addresses;
use crate::runtime::gate::Gate;

/// How many connections the system keeps until they are accepted. It lowers
/// this to its own bound, as `net.core.somaxconn`.
pub(crate) const BACKLOG: u16 = 1024;

/// A non-blocking listening socket.
pub(crate) struct Listener {
    socket: TcpListener,
    /// Its own address, which is that of each connection, too; `None` if it
    /// listens on any.
    local: Option<SocketAddr>,
    gate: Arc<Gate>,
    /// Whether it is logged already that not all are accepted; until nobody
    /// waits.
    warned: Cell<bool>,
}

/// What became of an accept.
#[derive(Debug)]
pub(crate) enum Accepted {
    /// A new connection.
    Connection(Arrival),
    /// Nobody is waiting.
    Empty,
    /// There are as many connections as may be. The gate's keeper is woken when
    /// one of them has ended.
    Full,
    /// Nobody can be accepted for now: the process has no descriptor or the
    /// system no memory left. Waiting for readiness would spin: stop that, and
    /// try again at a later tick.
    Exhausted,
}

/// A connection that was accepted.
#[derive(Debug)]
pub(crate) struct Arrival {
    /// Non-blocking, without delay, and not inherited by child processes.
    pub(crate) socket: TcpStream,
    pub(crate) addresses: Addresses,
}

#[cfg(test)]
impl From<TcpStream> for Arrival {
    fn from(socket: TcpStream) -> Self {
        let addresses = Addresses {
            peer: socket.peer_addr().unwrap(),
            local: socket.local_addr().unwrap(),
        };
        Self { socket, addresses }
    }
}

impl Listener {
    /// Listens on the first of these addresses that is free.
    pub(crate) fn bind(addresses: &[SocketAddr], gate: Arc<Gate>) -> io::Result<Self> {
        // Sets `SO_REUSEADDR`, so that a restart need not wait for the last
        // connections of its predecessor to expire.
        let socket = TcpListener::bind(addresses)?;
        socket.set_nonblocking(true)?;
        // The standard library chooses a shorter backlog; listening once more
        // changes it.
        listen(&socket, BACKLOG.into())?;
        // Linux passes it on to every accepted socket.
        set_tcp_nodelay(&socket, true)?;
        let local = socket.local_addr()?;
        Ok(Self {
            socket,
            local: (!local.ip().is_unspecified()).then_some(local),
            gate,
            warned: Cell::new(false),
        })
    }

    /// The address it listens on, with the port that the system chose.
    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// What bounds the number of connections.
    pub(crate) fn gate(&self) -> &Arc<Gate> {
        &self.gate
    }

    /// Accepts one connection, if not too many are `open`. Costs one system
    /// call on Linux, and a second one if the server listens on any address.
    pub(crate) fn accept(&self, open: impl Fn() -> usize) -> Accepted {
        if self.gate.is_full(open) {
            self.warn(format_args!(
                "{} are open, the most that `Limits::connections` allows",
                self.gate.most()
            ));
            return Accepted::Full;
        }
        loop {
            let error = match self.arrival() {
                Ok(arrival) => return Accepted::Connection(arrival),
                Err(error) => error,
            };
            match Trouble::of(&error) {
                Trouble::Empty => {
                    self.warned.set(false);
                    return Accepted::Empty;
                }
                Trouble::Connection => {}
                Trouble::Process => {
                    self.warn(format_args!("{error}"));
                    return Accepted::Exhausted;
                }
            }
        }
    }

    fn arrival(&self) -> io::Result<Arrival> {
        let (socket, peer) = accept(&self.socket)?;
        let local = match self.local {
            Some(local) => local,
            None => socket.local_addr()?,
        };
        let addresses = Addresses { peer, local };
        Ok(Arrival { socket, addresses })
    }

    /// Says so once, until everyone is accepted.
    #[cold]
    fn warn(&self, reason: fmt::Arguments<'_>) {
        if !self.warned.replace(true) {
            log::error!(target: "tramline::accept", "cannot accept connections for now: {reason}");
        }
    }
}

impl AsFd for Listener {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

#[cfg(target_os = "linux")]
fn accept(socket: &TcpListener) -> io::Result<(TcpStream, SocketAddr)> {
    use rustix::net::{SocketFlags, acceptfrom_with};

    let (socket, peer) = acceptfrom_with(socket, SocketFlags::NONBLOCK | SocketFlags::CLOEXEC)?;
    let peer = peer.ok_or(Errno::NOTCONN)?.try_into()?;
    Ok((socket.into(), peer))
}

#[cfg(not(target_os = "linux"))]
fn accept(socket: &TcpListener) -> io::Result<(TcpStream, SocketAddr)> {
    let (connection, peer) = socket.accept()?;
    connection.set_nonblocking(true)?;
    // Fails if the peer is gone already; then the first read says so as well.
    let _ = connection.set_nodelay(true);
    Ok((connection, peer))
}

/// Whose trouble an error of accept is.
#[derive(Debug, PartialEq, Eq)]
enum Trouble {
    /// Nobody's.
    Empty,
    /// That of the connection that would have been accepted; it is out of the
    /// queue, and the next one may do better.
    Connection,
    /// That of the process.
    Process,
}

impl Trouble {
    fn of(error: &io::Error) -> Self {
        match Errno::from_io_error(error) {
            Some(Errno::AGAIN) => Self::Empty,
            Some(
                Errno::INTR
                | Errno::CONNABORTED
                | Errno::CONNRESET
                // Linux hands on what the network said of the connection.
                | Errno::PROTO
                | Errno::NOPROTOOPT
                | Errno::HOSTDOWN
                | Errno::HOSTUNREACH
                | Errno::NETDOWN
                | Errno::NETUNREACH
                // A firewall forbids it.
                | Errno::PERM,
            ) => Self::Connection,
            // Descriptors or memory have run out; or something unheard of,
            // at which to pause is better than to spin.
            _ => Self::Process,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::net::{SocketAddr, TcpStream};
    use std::os::fd::AsFd;
    use std::sync::Arc;

    use rustix::io::{Errno, FdFlags, fcntl_getfd};

    use super::{Accepted, Arrival, Listener, Trouble};
    use crate::runtime::gate::Gate;

    fn listener(address: &str) -> Listener {
        Listener::bind(&[address.parse().unwrap()], Arc::default()).unwrap()
    }

    #[test]
    fn errors_are_sorted_by_whose_trouble_they_are() {
        let rows = [
            (Errno::AGAIN, Trouble::Empty),
            (Errno::CONNABORTED, Trouble::Connection),
            (Errno::INTR, Trouble::Connection),
            (Errno::PERM, Trouble::Connection),
            (Errno::MFILE, Trouble::Process),
            (Errno::NFILE, Trouble::Process),
            (Errno::NOBUFS, Trouble::Process),
            (Errno::NOMEM, Trouble::Process),
            (Errno::BADF, Trouble::Process),
        ];
        for (errno, trouble) in rows {
            assert_eq!(Trouble::of(&errno.into()), trouble, "{errno}");
        }
        assert_eq!(
            Trouble::of(&io::Error::other("unheard of")),
            Trouble::Process
        );
    }

    #[test]
    fn accepted_sockets_are_set_up_for_a_worker() {
        // The second one does not know its own address.
        for address in ["127.0.0.1:0", "0.0.0.0:0"] {
            is_set_up(&listener(address));
        }
    }

    fn is_set_up(listener: &Listener) {
        assert!(matches!(listener.accept(|| 0), Accepted::Empty));
        let port = listener.address().unwrap().port();
        let peer = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let Accepted::Connection(Arrival {
            socket: connection,
            addresses,
        }) = listener.accept(|| 0)
        else {
            panic!("nobody was accepted")
        };
        assert_eq!(addresses.peer, peer.local_addr().unwrap());
        assert_eq!(addresses.local, peer.peer_addr().unwrap());
        assert!(connection.nodelay().unwrap());
        assert_eq!(
            connection.peek(&mut [0]).unwrap_err().kind(),
            io::ErrorKind::WouldBlock
        );
        for descriptor in [connection.as_fd(), listener.as_fd()] {
            assert!(fcntl_getfd(descriptor).unwrap().contains(FdFlags::CLOEXEC));
        }
        assert!(matches!(listener.accept(|| 0), Accepted::Empty));
    }

    #[test]
    fn the_first_free_address_is_taken() {
        let taken = listener("127.0.0.1:0").address().unwrap();
        let first = Listener::bind(&[taken], Arc::default()).unwrap();
        let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
        let second = Listener::bind(&[taken, any], Arc::default()).unwrap();
        assert_ne!(first.address().unwrap(), second.address().unwrap());
        assert_eq!(
            Listener::bind(&[taken], Arc::default())
                .err()
                .map(|error| error.kind()),
            Some(io::ErrorKind::AddrInUse)
        );
    }

    #[test]
    fn both_families_are_listened_on() {
        for address in ["127.0.0.1:0", "[::1]:0"] {
            match Listener::bind(&[address.parse().unwrap()], Arc::default()) {
                Ok(listener) => drop(TcpStream::connect(listener.address().unwrap()).unwrap()),
                // A machine without IPv6.
                Err(error) => {
                    assert_eq!(error.kind(), io::ErrorKind::AddrNotAvailable, "{address}");
                }
            }
        }
    }
    #[test]
    fn it_says_once_that_there_are_too_many() {
        let gate = Arc::new(Gate::new(Some(2), 1));
        let listener = Listener::bind(&["127.0.0.1:0".parse().unwrap()], gate).unwrap();
        // How many are open, and whether it has been said after the attempt.
        for (open, said) in [(1, false), (2, true), (2, true), (1, false), (2, true)] {
            let accepted = listener.accept(|| open);
            assert_eq!(matches!(accepted, Accepted::Full), open == 2);
            assert_eq!(listener.warned.get(), said);
        }
    }
}
