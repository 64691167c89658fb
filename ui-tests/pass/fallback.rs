// A set may have a fallback, and so may each set mounted in it. It is listed
// like a route, anywhere, and may be anything a route may be.

use tramline::{Method, Request, Status, route, routes};

#[route(_)]
pub async fn lost(request: Request<'_>) -> (Status, String) {
    (Status::NOT_FOUND, request.path().to_owned())
}

#[route("/")]
fn index() {}

// Catches what other routes leave; the fallback takes what it leaves, `/api/`.
#[route(ANY, "/{*rest}")]
fn rest(rest: &str) -> String {
    rest.to_owned()
}

mod pages {
    use tramline::{route, routes};

    #[route(_,)]
    const PAGE: &str = "the page";

    routes! { pub Routes: PAGE, super::index }
}

routes! { Api: rest, index, lost }
routes! {
    pub App:
        #[cfg(any())]
        missing,
        lost,
        index,
        "/api" => Api,
        "/api/{version}/api" => Api,
        "/pages" => pages::Routes,
        "/{page}" => pages::Routes,
}

fn main() {
    let fallbacks: Vec<_> = App::ROUTES.iter().filter(|route| route.is_fallback()).collect();
    let told: Vec<_> = fallbacks.iter().map(|route| route.pattern()).collect();
    assert_eq!(told, ["/", "/api", "/api/{version}/api", "/pages", "/{page}"]);
    assert!(fallbacks.iter().all(|route| route.method() == Method::Extension("_")));
    assert!(fallbacks[4].name().ends_with("::pages::PAGE"));
}
