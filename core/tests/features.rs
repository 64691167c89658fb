//! The table of features in the crate's documentation: all of them, and what they
//! bring on Linux.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::process::Command;
use std::{env, fs};

/// A row of the table.
struct Feature {
    name: String,
    is_default: bool,
    brings: BTreeSet<String>,
}

fn documented() -> Vec<Feature> {
    let folder = env!("CARGO_MANIFEST_DIR");
    let docs = fs::read_to_string(format!("{folder}/src/lib.rs")).expect("the crate root");
    let rows = docs
        .lines()
        .skip_while(|line| *line != "//! | feature | default | gives | brings |")
        .skip(2)
        .map_while(|line| line.strip_prefix("//! | "));
    rows.map(|row| {
        let cells: Vec<&str> = row.split(" | ").collect();
        let [name, default, _, brings] = cells[..] else {
            panic!("four cells: {row}");
        };
        Feature {
            name: name.trim_matches('`').to_owned(),
            is_default: default == "yes",
            brings: brings
                .trim_end_matches(" |")
                .split(", ")
                .map(|name| name.trim_matches('`').to_owned())
                .collect(),
        }
    })
    .collect()
}

/// The crates that `tramline` is built from with these features only.
fn crates(features: &str) -> BTreeSet<String> {
    let output = Command::new(env::var_os("CARGO").expect("cargo runs tests"))
        .args(["tree", "--locked", "-p", "tramline", "-e", "normal"])
        .args(["--prefix", "none", "--format", "{p}"])
        .args(["--no-default-features", "--features", features])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let tree = String::from_utf8(output.stdout).expect("text");
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

#[test]
fn each_feature_is_documented_with_the_crates_it_brings() {
    let bare = crates("");
    for feature in documented() {
        let with: BTreeSet<String> = crates(&feature.name).difference(&bare).cloned().collect();
        assert_eq!(feature.brings, with, "{}", feature.name);
    }
}

#[test]
fn the_table_has_all_features() {
    let manifest = include_str!("../Cargo.toml");
    let (_, section) = manifest.split_once("[features]\n").expect("features");
    let (section, _) = section.split_once("\n\n").expect("more sections");
    let mut lines = section.lines().filter(|line| !line.starts_with('#'));
    let defaults = lines.next().expect("the default");
    let names: Vec<&str> = lines
        .filter_map(|line| Some(line.split_once(" = ")?.0))
        .collect();
    let documented = documented();
    let rows: Vec<&str> = documented.iter().map(|row| &*row.name).collect();
    assert_eq!(rows, names);
    for row in &documented {
        let is_default = defaults.contains(&format!("\"{}\"", row.name));
        assert_eq!(row.is_default, is_default, "{}", row.name);
    }
}
