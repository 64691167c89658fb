// The type of a parameter parses from a segment.

use tramline::route;

struct Year(u16);

#[route("/archive/{year}")]
fn archive(year: Year) -> u16 {
    year.0
}

#[route("/pages/{number}")]
fn page(number: &u32) -> u32 {
    *number
}

fn main() {}
