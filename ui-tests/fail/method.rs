// Methods are in capitals and come before the pattern. A word one slip away
// from a known method is not taken for an extension method.

use tramline::route;

#[route(get, "/lower")]
fn lower() {}

#[route(Delete, "/mixed")]
fn mixed() {}

#[route(PSOT, "/slip")]
fn slip() {}

#[route(fetch, "/unknown")]
fn unknown() {}

#[route(CONNECT, "/tunnel")]
fn tunnel() {}

#[route("/late", POST)]
fn late() {}

#[route(POST "/comma")]
fn comma() {}

fn main() {}
