//! actix-web as its documentation shows it: one accepting thread deals the
//! connections out to as many single-threaded workers as asked for.

use actix_web::{App, HttpServer, get};
use peer_common::{Arguments, HELLO};

#[get("/")]
async fn hello() -> &'static str {
    HELLO
}

#[get("/fibonacci")]
async fn fibonacci() -> String {
    peer_common::fibonacci()
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let arguments = Arguments::read();
    HttpServer::new(|| App::new().service(hello).service(fibonacci))
        .workers(arguments.workers)
        .bind(arguments.address)?
        .run()
        .await
}
