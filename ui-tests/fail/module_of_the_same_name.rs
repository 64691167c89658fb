// The marker of `fn users` is a type, and a module `users` shares its
// namespace: one of them needs another name.

use tramline::{route, routes};

#[route("/users")]
fn users() {}

mod users {}

routes! { App: users }

fn main() {}
