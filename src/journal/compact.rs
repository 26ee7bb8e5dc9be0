//! Reduces a log to one line per record, dropping every line that a later one replaces.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;

use super::Record;

/// The merge of all lines of each record, in the order in which the records first appear. It can replace those lines in
/// any further merge. `before_merge` gets what was merged so far and the line to be merged.
pub(crate) fn merge_lines<R: Record>(
    lines: impl IntoIterator<Item = R>,
    mut before_merge: impl FnMut(&R, &R),
) -> Vec<R> {
    let mut places: HashMap<R::Id, usize, RandomState> = HashMap::default();
    let mut merged: Vec<R> = Vec::new();
    for line in lines {
        match places.entry(line.id()) {
            Entry::Vacant(place) => {
                place.insert(merged.len());
                merged.push(line);
            }
            Entry::Occupied(place) => {
                let Some(whole) = merged.get_mut(*place.get()) else { continue };
                before_merge(whole, &line);
                whole.merge(line);
            }
        }
    }
    merged
}
