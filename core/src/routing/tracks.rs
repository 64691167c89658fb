//! Routes side by side, divided by what comes next in their patterns.
//!
//! Owns how far the pattern of each route was laid, and which routes agree so
//! far. Refuses to know nodes' places, which are `laying`'s.
//!
//! All routes are divided by method, those of one method by the next byte of
//! their patterns, and so on.
//!
//! Const evaluation takes a microsecond for a call, and longer where types are
//! generic: hence the plain loops over slices.

use crate::routing::pattern::{CATCH_ALL, PARAMETER};
use crate::routing::route::RouteInfo;
use crate::routing::trie::Node;

/// A route that is being laid.
#[derive(Clone, Copy)]
pub(crate) struct Track<'r> {
    pub(crate) route: u16,
    pattern: &'r [u8],
    /// How far it was laid.
    at: usize,
    /// What comes there: a literal byte, [`PARAMETER`] or [`CATCH_ALL`].
    pub(crate) symbol: u8,
}

impl Track<'_> {
    pub(crate) const BLANK: Self = Self {
        route: 0,
        pattern: &[],
        at: 0,
        symbol: 0,
    };
}

/// Tracks that agree so far: a node whose children are still to be laid.
#[derive(Clone, Copy)]
pub(crate) struct Range {
    /// Which tracks.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The symbol that leads to the node.
    pub(crate) symbol: u8,
    /// Where in the array the node lies.
    pub(crate) slot: usize,
}

impl Range {
    pub(crate) const BLANK: Self = Self {
        start: 0,
        end: 0,
        symbol: 0,
        slot: 0,
    };
}

/// Starts the tracks, and makes one range of each method; gives how many.
pub(crate) const fn divide_by_method<'r>(
    routes: &'r [RouteInfo],
    tracks: &mut [Track<'r>],
    ranges: &mut [Range],
) -> usize {
    let mut index = 0;
    while index < routes.len() {
        // The roots stand for the first slash.
        tracks[index] = Track {
            route: narrow(index),
            pattern: routes[index].pattern().as_bytes(),
            at: 1,
            symbol: 0,
        };
        index += 1;
    }
    let (mut start, mut count) = (0, 0);
    while start < tracks.len() {
        let route = &routes[tracks[start].route as usize];
        let (mut end, mut at) = (start + 1, start + 1);
        while at < tracks.len() {
            let other = &routes[tracks[at].route as usize];
            if other.sketch.may_share_method(route.sketch) && other.method().same(route.method()) {
                (tracks[end], tracks[at]) = (tracks[at], tracks[end]);
                end += 1;
            }
            at += 1;
        }
        ranges[count] = Range {
            start,
            end,
            ..Range::BLANK
        };
        count += 1;
        start = end;
    }
    count
}

/// Takes the tracks of a range that have ended out of it: gives where the
/// others start, and a route that has ended. (In a set that passes its proofs
/// there is at most one.) Notes the next symbol of the others.
pub(crate) const fn take_ended(
    tracks: &mut [Track<'_>],
    mut start: usize,
    end: usize,
) -> (usize, Option<u16>) {
    let mut ended = None;
    let mut index = start;
    while index < end {
        let Track {
            route, pattern, at, ..
        } = tracks[index];
        if at == pattern.len() {
            ended = Some(route);
            (tracks[start], tracks[index]) = (tracks[index], tracks[start]);
            start += 1;
        } else if pattern[at] != b'{' {
            tracks[index].symbol = pattern[at];
        } else {
            tracks[index].symbol = if pattern[at + 1] == b'*' {
                CATCH_ALL
            } else {
                PARAMETER
            };
        }
        index += 1;
    }
    (start, ended)
}

/// Whether a slash comes before all parameters and catch-alls that follow in a
/// range, and is theirs: if only one literal shares it, or none, it does not
/// need a node of its own, which would be one more for a walk to visit.
pub(crate) const fn take_slash(tracks: &mut [Track<'_>], start: usize, end: usize) -> bool {
    let (mut literal, mut found) = (None, false);
    let mut index = start;
    while index < end {
        let Track {
            pattern,
            at,
            symbol,
            ..
        } = tracks[index];
        if symbol == PARAMETER || symbol == CATCH_ALL {
            return false;
        }
        if symbol == b'/' {
            let next = if at + 1 < pattern.len() {
                pattern[at + 1]
            } else {
                b'/'
            };
            if next == b'{' {
                found = true;
            } else if let Some(literal) = literal
                && literal != next
            {
                return false;
            } else {
                literal = Some(next);
            }
        }
        index += 1;
    }
    let mut index = start;
    while found && index < end {
        let Track {
            pattern,
            at,
            symbol,
            ..
        } = tracks[index];
        if symbol == b'/' && at + 1 < pattern.len() && pattern[at + 1] == b'{' {
            tracks[index].symbol = if pattern[at + 2] == b'*' {
                CATCH_ALL
            } else {
                PARAMETER
            };
        }
        index += 1;
    }
    found
}

/// Pushes one range of each symbol that comes next in `start..end`; gives the
/// new depth of the stack.
pub(crate) const fn divide(
    tracks: &mut [Track<'_>],
    mut start: usize,
    all: usize,
    ranges: &mut [Range],
    mut depth: usize,
) -> usize {
    while start < all {
        let symbol = tracks[start].symbol;
        let (mut end, mut index) = (start + 1, start + 1);
        while index < all {
            if tracks[index].symbol == symbol {
                if index != end {
                    (tracks[end], tracks[index]) = (tracks[index], tracks[end]);
                }
                end += 1;
            }
            index += 1;
        }
        ranges[depth] = Range {
            start,
            end,
            symbol,
            slot: 0,
        };
        depth += 1;
        start = end;
    }
    depth
}

/// Lays the parameter or catch-all that comes next in each track of a range.
pub(crate) const fn pass_braces(tracks: &mut [Track<'_>], start: usize, end: usize) {
    let mut index = start;
    while index < end {
        let Track {
            pattern, mut at, ..
        } = tracks[index];
        while pattern[at] != b'}' {
            at += 1;
        }
        tracks[index].at = at + 1;
        index += 1;
    }
}

/// Lays the bytes that come next in all tracks of a range, up to eight, and
/// gives the node that they lead to.
pub(crate) const fn pass_label(tracks: &mut [Track<'_>], start: usize, end: usize) -> Node {
    let Track {
        pattern: label,
        at: from,
        ..
    } = tracks[start];
    let mut len = 1;
    while len < 8 && from + len < label.len() && label[from + len] != b'{' {
        len += 1;
    }
    let mut index = start + 1;
    while index < end {
        let Track { pattern, at, .. } = tracks[index];
        let mut same = 1;
        while same < len && at + same < pattern.len() && pattern[at + same] == label[from + same] {
            same += 1;
        }
        len = same;
        index += 1;
    }
    let mut index = start;
    while index < end {
        tracks[index].at += len;
        index += 1;
    }
    let mut word = 0;
    let mut byte = len;
    while byte > 0 {
        byte -= 1;
        // The walk tells the end of a path by it.
        assert!(label[from + byte] != 0, "a pattern has no zero byte");
        word = word << 8 | label[from + byte] as u64;
    }
    Node::literal(word, len)
}

pub(crate) const fn narrow(number: usize) -> u16 {
    assert!(
        number < 65_000,
        "a set has less than 65,000 routes and nodes: mount less in it"
    );
    let [low, high, ..] = number.to_le_bytes();
    u16::from_le_bytes([low, high])
}
