//! `guards`: who is let in, and what the layers add.

use crate::program::Program;

#[test]
fn only_the_admin_is_let_in() {
    let guards = Program::start(env!("CARGO_BIN_EXE_guards"), &["--threads", "1"]);
    for (path, key, status, body) in [
        ("/", "", 200, "open to all\n"),
        ("/admin/notes", "", 401, "401 Unauthorized\n"),
        ("/admin/notes", "of-bob", 403, "403 Forbidden\n"),
        ("/admin/notes", "of-ada", 200, "nobody else may read this\n"),
        ("/refused", "", 200, "2"),
    ] {
        let answer = guards.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\nX-Request-Id: mine\r\n\
             Connection: close\r\n\r\n"
        ));
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{answer}");
        assert!(answer.contains("\r\nX-Request-Id: mine\r\n"), "{answer}");
        assert!(
            answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"),
            "{answer}"
        );
    }
    let stored = guards.send(
        "PUT /admin/notes/7 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer of-ada\r\nContent-Length: 3\r\n\
         Connection: close\r\n\r\nabc",
    );
    assert!(stored.ends_with("note 7: 3 bytes\n"), "{stored}");
    // Not even asked for.
    let refused = guards.send(
        "PUT /admin/notes/7 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\
         Connection: close\r\n\r\n",
    );
    assert!(refused.starts_with("HTTP/1.1 401 "), "{refused}");
    assert_eq!(guards.stop("-TERM").code(), Some(0));
}
