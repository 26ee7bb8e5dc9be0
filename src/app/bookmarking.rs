//! Bookmarks on their way to the disk, and back from it.

use std::collections::{BTreeSet, HashMap};

use crate::article::SourceId;
use crate::bookmark::{Bookmark, BookmarkId, Shelf};
use crate::command::{BookmarkJob, Effect, LibraryJob, Located, Notice, PageJob, StoredBookmarks};
use crate::panes::bookmarks::Bookmarks;
use crate::panes::changed;

use super::State;

/// What is not on the disk.
#[derive(Clone, Debug, Default)]
pub(super) struct Unsaved {
    /// Bookmarks whose last revision is not, and the line that said so.
    lines: HashMap<BookmarkId, String>,
    /// Whether that was said on leaving too.
    held_back: bool,
}

impl State {
    /// Puts revisions on the shelf and has them written; "saved" is said only once they are on the disk.
    pub(super) fn write_bookmarks(&mut self, records: Vec<Bookmark>, done: String, effects: &mut Vec<Effect>) {
        for record in &records {
            self.shared.shelf.absorb(record.clone());
        }
        self.count_bookmarks(&records, effects);
        self.find_bookmarks(effects);
        let open = self.reader.open().map(|open| &open.article);
        let article =
            open.filter(|article| records.iter().any(|record| record.source_id().normal() == article.id)).cloned();
        effects.push(Effect::Bookmarks(BookmarkJob::Save { records, article, done }));
    }

    /// The write is done, or failed: then the shelf keeps the revision, says so, and it is written with the next.
    pub(super) fn saved(&mut self, ids: &[BookmarkId], result: Result<String, String>) {
        match result {
            Ok(done) => {
                for id in ids {
                    if let Some(line) = self.unsaved.lines.remove(id) {
                        // It is not true any more.
                        self.notices.retain(|notice| notice.text != line);
                    }
                }
                self.tell(Notice::done(done));
            }
            Err(error) => {
                let which = if ids.len() == 1 { "The bookmark is" } else { "The bookmarks are" };
                let line = format!("{which} NOT saved: {error}");
                self.unsaved.lines.extend(ids.iter().map(|id| (*id, line.clone())));
                self.unsaved.held_back = false;
                self.tell(Notice::error(line));
            }
        }
    }

    /// Stays, once, when the program is to be left while bookmarks are not saved, and says so.
    pub(super) fn stay_for_unsaved(&mut self) {
        if self.unsaved.lines.is_empty() || self.unsaved.held_back {
            return;
        }
        self.unsaved.held_back = true;
        self.quitting = false;
        let (count, them) = match self.unsaved.lines.len() {
            1 => ("1 bookmark is".to_owned(), "it"),
            count => (format!("{count} bookmarks are"), "them"),
        };
        let told = Notice::error(format!("{count} not saved; the same key again leaves without {them}."));
        // Nothing is more urgent.
        self.notices.insert(0, told);
    }

    /// The bookmark logs were read. What was bookmarked meanwhile is on its way to them, and is put beside what they hold.
    pub(super) fn shelf_loaded(&mut self, stored: StoredBookmarks, effects: &mut Vec<Effect>) {
        let StoredBookmarks { shelf, history, device, notices } = stored;
        let before = std::mem::replace(&mut self.shared.shelf, shelf);
        (self.shared.device, self.shared.awaits_shelf) = (device, false);
        self.undo.put_before(history);
        for early in before.iter_all() {
            self.shared.shelf.absorb(early.clone().signed(device));
        }
        let passages = self.shared.shelf.counts().map(|(id, count)| (id.clone(), count)).collect();
        effects.push(Effect::Library(LibraryJob::SetBookmarked { passages, all: true }));
        self.drop_doubles(&before, effects);
        self.apply_anchor_states();
        self.find_bookmarks(effects);
        for notice in notices {
            self.tell(notice);
        }
    }

    /// Deletes what was bookmarked before it was known that it is bookmarked already, unless something was added to it.
    fn drop_doubles(&mut self, early: &Shelf, effects: &mut Vec<Effect>) {
        let shelf = &self.shared.shelf;
        let is_double = |bookmark: &&Bookmark| {
            let hash = bookmark.text_hash();
            let others = hash.into_iter().flat_map(|hash| shelf.all_of(bookmark.source_id(), hash));
            bookmark.note().is_none()
                && bookmark.tags().is_empty()
                && others.filter(|other| early.get(other.id()).is_none()).any(|other| {
                    (other.text_hash(), other.position(), other.color())
                        == (hash, bookmark.position(), bookmark.color())
                })
        };
        let doubles = early.iter().filter(is_double).filter_map(|bookmark| shelf.get(bookmark.id()));
        let deleted: Vec<Bookmark> =
            doubles.filter_map(|bookmark| bookmark.deleted(self.shared.device, self.shared.moment.now).ok()).collect();
        if !deleted.is_empty() {
            let which = if deleted.len() == 1 { "This passage was" } else { "These passages were" };
            self.write_bookmarks(deleted, format!("{which} bookmarked already."), effects);
        }
    }

    /// Puts what the library knows of bookmarks on the shelf, as soon as both are there.
    pub(super) fn apply_anchor_states(&mut self) {
        if !self.shared.awaits_shelf {
            for (id, state) in std::mem::take(&mut self.anchor_states) {
                self.shared.shelf.set_state(id, state);
            }
        }
    }

    /// Other programs wrote bookmarks.
    pub(super) fn shelf_changed(&mut self, records: &[Bookmark], notices: Vec<Notice>, effects: &mut Vec<Effect>) {
        for record in records {
            self.shared.shelf.absorb(record.clone());
        }
        self.count_bookmarks(records, effects);
        self.find_bookmarks(effects);
        for notice in notices {
            self.tell(notice);
        }
    }

    /// Tells the library how many bookmarks the articles of these records have now, for `is:bookmarked`. Before the logs
    /// were read nobody knows.
    fn count_bookmarks(&self, records: &[Bookmark], effects: &mut Vec<Effect>) {
        if self.shared.awaits_shelf {
            return;
        }
        let sources: BTreeSet<&SourceId> = records.iter().map(Bookmark::source_id).collect();
        let passages: Vec<(SourceId, usize)> =
            sources.into_iter().map(|id| (id.clone(), self.shared.shelf.count_of(id))).collect();
        if !passages.is_empty() {
            effects.push(Effect::Library(LibraryJob::SetBookmarked { passages, all: false }));
        }
    }

    /// Sets the note of a bookmark.
    pub(super) fn set_note(&mut self, id: BookmarkId, note: &str, effects: &mut Vec<Effect>) {
        if let Some(bookmark) = self.shared.shelf.get(id)
            && bookmark.note().unwrap_or_default() != note.trim()
        {
            let after = bookmark.with_note(note, self.shared.device, self.shared.moment.now);
            let ask = changed(bookmark, after, "Saved the note");
            self.answer(vec![ask], effects);
        }
    }

    /// Sets the tags of a bookmark from words that were typed.
    pub(super) fn set_tags(&mut self, id: BookmarkId, typed: &str, effects: &mut Vec<Effect>) {
        let tags: Vec<&str> = typed
            .split(|c: char| c.is_whitespace() || c == ',')
            .map(|tag| tag.trim_start_matches('#'))
            .filter(|tag| !tag.is_empty())
            .collect();
        if let Some(bookmark) = self.shared.shelf.get(id) {
            let after = bookmark.with_tags(&tags, self.shared.device, self.shared.moment.now);
            if after.as_ref().is_ok_and(|after| after.tags() == bookmark.tags()) {
                return;
            }
            let ask = changed(bookmark, after, "Saved the tags");
            self.answer(vec![ask], effects);
        }
    }

    /// Finds the bookmarks of the open article: those made in its text and those found before at once, the rest are
    /// looked for elsewhere, and arrive with [`Self::located`].
    pub(super) fn find_bookmarks(&mut self, effects: &mut Vec<Effect>) {
        let missing = self.reader.find_marks(&self.shared.shelf);
        if let Some(open) = self.reader.open() {
            let shelf = &mut self.shared.shelf;
            let states = open.anchor_states().filter(|(id, state)| shelf.set_state(*id, *state)).collect::<Vec<_>>();
            if !states.is_empty() {
                effects.push(Effect::Library(LibraryJob::SetAnchorStates(states)));
            }
            if !missing.is_empty() {
                let (request, article) = (self.requests.locate.request(), open.article.clone());
                effects.push(Effect::Page(PageJob::Locate { request, article, bookmarks: missing }));
            }
        }
        self.with_bookmarks(Bookmarks::refresh);
    }

    /// Bookmarks were looked for, in the open article or in one before it.
    pub(super) fn located(&mut self, Located { text, found }: Located, effects: &mut Vec<Effect>) {
        self.reader.remember(text, found);
        self.find_bookmarks(effects);
        if let Some((id, goal)) = self.waiting_goal.take()
            && self.reader.open().is_some_and(|open| open.article.id == id)
        {
            self.reach(goal, effects);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::Msg;
    use crate::command::event::TermEvent;
    use crate::command::{Answer, Notice};
    use crate::testing::Harness;

    const TEXT: &str = "Rents fall\n\nRents fell in May. They fell again in June. Nobody knows why they fell.\n";

    fn failed() -> Harness {
        let mut harness = Harness::reading(120, 40, "rents.txt", TEXT);
        harness.fail_next_save = true;
        harness.keys("v Enter");
        assert!(harness.footer().contains("! The bookmark is NOT saved: cannot"), "{}", harness.footer());
        harness
    }

    #[test]
    fn an_unsaved_bookmark_holds_the_reader_back_once() {
        let mut harness = failed();
        harness.keys("C-c");
        assert!(!harness.state.quitting);
        assert!(harness.footer().contains("! 1 bookmark is not saved"), "{}", harness.footer());
        harness.keys("C-c");
        assert!(harness.state.quitting);
    }

    #[test]
    fn who_is_ended_from_outside_is_not_held_back() {
        for msg in [Msg::Terminate, Msg::Event(TermEvent::Lost("gone".into()))] {
            let mut harness = failed();
            harness.send(msg);
            assert!(harness.state.quitting);
        }
    }

    #[test]
    fn a_later_save_takes_the_unsaved_along_and_nothing_holds_back() {
        let mut harness = failed();
        harness.keys("j v J Enter");
        assert_eq!(harness.saved.len(), 2);
        assert!(harness.footer().contains("✓ Saved the passage"), "{}", harness.footer());
        harness.keys("C-c");
        assert!(harness.state.quitting);
    }

    #[test]
    fn an_error_is_not_displaced_before_it_was_read() {
        let mut harness = failed();
        for told in [Notice::done("Opened it."), Notice::hint("By the way."), Notice::error("Another one.")] {
            harness.send(Msg::Answer(Answer::Notice(told)));
        }
        assert!(harness.footer().contains("NOT saved: cannot"), "{}", harness.footer());
        assert!(harness.footer().contains("! Another one."), "{}", harness.footer());
        for number in 0..200 {
            harness.send(Msg::Answer(Answer::Notice(Notice::error(format!("Number {number}")))));
        }
        assert_eq!(harness.state.notices.len(), 50);
    }
}
