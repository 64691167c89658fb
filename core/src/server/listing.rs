//! The routes of a server, told to people.
//!
//! Owns where they are told: on standard output if that is asked for, and in the
//! log when a server starts. Refuses to lay them out, which `routing::list` does.

use std::io::{self, Write};

use crate::error::{Error, Result};
use crate::routing::list::RouteList;
use crate::routing::route::RouteInfo;
use crate::routing::set::RouteSet;

/// Prints the routes of a set on standard output, as [`RouteList`] shows them:
/// what [`run`](crate::run) does for `--routes`, for programs with arguments of
/// their own.
///
/// ```
/// use tramline::{route, routes};
///
/// #[route("/")]
/// fn index() {}
///
/// routes! { App: index }
///
/// fn main() -> tramline::Result {
///     if std::env::args().nth(1).as_deref() == Some("routes") {
///         return tramline::print_routes(App);
///     }
/// #   Ok(())
/// #   /*
///     tramline::Server::new(App).run()
/// #   */
/// }
/// ```
///
/// # Errors
///
/// If standard output cannot be written to. A reader that has seen enough, such
/// as `head`, is none.
pub fn print_routes<R: RouteSet>(_: R) -> Result {
    print(R::ROUTES)
}

/// [`print_routes`] of routes whose set is not known.
pub(super) fn print(routes: &[RouteInfo]) -> Result {
    match write!(io::stdout(), "{}", RouteList::new(routes)) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(Error::output),
    }
}

/// Tells the log what is served, a route at a time.
pub(super) fn log(routes: &[RouteInfo]) {
    const TARGET: &str = "tramline::routes";
    if log::log_enabled!(target: TARGET, log::Level::Info) {
        for line in RouteList::new(routes).to_string().lines() {
            log::info!(target: TARGET, "{line}");
        }
    }
}
