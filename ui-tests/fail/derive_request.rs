// What can be one extractor: a struct of extractors, which borrows from the
// request alone.

#![allow(dead_code, unused_variables)]

use tramline::{FromRequest, Request, route};

#[derive(FromRequest)]
enum Either<'r> {
    One(Request<'r>),
}

#[derive(FromRequest)]
struct Empty;

#[derive(FromRequest)]
struct Generic<T>(T);

#[derive(FromRequest)]
struct Longer<'a, 'b>(Request<'a>, &'b [u8]);

#[derive(FromRequest)]
struct Unsourced<'r> {
    request: Request<'r>,
    number: Vec<u32>,
}

#[route("/")]
fn index(empty: Empty, generic: Generic<u8>, unsourced: Unsourced<'_>) {}

fn main() {}
