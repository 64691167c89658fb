//! Cookies that a test's client keeps from one answer to the next request, with
//! the feature `cookie`.
//!
//! Owns which are kept, for how long and for which paths
//! ([RFC 6265, section 5](https://www.rfc-editor.org/rfc/rfc6265#section-5)). Refuses to
//! know hosts and ports: there is one server, and it is asked as over TLS.

use core::cell::RefCell;
use std::time::{Duration, SystemTime};

use cookie::Cookie;

use crate::testing::Client;
use crate::testing::reply::Reply;

impl Client {
    /// Keeps the cookies that answers set, and sends them with the requests
    /// that follow, as a browser does: by their paths, until they expire or are
    /// removed. A request with a `Cookie` of its own sends that alone.
    ///
    /// `Domain` and `Secure` do not matter: there is one host, which is asked as
    /// over TLS.
    ///
    /// ```
    /// use tramline::testing::Client;
    /// use tramline::{Cookies, Responder, route, routes};
    ///
    /// #[route(POST, "/login")]
    /// fn login() -> impl Responder {
    ///     ([("Set-Cookie", "user=Ada; HttpOnly; Path=/")], "welcome")
    /// }
    ///
    /// #[route("/")]
    /// fn index(cookies: Cookies<'_>) -> String {
    ///     cookies.get("user").map_or("nobody".to_owned(), |user| user.value().to_owned())
    /// }
    ///
    /// let client = Client::new(routes![login, index]).with_cookies();
    /// client.get("/").send().assert_text("nobody");
    /// client.post("/login").send();
    /// client.get("/").send().assert_text("Ada");
    /// client.get("/").header("Cookie", "user=Eve").send().assert_text("Eve");
    /// ```
    #[must_use]
    pub fn with_cookies(mut self) -> Self {
        self.jar = Some(RefCell::default());
        self
    }

    /// What to send with a request for this target.
    pub(super) fn cookies_for(&self, target: &str) -> Option<String> {
        let jar = self.jar.as_ref()?.borrow();
        let cookies = jar.cookies_for(path_of(target), SystemTime::now());
        (!cookies.is_empty()).then_some(cookies)
    }

    /// Keeps what the answer to a request for this target sets.
    pub(super) fn keep_cookies(&self, target: &str, reply: &Reply) {
        let Some(jar) = &self.jar else { return };
        for (name, value) in reply.headers() {
            if name.eq_ignore_ascii_case("set-cookie") {
                jar.borrow_mut()
                    .keep(value, path_of(target), SystemTime::now());
            }
        }
    }
}

fn path_of(target: &str) -> &str {
    target.split_once('?').map_or(target, |(path, _)| path)
}

/// Cookies, those with the longest paths first.
#[derive(Default)]
pub(super) struct Jar(Vec<Kept>);

struct Kept {
    name: String,
    value: String,
    /// It is sent to what is below.
    path: String,
    /// `None`: when the client is gone.
    expires: Option<SystemTime>,
}

impl Jar {
    /// Takes a `Set-Cookie` of the answer to a request for `path`. What is none
    /// is passed over.
    fn keep(&mut self, set_cookie: &str, path: &str, now: SystemTime) {
        let Ok(cookie) = Cookie::parse(set_cookie) else {
            return;
        };
        let path = match cookie.path() {
            Some(path) if path.starts_with('/') => path,
            _ => folder_of(path),
        };
        self.0
            .retain(|kept| kept.name != cookie.name() || kept.path != path);
        let expires = expires(&cookie, now);
        if expires.is_some_and(|expires| expires <= now) {
            return;
        }
        let at = self.0.partition_point(|kept| kept.path.len() >= path.len());
        let kept = Kept {
            name: cookie.name().to_owned(),
            value: cookie.value().to_owned(),
            path: path.to_owned(),
            expires,
        };
        self.0.insert(at, kept);
    }

    /// The value of `Cookie` in a request for `path`.
    fn cookies_for(&self, path: &str, now: SystemTime) -> String {
        let sent = self.0.iter().filter(|kept| {
            let is_fresh = kept.expires.is_none_or(|expires| expires > now);
            is_fresh && is_below(path, &kept.path)
        });
        let pairs: Vec<_> = sent
            .map(|kept| format!("{}={}", kept.name, kept.value))
            .collect();
        pairs.join("; ")
    }
}

/// When it is no cookie any more; `Max-Age` goes before `Expires`.
fn expires(cookie: &Cookie<'_>, now: SystemTime) -> Option<SystemTime> {
    match cookie.max_age() {
        // Less than nothing is no time at all, and more than there is no end.
        Some(age) => now.checked_add(Duration::try_from(age).unwrap_or_default()),
        None => cookie.expires_datetime().map(SystemTime::from),
    }
}

/// The path of a cookie that names none.
fn folder_of(path: &str) -> &str {
    match path.rfind('/') {
        None | Some(0) => "/",
        Some(end) => &path[..end],
    }
}

/// Whether a cookie for `folder` is sent to `path`.
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::Jar;

    #[test]
    fn cookies_are_sent_where_and_while_they_should_be() {
        let mut jar = Jar::default();
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for (set, path) in [
            ("a=1", "/"),
            ("b=2; Path=/x; Max-Age=9223372036854775807", "/"),
            ("c=3; Max-Age=60", "/x/y"),
            // Its own folder, since that is no path.
            ("d=4; Path=x", "/z/y"),
            ("a=inner", "/x/y/z"),
            ("e=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "/"),
            ("f=6; Expires=Fri, 31 Dec 2100 00:00:00 GMT; Max-Age=0", "/"),
            (
                "g=\"7\"; Max-Age=-1; Max-Age=120; Secure; Domain=a.example",
                "/",
            ),
            ("=none", "/"),
            ("", "/"),
        ] {
            jar.keep(set, path, now);
        }
        let later = now + Duration::from_secs(90);
        for (path, time, expected) in [
            ("/", now, "a=1; g=\"7\""),
            ("/xy", now, "a=1; g=\"7\""),
            ("/x", now, "b=2; c=3; a=1; g=\"7\""),
            ("/x/", now, "b=2; c=3; a=1; g=\"7\""),
            ("/x/y/", now, "a=inner; b=2; c=3; a=1; g=\"7\""),
            ("/z/z", now, "d=4; a=1; g=\"7\""),
            ("/x", later, "b=2; a=1; g=\"7\""),
            ("/", now + Duration::from_secs(120), "a=1"),
        ] {
            assert_eq!(jar.cookies_for(path, time), expected, "{path}");
        }
        jar.keep("a=0; Path=/", "/x/y", now);
        jar.keep("g=; Max-Age=0", "/", now);
        jar.keep("b=; Path=/x; Max-Age=0", "/", now);
        assert_eq!(jar.cookies_for("/x", now), "c=3; a=0");
    }
}
