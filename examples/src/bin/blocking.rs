//! Work that takes its time, and keeps nobody else waiting.
//!
//! `cargo run --bin blocking -- --threads 1`, then
//! `curl http://127.0.0.1:8080/thumbnails/3 & curl http://127.0.0.1:8080/quick`:
//! the second answers first, although there is one worker.

use std::error::Error;
use std::fs;
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tramline::{Responder, route, routes, smol, text};

/// A plain function runs on the worker, which serves nobody else meanwhile: it
/// must be quick.
#[route("/quick")]
fn quick() -> &'static str {
    "at once\n"
}

/// One that computes for long, or waits for a disk or a lock, is `blocking`: it
/// runs on a pool of threads, and what it takes and returns is its own.
#[route("/thumbnails/{number}", blocking)]
fn thumbnail(number: u32) -> String {
    thread::sleep(Duration::from_millis(500));
    format!("thumbnail {number}\n")
}

/// An `async` function waits for whatever smol has, here a timer, and its worker
/// serves others until it is ready.
#[route("/later")]
async fn later() -> &'static str {
    smol::Timer::after(Duration::from_millis(500)).await;
    "later\n"
}

/// It may hand over one step that blocks, and go on with the result.
#[route("/files")]
async fn files() -> Result<impl Responder, Box<dyn Error>> {
    let count = smol::unblock(|| fs::read_dir(".").map(Iterator::count)).await?;
    Ok(text!("{count} files here\n"))
}

/// A library that wants tokio gets a runtime beside the workers. It starts at the
/// first use.
static TOKIO: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_time()
        .build()
        .expect("the system has a thread left")
});

/// What is spawned there can be awaited anywhere. It takes what is its own, and
/// goes on if the peer leaves.
#[route("/tokio/{number}")]
async fn tokio_library(number: u32) -> Result<impl Responder, Box<dyn Error>> {
    let answer = TOKIO.spawn(some_library(number)).await?;
    Ok(text!("tokio says {answer}\n"))
}

/// Stands for a client of a database, say: tokio's timer works on tokio's
/// threads only.
async fn some_library(number: u32) -> u32 {
    tokio::time::sleep(Duration::from_millis(10)).await;
    2 * number
}

routes! { App: quick, thumbnail, later, files, tokio_library }

fn main() -> tramline::Result {
    tramline::run(App)
}
