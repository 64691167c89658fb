//! The poller on systems without epoll, through the crate `polling`.
//!
//! Owns a `polling::Poller` and the time of the next tick. It costs more system
//! calls than `epoll` and reads the clock, and shows the same behaviour: the
//! tests of the parent module hold for both. Refuses systems whose poller is
//! not level-triggered (event ports), where every event would need a re-arming
//! call. Holds the only `unsafe` of the project.

#![allow(unsafe_code)]

use core::num::NonZero;
use core::time::Duration;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::sync::Arc;
use std::time::Instant;

use polling::{Event, Events, PollMode};

use crate::runtime::poller::{BATCH, Interest, TICK, Wait};

/// Waits for sockets, ticks and notifications.
pub(crate) struct Poller {
    inner: Arc<polling::Poller>,
    /// When the next tick is due, while ticking.
    next_tick: Option<Instant>,
    /// What the last wait saw; kept for its allocation.
    events: Events,
}

/// Ends the wait of a [`Poller`] from any thread.
#[derive(Clone)]
pub(crate) struct Notifier {
    inner: Arc<polling::Poller>,
}

impl Poller {
    pub(crate) fn new() -> io::Result<Self> {
        let inner = polling::Poller::new()?;
        if !inner.supports_level() {
            let problem = "the poller of this system is not level-triggered";
            return Err(io::Error::new(io::ErrorKind::Unsupported, problem));
        }
        let capacity = NonZero::new(BATCH).unwrap_or(NonZero::<usize>::MIN);
        Ok(Self {
            inner: Arc::new(inner),
            next_tick: None,
            events: Events::with_capacity(capacity),
        })
    }

    pub(crate) fn notifier(&self) -> Notifier {
        Notifier {
            inner: Arc::clone(&self.inner),
        }
    }

    /// Reports `key` from every wait in which `source` is ready.
    pub(crate) fn add(
        &self,
        source: BorrowedFd<'_>,
        key: usize,
        interest: Interest,
    ) -> io::Result<()> {
        // SAFETY: the source must be deleted from the poller before it is
        // dropped, which is for as long as the poller may wait. Those that add
        // sources keep to that: a worker deletes a connection in the function
        // that closes it, the worker and `acceptor` delete the listener before
        // they drop it, and `signals` deletes its sockets when it is dropped.
        // If one of them ends by a panic, its poller goes with it, so that
        // nobody waits any more. On Unix, moreover, `polling` keeps no more of
        // a source than its number, and never dereferences anything for it.
        unsafe {
            self.inner
                .add_with_mode(source.as_raw_fd(), event(key, interest), PollMode::Level)
        }
    }

    /// Changes key and interest of a source that was added.
    pub(crate) fn modify(
        &self,
        source: BorrowedFd<'_>,
        key: usize,
        interest: Interest,
    ) -> io::Result<()> {
        self.inner
            .modify_with_mode(source, event(key, interest), PollMode::Level)
    }

    /// Ends an [`add`](Self::add). Must come before the source is closed.
    pub(crate) fn delete(&self, source: BorrowedFd<'_>) -> io::Result<()> {
        self.inner.delete(source)
    }

    /// Starts or ends the ticks; costs nothing if they are as wanted.
    #[expect(clippy::unnecessary_wraps, reason = "the other backend can fail")]
    pub(crate) fn set_ticking(&mut self, on: bool) -> io::Result<()> {
        if on != self.is_ticking() {
            self.next_tick = on.then(|| Instant::now() + TICK);
        }
        Ok(())
    }

    pub(crate) fn is_ticking(&self) -> bool {
        self.next_tick.is_some()
    }

    /// Replaces `ready` by the keys of the sources that are ready. With
    /// `block`, waits until there is one, a tick or a notification.
    pub(crate) fn wait(&mut self, ready: &mut Vec<usize>, block: bool) -> io::Result<Wait> {
        ready.clear();
        self.events.clear();
        match self.next_tick {
            Some(next) if block => self.inner.wait_deadline(&mut self.events, next)?,
            None if block => self.inner.wait(&mut self.events, None)?,
            _ => self.inner.wait(&mut self.events, Some(Duration::ZERO))?,
        };
        ready.extend(self.events.iter().map(|event| event.key));
        Ok(Wait {
            ticked: self.take_tick(),
        })
    }

    fn take_tick(&mut self) -> bool {
        let now = Instant::now();
        match self.next_tick {
            Some(next) if next <= now => {
                // Of several that were missed, one is reported, as a timer
                // of the system would.
                self.next_tick = Some(now + TICK);
                true
            }
            _ => false,
        }
    }
}

impl Notifier {
    /// Makes the current wait, or else the next one, return. Never blocks.
    pub(crate) fn notify(&self) {
        // Fails only if the poller is broken, which its own wait reports.
        let _ = self.inner.notify();
    }
}

fn event(key: usize, interest: Interest) -> Event {
    match interest {
        Interest::Read => Event::readable(key),
        Interest::Write => Event::writable(key),
        Interest::Both => Event::all(key),
        Interest::End => Event::none(key),
    }
}
