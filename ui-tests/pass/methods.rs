// Every method, `ANY`, and extensions.

use tramline::routing::Captures;
use tramline::{Method, RouteSet, route, routes};

macro_rules! methods {
    ($($name:ident $method:ident),*) => {
        $(
            #[route($method, "/")]
            fn $name() {}
        )*
        routes! { App: $($name),* }
    };
}

methods! {
    get GET, head HEAD, post POST, put PUT, delete DELETE, options OPTIONS, trace TRACE, patch PATCH,
    any ANY, propfind PROPFIND, version_control VERSION_CONTROL
}

fn main() {
    let methods: Vec<_> = App::ROUTES.iter().map(|route| route.method().as_str()).collect();
    let names: Vec<_> = App::ROUTES.iter().map(|route| route.name().rsplit("::").next().unwrap().to_uppercase()).collect();
    assert_eq!(methods, names);
    for (index, method) in methods.into_iter().enumerate().filter(|(_, method)| *method != "ANY") {
        assert_eq!(App::find(Method::from_name(method), "/", &mut Captures::new()), Some(index), "{method}");
    }
    assert_eq!(App::find(Method::from_name("QUERY"), "/", &mut Captures::new()), Some(8));
}
