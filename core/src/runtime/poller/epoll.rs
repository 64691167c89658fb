//! The poller on Linux: epoll, with a timerfd for the tick and an eventfd for
//! notifications.
//!
//! Owns the three descriptors. A wait is one system call and, with rustix, no
//! libc between: it reads no clock and computes no timeout, because the tick
//! is an event like any other. Refuses edge-triggering for sockets: a second
//! `recv` per request would have to find out that the first took everything.

use core::mem::MaybeUninit;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::event::{EventfdFlags, eventfd};
use rustix::io::{Errno, read, write};
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
    timerfd_settime,
};

use crate::runtime::poller::{BATCH, Interest, TICK, Wait};

/// Waits for sockets, ticks and notifications.
pub(crate) struct Poller {
    epoll: OwnedFd,
    timer: OwnedFd,
    /// Whether `timer` is armed.
    ticking: bool,
    notifier: Notifier,
}

/// Ends the wait of a [`Poller`] from any thread.
#[derive(Clone)]
pub(crate) struct Notifier {
    /// An eventfd, watched edge-triggered: each write is an event of its own,
    /// so nobody needs to read it. It takes 2^64 - 2 writes to fill.
    event: Arc<OwnedFd>,
}

/// The keys of the timer and the notifier. The keys of sources are indices,
/// which never get this large.
const TIMER: u64 = u64::MAX;
const NOTIFIER: u64 = u64::MAX - 1;

const NONE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 0,
};

impl Poller {
    pub(crate) fn new() -> io::Result<Self> {
        let epoll = epoll::create(CreateFlags::CLOEXEC)?;
        let timer = timerfd_create(
            TimerfdClockId::Monotonic,
            TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC,
        )?;
        let event = eventfd(0, EventfdFlags::NONBLOCK | EventfdFlags::CLOEXEC)?;
        epoll::add(&epoll, &timer, EventData::new_u64(TIMER), EventFlags::IN)?;
        epoll::add(
            &epoll,
            &event,
            EventData::new_u64(NOTIFIER),
            EventFlags::IN | EventFlags::ET,
        )?;
        let notifier = Notifier {
            event: Arc::new(event),
        };
        Ok(Self {
            epoll,
            timer,
            ticking: false,
            notifier,
        })
    }

    pub(crate) fn notifier(&self) -> Notifier {
        self.notifier.clone()
    }

    /// Reports `key` from every wait in which `source` is ready.
    pub(crate) fn add(
        &self,
        source: BorrowedFd<'_>,
        key: usize,
        interest: Interest,
    ) -> io::Result<()> {
        Ok(epoll::add(&self.epoll, source, data(key), flags(interest))?)
    }

    /// Changes key and interest of a source that was added.
    pub(crate) fn modify(
        &self,
        source: BorrowedFd<'_>,
        key: usize,
        interest: Interest,
    ) -> io::Result<()> {
        Ok(epoll::modify(
            &self.epoll,
            source,
            data(key),
            flags(interest),
        )?)
    }

    /// Ends an [`add`](Self::add). Must come before the source is closed.
    pub(crate) fn delete(&self, source: BorrowedFd<'_>) -> io::Result<()> {
        Ok(epoll::delete(&self.epoll, source)?)
    }

    /// Starts or ends the ticks; costs nothing if they are as wanted.
    pub(crate) fn set_ticking(&mut self, on: bool) -> io::Result<()> {
        if on != self.ticking {
            let period = if on { timespec_of_tick() } else { NONE };
            let setting = Itimerspec {
                it_interval: period,
                it_value: period,
            };
            timerfd_settime(&self.timer, TimerfdTimerFlags::empty(), &setting)?;
            self.ticking = on;
        }
        Ok(())
    }

    pub(crate) fn is_ticking(&self) -> bool {
        self.ticking
    }

    /// Replaces `ready` by the keys of the sources that are ready. With
    /// `block`, waits until there is one, a tick or a notification; a signal
    /// may end the wait with nothing to show.
    ///
    /// Costs one system call, and a second one per tick.
    #[inline]
    pub(crate) fn wait(&mut self, ready: &mut Vec<usize>, block: bool) -> io::Result<Wait> {
        ready.clear();
        // 3 KiB of stack that nobody has to initialise.
        let mut buffer = [const { MaybeUninit::<Event>::uninit() }; BATCH];
        let timeout = if block { None } else { Some(&NONE) };
        let events = match epoll::wait(&self.epoll, &mut buffer[..], timeout) {
            Ok((events, _)) => events,
            Err(Errno::INTR) => &mut [],
            Err(error) => return Err(error.into()),
        };
        let mut ticked = false;
        for event in events {
            match event.data.u64() {
                TIMER => ticked = self.take_tick(),
                NOTIFIER => {}
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "`data` made it of a `usize`"
                )]
                key => ready.push(key as usize),
            }
        }
        Ok(Wait { ticked })
    }

    /// Reads the timer, which also arms it for the next period. It cannot fail
    /// but for a timer that has been set anew since, which is then no tick.
    fn take_tick(&self) -> bool {
        read(self.timer.as_fd(), &mut [0; 8]).is_ok()
    }
}

impl Notifier {
    /// Makes the current wait, or else the next one, return. Never blocks.
    pub(crate) fn notify(&self) {
        // Can only fail for a full counter, and then an event is due anyway.
        let _ = write(&*self.event, &1_u64.to_ne_bytes());
    }
}

fn data(key: usize) -> EventData {
    let key = key as u64;
    debug_assert!(key < NOTIFIER, "the key is reserved");
    EventData::new_u64(key)
}

fn flags(interest: Interest) -> EventFlags {
    match interest {
        Interest::Read => EventFlags::IN,
        Interest::Write => EventFlags::OUT,
        Interest::Both => EventFlags::IN | EventFlags::OUT,
        // Errors and hang-ups are reported unasked.
        Interest::End => EventFlags::empty(),
    }
}

fn timespec_of_tick() -> Timespec {
    Timespec {
        tv_sec: 0,
        tv_nsec: TICK.subsec_nanos().into(),
    }
}
