//! The protocol: what HTTP/1.1 says, with nothing of routes, handlers or
//! sockets.
//!
//! Owns methods, status codes, dates, the parsing of a request head and the
//! framing of its body. Refuses to read or write anything itself: every
//! function here takes bytes and gives a value. Nothing below it; `routing` is
//! the first of its users.

pub(crate) mod accept;
pub(crate) mod addresses;
pub(crate) mod body;
pub(crate) mod chunked;
pub(crate) mod date;
pub(crate) mod fields;
pub(crate) mod head;
pub(crate) mod host;
#[cfg(any(feature = "form", feature = "json"))]
pub(crate) mod media_type;
pub(crate) mod method;
#[cfg(any(test, fuzzing))]
pub(crate) mod reference;
pub(crate) mod refusal;
pub(crate) mod status;
pub(crate) mod target;
