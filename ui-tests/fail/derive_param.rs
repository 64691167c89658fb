// What one segment cannot be: the message is where the mistake is, and comes
// alone, also if a handler takes the type.

use tramline::{FromParam, ToParam, route};

#[derive(FromParam)]
struct Nothing;

#[derive(FromParam)]
struct Pair(u8, u8);

#[derive(FromParam, ToParam)]
enum Shape {
    Circle,
    Square { side: u32 },
}

#[derive(FromParam)]
enum Order {
    Newest,
    #[param("newest")]
    Latest,
}

#[derive(FromParam)]
enum Never {}

#[derive(FromParam)]
union Bits {
    float: f32,
    number: u32,
}

#[derive(FromParam)]
struct Two<'a, 'b>((&'a str, &'b str));

#[derive(FromParam)]
#[param(form_str)]
struct Slip(u8);

#[derive(FromParam)]
struct Renamed(#[param("other")] u8);

#[derive(FromParam)]
enum Variant {
    #[param(from_str)]
    One,
}

#[derive(FromParam)]
enum Empty {
    #[param("")]
    One,
}

#[route("/{shape}/{order}")]
fn draw(shape: Shape, order: Order) {
    let _ = (shape, order);
}

fn main() {}
