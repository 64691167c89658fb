//! `may_minihttp` as its examples show it: a stackful coroutine per connection.
//!
//! It knows neither `Connection: close` nor chunked bodies, and checks neither
//! Host nor limits: what it saves there should be borne in mind.

use std::io;

use may_minihttp::{HttpServer, HttpService, Request, Response};
use peer_common::{Arguments, HELLO};

#[derive(Clone)]
struct Hello;

impl HttpService for Hello {
    fn call(&mut self, request: Request, response: &mut Response) -> io::Result<()> {
        response.header("Content-Type: text/plain");
        match request.path() {
            "/" => response.body(HELLO),
            "/fibonacci" => response.body_vec(peer_common::fibonacci().into_bytes()),
            _ => {
                response.status_code(404, "Not Found");
            }
        }
        Ok(())
    }
}

fn main() -> io::Result<()> {
    let arguments = Arguments::read();
    may::config().set_workers(arguments.workers);
    HttpServer(Hello)
        .start(arguments.address)?
        .join()
        .map_err(|_| io::Error::other("the accepting coroutine panicked"))
}
