// What is named is a handler, of which the types are known.

use tramline::{route, routes, url};

mod users {
    use tramline::{route, routes};

    #[route("/users/{id}")]
    pub fn show(id: u64) -> u64 {
        id
    }

    #[route("/secret/{id}")]
    fn secret(id: u64) -> u64 {
        id
    }

    routes! { pub Routes: show, secret }
}

/// More than can be counted.
#[route(POST, "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}")]
#[rustfmt::skip]
fn many(
    a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8,
    i: u8, j: u8, k: u8, l: u8, m: u8, n: u8, o: u8, p: u8, body: &[u8],
) -> String {
    format!("{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}{l}{m}{n}{o}{p}{body:?}")
}

fn plain(id: u64) -> u64 {
    id
}

routes! { App: many, "/of" => users::Routes }

fn main() {
    let _missing = url!(App, users::shwo, id = 7);
    let _private = url!(App, users::secret, id = 7);
    let _not_annotated = url!(App, plain, id = 7);
    let _set = url!(App, App, id = 7);
    let _set_without = url!(App, App);
    let _set_missing = url!(Ap, users::show, id = 7);
    #[rustfmt::skip]
    let _many = url!(
        App, many, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0,
        i = 0, j = 0, k = 0, l = 0, m = 0, n = 0, o = 0, p = 0,
    );
}
