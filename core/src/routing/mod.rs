//! The table: which routes there are, that they do not contradict each other,
//! and which of them a request takes.
//!
//! Owns route descriptions, the proofs made when the program compiles, and the
//! look-up. Refuses to know handlers: a look-up gives the number of a handler,
//! and `handler` knows what to call. Below it is only `http`.
//!
//! In the order in which a table comes to be: `route` describes one, `marker`
//! brings it from its function, `entries`
//! numbers those of a set, `overlap` and `proof` show that no two contradict
//! each other, `tracks` and `laying` make the trie of them, `set` says when, `table`
//! looks a request up in it (`whole_paths`, `trie`, `word`; `find` where it is
//! constant), `owner` says in which set a miss is, `link` goes the way back, `list`
//! shows them.

pub(crate) mod captures;
pub(crate) mod entries;
pub(crate) mod find;
pub(crate) mod laying;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod marker;
pub(crate) mod message;
pub(crate) mod overlap;
pub(crate) mod owner;
pub(crate) mod pattern;
pub(crate) mod proof;
#[cfg(test)]
pub(crate) mod random;
#[cfg(test)]
mod random_requests;
#[cfg(test)]
pub(crate) mod reference;
pub(crate) mod route;
pub(crate) mod set;
pub(crate) mod table;
pub(crate) mod tracks;
pub(crate) mod trie;
pub(crate) mod whole_paths;
pub(crate) mod word;

// What the expansion of `routes!` and `#[route]` names.
pub use crate::routing::captures::Captures;
pub use crate::routing::entries::{
    Entry, Mounted, first_number, own_count, own_routes, pattern_bytes, route_count,
};
pub use crate::routing::find::find_rest;
pub use crate::routing::laying::{Trie, lay};
pub use crate::routing::link::{Link, Sought, place};
pub use crate::routing::marker::{Route, Unrouted, is_route};
pub use crate::routing::message::{Problem, reject};
pub use crate::routing::proof::{Finding, SOUND, findings, mount_conflict};
pub use crate::routing::route::{FALLBACK, RouteInfo};
pub use crate::routing::set::{Joined, KeyOf, Whole, routes_of};
pub use crate::routing::table::{Allow, Table};
