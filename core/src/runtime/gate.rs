//! How many connections a server has at a time.
//!
//! Owns the bound, and the way in which whoever accepts learns that there is
//! room again: by then it looks at no socket. Refuses to count: the workers'
//! handles do, each its own, so that an accept costs no more than a sum.

use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::task::Waker;

use rustix::process::{Resource, getrlimit};

/// One per server; shared by whoever accepts and all workers.
///
/// The keeper sets `shut` and then looks at the count once more; a worker
/// lowers the count and then looks at `shut`. All four are sequentially
/// consistent, so one of the two sees what the other did.
#[derive(Debug)]
pub(crate) struct Gate {
    most: usize,
    /// The keeper waits to be woken.
    shut: AtomicBool,
    /// Whoever accepts.
    keeper: OnceLock<Waker>,
}

impl Gate {
    /// A gate for so many connections; `None` for as many as leave some of the
    /// files that the process may have open to so many workers, and to handlers.
    pub(crate) fn new(most: Option<usize>, workers: usize) -> Self {
        let of_files = || {
            let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
            share(files, workers)
        };
        Self {
            most: most.unwrap_or_else(of_files),
            shut: AtomicBool::new(false),
            keeper: OnceLock::new(),
        }
    }

    /// The most connections.
    pub(crate) fn most(&self) -> usize {
        self.most
    }

    /// Says who is to be woken when there is room again; the first one holds.
    pub(crate) fn keep(&self, keeper: Waker) {
        let _ = self.keeper.set(keeper);
    }

    /// Keeper: whether there are too many for another. If so, the keeper is
    /// woken when one ends.
    pub(crate) fn is_full(&self, open: impl Fn() -> usize) -> bool {
        if open() < self.most {
            return false;
        }
        self.shut.store(true, SeqCst);
        open() >= self.most
    }

    /// Worker: a connection has ended, and is not counted any more.
    pub(crate) fn ended(&self) {
        if self.shut.load(SeqCst)
            && self.shut.swap(false, SeqCst)
            && let Some(keeper) = self.keeper.get()
        {
            keeper.wake_by_ref();
        }
    }
}

impl Default for Gate {
    /// As wide as can be.
    fn default() -> Self {
        Self::new(Some(usize::MAX), 1)
    }
}

/// Connections that leave the workers of a server what they need of `files`,
/// and an eighth of the rest to handlers. Where hardly anything is left, an
/// eighth of all: then files run out, but some are served.
fn share(files: u64, workers: usize) -> usize {
    /// Of a worker's poller.
    const EACH: u64 = 3;
    /// Standard streams, the listener, signals, the pollers of the acceptor and
    /// of `smol`.
    const OTHERS: u64 = 18;
    let workers = u64::try_from(workers).unwrap_or(u64::MAX);
    let own = workers.saturating_mul(EACH).saturating_add(OTHERS);
    let left = files.saturating_sub(own);
    let share = (left - left / 8).max(files / 8).max(1);
    usize::try_from(share).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::SeqCst;
    use std::task::{Wake, Waker};

    use super::{Gate, share};

    struct Counter(AtomicUsize);

    impl Wake for Counter {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, SeqCst);
        }
    }

    #[test]
    fn the_keeper_is_woken_once_when_there_is_room_again() {
        let gate = Gate::new(Some(2), 1);
        let woken = Arc::new(Counter(AtomicUsize::new(0)));
        gate.keep(Waker::from(Arc::clone(&woken)));
        let wakes = || woken.0.load(SeqCst);
        assert!(!gate.is_full(|| 1));
        gate.ended();
        assert_eq!(wakes(), 0, "nobody waits");
        assert!(gate.is_full(|| 2));
        gate.ended();
        gate.ended();
        assert_eq!(wakes(), 1);
    }

    #[test]
    fn room_made_between_two_looks_is_seen() {
        let gate = Gate::new(Some(2), 1);
        let looks = AtomicUsize::new(0);
        assert!(!gate.is_full(|| 2 - looks.fetch_add(1, SeqCst)));
    }

    #[test]
    fn by_default_workers_and_handlers_have_their_files() {
        for (files, workers, connections) in [
            (1_024, 1, 878),
            (1_024, 64, 713),
            (320, 2, 259),
            // Next to nothing is left.
            (256, 64, 41),
            (256, 100, 32),
            (20, 1, 2),
            (1, 1, 1),
            (u64::MAX, usize::MAX, usize::MAX / 8),
        ] {
            let share = share(files, workers);
            assert_eq!(share, connections, "{files} files, {workers} workers");
        }
        let most = Gate::new(None, 1).most();
        assert!(most > 7, "{most}");
    }
}
