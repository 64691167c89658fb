//! Percent-encoding in the literals of a pattern.
//!
//! Owns what the one spelling of a byte is, since a path is matched as sent:
//! `%C3` with capitals, and unreserved characters as they are. Refuses to
//! decode: the library does, for the arguments that ask for it.

use std::fmt::Write;

/// Whether each `%` in `segment`, a part of a path, is needed and spelled as
/// clients spell it; else what is wrong.
pub(crate) fn check(segment: &str) -> Result<(), String> {
    let canonical = canonical(segment)?;
    if canonical == segment {
        return Ok(());
    }
    Err(format!(
        "`{segment}` is not how clients spell it, and a path is matched as sent: write `{canonical}`"
    ))
}

/// `letter` as a path holds it.
pub(crate) fn encoded(letter: char) -> String {
    let mut encoded = String::new();
    for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
        write!(encoded, "%{byte:02X}").expect("a String takes any write");
    }
    encoded
}

/// `segment` in the normal form of RFC 3986, section 6.2.2.
fn canonical(segment: &str) -> Result<String, String> {
    let mut pieces = segment.split('%');
    let mut canonical = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let byte = piece
            .get(..2)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let Some(byte) = byte else {
            return Err(format!(
                "`{segment}` has a `%` without two hexadecimal digits: for the character itself write `%25`"
            ));
        };
        if is_unreserved(byte) {
            canonical.push(byte.into());
        } else {
            write!(canonical, "%{byte:02X}").expect("a String takes any write");
        }
        canonical.push_str(&piece[2..]);
    }
    Ok(canonical)
}

/// What never needs encoding (RFC 3986, section 2.3).
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{check, encoded};

    #[test]
    fn each_byte_has_one_spelling() {
        for segment in [
            "",
            "a-b.c_d~e",
            "%C3%BC",
            "a%20b",
            "%25",
            "%2F",
            "50%25off",
            "a|b",
        ] {
            assert_eq!(check(segment), Ok(()), "{segment}");
        }
        for (segment, expected) in [
            ("%c3%bc", "write `%C3%BC`"),
            ("a%2fb", "write `a%2Fb`"),
            ("%41bc", "write `Abc`"),
            ("a%7Eb%2E", "write `a~b.`"),
            ("%zz", "write `%25`"),
            ("100%", "write `%25`"),
            ("%2", "write `%25`"),
            ("%%20", "write `%25`"),
            ("%+1", "write `%25`"),
            ("%ü", "write `%25`"),
        ] {
            let error = check(segment).expect_err(segment);
            assert!(error.contains(expected), "{segment}: {error}");
        }
        assert_eq!(encoded('ü'), "%C3%BC");
        assert_eq!(encoded('\t'), "%09");
    }
}
