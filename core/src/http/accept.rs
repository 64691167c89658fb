//! What an `Accept` field says of JSON and text
//! ([RFC 9110, section 12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)).
//!
//! Owns one question, asked on the way of an error only: is JSON liked better?
//! Refuses the whole of content negotiation: an error answer has two forms, so
//! the media range with the highest weight decides between these, and what is
//! not understood counts for nothing.

/// How much a range is liked: its weight in thousandths, then whether it names
/// a type in full. The first of equals wins.
type Liking = (u16, bool);

/// Whether the values of a request's Accept fields prefer JSON to text; without
/// any they do not.
pub(crate) fn prefers_json<'f>(values: impl IntoIterator<Item = &'f [u8]>) -> bool {
    let (mut most, mut is_json) = ((0, false), false);
    let ranges = values
        .into_iter()
        .flat_map(|value| value.split(|&byte| byte == b','));
    for range in ranges {
        if let Some((liking, json)) = read(range)
            && liking > most
            && liking.0 > 0
        {
            (most, is_json) = (liking, json);
        }
    }
    is_json
}

/// The liking for a range of JSON or of text, and whether it is JSON's.
fn read(range: &[u8]) -> Option<(Liking, bool)> {
    let mut parts = range.split(|&byte| byte == b';').map(<[u8]>::trim_ascii);
    let range = parts.next()?;
    let is = |name: &str| range.eq_ignore_ascii_case(name.as_bytes());
    let starts = |name: &str| {
        range
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    };
    let (is_whole, json) = if is("application/json") || is("application/problem+json") {
        (true, true)
    } else if is("application/*") {
        (false, true)
    } else if is("*/*") || is("text/*") {
        (false, false)
    } else if starts("text/") {
        (true, false)
    } else {
        return None;
    };
    let weight = parts
        .find_map(|part| part.strip_prefix(b"q=").or(part.strip_prefix(b"Q=")))
        .map_or(Some(1000), thousandths)?;
    Some(((weight, is_whole), json))
}

/// `0.25` as 250; `None` for what is no weight.
fn thousandths(weight: &[u8]) -> Option<u16> {
    let (&whole, rest) = weight.split_first()?;
    let digits = match rest {
        [] => rest,
        [b'.', digits @ ..] if digits.len() <= 3 => digits,
        _ => return None,
    };
    let mut value = match whole {
        b'0' => 0,
        b'1' => 1,
        _ => return None,
    };
    for place in 0..3 {
        let digit = digits.get(place).unwrap_or(&b'0');
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u16::from(digit - b'0');
    }
    (value <= 1000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::prefers_json;

    #[test]
    fn the_highest_weight_decides() {
        for (accept, json) in [
            ("", false),
            ("*/*", false),
            ("text/plain", false),
            ("application/json", true),
            ("APPLICATION/JSON", true),
            ("application/problem+json", true),
            ("application/json;charset=utf-8", true),
            ("application/*", true),
            ("application/json, text/plain, */*", true),
            ("text/plain, application/json", false),
            ("*/*, application/json", true),
            ("application/json;q=0.5, */*", false),
            ("application/json;q=0.5, */*;q=0.1", true),
            ("application/json; q=0.9, text/html; q=0.901", false),
            ("application/json;q=0", false),
            ("application/json;q=0.0, text/plain;q=0", false),
            ("application/json;q=2, image/png", false),
            ("application/json;q=0.1234", false),
            ("application/json;q=1.001", false),
            ("application/json;q=", false),
            ("application/xml, image/webp", false),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                false,
            ),
            (",;,application/json,;q=1", true),
            ("text/", false),
        ] {
            assert_eq!(prefers_json([accept.as_bytes()]), json, "{accept:?}");
        }
        assert!(prefers_json([
            &b"text/plain;q=0.5"[..],
            b"application/json"
        ]));
        assert!(!prefers_json([]));
    }
}
