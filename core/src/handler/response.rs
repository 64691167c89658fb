//! The response writer: one response, appended to the connection's output.
//!
//! Owns what a handler may say, in any order, and the patching of what is known
//! only when the body is written. Refuses to allocate: it appends to a buffer
//! that is reused. `written` has the bytes, `late` the added fields; `responder`
//! says what each return type writes; `connection` lends the buffer and sends
//! it.

use core::cell::RefCell;
use core::fmt;
use std::io;

use crate::handler::asked::Asked;
use crate::handler::failure;
use crate::handler::late::LateFields;
use crate::handler::precomputed::Precomputed;
use crate::handler::producer::BoxedProducer;
use crate::handler::request::Request;
use crate::handler::trail::{OwnError, Trail};
use crate::handler::unwinding::discard;
use crate::handler::written::{HEAD_END, LENGTH_FIELD, TYPE_FIELD, Written};
use crate::http::date::{DATE_LEN, DateCache};
use crate::http::status::Status;

/// The media type of text responses.
pub const TEXT: &str = "text/plain; charset=utf-8";
/// The media type of byte responses.
pub const BYTES: &str = "application/octet-stream";

/// Room for a length that is not known yet, enough for a terabyte. The digits
/// are patched in right-aligned; the blanks before them are optional white
/// space.
const LENGTH_ROOM: &str = "            ";

/// A response being written.
///
/// [`Responder`](crate::Responder) implementations get one. The last call that
/// writes a body wins; a response without any has an empty body.
pub struct Response<'w> {
    /// The connection's output. It is not borrowed until something is written:
    /// a handler that waits does not hold back the answers to earlier requests.
    outbox: &'w RefCell<Vec<u8>>,
    written: Option<Written<'w>>,
    status: Status,
    /// Fields that `finish` inserts at the end of the head.
    late: &'w mut LateFields,
    date: &'w DateCache,
    /// `None` if the request could not be read.
    asked: Option<&'w Asked<'w>>,
    trail: &'w Trail,
    /// A content to be produced, unless a body was written since.
    producer: Option<BoxedProducer<'w>>,
}

/// What a response keeps beside the output; reused from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Aside {
    late: LateFields,
    trail: Trail,
}

impl<'w> Response<'w> {
    /// A response that will follow what is in `outbox`. `aside` is scratch
    /// space.
    pub(crate) fn new(
        outbox: &'w RefCell<Vec<u8>>,
        aside: &'w mut Aside,
        date: &'w DateCache,
    ) -> Self {
        let Aside { late, trail } = aside;
        late.clear();
        Self {
            outbox,
            written: None,
            status: Status::OK,
            late,
            date,
            asked: None,
            producer: None,
            trail,
        }
    }

    /// Says what it is the response to.
    #[inline]
    pub(crate) fn answers(&mut self, asked: &'w Asked<'w>) {
        self.asked = Some(asked);
    }

    pub(crate) fn asked(&self) -> Option<&'w Asked<'w>> {
        self.asked
    }

    pub(crate) fn trail(&self) -> &'w Trail {
        self.trail
    }

    /// The status: of the body that was written, or will be.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The status of the error that was written by the library itself, if that
    /// is the answer.
    pub(crate) fn own_error(&self) -> Option<Status> {
        let status = self.written.as_ref()?.status;
        let is_error = status.code() >= 400 && self.trail.error.get() == OwnError::Yes;
        is_error.then_some(status)
    }

    /// An argument could not be made: the answer is an error of the library's
    /// own, if it is one in its form.
    #[cold]
    pub(crate) fn reject(&mut self) {
        if self.trail.error.get() == OwnError::Detailed {
            self.trail.error.set(OwnError::Yes);
        }
    }

    /// The error that is asked of catchers is left to those of an outer set.
    pub(crate) fn leave_error(&mut self) {
        self.trail.error.set(OwnError::Left);
    }

    /// Forgets what layers and catchers said of the request before.
    pub(crate) fn forget(&mut self) {
        self.trail.clear();
        self.late.release(0);
    }

    /// The headers added so far stay if the handler fails; until they are
    /// released.
    pub(crate) fn keep_headers(&mut self) -> usize {
        self.late.keep()
    }

    pub(crate) fn release_headers(&mut self, kept: usize) {
        self.late.release(kept);
    }

    /// Takes the headers away that a handler added which is given up, or a catcher.
    pub(crate) fn drop_headers(&mut self) {
        self.late.clear_unkept();
    }

    /// Whether the header was set.
    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.late.has(name)
    }

    /// Tells the layers that it is written. `bodyless`: the request was HEAD;
    /// `streamed`: the body was produced while it was sent.
    #[cold]
    pub(crate) fn tell(&self, request: Request<'_>, bodyless: bool, streamed: bool) {
        let status = self.written.as_ref().map_or(self.status, |it| it.status);
        let (status, written) = match &self.written {
            _ if streamed => (status, self.trail.sent().get()),
            _ if status.is_interim() => (Status::INTERNAL_SERVER_ERROR, 0),
            Some(written) if !bodyless && !status.forbids_content() => {
                (status, (written.out.len() - written.body) as u64)
            }
            _ => (status, 0),
        };
        self.trail.end(request, Some(status), written);
    }

    /// Sets the status of the body written next; 200 at first. It changes nothing
    /// of one that is written.
    pub fn set_status(&mut self, status: Status) {
        self.status = status;
    }

    /// Sets a header: those of the same name, in any case, that were added
    /// before are gone.
    ///
    /// The value is anything that can be displayed: text, a number,
    /// `format_args!(..)`, [`url!`](crate::url). A `Content-Type` replaces that
    /// of the body, whenever that is written. It may be called before and after
    /// the body is written; if the answer becomes a 500, no header stays.
    ///
    /// Costs a copy of the field, and in the end a move of the body by the
    /// length of all of them; no allocation once a buffer has grown to its
    /// working size.
    ///
    /// ```
    /// use tramline::{Responder, Response};
    ///
    /// struct Page(String);
    ///
    /// impl Responder for Page {
    ///     fn respond<'w>(self, response: &mut Response<'w>)
    ///     where
    ///         Self: 'w,
    ///     {
    ///         response.header("Cache-Control", format_args!("max-age={}", 60 * 60));
    ///         response.append_header("Set-Cookie", "seen=1");
    ///         response.append_header("Set-Cookie", "theme=dark");
    ///         self.0.respond(response);
    ///     }
    /// }
    /// ```
    ///
    /// # Panics
    ///
    /// Which answers 500, and nothing of the header is sent:
    ///
    /// - if `name` is no token
    ///   ([RFC 9110, section 5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2));
    /// - if the value has a control byte other than the tab, such as CR, LF or
    ///   NUL, or cannot be displayed;
    /// - if the header says how the message is framed, which is the library's
    ///   to say: `Connection`, `Content-Length`, `Date`, `Keep-Alive`,
    ///   `Proxy-Connection`, `Trailer`, `Transfer-Encoding` and `Upgrade`.
    pub fn header(&mut self, name: &str, value: impl fmt::Display) {
        self.late.remove(name);
        self.late.append(name, value);
    }

    /// Adds a header beside those of the same name, such as a second
    /// `Set-Cookie`. Otherwise as [`header`](Self::header); there is one
    /// `Content-Type`, so that is replaced here too.
    ///
    /// # Panics
    ///
    /// As [`header`](Self::header).
    pub fn append_header(&mut self, name: &str, value: impl fmt::Display) {
        self.late.append(name, value);
    }

    /// The same of bytes, for header values that are not text. Fields that are
    /// the library's to write are passed over.
    #[cfg(feature = "http")]
    pub(crate) fn append_foreign_header(&mut self, name: &str, value: &[u8]) {
        if !LateFields::is_owned(name) {
            self.late.append_bytes(name, value);
        }
    }

    /// Sets where to go, percent-encoded where it must be.
    pub(crate) fn set_location(&mut self, location: impl fmt::Display) {
        self.late.remove("Location");
        self.late.append_uri("Location", location);
    }

    /// Says that the answer depends on Accept, once.
    pub(crate) fn add_vary_accept(&mut self) {
        self.late.put_once("Vary: Accept\r\n");
    }

    /// Writes a body of a known length.
    ///
    /// Costs two copies into the output, of the head and of the body; no
    /// allocation once the output has grown to its working size.
    ///
    /// # Panics
    ///
    /// If `content_type` has a control byte.
    #[inline]
    pub fn send(&mut self, content_type: &str, body: &[u8]) {
        self.head(content_type).finish_sized(body);
    }

    /// Writes a text body of a known length, the most common kind, whose
    /// fields need not be put together.
    #[inline]
    pub(crate) fn send_text(&mut self, body: &str) {
        if self.status == Status::OK {
            let date = self.date;
            let written = self.begin();
            date.start_text(&mut written.out);
            written.finish_sized(body.as_bytes());
        } else {
            self.head(TEXT).finish_sized(body.as_bytes());
        }
    }

    /// Writes a body in place, whose length is not known before: the closure
    /// appends to the output, and Content-Length is patched afterwards.
    ///
    /// If the closure fails, the response becomes a 500, and the log is told.
    ///
    /// # Panics
    ///
    /// If `content_type` has a control byte.
    #[inline]
    pub fn send_with(
        &mut self,
        content_type: &str,
        write: impl FnOnce(&mut BodyWriter<'_>) -> fmt::Result,
    ) {
        self.send_or_fail(content_type, write);
    }

    /// [`send_with`](Self::send_with), for errors that say more.
    #[inline]
    pub(crate) fn send_or_fail<E: fmt::Display>(
        &mut self,
        content_type: &str,
        write: impl FnOnce(&mut BodyWriter<'_>) -> Result<(), E>,
    ) {
        let written = self.head(content_type);
        let out = &mut *written.out;
        out.extend_from_slice(LENGTH_ROOM.as_bytes());
        let room = out.len();
        out.extend_from_slice(HEAD_END.as_bytes());
        written.body = out.len();
        if let Err(error) = write(&mut BodyWriter(out)) {
            self.fail(format_args!("the body could not be written: {error}"));
            return;
        }
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(out.len() - written.body).as_bytes();
        out[room - digits.len()..room].copy_from_slice(digits);
    }

    /// Writes a text body from format arguments.
    pub fn text(&mut self, arguments: fmt::Arguments<'_>) {
        self.send_with(TEXT, |body| fmt::Write::write_fmt(body, arguments));
    }

    /// Writes a response that was computed when the program was compiled: one
    /// copy, and the date over it.
    #[doc(hidden)]
    #[inline]
    pub fn send_precomputed<const N: usize>(&mut self, response: &Precomputed<N>) {
        let date = self.date.get();
        self.status = Status::OK;
        let Written {
            out, start, body, ..
        } = self.begin();
        out.extend_from_slice(response.bytes());
        let place = *start + Precomputed::<N>::DATE;
        out[place..place + DATE_LEN].copy_from_slice(&date);
        *body = *start + response.body();
    }

    /// Leaves the content to `producer`. The head is written when the handler
    /// has returned.
    pub(crate) fn stream(&mut self, producer: BoxedProducer<'w>) {
        self.withdraw();
        self.producer = Some(producer);
    }

    /// Takes back what was written, and gives the output back: whoever comes
    /// next may wait, and the answers to earlier requests must not.
    #[inline]
    pub(crate) fn withdraw(&mut self) {
        if let Some(mut written) = self.written.take() {
            written.out.truncate(written.start);
        }
    }

    /// Whether the content may be left to a producer.
    #[inline]
    pub(crate) fn is_streamed(&self) -> bool {
        self.producer.is_some()
    }

    /// What is to produce the content, if the last call that wrote a body was
    /// [`stream`](Self::stream).
    #[inline]
    pub(crate) fn take_producer(&mut self) -> Option<BoxedProducer<'w>> {
        let producer = self.producer.take()?;
        if self.written.is_some() {
            discard(producer);
            return None;
        }
        Some(producer)
    }

    /// Whether the status lets a content follow the head.
    pub(crate) fn allows_content(&self) -> bool {
        !self.status.is_interim() && !self.status.forbids_content()
    }

    /// Writes the head of a content that is produced later: `framing` is a
    /// field with its CRLF, or nothing.
    pub(crate) fn stream_head(&mut self, content_type: &str, framing: fmt::Arguments<'_>) {
        use std::io::Write;
        let Written { out, body, .. } = self.start();
        out.extend_from_slice(TYPE_FIELD.as_bytes());
        out.extend_from_slice(content_type.as_bytes());
        write!(out, "\r\n{framing}\r\n").expect("a Vec takes any write");
        *body = out.len();
    }

    /// Adds a field at the end of the head, whether or not the body is written.
    pub(crate) fn late_field(&mut self, name: &str, value: fmt::Arguments<'_>) {
        self.late.put(name, value);
    }

    /// Replaces whatever was written by a plain 500, and tells the log why.
    #[cold]
    pub(crate) fn fail(&mut self, why: fmt::Arguments<'_>) {
        failure::log(self, why);
        self.late.clear_unkept();
        self.plain_problem(Status::INTERNAL_SERVER_ERROR);
    }

    /// Completes the response: inserts the late fields, and takes away what
    /// this kind of response must not carry. `bodyless`: the request was HEAD.
    #[inline]
    pub(crate) fn finish(mut self, bodyless: bool) {
        self.commit(bodyless);
    }

    /// [`finish`](Self::finish) for a head whose content is produced later.
    #[inline]
    pub(crate) fn commit(&mut self, bodyless: bool) {
        let written = self.written.as_ref();
        if written.is_none_or(|written| written.status != Status::OK)
            || !self.late.is_empty()
            || bodyless
        {
            self.adapt(bodyless);
        }
        self.written = None;
    }

    /// What [`finish`](Self::finish) does to a response that is not a plain
    /// 200 with its body.
    fn adapt(&mut self, bodyless: bool) {
        if self.written.is_none() {
            self.send_text("");
        }
        let status = self.written.as_ref().map_or(self.status, |it| it.status);
        if status.is_interim() {
            // It would leave the peer waiting for the final one. What was said
            // of the connection still holds.
            failure::log(self, format_args!("{status} is no answer"));
            self.plain_problem(Status::INTERNAL_SERVER_ERROR);
        }
        let Some(written) = &mut self.written else {
            return;
        };
        // That of its head, whatever was set since: it says how it is framed.
        if written.status.forbids_content() {
            written.strip_content();
        } else if self.late.has_type() {
            written.strip_type();
        }
        if !self.late.is_empty() {
            written.insert(self.late.as_bytes());
        }
        if bodyless {
            written.out.truncate(written.body);
        }
    }

    /// Takes the output, or forgets what was written before.
    #[inline]
    fn begin(&mut self) -> &mut Written<'w> {
        let status = self.status;
        if let Some(written) = &mut self.written {
            written.out.truncate(written.start);
            written.status = status;
        }
        self.written
            .get_or_insert_with(|| Written::behind(self.outbox.borrow_mut(), status))
    }

    /// Everything up to the digits of Content-Length.
    fn head(&mut self, content_type: &str) -> &mut Written<'w> {
        assert!(
            !has_control(content_type),
            "a content type without control bytes, not {content_type:?}"
        );
        let written = self.start();
        written.out.extend_from_slice(TYPE_FIELD.as_bytes());
        written.out.extend_from_slice(content_type.as_bytes());
        written.out.extend_from_slice(LENGTH_FIELD.as_bytes());
        written
    }

    /// The status line and the date.
    #[inline]
    fn start(&mut self) -> &mut Written<'w> {
        let (status, date) = (self.status, self.date);
        if status != Status::OK {
            self.trail.error.set(OwnError::No);
        }
        let written = self.begin();
        // One growth for most heads.
        written.out.reserve(160);
        if status == Status::OK {
            date.start_ok(&mut written.out);
        } else {
            written.status_line(status);
            written.out.extend_from_slice(&date.get());
        }
        written
    }
}

impl fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Control bytes end a field, or worse.
pub(crate) const fn has_control(value: &str) -> bool {
    let bytes = value.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] < b' ' || bytes[at] == 0x7f {
            return true;
        }
        at += 1;
    }
    false
}

/// A body written in place; see [`Response::send_with`].
#[derive(Debug)]
pub struct BodyWriter<'w>(&'w mut Vec<u8>);

impl BodyWriter<'_> {
    /// Appends bytes.
    pub fn write_bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

impl fmt::Write for BodyWriter<'_> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// For writers of other crates, such as templates; never fails.
impl io::Write for BodyWriter<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_bytes(bytes);
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_bytes(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use core::cell::RefCell;
    use core::fmt;
    use std::time::SystemTime;

    use super::{Aside, Response};
    use crate::handler::precomputed::{self, Precomputed};
    use crate::handler::response::TEXT;
    use crate::http::date::DateCache;
    use crate::http::status::Status;

    const DATE: &str = "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n";

    /// What `write` makes of a response that follows `before`.
    fn written(before: &str, bodyless: bool, write: impl FnOnce(&mut Response<'_>)) -> String {
        let date = DateCache::new(SystemTime::UNIX_EPOCH);
        let (out, mut aside) = (RefCell::new(before.as_bytes().to_vec()), Aside::default());
        aside.late.put("Left", format_args!("over"));
        let mut response = Response::new(&out, &mut aside, &date);
        write(&mut response);
        response.finish(bodyless);
        String::from_utf8(out.into_inner())
            .expect("these responses are text")
            .replace(DATE, "<date>")
    }

    #[test]
    fn a_known_body_follows_its_length() {
        assert_eq!(
            written("before", false, |response| response.send(TEXT, b"hi")),
            "beforeHTTP/1.1 200 OK\r\n<date>Content-Type: text/plain; charset=utf-8\r\nContent-Length: 2\r\n\r\nhi"
        );
    }

    #[test]
    fn text_starts_as_any_type_does() {
        let text = written("x", false, |response| response.send_text("hi"));
        let bytes = written("x", false, |response| response.send(TEXT, b"hi"));
        assert_eq!(text, bytes);
    }

    #[test]
    fn a_length_learnt_late_is_right_aligned() {
        let text = written("", false, |response| {
            response.text(format_args!("{}", 12345));
        });
        assert!(
            text.ends_with("\r\nContent-Length:            5\r\n\r\n12345"),
            "{text}"
        );
    }

    #[test]
    fn the_last_body_wins() {
        let text = written("", false, |response| {
            response.send(TEXT, b"a first and longer one");
            response.set_status(Status::CREATED);
            response.send(TEXT, b"second");
        });
        assert!(
            text.starts_with("HTTP/1.1 201 Created\r\n") && text.ends_with("\r\n\r\nsecond"),
            "{text}"
        );
    }

    #[test]
    fn late_fields_go_between_head_and_body() {
        for bodyless in [false, true] {
            let text = written("", bodyless, |response| {
                response.late_field("Allow", format_args!("GET"));
                response.send(TEXT, b"body");
                response.late_field("Connection", format_args!("close"));
            });
            let body = if bodyless { "" } else { "body" };
            assert!(
                text.ends_with(&format!(
                    "Content-Length: 4\r\nAllow: GET\r\nConnection: close\r\n\r\n{body}"
                )),
                "{text}"
            );
        }
    }

    #[test]
    fn statuses_without_content_have_none() {
        for (status, length) in [
            (Status::NO_CONTENT, ""),
            (Status::NOT_MODIFIED, ""),
            (Status::RESET_CONTENT, "Content-Length: 0\r\n"),
        ] {
            for bodyless in [false, true] {
                let text = written("", bodyless, |response| {
                    response.set_status(status);
                    response.send(TEXT, b"never sent");
                    response.late_field("Connection", format_args!("close"));
                });
                let line = status.line().unwrap();
                assert_eq!(
                    text,
                    format!("{line}<date>{length}Connection: close\r\n\r\n")
                );
            }
        }
    }

    #[test]
    fn a_status_set_behind_the_body_is_none_of_its() {
        let plain = |status| {
            written("", false, |response| {
                response.set_status(status);
                response.send(TEXT, b"body");
            })
        };
        for (before, after) in [
            (Status::OK, Status::NO_CONTENT),
            (Status::NO_CONTENT, Status::OK),
            (Status::NOT_MODIFIED, Status::CREATED),
            (Status::RESET_CONTENT, Status::OK),
            (Status::OK, Status::RESET_CONTENT),
            (Status::CREATED, Status::CONTINUE),
        ] {
            let text = written("", false, |response| {
                response.set_status(before);
                response.send(TEXT, b"body");
                response.set_status(after);
            });
            assert_eq!(text, plain(before), "{before}, then {after}");
        }
    }

    #[test]
    fn headers_replace_what_was_set_before_and_can_be_added() {
        for (status, bodyless, expected) in [
            (
                Status::OK,
                false,
                "Content-Length: 4\r\nX-A: 2\r\ncontent-TYPE: text/css\r\nx-b: 1\r\nX-B: 2\r\n\r\nbody",
            ),
            (
                Status::OK,
                true,
                "Content-Length: 4\r\nX-A: 2\r\ncontent-TYPE: text/css\r\nx-b: 1\r\nX-B: 2\r\n\r\n",
            ),
            (
                Status::NOT_MODIFIED,
                false,
                "X-A: 2\r\ncontent-TYPE: text/css\r\nx-b: 1\r\nX-B: 2\r\n\r\n",
            ),
        ] {
            let text = written("before", bodyless, |response| {
                response.header("x-a", 1);
                response.set_status(status);
                response.send("text/plain", b"body");
                response.header("X-A", 2);
                response.header("content-type", "text/html");
                response.append_header("content-TYPE", "text/css");
                response.append_header("x-b", 1);
                response.append_header("X-B", 2);
            });
            assert_eq!(text, format!("beforeHTTP/1.1 {status}\r\n<date>{expected}"));
        }
    }

    #[test]
    fn a_content_type_replaces_that_of_every_kind_of_body() {
        static RESPONSE: Precomputed<{ precomputed::length(TEXT, b"body") }> =
            Precomputed::new(TEXT, b"body");
        let writers: [fn(&mut Response<'_>); 4] = [
            |response| response.send_text("body"),
            |response| response.send_with(TEXT, |body| fmt::Write::write_str(body, "body")),
            |response| response.send_precomputed(&RESPONSE),
            |response| response.send("", b"body"),
        ];
        for write in writers {
            let text = written("x", false, |response| {
                response.header("Content-Type", "a/b");
                write(response);
            });
            assert_eq!(text.matches("Content-Type").count(), 1, "{text}");
            assert!(
                text.contains("4\r\nContent-Type: a/b\r\n\r\nbody"),
                "{text}"
            );
        }
    }

    #[test]
    fn an_interim_status_is_no_answer() {
        let text = written("", false, |response| {
            response.set_status(Status::CONTINUE);
            response.send(TEXT, b"");
        });
        assert!(text.starts_with("HTTP/1.1 500 "), "{text}");
        let text = written("", false, |response| {
            response.set_status(Status::CONTINUE);
            response.send(TEXT, b"");
            response.late_field("Connection", format_args!("close"));
        });
        assert!(text.contains("\r\nConnection: close\r\n"), "{text}");
    }

    #[test]
    fn nothing_written_is_an_empty_body_with_the_status_set() {
        let text = written("", false, |response| response.set_status(Status::new(299)));
        assert!(
            text.starts_with("HTTP/1.1 299 \r\n") && text.ends_with("Content-Length: 0\r\n\r\n"),
            "{text}"
        );
    }

    #[test]
    fn a_failed_body_leaves_only_the_500() {
        let text = written("before", false, |response| {
            response.send_with(TEXT, |body| {
                body.write_bytes(b"half");
                Err(core::fmt::Error)
            });
        });
        assert!(
            text.starts_with("beforeHTTP/1.1 500 Internal Server Error\r\n"),
            "{text}"
        );
        assert!(!text.contains("half"), "{text}");
    }

    #[test]
    fn a_precomputed_response_is_the_computed_one() {
        static RESPONSE: Precomputed<{ precomputed::length(TEXT, b"Hello") }> =
            Precomputed::new(TEXT, b"Hello");
        for bodyless in [false, true] {
            let precomputed = written("x", bodyless, |response| {
                response.send_precomputed(&RESPONSE);
            });
            let computed = written("x", bodyless, |response| response.send(TEXT, b"Hello"));
            assert_eq!(precomputed, computed);
        }
    }

    #[test]
    #[should_panic(expected = "without control bytes")]
    fn a_content_type_cannot_inject() {
        written("", false, |response| {
            response.send("text/plain\r\nSet-Cookie: a=b", b"");
        });
    }
}
