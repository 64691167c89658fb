//! Forms and queries of a test.
//!
//! Owns the step from values to `application/x-www-form-urlencoded`, with the
//! feature `form`. Refuses the way back: answers are no forms.

use serde::Serialize;
use serde_html_form::{push_to_string, to_string};

use crate::testing::request::RequestBuilder;

impl RequestBuilder<'_> {
    /// This value as the body, as a browser sends a form; with `Content-Type:
    /// application/x-www-form-urlencoded` unless it has one already.
    ///
    /// ```
    /// # use tramline::testing::Client;
    /// use serde::Deserialize;
    /// use tramline::{Form, route, routes};
    ///
    /// #[derive(Deserialize)]
    /// struct Note {
    ///     text: String,
    ///     #[serde(default, rename = "tag")]
    ///     tags: Vec<String>,
    /// }
    ///
    /// #[route(POST, "/notes")]
    /// fn add(note: Form<Note>) -> String {
    ///     format!("{} {:?}", note.0.text, note.0.tags)
    /// }
    ///
    /// let client = Client::new(routes![add]);
    /// let request = client.post("/notes").form(&[("text", "a & b"), ("tag", "x"), ("tag", "y")]);
    /// request.send().assert_text("a & b [\"x\", \"y\"]");
    /// ```
    ///
    /// # Panics
    ///
    /// If the value cannot be written as a form: it is a struct, a map or a
    /// list of pairs, whose values are texts, numbers or lists of these.
    #[track_caller]
    pub fn form<T: Serialize + ?Sized>(self, value: &T) -> Self {
        let body = match to_string(value) {
            Ok(body) => body,
            Err(error) => panic!("the body of the request cannot be a form: {error}"),
        };
        self.typed("application/x-www-form-urlencoded").body(body)
    }

    /// This value as the query of the target, behind what it has already.
    ///
    /// ```
    /// # use tramline::testing::Client;
    /// use tramline::{Request, route, routes};
    ///
    /// #[route("/search")]
    /// fn search(request: Request<'_>) -> &str {
    ///     request.query().unwrap_or_default()
    /// }
    ///
    /// let client = Client::new(routes![search]);
    /// client.get("/search").query(&[("q", "a&b")]).send().assert_text("q=a%26b");
    /// client.get("/search?page=2").query(&[("q", "c d")]).send().assert_text("page=2&q=c+d");
    /// ```
    ///
    /// # Panics
    ///
    /// As [`form`](Self::form).
    #[track_caller]
    pub fn query<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        let mut query = String::new();
        if let Err(error) = push_to_string(&mut query, value) {
            panic!("the query of the request cannot be written: {error}");
        }
        self.extend_query(&query);
        self
    }
}
