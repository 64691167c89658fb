//! Routes as people read them: a line each, in columns.
//!
//! Owns the layout. Refuses to sort: the order of a set is part of what there
//! is to see. `server::listing` prints and logs it.

use core::fmt;

use crate::routing::route::RouteInfo;

/// Routes to be shown: method, pattern, function and guards of each on a line
/// of its own, in columns, in their order.
///
/// A `blocking` one is marked so.
///
/// A program that is run by [`run`](crate::run) prints that of its set, and
/// ends, when it is called with `--routes`; [`print_routes`](crate::print_routes) does
/// the same. What a server serves is logged line by line when it starts.
///
/// ```
/// use tramline::{RouteList, route, routes};
///
/// mod users {
///     use tramline::{Request, guard, route, routes};
///
///     #[route("/{id}")]
///     fn show(id: u32) -> String {
///         format!("user {id}")
///     }
///
///     #[guard]
///     fn is_admin(request: Request<'_>) -> bool {
///         request.header("authorization") == Some(b"Bearer of-an-admin")
///     }
///
///     #[route(DELETE, "/{id}", guard = is_admin)]
///     fn remove(id: u32) {
///         let _ = id;
///     }
///
///     routes! { pub Routes: show, remove }
/// }
///
/// #[route("/")]
/// fn index() {}
///
/// routes! { App: index, "/users" => users::Routes }
///
/// let shown = RouteList::new(App::ROUTES).to_string();
/// let paths: Vec<_> = shown.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
/// assert_eq!(paths, ["/", "/users/{id}", "/users/{id}"]);
/// ```
///
/// ```text
/// GET     /            shop::index
/// GET     /users/{id}  shop::users::show
/// DELETE  /users/{id}  shop::users::remove, guarded by shop::users::is_admin
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RouteList<'a> {
    routes: &'a [RouteInfo],
}

impl<'a> RouteList<'a> {
    /// Shows these routes: those of a set, or a choice of them.
    pub const fn new(routes: &'a [RouteInfo]) -> Self {
        Self { routes }
    }
}

impl fmt::Display for RouteList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |text: fn(&RouteInfo) -> &str| {
            let widths = self.routes.iter().map(|route| text(route).chars().count());
            widths.max().unwrap_or(0)
        };
        let methods = width(|route| route.method().as_str());
        let patterns = width(RouteInfo::pattern);
        for route in self.routes {
            let (method, pattern) = (route.method().as_str(), route.pattern());
            let blocking = if route.is_blocking() {
                ", blocking"
            } else {
                ""
            };
            write!(
                f,
                "{method:methods$}  {pattern:patterns$}  {}{blocking}",
                route.name()
            )?;
            if !route.guards().is_empty() {
                write!(f, ", guarded by {}", route.guards().join(", "))?;
            }
            f.write_str("\n")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::RouteList;
    use crate::http::method::Method;
    use crate::routing::route::RouteInfo;

    #[test]
    fn columns_are_as_wide_as_their_widest() {
        let routes = [
            RouteInfo::new(Method::Get, "/größe/{in}", "a::size"),
            RouteInfo::new(Method::Extension("PROPFIND"), "/", "b").guarded(&["g", "a::h"]),
            RouteInfo::new(Method::Any, "/files/{*path}", "a::c::files").run_as(true),
        ];
        for (count, expected) in [
            (0, ""),
            (1, "GET  /größe/{in}  a::size\n"),
            (
                3,
                "GET       /größe/{in}     a::size\n\
                 PROPFIND  /               b, guarded by g, a::h\n\
                 ANY       /files/{*path}  a::c::files, blocking\n",
            ),
        ] {
            assert_eq!(RouteList::new(&routes[..count]).to_string(), expected);
        }
    }
}
