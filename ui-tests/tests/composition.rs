//! Sets put together: what is mounted where answers there, and nowhere else.

use tramline::testing::Client;
use tramline::{Method, Request, Serve, Status, route, routes};
use tramline_examples_library as library;

/// Three deep, of three modules; the library is of another crate.
mod shop {
    use super::{Request, route, routes};

    pub(super) mod orders {
        use super::{Request, route, routes};

        pub(super) mod lines {
            use super::{Request, route, routes};

            #[route(GET, PUT, "/{line}", "/{line}/all")]
            fn line(line: u8, request: Request<'_>) -> String {
                format!("line {line} by {}", request.method())
            }

            #[route("/first")]
            const FIRST: &str = "the first line";

            #[route("/")]
            fn all() -> &'static str {
                "all lines"
            }

            #[route(_)]
            fn lost(request: Request<'_>) -> String {
                format!("no line: {}", request.path())
            }

            routes! { pub Routes: line, #[cfg(any())] gone, FIRST, all, lost }
        }

        #[route("/{order}", "/{order}/")]
        fn order(order: &str) -> String {
            format!("order {order}")
        }

        routes! {
            pub Routes:
                order,
                "/{order}/lines" => lines::Routes,
                #[cfg(any())]
                "/{order}/gone" => gone::Routes,
                "/{order}/rows" => lines::Routes,
                "/{order}/books" => crate::library::Routes,
        }
    }

    #[route(POST, "/")]
    fn open(body: &[u8]) -> Vec<u8> {
        body.to_vec()
    }

    #[route(_)]
    fn lost(request: Request<'_>) -> String {
        format!("no shop page: {}", request.path())
    }

    routes! { pub Routes: lost, open, "/orders" => orders::Routes, "/old/{year}/orders" => orders::Routes }
}

#[route(ANY, "/any/{*rest}")]
fn any(rest: &str) -> String {
    format!("any {rest}")
}

#[route(GET, PURGE, "/any/{one}/{two}")]
fn some(one: &str, two: &str) -> String {
    format!("some {one} {two}")
}

#[route(HEAD, "/any/one")]
fn head() -> Status {
    Status::NO_CONTENT
}

routes! {
    App:
        any,
        "/shop/{shop}" => shop::Routes,
        #[cfg(all())]
        some,
        "/books" => library::Routes,
        "/all/books" => library::Routes,
        head,
}

/// Checks status, body and `Allow` of each answer, in process and over a socket.
fn check(routes: impl Serve<()>, table: &[(&str, &str)]) {
    let client = Client::new(routes).over_socket();
    for (request, expected) in table {
        let (method, target) = request.split_once(' ').expect("a method and a target");
        let reply = client.request(Method::from_name(method), target).send();
        let allow = reply.header("allow").map(|allow| format!("Allow: {allow}"));
        let (code, text) = (reply.status().code(), reply.text());
        let answer = format!("{code} {text}{}", allow.unwrap_or_default());
        assert_eq!(answer.trim_end(), *expected, "{request}");
    }
}

#[test]
fn sets_three_deep_answer_below_prefixes_with_parameters() {
    check(
        App,
        &[
            ("POST /shop/7", "200"),
            ("GET /shop/7/orders/9", "200 order 9"),
            ("GET /shop/7/orders/9/", "200 order 9"),
            ("GET /shop/7/orders/9/lines", "200 all lines"),
            ("GET /shop/7/orders/9/lines/3", "200 line 3 by GET"),
            ("PUT /shop/7/orders/9/lines/3/all", "200 line 3 by PUT"),
            ("GET /shop/7/orders/9/lines/first", "200 the first line"),
            ("PUT /shop/7/orders/9/lines/first", "404 404 Not Found"),
            ("GET /shop/7/orders/latest/rows/4", "200 line 4 by GET"),
            ("GET /shop/7/orders/9/books/books/5", "200 book 5"),
            ("GET /shop/7/orders/9/books", "200 the library"),
            // The same set, mounted twice in one set.
            ("GET /shop/7/old/1999/orders/9/lines/3", "200 line 3 by GET"),
            (
                "GET /shop/7/old/1999/orders/9/lines/first",
                "200 the first line",
            ),
            ("GET /shop/7/old/1999/orders/9/books/books/6", "200 book 6"),
            ("GET /books/books/1", "200 book 1"),
            ("GET /all/books/books/2", "200 book 2"),
            ("GET /all/books", "200 the library"),
            ("GET /all", "404 404 Not Found"),
        ],
    );
}

#[test]
fn the_deepest_fallback_answers_what_no_route_matches() {
    check(
        App,
        &[
            (
                "GET /shop/7/orders/9/lines/3/4",
                "200 no line: /shop/7/orders/9/lines/3/4",
            ),
            (
                "GET /shop/7/orders/9/lines/",
                "200 no line: /shop/7/orders/9/lines/",
            ),
            (
                "BREW /shop/7/orders/latest/rows/3/4",
                "200 no line: /shop/7/orders/latest/rows/3/4",
            ),
            (
                "OPTIONS /shop/7/old/1/orders/9/lines/3/4",
                "200 no line: /shop/7/old/1/orders/9/lines/3/4",
            ),
            ("GET /shop/7/orders", "200 no shop page: /shop/7/orders"),
            ("DELETE /shop/7/", "200 no shop page: /shop/7/"),
            (
                "GET /shop/7/orders/9/books/none",
                "200 no shop page: /shop/7/orders/9/books/none",
            ),
            ("HEAD /shop/7/none", "200"),
            // Outside of the prefix, by another method, of a parameter.
            ("GET /shop", "404 404 Not Found"),
            ("GET /shop/", "404 404 Not Found"),
            (
                "GET /shop/7",
                "405 405 Method Not Allowed\nAllow: POST, OPTIONS",
            ),
            ("OPTIONS /shop/7", "204 Allow: POST, OPTIONS"),
            ("GET /shop/7/orders/9/lines/none", "404 404 Not Found"),
            (
                "_ /shop/7",
                "501 501 Not Implemented: no route here names this method",
            ),
            ("OPTIONS *", "204"),
        ],
    );
}

#[test]
fn a_route_of_the_method_comes_before_one_of_any() {
    check(
        App,
        &[
            ("GET /any/one", "200 any one"),
            ("HEAD /any/one", "204"),
            ("HEAD /any/two", "200"),
            ("GET /any/one/two", "200 some one two"),
            ("PURGE /any/one/two", "200 some one two"),
            ("BREW /any/one/two", "200 any one/two"),
            ("OPTIONS /any/one/two", "200 any one/two"),
            ("GET /any/one/two/three", "200 any one/two/three"),
            ("GET /any/", "404 404 Not Found"),
        ],
    );
}

#[test]
fn a_fallback_of_the_whole_is_asked_last() {
    #[route(_)]
    fn lost() -> (Status, &'static str) {
        (Status::GONE, "lost")
    }
    check(
        routes![some, lost, "/shop" => shop::Routes],
        &[
            ("GET /", "410 lost"),
            ("GET /shopping", "410 lost"),
            ("GET /shop/x", "200 no shop page: /shop/x"),
            (
                "POST /any/one/two",
                "405 405 Method Not Allowed\nAllow: GET, HEAD, OPTIONS, PURGE",
            ),
        ],
    );
}

#[test]
fn the_guide_is_right_about_spellings_and_fallbacks() {
    mod pages {
        use super::{route, routes};

        #[route(_)]
        const TEXT: &str = "below text";

        #[route("/caf%C3%A9", "/a|b")]
        const PAGE: &str = "a page";

        routes! { pub Routes: TEXT, PAGE }
    }
    mod users {
        use super::{Status, route, routes};

        #[route(_)]
        fn parameter() -> &'static str {
            "below a parameter"
        }

        #[route("/{id}/{*rest}")]
        fn id(id: u8, rest: &str) -> String {
            format!("{id}, {rest}")
        }

        #[route("/{id}/{number}/x")]
        fn number(id: u8, number: u8) -> Status {
            let _ = (id, number);
            Status::OK
        }

        routes! { pub Routes: parameter, id, number }
    }
    #[route(_)]
    fn lost() -> Status {
        Status::GONE
    }
    check(
        routes![lost, "/{user}" => users::Routes, "/pages" => pages::Routes],
        &[
            ("GET /pages/caf%C3%A9", "200 a page"),
            ("GET /pages/caf%c3%a9", "200 below text"),
            ("GET /pages/a|b", "200 a page"),
            ("GET /pages/a%7Cb", "200 below text"),
            ("GET /pages", "200 below text"),
            ("GET /pages/", "200 below text"),
            ("GET /pagesx", "200 below a parameter"),
            ("GET /", "410 410 Gone"),
            ("GET //x", "410 410 Gone"),
            ("GET /u/7//x", "200 7, /x"),
            ("GET /u/7/%2F", "200 7, %2F"),
            // The more specific one is chosen, and no other is tried.
            ("GET /u/7/many/x", "404 404 Not Found"),
            (
                "POST /u/7/8/x",
                "405 405 Method Not Allowed\nAllow: GET, HEAD, OPTIONS",
            ),
            ("OPTIONS *", "204"),
            (
                "CONNECT a:80",
                "501 501 Not Implemented: this server is not a proxy: no CONNECT",
            ),
        ],
    );
}
