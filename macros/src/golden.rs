//! Golden expansions: what users see in `cargo expand`.
//!
//! Owns the comparison of `ui-tests/expand/NAME.expanded.rs` with what the
//! macros make of `NAME.rs` beside it, and of the examples. With
//! `TRYBUILD=overwrite` in the environment the files are written instead, as
//! those of the other ui-tests are.

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, File, Item};

use crate::signature::Attached;
use crate::span::regroup;
use crate::{catch, expand, guard, routes, text, url};

#[test]
fn expansions_are_those_shown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace is above");
    let shown = root.join("ui-tests/expand");
    let mut sources = vec![root.join("examples/src/bin/hello.rs")];
    sources.extend(
        fs::read_dir(&shown)
            .expect("the folder is there")
            .map(|entry| entry.expect("an entry").path()),
    );
    sources.retain(|path| !path.to_string_lossy().ends_with(".expanded.rs"));
    assert!(sources.len() > 4, "{sources:?}");
    let differing: Vec<PathBuf> = sources
        .into_iter()
        .filter(|source| !is_shown(source, &shown))
        .collect();
    assert!(
        differing.is_empty(),
        "{differing:?} expand to something else now: see above, `TRYBUILD=overwrite` accepts"
    );
}

/// The README shows parts of an expansion, indented as they stand alone.
#[test]
fn the_readme_shows_what_is_made() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace is above");
    let read = |name: &str| {
        let text = fs::read_to_string(root.join(name)).expect("the file can be read");
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        lines.join("\n")
    };
    let (readme, golden) = (read("README.md"), read("ui-tests/expand/hello.expanded.rs"));
    let blocks: Vec<&str> = readme
        .split("```rust,ignore\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("\n```"))
        .map(|(block, _)| block)
        .collect();
    assert_eq!(blocks.len(), 3);
    for block in blocks {
        assert!(golden.contains(block), "no longer made: {block}");
    }
}

fn is_shown(source: &Path, shown: &Path) -> bool {
    let text = fs::read_to_string(source).expect("a source can be read");
    let name = source
        .file_stem()
        .expect("a file has a name")
        .to_string_lossy();
    let golden = shown.join(format!("{name}.expanded.rs"));
    let expanded = prettyplease::unparse(&expand_file(&text));
    if env::var_os("TRYBUILD").is_some_and(|value| value == "overwrite") {
        fs::write(&golden, &expanded).expect("a golden file can be written");
    }
    let same = fs::read_to_string(&golden).is_ok_and(|golden| golden == expanded);
    if !same {
        eprintln!("{} expands to\n\n{expanded}", source.display());
    }
    same
}

fn expand_file(source: &str) -> File {
    let file: File = syn::parse_str(source).expect("the source parses");
    let items = file.items.into_iter().map(expand_item);
    let mut expanded: File = syn::parse2(items.collect()).expect("the expansion parses");
    expanded.attrs = file.attrs;
    expanded
}

fn expand_item(mut item: Item) -> TokenStream {
    if let Item::Mod(module) = &mut item {
        let (_, items) = module.content.take().expect("an inline module");
        let items: TokenStream = items.into_iter().map(expand_item).collect();
        let (visibility, name) = (&module.vis, &module.ident);
        return quote::quote!(#visibility mod #name { #items });
    }
    let attached = attributes(&mut item).and_then(|attributes| {
        let mut ours = attributes.iter().map(Attached::of);
        let at = ours.position(|attached| attached.is_some())?;
        let attribute = attributes.remove(at);
        let args = attribute.meta.require_list();
        let args = args.map(|list| list.tokens.clone()).unwrap_or_default();
        Some((Attached::of(&attribute)?, args))
    });
    let item = expand_calls(item.into_token_stream());
    match attached {
        Some((Attached::Route, args)) => expand::expand(args, item),
        Some((Attached::Guard, args)) => guard::expand(&args, item),
        Some((Attached::Catch, args)) => catch::expand(&args, item),
        None => item,
    }
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Fn(function) => Some(&mut function.attrs),
        Item::Const(constant) => Some(&mut constant.attrs),
        _ => None,
    }
}

/// Replaces `routes!`, `text!` and `url!` wherever they are called.
fn expand_calls(tokens: TokenStream) -> TokenStream {
    let mut expanded = Vec::<TokenTree>::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            expanded.push(token);
            continue;
        };
        let expand: Option<fn(TokenStream) -> TokenStream> = match &*expanded {
            [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if mark.as_char() == '!' => {
                match &*name.to_string() {
                    "routes" => Some(routes::expand),
                    "text" => Some(text::expand),
                    "url" => Some(url::expand),
                    _ => None,
                }
            }
            _ => None,
        };
        match expand {
            Some(expand) => {
                expanded.truncate(expanded.len() - 2);
                expanded.extend(expand(group.stream()));
            }
            None => expanded.push(regroup(&group, expand_calls(group.stream()))),
        }
    }
    expanded.into_iter().collect()
}
