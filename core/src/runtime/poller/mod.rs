//! What a thread sleeps on: readiness of sockets, a tick, and wake-ups from
//! other threads.
//!
//! Owns the vocabulary and the choice between two backends with one interface:
//! `epoll` on Linux, `portable` elsewhere (and on Linux with
//! `--cfg tramline_portable`, for its tests). Both are level-triggered and
//! report keys only: whoever gets a key tries the operation it wants, so a
//! stale key costs one `WouldBlock` and no more. Refuses to own sources.

#[cfg(all(target_os = "linux", not(tramline_portable)))]
mod epoll;
#[cfg(any(not(target_os = "linux"), tramline_portable))]
mod portable;
use core::time::Duration;
use std::sync::Arc;
use std::task::Wake;

#[cfg(all(target_os = "linux", not(tramline_portable)))]
pub(crate) use self::epoll::{Notifier, Poller};
#[cfg(any(not(target_os = "linux"), tramline_portable))]
pub(crate) use self::portable::{Notifier, Poller};

/// The time between two ticks. Timeouts are as coarse as this, which spares
/// every request a look at the clock.
pub(crate) const TICK: Duration = Duration::from_millis(250);

/// The most events that one wait takes from the system. Enough that a busy
/// thread rarely needs a second wait, few enough to stay in the cache.
const BATCH: usize = 256;

/// What a source is waited for. Errors and hang-ups are reported with either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interest {
    /// Until a read would not block; a peer that has finished counts.
    Read,
    /// Until a write would not block.
    Write,
    /// Until either would not.
    Both,
    /// Until the connection is reset, or finished by both sides; not on every
    /// system.
    End,
}

impl Wake for Notifier {
    fn wake(self: Arc<Self>) {
        self.notify();
    }
}

/// What else a wait saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait {
    /// A [`TICK`] has passed since the last one; only while ticking.
    pub(crate) ticked: bool,
}

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::io::{ErrorKind, Read, Write};
    use std::os::fd::AsFd;
    use std::os::unix::net::UnixStream;
    use std::thread;
    use std::time::Instant;

    use super::{Interest, Poller, TICK, Wait};

    const QUIET: Wait = Wait { ticked: false };

    fn pair() -> (UnixStream, UnixStream) {
        let (a, b) = UnixStream::pair().unwrap();
        a.set_nonblocking(true).unwrap();
        b.set_nonblocking(true).unwrap();
        (a, b)
    }

    fn fill(stream: &mut UnixStream) {
        loop {
            match stream.write(&[0; 4096]) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(error) => panic!("{error}"),
            }
        }
    }

    fn drain(stream: &mut UnixStream) {
        while let Ok(1..) = stream.read(&mut [0; 4096]) {}
    }

    /// The keys that are ready now, sorted.
    fn ready_now(poller: &mut Poller) -> Vec<usize> {
        let mut ready = vec![999];
        assert_eq!(poller.wait(&mut ready, false).unwrap(), QUIET);
        ready.sort_unstable();
        ready
    }

    #[test]
    fn readable_sources_are_reported_until_they_are_read() {
        let mut poller = Poller::new().unwrap();
        let (mut near, mut far) = pair();
        let (other, _other_far) = pair();
        poller.add(near.as_fd(), 7, Interest::Read).unwrap();
        poller.add(other.as_fd(), 8, Interest::Read).unwrap();
        assert_eq!(ready_now(&mut poller), [0_usize; 0]);

        far.write_all(b"x").unwrap();
        let mut ready = Vec::new();
        assert_eq!(poller.wait(&mut ready, true).unwrap(), QUIET);
        assert_eq!(ready, [7]);
        assert_eq!(ready_now(&mut poller), [7], "level-triggered");

        drain(&mut near);
        assert_eq!(ready_now(&mut poller), [0_usize; 0]);
        drop(far);
        assert_eq!(
            ready_now(&mut poller),
            [7],
            "the end of the stream is readable"
        );
        for source in [near, other] {
            poller.delete(source.as_fd()).unwrap();
        }
    }

    #[test]
    fn interest_is_in_one_direction_and_can_be_turned() {
        let mut poller = Poller::new().unwrap();
        let (mut near, mut far) = pair();
        far.write_all(b"x").unwrap();
        fill(&mut near);
        poller.add(near.as_fd(), 1, Interest::Write).unwrap();
        assert_eq!(
            ready_now(&mut poller),
            [0_usize; 0],
            "readable, but only writing is wanted"
        );

        drain(&mut far);
        assert_eq!(ready_now(&mut poller), [1]);
        drain(&mut near);
        poller.modify(near.as_fd(), 2, Interest::Read).unwrap();
        assert_eq!(
            ready_now(&mut poller),
            [0_usize; 0],
            "writable, but only reading is wanted"
        );

        far.write_all(b"x").unwrap();
        assert_eq!(
            ready_now(&mut poller),
            [2],
            "the key has changed with the interest"
        );
        poller.delete(near.as_fd()).unwrap();
    }

    #[test]
    fn deleted_sources_are_not_reported() {
        let mut poller = Poller::new().unwrap();
        let (near, mut far) = pair();
        poller.add(near.as_fd(), 1, Interest::Read).unwrap();
        far.write_all(b"x").unwrap();
        poller.delete(near.as_fd()).unwrap();
        assert_eq!(ready_now(&mut poller), [0_usize; 0]);
        assert!(poller.delete(near.as_fd()).is_err(), "it is gone");

        poller.add(near.as_fd(), 3, Interest::Read).unwrap();
        assert_eq!(
            ready_now(&mut poller),
            [3],
            "it can come back under another key"
        );
        poller.delete(near.as_fd()).unwrap();
    }

    #[test]
    fn more_sources_than_one_batch_are_all_reported() {
        let mut poller = Poller::new().unwrap();
        let pairs: Vec<_> = (0..super::BATCH + 44).map(|_| pair()).collect();
        for (key, (near, far)) in pairs.iter().enumerate() {
            poller.add(near.as_fd(), key, Interest::Read).unwrap();
            (&*far).write_all(b"x").unwrap();
        }
        let mut seen = vec![false; pairs.len()];
        for _ in 0..4 {
            for key in ready_now(&mut poller) {
                seen[key] = true;
            }
        }
        assert!(seen.iter().all(|&seen| seen));
        for (near, _) in &pairs {
            poller.delete(near.as_fd()).unwrap();
        }
    }

    #[test]
    fn ticks_come_at_their_pace_and_only_while_wanted() {
        let mut poller = Poller::new().unwrap();
        let mut ready = Vec::new();
        for on in [true, true, false, true] {
            poller.set_ticking(on).unwrap();
            assert_eq!(poller.is_ticking(), on);
        }
        let start = Instant::now();
        for count in 1..=3 {
            assert_eq!(
                poller.wait(&mut ready, true).unwrap(),
                Wait { ticked: true }
            );
            assert!(
                start.elapsed() >= TICK * count,
                "tick {count} after {:?}",
                start.elapsed()
            );
            assert_eq!(
                poller.wait(&mut ready, false).unwrap(),
                QUIET,
                "one tick is reported once"
            );
        }
        assert!(
            start.elapsed() < TICK * 12,
            "three ticks took {:?}",
            start.elapsed()
        );

        poller.set_ticking(false).unwrap();
        thread::sleep(TICK + TICK / 2);
        assert_eq!(poller.wait(&mut ready, false).unwrap(), QUIET);
    }

    #[test]
    fn a_notification_ends_one_wait_from_any_thread() {
        let mut poller = Poller::new().unwrap();
        let mut ready = Vec::new();
        for pause in [0, 0, 20] {
            let notifier = poller.notifier();
            let thread = thread::spawn(move || {
                thread::sleep(Duration::from_millis(pause));
                notifier.notify();
                notifier.notify();
            });
            assert_eq!(poller.wait(&mut ready, true).unwrap(), QUIET);
            assert_eq!(ready, [0_usize; 0]);
            thread.join().unwrap();
            poller.wait(&mut ready, false).unwrap();
        }
        // Nothing of it is left: the next wait sleeps until the tick.
        poller.set_ticking(true).unwrap();
        assert_eq!(
            poller.wait(&mut ready, true).unwrap(),
            Wait { ticked: true }
        );
    }

    #[test]
    fn a_notification_before_the_wait_is_kept() {
        let mut poller = Poller::new().unwrap();
        poller.notifier().notify();
        assert_eq!(poller.wait(&mut Vec::new(), true).unwrap(), QUIET);
    }

    #[test]
    fn a_notifier_outlives_its_poller() {
        let notifier = Poller::new().unwrap().notifier();
        notifier.notify();
    }
}
