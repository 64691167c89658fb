//! What browsers are told: the routes, and their errors.
//!
//! `SQLite` takes microseconds for each of these, so they run on the worker, which
//! has the connection at hand. A statement that takes longer would be `blocking`.

use std::error::Error;

use serde::Deserialize;
use tramline::{Form, Html, Redirect, Responder, Status, route, routes, url};

use crate::Shortener;
use crate::link::{Code, Target};
use crate::pages;
use crate::store::Stores;

/// Why there is no page: each variant is its answer. What goes wrong inside is a
/// 500, of which the log is told and the peer is not.
#[derive(Responder)]
pub(crate) enum Failure {
    #[responder(status = 404)]
    NoSuchLink,
    #[responder(status = 409)]
    Taken(&'static str),
    #[responder(status = 422)]
    Text(&'static str),
    #[responder(status = 422)]
    Form(Html<String>),
    Inside(Box<dyn Error>),
}

/// So that `?` is enough.
impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Inside(error.into())
    }
}

#[route("/")]
pub(crate) fn index() -> Html<String> {
    pages::form("", "")
}

#[derive(Deserialize)]
pub(crate) struct Shorten {
    target: String,
}

/// The form of the index. It leads to the page of the new link, with GET.
#[route(POST, "/links")]
pub(crate) fn shorten(form: Form<Shorten>, stores: &Stores) -> Result<impl Responder, Failure> {
    let Form(Shorten { target: typed }) = form;
    let target: Target = typed
        .parse()
        .map_err(|wrong| Failure::Form(pages::form(&typed, wrong)))?;
    let code = stores.try_get()?.shorten(&target)?;
    Ok(Redirect::see_other(url!(Site, show, code = code)))
}

/// For programs, which choose a code and send the address as it is.
#[route(PUT, "/{code}")]
fn choose(code: Code, body: &[u8], stores: &Stores) -> Result<impl Responder, Failure> {
    let target = str::from_utf8(body).map_err(|_| Failure::Text("an address is text\n"))?;
    let target: Target = target.parse().map_err(Failure::Text)?;
    if !stores.try_get()?.choose(&code, &target)? {
        return Err(Failure::Taken("this code leads somewhere else\n"));
    }
    let path = url!(Site, follow, code = code).to_string();
    Ok((Status::CREATED, [("Location", path.clone())], path + "\n"))
}

/// Temporary: the next visit shall come here too, to be counted.
#[route("/{code}")]
pub(crate) fn follow(code: Code, stores: &Stores) -> Result<Redirect<Target>, Failure> {
    let target = stores.try_get()?.visit(&code)?.ok_or(Failure::NoSuchLink)?;
    Ok(Redirect::temporary(target))
}

#[route("/links/{code}")]
fn show(code: Code, stores: &Stores) -> Result<Html<String>, Failure> {
    let link = stores.try_get()?.link(&code)?.ok_or(Failure::NoSuchLink)?;
    Ok(pages::link(&link))
}

/// Text wins over a parameter, so this is no `/{code}`.
#[route("/links")]
pub(crate) fn list(stores: &Stores) -> Result<Html<String>, Failure> {
    Ok(pages::list(&stores.try_get()?.favourites()?))
}

routes! { pub(crate) Site for Shortener: index, shorten, show, list, choose, follow }

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::process;

    use tramline::testing::{Client, Reply};

    use super::Site;
    use crate::Shortener;

    /// A directory for the database of one test, which goes when the test does.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(test: &str) -> Self {
            let name = format!("shortener-{}-{test}", process::id());
            let path = std::env::temp_dir().join(name);
            fs::create_dir(&path).expect("a new directory");
            Self(path)
        }

        fn client(&self) -> Client {
            let state = Shortener::new(self.0.join("links.db")).expect("a new database");
            Client::with_state(Site, state)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn shorten(client: &Client, name: &str, value: &str) -> Reply {
        client.post("/links").form(&[(name, value)]).send()
    }

    #[test]
    fn a_form_makes_a_link_that_leads_on() {
        let scratch = Scratch::new("form");
        let client = scratch.client();
        client.get("/").send().assert_contains("action=\"/links\"");

        let made = shorten(&client, "target", "https://example.com/?a&b");
        let page = made.assert_status(303).header("location").expect("a page");
        let path = page.strip_prefix("/links").expect("the page of a link");
        client.get(page).send().assert_contains(&format!(
            "<a href=\"{path}\">{path}</a><td>https://example.com/?a&amp;b<td>0\n"
        ));
        // The same address has the same code.
        let again = shorten(&client, "target", "https://example.com/?a&b");
        again.assert_header("location", page);
    }

    #[test]
    fn visits_are_counted() {
        let scratch = Scratch::new("visits");
        let client = scratch.client();
        for (code, target) in [("rust", "https://www.rust-lang.org/"), ("smol", "http://s")] {
            let chosen = client.put(&format!("/{code}")).body(target).send();
            chosen
                .assert_status(201)
                .assert_header("location", &format!("/{code}"));
        }
        for _ in 0..3 {
            // Over a socket, the client repeats a GET to compare the answers; this it does not.
            let text = client.raw("GET /smol HTTP/1.1\r\nHost: a\r\n\r\n");
            let text = String::from_utf8_lossy(&text).into_owned();
            assert!(text.starts_with("HTTP/1.1 307 "), "{text}");
            assert!(text.contains("\r\nLocation: http://s\r\n"), "{text}");
        }
        let list = client.get("/links").send();
        let rows: Vec<&str> = list
            .text()
            .lines()
            .filter(|line| line.starts_with("<tr><td>"))
            .collect();
        assert_eq!(
            rows,
            [
                "<tr><td><a href=\"/smol\">/smol</a><td>http://s<td>3",
                "<tr><td><a href=\"/rust\">/rust</a><td>https://www.rust-lang.org/<td>0",
            ]
        );
    }

    #[test]
    fn what_is_no_link_is_refused() {
        let scratch = Scratch::new("refused");
        let client = scratch.client();
        for path in [
            "/nowhere",
            "/links/nowhere",
            "/a",
            "/links/a%2Fb",
            "/caf%C3%A9",
        ] {
            client.get(path).send().assert_status(404);
        }
        for (name, value, says) in [
            ("target", "javascript:alert(1)", "starts with `http://`"),
            (
                "target",
                "\"><script>",
                "value=\"&quot;&gt;&lt;script&gt;\"",
            ),
            ("address", "http://a/", "missing field `target`"),
        ] {
            shorten(&client, name, value)
                .assert_status(422)
                .assert_contains(says);
        }
        for (code, target, status) in [
            ("mine", "http://a/", 201),
            ("mine", "http://a/", 201),
            ("mine", "http://b/", 409),
            ("links", "http://a/", 404),
            ("mine", "\u{0}", 422),
        ] {
            let chosen = client.put(&format!("/{code}")).body(target).send();
            chosen.assert_status(status);
        }
    }

    #[test]
    fn what_goes_wrong_inside_stays_there() {
        let scratch = Scratch::new("inside");
        let client = scratch.client();
        client.get("/links").send().assert_status(200);
        let other = rusqlite::Connection::open(scratch.0.join("links.db"));
        let dropped = other.and_then(|other| other.execute_batch("DROP TABLE links"));
        dropped.expect("it is not in use");
        for path in ["/links", "/links/smol", "/smol"] {
            let reply = client.get(path).send();
            reply
                .assert_status(500)
                .assert_text("500 Internal Server Error\n");
        }
    }
    /// Each worker opens the database when it needs it, and tries again if it
    /// cannot.
    #[test]
    fn a_database_may_come_back() {
        let scratch = Scratch::new("back");
        let client = scratch.client();
        let (file, aside) = (scratch.0.join("links.db"), scratch.0.join("aside"));
        fs::rename(&file, &aside).expect("it is not in use");
        fs::create_dir(&file).expect("a directory in its place");
        client.get("/links").send().assert_status(500);
        fs::remove_dir(&file).expect("it is empty");
        fs::rename(&aside, &file).expect("its place is free");
        client.get("/links").send().assert_status(200);
    }
}
