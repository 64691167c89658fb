//! Runs every example as its user would.

mod blocking;
mod errors;
mod events;
mod exhaustion;
mod guards;
mod hello;
mod modules;
#[allow(dead_code, reason = "it serves the tests of the application, too")]
mod program;
mod state;
mod streaming;

/// The table of README.md has every example, and the application that is a package of
/// its own, and no other.
#[test]
fn every_example_is_listed() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let programs = std::fs::read_dir(root.join("src/bin")).expect("the programs");
    let mut programs: Vec<String> = programs
        .map(|program| {
            let path = program.expect("a program").path();
            let stem = path.file_stem().expect("a name");
            stem.to_string_lossy().into_owned()
        })
        .collect();
    programs.push("shortener".to_owned());
    programs.sort_unstable();

    let readme = std::fs::read_to_string(root.join("../README.md")).expect("README.md");
    let (_, table) = readme.split_once("| program |").expect("the table");
    let rows = table.lines().skip(2).take_while(|row| !row.is_empty());
    let mut listed: Vec<&str> = rows
        .filter_map(|row| row.strip_prefix("| `")?.split('`').next())
        .collect();
    listed.sort_unstable();
    assert_eq!(listed, programs);
}
