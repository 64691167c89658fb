// A program can hold its routes to rules of its own: they are constant.

use tramline::{route, routes};

#[route("/users/{id}")]
fn show(id: u64) -> u64 {
    id
}

#[route("/about")]
fn about() {}

routes! { Api: show, about }

const _: () = {
    let mut at = 0;
    while at < Api::ROUTES.len() {
        let [b'/', b'u', b's', b'e', b'r', b's', ..] = Api::ROUTES[at].pattern().as_bytes() else {
            panic!("every route of `Api` is under `/users`")
        };
        at += 1;
    }
};

fn main() {}
