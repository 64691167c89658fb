// Layers stand before the name of a set, and are known when it is compiled.

use std::sync::atomic::AtomicU64;

use tramline::{AccessLog, Layer, Next, Request, Response, route, routes};

#[route("/")]
fn index() {}

struct Counter(AtomicU64);

impl Layer for Counter {
    async fn handle<'r>(&self, request: Request<'r>, response: &mut Response<'r>, next: impl Next<'r>) {
        next.run(request, response).await;
    }
}

struct Nothing;

fn made() -> AccessLog {
    AccessLog::new()
}

routes! { #[layer(AccessLog::new(), Nothing, AccessLog::new())] NoLayer: index }
routes! { #[layer(made())] Late: index }
routes! { #[layer()] Empty: index }
routes! { #[layer] Bare: index }
routes! { Entry: #[layer(AccessLog::new())] index }
routes! { #[layer(Counter(AtomicU64::new(0)))] Changing: index }

fn main() {}
