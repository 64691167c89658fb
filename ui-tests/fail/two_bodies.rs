// The body of a request is read once, by one argument.

#![allow(dead_code, unused_variables)]

use tramline::{FromRequest, Json, Request, route};

#[route(POST, "/two")]
fn two(first: &[u8], request: Request<'_>, second: Json<String>) {}

#[route(POST, "/hidden")]
fn hidden(first: Upload<'_>, second: Option<&[u8]>) {}

#[derive(FromRequest)]
struct Upload<'r> {
    request: Request<'r>,
    body: &'r [u8],
}

#[route(POST, "/inside")]
fn inside(both: (&[u8], Json<String>)) {}

#[derive(FromRequest)]
struct Both<'r> {
    first: &'r [u8],
    second: Json<String>,
}

fn main() {}
