//! axum as its documentation shows it: one multi-threaded tokio runtime with
//! as many workers as asked for, and `axum::serve`; and `TCP_NODELAY`.

use std::io;

use axum::Router;
use axum::routing::get;
use axum::serve::ListenerExt;
use peer_common::{Arguments, HELLO};
use tokio::net::TcpListener;

fn main() -> io::Result<()> {
    let arguments = Arguments::read();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(arguments.workers)
        .enable_all()
        .build()?;
    let app = Router::new()
        .route("/", get(async || HELLO))
        .route("/fibonacci", get(async || peer_common::fibonacci()));
    // On a worker, where `axum::serve` polls its listener at less cost than on
    // the main thread.
    let served = runtime.spawn(async move {
        // Its answers to pipelined requests are written one by one, and would
        // wait for each other's acknowledgement.
        let listener = TcpListener::bind(arguments.address)
            .await?
            .tap_io(|stream| {
                let _ = stream.set_nodelay(true);
            });
        axum::serve(listener, app).await
    });
    runtime.block_on(served).expect("serving does not panic")
}
