//! `shortener`: two workers and a database, which outlives them.

use std::path::{Path, PathBuf};
use std::{fs, thread};

#[path = "../../tests/examples/program.rs"]
#[allow(dead_code, reason = "it serves the tests of all examples")]
mod program;

use crate::program::{Program, refused};

const SHORTENER: &str = env!("CARGO_BIN_EXE_shortener");
const VARIABLE: &str = "SHORTENER_DATABASE";

fn start(database: &Path) -> Program {
    let variable = (VARIABLE, database.as_os_str());
    Program::start_with(variable, SHORTENER, &["--threads", "2"])
}

fn new_database() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shortener");
    // Of an earlier run.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder.join("links.db")
}

#[test]
fn two_workers_count_every_visit() {
    const PEERS: usize = 4;
    const VISITS: usize = 25;

    let database = new_database();
    let shortener = start(&database);
    let target = "https://www.rust-lang.org/";
    assert_eq!(shortener.ask("PUT", "/rust", target).status, 201);

    let visits = "GET /rust HTTP/1.1\r\nHost: a\r\n\r\n".repeat(VISITS - 1)
        + "GET /rust HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    thread::scope(|scope| {
        // At the same time, so that they are dealt to both.
        for _ in 0..PEERS {
            scope.spawn(|| {
                let answers = shortener.send(&visits);
                let redirects = answers.matches("HTTP/1.1 307 Temporary Redirect\r\n");
                assert_eq!(redirects.count(), VISITS, "{answers}");
            });
        }
    });

    let form = "target=http%3A%2F%2Fexample.com%2F";
    let made = shortener.send(&format!(
        "POST /links HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
        form.len()
    ));
    assert!(made.starts_with("HTTP/1.1 303 See Other\r\n"), "{made}");
    assert_eq!(shortener.stop("-TERM").code(), Some(0));

    let shortener = start(&database);
    let list = shortener.get("/links").body;
    let counted = format!("<td>{target}<td>{}\n", PEERS * VISITS);
    assert!(list.contains(&counted), "{list}");
    assert!(list.contains("<td>http://example.com/<td>0\n"), "{list}");
    assert_eq!(shortener.stop("-TERM").code(), Some(0));
}

#[test]
fn a_database_that_cannot_be_is_known_at_once() {
    let (status, said) = refused(SHORTENER, &[], &[(VARIABLE, "/nowhere/links.db")]);
    assert!(!status.success());
    assert!(said.contains("cannot open the database"), "{said}");
}
