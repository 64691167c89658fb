//! The signals that end a server, as events of a poller.
//!
//! Owns the wish of SIGINT and SIGTERM to be heard, and what the main thread
//! waits on. Refuses to do anything in a signal handler: there, `signal-hook`
//! writes one byte to a socket. `server` decides what a signal means.

use core::fmt;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

use signal_hook::SigId;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::low_level::{pipe, unregister};

use crate::runtime::poller::{Interest, Notifier, Poller};

/// A signal that ends a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// SIGINT: Ctrl-C.
    Interrupt,
    /// SIGTERM: what `kill` and service managers send.
    Terminate,
}

impl Signal {
    const ALL: [Self; 2] = [Self::Interrupt, Self::Terminate];

    fn number(self) -> i32 {
        match self {
            Self::Interrupt => SIGINT,
            Self::Terminate => SIGTERM,
        }
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Interrupt => "SIGINT",
            Self::Terminate => "SIGTERM",
        })
    }
}

/// Hears the signals, from its creation on.
pub(crate) struct Signals {
    poller: Poller,
    ready: Vec<usize>,
    /// In the order of [`Signal::ALL`]; their indices are the keys.
    heard: [UnixStream; 2],
    registered: [SigId; 2],
}

impl Signals {
    pub(crate) fn new() -> io::Result<Self> {
        let poller = Poller::new()?;
        let (interrupts, interrupt) = UnixStream::pair()?;
        let (terminations, terminate) = UnixStream::pair()?;
        let heard = [interrupts, terminations];
        for (key, socket) in heard.iter().enumerate() {
            socket.set_nonblocking(true)?;
            poller.add(socket.as_fd(), key, Interest::Read)?;
        }
        let registered = [
            pipe::register(Signal::Interrupt.number(), interrupt)?,
            pipe::register(Signal::Terminate.number(), terminate)?,
        ];
        Ok(Self {
            poller,
            ready: Vec::new(),
            heard,
            registered,
        })
    }

    /// Ends a [`wait`](Self::wait) from another thread.
    pub(crate) fn notifier(&self) -> Notifier {
        self.poller.notifier()
    }

    /// Makes every wait end at the next tick at the latest.
    pub(crate) fn set_ticking(&mut self, on: bool) -> io::Result<()> {
        self.poller.set_ticking(on)
    }

    /// Waits for a signal, a notification or a tick. Signals that come together
    /// are given one by one.
    pub(crate) fn wait(&mut self) -> io::Result<Option<Signal>> {
        self.poller.wait(&mut self.ready, true)?;
        let Some(&key) = self.ready.first() else {
            return Ok(None);
        };
        match (&self.heard[key]).read(&mut [0]) {
            Ok(_) => Ok(Some(Signal::ALL[key])),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        for (socket, id) in self.heard.iter().zip(self.registered) {
            unregister(id);
            // Cannot fail for a source that was added.
            let _ = self.poller.delete(socket.as_fd());
        }
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::thread;

    use signal_hook::low_level::raise;

    use super::{Signal, Signals};

    #[test]
    fn signals_are_heard_one_by_one_and_notifications_are_none() {
        let mut signals = Signals::new().unwrap();
        raise(Signal::Terminate.number()).unwrap();
        assert_eq!(signals.wait().unwrap(), Some(Signal::Terminate));

        for _ in 0..2 {
            raise(Signal::Interrupt.number()).unwrap();
        }
        assert_eq!(signals.wait().unwrap(), Some(Signal::Interrupt));
        assert_eq!(
            signals.wait().unwrap(),
            Some(Signal::Interrupt),
            "the second one counts"
        );

        let notifier = signals.notifier();
        let thread = thread::spawn(move || {
            thread::sleep(Duration::from_millis(10));
            notifier.notify();
        });
        assert_eq!(signals.wait().unwrap(), None);
        thread.join().unwrap();
    }
}
