//! `modules`: routes of several modules and of another crate, under prefixes.

use std::process::{Command, Stdio};

use crate::program::Program;

/// All routes of the program, as it shows them.
const ROUTES: &str = "\
GET     /                               modules::INDEX
GET     /routes                         modules::list
GET     /users/{id}                     modules::users::show
PUT     /users/{id}                     modules::users::rename
GET     /orgs/{org}/admin               modules::admin::overview
GET     /orgs/{org}/admin/slow          modules::admin::slow
GET     /orgs/{org}/admin/log           modules::admin::log
DELETE  /orgs/{org}/admin/log/{*entry}  modules::admin::forget
GET     /api                            tramline_examples_library::INDEX
GET     /api/version                    tramline_examples_library::version
GET     /api/books/{isbn}               tramline_examples_library::book
";

#[test]
fn every_module_answers_where_it_is_mounted() {
    let modules = Program::start(env!("CARGO_BIN_EXE_modules"), &["--threads", "1"]);

    for (method, path, body, expected) in [
        ("GET", "/", "", (200, "see /routes\n")),
        ("GET", "/users/42", "", (200, "user 42\n")),
        ("PUT", "/users/42", "Ada", (200, "user 42 is now Ada\n")),
        ("GET", "/users/forty-two", "", (404, "")),
        ("GET", "/users/+42", "", (404, "")),
        ("DELETE", "/users/42", "", (405, "")),
        ("GET", "/orgs/7/admin", "", (200, "overview of 7\n")),
        ("GET", "/orgs/7/admin/", "", (404, "")),
        ("GET", "/orgs/7/admin/slow", "", (200, "at last\n")),
        ("GET", "/orgs/7/admin/log", "", (200, "nothing happened\n")),
        (
            "DELETE",
            "/orgs/7/admin/log/a/b",
            "",
            (202, "a/b is forgotten\n"),
        ),
        ("GET", "/orgs/7", "", (404, "")),
        ("GET", "/api", "", (200, "the library\n")),
        (
            "GET",
            "/api/version",
            "",
            (200, concat!(env!("CARGO_PKG_VERSION"), "\n")),
        ),
        (
            "GET",
            "/api/books/9780131103627",
            "",
            (200, "book 9780131103627\n"),
        ),
        ("GET", "/api/books/0", "", (404, "404 Not Found\n")),
    ] {
        let answer = modules.ask(method, path, body);
        assert_eq!(answer.status, expected.0, "{method} {path}: {answer:?}");
        // The bodies of the server's own answers are not this test's business.
        assert!(
            expected.1.is_empty() || answer.body == expected.1,
            "{method} {path}: {answer:?}"
        );
    }

    assert_eq!(
        modules.ask("DELETE", "/users/42", "").header("allow"),
        Some("GET, HEAD, PUT, OPTIONS")
    );
    assert_eq!(
        modules.get("/orgs/7/admin/log").header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(modules.get("/routes").body, ROUTES);

    assert_eq!(modules.stop("-TERM").code(), Some(0));
}

#[test]
fn it_prints_its_routes_and_serves_none_of_them() {
    let shown = Command::new(env!("CARGO_BIN_EXE_modules"))
        .args(["--routes", "--listen", "127.0.0.1:0"])
        .stdin(Stdio::null())
        .output()
        .expect("the example starts");
    assert!(shown.status.success(), "{shown:?}");
    assert_eq!(String::from_utf8_lossy(&shown.stderr), "");
    assert_eq!(String::from_utf8_lossy(&shown.stdout), ROUTES);
}
