//! The HTML of the site. Whatever did not come from this file is `Escaped`.

use tramline::{Escaped, Html, url};

use crate::site::{self, Site};
use crate::store::Link;

/// The form, with what was typed, and what is wrong with it.
pub(crate) fn form(typed: &str, wrong: &str) -> Html<String> {
    let (typed, wrong) = (Escaped(typed), Escaped(wrong));
    let action = url!(Site, site::shorten);
    let list = url!(Site, site::list);
    page(
        "Shorten an address",
        &format!(
            r#"<form method=post action="{action}">
<label>Address <input name=target size=60 value="{typed}"></label>
<button>Shorten</button>
</form>
<p role=alert>{wrong}
<p><a href="{list}">All links</a>"#
        ),
    )
}

pub(crate) fn link(link: &Link) -> Html<String> {
    table("A short link", std::slice::from_ref(link))
}

pub(crate) fn list(links: &[Link]) -> Html<String> {
    table("All links", links)
}

fn table(title: &str, links: &[Link]) -> Html<String> {
    let rows: String = links.iter().map(row).collect();
    let index = url!(Site, site::index);
    page(
        title,
        &format!(
            r#"<table>
<tr><th>Link<th>Address<th>Visits
{rows}</table>
<p><a href="{index}">Another</a>"#
        ),
    )
}

fn row(link: &Link) -> String {
    let path = url!(Site, site::follow, code = &link.code);
    let target = Escaped(&link.target);
    let visits = link.visits;
    format!("<tr><td><a href=\"{path}\">{path}</a><td>{target}<td>{visits}\n")
}

/// The content is HTML already.
fn page(title: &str, content: &str) -> Html<String> {
    Html(format!(
        "<!doctype html>
<html lang=en>
<title>{title}</title>
<h1>{title}</h1>
{content}
"
    ))
}
