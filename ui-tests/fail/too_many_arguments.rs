// What a handler takes of request and state is counted; parameters are not.

use tramline::{Cookies, guard, route, routes};

type Part<'r> = Cookies<'r>;

#[guard]
fn is_open() -> bool {
    true
}

#[route("/{id}", guard = is_open)]
#[rustfmt::skip]
async fn many(
    id: u8, a: Part<'_>, b: Part<'_>, c: Part<'_>, d: Part<'_>, e: Part<'_>, f: Part<'_>, g: Part<'_>, h: Part<'_>, i: Part<'_>, j: Part<'_>, k: Part<'_>, l: Part<'_>,
) -> u8 {
    let _ = (a, b, c, d, e, f, g, h, i, j, k, l);
    id
}

routes! { App: many }

fn main() {}
