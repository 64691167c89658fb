//! The thread that accepts for several workers.
//!
//! Owns the choice of a worker: the one that has the fewest connections, since
//! an even spread is worth more than any other order. It has a thread of its
//! own so that no handler delays an accept. Refuses to read from a connection:
//! it deals sockets into the inbox of a `worker_handle`.

use std::io;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::{Acquire, Release};
use std::task::Waker;

use crate::runtime::listener::{Accepted, BACKLOG, Listener};
use crate::runtime::poller::{Interest, Notifier, Poller};
use crate::runtime::worker_handle::WorkerHandle;

/// Deals connections out to workers.
pub(crate) struct Acceptor {
    poller: Poller,
    listener: Listener,
    workers: Vec<Arc<WorkerHandle>>,
    /// The worker whose turn it is among those that have equally few.
    next: usize,
    stop: AcceptorStop,
}

/// Why the listener is not watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pause {
    /// There are as many connections as may be, until one ends.
    Full,
    /// The process has no descriptor left, until a tick finds otherwise.
    Exhausted,
}

impl Drop for Acceptor {
    /// No worker need wait for what is not dealt.
    fn drop(&mut self) {
        for worker in &self.workers {
            worker.seal();
        }
    }
}

/// Ends an [`Acceptor`] from any thread.
#[derive(Clone)]
pub(crate) struct AcceptorStop {
    ordered: Arc<AtomicBool>,
    notifier: Notifier,
}

impl AcceptorStop {
    /// Makes it close the listener and return.
    pub(crate) fn stop(&self) {
        self.ordered.store(true, Release);
        self.notifier.notify();
    }
}

impl Acceptor {
    /// An acceptor that deals to these workers, of which there must be one.
    pub(crate) fn new(listener: Listener, workers: Vec<Arc<WorkerHandle>>) -> io::Result<Self> {
        let poller = Poller::new()?;
        listener
            .gate()
            .keep(Waker::from(Arc::new(poller.notifier())));
        let stop = AcceptorStop {
            ordered: Arc::default(),
            notifier: poller.notifier(),
        };
        Ok(Self {
            poller,
            listener,
            workers,
            next: 0,
            stop,
        })
    }

    pub(crate) fn stop(&self) -> AcceptorStop {
        self.stop.clone()
    }

    /// Accepts and deals until it is stopped.
    pub(crate) fn run(mut self) -> io::Result<()> {
        let mut ready = Vec::new();
        self.poller.add(self.listener.as_fd(), 0, Interest::Read)?;
        let mut paused = None;
        while !self.stopped() {
            let wait = self.poller.wait(&mut ready, true)?;
            // A notification says that there may be room again.
            if wait.ticked || !ready.is_empty() || paused == Some(Pause::Full) {
                let pause = self.deal_waiting();
                if pause != paused {
                    self.pause(paused, pause)?;
                    paused = pause;
                }
            }
        }
        // Those that wait have connected before the server stopped.
        self.deal_waiting();
        self.pause(paused, Some(Pause::Full))
    }

    fn stopped(&self) -> bool {
        self.stop.ordered.load(Acquire)
    }

    /// Deals out the connections that wait; says why, if it had to give up.
    fn deal_waiting(&mut self) -> Option<Pause> {
        // More than can wait at a time; then it looks whether it is stopped.
        for _ in 0..BACKLOG {
            let open = || self.workers.iter().map(|worker| worker.connections()).sum();
            match self.listener.accept(open) {
                Accepted::Connection(connection) => {
                    let worker = self.choose();
                    self.workers[worker].deal(connection);
                }
                Accepted::Empty => return None,
                Accepted::Full => return Some(Pause::Full),
                Accepted::Exhausted => return Some(Pause::Exhausted),
            }
        }
        None
    }

    /// Waits for a notification or the next tick instead of the listener, or
    /// the other way round.
    fn pause(&mut self, from: Option<Pause>, to: Option<Pause>) -> io::Result<()> {
        self.poller.set_ticking(to == Some(Pause::Exhausted))?;
        match (from, to) {
            (None, Some(_)) => self.poller.delete(self.listener.as_fd()),
            (Some(_), None) => self.poller.add(self.listener.as_fd(), 0, Interest::Read),
            _ => Ok(()),
        }
    }

    /// The worker that has the fewest connections; of several, the next in
    /// turn, so that a quiet server uses all of them.
    fn choose(&mut self) -> usize {
        let count = self.workers.len();
        let chosen = (0..count)
            .map(|offset| (self.next + offset) % count)
            .min_by_key(|&index| self.workers[index].connections())
            .expect("there is a worker");
        self.next = (chosen + 1) % count;
        chosen
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;
    use std::sync::Arc;
    use std::thread;
    use std::time::Instant;

    use super::Acceptor;
    use crate::runtime::listener::Listener;
    use crate::runtime::poller::{Poller, TICK};
    use crate::runtime::worker_handle::WorkerHandle;

    fn acceptor(workers: usize) -> Acceptor {
        let listener = Listener::bind(&["127.0.0.1:0".parse().unwrap()], Arc::default()).unwrap();
        let handle = || {
            Arc::new(WorkerHandle::new(
                Poller::new().unwrap().notifier(),
                Arc::default(),
            ))
        };
        Acceptor::new(listener, (0..workers).map(|_| handle()).collect()).unwrap()
    }

    #[test]
    fn forty_connections_are_spread_evenly() {
        for count in [2, 4, 8, 16] {
            let acceptor = acceptor(count);
            let (address, stop) = (acceptor.listener.address().unwrap(), acceptor.stop());
            let workers = acceptor.workers.clone();
            let thread = thread::spawn(move || acceptor.run());
            let peers: Vec<_> = (0..40)
                .map(|_| TcpStream::connect(address).unwrap())
                .collect();
            let spread = || {
                workers
                    .iter()
                    .map(|worker| worker.connections())
                    .collect::<Vec<_>>()
            };
            let start = Instant::now();
            while spread().iter().sum::<usize>() < peers.len() {
                assert!(
                    start.elapsed() < TICK * 40,
                    "only {:?} were dealt",
                    spread()
                );
                thread::yield_now();
            }
            let (most, fewest) = (spread().into_iter().max(), spread().into_iter().min());
            assert!(most.unwrap() - fewest.unwrap() <= 1, "{:?}", spread());

            stop.stop();
            thread.join().unwrap().unwrap();
            let mut dealt = Vec::new();
            for worker in &workers {
                worker.take_dealt(&mut dealt);
            }
            assert_eq!(dealt.len(), peers.len());
            assert!(
                TcpStream::connect(address).is_err(),
                "the listener is closed"
            );
        }
    }

    #[test]
    fn the_fewest_are_filled_first_and_ties_go_round() {
        let mut acceptor = acceptor(3);
        let chosen = |acceptor: &mut Acceptor| {
            let index = acceptor.choose();
            acceptor.workers[index].opened();
            index
        };
        assert_eq!([(); 6].map(|()| chosen(&mut acceptor)), [0, 1, 2, 0, 1, 2]);
        acceptor.workers[1].closed();
        acceptor.workers[1].closed();
        assert_eq!([(); 4].map(|()| chosen(&mut acceptor)), [1, 1, 2, 0]);

        // Short connections, one at a time, use every worker as well.
        let mut acceptor = self::acceptor(3);
        assert_eq!([(); 4].map(|()| acceptor.choose()), [0, 1, 2, 0]);
    }
}
