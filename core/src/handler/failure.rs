//! Failures inside a handler: what the log is told, and the peer is not.
//!
//! Owns the target of these records and the answer to an error that nobody gave
//! an answer, `Box<dyn Error>`. Refuses to send any of it: the peer gets a plain
//! 500.

use core::error::Error;
use core::fmt;

use crate::handler::asked::Asked;
use crate::handler::responder::Responder;
use crate::handler::response::Response;
use crate::http::status::Status;
use crate::routing::route::RouteInfo;

/// The target of the records.
const TARGET: &str = "tramline::handler";

/// Logs what went wrong in the handler of `response`.
#[cold]
pub(crate) fn log(response: &Response<'_>, what: fmt::Arguments<'_>) {
    let route = response.asked().and_then(Asked::route).map(RouteInfo::name);
    log::error!(target: TARGET, "`{}`: {what}", route.unwrap_or("no route"));
}

/// A plain 500; the error, and what it says it came from, is logged at the level
/// error with the route's name.
impl Responder for Box<dyn Error + Send + Sync> {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        fail(&*self, response);
    }
}

/// A plain 500; the error, and what it says it came from, is logged at the level
/// error with the route's name.
impl Responder for Box<dyn Error> {
    fn respond<'w>(self, response: &mut Response<'w>)
    where
        Self: 'w,
    {
        fail(&*self, response);
    }
}

#[cold]
fn fail(error: &dyn Error, response: &mut Response<'_>) {
    log(response, format_args!("{}", Chain(error)));
    response.plain_problem(Status::INTERNAL_SERVER_ERROR);
}

/// An error and its sources.
struct Chain<'e>(&'e dyn Error);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}
