//! A strict reader of responses, for tests and fuzz targets.
//!
//! Owns what it means that an output is well-formed HTTP: every byte belongs to
//! a response, and every response to the request that it answers (RFC 9112,
//! sections 2 and 6.3). Refuses to share code with what writes responses.

use crate::http::reference::{self, Plain, Reading};

/// A final response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of the one field of this name.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let mut named = self
            .fields
            .iter()
            .filter(|(has, _)| has.eq_ignore_ascii_case(name));
        let value = named.next()?.1.as_str();
        assert!(named.next().is_none(), "one field `{name}`: {self:?}");
        Some(value)
    }

    /// Whether it says that it is the last one on its connection.
    pub(crate) fn closes(&self) -> bool {
        self.field("Connection") == Some("close")
    }
}

/// The methods of the requests in `input`, as far as it can be read, and HEAD if
/// what comes then names it.
pub(crate) fn methods(mut input: &[u8]) -> Vec<Vec<u8>> {
    let mut methods = Vec::new();
    while let Reading::Read(Plain { method, length, .. }, len) = reference::head(input) {
        methods.push(method.to_vec());
        input = &input[len..];
        let body = match length {
            Some(length) => usize::try_from(length).unwrap_or(usize::MAX),
            None => match reference::chunked(input) {
                Reading::Read(_, len) => len,
                _ => return methods,
            },
        };
        let Some(rest) = input.get(body..) else {
            return methods;
        };
        input = rest;
    }
    let line = input.strip_prefix(b"\r\n").unwrap_or(input);
    if line.starts_with(b"HEAD ") {
        methods.push(b"HEAD".to_vec());
    }
    methods
}

/// Takes `sent` apart.
///
/// # Panics
///
/// If it is not whole, well-formed responses to requests of these methods; an
/// answer more may follow, to what could not be read.
pub(crate) fn answers(mut sent: &[u8], methods: &[Vec<u8>]) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    while !sent.is_empty() {
        assert!(
            !answers.last().is_some_and(Answer::closes),
            "bytes behind the last answer: {:?}",
            String::from_utf8_lossy(sent)
        );
        let end = sent
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .expect("the end of a head");
        let mut answer = head(&sent[..end]);
        sent = &sent[end + 4..];
        if answer.status < 200 {
            assert_eq!(answer.status, 100, "the only interim response");
            assert!(answer.fields.is_empty());
            continue;
        }
        let has_body = methods
            .get(answers.len())
            .is_none_or(|method| method != b"HEAD")
            && !matches!(answer.status, 204 | 304);
        let length: Option<usize> = answer.field("Content-Length").map(|length| {
            assert!(
                !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit()),
                "a length of digits: {length:?}"
            );
            length.parse().expect("a length that fits")
        });
        assert_eq!(
            length.is_none(),
            matches!(answer.status, 204 | 304),
            "a length, but in 204 and 304: {answer:?}"
        );
        assert_eq!(answer.field("Date").map(str::len), Some(29), "{answer:?}");
        if has_body {
            let length = length.unwrap_or_default();
            assert!(answer.status != 205 || length == 0, "content: {answer:?}");
            assert!(sent.len() >= length, "the whole body: {answer:?}");
            answer.body = sent[..length].to_vec();
            sent = &sent[length..];
        }
        answers.push(answer);
    }
    assert!(answers.len() <= methods.len() + 1, "an answer to nothing");
    answers
}

/// `status-line *( field-line CRLF )` (RFC 9112, sections 4 and 5).
fn head(head: &[u8]) -> Answer {
    let head = core::str::from_utf8(head).expect("text");
    let mut lines = head.split("\r\n");
    let line = lines.next().unwrap_or_default();
    let status = line
        .strip_prefix("HTTP/1.1 ")
        .filter(|rest| rest.as_bytes().get(3) == Some(&b' '))
        .and_then(|rest| rest[..3].parse().ok())
        .unwrap_or_else(|| panic!("a status line, not {line:?}"));
    let fields = lines
        .map(|line| {
            let (name, value) = line.split_once(':').expect("a colon");
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            assert!(!name.is_empty() && name.bytes().all(is_name), "{line:?}");
            assert!(!value.contains(char::is_control), "{line:?}");
            (name.to_owned(), value.trim().to_owned())
        })
        .collect();
    assert!(!line.contains(char::is_control), "{line:?}");
    Answer {
        status,
        fields,
        body: Vec::new(),
    }
}
