//! What extractors take from requests, and how those are answered that do not
//! have it.
#![cfg(all(feature = "cookie", feature = "form", feature = "headers"))]

use serde::Deserialize;
use tramline::headers::UserAgent;
use tramline::headers::authorization::{Authorization, Bearer};
use tramline::testing::Client;
use tramline::{
    BodyError, Cookies, Form, FormError, FromRequest, Header, HeaderError, Query, Request, Status,
    route, routes,
};

type Six<'r> = (
    Request<'r>,
    Cookies<'r>,
    Option<Token>,
    Request<'r>,
    Option<Header<UserAgent>>,
    &'r str,
);

#[route(POST, "/six")]
fn six(all: Six<'_>) -> String {
    let (request, cookies, token, again, agent, body) = all;
    let absent = token.is_none() && agent.is_none() && cookies.iter().next().is_none();
    let same = request.path() == again.path();
    format!("{} {body} {absent} {same}", request.target())
}

#[test]
fn a_tuple_takes_up_to_six() {
    let client = Client::new(routes![six]);
    let reply = client.post("/six?a=b").body("body").send();
    reply
        .assert_status(200)
        .assert_text("/six?a=b body true true");
}

struct Greeting(&'static str);

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    number: u32,
    tag: Vec<String>,
}

#[route("/posts")]
fn posts(page: Query<Page>) -> String {
    format!("{} {:?}", page.0.number, page.0.tag)
}

#[derive(Deserialize)]
struct Login<'r> {
    #[serde(borrow)]
    name: std::borrow::Cow<'r, str>,
    age: u8,
}

#[route(POST, "/login")]
fn login(form: Form<Login<'_>>) -> String {
    format!("{} {}", form.0.name, form.0.age)
}

#[route("/cookies")]
fn cookies(cookies: Cookies<'_>) -> String {
    let all: Vec<_> = cookies
        .iter()
        .map(|cookie| cookie.name().to_owned())
        .collect();
    format!(
        "{all:?} {:?} {cookies:?}",
        cookies.get("b").map(|cookie| cookie.value().to_owned())
    )
}

#[route("/agent")]
fn agent(agent: Header<UserAgent>) -> String {
    agent.0.to_string()
}

type Token = Header<Authorization<Bearer>>;

#[route("/token")]
fn token(token: Result<Token, HeaderError>) -> String {
    match token {
        Ok(Header(bearer)) => bearer.token().to_owned(),
        Err(error) => format!("{error}; missing: {}", error.is_missing()),
    }
}

#[route("/maybe")]
fn maybe(page: Option<Query<Page>>, agent: Option<Header<UserAgent>>) -> String {
    format!("{} {}", page.is_some(), agent.is_some())
}

#[route(POST, "/maybe-login")]
fn maybe_login(form: Option<Form<Login<'_>>>) -> String {
    form.map_or("nobody".to_owned(), |form| form.0.name.into_owned())
}

#[route(POST, "/tried-login")]
fn tried_login(form: Result<Form<Login<'_>>, FormError>) -> String {
    form.map_or_else(
        |error| format!("wrong: {error}"),
        |form| form.0.name.into_owned(),
    )
}

#[route(POST, "/maybe-text")]
fn maybe_text(text: Option<&str>) -> String {
    format!("{text:?}")
}

#[route(POST, "/tried-text")]
fn tried_text(text: Result<String, BodyError>) -> String {
    text.unwrap_or_else(|error| format!("wrong: {error}"))
}

#[route("/pair")]
fn pair(
    both: (Header<UserAgent>, Query<Page>),
    three: (Request<'_>, &Greeting, Cookies<'_>),
) -> String {
    let (agent, page) = both;
    let (request, greeting, _) = three;
    format!(
        "{} {} {} {}",
        greeting.0,
        agent.0,
        page.0.number,
        request.path()
    )
}

#[derive(FromRequest)]
struct Visitor<'r> {
    agent: Header<UserAgent>,
    greeting: &'r Greeting,
    page: Query<Page>,
    request: Request<'r>,
}

#[derive(FromRequest)]
struct Nested<'r>(Visitor<'r>);

#[derive(FromRequest)]
struct Owned {
    agent: Option<Header<UserAgent>>,
    teapot: Teapot,
}

struct Teapot;

impl<'r> FromRequest<'r> for Teapot {
    type State = &'r Greeting;
    type Rejection = (Status, &'static str);

    async fn from_request(
        request: Request<'r>,
        state: &'r Greeting,
    ) -> Result<Self, Self::Rejection> {
        if request.header("x-tea").is_some() {
            return Err((Status::new(418), state.0));
        }
        Ok(Self)
    }
}

#[route("/visitor")]
fn visitor(visitor: Nested<'_>) -> String {
    let Nested(Visitor {
        agent,
        greeting,
        page,
        request,
    }) = visitor;
    format!(
        "{} {} {} {:?}",
        greeting.0,
        agent.0,
        page.0.number,
        request.query()
    )
}

#[route("/owned")]
fn owned(owned: Owned) -> String {
    let Owned {
        agent,
        teapot: Teapot,
    } = owned;
    format!("{}", agent.is_some())
}

routes! {
    App for Greeting: posts, login, cookies, agent, token, maybe, pair, visitor, owned,
    maybe_login, tried_login, maybe_text, tried_text
}

#[test]
fn requests_have_it_or_are_answered() {
    let client = Client::with_state(App, Greeting("hello"));
    for (target, headers, status, body) in [
        (
            "/posts?number=7&tag=a&tag=b%20c",
            &[] as &[(&str, &str)],
            200,
            "7 [\"a\", \"b c\"]",
        ),
        ("/posts?tag=", &[], 200, "0 [\"\"]"),
        (
            "/posts?number=x&tag=a",
            &[],
            400,
            "the query does not fit: invalid digit",
        ),
        (
            "/cookies",
            &[("cookie", "a=1; b=2; c"), ("cookie", "d=4")],
            200,
            "[\"a\", \"b\", \"d\"] Some(\"2\") {\"a\", \"b\", \"d\"}",
        ),
        ("/cookies", &[], 200, "[] None {}"),
        ("/agent", &[("user-agent", "curl")], 200, "curl"),
        ("/agent", &[], 400, "the header `user-agent` is missing"),
        ("/token", &[("authorization", "Bearer abc")], 200, "abc"),
        (
            "/token",
            &[("authorization", "Basic abc")],
            200,
            "the header `authorization` is not valid; missing: false",
        ),
        (
            "/token",
            &[],
            200,
            "the header `authorization` is missing; missing: true",
        ),
        (
            "/maybe?number=x",
            &[("user-agent", "curl")],
            200,
            "false true",
        ),
        ("/maybe?tag=x", &[], 200, "true false"),
        (
            "/pair?tag=x",
            &[("user-agent", "curl")],
            200,
            "hello curl 0 /pair",
        ),
        (
            "/pair?number=x",
            &[("user-agent", "curl")],
            400,
            "the query does not fit",
        ),
        (
            "/pair?tag=x",
            &[],
            400,
            "the header `user-agent` is missing",
        ),
        (
            "/visitor?tag=x",
            &[("user-agent", "curl")],
            200,
            "hello curl 0 Some(\"tag=x\")",
        ),
        (
            "/visitor?number=x",
            &[("user-agent", "curl")],
            400,
            "the query does not fit",
        ),
        ("/visitor", &[], 400, "the header `user-agent` is missing"),
        ("/owned", &[], 200, "false"),
        ("/owned", &[("x-tea", "1")], 418, "hello"),
    ] {
        let request = headers
            .iter()
            .fold(client.get(target), |request, (name, value)| {
                request.header(name, value)
            });
        request.send().assert_status(status).assert_contains(body);
    }
}

#[test]
fn forms() {
    let client = Client::with_state(App, Greeting("hello"));
    let form = "application/x-www-form-urlencoded";
    for (content_type, body, status, expected) in [
        (form, "name=Ada+L%C3%B6ve&age=36", 200, "Ada Löve 36"),
        (
            "Application/x-www-form-urlencoded; charset=utf-8",
            "name=Ada&age=36",
            200,
            "Ada 36",
        ),
        (
            form,
            "name=Ada",
            422,
            "the form does not fit: missing field `age`",
        ),
        (form, "name=Ada&age=300", 422, "the form does not fit"),
        (
            "application/json",
            "name=Ada&age=36",
            415,
            "expected a body of the type `application/x-www-form-urlencoded`",
        ),
    ] {
        let request = client
            .post("/login")
            .header("content-type", content_type)
            .body(body);
        request
            .send()
            .assert_status(status)
            .assert_contains(expected);
    }
    client
        .post("/login")
        .body("name=Ada&age=36")
        .send()
        .assert_status(415);
}

/// What is wrong with a body is the handler's to say, too.
#[test]
fn bodies_may_be_optional_and_tried() {
    let client = Client::with_state(App, Greeting("hello"));
    let form = "application/x-www-form-urlencoded";
    for (target, content_type, body, expected) in [
        ("/maybe-login", form, &b"name=Ada&age=36"[..], "Ada"),
        ("/maybe-login", form, b"name=Ada", "nobody"),
        ("/maybe-login", "text/plain", b"name=Ada&age=36", "nobody"),
        ("/tried-login", form, b"name=Ada&age=36", "Ada"),
        (
            "/tried-login",
            form,
            b"name=Ada",
            "wrong: the form does not fit: missing field `age`",
        ),
        ("/maybe-text", "", b"text", "Some(\"text\")"),
        ("/maybe-text", "", b"\xff", "None"),
        ("/tried-text", "", b"text", "text"),
        (
            "/tried-text",
            "",
            b"\xff",
            "wrong: the body is not UTF-8: byte 0 does not fit",
        ),
    ] {
        let request = client.post(target).header("content-type", content_type);
        let reply = request.body(body).send();
        reply.assert_status(200).assert_text(expected);
    }
    let long = client.post("/tried-text").body(vec![b'a'; (1 << 20) + 1]);
    long.send().assert_contains("wrong: the body is longer");
}
