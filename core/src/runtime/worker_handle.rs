//! What other threads hold of a worker.
//!
//! Owns the inbox of dealt connections, the gauge of open ones, and the order
//! to stop. Whoever writes here rouses the worker, so one that was not woken
//! need not look. Refuses to know what a connection does: `acceptor` deals the
//! sockets, `worker` takes them.

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::runtime::gate::Gate;
use crate::runtime::listener::Arrival;
use crate::runtime::poller::Notifier;
use crate::runtime::waker::WorkerWaker;

/// One worker, as its acceptor and its server know it.
pub(crate) struct WorkerHandle {
    waker: Arc<WorkerWaker>,
    /// Dealt and not yet taken.
    dealt: Mutex<Vec<Arrival>>,
    /// Whether `dealt` may hold something; spares the worker the lock.
    has_dealt: AtomicBool,
    /// Nothing is dealt any more.
    sealed: AtomicBool,
    /// Open connections, those in `dealt` included.
    connections: AtomicUsize,
    gate: Arc<Gate>,
    /// When the last connection must be closed.
    deadline: Mutex<Option<Instant>>,
    /// Whether `deadline` is set; spares the worker the lock.
    stopping: AtomicBool,
}

impl WorkerHandle {
    /// The handle of the worker that sleeps on the poller of `notifier`, and
    /// whose connections come through `gate`.
    pub(crate) fn new(notifier: Notifier, gate: Arc<Gate>) -> Self {
        Self {
            waker: Arc::new(WorkerWaker::new(notifier)),
            dealt: Mutex::default(),
            has_dealt: AtomicBool::new(false),
            sealed: AtomicBool::new(false),
            connections: AtomicUsize::new(0),
            gate,
            deadline: Mutex::default(),
            stopping: AtomicBool::new(false),
        }
    }

    /// What wakes the worker; it becomes a [`std::task::Waker`].
    pub(crate) fn waker(&self) -> &Arc<WorkerWaker> {
        &self.waker
    }

    /// Gives the worker a connection, and counts it.
    pub(crate) fn deal(&self, connection: Arrival) {
        self.opened();
        lock(&self.dealt).push(connection);
        self.has_dealt.store(true, Release);
        self.waker.rouse();
    }

    /// Worker: moves what was dealt to the end of `into`. One load if nothing
    /// was.
    pub(crate) fn take_dealt(&self, into: &mut Vec<Arrival>) {
        if self.has_dealt.load(Relaxed) && self.has_dealt.swap(false, Acquire) {
            into.append(&mut lock(&self.dealt));
        }
    }

    /// How many connections are open.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(SeqCst)
    }

    /// Counts a connection that the worker has accepted itself.
    pub(crate) fn opened(&self) {
        self.connections.fetch_add(1, SeqCst);
    }

    /// Worker: counts a connection as closed, which may make room for another.
    pub(crate) fn closed(&self) {
        self.connections.fetch_sub(1, SeqCst);
        self.gate.ended();
    }

    /// Nothing will be dealt from here on.
    pub(crate) fn seal(&self) {
        self.sealed.store(true, Release);
        self.waker.rouse();
    }

    /// Worker: whether all that will ever be dealt is in the inbox.
    pub(crate) fn is_sealed(&self) -> bool {
        self.sealed.load(Acquire)
    }

    /// Orders the worker to finish what it has begun, to cut what is left at
    /// the deadline, and to end. Of several orders the earliest holds, so one
    /// with the present time ends it at once.
    pub(crate) fn stop_gracefully(&self, deadline: Instant) {
        let mut set = lock(&self.deadline);
        *set = Some(set.map_or(deadline, |earlier| earlier.min(deadline)));
        drop(set);
        self.stopping.store(true, Release);
        self.waker.rouse();
    }

    /// Worker: the deadline, if it was ordered to stop. One load if not.
    pub(crate) fn stopping(&self) -> Option<Instant> {
        if self.stopping.load(Acquire) {
            *lock(&self.deadline)
        } else {
            None
        }
    }
}

/// What these locks guard is whole at every moment, even if a thread panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;
    use std::time::Instant;

    use super::WorkerHandle;
    use crate::runtime::poller::Poller;

    #[test]
    fn what_is_dealt_is_counted_announced_and_taken_once() {
        let mut poller = Poller::new().unwrap();
        let handle = WorkerHandle::new(poller.notifier(), Arc::default());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let connect = || TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let mut taken = Vec::new();
        handle.take_dealt(&mut taken);
        assert!(taken.is_empty() && handle.waker().prepare_sleep());

        handle.deal(connect().into());
        handle.deal(connect().into());
        poller.wait(&mut Vec::new(), true).unwrap();
        handle.waker().awake();
        assert!(handle.waker().take_woken());
        handle.take_dealt(&mut taken);
        assert_eq!((taken.len(), handle.connections()), (2, 2));

        handle.opened();
        handle.take_dealt(&mut taken);
        assert_eq!((taken.len(), handle.connections()), (2, 3));
        handle.closed();
        assert_eq!(handle.connections(), 2);
    }

    #[test]
    fn of_two_orders_to_stop_the_earlier_holds() {
        let handle = WorkerHandle::new(Poller::new().unwrap().notifier(), Arc::default());
        let now = Instant::now();
        let later = now + Duration::from_secs(10);
        assert_eq!(handle.stopping(), None);
        for (order, holds) in [(later, later), (now, now), (later, now)] {
            handle.stop_gracefully(order);
            assert_eq!(handle.stopping(), Some(holds));
            assert!(handle.waker().take_woken());
        }
    }
}
