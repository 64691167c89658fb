//! Request ids: one name for a request in all logs.
//!
//! Owns what a sane id is, and how one is made. Refuses to be unguessable: an id
//! is no secret.

use core::fmt;
use core::hash::{BuildHasher, Hasher};
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::hash::RandomState;
use std::sync::LazyLock;

use crate::handler::layer::{Layer, Next};
use crate::handler::request::Request;
use crate::handler::response::Response;

const HEADER: &str = "X-Request-Id";
/// The most bytes an id of the peer may have.
const LONGEST: usize = 64;

/// A layer that gives each response an `X-Request-Id`: that of the request if it
/// is sane, up to 64 letters, digits, `-`, `_` and `.`; or else a new one, 32
/// digits that no other request gets.
///
/// ```
/// use tramline::{RequestId, route, routes};
///
/// #[route("/")]
/// fn index() -> &'static str {
///     "Hello, World!"
/// }
///
/// routes! {
///     #[layer(RequestId::new())]
///     App: index
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct RequestId {}

impl RequestId {
    /// The layer.
    pub const fn new() -> Self {
        Self {}
    }
}

impl Layer for RequestId {
    async fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) {
        next.run(request, response).await;
        match request.header("x-request-id").and_then(sane) {
            Some(id) => response.header(HEADER, id),
            None => response.header(HEADER, New::make()),
        }
    }
}

fn sane(id: &[u8]) -> Option<&str> {
    let is_allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let is_sane = !id.is_empty() && id.len() <= LONGEST && id.iter().all(is_allowed);
    str::from_utf8(id).ok().filter(|_| is_sane)
}

/// A new id: which process, and which of its requests.
struct New(u64, u64);

impl New {
    fn make() -> Self {
        static PROCESS: LazyLock<u64> =
            LazyLock::new(|| RandomState::new().build_hasher().finish());
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self(*PROCESS, COUNT.fetch_add(1, Relaxed))
    }
}

impl fmt::Display for New {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.0, self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::{New, sane};

    #[test]
    fn only_a_sane_id_is_taken() {
        for (id, expected) in [
            ("", false),
            ("7f3a-B_9.c", true),
            (&*"a".repeat(64), true),
            (&*"a".repeat(65), false),
            ("a b", false),
            ("a\"b", false),
            ("ä", false),
        ] {
            assert_eq!(sane(id.as_bytes()).is_some(), expected, "{id:?}");
        }
    }

    #[test]
    fn made_ids_are_sane_and_differ() {
        let [first, second] = [New::make(), New::make()].map(|id| id.to_string());
        assert!(sane(first.as_bytes()).is_some() && first.len() == 32);
        assert_ne!(first, second);
    }
}
