// A function without `#[route]` has no marker, which is a type of its name.

use tramline::routes;

fn index() {}

mod users {
    pub fn show() {}
}

routes! { App: index, users::show, missing }

fn main() {}
