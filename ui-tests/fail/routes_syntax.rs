// What a list looks like. Each list is parsed on its own, and the set exists
// whatever is wrong with its list.

use tramline::{route, routes};

#[route("/")]
fn index() {}

#[route("/show")]
fn show() {}

mod api {
    tramline::routes! { pub Routes: }
}

routes! { Comma: index show }
routes! { Call: index() }
routes! { Number: 42 }
routes! { Mark: ! }
routes! { Arrow: "/api" -> api::Routes }
routes! { Alone: "/api" }
routes! { NoSet: "/api" => }
routes! { Backwards: api::Routes => "/api" }
routes! { Macro: routes![index] }
routes! { Attribute: index, #[inline] show }
routes! { Documented: /** The index. */ index }
routes! { Condition: index, #[cfg] show }
routes! { Pattern: GET "/" => index }
routes! { Group: api::{Routes} }
routes! { #[layers(index)] Slip: index }
routes! { pub index, show }
routes! { Equals = index }
routes! { struct Keyword: index }
routes! { Several, index }
routes! { With with index: index }
routes! { Layer #[layer(index)]: index }

fn main() {
    let _ = (Comma::ROUTES, Call::ROUTES, Number::ROUTES, Arrow::ROUTES, Alone::ROUTES);
    let _ = (Slip::ROUTES, NoSet::ROUTES, Backwards::ROUTES, Macro::ROUTES, Attribute::ROUTES);
    let _ = routes![index; show];
}
