//! `docs/routing.md` quotes messages that are, and leaves none out.

use std::fs;
use std::path::Path;

/// What the cases pin besides: of `text!`, and what the compiler says after a
/// message of ours.
const ELSEWHERE: [&str; 11] = [
    "expected a format string, as in `text!(\"hello {name}\")`: for an empty answer return `()`",
    "2 positional arguments in format string, but there is 1 argument",
    "argument never used",
    "invalid format string: expected `}` but string was terminated",
    "expected `,`",
    "cannot find value `unknown` in this scope",
    "`...` is not supported for non-extern functions",
    "C-variadic functions are unstable",
    "missing pattern for `...` argument",
    "unused variable: `a`",
    "implementation is not supported in `trait`s or `impl`s",
];

/// The messages that the cases pin, without `error[E0080]: ` before them.
fn pinned() -> Vec<String> {
    let folder = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fail"));
    let files = folder.expect("the folder is there").map(|entry| {
        let path = entry.expect("an entry").path();
        fs::read_to_string(path).expect("a case is text")
    });
    let texts: Vec<String> = files.collect();
    let lines = texts.iter().flat_map(|text| text.lines());
    lines
        .filter(|line| line.starts_with("error") || line.starts_with("warning"))
        .filter_map(|line| Some(line.split_once(": ")?.1.to_owned()))
        .collect()
}

/// The messages that the guide quotes.
fn quoted() -> Vec<String> {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/routing.md");
    let guide = fs::read_to_string(guide).expect("the guide is there");
    let (_, said) = guide
        .split_once("## What the compiler says")
        .expect("the section is there");
    said.lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "))
        .map(|(message, _)| message.replace("shop::", "$CRATE::"))
        .filter(|message| message != "error")
        .collect()
}

/// A message without what it quotes of the user's code: the same for each
/// instance of one mistake.
fn shape(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join("``")
}

#[test]
fn quoted_messages_are_pinned() {
    let (pinned, quoted) = (pinned(), quoted());
    assert!(quoted.len() > 100, "{} messages", quoted.len());
    let unknown: Vec<_> = quoted
        .iter()
        .filter(|message| !pinned.contains(message))
        .collect();
    assert!(unknown.is_empty(), "no case says {unknown:#?}");
}

#[test]
fn pinned_messages_are_quoted() {
    let quoted: Vec<String> = quoted().iter().map(|message| shape(message)).collect();
    let missing: Vec<_> = pinned()
        .into_iter()
        .filter(|message| !ELSEWHERE.contains(&&**message))
        .filter(|message| !quoted.contains(&shape(message)))
        .collect();
    assert!(missing.is_empty(), "the guide has no cure for {missing:#?}");
}
