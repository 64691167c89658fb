//! `streaming`: bodies in pieces, in both directions.

use crate::program::Program;

#[test]
fn bodies_go_in_and_out_in_pieces() {
    let streaming = Program::start(env!("CARGO_BIN_EXE_streaming"), &["--threads", "1"]);

    let checksum = streaming.ask("PUT", "/checksum", "foobar");
    assert_eq!(
        (checksum.status, &*checksum.body),
        (200, "6 bytes, FNV-1a 85944171f73967e8\n")
    );
    let large = "x".repeat(4 << 20);
    let checksum = streaming.ask("PUT", "/checksum", &large);
    assert!(checksum.body.starts_with("4194304 bytes, "), "{checksum:?}");

    let numbers = streaming.get("/numbers/3");
    assert_eq!(numbers.header("transfer-encoding"), Some("chunked"));
    assert_eq!(numbers.header("content-length"), None);
    assert_eq!(numbers.body, "0006\r\n1\n2\n3\n\r\n0\r\n\r\n");
    let many = streaming.send("GET /numbers/100000 HTTP/1.0\r\n\r\n");
    assert!(many.ends_with("\n99999\n100000\n"), "ends otherwise");

    let echo = streaming.ask("POST", "/echo", "hello");
    assert_eq!(echo.body, "0005\r\nhello\r\n0\r\n\r\n");

    assert_eq!(streaming.stop("-TERM").code(), Some(0));
}
