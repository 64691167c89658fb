//! A second reading of requests, for tests and fuzz targets to compare with:
//! the grammar of RFC 9112 and RFC 3986 taken literally, line by line, slowly.
//!
//! Owns what a head and a chunked body mean when nothing is optimised. Shares
//! no code with the parser it is held against, and refuses to be lenient; what
//! tramline leaves out on purpose (CONNECT, other codings) is refused here too,
//! so that the two can be compared without exceptions, but for
//! [`Plain::is_uri`].

use core::net::Ipv6Addr;

/// What the start of some bytes is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading<T> {
    /// It goes on.
    Unfinished,
    /// It is not valid, for this reason.
    Refused(&'static str),
    /// It is this, and so many bytes long.
    Read(T, usize),
}

/// The head of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plain<'b> {
    pub(crate) method: &'b [u8],
    pub(crate) path: &'b [u8],
    pub(crate) query: Option<&'b [u8]>,
    /// Whether the target is made of what RFC 3986 allows. tramline passes
    /// other visible bytes on if they are UTF-8, as browsers send them.
    pub(crate) is_uri: bool,
    pub(crate) minor: u8,
    pub(crate) fields: Vec<(&'b [u8], &'b [u8])>,
    /// The length of the body; `None` if it is chunked.
    pub(crate) length: Option<u64>,
    pub(crate) persistent: bool,
}

/// `HTTP-message`, up to the empty line, after at most one empty line
/// (RFC 9112, sections 2.1 and 2.2).
pub(crate) fn head(bytes: &[u8]) -> Reading<Plain<'_>> {
    let start = if bytes.starts_with(b"\r\n") { 2 } else { 0 };
    let Some(len) = find(&bytes[start..], b"\r\n\r\n") else {
        return Reading::Unfinished;
    };
    match parse(&bytes[start..start + len]) {
        Ok(head) => Reading::Read(head, start + len + 4),
        Err(reason) => Reading::Refused(reason),
    }
}

fn parse(head: &[u8]) -> Result<Plain<'_>, &'static str> {
    let lines = lines(head)?;
    let parts: Vec<&[u8]> = lines[0].split(|&byte| byte == b' ').collect();
    let [method, target, version] = parts[..] else {
        return Err("three parts in a request line");
    };
    if !is_token(method) {
        return Err("a method is a token");
    }
    let minor = match version {
        b"HTTP/1.0" => 0,
        b"HTTP/1.1" => 1,
        _ => return Err("HTTP/1.0 or HTTP/1.1"),
    };
    let mut fields = Vec::new();
    for line in &lines[1..] {
        let colon = find(line, b":").ok_or("a colon")?;
        let (name, value) = (&line[..colon], trim(&line[colon + 1..]));
        if !is_token(name) {
            return Err("a field name is a token");
        }
        fields.push((name, value));
    }
    if fields.len() > 100 {
        return Err("at most 100 fields");
    }
    let values = |wanted: &str| -> Vec<&[u8]> {
        let named = fields
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted.as_bytes()));
        named.map(|(_, value)| *value).collect()
    };
    match (&values("host")[..], minor) {
        ([], 0) => {}
        ([host], _) if is_authority(host) => {}
        _ => return Err("one valid Host, or none in HTTP/1.0"),
    }
    for expectation in values("expect") {
        if !expectation.eq_ignore_ascii_case(b"100-continue") {
            return Err("no expectation but 100-continue");
        }
    }
    let is_empty = |value: &&[u8]| elements(&[value]).is_empty();
    if values("transfer-encoding").iter().any(is_empty) {
        return Err("a Transfer-Encoding that names one");
    }
    let length = match (
        &values("content-length")[..],
        &values("transfer-encoding")[..],
    ) {
        ([], []) => Some(0),
        ([digits], []) => Some(number(digits, 10).ok_or("a length of digits, below 2^64")?),
        ([], codings) if minor == 1 => match &elements(codings)[..] {
            [only] if only == "chunked" => None,
            _ => return Err("no coding but chunked"),
        },
        _ => return Err("one Content-Length, or Transfer-Encoding in HTTP/1.1"),
    };
    let options = elements(&values("connection"));
    let has = |option: &str| options.iter().any(|has| has == option);
    let persistent = !has("close") && (minor == 1 || has("keep-alive"));
    let (path, query) = resource(method, target)?;
    Ok(Plain {
        method,
        path,
        query,
        is_uri: path == b"*"
            || (is_pchars(path, b"/") && query.is_none_or(|q| is_pchars(q, b"/?"))),
        minor,
        fields,
        length,
        persistent,
    })
}

/// The four forms of a request target (RFC 9112, section 3.2), as the path and
/// the query of an http URI.
fn resource<'b>(
    method: &[u8],
    target: &'b [u8],
) -> Result<(&'b [u8], Option<&'b [u8]>), &'static str> {
    if target.contains(&b'#') {
        return Err("no fragment");
    }
    if target.iter().any(|&byte| byte <= b' ' || byte == 0x7f) || str::from_utf8(target).is_err() {
        return Err("visible text in a target");
    }
    if method == b"CONNECT" {
        return Err("no tunnel");
    }
    if target == b"*" && method == b"OPTIONS" {
        return Ok((target, None));
    }
    let origin = if target.starts_with(b"/") {
        target
    } else {
        let authority = find(target, b"://").ok_or("a path or a URI")? + 3;
        let scheme = target[..authority - 3].to_ascii_lowercase();
        if scheme != b"http" && scheme != b"https" {
            return Err("an http URI");
        }
        let rest = &target[authority..];
        let end = rest
            .iter()
            .position(|byte| b"/?".contains(byte))
            .unwrap_or(rest.len());
        let host = &rest[..end];
        // RFC 9110, section 4.2.1: the host of an http URI is not empty.
        if host.is_empty() || host[0] == b':' || !is_authority(host) {
            return Err("the authority of an http URI");
        }
        &rest[end..]
    };
    let (path, query) = match find(origin, b"?") {
        Some(mark) => (&origin[..mark], Some(&origin[mark + 1..])),
        None => (origin, None),
    };
    Ok(match (path, query) {
        // RFC 9112, section 3.2.4.
        (b"", None) if method == b"OPTIONS" => (b"*", None),
        (b"", _) => (b"/", query),
        _ => (path, query),
    })
}

/// `chunked-body` (RFC 9112, section 7.1): its content.
pub(crate) fn chunked(bytes: &[u8]) -> Reading<Vec<u8>> {
    let (mut content, mut at) = (Vec::new(), 0);
    loop {
        let Some(len) = find(&bytes[at..], b"\r\n") else {
            return Reading::Unfinished;
        };
        let line = &bytes[at..at + len];
        at += len + 2;
        let size = line
            .iter()
            .position(|byte| !byte.is_ascii_hexdigit())
            .unwrap_or(len);
        let (size, extension) = line.split_at(size);
        if !(extension.is_empty() || trim(extension).starts_with(b";")) || !is_text(extension) {
            return Reading::Refused("a chunk size and extensions");
        }
        let size = match number(size, 16) {
            Some(size) if size < 1 << 60 => size,
            _ => return Reading::Refused("a chunk size below 2^60"),
        };
        if size == 0 {
            break;
        }
        let end = usize::try_from(size).map_or(usize::MAX, |size| at + size);
        if bytes.len() < end.saturating_add(2) {
            return Reading::Unfinished;
        }
        content.extend_from_slice(&bytes[at..end]);
        if &bytes[end..end + 2] != b"\r\n" {
            return Reading::Refused("CRLF behind a chunk");
        }
        at = end + 2;
    }
    loop {
        let Some(len) = find(&bytes[at..], b"\r\n") else {
            return Reading::Unfinished;
        };
        let line = &bytes[at..at + len];
        at += len + 2;
        if line.is_empty() {
            return Reading::Read(content, at);
        }
        match find(line, b":") {
            Some(colon) if is_token(&line[..colon]) && is_text(&line[colon + 1..]) => {}
            _ => return Reading::Refused("a trailer field"),
        }
    }
}

/// The lines of a head, each made of text.
fn lines(head: &[u8]) -> Result<Vec<&[u8]>, &'static str> {
    let (mut lines, mut rest) = (Vec::new(), head);
    while let Some(end) = find(rest, b"\r\n") {
        lines.push(&rest[..end]);
        rest = &rest[end + 2..];
    }
    lines.push(rest);
    if lines.iter().all(|line| is_text(line)) {
        Ok(lines)
    } else {
        Err("no control bytes")
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// Without `OWS` around it.
fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

/// `*( HTAB / SP / VCHAR / obs-text )`
fn is_text(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|byte| matches!(byte, b'\t' | b' '..=b'~' | 0x80..))
}

/// `1*tchar`
fn is_token(bytes: &[u8]) -> bool {
    !bytes.is_empty()
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte))
}

/// `1*DIGIT` in this radix.
fn number(digits: &[u8], radix: u32) -> Option<u64> {
    let mut value = 0_u64;
    for &digit in digits {
        let digit = char::from(digit).to_digit(radix)?;
        value = value.checked_mul(radix.into())?.checked_add(digit.into())?;
    }
    (!digits.is_empty()).then_some(value)
}

/// The elements of these lists, in lower case.
fn elements(values: &[&[u8]]) -> Vec<String> {
    values
        .iter()
        .flat_map(|value| value.split(|&byte| byte == b','))
        .map(|element| String::from_utf8_lossy(trim(element)).to_ascii_lowercase())
        .filter(|element| !element.is_empty())
        .collect()
}

/// `uri-host [ ":" port ]` (RFC 3986, section 3.2.2), but for `IPvFuture`.
fn is_authority(value: &[u8]) -> bool {
    let (host, port) = match value.iter().rposition(|&byte| byte == b':') {
        Some(colon) if !value[colon..].contains(&b']') => (&value[..colon], &value[colon + 1..]),
        _ => (value, &b""[..]),
    };
    let is_host = match host {
        [b'[', address @ .., b']'] => {
            str::from_utf8(address).is_ok_and(|address| address.parse::<Ipv6Addr>().is_ok())
        }
        _ => is_pchars(host, b"") && !host.iter().any(|byte| b":@".contains(byte)),
    };
    is_host && port.iter().all(u8::is_ascii_digit)
}

/// `*( unreserved / pct-encoded / sub-delims / ":" / "@" )`, and `more`.
fn is_pchars(mut bytes: &[u8], more: &[u8]) -> bool {
    while let [byte, rest @ ..] = bytes {
        bytes = match (byte, rest) {
            (b'%', [high, low, rest @ ..])
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                rest
            }
            (b'%', _) => return false,
            _ if byte.is_ascii_alphanumeric()
                || b"-._~!$&'()*+,;=:@".contains(byte)
                || more.contains(byte) =>
            {
                rest
            }
            _ => return false,
        };
    }
    true
}
