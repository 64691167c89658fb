//! Bodies too large for memory: received, sent and echoed piece by piece.
//!
//! `cargo run --release --bin streaming`, then
//! `curl -T big.iso http://127.0.0.1:8080/checksum` and
//! `curl -N http://127.0.0.1:8080/numbers/1000000`.

use std::convert::Infallible;

use tramline::smol::stream::{self, StreamExt};
use tramline::{Body, BodyError, Responder, Streamed, route, routes, text};

/// However long the body is, one buffer of it is held.
#[route(PUT, "/checksum")]
async fn checksum(mut body: Body<'_>) -> Result<impl Responder, BodyError> {
    let (mut bytes, mut sum) = (0, 0xcbf2_9ce4_8422_2325_u64);
    while let Some(chunk) = body.chunk().await {
        let chunk = chunk?;
        bytes += chunk.len();
        for &byte in chunk {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(text!("{bytes} bytes, FNV-1a {sum:016x}\n"))
}

/// Each line is made when the peer has read those before it.
#[route("/numbers/{count}")]
fn numbers(count: u64) -> impl Responder {
    let lines = stream::iter(1..=count).map(|number| Ok::<_, Infallible>(format!("{number}\n")));
    Streamed::new(lines).content_type("text/plain; charset=utf-8")
}

/// Sends what it receives while it receives it.
#[route(POST, "/echo")]
fn echo(body: Body<'_>) -> impl Responder {
    Streamed::from_reader(body)
}

fn main() -> tramline::Result {
    tramline::run(routes![checksum, numbers, echo])
}
