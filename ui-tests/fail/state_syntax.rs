// The type of the state stands between the name of a set and its entries.

use tramline::{route, routes};

struct Db;

#[route("/")]
fn index() {}

routes! { First for: index }
routes! { Second for Db index }
routes! { Third for &Db: index }

fn main() {
    let _ = Db;
    let _ = (First, Second);
}
