//! What a response may want to know of its request.
//!
//! Owns the two things that only errors ask for: whether the peer prefers JSON,
//! and which route it was. Refuses to work any of it out before it is asked:
//! each request stores where to look, and most never look.

use crate::http::accept::prefers_json;
use crate::http::head::Head;
use crate::routing::table::Table;

/// The request, seen from its response.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'r> {
    pub(crate) head: &'r Head<'r>,
    /// The table of the set that is served.
    pub(crate) table: &'static Table,
    /// The handler that was found.
    pub(crate) number: Option<usize>,
}

impl Asked<'_> {
    /// Whether the peer prefers JSON to text.
    pub(crate) fn prefers_json(&self) -> bool {
        let fields = self.head.fields.iter();
        prefers_json(
            fields
                .filter(|field| field.name.eq_ignore_ascii_case("accept"))
                .map(|field| field.value),
        )
    }

    /// The name of the handler.
    pub(crate) fn route(&self) -> Option<&'static str> {
        self.table.name(self.number?)
    }
}
