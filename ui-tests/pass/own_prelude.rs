// Names of the prelude may be the user's own: what is generated does not use them.

use Filter::{Clone, Copy, Debug, Err, None, Ok, Option, Some};
use tramline::{guard, route, routes, url};

#[allow(dead_code)]
enum Filter {
    Clone,
    Copy,
    Debug,
    Err,
    None,
    Ok,
    Option,
    Some,
}

#[allow(dead_code)]
type Result<T> = std::vec::Vec<T>;

#[allow(dead_code)]
type String = ();

#[guard]
fn is_empty(body: &[u8]) -> bool {
    let _ = [Clone, Copy, Debug, Err, None, Ok, Option, Some];
    body.is_empty()
}

#[route("/{id}", guard = is_empty)]
fn show(id: u8) -> u8 {
    id
}

#[route(POST, "/{id}/{name}")]
async fn rename(id: u8, name: &str, body: &[u8]) -> usize {
    usize::from(id) + name.len() + body.len()
}

mod others {
    use super::Filter::*;
    use tramline::{route, routes};

    #[route("/{a}/{b}")]
    fn both(b: u8, a: u8) -> u8 {
        let _ = (None, Some);
        a + b
    }

    routes! { pub Routes: both }
}

routes! { App: show, rename, "/others" => others::Routes }

fn main() {
    assert_eq!(App::ROUTES.len(), 3);
    assert_eq!(url!(App, show, id = 7).to_string(), "/7");
}
