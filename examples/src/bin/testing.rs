//! An application and its tests: handlers called as functions, and requests
//! that need no port.
//!
//! `cargo test --bin testing`; with `TRAMLINE_TEST_SOCKET=1`, over a socket.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tramline::{Cookies, Responder, Status, route, routes, smol, text};

/// The state: how many words there were so far.
#[derive(Default)]
struct Total(AtomicUsize);

/// The farthest that is counted down from.
const FARTHEST: u8 = 10;

#[route("/countdown/{from}")]
fn countdown(from: u8) -> Result<String, (Status, &'static str)> {
    if from > FARTHEST {
        return Err((Status::UNPROCESSABLE_CONTENT, "too far\n"));
    }
    let numbers: Vec<String> = (1..=from).rev().map(|number| number.to_string()).collect();
    Ok(numbers.join(" "))
}

#[route(POST, "/words")]
fn words(body: &[u8], total: &Total) -> impl Responder {
    let words = String::from_utf8_lossy(body).split_whitespace().count();
    let before = total.0.fetch_add(words, Ordering::Relaxed);
    text!("{words} more, {} in all", before + words)
}

#[route("/visits")]
fn visits(cookies: Cookies<'_>) -> impl Responder {
    let before = cookies.get("visits").map(|visits| visits.value().parse());
    let visits = before.and_then(Result::ok).unwrap_or(0_u32) + 1;
    let cookie = format!("visits={visits}; HttpOnly");
    ([("Set-Cookie", cookie)], text!("visit {visits}"))
}

#[route("/slow")]
async fn slow() -> &'static str {
    smol::Timer::after(Duration::from_millis(10)).await;
    "at last"
}

routes! { App for Total: countdown, words, visits, slow }

fn main() -> tramline::Result {
    tramline::run_with(App, Total::default())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use tramline::testing::Client;

    use super::{App, FARTHEST, Total, countdown, slow, words};

    /// Each test has a state of its own.
    fn client() -> Client {
        Client::with_state(App, Total::default())
    }

    /// Handlers are functions.
    #[test]
    fn it_counts() {
        assert_eq!(countdown(3).as_deref(), Ok("3 2 1"));
        assert!(countdown(FARTHEST).is_ok());
        assert!(countdown(FARTHEST + 1).is_err());

        let total = Total::default();
        let _ = words(b"annotated plain functions", &total);
        assert_eq!(total.0.load(Ordering::Relaxed), 3);
    }

    /// What a function cannot show: routes, arguments, statuses, headers.
    #[test]
    fn it_answers() {
        let client = client();
        for (path, status, text) in [
            ("/countdown/3", 200, "3 2 1"),
            ("/countdown/11", 422, "too far\n"),
            ("/countdown/three", 404, "404 Not Found\n"),
            ("/slow", 200, "at last"),
        ] {
            let reply = client.get(path).send();
            reply.assert_status(status).assert_text(text);
        }
        let wrong = client.get("/words").send();
        wrong
            .assert_status(405)
            .assert_header("allow", "POST, OPTIONS");
    }

    #[test]
    fn it_adds_up() {
        let client = client();
        for (body, text) in [
            ("one two", "2 more, 2 in all"),
            ("three", "1 more, 3 in all"),
        ] {
            client.post("/words").body(body).send().assert_text(text);
        }
    }

    /// A client that is one visitor.
    #[test]
    fn it_knows_who_comes_back() {
        let (one, other) = (client().with_cookies(), client().with_cookies());
        one.get("/visits").send().assert_text("visit 1");
        one.get("/visits").send().assert_text("visit 2");
        other.get("/visits").send().assert_text("visit 1");
    }

    /// The client is a worker, on which an `async` handler may run.
    #[test]
    fn it_takes_its_time() {
        assert_eq!(client().block_on(slow()), "at last");
    }
}
