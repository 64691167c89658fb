//! The media type of a body
//! ([RFC 9110, section 8.3.1](https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1)).
//!
//! Owns where it ends in a `Content-Type`. Refuses to compare: whoever expects
//! a type knows it.

/// Type and subtype, without the parameters behind them.
pub(crate) fn essence(content_type: &[u8]) -> &[u8] {
    let end = content_type.iter().position(|&byte| byte == b';');
    content_type[..end.unwrap_or(content_type.len())].trim_ascii()
}
