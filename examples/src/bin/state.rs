//! Shared state: notes for all workers, and a count that each has for itself.
//!
//! `cargo run --release --bin state`, then
//! `curl --data 'buy milk' http://127.0.0.1:8080/notes` and
//! `curl http://127.0.0.1:8080/notes`.

use std::cell::Cell;
use std::sync::Mutex;

use tramline::{PerWorker, Responder, State, Status, route, routes, text};

/// What workers share is behind a lock, held for as short as can be.
#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl Notes {
    fn add(&self, note: String) {
        let mut notes = self.0.lock().expect("no holder of the lock panics");
        notes.push(note);
    }

    fn all(&self) -> String {
        let notes = self.0.lock().expect("no holder of the lock panics");
        notes.join("\n")
    }
}

/// What a worker has for itself needs none.
struct Served(Cell<u64>);

/// Its fields are what handlers may take, by reference.
#[derive(State)]
struct AppState {
    notes: Notes,
    served: PerWorker<Served>,
}

#[route(POST, "/notes")]
fn add(notes: &Notes, body: &[u8]) -> Status {
    notes.add(String::from_utf8_lossy(body).into_owned());
    Status::CREATED
}

#[route("/notes")]
fn list(notes: &Notes, served: &Served) -> impl Responder {
    served.0.set(served.0.get() + 1);
    text!(
        "{}\n(list {} of this worker)\n",
        notes.all(),
        served.0.get()
    )
}

routes! { App for AppState: add, list }

fn main() -> tramline::Result {
    let state = AppState {
        notes: Notes::default(),
        served: PerWorker::new(|| Served(Cell::new(0))),
    };
    tramline::run_with(App, state)
}
