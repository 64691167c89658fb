// A future is not an answer: what waits is an `async fn`.

use std::future::Future;

use tramline::{route, routes};

#[route("/later")]
fn later() -> impl Future<Output = &'static str> {
    std::future::ready("later")
}

#[route("/forgotten")]
async fn await_forgotten() -> impl Future<Output = &'static str> {
    std::future::ready("later")
}

routes! { App: later, await_forgotten }

fn main() {}
