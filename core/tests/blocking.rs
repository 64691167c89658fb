//! Jobs of blocking handlers that nobody waits for any more: one that has begun
//! runs to its end, one that has not does not begin.

use std::env;
use std::pin::pin;
use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::task::{Context, Waker};
use std::time::Duration;

use tramline::handler::unblock;
use tramline::smol;

const PATIENCE: Duration = Duration::from_secs(20);
/// Bounds the pool, if it is there when that begins: in a process of its own.
const THREADS: &str = "BLOCKING_MAX_THREADS";

/// What a job takes along; says when it is dropped, and panics.
struct Taken(Sender<&'static str>);

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.send("dropped").expect("the test listens");
        panic!("a destructor of a test panics on purpose")
    }
}

#[test]
fn what_nobody_waits_for_does_not_begin() {
    if env::var_os(THREADS).is_none() {
        let output = Command::new(env::current_exe().expect("this test"))
            .env(THREADS, "1")
            .output()
            .expect("this test, again");
        assert!(output.status.success(), "{output:?}");
        return;
    }
    let mut cx = Context::from_waker(Waker::noop());
    let (tell, told) = channel();
    let (go, goes) = channel();
    {
        let taken = Taken(tell.clone());
        let tell = tell.clone();
        let mut begun = pin!(unblock(move || {
            tell.send("begun").expect("the test listens");
            goes.recv_timeout(PATIENCE).expect("the test goes on");
            tell.send("done").expect("the test listens");
        }));
        assert!(begun.as_mut().poll(&mut cx).is_pending());
        assert_eq!(told.recv_timeout(PATIENCE), Ok("begun"));
        // The only thread of the pool is taken.
        let mut waiting = pin!(unblock(move || {
            taken.0.send("late").expect("the test listens");
        }));
        assert!(waiting.as_mut().poll(&mut cx).is_pending());
    }
    go.send(()).expect("the job waits");
    smol::block_on(unblock(move || tell.send("last"))).expect("the test listens");
    let told: Vec<&str> = told.try_iter().collect();
    assert_eq!(told, ["done", "dropped", "last"]);
}
