//! Making changes, taking them back, and making them again.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::Timestamp;

use crate::article::RowId;
use crate::bookmark::{Bookmark, History, Refused, Step};
use crate::command::{BookmarkJob, Command, Effect, FeedJob, LibraryJob, MarkSteps, Notice, RowStep};
use crate::mark::MarkChange;
use crate::panes::marks::describe;
use crate::panes::{Change, MarkEdit, Shared};
use crate::text::plural::count;

use super::State;

/// A change, and what was told of it.
#[derive(Clone, Debug)]
struct Deed {
    change: Change,
    told: String,
    /// When it was done, if that was before the program was started.
    before_start: Option<Timestamp>,
}

/// Changes that were made and can be taken back, and those that were taken back and can be made again; the next one is
/// the last of its list.
#[derive(Clone, Debug, Default)]
pub(super) struct Undo {
    done: Vec<Deed>,
    undone: Vec<Deed>,
}

/// How many changes can be taken back.
const DEPTH: usize = 200;

impl Undo {
    /// What was done to bookmarks before the program was started can be undone as if it had run all the time.
    pub(super) fn put_before(&mut self, history: History) {
        let deed = |step: Step| {
            let (told, before_start) = (told(step.0.as_ref(), &step.1).to_owned(), Some(step.1.modified()));
            Deed { change: Change::Bookmarks(vec![step]), told, before_start }
        };
        self.merge(history.done.into_iter().map(deed).collect(), history.undone.into_iter().map(deed).collect());
    }

    /// The same of what was done to articles.
    pub(super) fn put_marks_before(&mut self, steps: MarkSteps) {
        // An article is marked as read when its end was seen, too. That was nothing to be taken back then, nor is it now.
        let is_deed = |step: &RowStep| step.change != MarkChange::Read(true) || step.rows.len() > 1;
        let deed = |RowStep { change, rows, at }: RowStep| Deed {
            told: describe(&change, &count(rows.len(), "article")),
            change: Change::Marks(vec![MarkEdit { rows, change }]),
            before_start: Some(at),
        };
        let deeds = |steps: Vec<RowStep>| steps.into_iter().filter(is_deed).map(deed).collect();
        self.merge(deeds(steps.done), deeds(steps.undone));
    }

    fn merge(&mut self, done: Vec<Deed>, undone: Vec<Deed>) {
        // A change that was made since leaves nothing to be made again.
        if self.done.iter().chain(&self.undone).all(|deed| deed.before_start.is_some()) {
            self.undone.extend(undone);
            // What was done first is made again first.
            self.undone.sort_by_key(|deed| Reverse(deed.before_start));
        }
        self.done.extend(done);
        // What was done since the start is the newest, whatever the clock says.
        self.done.sort_by_key(|deed| (deed.before_start.is_none(), deed.before_start));
        let last = self.done.last().and_then(|deed| deed.before_start);
        self.undone.retain(|deed| deed.before_start.is_none() || deed.before_start >= last);
        self.done.drain(..self.done.len().saturating_sub(DEPTH));
    }

    /// Whether there is a change to take back.
    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a change to make again.
    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

impl State {
    /// Makes a change for the first time.
    pub(super) fn make(&mut self, change: Change, told: String, effects: &mut Vec<Effect>) {
        let done = self.with_way_back(&told, Command::Undo);
        match &change {
            Change::Bookmarks(pairs) => {
                let records = pairs.iter().map(|(_, after)| after.clone()).collect();
                self.write_bookmarks(records, done, effects);
            }
            Change::Corrections(edit) => self.correct(edit.clone(), done, effects),
            Change::Search(edit) => {
                effects.push(Effect::Bookmarks(BookmarkJob::SaveSearch { edit: edit.clone(), done }));
            }
            Change::Subscription(edit) => {
                effects.push(Effect::Feeds(FeedJob::Edit { edit: edit.clone(), done }));
            }
            Change::Marks(edits) => self.mark_all(edits, true, &done, effects),
        }
        self.undo.undone.clear();
        self.undo.done.push(Deed { change, told, before_start: None });
        if self.undo.done.len() > DEPTH {
            self.undo.done.remove(0);
        }
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self, effects: &mut Vec<Effect>) {
        let Some(deed) = self.undo.done.pop() else {
            let awaits = self.shared.awaits_shelf;
            return self.tell(Notice::hint(if awaits {
                "The bookmarks are still being read."
            } else {
                "Nothing to undo."
            }));
        };
        self.go_over(&deed.change, false, &format!("Undone: {}", lower_first(&deed.told)), effects);
        self.undo.undone.push(deed);
    }

    /// Makes the change again that was taken back last.
    pub(super) fn redo(&mut self, effects: &mut Vec<Effect>) {
        let Some(deed) = self.undo.undone.pop() else {
            return self.tell(Notice::hint("Nothing to redo."));
        };
        self.go_over(&deed.change, true, &format!("Redone: {}", lower_first(&deed.told)), effects);
        self.undo.done.push(deed);
    }

    fn go_over(&mut self, change: &Change, forward: bool, told: &str, effects: &mut Vec<Effect>) {
        let told = self.with_way_back(told, if forward { Command::Undo } else { Command::Redo });
        match change {
            Change::Bookmarks(pairs) => {
                let revised: Result<Vec<Bookmark>, Refused> = pairs
                    .iter()
                    .map(|(before, after)| revision(before.as_ref(), after, forward, &self.shared))
                    .collect();
                match revised {
                    Ok(records) => self.write_bookmarks(records, told, effects),
                    Err(refused) => self.tell(Notice::error(format!("Not changed: {refused}."))),
                }
            }
            Change::Corrections(edit) => {
                let edit = if forward { edit.clone() } else { edit.reversed() };
                self.correct(edit, told, effects);
            }
            Change::Search(edit) => {
                let edit = if forward { edit.clone() } else { edit.reversed() };
                effects.push(Effect::Bookmarks(BookmarkJob::SaveSearch { edit, done: told }));
            }
            Change::Subscription(edit) => {
                let edit = if forward { edit.clone() } else { edit.reversed() };
                effects.push(Effect::Feeds(FeedJob::Edit { edit, done: told }));
            }
            Change::Marks(edits) => self.mark_all(edits, forward, &told, effects),
        }
    }

    /// What was done, as a sentence, and the key that takes it back or makes it again.
    fn with_way_back(&self, told: &str, way: Command) -> String {
        let told = told.trim_end_matches('.');
        match self.shared.keymap.first_key(way) {
            Some(key) => format!("{told}. ({}: {key})", way.row().id),
            None => format!("{told}."),
        }
    }

    /// Makes changes to marks, or takes them back, and tells the reader when they are on the disk.
    fn mark_all(&mut self, edits: &[MarkEdit], forward: bool, told: &str, effects: &mut Vec<Effect>) {
        for (place, MarkEdit { rows, change }) in edits.iter().enumerate() {
            let change = if forward { change.clone() } else { change.reversed() };
            let done = (place + 1 == edits.len()).then(|| told.to_owned());
            self.mark(Arc::clone(rows), change, done, effects);
        }
    }

    /// Changes marks: it shows at once, in the list and on the page, and is handed out to be kept.
    pub(super) fn mark(
        &mut self,
        rows: Arc<[RowId]>,
        change: MarkChange,
        done: Option<String>,
        effects: &mut Vec<Effect>,
    ) {
        self.articles.mark(&rows, &change, self.shared.moment.now);
        self.reader.mark(&rows, &change);
        effects.push(Effect::Library(LibraryJob::Mark { rows, change, done }));
    }
}

/// The revision that brings a bookmark to what it was before a change, or after it. It is a new line in the log, so that
/// undoing survives a restart and reaches other machines.
fn revision(before: Option<&Bookmark>, after: &Bookmark, forward: bool, shared: &Shared) -> Result<Bookmark, Refused> {
    let (device, now) = (shared.device, shared.moment.now);
    let current = shared.shelf.get(after.id()).unwrap_or(after);
    match (forward, before) {
        (true, _) => current.reverted_to(after, device, now),
        (false, Some(before)) => current.reverted_to(before, device, now),
        (false, None) => current.deleted(device, now),
    }
}

/// What a change was called that was made before the program was started.
fn told(before: Option<&Bookmark>, after: &Bookmark) -> &'static str {
    match before {
        None if after.quote().is_none() => "Bookmarked this place",
        None => "Saved the passage",
        Some(before) if before.is_deleted() => "Restored the bookmark",
        Some(_) if after.is_deleted() => "Deleted the bookmark",
        Some(before) if before.note() != after.note() => "Saved the note",
        Some(before) if before.tags() != after.tags() => "Saved the tags",
        Some(before) if before.color() != after.color() => "Changed the colour",
        Some(before) if before.attached() != after.attached() => "Attached the bookmark to other words",
        Some(_) => "Changed the bookmark",
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmark::tests::{DEVICE, sample};
    use crate::bookmark::{Color, History};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_510_800 + second).unwrap()
    }

    fn step(change: MarkChange, rows: i64, second: i64) -> RowStep {
        RowStep { change, rows: (1..=rows).map(RowId).collect(), at: at(second) }
    }

    fn told(deeds: &[Deed]) -> Vec<&str> {
        deeds.iter().map(|deed| deed.told.as_str()).collect()
    }

    #[test]
    fn what_was_done_to_bookmarks_and_articles_is_taken_back_in_turn_whichever_was_read_first() {
        let bookmarks = || {
            let before = sample(1);
            let after = before.with_color(Color::Pink, DEVICE, at(20)).unwrap();
            History { done: vec![(Some(before), after)], undone: Vec::new() }
        };
        let marks = || MarkSteps {
            done: vec![
                step(MarkChange::Starred(true), 2, 10),
                step(MarkChange::Read(true), 1, 15),
                step(MarkChange::Removed(true), 1, 30),
            ],
            undone: vec![step(MarkChange::Read(true), 3, 40)],
        };
        let mut one = Undo::default();
        one.put_before(bookmarks());
        one.put_marks_before(marks());
        let mut other = Undo::default();
        other.put_marks_before(marks());
        other.put_before(bookmarks());
        for undo in [&one, &other] {
            let wanted = ["Starred 2 articles", "Changed the colour", "Removed 1 article from the list"];
            assert_eq!(told(&undo.done), wanted);
            assert_eq!(told(&undo.undone), ["Marked 3 articles as read"]);
        }
    }

    #[test]
    fn what_was_taken_back_before_something_else_was_done_is_not_made_again() {
        let mut undo = Undo::default();
        undo.put_marks_before(MarkSteps { done: Vec::new(), undone: vec![step(MarkChange::Removed(true), 1, 10)] });
        assert!(undo.can_redo());
        let before = sample(1);
        let after = before.with_color(Color::Pink, DEVICE, at(20)).unwrap();
        undo.put_before(History { done: vec![(Some(before), after)], undone: Vec::new() });
        assert!(!undo.can_redo());
    }
}
