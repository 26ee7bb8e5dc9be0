//! What of a log has to stay.
//!
//! One line a bookmark is enough: the merge of all its lines, which stands for each of them, wherever it is merged. Two
//! things would be lost with the others, and are not dropped: notes that may have lost to another device's
//! ([`notes`](super::notes)), as long as those are offered; and what undo goes back to, which is the business of the
//! caller, who leaves the last part of a log as it is.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use jiff::Timestamp;

use crate::journal::merge_lines;

use super::notes::OFFERED_MS;
use super::{Bookmark, BookmarkId};

/// The lines that stand for `lines`, the older part of one log, in the order in which their bookmarks first appear.
///
/// Of what was deleted id, stamps and tags are left, and the words, the note and the source are gone.
pub(super) fn compact(lines: Vec<Bookmark>, now: Timestamp) -> Vec<Bookmark> {
    let mut noted: Vec<Bookmark> = Vec::new();
    let offered_since = now.as_millisecond() - OFFERED_MS;
    let merged = merge_lines(lines, |whole, line| {
        if whole.stamps.note != line.stamps.note {
            noted.extend([whole, line].into_iter().filter(|one| one.stamps.note.ms >= offered_since).cloned());
        }
    });
    if !noted.is_empty() {
        let wholes: HashMap<BookmarkId, &Bookmark, RandomState> =
            merged.iter().map(|whole| (whole.id(), whole)).collect();
        // Of several lines with one note, one.
        noted.sort_by_key(|line| (line.id(), line.stamps.note));
        noted.dedup_by_key(|line| (line.id(), line.stamps.note));
        noted.retain(|line| {
            wholes.get(&line.id()).is_some_and(|whole| {
                !whole.is_deleted() && !whole.is_read_only() && whole.stamps.note != line.stamps.note
            })
        });
    }
    let whole = merged.into_iter().map(|line| if line.is_deleted() { line.blanked() } else { line });
    whole.chain(noted).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{DEVICE, revisions, sample, time};
    use super::*;
    use crate::bookmark::{DeviceId, Line, Shelf, read_line};

    fn shelf(lines: &[Bookmark]) -> Shelf {
        let mut shelf = Shelf::default();
        shelf.extend(lines.iter().cloned());
        shelf
    }

    #[test]
    fn a_deleted_bookmark_keeps_its_id_and_stamps_only_and_still_loses_to_a_later_edit() {
        let made = sample(1).with_note("a secret", DEVICE, time(1)).unwrap();
        let elsewhere = made.with_tags(&["kept"], DeviceId::new("b").unwrap(), time(9)).unwrap();
        let gone = made.deleted(DEVICE, time(2)).unwrap();
        let kept = compact(vec![made.clone(), gone.clone()], time(3));
        let [tombstone] = kept.as_slice() else { panic!("{kept:?}") };
        let line = tombstone.to_line();
        for word in ["secret", "sentence", "example.com", "slide", "sha-256"] {
            assert!(!line.contains(word), "{word} is in {line}");
        }
        assert!(tombstone.is_deleted() && tombstone.id() == made.id() && tombstone.stamps == gone.stamps);
        assert_eq!(read_line(line.as_bytes()), Line::Record(Box::new(tombstone.clone())));
        for lines in [[tombstone.clone(), elsewhere.clone()], [elsewhere, tombstone.clone()]] {
            let revived = shelf(&lines);
            let revived = revived.iter().next().unwrap();
            assert_eq!((revived.words(), revived.note()), ("sentence", Some("a secret")));
        }
    }

    #[test]
    fn a_note_that_may_have_lost_stays_for_ninety_days() {
        let made = sample(1);
        let first = made.with_note("first", DEVICE, time(1)).unwrap();
        let second = first.with_note("second", DEVICE, time(2)).unwrap();
        let lines = [made, first, second];
        let notes =
            |now| compact(lines.to_vec(), now).iter().filter_map(|line| line.note().map(str::to_owned)).collect();
        let soon: Vec<String> = notes(time(10));
        assert_eq!(soon, ["second", "first"]);
        let late: Vec<String> = notes(time(91 * 86_400));
        assert_eq!(late, ["second"]);
    }

    proptest! {
        #[test]
        fn a_compacted_log_stands_for_the_whole_wherever_it_is_merged(
            all in revisions(), split in any::<prop::sample::Index>(), day in 0..200_i64,
        ) {
            let (own, other) = all.split_at(split.index(all.len()));
            let kept = compact(own.to_vec(), time(day * 86_400));
            prop_assert_eq!(&compact(kept.clone(), time(day * 86_400)), &kept, "once is enough");
            let (before, after) = (shelf(&all), shelf(&[&kept, other].concat()));
            let id = sample(1).id();
            let (before, after) = (before.get(id).unwrap(), after.get(id).unwrap());
            prop_assert_eq!((before.stamps, before.is_deleted()), (after.stamps, after.is_deleted()));
            if !before.is_deleted() && !shelf(own).get(id).is_some_and(Bookmark::is_deleted) {
                prop_assert_eq!(before, after);
            }
        }
    }
}
