//! `errors`: which errors are caught, and which are not.

use crate::program::Program;

#[test]
fn a_page_for_what_is_caught_and_own_words_for_the_rest() {
    let errors = Program::start(env!("CARGO_BIN_EXE_errors"), &["--threads", "1"]);
    for (method, path, status, body) in [
        ("GET", "/withdraw/30", 200, "70 left\n"),
        ("GET", "/withdraw/130", 409, "30 missing\n"),
        ("GET", "/withdraw/0", 422, "nothing to withdraw\n"),
        ("GET", "/parse/7", 200, "7\n"),
        (
            "GET",
            "/parse/seven",
            500,
            "<h1>500 Internal Server Error</h1>",
        ),
        ("GET", "/teapot", 418, "<h1>418</h1>"),
        ("GET", "/panic", 500, "<h1>500 Internal Server Error</h1>"),
        (
            "GET",
            "/<script>",
            404,
            "There is no <code>/&lt;script&gt;</code>.",
        ),
        (
            "GET",
            "/withdraw/many",
            404,
            "There is no <code>/withdraw/many</code>.",
        ),
        ("GET", "/search?page=2", 200, "page 2\n"),
        (
            "GET",
            "/search",
            400,
            "<p>the query does not fit: missing field `page`",
        ),
        (
            "GET",
            "/search?page=%3Cb%3E",
            400,
            "<p>the query does not fit",
        ),
        ("POST", "/", 405, "<h1>405 Method Not Allowed</h1>"),
    ] {
        let answer = errors.ask(method, path, "");
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        assert!(answer.body.contains(body), "{path}: {answer:?}");
        assert!(
            path != "/parse/seven" || !answer.body.contains("invalid digit"),
            "{answer:?}"
        );
        if status == 405 {
            assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"));
        }
    }
    assert_eq!(errors.stop("-TERM").code(), Some(0));
}
