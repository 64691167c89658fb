//! Status codes ([RFC 9110, section 15](https://www.rfc-editor.org/rfc/rfc9110#section-15)).
//!
//! Owns the codes and their reason phrases. Refuses codes outside 100 to 999:
//! a [`Status`] can always be written as three digits.

use core::fmt;

/// A status code: three digits, the first of them its class.
///
/// ```
/// use tramline::Status;
///
/// assert_eq!(Status::NOT_FOUND.code(), 404);
/// assert_eq!(Status::NOT_FOUND.to_string(), "404 Not Found");
/// assert_eq!(Status::new(418).reason(), "");
/// assert_eq!(Status::new(418).to_string(), "418");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Status(
    /// Between 100 and 999.
    u16,
);

macro_rules! statuses {
    ($($code:literal $name:ident $reason:literal,)*) => {
        impl Status {
            $(
                #[doc = concat!("`", stringify!($code), " ", $reason, "`.")]
                pub const $name: Self = Self($code);
            )*

            /// The reason phrase of a registered code; empty for any other.
            pub const fn reason(self) -> &'static str {
                match self.0 {
                    $($code => $reason,)*
                    _ => "",
                }
            }

            /// The status line of a registered code, `HTTP/1.1 ` and CRLF
            /// included.
            pub(crate) const fn line(self) -> Option<&'static str> {
                match self.0 {
                    $($code => Some(concat!("HTTP/1.1 ", stringify!($code), " ", $reason, "\r\n")),)*
                    _ => None,
                }
            }
        }
    };
}

statuses! {
    100 CONTINUE "Continue",
    101 SWITCHING_PROTOCOLS "Switching Protocols",
    103 EARLY_HINTS "Early Hints",
    200 OK "OK",
    201 CREATED "Created",
    202 ACCEPTED "Accepted",
    203 NON_AUTHORITATIVE_INFORMATION "Non-Authoritative Information",
    204 NO_CONTENT "No Content",
    205 RESET_CONTENT "Reset Content",
    206 PARTIAL_CONTENT "Partial Content",
    300 MULTIPLE_CHOICES "Multiple Choices",
    301 MOVED_PERMANENTLY "Moved Permanently",
    302 FOUND "Found",
    303 SEE_OTHER "See Other",
    304 NOT_MODIFIED "Not Modified",
    307 TEMPORARY_REDIRECT "Temporary Redirect",
    308 PERMANENT_REDIRECT "Permanent Redirect",
    400 BAD_REQUEST "Bad Request",
    401 UNAUTHORIZED "Unauthorized",
    402 PAYMENT_REQUIRED "Payment Required",
    403 FORBIDDEN "Forbidden",
    404 NOT_FOUND "Not Found",
    405 METHOD_NOT_ALLOWED "Method Not Allowed",
    406 NOT_ACCEPTABLE "Not Acceptable",
    407 PROXY_AUTHENTICATION_REQUIRED "Proxy Authentication Required",
    408 REQUEST_TIMEOUT "Request Timeout",
    409 CONFLICT "Conflict",
    410 GONE "Gone",
    411 LENGTH_REQUIRED "Length Required",
    412 PRECONDITION_FAILED "Precondition Failed",
    413 CONTENT_TOO_LARGE "Content Too Large",
    414 URI_TOO_LONG "URI Too Long",
    415 UNSUPPORTED_MEDIA_TYPE "Unsupported Media Type",
    416 RANGE_NOT_SATISFIABLE "Range Not Satisfiable",
    417 EXPECTATION_FAILED "Expectation Failed",
    421 MISDIRECTED_REQUEST "Misdirected Request",
    422 UNPROCESSABLE_CONTENT "Unprocessable Content",
    425 TOO_EARLY "Too Early",
    426 UPGRADE_REQUIRED "Upgrade Required",
    428 PRECONDITION_REQUIRED "Precondition Required",
    429 TOO_MANY_REQUESTS "Too Many Requests",
    431 REQUEST_HEADER_FIELDS_TOO_LARGE "Request Header Fields Too Large",
    451 UNAVAILABLE_FOR_LEGAL_REASONS "Unavailable For Legal Reasons",
    500 INTERNAL_SERVER_ERROR "Internal Server Error",
    501 NOT_IMPLEMENTED "Not Implemented",
    502 BAD_GATEWAY "Bad Gateway",
    503 SERVICE_UNAVAILABLE "Service Unavailable",
    504 GATEWAY_TIMEOUT "Gateway Timeout",
    505 HTTP_VERSION_NOT_SUPPORTED "HTTP Version Not Supported",
    507 INSUFFICIENT_STORAGE "Insufficient Storage",
    511 NETWORK_AUTHENTICATION_REQUIRED "Network Authentication Required",
}

impl Status {
    /// The status with this code.
    ///
    /// # Panics
    ///
    /// If `code` is not between 100 and 999; in a `const`, that is a compile
    /// error.
    pub const fn new(code: u16) -> Self {
        assert!(
            code >= 100 && code <= 999,
            "a status code has three digits: 100 to 999"
        );
        Self(code)
    }

    /// The code, 100 to 999.
    pub const fn code(self) -> u16 {
        self.0
    }

    /// Whether another response follows, which is the answer: 1xx
    /// ([RFC 9110, section 15.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.2)).
    pub(crate) const fn is_interim(self) -> bool {
        self.0 < 200
    }

    /// Whether a response with this status ends with its head: 1xx, 204 and 304
    /// ([RFC 9112, section 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
    pub(crate) const fn ends_with_head(self) -> bool {
        matches!(self.0, 100..=199 | 204 | 304)
    }

    /// Whether a response with this status never has content: these, and 205, which
    /// must say so
    /// ([RFC 9110, section 15.3.6](https://www.rfc-editor.org/rfc/rfc9110#section-15.3.6)).
    pub(crate) const fn forbids_content(self) -> bool {
        self.ends_with_head() || self.0 == 205
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason() {
            "" => write!(f, "{}", self.0),
            reason => write!(f, "{} {reason}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn only_informational_and_three_others_forbid_content() {
        let which = |is: fn(Status) -> bool| -> Vec<u16> {
            let codes = (200..=999).filter(|&code| is(Status::new(code)));
            codes.collect()
        };
        assert_eq!(which(Status::forbids_content), [204, 205, 304]);
        assert_eq!(which(Status::ends_with_head), [204, 304]);
        assert!(Status::CONTINUE.forbids_content() && Status::CONTINUE.ends_with_head());
    }

    #[test]
    fn the_line_of_a_registered_code_is_whole() {
        assert_eq!(Status::OK.line(), Some("HTTP/1.1 200 OK\r\n"));
        assert_eq!(Status::new(299).line(), None);
    }

    #[test]
    #[should_panic(expected = "100 to 999")]
    fn two_digits_are_refused() {
        let _ = Status::new(99);
    }
}
