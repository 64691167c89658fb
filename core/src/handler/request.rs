//! The request as a handler may ask for it.
//!
//! Owns [`Request`], a small `Copy` view. Refuses to own any bytes: the head
//! lies in the connection's input buffer, which is lent for as long as the
//! handler runs.

use std::net::SocketAddr;

use crate::handler::asked::Asked;
use crate::handler::incoming::Incoming;
use crate::http::fields::Version;
use crate::http::method::Method;
use crate::http::target;
use crate::routing::route::RouteInfo;
use crate::routing::table::Table;

/// A request: the head as it was received, and the way to its body.
///
/// Any handler may take one as an argument.
///
/// ```
/// use tramline::{Request, route};
///
/// #[route("/agent")]
/// fn agent(request: Request<'_>) -> String {
///     let agent = request.header("user-agent").unwrap_or(b"nobody");
///     format!("{} asked with {}\n", String::from_utf8_lossy(agent), request.method())
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Request<'r> {
    asked: &'r Asked<'r>,
}

impl<'r> Request<'r> {
    #[inline]
    pub(crate) fn new(asked: &'r Asked<'r>) -> Self {
        Self { asked }
    }

    /// The method.
    pub fn method(&self) -> Method<'r> {
        self.asked.head.method
    }

    /// The target as sent: `/path?query`; or `http://host/path?query`, which
    /// clients send to a proxy; or `*`, of the server as a whole
    /// ([RFC 9112, section 3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2)).
    pub fn target(&self) -> &'r str {
        self.asked.head.target
    }

    /// The path, which starts with `/`, as sent: percent-encoding untouched.
    pub fn path(&self) -> &'r str {
        self.asked.head.path
    }

    /// What follows the first `?` of the target, as sent; `None` without one.
    pub fn query(&self) -> Option<&'r str> {
        self.asked.head.query
    }

    /// The host that is asked, and its port, as sent: `example.org:8080`. It is that
    /// of a target in the form `http://host/path`, which counts even if the Host
    /// field has another, or else that of the Host field
    /// ([RFC 9112, sections 3.2.2 and 3.3](https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2),
    /// [RFC 9110, section 7.2](https://www.rfc-editor.org/rfc/rfc9110#section-7.2)).
    ///
    /// `None` for an HTTP/1.0 request that names none; empty if the Host field is.
    /// It is looked up when it is asked for.
    ///
    /// ```
    /// use tramline::testing::Client;
    /// use tramline::{Request, Status, route, routes};
    ///
    /// #[route("/")]
    /// fn index(request: Request<'_>) -> Result<String, Status> {
    ///     Ok(request.host().ok_or(Status::BAD_REQUEST)?.to_owned())
    /// }
    ///
    /// let client = Client::new(routes![index]);
    /// client.get("/").header("Host", "a:80").send().assert_text("a:80");
    /// client.get("http://b/").header("Host", "a:80").send().assert_text("b");
    /// ```
    pub fn host(&self) -> Option<&'r str> {
        let field = || str::from_utf8(self.header("host")?).ok();
        target::authority(self.target()).or_else(field)
    }

    /// The protocol version.
    pub fn version(&self) -> Version {
        self.asked.head.version
    }

    /// The address of the peer, which may be a proxy; `None` for a request of the
    /// [test client](crate::testing) that has no socket.
    pub fn peer_addr(&self) -> Option<SocketAddr> {
        self.asked
            .addresses
            .as_ref()
            .map(|addresses| addresses.peer)
    }

    /// The address that the peer is connected to; `None` as for
    /// [`peer_addr`](Self::peer_addr).
    pub fn local_addr(&self) -> Option<SocketAddr> {
        self.asked
            .addresses
            .as_ref()
            .map(|addresses| addresses.local)
    }

    /// The value of the first header with this name, in any case; surrounding
    /// white space removed.
    pub fn header(&self, name: &str) -> Option<&'r [u8]> {
        self.asked
            .head
            .fields
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))
            .map(|field| field.value)
    }

    /// The headers in the order they came.
    pub fn headers(&self) -> impl Iterator<Item = (&'r str, &'r [u8])> + use<'r> {
        self.asked
            .head
            .fields
            .iter()
            .map(|field| (field.name, field.value))
    }

    /// The route that was found; `None` for a request that no route takes, which
    /// only [layers](crate::Layer) and catchers see.
    ///
    /// It is looked up when it is asked for.
    pub fn route(&self) -> Option<&'static RouteInfo> {
        self.asked.route()
    }

    /// What the path has for this parameter of the route's pattern, as sent:
    /// percent-encoding untouched. `None` if the pattern has none of this name, or
    /// no [route](Self::route) was found.
    ///
    /// An argument of the same name is how a handler gets one of its own
    /// parameters. This is for those of the prefix that its set is mounted under,
    /// which it does not know, and for guards, layers and extractors. It is looked
    /// up when it is asked for.
    ///
    /// ```
    /// use tramline::testing::Client;
    /// use tramline::{FromParam, FromRequest, Request, Status, route, routes};
    ///
    /// /// The organisation whose routes these are.
    /// struct Org(String);
    ///
    /// impl<'r> FromRequest<'r> for Org {
    ///     type State = ();
    ///     type Rejection = Status;
    ///
    ///     async fn from_request(request: Request<'r>, (): ()) -> Result<Self, Status> {
    ///         let org = request.parameter("org").map(String::from_param);
    ///         org.and_then(Result::ok).map(Self).ok_or(Status::NOT_FOUND)
    ///     }
    /// }
    ///
    /// #[route("/users/{id}")]
    /// fn show(org: Org, id: u64) -> String {
    ///     format!("user {id} of {}", org.0)
    /// }
    ///
    /// routes! { Users: show }
    /// routes! { App: "/orgs/{org}" => Users }
    ///
    /// let client = Client::new(App);
    /// client.get("/orgs/R%26D/users/7").send().assert_text("user 7 of R&D");
    /// ```
    pub fn parameter(&self, name: &str) -> Option<&'r str> {
        self.asked.parameter(name)
    }

    /// The parameter that is `back`-th from the end of the pattern.
    pub(crate) fn capture(self, back: usize) -> &'r str {
        self.asked.captures.from_end(self.asked.head.path, back)
    }

    /// The table of the set that is served.
    pub(crate) fn table(self) -> &'static Table {
        self.asked.table
    }

    pub(crate) fn incoming(self) -> &'r dyn Incoming {
        self.asked.incoming
    }
}

impl core::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method())
            .field("path", &self.path())
            .field("query", &self.query())
            .finish_non_exhaustive()
    }
}
