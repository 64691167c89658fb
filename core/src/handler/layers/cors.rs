//! Cross-origin requests of browsers
//! ([Fetch, section 3.3](https://fetch.spec.whatwg.org/#http-cors-protocol)).
//!
//! Owns who may ask for what, and the answers to preflights. Refuses to reject a
//! request: the browser does that, by what is not said to it.

use core::fmt;
use core::time::Duration;

use super::check_value;
use crate::handler::layer::{Layer, Next};
use crate::handler::request::Request;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::method::Method;
use crate::http::status::Status;

/// A layer that lets scripts of other origins ask, and answers the preflights of
/// their browsers.
///
/// A preflight is an OPTIONS request, for which there need be no route: it comes
/// to the layers of the set that has the route for which it asks, so the layer
/// may stand on the set that is served, or on a mounted one for that alone.
///
/// ```
/// use std::time::Duration;
///
/// use tramline::{Cors, Method, route, routes};
///
/// #[route(PUT, "/notes/{id}")]
/// fn store(id: u64) -> String {
///     format!("note {id} stored\n")
/// }
///
/// routes! {
///     #[layer(
///         Cors::origins(&["https://app.example.com"])
///             .methods(&[Method::Get, Method::Put])
///             .headers(&["Content-Type"])
///             .credentials()
///             .max_age(Duration::from_secs(600))
///     )]
///     App: store
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Cors {
    /// `None`: any.
    origins: Option<&'static [&'static str]>,
    methods: &'static [Method<'static>],
    headers: &'static [&'static str],
    exposed: &'static [&'static str],
    with_credentials: bool,
    /// Seconds.
    max_age: Option<u64>,
}

impl Cors {
    const NEW: Self = Self {
        origins: None,
        methods: &[Method::Get, Method::Head, Method::Post],
        headers: &[],
        exposed: &[],
        with_credentials: false,
        max_age: None,
    };

    /// Lets these origins ask: scheme, host, and the port unless it is the
    /// scheme's, as a browser writes them.
    ///
    /// # Panics
    ///
    /// If one has control bytes; in the list of a set, that is a compile error.
    pub const fn origins(origins: &'static [&'static str]) -> Self {
        check_values(origins);
        Self {
            origins: Some(origins),
            ..Self::NEW
        }
    }

    /// Lets any origin ask, without credentials.
    pub const fn any_origin() -> Self {
        Self::NEW
    }

    /// The methods that may be used; GET, HEAD and POST if nothing is said.
    #[must_use]
    pub const fn methods(mut self, methods: &'static [Method<'static>]) -> Self {
        self.methods = methods;
        self
    }

    /// The request headers that may be sent besides those that always may.
    ///
    /// # Panics
    ///
    /// If one has control bytes.
    #[must_use]
    pub const fn headers(mut self, names: &'static [&'static str]) -> Self {
        check_values(names);
        self.headers = names;
        self
    }

    /// The response headers that scripts may read besides those that they always
    /// may.
    ///
    /// # Panics
    ///
    /// If one has control bytes.
    #[must_use]
    pub const fn exposed(mut self, names: &'static [&'static str]) -> Self {
        check_values(names);
        self.exposed = names;
        self
    }

    /// Lets browsers send cookies along.
    ///
    /// # Panics
    ///
    /// If any origin may ask: browsers take that for a mistake, and it is one.
    #[must_use]
    pub const fn credentials(mut self) -> Self {
        assert!(
            self.origins.is_some(),
            "credentials are for origins that are named: use `Cors::origins`"
        );
        self.with_credentials = true;
        self
    }

    /// How long a browser may remember what a preflight said, in whole seconds.
    #[must_use]
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age.as_secs());
        self
    }

    /// What the browser is told of who may ask; `None` if its page may not.
    fn allowed(&self, request: Request<'_>) -> Option<&'static str> {
        let asking = request.header("origin")?;
        let Some(origins) = self.origins else {
            return Some("*");
        };
        let mut origins = origins.iter();
        origins.find(|origin| origin.as_bytes() == asking).copied()
    }

    /// What both kinds of answers say.
    fn say(&self, allowed: Option<&str>, response: &mut Response<'_>) {
        if self.origins.is_some() {
            // Else a cache would give the answer to one origin to another.
            response.append_header("Vary", "Origin");
        }
        let Some(allowed) = allowed else { return };
        response.header("Access-Control-Allow-Origin", allowed);
        if self.with_credentials {
            response.header("Access-Control-Allow-Credentials", "true");
        }
    }
}

impl Layer for Cors {
    async fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) {
        let allowed = self.allowed(request);
        let is_preflight = request.method() == Method::Options
            && request.header("origin").is_some()
            && request.header("access-control-request-method").is_some();
        if !is_preflight {
            next.run(request, response).await;
            self.say(allowed, response);
            if allowed.is_some() && !self.exposed.is_empty() {
                response.header("Access-Control-Expose-Headers", List(self.exposed));
            }
            return;
        }
        Status::NO_CONTENT.respond(response);
        self.say(allowed, response);
        if allowed.is_none() {
            return;
        }
        response.header("Access-Control-Allow-Methods", List(self.methods));
        if !self.headers.is_empty() {
            response.header("Access-Control-Allow-Headers", List(self.headers));
        }
        if let Some(seconds) = self.max_age {
            response.header("Access-Control-Max-Age", seconds);
        }
    }
}

const fn check_values(values: &[&str]) {
    let mut at = 0;
    while at < values.len() {
        check_value(values[at]);
        at += 1;
    }
}

/// Separated by commas.
struct List<T: 'static>(&'static [T]);

impl<T: fmt::Display> fmt::Display for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, item) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{item}")?;
        }
        Ok(())
    }
}
