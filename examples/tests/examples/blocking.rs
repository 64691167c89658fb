//! `blocking`: on one worker, nobody waits for the work of others.

use std::thread;
use std::time::{Duration, Instant};

use crate::program::Program;

#[test]
fn a_lone_worker_answers_while_others_work() {
    let program = Program::start(env!("CARGO_BIN_EXE_blocking"), &["--threads", "1"]);
    let work = Duration::from_millis(500);
    thread::scope(|scope| {
        let start = Instant::now();
        let slow = ["/thumbnails/3", "/thumbnails/4", "/later"];
        let slow = slow.map(|path| {
            let program = &program;
            scope.spawn(move || (program.get(path).body, start.elapsed()))
        });
        thread::sleep(Duration::from_millis(50));
        // They have begun; none has taken the worker.
        assert_eq!(program.get("/quick").body, "at once\n");
        let quick = start.elapsed();
        let slow = slow.map(|peer| peer.join().expect("it is answered"));
        assert!(slow.iter().all(|(_, took)| *took >= work && *took > quick));
        let bodies = slow.map(|(body, _)| body);
        assert_eq!(bodies, ["thumbnail 3\n", "thumbnail 4\n", "later\n"]);
    });
    assert_eq!(program.stop("-TERM").code(), Some(0));
}

#[test]
fn steps_are_handed_over() {
    let program = Program::start(env!("CARGO_BIN_EXE_blocking"), &["--threads", "1"]);
    let files = program.get("/files");
    assert_eq!(files.status, 200);
    assert!(files.body.ends_with(" files here\n"), "{files:?}");
    for number in [7, 8] {
        let answer = program.get(&format!("/tokio/{number}"));
        assert_eq!(answer.body, format!("tokio says {}\n", 2 * number));
    }
    assert_eq!(program.stop("-TERM").code(), Some(0));
}
