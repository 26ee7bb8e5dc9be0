//! One line a record: what is left of a log when every line that a later one replaces is dropped.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;

use super::Record;

/// The merge of all lines of each record, in the order in which the records first appear, which stands for each of
/// them wherever it is merged. `before_merge` sees what is merged with which line.
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
