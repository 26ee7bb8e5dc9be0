//! Making changes, taking them back, and making them again.

use crate::bookmark::{Bookmark, History, Refused, Step};
use crate::command::{Command, Effect, LibraryJob, Notice};
use crate::panes::{Change, Shared};

use super::State;

/// Changes that were made and can be taken back, and those that were taken back and can be made again.
#[derive(Clone, Debug, Default)]
pub(super) struct Undo {
    done: Vec<(Change, String)>,
    undone: Vec<(Change, String)>,
}

/// How many changes can be taken back.
const DEPTH: usize = 200;

impl Undo {
    /// What was done before the program was started can be undone as if it had run all the time.
    pub(super) fn put_before(&mut self, history: History) {
        let changes = |steps: Vec<Step>| {
            let change = |step: Step| {
                let told = told(step.0.as_ref(), &step.1);
                (Change::Bookmarks(vec![step]), told.to_owned())
            };
            steps.into_iter().map(change).collect()
        };
        let (mut done, undone) = (changes(history.done), changes(history.undone));
        // A change that was made since leaves nothing to be made again.
        if self.done.is_empty() && self.undone.is_empty() {
            self.undone = undone;
        }
        done.append(&mut self.done);
        done.drain(..done.len().saturating_sub(DEPTH));
        self.done = done;
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
            change => {
                self.set(change, true, effects);
                self.tell(Notice::done(done));
            }
        }
        self.undo.undone.clear();
        self.undo.done.push((change, told));
        if self.undo.done.len() > DEPTH {
            self.undo.done.remove(0);
        }
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self, effects: &mut Vec<Effect>) {
        let Some((change, told)) = self.undo.done.pop() else {
            let awaits = self.shared.awaits_shelf;
            return self.tell(Notice::hint(if awaits {
                "The bookmarks are still being read."
            } else {
                "Nothing to undo."
            }));
        };
        self.go_over(&change, false, &format!("Undone: {}", lower_first(&told)), effects);
        self.undo.undone.push((change, told));
    }

    /// Makes the change again that was taken back last.
    pub(super) fn redo(&mut self, effects: &mut Vec<Effect>) {
        let Some((change, told)) = self.undo.undone.pop() else {
            return self.tell(Notice::hint("Nothing to redo."));
        };
        self.go_over(&change, true, &format!("Redone: {}", lower_first(&told)), effects);
        self.undo.done.push((change, told));
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
            change => {
                self.set(change, forward, effects);
                self.tell(Notice::done(told));
            }
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

    /// The articles that were taken off the list for good.
    pub(super) fn forget_removed(&self, effects: &mut Vec<Effect>) {
        for (change, _) in &self.undo.done {
            if let Change::Removed(row) = change
                && self.articles.entry(row.id()).is_none()
            {
                effects.push(Effect::Library(LibraryJob::Forget { id: row.id().clone() }));
            }
        }
    }

    fn set(&mut self, change: &Change, forward: bool, effects: &mut Vec<Effect>) {
        let now = self.shared.moment.now;
        match change {
            Change::Bookmarks(_) | Change::Corrections(_) => {}
            Change::Read { ids, read } => {
                let read = *read == forward;
                for id in ids {
                    self.articles.change(id, |entry| entry.read_at = read.then_some(now));
                }
                effects.push(Effect::Library(LibraryJob::SetRead { ids: ids.clone(), read }));
            }
            Change::Starred { id, starred } => {
                let starred = *starred == forward;
                self.articles.change(id, |entry| entry.starred_at = starred.then_some(now));
                effects.push(Effect::Library(LibraryJob::SetStarred { id: id.clone(), starred }));
            }
            // The library forgets it when the program ends: until then it can be brought back with all that is known.
            Change::Removed(row) if forward => self.articles.remove(row.id()),
            Change::Removed(row) => self.articles.restore(row),
        }
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
