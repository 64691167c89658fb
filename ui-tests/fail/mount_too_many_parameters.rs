// Sixteen parameters in all, wherever they come from.

use tramline::{route, routes};

#[route("/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}/{*q}")]
fn deep(i: u8, j: u8, k: u8, l: u8, m: u8, n: u8, o: u8, p: u8, q: &str) -> String {
    format!("{i}{j}{k}{l}{m}{n}{o}{p}{q}")
}

routes! { Deep: deep }
routes! { App: "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}" => Deep }

fn main() {}
