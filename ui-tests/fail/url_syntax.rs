// How `url!` is called.

use tramline::{route, routes, url};

#[route("/users/{id}")]
fn show(id: u64) -> u64 {
    id
}

routes! { App: show }

fn main() {
    let id = 7;
    let _ = url!();
    let _ = url!(App);
    let _ = url!(show, id = 7);
    let _ = url!(App, show(id));
    let _ = url!(App, show, id);
    let _ = url!(App, show, id = );
    let _ = url!(App, show, 7);
    let _ = url!(App, "/v1", show);
}
