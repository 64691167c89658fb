// A state is a struct with named fields, each of a type of its own.

use tramline::{PerWorker, State};

struct Cache;

#[derive(State)]
struct Twice {
    name: String,
    cache: PerWorker<Cache>,
    version: String,
    other: Cache,
}

#[derive(State)]
struct Generic<T> {
    db: T,
}

#[derive(State)]
struct Tuple(Cache);

#[derive(State)]
struct Unit;

#[derive(State)]
enum Either {
    Left,
    Right,
}

fn main() {}
