//! Writes the sets as annotated functions, so that what is measured is what
//! `#[route]` and `routes!` make of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// A few routes of GET as an API has them: a collection and an item, an action,
/// a collection below the item, an item of that.
const RESOURCE: [&str; 5] = ["", "/{id}", "/recent", "/{id}/notes", "/{id}/notes/{note}"];

const RESOURCES: [&str; 10] = [
    "users", "orders", "products", "invoices", "sessions", "teams", "projects", "tickets",
    "comments", "uploads",
];

const MODULES: [&str; 10] = [
    "billing", "support", "catalog", "identity", "search", "reports", "metrics", "shipping",
    "payments", "content",
];

/// `GET /users/{id}` and so on, one per line.
fn five() -> String {
    [
        "/",
        "/fibonacci",
        "/users",
        "/users/{id}",
        "/users/{id}/posts",
    ]
    .map(|pattern| format!("GET {pattern}\n"))
    .concat()
}

fn resources(prefix: &str) -> String {
    let mut list = String::new();
    for resource in RESOURCES {
        for tail in RESOURCE {
            writeln!(list, "GET {prefix}/{resource}{tail}").expect("a string takes it");
        }
    }
    list
}

// Input:  GET /users/{id}
// Output: pub mod five {
//             const LIST: &[(&str, &str)] = &[("GET", "/users/{id}")];
//             #[route(GET, "/users/{id}")] fn r0(id: &str) {}
//             routes! { pub App: r0 }
//         }
fn module(name: &str, list: &str) -> String {
    let routes: Vec<_> = list
        .lines()
        .map(|line| line.split_once(' ').expect("a method and a pattern"))
        .collect();
    let mut text = format!("pub mod {name} {{ use tramline::{{route, routes}};\n");
    writeln!(text, "#[allow(dead_code)] pub const LIST: &[(&str, &str)] = &{routes:?};").expect("a string takes it");
    for (number, (method, pattern)) in routes.iter().enumerate() {
        let arguments: BTreeSet<_> = pattern
            .split(['{', '}'])
            .skip(1)
            .step_by(2)
            .map(|name| format!("{}: &str", name.trim_start_matches('*')))
            .collect();
        let arguments = Vec::from_iter(arguments).join(", ");
        writeln!(
            text,
            "#[allow(unused_variables)] #[route({method}, {pattern:?})] fn r{number}({arguments}) {{}}"
        )
        .expect("a string takes it");
    }
    let names: Vec<_> = (0..routes.len())
        .map(|number| format!("r{number}"))
        .collect();
    writeln!(text, "routes! {{ pub App: {} }} }}", names.join(", ")).expect("a string takes it");
    text
}

// The same routes as of `five_hundred`, each module a set of its own.
// Output: pub mod mounted {
//             const LIST: &[(&str, &str)] = &[..];
//             pub mod billing { .. }
//             tramline::routes! { pub App: "/api/billing" => billing::App }
//         }
fn mounted(list: &str) -> String {
    let (mut sets, mut entries) = (String::new(), String::new());
    for name in MODULES {
        sets += &module(name, &resources(""));
        write!(entries, "\"/api/{name}\" => {name}::App,").expect("a string takes it");
    }
    let routes: Vec<_> = list.lines().filter_map(|line| line.split_once(' ')).collect();
    format!(
        "pub mod mounted {{ pub const LIST: &[(&str, &str)] = &{routes:?}; {sets} tramline::routes! {{ pub App: {entries} }} }}\n"
    )
}

fn main() {
    println!("cargo::rerun-if-changed=github.txt");
    let github = fs::read_to_string("github.txt").expect("the list lies beside this file");
    let hundreds = MODULES
        .map(|module| resources(&format!("/api/{module}")))
        .concat();
    let text = module("five", &five())
        + &module("fifty", &resources(""))
        + &module("github", &github)
        + &module("five_hundred", &hundreds)
        + &mounted(&hundreds);
    let out = env::var_os("OUT_DIR").expect("cargo says where");
    fs::write(Path::new(&out).join("sets.rs"), text).expect("cargo made the folder");
}
