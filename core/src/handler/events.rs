//! Server-sent events
//! ([HTML, section 9.2](https://html.spec.whatwg.org/multipage/server-sent-events.html)).
//!
//! Owns the format of an [`Event`], and [`Events`], the answer that sends them
//! as they happen. Refuses values that would be read as other fields: a line
//! break cannot leave its field. When things are sent is `connection`'s.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::handler::producer::{Producer, Step};
use crate::handler::responder::Responder;
use crate::handler::response::Response;

/// An event for a browser's `EventSource`, or a comment that it passes over.
///
/// ```
/// use tramline::Event;
///
/// let event = Event::new("two\nlines").name("log").id(7);
/// assert_eq!(
///     event.to_string(),
///     "data: two\ndata: lines\nevent: log\nid: 7\n\n"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Whole lines.
    fields: String,
}

impl Event {
    /// An event with this data, which may have several lines.
    pub fn new(data: impl fmt::Display) -> Self {
        Self::of("data", data)
    }

    /// No event, but something to send: so that the connection is not taken for
    /// dead on the way, and is found out if it is.
    pub fn comment(text: impl fmt::Display) -> Self {
        Self::of("", text)
    }

    /// Sets the type of the event, which is `message` without this. Line breaks
    /// become spaces.
    #[must_use]
    pub fn name(self, name: impl fmt::Display) -> Self {
        self.in_one_line("event", name)
    }

    /// Sets what the browser sends as `Last-Event-ID` when it connects anew.
    /// Line breaks and NUL become spaces.
    #[must_use]
    pub fn id(self, id: impl fmt::Display) -> Self {
        self.in_one_line("id", id)
    }

    /// Sets how long the browser waits before it connects anew, in whole
    /// milliseconds.
    #[must_use]
    pub fn retry(self, after: Duration) -> Self {
        self.in_one_line("retry", after.as_millis())
    }

    fn of(field: &str, value: impl fmt::Display) -> Self {
        let value = value.to_string().replace("\r\n", "\n");
        let mut fields = String::with_capacity(value.len() + 16);
        for line in value.split(['\r', '\n']) {
            push_line(&mut fields, field, line);
        }
        Self { fields }
    }

    fn in_one_line(mut self, field: &str, value: impl fmt::Display) -> Self {
        let value = value.to_string().replace(['\r', '\n', '\0'], " ");
        push_line(&mut self.fields, field, &value);
        self
    }
}

fn push_line(fields: &mut String, field: &str, value: &str) {
    fields.extend([field, ": ", value, "\n"]);
}

/// As it is sent, with the empty line that ends it.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.fields)
    }
}

pin_project! {
/// The answer to a browser's `EventSource`: events, each sent at once.
///
/// A page that is left is noticed when something is sent to it: a stream that
/// may be silent for long should give an [`Event::comment`] now and then. See
/// [`Streamed`](crate::Streamed) for what happens to slow peers, and to those
/// that are gone.
///
/// ```
/// use std::time::Duration;
///
/// use tramline::smol::{Timer, stream::StreamExt};
/// use tramline::{Event, Events, Responder, route};
///
/// #[route("/clock")]
/// fn clock() -> impl Responder {
///     let ticks = Timer::interval(Duration::from_secs(1));
///     Events::new(ticks.map(|now| Event::new(format_args!("{now:?}"))))
/// }
/// ```
#[must_use = "it is produced when it is returned from a handler"]
pub struct Events<S> {
    #[pin]
    stream: S,
}
}

impl<S: Stream<Item = Event>> Events<S> {
    /// The events of a stream; at its end the browser connects anew.
    pub fn new(stream: S) -> Self {
        Self { stream }
    }
}

impl<S: Stream<Item = Event>> Responder for Events<S> {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        response.late_field("Cache-Control", format_args!("no-cache"));
        response.stream(Box::pin(self));
    }
}

impl<S: Stream<Item = Event>> Producer for Events<S> {
    fn content_type(&self) -> &'static str {
        "text/event-stream"
    }

    fn length(&self) -> Option<u64> {
        None
    }

    fn poll_produce(self: Pin<&mut Self>, out: &mut Vec<u8>, cx: &mut Context<'_>) -> Poll<Step> {
        self.project()
            .stream
            .poll_next(cx)
            .map(|event| match event {
                Some(event) => {
                    out.extend_from_slice(event.fields.as_bytes());
                    out.push(b'\n');
                    Step::More
                }
                None => Step::End,
            })
    }
}

impl<S> fmt::Debug for Events<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::Event;

    #[test]
    fn no_value_leaves_its_field() {
        for (event, expected) in [
            (Event::new("a"), "data: a\n\n"),
            (Event::new(""), "data: \n\n"),
            (
                Event::new("a\nb\r\nc\rd\n"),
                "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n",
            ),
            (Event::new("a\n\nid: 1"), "data: a\ndata: \ndata: id: 1\n\n"),
            (Event::comment("a\ndata: b"), ": a\n: data: b\n\n"),
            (
                Event::new(1).name("x\ndata: y"),
                "data: 1\nevent: x data: y\n\n",
            ),
            (Event::new(1).id("7\r\n\r\n\0"), "data: 1\nid: 7     \n\n"),
            (
                Event::new(1).retry(Duration::from_millis(1500)),
                "data: 1\nretry: 1500\n\n",
            ),
        ] {
            assert_eq!(event.to_string(), expected);
        }
    }
}
