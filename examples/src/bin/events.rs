//! Server-sent events, and a page that shows them.
//!
//! `cargo run --release --bin events`, then open `http://127.0.0.1:8080/`.

use std::time::{Duration, Instant};

use tramline::smol::Timer;
use tramline::smol::stream::StreamExt;
use tramline::{Event, Events, Html, Responder, route, routes};

const PAGE: &str = r#"<!doctype html>
<meta charset="utf-8">
<title>Seconds</title>
<p>This page is open for <output>0</output> s.
<script>
  const output = document.querySelector("output");
  const source = new EventSource("/seconds");
  source.addEventListener("second", event => {
    output.value = event.data;
    console.log(`the page shows ${output.textContent}`);
  });
</script>
"#;

#[route("/")]
fn index() -> Html<&'static str> {
    Html(PAGE)
}

/// One event at once, and then one each second, until the page is left.
#[route("/seconds")]
fn seconds() -> impl Responder {
    let start = Instant::now();
    let ticks = Timer::interval_at(start, Duration::from_secs(1));
    Events::new(ticks.map(move |now| {
        let seconds = now.duration_since(start).as_secs();
        Event::new(seconds).name("second").id(seconds)
    }))
}

fn main() -> tramline::Result {
    tramline::run(routes![index, seconds])
}
