// What cannot be an answer: the message is where the mistake is, and comes
// alone, also if a handler returns the type.

use tramline::{Responder, route};

#[derive(Responder)]
struct Wrapped(String);

#[derive(Responder)]
enum Empty {
    Missing,
}

#[derive(Responder)]
enum Pair {
    #[responder(status = 404)]
    Both(u8, u8),
}

#[derive(Responder)]
enum Named {
    #[responder(status = NOT_FOUND)]
    Missing,
}

#[derive(Responder)]
enum Slip {
    #[responder(statsu = 404)]
    Missing,
}

#[derive(Responder)]
enum Code {
    #[responder(code = 404)]
    Missing,
}

#[derive(Responder)]
enum Twice {
    #[responder(status = 404)]
    #[responder(status = 410)]
    Missing,
}

#[derive(Responder)]
enum Interim {
    #[responder(status = 100)]
    Continue,
}

#[derive(Responder)]
#[responder(status = 404)]
enum Above {
    Found(u8),
}

#[derive(Responder)]
enum Unanswerable {
    Found(Vec<Wrapped>),
}

#[route("/")]
fn pair() -> Pair {
    Pair::Both(1, 2)
}

fn main() {}
