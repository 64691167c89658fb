// Nothing in a request could choose a type. Lifetimes are fine: see
// `pass/functions.rs`.

use std::fmt::Display;

use tramline::route;

#[route("/a/{id}")]
fn type_parameter<T: Display>(id: T) -> String {
    id.to_string()
}

#[route("/b")]
fn number<const N: usize>() -> u64 {
    N as u64
}

#[route("/c/{id}")]
fn hidden(id: impl Display) -> String {
    id.to_string()
}

#[route("/d/{id}")]
fn hidden_deeper(id: Option<impl Display>) -> bool {
    id.is_some()
}

fn main() {}
