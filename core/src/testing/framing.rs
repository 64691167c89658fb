//! The bytes of an answer, read as a strict client reads them
//! ([RFC 9112, section 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
//!
//! Owns the rules of where an answer ends. Refuses whatever two clients could
//! read differently: two lengths, a length beside a coding, content where there
//! is none, an end that only a lost connection would show, and any byte behind
//! it.

use httparse::{EMPTY_HEADER, Error, Header, Response, Status::Complete, Status::Partial};

use crate::http::method::Method;
use crate::http::status::Status;

/// The most header fields that are read; twice what a request may have.
const MAX_FIELDS: usize = 200;

/// A final answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) status: Status,
    pub(super) fields: Vec<(String, String)>,
    pub(super) content: Vec<u8>,
}

/// Reads the one answer to a request by `method`, which is all of `received`
/// but for interim ones before it.
pub(super) fn read(method: Method<'_>, received: &[u8]) -> Result<Message, String> {
    let mut rest = received;
    loop {
        let mut room = [EMPTY_HEADER; MAX_FIELDS];
        let mut head = Response::new(&mut room);
        let len = match head.parse(rest) {
            Ok(Complete(len)) => len,
            Ok(Partial) if rest.is_empty() => return Err("the answer is missing".to_owned()),
            Ok(Partial) => return Err("the head of the answer does not end".to_owned()),
            Err(error) => return Err(malformed(error)),
        };
        let (bytes, behind) = rest.split_at(len);
        let status = status(&head, bytes)?;
        if status.is_interim() {
            rest = behind;
            continue;
        }
        let fields = head.headers.iter().map(|field| {
            let value = String::from_utf8_lossy(field.value);
            (field.name.to_owned(), value.into_owned())
        });
        let content = content(method, status, head.headers, behind)?;
        if status.forbids_content() && !content.is_empty() {
            return Err(format!("an answer with status {status} has content"));
        }
        return Ok(Message {
            status,
            content,
            fields: fields.collect(),
        });
    }
}

fn malformed(error: Error) -> String {
    format!("the head of the answer is malformed: {error}")
}

/// httparse takes other versions and statuses, too.
fn status(head: &Response<'_, '_>, bytes: &[u8]) -> Result<Status, String> {
    if !bytes.starts_with(b"HTTP/1.1 ") {
        return Err("the answer does not start with `HTTP/1.1 `".to_owned());
    }
    demand_line_ends(bytes)?;
    match head.code {
        Some(code @ 100..=999) => Ok(Status::new(code)),
        code => Err(format!("the status is {code:?}: expected 100 to 999")),
    }
}

/// httparse takes a bare LF for the end of a line.
fn demand_line_ends(lines: &[u8]) -> Result<(), String> {
    let mut ended = lines.split(|&byte| byte == b'\n').rev().skip(1);
    if ended.all(|line| line.ends_with(b"\r")) {
        Ok(())
    } else {
        Err("a line in the head or trailer of the answer ends without CR".to_owned())
    }
}

/// The content, whose end must be that of `behind`.
fn content(
    method: Method<'_>,
    status: Status,
    fields: &[Header<'_>],
    behind: &[u8],
) -> Result<Vec<u8>, String> {
    let values = |name: &'static str| {
        let named = fields
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name));
        named.map(|field| field.value)
    };
    let codings: Vec<&[u8]> = values("transfer-encoding").collect();
    let lengths: Vec<&[u8]> = values("content-length").collect();
    let framed = !codings.is_empty() || !lengths.is_empty();
    if codings.len() + lengths.len() > 1 {
        return Err("the answer has more than one field that says where it ends".to_owned());
    }
    if status.ends_with_head() && framed && status.code() != 304 {
        return Err(format!(
            "an answer with status {status} has a field that says where it ends"
        ));
    }
    let length = match lengths.first() {
        Some(digits) => Some(length(digits)?),
        None => None,
    };
    if status.ends_with_head() || method == Method::Head {
        return exactly(behind, 0);
    }
    if let Some(coding) = codings.first() {
        if !coding.eq_ignore_ascii_case(b"chunked") {
            return Err("the transfer coding of the answer is not `chunked`".to_owned());
        }
        return unchunk(behind);
    }
    if let Some(length) = length {
        return exactly(behind, length);
    }
    let closes = values("connection").any(|value| value.eq_ignore_ascii_case(b"close"));
    if !closes {
        return Err("nothing says where the answer ends, and the connection stays".to_owned());
    }
    Ok(behind.to_vec())
}

/// Digits and nothing else, which `parse` alone does not demand.
fn length(digits: &[u8]) -> Result<usize, String> {
    let text = str::from_utf8(digits).unwrap_or_default();
    let number = text
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok());
    number.flatten().ok_or_else(|| {
        let shown = String::from_utf8_lossy(digits);
        format!("the Content-Length of the answer is `{shown}`: expected a number")
    })
}

fn exactly(behind: &[u8], length: usize) -> Result<Vec<u8>, String> {
    match behind.len().checked_sub(length) {
        Some(0) => Ok(behind.to_vec()),
        Some(over) => Err(format!("{over} bytes are behind the end of the answer")),
        None => Err(format!(
            "the answer has {} of its {length} bytes",
            behind.len()
        )),
    }
}

/// The content of chunks, none of them missing. Not with the engine's own
/// decoder: a mistake there must not hide one in what the engine sends.
fn unchunk(mut behind: &[u8]) -> Result<Vec<u8>, String> {
    let missing = || "the last chunk of the answer is missing".to_owned();
    let malformed = || "the answer is not validly chunked".to_owned();
    let mut content = Vec::new();
    loop {
        let (start, size) = match httparse::parse_chunk_size(behind) {
            Ok(Complete(line)) => line,
            Ok(Partial) => return Err(missing()),
            Err(_) => return Err(malformed()),
        };
        behind = &behind[start..];
        if size == 0 {
            break;
        }
        let size = usize::try_from(size).map_err(|_| missing())?;
        let (piece, rest) = behind.split_at_checked(size).ok_or_else(missing)?;
        content.extend_from_slice(piece);
        behind = match rest {
            [b'\r', b'\n', rest @ ..] => rest,
            [] | [b'\r'] => return Err(missing()),
            _ => return Err(malformed()),
        };
    }
    match httparse::parse_headers(behind, &mut [EMPTY_HEADER; MAX_FIELDS]) {
        Ok(Complete((end, _))) => {
            let (trailer, rest) = behind.split_at(end);
            demand_line_ends(trailer)?;
            exactly(rest, 0)?;
            Ok(content)
        }
        Ok(Partial) => Err(missing()),
        Err(error) => Err(format!("the trailer of the answer is malformed: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::http::method::Method;

    /// The status and content, or what is wrong.
    fn read_get(text: &str) -> Result<(u16, String), String> {
        let message = read(Method::Get, text.as_bytes())?;
        let content = String::from_utf8(message.content).expect("text in these tests");
        Ok((message.status.code(), content))
    }

    #[test]
    fn answers() {
        for (text, status, content) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok"),
            (
                "HTTP/1.1 200 OK\r\nContent-Length:    02\r\n\r\nok",
                200,
                "ok",
            ),
            ("HTTP/1.1 299 \r\ncontent-length: 0\r\n\r\n", 299, ""),
            ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
            (
                "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n",
                205,
                "",
            ),
            (
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
                304,
                "",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1;x\r\no\r\n1\r\nk\r\n0\r\nA: b\r\n\r\n",
                200,
                "ok",
            ),
            ("HTTP/1.1 200 OK\r\nConnection: Close\r\n\r\nok", 200, "ok"),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                404,
                "",
            ),
        ] {
            assert_eq!(read_get(text), Ok((status, content.to_owned())), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_answer() {
        for (text, why) in [
            ("", "is missing"),
            ("HTTP/1.1 100 Continue\r\n\r\n", "is missing"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", "does not end"),
            ("HTTP/1.1 200 OK\r\na b: c\r\n\r\n", "malformed"),
            ("HTTP/1.0 200 OK\r\n\r\n", "does not start"),
            ("\r\nHTTP/1.1 200 OK\r\n\r\n", "does not start"),
            ("HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n", "without CR"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\n", "without CR"),
            ("HTTP/1.1 099 x\r\nContent-Length: 0\r\n\r\n", "100 to 999"),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
                "2 of its 3",
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nok",
                "1 bytes are behind",
            ),
            ("HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok", "`+2`"),
            ("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nok", "``"),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
                "more than one",
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok",
                "more than one",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "not `chunked`",
            ),
            (
                "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
                "where it ends",
            ),
            ("HTTP/1.1 204 No Content\r\n\r\nok", "2 bytes are behind"),
            (
                "HTTP/1.1 205 Reset Content\r\nContent-Length: 2\r\n\r\nok",
                "205 Reset Content has content",
            ),
            ("HTTP/1.1 200 OK\r\n\r\nok", "connection stays"),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nok",
                "validly chunked",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n",
                "last chunk",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\no\r\n0\r\n\r\n",
                "validly chunked",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\na: b\n\r\n",
                "without CR",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\na b\r\n\r\n",
                "trailer",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\no",
                "last chunk",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nok",
                "2 bytes are behind",
            ),
        ] {
            let error = read_get(text).expect_err(text);
            assert!(error.contains(why), "{text:?}: {error}");
        }
    }

    #[test]
    fn an_answer_to_head_has_a_length_and_no_content() {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
        assert_eq!(read(Method::Head, head).expect("valid").content, b"");
        assert!(read(Method::Head, &[head, &b"ok"[..]].concat()).is_err());
    }
}
