// The body is lent to the handler: `&[u8]`, not an owned `String`.

use tramline::{route, routes};

#[route(POST, "/notes")]
fn add(note: String) -> usize {
    note.len()
}

routes! { App: add }

fn main() {}
