//! The last-writer-wins register: a value with the stamp of who wrote it last.
//!
//! The larger stamp wins, and of equal stamps the larger canonical bytes (compact JSON with sorted keys). That is a full
//! order that every machine computes alike, so merging is commutative, associative and idempotent.

use std::cmp::Ordering;

use super::Stamp;

/// A value, and when and where it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register<T> {
    /// The value.
    pub value: T,
    /// The stamp; none if it was never written, or by a program without stamps. None sorts before every stamp.
    pub at: Option<Stamp>,
}

impl<T: PartialEq> Register<T> {
    /// Takes over `other` if it was written later. Returns whether anything changed.
    pub(crate) fn merge(&mut self, other: Self, canonical: impl Fn(&T) -> Vec<u8>) -> bool {
        let changed = later_wins(&mut self.value, other.value, (self.at, other.at), canonical);
        let at = self.at.max(other.at);
        changed | (std::mem::replace(&mut self.at, at) != at)
    }
}

/// Takes over `other` if the second of the `stamps` is later than the first; `canonical` is asked only when they are
/// equal and the values are not. Returns whether it was taken over.
pub(crate) fn later_wins<T: PartialEq, S: Ord + Copy>(
    mine: &mut T,
    other: T,
    stamps: (S, S),
    canonical: impl Fn(&T) -> Vec<u8>,
) -> bool {
    if *mine == other {
        return false;
    }
    let wins = match stamps.1.cmp(&stamps.0) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal => canonical(&other) > canonical(mine),
    };
    if wins {
        *mine = other;
    }
    wins
}
