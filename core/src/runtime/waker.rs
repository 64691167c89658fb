//! Wake-ups of a worker from other threads, without a lost one and mostly
//! without a system call.
//!
//! Owns the protocol between whoever wakes and the worker that is about to
//! sleep. Two flags: `woken` says that there is something to look at, `asleep`
//! that only a notification can say so. Each side sets its own flag and then
//! looks at the other's:
//!
//! | who wakes | the worker |
//! |---|---|
//! | sets `woken`; was it set? done | takes `woken`, looks at everything |
//! | takes `asleep`; was it set? notifies | sets `asleep` |
//! | | `woken` set? does not block |
//!
//! Refuses to know what there is to look at. Every change of a flag is a swap:
//! a swap by the worker acquires what all wakers before it released, where a
//! plain store would hide those that it overwrote. So, on `asleep`, either the
//! worker is first and the waker notifies, or it is second and sees `woken`.

use std::sync::Arc;
use std::task::Wake;

#[cfg(tramline_loom)]
use loom::sync::atomic::AtomicBool;
#[cfg(not(tramline_loom))]
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::{AcqRel, Relaxed};

use crate::runtime::poller::Notifier;

/// Wakes one worker. As an `Arc`, it becomes a [`std::task::Waker`].
pub(crate) struct WorkerWaker<N = Notifier> {
    /// Something happened since the worker last looked.
    woken: AtomicBool,
    /// The worker blocks, or is about to.
    asleep: AtomicBool,
    notifier: N,
}

/// How to end the blocking wait of a worker. The one that has begun, or else
/// the next one.
pub(crate) trait Notify: Send + Sync + 'static {
    fn notify(&self);
}

impl Notify for Notifier {
    fn notify(&self) {
        Notifier::notify(self);
    }
}

impl<N: Notify> WorkerWaker<N> {
    pub(crate) fn new(notifier: N) -> Self {
        Self {
            woken: AtomicBool::new(false),
            asleep: AtomicBool::new(false),
            notifier,
        }
    }

    /// Makes the worker look at everything once more. A system call only if it
    /// sleeps.
    pub(crate) fn rouse(&self) {
        // If it was set, whoever set it has yet to look at `asleep`, or the
        // worker at `woken`.
        if !self.woken.swap(true, AcqRel) && self.asleep.swap(false, AcqRel) {
            self.notifier.notify();
        }
    }

    /// Worker: whether it was woken since the last call. If so, what it was
    /// woken for is visible now. One plain load if not.
    pub(crate) fn take_woken(&self) -> bool {
        self.woken.load(Relaxed) && self.woken.swap(false, AcqRel)
    }

    /// Worker: announces that it will block; `false` means that it must not,
    /// for it was woken meanwhile. Call [`awake`](Self::awake) after the wait
    /// in either case.
    pub(crate) fn prepare_sleep(&self) -> bool {
        self.asleep.swap(true, AcqRel);
        !self.woken.load(Relaxed)
    }

    /// Worker: spares the others the notification from here on.
    pub(crate) fn awake(&self) {
        self.asleep.swap(false, AcqRel);
    }
}

impl<N: Notify> Wake for WorkerWaker<N> {
    fn wake(self: Arc<Self>) {
        self.rouse();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rouse();
    }
}

#[cfg(all(test, not(tramline_loom)))]
mod tests {
    use core::time::Duration;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::Relaxed;
    use std::sync::{Arc, mpsc};
    use std::task::Waker;
    use std::thread;

    use super::{Notify, WorkerWaker};
    use crate::runtime::poller::Poller;

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Notify for Count {
        fn notify(&self) {
            self.0.fetch_add(1, Relaxed);
        }
    }

    #[test]
    fn only_a_sleeping_worker_is_notified_and_only_once() {
        let waker = Arc::new(WorkerWaker::new(Count::default()));
        let notified = || waker.notifier.0.load(Relaxed);
        let task_waker = Waker::from(Arc::clone(&waker));
        assert!(!waker.take_woken());

        task_waker.wake_by_ref();
        assert_eq!(notified(), 0, "it is awake");
        assert!(!waker.prepare_sleep(), "there is something to look at");
        waker.awake();
        assert!(waker.take_woken());
        assert!(!waker.take_woken(), "taken");

        assert!(waker.prepare_sleep());
        task_waker.wake_by_ref();
        task_waker.wake();
        assert_eq!(notified(), 1);
        waker.awake();
        assert!(waker.take_woken());
    }

    #[test]
    fn two_hundred_thousand_wake_ups_from_other_threads_are_all_seen() {
        const THREADS: usize = 4;
        const EACH: usize = 50_000;
        let counters =
            || -> Arc<[AtomicUsize]> { (0..THREADS).map(|_| AtomicUsize::new(0)).collect() };
        let (made, taken) = (counters(), counters());
        let mut poller = Poller::new().unwrap();
        let waker = Arc::new(WorkerWaker::new(poller.notifier()));

        for index in 0..THREADS {
            let (waker, made, taken) = (
                Waker::from(Arc::clone(&waker)),
                Arc::clone(&made),
                Arc::clone(&taken),
            );
            thread::spawn(move || {
                for count in 1..=EACH {
                    made[index].store(count, Relaxed);
                    waker.wake_by_ref();
                    // One waits to be seen each time, so that the worker goes
                    // to sleep in between; the others do not.
                    while index == 0 && taken[index].load(Relaxed) < count {
                        thread::yield_now();
                    }
                }
            });
        }
        let (finished, end) = mpsc::channel();
        let seen = Arc::clone(&taken);
        thread::spawn(move || {
            // Nothing but a wake-up ends a wait: a lost one is one for ever.
            while seen.iter().any(|taken| taken.load(Relaxed) < EACH) {
                let block = waker.prepare_sleep();
                poller.wait(&mut Vec::new(), block).unwrap();
                waker.awake();
                if waker.take_woken() {
                    for (made, taken) in made.iter().zip(&*seen) {
                        taken.store(made.load(Relaxed), Relaxed);
                    }
                }
            }
            finished.send(()).unwrap();
        });
        assert!(
            end.recv_timeout(Duration::from_secs(60)).is_ok(),
            "a wake-up was lost after {taken:?}"
        );
    }
}

#[cfg(all(test, tramline_loom))]
mod model {
    use loom::sync::atomic::{AtomicUsize, Ordering::Relaxed};
    use loom::sync::{Arc, Condvar, Mutex};
    use loom::thread;

    use super::{Notify, WorkerWaker};

    /// A poller whose wait only a notification ends, which is kept if it comes
    /// first. A lost wake-up is a deadlock, which loom reports.
    #[derive(Clone)]
    struct Bell(Arc<(Mutex<bool>, Condvar)>);

    impl Bell {
        fn wait(&self, block: bool) {
            let mut rung = self.0.0.lock().unwrap();
            while block && !*rung {
                rung = self.0.1.wait(rung).unwrap();
            }
            *rung = false;
        }
    }

    impl Notify for Bell {
        fn notify(&self) {
            *self.0.0.lock().unwrap() = true;
            self.0.1.notify_one();
        }
    }

    /// `wakers` threads each leave word, relaxed, and wake the worker, which
    /// must come to see all of it.
    fn no_wake_up_is_lost(wakers: usize, preemptions: Option<usize>) {
        let mut model = loom::model::Builder::new();
        model.preemption_bound = preemptions;
        model.check(move || {
            let bell = Bell(Arc::new((Mutex::new(false), Condvar::new())));
            let waker = Arc::new(WorkerWaker::new(bell.clone()));
            let work = Arc::new(AtomicUsize::new(0));
            for _ in 0..wakers {
                let (waker, work) = (Arc::clone(&waker), Arc::clone(&work));
                thread::spawn(move || {
                    work.fetch_add(1, Relaxed);
                    waker.rouse();
                });
            }
            let mut seen = 0;
            while seen < wakers {
                if waker.take_woken() {
                    seen = work.load(Relaxed);
                }
                if seen < wakers {
                    let block = waker.prepare_sleep();
                    bell.wait(block);
                    waker.awake();
                }
            }
        });
    }

    #[test]
    fn no_wake_up_of_one_thread_is_lost() {
        no_wake_up_is_lost(1, None);
    }

    #[test]
    fn no_wake_up_of_two_threads_is_lost() {
        // Every interleaving of three threads takes hours. Two preemptions
        // suffice to find what plain stores in place of the swaps would lose.
        no_wake_up_is_lost(2, Some(2));
    }
}
