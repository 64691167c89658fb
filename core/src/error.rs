//! Why a server did not start, or did not end well.
//!
//! Owns the wording: one line each that says what, where, what was expected
//! and how to mend it. Refuses errors of single requests and connections,
//! which never end a server.

use core::fmt;
use std::error::Error as StdError;
use std::io;

/// The result of [`run`](crate::run) and its relatives.
pub type Result<T = (), E = Error> = core::result::Result<T, E>;

/// Why a server did not start, or did not end well.
///
/// `Debug` prints the same line as `Display`, so that a `main` that returns it
/// says what is wrong rather than how the error is laid out.
///
/// ```
/// # use tramline::{Server, route, routes};
/// # #[route("/")]
/// # fn index() -> &'static str { "Hello, World!" }
/// let error = Server::new(routes![index]).threads(0).start().unwrap_err();
/// assert_eq!(format!("{error:?}"), error.to_string());
/// ```
pub struct Error {
    message: String,
    source: Option<io::Error>,
}

impl Error {
    fn new(message: String, source: Option<io::Error>) -> Self {
        Self { message, source }
    }

    /// `expected` lists the arguments there are.
    pub(crate) fn unknown_argument(argument: &str, expected: &str) -> Self {
        Self::new(
            format!("unknown argument `{argument}`: expected {expected}"),
            None,
        )
    }

    pub(crate) fn missing_value(argument: &str, expected: &str) -> Self {
        Self::new(
            format!("argument `{argument}` has no value: expected {expected} after it"),
            None,
        )
    }

    /// `origin` is an argument or a variable of the environment.
    pub(crate) fn bad_value(origin: &str, value: &str, expected: &str) -> Self {
        Self::new(
            format!("`{origin}` is `{value}`: expected {expected}"),
            None,
        )
    }

    pub(crate) fn no_threads() -> Self {
        let hint = "give at least 1, or leave the number out to use every core";
        Self::new(format!("cannot serve with 0 threads: {hint}"), None)
    }

    /// `setting` is a method of `Limits`.
    pub(crate) fn bad_limit(setting: &str, value: &str, expected: &str) -> Self {
        Self::new(
            format!("`Limits::{setting}` is {value}: expected {expected}"),
            None,
        )
    }

    pub(crate) fn address(address: &str, source: io::Error) -> Self {
        let message = if source.kind() == io::ErrorKind::InvalidInput {
            format!(
                "`{address}` is no address to listen on: expected `ADDRESS:PORT` or `PORT`, as in `127.0.0.1:8080`"
            )
        } else {
            format!(
                "cannot find the address of `{address}`: {}: give it as a number, as in `127.0.0.1:8080`",
                plain(&source)
            )
        };
        Self::new(message, Some(source))
    }

    pub(crate) fn listen(address: &str, source: io::Error) -> Self {
        let hint = match source.kind() {
            io::ErrorKind::AddrInUse => {
                ": stop the other program or choose another address with `--listen`"
            }
            io::ErrorKind::AddrNotAvailable => {
                ": choose an address of this machine with `--listen`"
            }
            io::ErrorKind::PermissionDenied => ": choose a port from 1024 up with `--listen`",
            _ => "",
        };
        Self::new(
            format!("cannot listen on `{address}`: {}{hint}", plain(&source)),
            Some(source),
        )
    }

    pub(crate) fn signals(source: io::Error) -> Self {
        Self::new(
            format!("cannot watch for signals: {}", plain(&source)),
            Some(source),
        )
    }

    pub(crate) fn output(source: io::Error) -> Self {
        Self::new(
            format!("cannot print the routes: {}", plain(&source)),
            Some(source),
        )
    }

    /// A thread of ours could not start, or failed later.
    pub(crate) fn thread(name: &str, source: io::Error) -> Self {
        Self::new(
            format!("thread `{name}` failed: {}", plain(&source)),
            Some(source),
        )
    }

    /// `cause` ended the server, and not every connection had finished in time.
    pub(crate) fn cut(cause: &str, cut: usize) -> Self {
        let connections = counted(cut, "connection was", "connections were");
        let hint = "to give them more time, set `--shutdown-grace`";
        Self::new(
            format!("{cause}: {connections} cut before the last request had its answer: {hint}"),
            None,
        )
    }

    /// Some threads did not end, so their connections cannot be counted.
    pub(crate) fn stuck(cause: &str, stuck: usize) -> Self {
        let threads = counted(stuck, "thread is", "threads are");
        Self::new(
            format!(
                "{cause}: {threads} still in a handler: send long work to a pool, as with `smol::unblock`"
            ),
            None,
        )
    }
}

/// The number with the right form of the noun.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The system's own words, without the number and the capital.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_lowercase().chain(characters).collect())
        .unwrap_or_default()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::io::{self, ErrorKind};

    use super::Error;

    #[test]
    fn messages_say_what_where_and_how_to_mend_it() {
        let system = |kind: ErrorKind| io::Error::from(kind);
        let rows = [
            (
                Error::listen("127.0.0.1:8080", system(ErrorKind::AddrInUse)),
                "cannot listen on `127.0.0.1:8080`: address in use: stop the other program or choose another \
                 address with `--listen`",
            ),
            (
                Error::listen("0.0.0.0:80", system(ErrorKind::PermissionDenied)),
                "cannot listen on `0.0.0.0:80`: permission denied: choose a port from 1024 up with `--listen`",
            ),
            (
                Error::address("nowhere", system(ErrorKind::InvalidInput)),
                "`nowhere` is no address to listen on: expected `ADDRESS:PORT` or `PORT`, as in `127.0.0.1:8080`",
            ),
            (
                Error::bad_limit("head_bytes", "0", "256 to 1048576 bytes"),
                "`Limits::head_bytes` is 0: expected 256 to 1048576 bytes",
            ),
            (
                Error::thread("tramline-1", io::Error::other("Panicked: oh")),
                "thread `tramline-1` failed: panicked: oh",
            ),
            (
                Error::cut("stopped by SIGTERM", 1),
                "stopped by SIGTERM: 1 connection was cut before the last request had its answer: to give them more \
                 time, set `--shutdown-grace`",
            ),
            (
                Error::stuck("SIGINT", 2),
                "SIGINT: 2 threads are still in a handler: send long work to a pool, as with `smol::unblock`",
            ),
        ];
        for (error, message) in rows {
            assert_eq!(error.to_string(), message);
            assert_eq!(format!("{error:?}"), message, "what `main` prints");
        }
    }

    #[test]
    fn the_words_of_the_system_lose_their_number_and_the_source_keeps_it() {
        let error = Error::signals(io::Error::from_raw_os_error(24));
        let source = error.source().unwrap().to_string();
        assert!(source.ends_with("(os error 24)"), "{source}");
        assert!(
            error.to_string().starts_with("cannot watch for signals: "),
            "{error}"
        );
        assert!(!error.to_string().contains("os error"), "{error}");
    }
}
