//! JSON in requests and answers of a test.
//!
//! Owns the step between values and bodies, both ways, with the feature `json`.
//! Refuses to compare text: two spellings of one value are the same.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::testing::reply::Reply;
use crate::testing::request::RequestBuilder;

impl RequestBuilder<'_> {
    /// This value as the body, in JSON; with `Content-Type: application/json`
    /// unless it has one already.
    ///
    /// ```
    /// # use tramline::testing::Client;
    /// # use tramline::{route, routes};
    /// #[route(POST, "/echo")]
    /// fn echo(body: &[u8]) -> Vec<u8> {
    ///     body.to_vec()
    /// }
    ///
    /// let client = Client::new(routes![echo]);
    /// let reply = client.post("/echo").json(&[1, 2]).send();
    /// reply.assert_json(&[1, 2]);
    /// assert_eq!(reply.json::<Vec<u8>>(), [1, 2]);
    /// ```
    ///
    /// # Panics
    ///
    /// If the value cannot be written as JSON.
    #[track_caller]
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        let body = match serde_json::to_vec(value) {
            Ok(body) => body,
            Err(error) => panic!("the body of the request cannot be JSON: {error}"),
        };
        self.typed("application/json").body(body)
    }
}

impl Reply {
    /// The value that the body is in JSON.
    ///
    /// # Panics
    ///
    /// If the body is not JSON, or not of this type.
    #[track_caller]
    pub fn json<'a, T: Deserialize<'a>>(&'a self) -> T {
        match serde_json::from_slice(self.bytes()) {
            Ok(value) => value,
            Err(error) => self.fail(&format!(
                "the body is not JSON of the type expected: {error}"
            )),
        }
    }

    /// Demands that the body is this value in JSON. Spaces and the order of
    /// members do not matter.
    ///
    /// # Panics
    ///
    /// If it is another value, or not JSON.
    #[track_caller]
    pub fn assert_json<T: Serialize + ?Sized>(&self, value: &T) -> &Self {
        let expected = match serde_json::to_value(value) {
            Ok(expected) => expected,
            Err(error) => panic!("the value expected cannot be JSON: {error}"),
        };
        let got: Value = self.json();
        if got != expected {
            self.fail_between("JSON", &format_args!("{expected}"), &format_args!("{got}"));
        }
        self
    }
}
