//! The layers that come with the library.
//!
//! Each is a small file that uses nothing but what any layer may, the limit of
//! bodies and the reset of headers apart. Refuses to allocate for a request.

pub(crate) mod access_log;
pub(crate) mod body_limit;
pub(crate) mod cors;
pub(crate) mod request_id;
pub(crate) mod security_headers;
#[cfg(feature = "smol")]
pub(crate) mod timeout;

/// Stops a layer that is made of text which no header can hold; in a constant,
/// as the layers of a set are, when the program is compiled.
const fn check_value(value: &str) {
    let bytes = value.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        assert!(
            bytes[at] >= b' ' && bytes[at] != 0x7f,
            "the value of a header has no control bytes"
        );
        at += 1;
    }
}
