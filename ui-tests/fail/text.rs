// Mistakes in a format string are told by the compiler, at the user's own
// text, as for `format!`.

use tramline::text;

struct Opaque;

fn main() {
    let _ = text!();
    let _ = text!("{} of {}", 1);
    let _ = text!("{}", 1, 2);
    let _ = text!("{unknown}");
    let _ = text!("{", 1);
    let _ = text!("{}", Opaque);
    let _ = text!("{}" 1);
}
