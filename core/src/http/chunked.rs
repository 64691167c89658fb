//! The chunked transfer coding
//! ([RFC 9112, section 7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)).
//!
//! Owns the step from coded bytes to content, in whatever pieces they come.
//! Extensions and trailer fields are checked and skipped. Refuses what could be
//! read differently elsewhere (bare CR or LF, sizes that overflow) and anything
//! without bound; it keeps no bytes itself.

use core::ops::Range;

use crate::http::refusal::Refusal;

/// Bytes of extensions, trailer fields and leading zeros that one body may have: as many as a
/// usual head, for what is thrown away.
const ASIDE: u16 = 8 * 1024;

/// A decoder, in the middle of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunked {
    state: State,
    /// What is left of [`ASIDE`].
    aside: u16,
}

/// What the next byte belongs to. The number is the size of the chunk, or what
/// is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The size, before its first digit.
    Size,
    /// The size, behind a digit.
    Digits(u64),
    /// White space between the size and an extension.
    Blank(u64),
    Extension(u64),
    /// The LF of the size's line.
    SizeEnd(u64),
    Data(u64),
    DataCr,
    DataLf,
    /// The first byte of a trailer field, or of the end.
    Trailer,
    Name,
    Value,
    ValueLf,
    EndLf,
    End,
}

impl Chunked {
    /// At the start of a body.
    pub(crate) const fn new() -> Self {
        Self {
            state: State::Size,
            aside: ASIDE,
        }
    }

    /// Whether the body is complete.
    pub(crate) fn is_done(&self) -> bool {
        self.state == State::End
    }

    /// Passes over what is not content at the front of `input`, and gives the
    /// place of the content that follows. An empty place is where `input` or
    /// the body ends.
    pub(crate) fn next(&mut self, input: &[u8]) -> Result<Range<usize>, Refusal> {
        let mut at = 0;
        while at < input.len() && self.state != State::End {
            if let State::Data(left) = self.state {
                let piece = &input[at..];
                let taken = usize::try_from(left).map_or(piece.len(), |left| left.min(piece.len()));
                self.state = match left - taken as u64 {
                    0 => State::DataCr,
                    left => State::Data(left),
                };
                return Ok(at..at + taken);
            }
            self.state = self.step(input[at])?;
            at += 1;
        }
        Ok(at..at)
    }

    /// The state behind one byte that is not content.
    fn step(&mut self, byte: u8) -> Result<State, Refusal> {
        use State::{
            Blank, Data, DataCr, DataLf, Digits, End, EndLf, Extension, Name, Size, SizeEnd,
            Trailer, Value, ValueLf,
        };
        Ok(match (self.state, byte) {
            (Size, _) => Digits(digit(byte)?),
            (Digits(size) | Extension(size), b'\r') => SizeEnd(size),
            (Digits(size) | Blank(size), b';') => Extension(size),
            (Digits(size) | Blank(size), b' ' | b'\t') => {
                self.skip()?;
                Blank(size)
            }
            // Leading zeros can go on for ever, and say nothing.
            (Digits(0), b'0') => {
                self.skip()?;
                Digits(0)
            }
            // Below 2^60, so that no sum of sizes overflows.
            (Digits(size), _) if size < 1 << 56 => Digits(size * 16 + digit(byte)?),
            (Extension(size), _) if is_text(byte) => {
                self.skip()?;
                Extension(size)
            }
            (SizeEnd(0) | ValueLf, b'\n') => Trailer,
            (SizeEnd(size), b'\n') => Data(size),
            (DataCr, b'\r') => DataLf,
            (DataLf, b'\n') => Size,
            (Trailer, b'\r') => EndLf,
            (Trailer | Name, _) if is_token(byte) => {
                self.skip()?;
                Name
            }
            (Name, b':') => Value,
            (Value, b'\r') => ValueLf,
            (Value, _) if is_text(byte) => {
                self.skip()?;
                Value
            }
            (EndLf, b'\n') => End,
            _ => return Err(Refusal::Chunk),
        })
    }

    /// Accounts for a byte that is thrown away.
    fn skip(&mut self) -> Result<(), Refusal> {
        self.aside = self.aside.checked_sub(1).ok_or(Refusal::LongTrailer)?;
        Ok(())
    }
}

fn digit(byte: u8) -> Result<u64, Refusal> {
    let digit = char::from(byte).to_digit(16).ok_or(Refusal::Chunk)?;
    Ok(u64::from(digit))
}

/// A byte of a field value: visible, blank, or obsolete text.
fn is_text(byte: u8) -> bool {
    byte == b'\t' || (byte >= b' ' && byte != 0x7f)
}

/// A byte of a token ([RFC 9110, section 5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{ASIDE, Chunked};
    use crate::http::refusal::Refusal;

    /// The content, and what is left behind the body; `None` if it is not
    /// complete.
    type Decoded = Result<Option<(Vec<u8>, Vec<u8>)>, Refusal>;

    fn decode(pieces: &[&[u8]]) -> Decoded {
        let (mut decoder, mut content, mut rest) = (Chunked::new(), Vec::new(), Vec::new());
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
            rest.extend_from_slice(&piece[at..]);
        }
        Ok(decoder.is_done().then_some((content, rest)))
    }

    /// The same however `input` is cut.
    fn decode_in_any_pieces(input: &str) -> Decoded {
        let input = input.as_bytes();
        let whole = decode(&[input]);
        for at in 0..=input.len() {
            let (head, tail) = input.split_at(at);
            assert_eq!(decode(&[head, tail]), whole, "cut at {at}");
        }
        let bytes: Vec<&[u8]> = input.chunks(1).collect();
        assert_eq!(decode(&bytes), whole, "byte by byte");
        whole
    }

    #[test]
    fn bodies() {
        for (input, content, rest) in [
            ("0\r\n\r\n", "", ""),
            ("5\r\nhello\r\n0\r\n\r\nGET", "hello", "GET"),
            ("3\r\nhel\r\n02\r\nlo\r\n000\r\n\r\n", "hello", ""),
            (
                "a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n",
                "01234567890123456789a",
                "",
            ),
            (
                "1;name=value;other=\"quoted; \"\r\nx\r\n0;last\r\n\r\n",
                "x",
                "",
            ),
            ("1 \t;name\r\nx\r\n0\r\n\r\n", "x", ""),
            ("1\r\n\n\r\n0\r\nDigest: x\r\nEmpty:\r\n\r\n.", "\n", "."),
        ] {
            let expected = Some((content.as_bytes().to_vec(), rest.as_bytes().to_vec()));
            assert_eq!(decode_in_any_pieces(input), Ok(expected), "{input:?}");
        }
    }

    #[test]
    fn bodies_that_go_on() {
        for input in [
            "",
            "5",
            "5\r",
            "5\r\n",
            "5\r\nhell",
            "5\r\nhello\r\n",
            "0\r\n",
            "0\r\n\r",
            "0\r\na: b\r\n",
        ] {
            assert_eq!(decode_in_any_pieces(input), Ok(None), "{input:?}");
        }
    }

    #[test]
    fn what_is_no_body() {
        for input in [
            "\r\n",
            "x\r\n",
            "-1\r\n",
            "+1\r\n",
            "0x1\r\n",
            " 1\r\n",
            "1 \r\nx",
            ";\r\n",
            "1\n",
            "1\rx",
            "1;a\nx",
            "1;a\0",
            "1\r\nxy\r\n",
            "1\r\nx\n",
            "1\r\nx\rx",
            "0\r\n\n",
            "0\r\n\rx",
            "0\r\n: a\r\n",
            "0\r\na b: c\r\n",
            "0\r\na\r\n",
            "0\r\n a: b\r\n",
            "0\r\na: b\n",
            "0\r\na: \0",
            "ffffffffffffffff\r\n",
            "00000000000000001g",
        ] {
            assert_eq!(
                decode_in_any_pieces(input),
                Err(Refusal::Chunk),
                "{input:?}"
            );
        }
    }

    #[test]
    fn sizes_may_be_large_but_not_overflow() {
        let mut decoder = Chunked::new();
        assert_eq!(decoder.next(b"fffffffffffffff\r\n"), Ok(17..17));
        let mut decoder = Chunked::new();
        assert_eq!(decoder.next(b"1000000000000000\r\n"), Err(Refusal::Chunk));
    }

    #[test]
    fn what_is_thrown_away_is_bounded() {
        let long = "x".repeat(usize::from(ASIDE));
        let zeros = "0".repeat(usize::from(ASIDE) + 1);
        for fits in [
            format!("{zeros}\r\n\r\n"),
            format!("0;{long}\r\n\r\n"),
            format!("0\r\n{long}:\r\n\r\n"),
        ] {
            assert!(matches!(decode(&[fits.as_bytes()]), Ok(Some(_))));
        }
        for over in [
            format!("{zeros}0\r\n\r\n"),
            format!("0;{long}x\r\n\r\n"),
            format!("0;x\r\n{long}:\r\n\r\n"),
        ] {
            assert_eq!(decode(&[over.as_bytes()]), Err(Refusal::LongTrailer));
        }
    }

    #[test]
    fn any_bytes_are_decoded_or_refused() {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = move |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % below as u64).expect("below a usize")
        };
        let alphabet = b"0123fF;\r\n\r\n:a \0";
        for _ in 0..if cfg!(miri) { 50 } else { 20_000 } {
            let length = random(24);
            let input: Vec<u8> = (0..length)
                .map(|_| alphabet[random(alphabet.len())])
                .collect();
            let (head, tail) = input.split_at(random(length + 1));
            assert_eq!(decode(&[head, tail]), decode(&[&input]), "{input:?}");
        }
    }
}
