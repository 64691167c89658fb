//! Parameters of paths: numbers, text, types of your own, and the way back.
//!
//! `cargo run --bin parameters`, then `curl http://127.0.0.1:8080/shops/7/teas/12`,
//! or `curl http://127.0.0.1:8080/shops/7` for a list of paths to try.

use std::borrow::Cow;
use std::num::ParseIntError;

use tramline::{FromParam, ParamError, Responder, Status, ToParam, route, routes, text, url};

/// A number that cannot be taken for another one.
#[derive(FromParam, ToParam)]
struct TeaId(u32);

/// One of some names, in kebab-case: `newest` or `most-read`.
#[derive(FromParam, ToParam, Debug)]
enum Order {
    Newest,
    MostRead,
}

/// The other way round: `url!` writes the path of a route, and does not compile
/// if the route is not there.
#[route("/")]
fn index() -> impl Responder {
    text!(
        "{}\n{}\n{}\n{}\n",
        url!(App, tea, shop = 7, id = TeaId(12)),
        url!(App, search, shop = 7, word = "green tea"),
        url!(App, list, shop = 7, order = Order::MostRead),
        url!(App, picture, shop = 7, path = "2026/cup.png"),
    )
}

/// A segment that is no number names nothing, and is 404 without a word of yours.
/// So is a number that is too large.
#[route("/teas/{id}")]
fn tea(id: TeaId) -> impl Responder {
    text!("tea {}\n", id.0)
}

/// `Cow` is percent-decoded, and borrows from the request if nothing was encoded.
#[route("/search/{word}")]
fn search(word: Cow<'_, str>) -> impl Responder {
    text!("nothing about {word}\n")
}

/// `&str` is the segment as it was sent.
#[route("/raw/{word}")]
fn raw(word: &str) -> impl Responder {
    text!("{word}\n")
}

#[route("/by/{order}")]
fn list(order: Order) -> impl Responder {
    text!("all teas, by {order:?}\n")
}

/// A `Result` takes any segment: the handler says what is wrong with it.
#[route("/cups/{count}")]
fn cups(
    count: Result<u8, ParamError<ParseIntError>>,
) -> Result<impl Responder, (Status, impl Responder)> {
    match count {
        Ok(count) => Ok(text!("{count} cups\n")),
        Err(error) => Err((Status::BAD_REQUEST, text!("how many cups? {error}\n"))),
    }
}

/// All of the rest, slashes included.
#[route("/pictures/{*path}")]
fn picture(path: String) -> impl Responder {
    let depth = path.split('/').count();
    text!("{path}, {depth} segments\n")
}

routes! { Shop: index, tea, search, raw, list, cups, picture }

// A prefix may have a parameter as well. It is no argument of the functions behind
// it; `Request::parameter` tells it to those that mind.
routes! { App: "/shops/{shop}" => Shop }

fn main() -> tramline::Result {
    tramline::run(App)
}

#[cfg(test)]
mod tests {
    use tramline::testing::Client;

    use super::{App, TeaId, tea, url};

    #[test]
    fn each_kind_takes_what_it_is() {
        let client = Client::new(App);
        for (path, status, text) in [
            ("/shops/7/teas/12", 200, "tea 12\n"),
            ("/shops/7/teas/012", 200, "tea 12\n"),
            ("/shops/7/teas/green", 404, "404 Not Found\n"),
            ("/shops/7/teas/4294967296", 404, "404 Not Found\n"),
            ("/shops/7/search/tea", 200, "nothing about tea\n"),
            (
                "/shops/7/search/green%20tea",
                200,
                "nothing about green tea\n",
            ),
            ("/shops/7/search/100%", 404, "404 Not Found\n"),
            ("/shops/7/raw/green%20tea", 200, "green%20tea\n"),
            ("/shops/7/by/most-read", 200, "all teas, by MostRead\n"),
            ("/shops/7/by/oldest", 404, "404 Not Found\n"),
            ("/shops/7/cups/2", 200, "2 cups\n"),
            (
                "/shops/7/cups/two",
                400,
                "how many cups? invalid digit found in string\n",
            ),
            (
                "/shops/7/cups/300",
                400,
                "how many cups? number too large to fit in target type\n",
            ),
            (
                "/shops/7/pictures/2026/cup.png",
                200,
                "2026/cup.png, 2 segments\n",
            ),
            ("/shops//teas/12", 404, "404 Not Found\n"),
        ] {
            client
                .get(path)
                .send()
                .assert_status(status)
                .assert_text(text);
        }
    }

    #[test]
    fn written_paths_are_those_of_the_routes() {
        let client = Client::new(App);
        let index = client.get("/shops/7").send();
        assert_eq!(index.text().lines().count(), 4);
        for path in index.text().lines() {
            client.get(path).send().assert_status(200);
        }
        let path = url!(App, tea, shop = "Tea & Co", id = TeaId(1)).to_string();
        assert_eq!(path, "/shops/Tea%20%26%20Co/teas/1");
    }
}
