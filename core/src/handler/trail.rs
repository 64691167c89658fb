//! What happened around a handler, for what comes after it.
//!
//! Owns the list of the layers that a request came to, when it did, whether an
//! error of the library's own was written, and what that said. Refuses to be touched by requests
//! of sets that have neither layers nor catchers, errors apart. A lane reuses
//! it, so nothing is allocated for each request.

use core::cell::{Cell, RefCell};
use core::fmt::{self, Write};
use core::mem;
use std::thread;
use std::time::Instant;

use crate::handler::layer::Done;
use crate::handler::request::Request;
use crate::handler::summary::Summary;
use crate::handler::unwinding::caught;
use crate::http::status::Status;

/// How a request came to its response.
#[derive(Default)]
pub(crate) struct Trail {
    /// The layers, outermost first.
    reached: RefCell<Vec<&'static dyn Done>>,
    /// When the first of them was.
    started: Cell<Option<Instant>>,
    pub(crate) error: Cell<OwnError>,
    /// How many sets with something around their handlers a request without a
    /// handler is to enter; the last of them answers it.
    pub(crate) to_enter: Cell<usize>,
    /// Catchers may ask for the detail of an error.
    pub(crate) keeps_detail: Cell<bool>,
    /// What the error said behind its status; nothing where that says all.
    detail: Cell<String>,
    /// A handler or a catcher did, and was answered for.
    pub(crate) panicked: Cell<bool>,
    /// Bytes of a body that is sent while it is produced.
    sent: Cell<u64>,
}

/// Whether the body written last is an error of the library's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OwnError {
    #[default]
    No,
    /// It is, in a form that handlers can use too.
    Detailed,
    /// It is: a catcher may answer in its place.
    Yes,
    /// The catchers of the set were asked, and none is for its status.
    Left,
}

impl Trail {
    /// Forgets the request before.
    pub(crate) fn clear(&self) {
        self.reached.borrow_mut().clear();
        self.started.set(None);
        self.error.set(OwnError::No);
        self.to_enter.set(0);
        self.keeps_detail.set(false);
        self.panicked.set(false);
        self.sent.set(0);
    }

    pub(crate) fn sent(&self) -> &Cell<u64> {
        &self.sent
    }

    /// A request enters a set with something around its handlers: whether it has
    /// no handler, and this is the set to answer it.
    pub(crate) fn enters_last(&self) -> bool {
        let left = self.to_enter.get();
        self.to_enter.set(left.saturating_sub(1));
        left == 1
    }

    /// An error is written that says this.
    pub(crate) fn keep_detail(&self, detail: Option<&dyn fmt::Display>) {
        if !self.keeps_detail.get() {
            return;
        }
        let mut kept = self.detail.take();
        kept.clear();
        if let Some(detail) = detail {
            // The answer becomes a 500 then, whose detail is none.
            let _ = write!(kept, "{detail}");
        }
        self.detail.set(kept);
    }

    /// Lends the text of the detail, to be given back.
    pub(crate) fn lend_detail(&self) -> String {
        self.detail.take()
    }

    pub(crate) fn give_back(&self, detail: &mut String) {
        self.detail.set(mem::take(detail));
    }

    /// A request comes to `layer`; the first time, the clock is read.
    pub(crate) fn reach(&self, layer: &'static dyn Done) {
        if self.started.get().is_none() {
            self.started.set(Some(Instant::now()));
        }
        self.reached.borrow_mut().push(layer);
    }

    /// Tells the layers that the response is written, the innermost first; or,
    /// without a status, that there is none.
    pub(crate) fn end(&self, request: Request<'_>, status: Option<Status>, body_bytes: u64) {
        let Some(started) = self.started.take() else {
            return;
        };
        let summary = Summary {
            request,
            status,
            body_bytes,
            duration: started.elapsed(),
        };
        loop {
            let layer = self.reached.borrow_mut().pop();
            let Some(layer) = layer else { return };
            let _ = caught(|| layer.done(&summary));
        }
    }
}

impl fmt::Debug for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trail")
            .field("reached", &self.reached.borrow().len())
            .field("error", &self.error.get())
            .finish_non_exhaustive()
    }
}

/// Ends the trail of a request whose future is dropped before it is answered, or
/// while a body is produced: the peer is gone, or the server.
pub(crate) struct Abandoned<'r> {
    trail: Option<&'r Trail>,
    request: Request<'r>,
    status: Option<Status>,
}

impl<'r> Abandoned<'r> {
    pub(crate) fn unless_kept(trail: &'r Trail, request: Request<'r>) -> Self {
        // An outer set has one already.
        let is_first = trail.started.get().is_none();
        Self {
            trail: is_first.then_some(trail),
            request,
            status: None,
        }
    }

    /// From when the head is written.
    pub(crate) fn with_status(trail: &'r Trail, request: Request<'r>, status: Status) -> Self {
        Self {
            trail: Some(trail),
            request,
            status: Some(status),
        }
    }

    pub(crate) fn keep(mut self) {
        self.trail = None;
    }
}

impl Drop for Abandoned<'_> {
    fn drop(&mut self) {
        // After a panic of a layer there will be an answer.
        if let Some(trail) = self.trail
            && !thread::panicking()
        {
            trail.end(self.request, self.status, trail.sent.get());
        }
    }
}
