// The pattern cannot be left out or be empty; the message shows a whole
// attribute to copy.

use tramline::route;

#[route]
fn bare() {}

#[route()]
fn empty() {}

#[route(POST)]
fn method_alone() {}

#[route("")]
fn nothing() {}

fn main() {}
