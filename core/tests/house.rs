//! The house: imports point one way, and no file outgrows a reader.
//!
//! The tables are those of ARCHITECTURE.md. Reads the sources, so it holds for
//! every configuration at once.

use std::fs;
use std::path::{Path, PathBuf};

/// A module may use those before it, and itself.
const CORE: [&str; 7] = [
    "http",
    "routing",
    "handler",
    "connection",
    "runtime",
    "server",
    "testing",
];
/// `server` is more than one file at the top.
const TOP: [&str; 4] = ["config", "error", "fuzzing", "server"];
/// The macro crate: entry points, emitters, the model, the parsers, helpers.
const MACROS: [&[&str]; 8] = [
    &["percent", "span", "suggest"],
    &["argument"],
    &["args", "marker", "pattern", "signature"],
    &[
        "answer",
        "fallback",
        "list",
        "one_body",
        "parameter",
        "route",
    ],
    &["around", "call"],
    &["dispatch"],
    &[
        "catch",
        "derive_param",
        "derive_request",
        "derive_responder",
        "derive_state",
        "expand",
        "guard",
        "routes",
        "text",
        "url",
    ],
    &["lib", "golden"],
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder of the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The code of a file without its tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source");
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let code = code.split("#[cfg(all(test").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The modules named after `crate::` in `code`.
fn used(code: &str) -> Vec<&str> {
    code.split("crate::")
        .skip(1)
        .map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
        })
        .collect()
}

fn is_test(path: &Path) -> bool {
    path.ends_with("tests.rs")
        || path
            .components()
            .any(|component| component.as_os_str() == "tests")
        || path.ends_with("fuzzing.rs")
        || path.ends_with("connection/properties.rs")
        || path.ends_with("golden.rs")
}

#[test]
fn the_library_imports_in_one_direction() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rank = |module: &str| {
        let module = if TOP.contains(&module) {
            "server"
        } else {
            module
        };
        CORE.iter().position(|&known| known == module)
    };
    let mut checked = 0;
    for path in sources(&root)
        .into_iter()
        .filter(|path| !is_test(path) && !path.ends_with("lib.rs"))
    {
        let own = path
            .strip_prefix(&root)
            .expect("below the root")
            .components()
            .next()
            .expect("a name");
        let own = own
            .as_os_str()
            .to_str()
            .expect("UTF-8")
            .trim_end_matches(".rs");
        let own_rank =
            rank(own).unwrap_or_else(|| panic!("{}: `{own}` is not in the table", path.display()));
        for module in used(&code(&path)) {
            let used_rank = rank(module).unwrap_or_else(|| {
                panic!(
                    "{}: `crate::{module}` is imported through the root",
                    path.display()
                )
            });
            assert!(
                used_rank <= own_rank,
                "{}: `{own}` must not use `{module}`",
                path.display()
            );
            checked += 1;
        }
    }
    assert!(
        checked > 50,
        "only {checked} imports were found: does this test still read them?"
    );
}

#[test]
fn the_macros_import_in_one_direction() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../macros/src");
    let rank = |module: &str| MACROS.iter().position(|level| level.contains(&module));
    let mut checked = 0;
    for path in sources(&root).into_iter().filter(|path| !is_test(path)) {
        let own = path.file_stem().expect("a name").to_str().expect("UTF-8");
        let own_rank = rank(own).unwrap_or_else(|| panic!("macros: `{own}` is not in the table"));
        for module in used(&code(&path)) {
            let used_rank =
                rank(module).unwrap_or_else(|| panic!("macros: `crate::{module}` in `{own}`"));
            assert!(
                used_rank < own_rank || module == own,
                "macros: `{own}` must not use `{module}`"
            );
            checked += 1;
        }
    }
    assert!(
        checked > 10,
        "only {checked} imports were found: does this test still read them?"
    );
}

#[test]
fn every_file_opens_with_its_head_and_stays_readable() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "../macros/src"] {
        for path in sources(&root.join(folder)) {
            let text = fs::read_to_string(&path).expect("a source");
            assert!(
                text.starts_with("//!"),
                "{} has no module head",
                path.display()
            );
            let lines = code(&path)
                .lines()
                .filter(|line| !line.trim().is_empty())
                .count();
            assert!(
                lines <= 400,
                "{} has {lines} lines of code: split it",
                path.display()
            );
        }
    }
}

#[test]
fn unsafe_code_is_in_one_module() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "../macros/src"] {
        for path in sources(&root.join(folder)) {
            let allowed = path.ends_with("runtime/poller/portable.rs");
            let code = code(&path);
            let found = code.contains("unsafe {") || code.contains("allow(unsafe_code)");
            assert!(allowed || !found, "{} has unsafe code", path.display());
        }
    }
}

/// The quoted words of a text, `{a,b}` in them spelt out.
fn quoted(text: &str) -> Vec<String> {
    let words = text.split('`').skip(1).step_by(2);
    words
        .flat_map(|word| match word.split_once('{') {
            Some((start, rest)) => {
                let (names, end) = rest.split_once('}').unwrap_or((rest, ""));
                let names = names.split(',');
                names.map(|name| format!("{start}{name}{end}")).collect()
            }
            None => vec![word.to_owned()],
        })
        .collect()
}

#[test]
fn the_files_that_the_documents_name_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut checked = 0;
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"] {
        let text = fs::read_to_string(root.join(document)).expect("a document");
        for path in quoted(&text) {
            let is_source = Path::new(&path).extension().is_some_and(|end| end == "rs");
            let is_path = path.ends_with('/') || is_source && path.contains('/');
            if is_path && !path.contains(' ') {
                assert!(
                    root.join(&path).exists(),
                    "{document}: there is no `{path}`"
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 50, "only {checked} paths were found");
}

#[test]
fn the_table_of_the_macros_is_that_of_the_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("the document");
    let row = text
        .lines()
        .find(|line| line.starts_with("| `tramline-macros` (`macros/`) | "))
        .expect("a row for the macros");
    // A test is no part of the house.
    for name in MACROS.concat().into_iter().filter(|&name| name != "golden") {
        assert!(
            row.contains(&format!("`{name}`")),
            "ARCHITECTURE.md does not name `{name}` of `macros/`"
        );
    }
}
