//! What holds for any bytes: the engine answers the same however they are cut,
//! never panics, and only ever sends well-formed responses; and for valid
//! requests: each is answered once, in order.

use crate::Serve;
use crate::connection::answers::{Answer, answers, methods};
use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::connection::tests::App;
use crate::connection::tests::layered::Layered;
use crate::routing::random::Random;

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

/// Everything sent for these pieces, and whether the connection was then
/// closed.
fn sent<R: Serve<()>>(pieces: &[&[u8]]) -> (Vec<u8>, bool) {
    let limits = Limits {
        head_bytes: 256,
        body_bytes: 64,
        discarded_bytes: 256,
        requests_per_turn: 3,
        output_bytes: 400,
        ..Limits::default()
    };
    let mut memory = Memory::new::<R>(limits);
    for piece in pieces {
        memory.feed(piece);
        while memory.is_waiting() {
            memory.wake();
        }
    }
    (memory.sent(), memory.closed)
}

/// `sent`, without what says that the connection closes: an answer that comes
/// before the request's body cannot know that the body will be the
/// connection's last.
fn without_close((sent, closed): &(Vec<u8>, bool)) -> (String, bool) {
    let sent = core::str::from_utf8(sent).expect("all answers here are text");
    (sent.replace("Connection: close\r\n", ""), *closed)
}

/// Cuts `input` in random places.
fn cut<'b>(mut input: &'b [u8], random: &mut Random) -> Vec<&'b [u8]> {
    let mut pieces = Vec::new();
    while !input.is_empty() {
        let (piece, rest) = input.split_at(1 + random.below(input.len().min(60)));
        pieces.push(piece);
        input = rest;
    }
    pieces
}

#[test]
fn any_requests_in_any_pieces_get_the_same_well_formed_answers() {
    let mut random = Random(0x1234_5678_9abc_def1);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..4_000 {
        let input = requests(&mut random);
        let whole = sent::<App>(&[&input]);
        let statuses = answers(&whole.0, &methods(&input));
        seen.extend(statuses.iter().map(|answer| answer.status));
        let bytes: Vec<&[u8]> = input.chunks(1).collect();
        for pieces in [vec![&*input], bytes, cut(&input, &mut random)] {
            let layered = sent::<Layered>(&pieces);
            assert_eq!(
                String::from_utf8(layered.0),
                String::from_utf8(sent::<App>(&pieces).0),
                "with a layer: {}",
                input.escape_ascii()
            );
            assert_eq!(
                without_close(&sent::<App>(&pieces)),
                without_close(&whole),
                "{}",
                input.escape_ascii()
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
        let (sent, closed) = sent::<App>(&[&input]);
        let answers = answers(&sent, &methods(&input));
        assert!(
            answers.len() <= 1 && (answers.is_empty() || closed),
            "{}",
            input.escape_ascii()
        );
    }
}

/// A valid request, and the body of the answer to it.
fn valid(number: usize, random: &mut Random) -> (Vec<u8>, String) {
    let fields = random.pick(&[
        "Host: a\r\n",
        "Accept: */*\r\nhost: \t[::1]:80 \r\nX:\r\n",
        "Host: example.org\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n",
    ]);
    let head = |line: &str, more: &str| format!("{line} HTTP/1.1\r\n{fields}{more}\r\n");
    let content = "c".repeat(random.below(65)) + &number.to_string();
    let content = &content[content.len().saturating_sub(64)..];
    let length = format!("Content-Length: {}\r\n", content.len());
    let (request, answer) = match random.below(6) {
        0 => (head("GET /", ""), "Hello".to_owned()),
        1 => (head(&format!("HEAD /users/{number}"), ""), String::new()),
        2 => (
            head(&format!("GET /users/{number}?q"), ""),
            format!("user {number}"),
        ),
        3 => (
            head(&format!("GET http://b/users/{number}"), ""),
            format!("user {number}"),
        ),
        4 => (head("POST /echo", &length) + content, content.to_owned()),
        _ => {
            let (front, back) = content.split_at(random.below(content.len()));
            let chunk = |data: &str| match data.len() {
                0 => String::new(),
                length => format!("{length:x};a=b\r\n{data}\r\n"),
            };
            let coded = [&chunk(front), &chunk(back), "0\r\nT: u\r\n\r\n"].concat();
            let head = head("POST /echo", "Transfer-Encoding: chunked\r\n");
            (head + &coded, content.to_owned())
        }
    };
    let before = random.pick(&["", "", "\r\n"]);
    ([before, &request].concat().into_bytes(), answer)
}

#[test]
fn valid_requests_get_one_answer_each_in_order() {
    let mut random = Random(0x0000_cafe_f00d_0001);
    for _ in 0..2_000 {
        let (requests, expected): (Vec<Vec<u8>>, Vec<String>) = (0..=random.below(12))
            .map(|number| valid(number, &mut random))
            .unzip();
        let input = requests.concat();
        let pieces = cut(&input, &mut random);
        let (sent, closed) = sent::<App>(&pieces);
        let answers: Vec<Answer> = answers(&sent, &methods(&input));
        let bodies: Vec<String> = answers
            .iter()
            .map(|answer| String::from_utf8_lossy(&answer.body).into_owned())
            .collect();
        assert_eq!(
            (bodies, closed),
            (expected, false),
            "{}",
            input.escape_ascii()
        );
        assert!(answers.iter().all(|answer| answer.status == 200));
    }
}
