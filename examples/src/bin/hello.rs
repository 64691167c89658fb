//! The smallest program: two routes, and a list of them.
//!
//! `cargo run --release --bin hello`, then `curl http://127.0.0.1:8080/fibonacci`.

use std::hint::black_box;

use tramline::{Responder, route, routes, text};

#[route("/")]
fn index() -> &'static str {
    "Hello, World!"
}

#[route("/fibonacci")]
fn fibonacci() -> impl Responder {
    text!("Fibonacci(10^6) = {} (with overflow)\n", fib(1_000_000))
}

/// Computed anew for each request: the compiler cannot know the count.
fn fib(count: u32) -> u32 {
    let (mut current, mut next) = (0_u32, 1_u32);
    for _ in 0..black_box(count) {
        (current, next) = (next, current.wrapping_add(next));
    }
    current
}

fn main() -> tramline::Result {
    tramline::run(routes![index, fibonacci])
}
