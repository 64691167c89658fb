// All workers share the state; what each has for itself is made and dropped on
// whatever thread it is needed.

use std::cell::Cell;
use std::rc::Rc;

use tramline::{PerWorker, Server, route, routes};

struct Visits(Cell<u64>);

#[route("/")]
fn visits(visits: &Visits) -> u64 {
    visits.0.replace(visits.0.get() + 1)
}

routes! { App for Visits: visits }

struct Cache {
    names: PerWorker<Rc<str>>,
}

fn main() {
    let _ = Server::with_state(App, Visits(Cell::new(0)));
    let Cache { names: _ } = todo!();
}
