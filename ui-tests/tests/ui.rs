//! Programs that must compile and messages that must not change.
//!
//! Runs on the compiler of `rust-toolchain.toml` only: the wording of the
//! compiler's own messages, and what it shows of const panics, differ between
//! versions. `TRYBUILD=overwrite cargo test -p tramline-ui-tests` accepts what
//! changed.

use std::process::Command;

const PINNED: &str = "1.95.0";

#[test]
fn messages_and_forms() {
    let version = Command::new("rustc")
        .arg("--version")
        .output()
        .expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout);
    if !version.contains(PINNED) {
        eprintln!("skipped: the messages are those of rustc {PINNED}, this is {version}");
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    cases.compile_fail("fail/*.rs");
}
