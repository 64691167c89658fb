//! Errors: what a handler says itself, and what a catcher says for it.
//!
//! `cargo run --bin errors`, then `curl -i http://127.0.0.1:8080/nowhere`.

use std::error::Error;

use serde::Deserialize;
use tramline::{Detail, Escaped, Html, Query, Request, Responder, Status, catch, route, routes};

#[route("/")]
fn index() -> Html<&'static str> {
    Html("<p>Try <a href=/nowhere>a path that is not there</a>.\n")
}

/// An error of its own: each variant has its answer, and no catcher is asked.
#[derive(Responder)]
enum WithdrawError {
    #[responder(status = 409)]
    Overdrawn(String),
    #[responder(status = 422)]
    Nothing(&'static str),
}

#[route("/withdraw/{amount}")]
fn withdraw(amount: u32) -> Result<String, WithdrawError> {
    match amount {
        0 => Err(WithdrawError::Nothing("nothing to withdraw\n")),
        1..=100 => Ok(format!("{} left\n", 100 - amount)),
        _ => Err(WithdrawError::Overdrawn(format!(
            "{} missing\n",
            amount - 100
        ))),
    }
}

/// `?` on any error: a 500, of which the log is told and the peer is not.
#[route("/parse/{number}")]
fn parse(number: &str) -> Result<String, Box<dyn Error>> {
    let number: i64 = number.parse()?;
    Ok(format!("{number}\n"))
}

#[derive(Deserialize)]
struct Search {
    page: u32,
}

/// A query that does not fit is a 400 with a sentence about it, which the
/// catcher shows.
#[route("/search")]
fn search(query: Query<Search>) -> String {
    format!("page {}\n", query.0.page)
}

/// A bare status is an error of the library's form: a catcher answers.
#[route("/teapot")]
fn teapot() -> Status {
    Status::new(418)
}

#[route("/panic")]
fn panicking() {
    panic!("this is what the example is for");
}

#[catch]
fn not_found(request: Request<'_>) -> Html<String> {
    page(
        "Not here",
        &format!("There is no <code>{}</code>.", Escaped(request.path())),
    )
}

#[catch]
fn failed(status: Status, detail: Detail<'_>) -> Html<String> {
    let text = if detail.is_empty() {
        "That did not work.".to_owned()
    } else {
        Escaped(&detail).to_string()
    };
    page(&status.to_string(), &text)
}

fn page(title: &str, text: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><title>{title}</title><h1>{title}</h1><p>{text}\n"
    ))
}

routes! { App: index, withdraw, parse, search, teapot, panicking, 404 => not_found, _ => failed }

fn main() -> tramline::Result {
    tramline::run(App)
}
