//! What this device did to its bookmarks, read back from its log, so that it can be undone after a restart.

use crate::journal::{self, Reversible};

use super::{Bookmark, Shelf};

/// How many changes can be taken back.
const DEPTH: usize = 200;

/// A bookmark as it was (none: it did not exist), and as it became.
pub type Step = (Option<Bookmark>, Bookmark);

/// Changes to bookmarks that were made or taken back.
pub type History = journal::History<Step>;

impl Reversible for Step {
    const DEPTH: usize = DEPTH;

    fn reverses(&self, earlier: &Self) -> bool {
        self.1.id() == earlier.1.id()
            && same(Some(&self.1), earlier.0.as_ref())
            && same(self.0.as_ref(), Some(&earlier.1))
    }

    fn repeats(&self, earlier: &Self) -> bool {
        self.1.id() == earlier.1.id()
            && same(self.0.as_ref(), earlier.0.as_ref())
            && same(Some(&self.1), Some(&earlier.1))
    }
}

impl History {
    /// Takes in the next line of this device's log and puts it on `shelf`, which holds all that was there before.
    ///
    /// What does not show, because another device wrote later, cannot be taken back either.
    pub fn absorb(&mut self, shelf: &mut Shelf, line: Bookmark) {
        let id = line.id();
        let before = shelf.get(id).cloned();
        shelf.absorb(line);
        let Some(after) = shelf.get(id).cloned() else { return };
        if same(before.as_ref(), Some(&after)) {
            return;
        }
        if after.is_read_only() {
            // Nobody here can take that back; but what was undone before it cannot be made again on top of it.
            self.undone.clear();
        } else {
            self.push((before, after));
        }
    }
}

fn same(one: Option<&Bookmark>, other: Option<&Bookmark>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => says_the_same(one, other),
        // Making a bookmark is undone by deleting it.
        (None, Some(other)) | (Some(other), None) => other.is_deleted(),
        (None, None) => true,
    }
}

/// Whether two revisions of one bookmark are the same to a reader, whatever their stamps.
fn says_the_same(one: &Bookmark, other: &Bookmark) -> bool {
    one.is_deleted() == other.is_deleted()
        && (one.is_deleted()
            || one.target == other.target
                && one.note == other.note
                && one.tags == other.tags
                && one.color == other.color)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmark::tests::{DEVICE, sample, time};
    use crate::bookmark::{Color, DeviceId};

    fn read_back(lines: &[Bookmark]) -> (History, Shelf) {
        let (mut history, mut shelf) = (History::default(), Shelf::default());
        for line in lines {
            history.absorb(&mut shelf, line.clone());
        }
        (history, shelf)
    }

    #[test]
    fn every_change_can_be_taken_back_in_turn_and_made_again() {
        let made = sample(1);
        let noted = made.with_note("a note", DEVICE, time(1)).unwrap();
        let gone = noted.deleted(DEVICE, time(2)).unwrap();
        let mut lines = vec![made.clone(), noted.clone(), gone.clone()];
        let (history, _) = read_back(&lines);
        assert_eq!((history.done.len(), history.undone.len()), (3, 0));

        lines.push(gone.reverted_to(&noted, DEVICE, time(3)).unwrap());
        lines.push(lines[3].reverted_to(&made, DEVICE, time(4)).unwrap());
        let (history, _) = read_back(&lines);
        assert_eq!((history.done.len(), history.undone.len()), (1, 2), "two were taken back");
        assert!(history.done[0].0.is_none() && history.undone[0].1.is_deleted());
        assert_eq!(history.undone[1].1.note(), Some("a note"));

        lines.push(lines[4].reverted_to(&noted, DEVICE, time(5)).unwrap());
        let (history, shelf) = read_back(&lines);
        assert_eq!((history.done.len(), history.undone.len()), (2, 1), "one was made again");
        assert_eq!(shelf.get(made.id()).unwrap().note(), Some("a note"));

        lines.push(lines[5].with_color(Color::Pink, DEVICE, time(6)).unwrap());
        let (history, _) = read_back(&lines);
        assert_eq!((history.done.len(), history.undone.len()), (3, 0), "a new change closes the other way");
    }

    #[test]
    fn what_another_device_overrode_cannot_be_taken_back() {
        let made = sample(1);
        let ours = made.with_color(Color::Pink, DEVICE, time(1)).unwrap();
        let theirs = made.with_color(Color::Blue, DeviceId::new("b").unwrap(), time(5)).unwrap();
        let (mut history, mut shelf) = (History::default(), Shelf::default());
        shelf.extend([made, theirs]);
        history.absorb(&mut shelf, ours);
        assert!(history.done.is_empty());
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut lines = vec![sample(1)];
        for second in 1..=300 {
            lines.push(lines.last().unwrap().with_note(&format!("note {second}"), DEVICE, time(second)).unwrap());
        }
        let (history, _) = read_back(&lines);
        assert_eq!(history.done.len(), DEPTH);
        assert_eq!(history.done.last().unwrap().1.note(), Some("note 300"));
    }
}
