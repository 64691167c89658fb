// Handlers, patterns, types and lists that come out of `macro_rules!`.

use tramline::{Responder, route, routes, text};

macro_rules! handler {
    ($(#[$attribute:meta])* $visibility:vis $name:ident $pattern:literal $($argument:ident: $type:ty)? => $answer:expr) => {
        #[route($pattern)]
        $(#[$attribute])*
        $visibility fn $name($($argument: $type)?) -> impl Responder {
            $answer
        }
    };
}

handler! { index "/" => "index" }
handler! { /** Documented. */ #[allow(unused)] pub(crate) show "/users/{id}" id: u64 => text!("{id}") }

macro_rules! constant {
    ($name:ident: $type:ty = $value:expr) => {
        #[route("/constant")]
        const $name: $type = $value;
    };
}

constant! { CONSTANT: &str = "constant" }

macro_rules! set {
    ($name:ident: $($handler:path),*; $($prefix:literal => $set:path),*) => {
        routes! { $name: $($handler,)* $($prefix => $set),* }
    };
}

#[route("/plain")]
fn plain() {}

set! { Plain: plain; }
set! { App: index, show, CONSTANT; "/plain" => Plain }

fn main() {
    assert_eq!(App::ROUTES.len(), 4);
}
