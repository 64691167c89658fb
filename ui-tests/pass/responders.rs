// Every kind of answer, and what can be derived.

use std::error::Error;
use std::fmt::Display;

use tramline::{Either, Html, Json, Redirect, Responder, Status, route, routes, text, url};

#[derive(Responder)]
enum Outcome<'r, T, L>
where
    L: Display,
{
    Found(Html<&'r str>),
    #[responder(status = 202)]
    Later {
        answer: T,
    },
    Gone(Redirect<L>),
    #[responder(status = 0404)]
    Missing,
}

#[derive(Responder)]
enum Never {}

#[derive(Responder)]
enum r#Raw {
    r#Type(String),
}

#[route("/outcome/{name}")]
fn outcome(name: &str) -> Result<Outcome<'_, u8, u8>, Never> {
    let _ = (Outcome::<u8, u8>::Gone(Redirect::found(1)), Outcome::<u8, u8>::Missing);
    Ok(Outcome::Found(Html(name)))
}

#[route("/either")]
fn either() -> Either<Html<String>, Raw> {
    Either::Right(Raw::Type(String::new()))
}

#[route("/headers")]
fn headers() -> (Status, [(&'static str, &'static str); 1], Json<Vec<u8>>) {
    (Status::CREATED, [("Cache-Control", "no-store")], Json(vec![1]))
}

#[route("/back")]
fn back() -> impl Responder {
    ([("x-back", url!(App, either))], Redirect::see_other(url!(App, either)))
}

#[route("/html/{count}")]
fn html(count: u8) -> impl Responder {
    Html(text!("<p>{count}"))
}

#[route("/number/{text}")]
fn number(text: &str) -> Result<u8, Box<dyn Error>> {
    Ok(text.parse()?)
}

#[route("/text/{text}")]
fn shared(text: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
    if text.is_empty() { Err("no text")? } else { Ok(text.parse()?) }
}

routes! { App: outcome, either, headers, back, html, number, shared }

fn main() {
    assert_eq!(App::ROUTES.len(), 7);
}
