//! Headers that tell browsers to be careful.
//!
//! Owns their defaults. Refuses to overwrite what a handler said: a page knows
//! better than its application.

use core::time::Duration;

use super::check_value;
use crate::handler::layer::{Layer, Next};
use crate::handler::request::Request;
use crate::handler::response::Response;

/// A layer that tells browsers to be careful, unless the handler said it
/// otherwise:
///
/// | header | value |
/// |---|---|
/// | `X-Content-Type-Options` | `nosniff` |
/// | `X-Frame-Options` | `DENY`, or [what you say](Self::frame_options) |
/// | `Referrer-Policy` | `strict-origin-when-cross-origin`, or [what you say](Self::referrer_policy) |
/// | `Strict-Transport-Security` | none, or [what you say](Self::hsts) |
/// | `Content-Security-Policy` | none, or [what you say](Self::content_security_policy) |
///
/// ```
/// use std::time::Duration;
///
/// use tramline::{SecurityHeaders, route, routes};
///
/// #[route("/")]
/// fn index() -> &'static str {
///     "Hello, World!"
/// }
///
/// routes! {
///     #[layer(
///         SecurityHeaders::new()
///             .hsts(Duration::from_secs(365 * 24 * 60 * 60))
///             .content_security_policy("default-src 'self'")
///     )]
///     App: index
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SecurityHeaders {
    frame_options: &'static str,
    referrer_policy: &'static str,
    /// Seconds.
    hsts: Option<u64>,
    content_security_policy: Option<&'static str>,
}

impl SecurityHeaders {
    /// The layer with its defaults.
    pub const fn new() -> Self {
        Self {
            frame_options: "DENY",
            referrer_policy: "strict-origin-when-cross-origin",
            hsts: None,
            content_security_policy: None,
        }
    }

    /// Who may show a page in a frame: `SAMEORIGIN`, or `DENY` for nobody.
    ///
    /// # Panics
    ///
    /// If it has control bytes, as all text here; in the list of a set, that is
    /// a compile error.
    #[must_use]
    pub const fn frame_options(mut self, value: &'static str) -> Self {
        check_value(value);
        self.frame_options = value;
        self
    }

    /// What other sites learn of where their visitors come from.
    ///
    /// # Panics
    ///
    /// If it has control bytes.
    #[must_use]
    pub const fn referrer_policy(mut self, value: &'static str) -> Self {
        check_value(value);
        self.referrer_policy = value;
        self
    }

    /// For how long browsers shall come by HTTPS only, in whole seconds. Only
    /// for a site that is, and stays, behind TLS.
    #[must_use]
    pub const fn hsts(mut self, age: Duration) -> Self {
        self.hsts = Some(age.as_secs());
        self
    }

    /// From where a page may load what.
    ///
    /// # Panics
    ///
    /// If it has control bytes.
    #[must_use]
    pub const fn content_security_policy(mut self, value: &'static str) -> Self {
        check_value(value);
        self.content_security_policy = Some(value);
        self
    }
}

impl Default for SecurityHeaders {
    fn default() -> Self {
        Self::new()
    }
}

impl Layer for SecurityHeaders {
    async fn handle<'r>(
        &self,
        request: Request<'r>,
        response: &mut Response<'r>,
        next: impl Next<'r>,
    ) {
        next.run(request, response).await;
        let fixed = [
            ("X-Content-Type-Options", Some("nosniff")),
            ("X-Frame-Options", Some(self.frame_options)),
            ("Referrer-Policy", Some(self.referrer_policy)),
            ("Content-Security-Policy", self.content_security_policy),
        ];
        for (name, value) in fixed {
            if let Some(value) = value
                && !response.has_header(name)
            {
                response.append_header(name, value);
            }
        }
        if let Some(seconds) = self.hsts
            && !response.has_header("Strict-Transport-Security")
        {
            response.append_header(
                "Strict-Transport-Security",
                format_args!("max-age={seconds}"),
            );
        }
    }
}
