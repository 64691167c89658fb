// Constants whose responses are computed at compile time.

use tramline::{route, routes};

#[route("/text")]
const TEXT: &str = "text";

#[route("/bytes")]
const BYTES: &[u8] = b"bytes";

#[route(ANY, "/array")]
pub const ARRAY: &'static [u8; 3] = b"abc";

/// Computed.
#[route("/file")]
const FILE: &str = {
    const LINE: &str = "line\n";
    LINE
};

#[route("/joined")]
const JOINED: &str = concat!("a", 1);

routes! { App: TEXT, BYTES, ARRAY, FILE, JOINED }

fn main() {
    assert_eq!(App::ROUTES.len(), 5);
    assert_eq!((TEXT.len(), BYTES.len(), ARRAY.len()), (4, 5, 3));
}
