//! What holds for any bytes: the engine answers the same however they are cut,
//! never panics, and only ever sends well-formed responses.

use httparse::Status::Complete;

use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::connection::tests::App;

/// xorshift: the same cases in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("below a usize")
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// Requests, mostly valid, put together at random.
fn requests(random: &mut Random) -> Vec<u8> {
    let mut input = String::new();
    for _ in 0..=random.below(4) {
        let method = random.pick(&["GET", "HEAD", "POST", "OPTIONS", "DELETE", "BREW", "get"]);
        let target = random.pick(&[
            "/",
            "/page",
            "/users/7",
            "/users/x",
            "/echo",
            "/ignore",
            "/slow",
            "*",
            "//",
            "/%zz",
            "http://a/",
        ]);
        let version = random.pick(&[
            "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/1",
        ]);
        input += &[method, " ", target, " ", version, "\r\n"].concat();
        input += random.pick(&[
            "Host: a\r\n",
            "Host: a\r\n",
            "Host: a\r\n",
            "",
            "Host: a b\r\n",
            "Host a\r\n",
        ]);
        input += random.pick(&[
            "",
            "",
            "Connection: close\r\n",
            "Connection: keep-alive\r\n",
            "X:\r\n",
            " folded\r\n",
        ]);
        // Not 100-continue: what it leads to depends on what came before the
        // answer, and should.
        input += random.pick(&["", "", "Expect: x\r\n"]);
        input += random.pick(&[
            "\r\n",
            "Content-Length: 3\r\n\r\nabc",
            "Content-Length: 300\r\n\r\nabc",
            "Content-Length: -3\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x\r\nbc\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nname: value\r\n\r\n",
            "Transfer-Encoding: gzip\r\n\r\n",
            "\n",
            "",
        ]);
    }
    let mut input = input.into_bytes();
    // Now and then a byte is damaged.
    if random.below(3) == 0 {
        let at = random.below(input.len());
        input[at] = random.pick(b"\0\r\n :;/x\xff");
    }
    input
}

/// Everything sent for `input` in these pieces, and whether the connection was
/// then closed.
fn answers(pieces: &[&[u8]]) -> (Vec<u8>, bool) {
    let limits = Limits {
        head_bytes: 512,
        body_bytes: 64,
        discarded_bytes: 32,
        requests_per_turn: 3,
        output_bytes: 400,
    };
    let mut memory = Memory::new::<App>(limits);
    for piece in pieces {
        memory.feed(piece);
        while memory.is_waiting() {
            memory.wake();
        }
    }
    // An answer that comes before the request's body cannot know that the body
    // will be the connection's last.
    let sent = String::from_utf8(memory.sent()).expect("all answers here are text");
    let sent = sent.replace("Connection: close\r\n", "");
    (sent.into_bytes(), memory.closed)
}

/// Takes `sent` apart, and gives the statuses of the final responses.
fn statuses(mut sent: &[u8]) -> Vec<u16> {
    let mut statuses = Vec::new();
    while !sent.is_empty() {
        let mut fields = [httparse::EMPTY_HEADER; 8];
        let mut response = httparse::Response::new(&mut fields);
        let Ok(Complete(head)) = response.parse(sent) else {
            panic!("not a response: {:?}", String::from_utf8_lossy(sent));
        };
        let status = response.code.expect("a status");
        let field = |name: &str| {
            let found = response.headers.iter().find(|field| field.name == name)?;
            core::str::from_utf8(found.value).ok()
        };
        sent = &sent[head..];
        if status == 100 {
            continue;
        }
        assert!(field("Date").is_some(), "every answer has a date");
        let length = match field("Content-Length") {
            Some(length) => length.parse().expect("a number"),
            None => 0,
        };
        // The answer to HEAD has a length and no content.
        if sent.len() >= length && !sent.starts_with(b"HTTP/1.1 ") {
            sent = &sent[length..];
        }
        statuses.push(status);
    }
    statuses
}

#[test]
fn any_requests_in_any_pieces_get_the_same_well_formed_answers() {
    let mut random = Random(0x1234_5678_9abc_def1);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..4_000 {
        let input = requests(&mut random);
        let whole = answers(&[&input]);
        seen.extend(statuses(&whole.0));
        let (head, tail) = input.split_at(random.below(input.len() + 1));
        let bytes: Vec<&[u8]> = input.chunks(1).collect();
        for pieces in [&[head, tail][..], &bytes] {
            let text = String::from_utf8_lossy(&input);
            assert!(
                answers(pieces) == whole,
                "cut after {}: {text:?}",
                head.len()
            );
        }
    }
    // The cases do reach what they are meant to.
    for status in [200, 204, 400, 404, 405, 413, 417, 501, 505] {
        assert!(seen.contains(&status), "no {status} among {seen:?}");
    }
}

#[test]
fn rubbish_is_answered_at_most_once() {
    let mut random = Random(0x0fed_cba9_8765_4321);
    for _ in 0..20_000 {
        let input: Vec<u8> = (0..random.below(64))
            .map(|_| random.pick(b"GET /\r\n:1.HTP \0\xff"))
            .collect();
        let (sent, closed) = answers(&[&input]);
        assert!(
            statuses(&sent).len() <= 1 && (sent.is_empty() || closed),
            "{input:?}"
        );
    }
}
