//! The authority of a request: `uri-host [ ":" port ]`
//! ([RFC 9110, section 7.2](https://www.rfc-editor.org/rfc/rfc9110#section-7.2)).
//!
//! Owns one question: is this a valid Host? And the answer to it last time,
//! since peers name the same host in request after request. Refuses to resolve
//! or normalise it.

use core::net::Ipv6Addr;

/// The last Host that was found valid.
#[derive(Debug, Default)]
pub(crate) struct LastHost(Vec<u8>);

/// The longest Host that is remembered, in bytes; a longer one is checked each
/// time.
const REMEMBERED: usize = 64;

impl LastHost {
    /// [`is_valid`], at a quarter of the price for the same value again.
    #[inline]
    pub(crate) fn is_valid(&mut self, value: &[u8]) -> bool {
        is_same(&self.0, value) || self.check(value)
    }

    fn check(&mut self, value: &[u8]) -> bool {
        let valid = is_valid(value);
        if valid && value.len() <= REMEMBERED {
            self.0.clear();
            self.0.extend_from_slice(value);
        }
        valid
    }
}

/// `==`, for most by two words, which may overlap, instead of by a call.
#[inline]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (a.first_chunk::<8>(), a.last_chunk::<8>()) {
        (Some(first), Some(last)) if a.len() <= 16 => {
            b.first_chunk() == Some(first) && b.last_chunk() == Some(last)
        }
        _ => a == b,
    }
}

/// Whether `value` can be the value of a Host field. An empty one can
/// ([RFC 9112, section 3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2)).
#[inline]
pub(crate) fn is_valid(value: &[u8]) -> bool {
    let mut rest = value;
    loop {
        while let [byte, after @ ..] = rest
            && NAME[*byte as usize]
        {
            rest = after;
        }
        rest = match rest {
            [] => return true,
            [b'%', high, low, after @ ..]
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                after
            }
            [b':', port @ ..] => return is_port(port),
            [b'[', literal @ ..] if rest.len() == value.len() => {
                return is_ip_literal_and_port(literal);
            }
            _ => return false,
        };
    }
}

/// `*DIGIT`: an empty port stands for the scheme's.
#[inline]
fn is_port(port: &[u8]) -> bool {
    port.iter().all(u8::is_ascii_digit)
}

/// What follows the bracket of an IP literal: an IPv6 address, the other
/// bracket and perhaps a port. The `v1.x` form of future versions has no user.
#[cold]
fn is_ip_literal_and_port(value: &[u8]) -> bool {
    let Some(end) = value.iter().position(|&byte| byte == b']') else {
        return false;
    };
    let address = core::str::from_utf8(&value[..end])
        .ok()
        .and_then(|text| text.parse::<Ipv6Addr>().ok());
    address.is_some()
        && match &value[end + 1..] {
            [] => true,
            [b':', port @ ..] => is_port(port),
            _ => false,
        }
}

/// Bytes of a `reg-name`, but for escapes: unreserved and sub-delims ([RFC 3986, section
/// 3.2.2](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2)).
static NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut ascii = 0_u8;
    while ascii < 128 {
        table[ascii as usize] = ascii.is_ascii_alphanumeric()
            || matches!(
                ascii,
                b'-' | b'.'
                    | b'_'
                    | b'~'
                    | b'!'
                    | b'$'
                    | b'&'
                    | b'\''
                    | b'('
                    | b')'
                    | b'*'
                    | b'+'
                    | b','
                    | b';'
                    | b'='
            );
        ascii += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::{LastHost, is_valid};

    #[test]
    fn a_remembered_host_does_not_vouch_for_another() {
        let mut last = LastHost::default();
        for (value, valid) in [
            ("a", true),
            ("a", true),
            ("a b", false),
            ("a", true),
            ("", true),
            ("a:x", false),
            ("example.org", true),
            ("example.or g", false),
            ("example.org:443", true),
            ("example.org:44x", false),
            ("example org:443", false),
            ("example.com:443", true),
            ("example.org", true),
            ("example.orgexample.orgexample.org", true),
            ("example.orgexam le.orgexample.org", false),
        ] {
            assert_eq!(last.is_valid(value.as_bytes()), valid, "{value:?}");
        }
    }

    #[test]
    fn hosts() {
        for valid in [
            "",
            "a",
            "example.org",
            "example.org:",
            "example.org:8080",
            "127.0.0.1:80",
            "[::1]",
            "[::1]:8080",
            "a%20b",
            "%c3%A9:80",
            "_x",
        ] {
            assert!(is_valid(valid.as_bytes()), "{valid:?}");
        }
        for invalid in [
            "a b", "a/b", "a@b", "a:b", "a:1:2", "[::1", "[::1]x", "[::1]:x", "[]", "[g::1]",
            "a?b", "a#b", "a,b c", "é", "\\", "a%", "a%2", "%zz", "%20[::1]",
        ] {
            assert!(!is_valid(invalid.as_bytes()), "{invalid:?}");
        }
    }
}
