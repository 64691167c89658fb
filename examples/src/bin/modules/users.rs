//! Users, by number.

use tramline::{Responder, Status, route, text};

/// A segment that is no number is a path that names nothing: 404.
#[route("/users/{id}")]
pub(crate) fn show(id: u64) -> impl Responder {
    text!("user {id}\n")
}

/// The body is the new name.
#[route(PUT, "/users/{id}")]
pub(crate) fn rename(id: u64, body: &[u8]) -> Result<impl Responder, (Status, &'static str)> {
    let name = std::str::from_utf8(body).map_err(|_| (Status::BAD_REQUEST, "a name is UTF-8\n"))?;
    Ok(text!("user {id} is now {name}\n"))
}
