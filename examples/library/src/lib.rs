//! A library that brings routes of its own: another crate mounts [`Routes`]
//! under a prefix of its choice. That no route contradicts another is proved
//! again there, across the crates.

use tramline::{Responder, Status, route, routes, text};

#[route("/")]
const INDEX: &str = "the library\n";

#[route("/version")]
fn version() -> &'static str {
    concat!(env!("CARGO_PKG_VERSION"), "\n")
}

#[route("/books/{isbn}")]
fn book(isbn: u64) -> Result<impl Responder, Status> {
    if isbn == 0 {
        Err(Status::NOT_FOUND)
    } else {
        Ok(text!("book {isbn}\n"))
    }
}

routes! {
    /// All routes of the library.
    pub Routes: INDEX, version, book
}
