//! What the fuzz targets of `fuzz/` run: a check of the internals for any
//! bytes.
//!
//! Owns the claims that are fuzzed: heads and chunks mean what the reference
//! says, and a connection answers the same however its input is cut. Refuses to
//! exist in a library that is used: it is compiled for tests, which run it over
//! the corpus, and for cargo-fuzz, which sets `cfg(fuzzing)`.

use core::future::Future;
use core::task::{Context, Waker};
use std::sync::Arc;
use std::time::SystemTime;

use crate::connection::answers::{Answer, answers, methods};
use crate::connection::lane::Service;
use crate::connection::limits::Limits;
use crate::connection::memory::Memory;
use crate::http::chunked::Chunked;
use crate::http::fields::Version;
use crate::http::head::{Head, field_room};
use crate::http::host::LastHost;
use crate::http::reference::{self, Plain, Reading};
use crate::http::refusal::Refusal;
use crate::{Layer, Next, Request, Response, Serve, catch, route, routes};

/// Bytes of a head in all targets: small, so that the limit is reached.
const HEAD: usize = 1024;

/// A head means what the grammar says, or is refused; and none of its prefixes
/// is either.
pub fn head(data: &[u8]) {
    let mut room = field_room();
    let parsed = Head::parse(data, &mut room, HEAD, &mut LastHost::default());
    let head = match (parsed, reference::head(data)) {
        (Ok(Some(head)), Reading::Read(plain, len)) => {
            same(&head, &plain, len);
            head
        }
        (Ok(Some(head)), other) => panic!("{head:?} is {other:?}"),
        (Err(_), Reading::Read(plain, len)) => {
            assert!(len > HEAD, "refused: {plain:?}");
            return;
        }
        (Ok(None), Reading::Read(..) | Reading::Refused(_)) => panic!("taken for unfinished"),
        _ => return,
    };
    for cut in [1, head.len / 2, head.len - 1] {
        let mut room = field_room();
        let prefix = Head::parse(&data[..cut], &mut room, HEAD, &mut LastHost::default());
        assert!(matches!(prefix, Ok(None)), "a prefix of {cut}: {prefix:?}");
    }
}

fn same(head: &Head<'_>, plain: &Plain<'_>, len: usize) {
    assert_eq!(head.len, len);
    assert_eq!(head.method.as_str().as_bytes(), plain.method);
    assert_eq!(head.path.as_bytes(), plain.path);
    assert_eq!(head.query.map(str::as_bytes), plain.query);
    assert_eq!(head.version == Version::Http11, plain.minor == 1);
    let fields = head
        .fields
        .iter()
        .map(|field| (field.name.as_bytes(), field.value));
    assert!(fields.eq(plain.fields.iter().copied()), "{plain:?}");
    assert_eq!(head.framing.persistent, plain.persistent);
    let body = match plain.length {
        Some(length) => crate::http::body::Body::Length(length),
        None => crate::http::body::Body::Chunked(Chunked::new()),
    };
    assert_eq!(head.framing.body(), body);
}

/// A chunked body has the content that the grammar says, in whatever pieces it
/// comes, or is refused.
pub fn chunked(data: &[u8]) {
    let whole = decode(&[data]);
    match (&whole, reference::chunked(data)) {
        (Ok(Some((content, taken))), Reading::Read(expected, len)) => {
            assert_eq!((content, *taken), (&expected, len));
        }
        (Ok(None) | Err(_), Reading::Unfinished)
        | (Err(_), Reading::Refused(_))
        // The reference has no bound on what is thrown away.
        | (Err(Refusal::LongTrailer), _) => {}
        (decoded, read) => panic!("{decoded:?} is {read:?}"),
    }
    let pieces: Vec<&[u8]> = data.chunks(1).collect();
    assert_eq!(decode(&pieces), whole, "byte by byte");
    let (front, back) = data.split_at(cut(data));
    assert_eq!(decode(&[front, back]), whole, "in two");
}

/// The content, and how many bytes it took; `None` if it goes on.
fn decode(pieces: &[&[u8]]) -> Result<Option<(Vec<u8>, usize)>, Refusal> {
    let (mut decoder, mut content, mut taken) = (Chunked::new(), Vec::new(), 0);
    for piece in pieces {
        let mut at = 0;
        loop {
            let found = decoder.next(&piece[at..])?;
            content.extend_from_slice(&piece[at..][found.clone()]);
            at += found.end;
            if found.is_empty() {
                break;
            }
        }
        taken += at;
    }
    Ok(decoder.is_done().then_some((content, taken)))
}

#[route("/")]
fn index() -> &'static str {
    "Hello"
}

#[route("/{name}")]
fn name(name: String) -> String {
    name
}

#[route(POST, "/echo")]
fn echo(body: &[u8]) -> Vec<u8> {
    body.to_vec()
}

#[route(PUT, "/ignore")]
fn ignore() -> &'static str {
    "ignored"
}

routes! { Fuzzed: index, name, echo, ignore }

/// Changes nothing; but what it is around is written apart.
pub(crate) struct Idle;

impl Layer for Idle {
    fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) -> impl Future<Output = ()> {
        next.run(request, response)
    }
}

#[catch]
fn never() {}

routes! { #[layer(Idle)] Layered: index, name, echo, ignore, 599 => never }

/// A connection answers the same however its input is cut, and whether or not a
/// layer is around its handlers, in well-formed responses, one to each request.
pub fn connection(data: &[u8]) {
    let methods = methods(data);
    let whole = run::<Fuzzed>(&[data], &methods);
    assert_eq!(run::<Layered>(&[data], &methods), whole, "with a layer");
    let pieces: Vec<&[u8]> = data.chunks(1).collect();
    let (front, back) = data.split_at(cut(data));
    // Whether the connection outlives an expected body that nobody asked for
    // depends on whether it is there yet.
    let expects = data
        .windows(4)
        .any(|window| window.eq_ignore_ascii_case(b"100-"));
    for pieces in [&pieces[..], &[front, back]] {
        let cut = run::<Fuzzed>(pieces, &methods);
        assert_eq!(run::<Layered>(pieces, &methods), cut, "with a layer");
        if expects {
            let common = whole.0.len().min(cut.0.len());
            assert_eq!(whole.0[..common], cut.0[..common]);
        } else {
            assert_eq!(cut, whole);
        }
    }
}

/// The answers to `pieces`, without what says that the connection closes: one
/// that comes before the request's body cannot know that the body will be
/// refused.
fn run<R: Serve<()>>(pieces: &[&[u8]], methods: &[Vec<u8>]) -> (Vec<Answer>, bool) {
    let limits = Limits {
        head_bytes: HEAD,
        body_bytes: 256,
        discarded_bytes: HEAD as u64,
        requests_per_turn: 3,
        output_bytes: 600,
        ..Limits::default()
    };
    let service = Service::new::<R, ()>(Arc::new(()), limits);
    let mut memory = Memory::of(&service, SystemTime::UNIX_EPOCH);
    for piece in pieces {
        memory.push(piece);
        let turn = memory.poll(&mut Context::from_waker(Waker::noop()));
        assert!(turn.is_ready(), "no handler here waits");
    }
    let mut answers = answers(&memory.sent(), methods);
    for answer in &mut answers {
        answer
            .fields
            .retain(|(name, value)| name != "Connection" || value != "close");
    }
    (answers, memory.closed)
}

/// A place to cut `data` at that the fuzzer can choose.
fn cut(data: &[u8]) -> usize {
    let sum: usize = data.iter().map(|&byte| usize::from(byte)).sum();
    sum % (data.len() + 1)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{chunked, connection, head};
    use crate::http::reference::{self, Reading};
    use crate::routing::random::Random;

    #[test]
    #[cfg_attr(miri, ignore = "reads files")]
    fn the_seeds_of_the_fuzz_targets() {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
        for target in ["head", "chunked", "connection"] {
            let check = match target {
                "head" => head,
                "chunked" => chunked,
                _ => connection,
            };
            let files = fs::read_dir(seeds.join(target)).expect("a folder of seeds");
            let checked = files
                .map(|file| check(&fs::read(file.expect("an entry").path()).expect("a seed")))
                .count();
            assert!(checked > 1, "{checked} seeds of {target}");
        }
    }

    /// One of these, separated by `|`; and seldom one of the `odd` ones.
    fn part(random: &mut Random, usual: &str, odd: &str) -> String {
        let from = if random.below(16) == 0 { odd } else { usual };
        let from: Vec<&str> = from.split('|').collect();
        random.pick(&from).to_owned()
    }

    /// A head, each part of it usually valid, now and then with a damaged byte.
    fn generated(random: &mut Random) -> Vec<u8> {
        let mut text = part(random, "", "\r\n|\r\n|\n|\r\n\r\n");
        text += &part(random, "GET|POST|OPTIONS|HEAD|M-SEARCH", "CONNECT|G(T|");
        text += &part(random, " ", "  |\t|");
        text += &part(
            random,
            "/|/a/b?c=d|/%41?|//|http://a|http://a:1?b|HTTPS://[::1]:/c|/\u{fc}|/{b}",
            "*|http://:1/|http://u@h/|ftp://a/|a|/#a|http://%zz/|",
        );
        text += &part(random, " ", "  |\t|");
        text += &part(
            random,
            "HTTP/1.1|HTTP/1.1|HTTP/1.0",
            "HTTP/1.2|HTTP/2.0|HTTP/1|",
        );
        text += &part(random, "\r\n", "\n|\r|\r\n ");
        text += &part(
            random,
            "Host: a\r\n|host:[::1]:80\r\n|Host: a%20:\r\n",
            "|Host: [::1\r\n|Host: %2\r\n",
        );
        for _ in 0..random.below(4) {
            text += &part(
                random,
                "X: y|X:|Connection: close|connection:\t, Keep-Alive |Content-Length: 12|Transfer-Encoding: chunked|Expect: 100-Continue|Hos: z",
                "Host: a|Content-Length: +1|Content-Length: 1, 1|Content-Length: 99999999999999999999|Transfer-Encoding: chunked, x|Transfer-Encoding:|Expect: x|X : y|: y|X",
            );
            text += &part(random, "\r\n", "\n|\r|\r\n |\r\r\n");
        }
        text += &part(random, "\r\n", "\n|\r|");
        let mut bytes = text.into_bytes();
        if random.below(4) == 0 {
            let at = random.below(bytes.len());
            bytes[at] = random.pick(b"\0\r\n\t :%/?#\x7f\xff");
        }
        bytes
    }

    #[test]
    fn generated_heads_mean_what_the_reference_says() {
        let mut random = Random(0x7ead_0000_0000_9112);
        let (mut valid, mut refused) = (0, 0);
        for _ in 0..if cfg!(miri) { 20 } else { 60_000 } {
            let bytes = generated(&mut random);
            head(&bytes);
            match reference::head(&bytes) {
                Reading::Read(..) => valid += 1,
                Reading::Refused(_) => refused += 1,
                Reading::Unfinished => {}
            }
        }
        assert!(
            cfg!(miri) || (valid > 2_000 && refused > 2_000),
            "{valid} valid, {refused} refused"
        );
    }

    /// Names and values are compared by words that overlap, and by bits.
    #[test]
    #[cfg_attr(miri, ignore = "takes long")]
    fn any_byte_in_any_place_of_a_field_means_what_the_reference_says() {
        const LINES: [&str; 7] = [
            "Host: [::1]:80",
            "Expect: 100-continue",
            "Connection: keep-alive",
            "Connection: x, close",
            "Content-Length: 12",
            "Transfer-Encoding: chunked",
            "transfer_encoding: chunked",
        ];
        for minor in [0, 1] {
            for line in LINES {
                let before = format!("POST / HTTP/1.{minor}\r\nHost: a\r\n");
                let before = &before[..before.len() - if line == LINES[0] { 9 } else { 0 }];
                let text = format!("{before}{line}\r\n\r\n").into_bytes();
                head(&text);
                for at in before.len()..text.len() {
                    for byte in 0..=u8::MAX {
                        let mut other = text.clone();
                        other[at] = byte;
                        head(&other);
                        other[at] = text[at];
                        other.insert(at, byte);
                        head(&other);
                    }
                }
                for second in LINES {
                    head(format!("{before}{line}\r\n{second}\r\n\r\n").as_bytes());
                }
            }
        }
    }

    #[test]
    fn generated_chunks_mean_what_the_reference_says() {
        let mut random = Random(0x7ead_0000_0000_0701);
        let mut valid = 0;
        for _ in 0..if cfg!(miri) { 20 } else { 20_000 } {
            let mut text = String::new();
            for _ in 0..random.below(4) {
                text += random.pick(&["1", "1", "01", "1", "0", "2", "x", "", "fffffffffffffffff"]);
                text += random.pick(&["", "", "", "", ";a=b", " ;a", " ", ";\0"]);
                text += random.pick(&["\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n"]);
                text += random.pick(&["a", "a", "a", "\n", "ab"]);
                text += random.pick(&["\r\n", "\r\n", "\r\n", "\r\n", "\n"]);
            }
            text += random.pick(&["0\r\n", "000;x\r\n", "0\n"]);
            text += random.pick(&["", "", "A: b\r\n", "A:\r\n", ": b\r\n", "A b: c\r\n"]);
            text += random.pick(&["\r\n", "\r\n", "\r\nGET", "\n"]);
            chunked(text.as_bytes());
            valid += usize::from(matches!(
                reference::chunked(text.as_bytes()),
                Reading::Read(..)
            ));
        }
        assert!(cfg!(miri) || valid > 2_000, "{valid} valid");
    }
}
