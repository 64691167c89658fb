//! `docs/routing.md` quotes messages that are.

use std::fs;
use std::path::Path;

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

#[test]
fn quoted_messages_are_pinned() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/routing.md");
    let guide = fs::read_to_string(guide).expect("the guide is there");
    let (_, said) = guide
        .split_once("## What the compiler says")
        .expect("the section is there");
    let pinned = pinned();
    let quoted: Vec<String> = said
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "))
        .map(|(message, _)| message.replace("shop::", "$CRATE::"))
        .filter(|message| message != "error")
        .collect();
    assert!(quoted.len() > 60, "{} messages", quoted.len());
    let unknown: Vec<_> = quoted
        .iter()
        .filter(|message| !pinned.contains(message))
        .collect();
    assert!(unknown.is_empty(), "no case says {unknown:#?}");
}
