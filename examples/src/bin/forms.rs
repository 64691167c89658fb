//! Forms: a search by GET, a sign-up by POST, and what was wrong shown in the form.
//!
//! `cargo run --bin forms`, then open `http://127.0.0.1:8080/` in a browser, or
//! `curl 'http://127.0.0.1:8080/search?words=green+tea'` and
//! `curl -i -d name=Ada -d age=36 http://127.0.0.1:8080/members`.

use serde::Deserialize;
use tramline::{Either, Escaped, Form, Html, Query, Redirect, Responder, Status, route, routes};

/// The form of a search sends its fields in the query of the URL.
#[route("/")]
fn index() -> Html<String> {
    page(
        "Tea club",
        "<form action=/search>
<label>Words <input name=words></label>
<label><input type=checkbox name=kind value=green> green</label>
<label><input type=checkbox name=kind value=black> black</label>
<button>Search</button>
</form>
<p><a href=/members/new>Become a member</a>",
    )
}

/// Fields that may be left out have a default; one that may come several times
/// is a `Vec`.
#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    words: String,
    #[serde(default)]
    kind: Vec<Kind>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Green,
    Black,
}

/// A query that does not fit is 400, and this is not called.
#[route("/search")]
fn search(query: Query<Search>) -> Html<String> {
    let Query(search) = query;
    let words = Escaped(&search.words);
    page(
        "Search",
        &format!("<p>No tea has “{words}”, of the kinds {:?}.", search.kind),
    )
}

/// What a browser sends is text; what it means is found out below.
#[derive(Default, Deserialize)]
#[serde(default)]
struct SignUp {
    name: String,
    age: String,
}

#[route("/members/new")]
fn sign_up() -> Html<String> {
    sign_up_form(&SignUp::default(), "")
}

/// After a form was received, another page is asked for with GET, so that a
/// reload does not send the form again. If something is wrong, the form comes
/// back with what was typed.
#[route(POST, "/members")]
fn join(form: Form<SignUp>) -> impl Responder {
    let Form(sign_up) = form;
    match member(&sign_up) {
        Ok(_) => Either::Left(Redirect::see_other("/members/welcome")),
        Err(wrong) => Either::Right((Status::UNPROCESSABLE_CONTENT, sign_up_form(&sign_up, wrong))),
    }
}

#[route("/members/welcome")]
fn welcome() -> Html<String> {
    page("Welcome", "<p>The kettle is on.")
}

/// A member that makes sense.
#[derive(Debug, PartialEq)]
struct Member {
    name: String,
    age: u8,
}

fn member(sign_up: &SignUp) -> Result<Member, &'static str> {
    let name = sign_up.name.trim();
    if name.is_empty() {
        return Err("Please tell us your name.");
    }
    let age = sign_up.age.trim().parse();
    Ok(Member {
        name: name.to_owned(),
        age: age.map_err(|_| "Please write your age as a number.")?,
    })
}

/// The attributes have quotes, so what was typed cannot end them: `Escaped` sees
/// to the quotes in it.
fn sign_up_form(typed: &SignUp, wrong: &str) -> Html<String> {
    let (name, age) = (Escaped(&typed.name), Escaped(&typed.age));
    page(
        "Become a member",
        &format!(
            r#"<p role=alert>{wrong}
<form method=post action=/members>
<label>Name <input name=name value="{name}"></label>
<label>Age <input name=age value="{age}"></label>
<button>Join</button>
</form>"#
        ),
    )
}

/// Both are HTML already.
fn page(title: &str, content: &str) -> Html<String> {
    Html(format!(
        "<!doctype html>
<html lang=en>
<title>{title}</title>
<h1>{title}</h1>
{content}
"
    ))
}

routes! { App: index, search, sign_up, join, welcome }

fn main() -> tramline::Result {
    tramline::run(App)
}

#[cfg(test)]
mod tests {
    use tramline::testing::{Client, Reply};

    use super::{App, Member, SignUp, member};

    fn join(client: &Client, form: &[(&str, &str)]) -> Reply {
        client.post("/members").form(form).send()
    }

    #[test]
    fn a_search_is_in_the_query() {
        let client = Client::new(App);
        for (query, shown) in [
            (&[] as &[_], "“”, of the kinds []"),
            (&[("words", "green tea")], "“green tea”, of the kinds []"),
            (
                &[("words", "R&D"), ("kind", "green"), ("kind", "black")],
                "“R&amp;D”, of the kinds [Green, Black]",
            ),
            (&[("words", "<script>")], "“&lt;script&gt;”"),
        ] {
            let reply = client.get("/search").query(query).send();
            reply.assert_status(200).assert_contains(shown);
        }
        let reply = client.get("/search?kind=white").send();
        reply.assert_status(400).assert_contains("`green`");
    }

    #[test]
    fn a_member_is_sent_on() {
        let client = Client::new(App);
        client.get("/").send().assert_contains("/members/new");
        client.get("/members/new").send().assert_status(200);
        join(&client, &[("name", "Ada"), ("age", "36")])
            .assert_status(303)
            .assert_header("location", "/members/welcome");
        client.get("/members/welcome").send().assert_status(200);
    }

    #[test]
    fn a_form_that_is_wrong_comes_back() {
        let client = Client::new(App);
        for (sent, says, keeps) in [
            (&[] as &[_], "your name", "name=age value=\"\""),
            (
                &[("name", "Ada"), ("age", "old")],
                "your age",
                "value=\"old\"",
            ),
            (
                &[("name", "Ada"), ("age", "300")],
                "your age",
                "value=\"300\"",
            ),
            (
                &[("name", "\"><script>"), ("age", "")],
                "your age",
                "value=\"&quot;&gt;&lt;script&gt;\"",
            ),
        ] {
            join(&client, sent)
                .assert_status(422)
                .assert_contains(says)
                .assert_contains(keeps);
        }
        // No form at all.
        client
            .post("/members")
            .body("Ada")
            .send()
            .assert_status(415);
    }

    #[test]
    fn members_make_sense() {
        let typed = |name: &str, age: &str| SignUp {
            name: name.to_owned(),
            age: age.to_owned(),
        };
        let ada = Member {
            name: "Ada".to_owned(),
            age: 36,
        };
        assert_eq!(member(&typed(" Ada ", "36")), Ok(ada));
        assert!(member(&typed(" ", "36")).is_err());
        assert!(member(&typed("Ada", "-1")).is_err());
    }
}
