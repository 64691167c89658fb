//! Routes side by side, divided by what comes next in their patterns.
//!
//! Owns how far the pattern of each route was laid, and which routes agree so
//! far. Refuses to know nodes' places, which are `laying`'s.
//!
//! All routes are divided by method, those of one method by the next step of
//! their patterns, and so on; those without parameters are left out.
//!
//! Const evaluation takes a microsecond for a call, and longer where types are
//! generic: hence the plain loops over slices.

use crate::routing::route::RouteInfo;
use crate::routing::trie::Step;
use crate::routing::word::{label, label_len};

/// A route that is being laid.
#[derive(Clone, Copy)]
pub(crate) struct Track<'r> {
    pub(crate) route: u16,
    pattern: &'r [u8],
    /// How far it was laid; behind the end once the slash is, that is thought to
    /// follow the pattern.
    at: usize,
    /// What comes there, and where that ends.
    step: Step,
    to: usize,
}

impl Track<'_> {
    pub(crate) const BLANK: Self = Self {
        route: 0,
        pattern: &[],
        at: 0,
        step: Step::Parameter,
        to: 0,
    };
}

/// Tracks that agree so far: a node whose children are still to be laid.
#[derive(Clone, Copy)]
pub(crate) struct Range {
    /// Which tracks.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// What leads to the node.
    pub(crate) step: Step,
    /// How far from the first place that a child can have.
    pub(crate) offset: usize,
    /// Where its label seems to be looked for: its [`Step::offset`]. The only
    /// literal of a node has a place of its own.
    pub(crate) home: usize,
    /// Whether another child of the same parent before it has the same offset.
    pub(crate) chained: bool,
    /// Whether it is the only literal below its parent.
    pub(crate) is_only: bool,
    /// Where in the array the node lies.
    pub(crate) slot: usize,
}

impl Range {
    pub(crate) const BLANK: Self = Self {
        start: 0,
        end: 0,
        step: Step::Parameter,
        offset: 0,
        home: 0,
        chained: false,
        is_only: false,
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
            ..Track::BLANK
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

/// Moves the routes without parameters, which are [`whole`](crate::routing::whole_paths)
/// paths, to the start of the range, and gives where the others start.
pub(crate) const fn divide_by_kind(
    routes: &[RouteInfo],
    tracks: &mut [Track<'_>],
    mut start: usize,
    end: usize,
) -> usize {
    let mut index = start;
    while index < end {
        if routes[tracks[index].route as usize].is_whole() {
            (tracks[start], tracks[index]) = (tracks[index], tracks[start]);
            start += 1;
        }
        index += 1;
    }
    start
}

/// Takes the tracks of a range that have ended out of it: gives where the
/// others start, and a route that has ended. (In a set that passes its proofs
/// there is at most one.) Notes the next step of the others.
pub(crate) const fn take_ended(
    tracks: &mut [Track<'_>],
    mut start: usize,
    end: usize,
) -> (usize, Option<u16>) {
    let mut ended = None;
    let mut index = start;
    while index < end {
        let track = tracks[index];
        if track.at > track.pattern.len() {
            ended = Some(track.route);
            (tracks[start], tracks[index]) = (tracks[index], tracks[start]);
            start += 1;
        } else {
            (tracks[index].step, tracks[index].to) = step(track.pattern, track.at);
        }
        index += 1;
    }
    (start, ended)
}

/// Takes the parameter that comes next in all of `start..end`, if one does.
pub(crate) const fn take_parameter(tracks: &mut [Track<'_>], start: usize, end: usize) -> bool {
    let mut index = start;
    while index < end {
        if !matches!(tracks[index].step, Step::Parameter) {
            return false;
        }
        index += 1;
    }
    let mut index = start;
    while index < end {
        tracks[index].at = tracks[index].to;
        index += 1;
    }
    start < end
}

/// What comes next in a pattern, and where that ends.
const fn step(pattern: &[u8], at: usize) -> (Step, usize) {
    if at < pattern.len() && pattern[at] == b'{' {
        let mut end = at + 1;
        while pattern[end] != b'}' {
            end += 1;
        }
        let step = match pattern[at + 1] {
            b'*' => Step::CatchAll,
            _ => Step::Parameter,
        };
        // Behind the brace and the slash.
        return (step, end + 2);
    }
    let mut bytes = [b'/'; 8];
    let mut len = 0;
    while len < bytes.len() && at + len < pattern.len() {
        bytes[len] = pattern[at + len];
        len += 1;
    }
    let (_, rest) = pattern.split_at(if at < pattern.len() {
        at
    } else {
        pattern.len()
    });
    let label = label(u64::from_le_bytes(bytes), rest);
    (Step::Literal(label), at + label_len(label))
}

/// Pushes one range for each of the steps that come next in `start..end`, and
/// lays them; gives the new depth of the stack.
pub(crate) const fn divide(
    tracks: &mut [Track<'_>],
    mut start: usize,
    all: usize,
    ranges: &mut [Range],
    mut depth: usize,
) -> usize {
    let mut taken = [false; OFFSETS];
    let (mut literals, mut literal) = (0, depth);
    while start < all {
        let step = tracks[start].step;
        tracks[start].at = tracks[start].to;
        let (mut end, mut index) = (start + 1, start + 1);
        while index < all {
            if tracks[index].step.is(step) {
                tracks[index].at = tracks[index].to;
                if index != end {
                    (tracks[end], tracks[index]) = (tracks[index], tracks[end]);
                }
                end += 1;
            }
            index += 1;
        }
        let offset = step.offset() as usize;
        ranges[depth] = Range {
            start,
            end,
            step,
            offset,
            home: offset,
            chained: taken[offset],
            is_only: false,
            slot: 0,
        };
        taken[offset] = true;
        if let Step::Literal(_) = step {
            (literals, literal) = (literals + 1, depth);
        }
        depth += 1;
        start = end;
    }
    if literals == 1 {
        ranges[literal].offset = Step::FIRST as usize;
        ranges[literal].is_only = true;
    }
    depth
}

/// How many [`Step::offset`]s there are.
pub(crate) const OFFSETS: usize = Step::FIRST as usize + 256;

pub(crate) const fn narrow(number: usize) -> u16 {
    assert!(
        number < 65_000,
        "a set has less than 65,000 routes and nodes: mount less in it"
    );
    let [low, high, ..] = number.to_le_bytes();
    u16::from_le_bytes([low, high])
}
