//! A worker: one thread, one poller, one executor, and what they do in turn.
//!
//! Owns the loop: wait, serve the sockets that are ready, run the tasks that
//! were woken, begin again. Refuses to know what a connection does, which is
//! `connections`', and where connections come from: its own listener if it is
//! the only worker, or its handle's inbox.

use core::cell::Cell;
use core::future::pending;
use core::pin::pin;
use core::task::{Context, Waker};
use std::io;
use std::os::fd::AsFd;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use async_executor::LocalExecutor;

use crate::connection::lane::Service;
use crate::connection::turn::Surroundings;
use crate::http::date::DateCache;
use crate::runtime::acceptor::Pause;
use crate::runtime::connections::Connections;
use crate::runtime::listener::{Accepted, Arrival, BACKLOG, Listener};
use crate::runtime::local;
use crate::runtime::poller::{Interest, Poller};
use crate::runtime::worker_handle::WorkerHandle;

/// The listener's key; those of connections are small.
const LISTENER: usize = usize::MAX / 2;

/// Connections accepted before the others are served again.
const ACCEPTED_AT_ONCE: u16 = 64;

/// A worker that has not started.
pub(crate) struct Worker {
    handle: Arc<WorkerHandle>,
    poller: Poller,
    /// Of a lone worker, until it stops accepting.
    listener: Option<Listener>,
    /// Whether the worker is alone: nothing is dealt to it.
    alone: bool,
    /// Why the listener is not watched, if it is not.
    paused: Option<Pause>,
    connections: Connections,
    around: Rc<Surroundings>,
    executor: Rc<LocalExecutor<'static>>,
}

impl Drop for Worker {
    /// A poller must not outlive what it watches.
    fn drop(&mut self) {
        if let Some(listener) = &self.listener
            && self.paused.is_none()
        {
            let _ = self.poller.delete(listener.as_fd());
        }
        self.connections.close_all(&self.poller);
    }
}

/// How a worker ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WorkerEnd {
    /// Connections that had something to be done at the deadline.
    pub(crate) cut: usize,
}

impl Worker {
    /// A worker on the poller of `handle`. Must be made on the thread that runs
    /// it.
    ///
    /// # Errors
    ///
    /// If the poller refuses the listener.
    pub(crate) fn new(
        handle: Arc<WorkerHandle>,
        poller: Poller,
        listener: Option<Listener>,
        service: Service,
    ) -> io::Result<Self> {
        if let Some(listener) = &listener {
            poller.add(listener.as_fd(), LISTENER, Interest::Read)?;
            let keeper = Waker::from(Arc::clone(handle.waker()));
            listener.gate().keep(keeper);
        }
        let around = Rc::new(Surroundings {
            date: DateCache::new(SystemTime::now()),
            limits: service.limits,
            closing: Cell::new(false),
        });
        let executor = Rc::new(LocalExecutor::new());
        let connections = Connections::new(
            Arc::clone(&handle),
            service,
            Rc::clone(&around),
            Rc::clone(&executor),
        );
        Ok(Self {
            handle,
            poller,
            alone: listener.is_some(),
            listener,
            paused: None,
            connections,
            around,
            executor,
        })
    }

    /// Serves until it is told to stop.
    ///
    /// # Errors
    ///
    /// If the poller fails, which leaves nothing to go on with.
    pub(crate) fn run(mut self) -> io::Result<WorkerEnd> {
        let executor = Rc::clone(&self.executor);
        let _entered = local::enter(Rc::clone(&executor));
        let waker = Waker::from(Arc::clone(self.handle.waker()));
        let mut cx = Context::from_waker(&waker);
        // Endless, and registered as the executor's sleeper by its first poll;
        // polled from then on whenever a task wakes.
        let mut tasks = pin!(executor.run(pending::<()>()));
        let _ = tasks.as_mut().poll(&mut cx);
        let mut ready = Vec::new();
        let mut dealt = Vec::new();
        loop {
            let may_block = self.handle.waker().prepare_sleep();
            let waited = self
                .poller
                .wait(&mut ready, may_block && !self.connections.has_backlog());
            self.handle.waker().awake();
            if waited?.ticked {
                self.tick()?;
            }
            self.connections.put_in_order(&mut ready);
            for &key in &ready {
                if key == LISTENER {
                    self.accept(ACCEPTED_AT_ONCE)?;
                } else {
                    self.connections.ready(key, &self.poller);
                }
            }
            if self.connections.has_backlog() {
                self.connections.run_backlog(&self.poller);
            }
            if self.handle.waker().take_woken() {
                self.take_dealt(&mut dealt)?;
                if self.paused == Some(Pause::Full) && self.has_room() {
                    self.resume()?;
                }
                let _ = tasks.as_mut().poll(&mut cx);
                self.connections.settle(&self.poller);
            }
            if let Some(deadline) = self.handle.stopping() {
                self.stop_accepting()?;
                // In this order: what is dealt before the seal is taken.
                let no_more = self.alone || self.handle.is_sealed();
                self.take_dealt(&mut dealt)?;
                let left = self.connections.len();
                if (left == 0 && no_more) || Instant::now() >= deadline {
                    let cut = self.connections.unanswered();
                    return Ok(WorkerEnd { cut });
                }
            }
        }
    }

    /// Adds the connections that were dealt.
    fn take_dealt(&mut self, dealt: &mut Vec<Arrival>) -> io::Result<()> {
        self.handle.take_dealt(dealt);
        if !dealt.is_empty() {
            self.start_ticking()?;
            for arrival in dealt.drain(..) {
                self.connections.insert(arrival, &self.poller);
            }
        }
        Ok(())
    }

    /// Accepts at most so many of those that wait, for a worker that is alone.
    fn accept(&mut self, most: u16) -> io::Result<()> {
        let Some(listener) = &self.listener else {
            return Ok(());
        };
        let mut pause = None;
        for _ in 0..most {
            match listener.accept(|| self.handle.connections()) {
                Accepted::Connection(socket) => {
                    self.handle.opened();
                    self.connections.insert(socket, &self.poller);
                }
                Accepted::Empty => break,
                Accepted::Full => {
                    pause = Some(Pause::Full);
                    break;
                }
                Accepted::Exhausted => {
                    pause = Some(Pause::Exhausted);
                    break;
                }
            }
        }
        if pause.is_some() && self.paused.is_none() {
            self.poller.delete(listener.as_fd())?;
            self.paused = pause;
        }
        self.start_ticking()
    }

    fn has_room(&self) -> bool {
        let open = || self.handle.connections();
        self.listener
            .as_ref()
            .is_some_and(|listener| !listener.gate().is_full(open))
    }

    /// Looks at the listener again.
    fn resume(&mut self) -> io::Result<()> {
        if let Some(listener) = &self.listener {
            self.poller
                .add(listener.as_fd(), LISTENER, Interest::Read)?;
            self.paused = None;
        }
        Ok(())
    }

    /// Time matters while there are connections.
    fn start_ticking(&mut self) -> io::Result<()> {
        if !self.poller.is_ticking() {
            self.around.date.refresh(SystemTime::now());
        }
        self.poller.set_ticking(true)
    }

    fn tick(&mut self) -> io::Result<()> {
        self.around.date.refresh(SystemTime::now());
        self.connections.tick(&self.poller);
        if self.paused == Some(Pause::Exhausted) {
            self.resume()?;
        }
        if self.around.closing.get() {
            self.connections.close_idle(&self.poller);
        }
        // A stopping worker looks at its deadline with every tick.
        let idle = self.connections.len() == 0 && !self.around.closing.get();
        self.poller.set_ticking(!idle)
    }

    /// Ends the taking of requests, once.
    fn stop_accepting(&mut self) -> io::Result<()> {
        if self.around.closing.replace(true) {
            return Ok(());
        }
        // Those that wait have connected before the server stopped.
        self.accept(BACKLOG)?;
        if let Some(listener) = self.listener.take()
            && self.paused.is_none()
        {
            self.poller.delete(listener.as_fd())?;
        }
        self.connections.close_idle(&self.poller);
        self.poller.set_ticking(true)
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;
    use std::thread;
    use std::time::Instant;

    use super::Worker;
    use crate::connection::lane::Service;
    use crate::connection::limits::Limits;
    use crate::runtime::poller::Poller;
    use crate::runtime::worker_handle::WorkerHandle;
    use crate::{route, routes};

    #[route("/")]
    fn index() -> &'static str {
        "Hello"
    }

    routes! { App: index }

    /// The acceptor may be between an accept and the dealing when all are
    /// ordered to stop.
    #[test]
    fn a_connection_dealt_to_a_stopping_worker_does_not_hold_it() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let pair = || {
            let peer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let near = listener.accept().unwrap().0;
            near.set_nonblocking(true).unwrap();
            (peer, near)
        };
        let poller = Poller::new().unwrap();
        let handle = Arc::new(WorkerHandle::new(poller.notifier(), Arc::default()));
        let of_worker = Arc::clone(&handle);
        let worker = thread::spawn(move || {
            let service = Service::new::<App, ()>(Arc::new(()), Limits::default());
            Worker::new(of_worker, poller, None, service)?.run()
        });

        // One that has begun a request keeps the worker at work.
        let (mut begun, near) = pair();
        begun.write_all(b"GET / HTTP/1.1\r\n").unwrap();
        handle.deal(near.into());
        thread::sleep(Duration::from_millis(100));
        handle.stop_gracefully(Instant::now() + Duration::from_secs(5));
        thread::sleep(Duration::from_millis(100));
        let (mut late, near) = pair();
        handle.deal(near.into());
        handle.seal();
        late.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        assert_eq!(late.read(&mut [0]).unwrap(), 0, "it is closed soon");

        begun.write_all(b"Host: a\r\n\r\n").unwrap();
        let mut answer = String::new();
        begun.read_to_string(&mut answer).unwrap();
        assert!(answer.ends_with("Hello"), "{answer}");
        drop(begun);
        assert_eq!(worker.join().unwrap().unwrap().cut, 0);
    }
}
