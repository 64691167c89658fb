//! hyper at its leanest: a current-thread runtime per worker, a listener each
//! (the kernel's hash picks one), pipelined answers flushed together, and no
//! timer, hence no timeouts.

use std::convert::Infallible;
use std::io;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use peer_common::{Arguments, HELLO};
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::LocalSet;

fn main() {
    let arguments = Arguments::read();
    let workers: Vec<_> = (0..arguments.workers)
        .map(|_| std::thread::spawn(move || work(arguments)))
        .collect();
    for worker in workers {
        worker
            .join()
            .expect("no worker panics")
            .expect("the worker serves until it is ended");
    }
}

fn work(arguments: Arguments) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    LocalSet::new().block_on(&runtime, serve(listen(arguments, &runtime)?))
}

fn listen(arguments: Arguments, runtime: &tokio::runtime::Runtime) -> io::Result<TcpListener> {
    let _guard = runtime.enter();
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.set_reuseport(true)?;
    socket.bind(arguments.address)?;
    socket.listen(1024)
}

async fn serve(listener: TcpListener) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::task::spawn_local(async move {
            // A connection that fails ends; there is nobody to tell.
            let _ = http1::Builder::new()
                .pipeline_flush(true)
                .serve_connection(TokioIo::new(stream), service_fn(answer))
                .await;
        });
    }
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (status, body) = match request.uri().path() {
        "/" => (StatusCode::OK, Bytes::from_static(HELLO.as_bytes())),
        "/fibonacci" => (StatusCode::OK, peer_common::fibonacci().into()),
        _ => (StatusCode::NOT_FOUND, Bytes::new()),
    };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    Ok(response)
}
