//! The bookmarks of the open article: found, made for a place, gone to, attached to other words.

use std::collections::HashMap;

use crate::article::{CodePoints, TextHash, TextRange};
use crate::bookmark::{Bookmark, BookmarkId, Color, Shelf};
use crate::command::{Command, Notice, Sighting};
use crate::panes::picker::Picker;
use crate::panes::wording::Changes;
use crate::panes::{Ask, Change, Goal, PaneId, Shared, changed};

use super::selection::{Selection, Unit};
use super::{Open, Reader};

/// Where bookmarks were found, by bookmark and text, while they are attached to the words they were looked for with; no
/// place if looking failed.
#[derive(Clone, Debug, Default)]
pub(super) struct Found(HashMap<(BookmarkId, TextHash), Sighting>);

impl Found {
    /// What is known of a bookmark in a text.
    pub(super) fn get(&self, bookmark: &Bookmark, text: TextHash) -> Option<Sighting> {
        let seen = self.0.get(&(bookmark.id(), text))?;
        (seen.attached == bookmark.attached()).then_some(*seen)
    }
}

/// Takes the words that stand at the place of an approximate bookmark for its own.
pub fn accept(bookmark: &Bookmark, open: Option<&Open>, shared: &Shared) -> Ask {
    let mark = open.and_then(|open| Some((open, open.marks.iter().find(|mark| mark.id == bookmark.id())?)));
    match mark {
        Some((open, mark)) if mark.approximate => {
            let after = bookmark.with_target(&open.article, mark.range, shared.device, shared.moment.now);
            changed(bookmark, after, "Accepted the words as they are now")
        }
        Some(_) => Ask::Tell(Notice::hint("This passage has not changed.")),
        None => {
            let key = |command| shared.keymap.named(command);
            let (open, attach) = (key(Command::OpenBookmark), key(Command::AttachBookmark));
            let told = format!("Its words are not on the page: {open} opens its article, {attach} attaches it anew.");
            Ask::Tell(Notice::hint(told))
        }
    }
}

impl Reader {
    /// Finds the bookmarks of the open article. Returns those that have to be looked for: the answer is for
    /// [`Self::remember`].
    pub fn find_marks(&mut self, shelf: &Shelf) -> Vec<Bookmark> {
        self.open.as_mut().map_or_else(Vec::new, |open| open.find_marks(shelf, &self.found))
    }

    /// Remembers where bookmarks were found.
    pub fn remember(&mut self, text: TextHash, found: Vec<Sighting>) {
        let known = |seen: Sighting| ((seen.id, text), seen);
        self.found.0.extend(found.into_iter().map(known));
    }

    /// The bookmark that is to be attached to the words being selected.
    pub fn attaching(&self) -> Option<BookmarkId> {
        self.attaching
    }

    /// Begins to select the words a bookmark is to be attached to, where it is or may have been.
    pub fn begin_attaching(&mut self, id: BookmarkId, shared: &Shared) -> Vec<Ask> {
        let (Some(open), Some(bookmark)) = (&self.open, shared.shelf.get(id)) else { return Vec::new() };
        let mark = open.marks.iter().find(|mark| mark.id == id).map(|mark| mark.range);
        let sentence = |at| open.units().at(Unit::Sentence, at);
        let range = match mark {
            Some(range) if !range.is_empty() => Some(range),
            Some(range) => sentence(range.start),
            None => {
                let before = bookmark.position().map(|(start, _)| start);
                let body = open.article.body.as_str();
                before
                    .and_then(|at| sentence(CodePoints::new(body).to_range(at, at).start))
                    .or_else(|| open.sentences_worth_keeping().first().copied())
            }
        };
        let Some(range) = range else {
            return vec![Ask::Tell(Notice::hint("There are no words in this article to attach it to."))];
        };
        self.selection = Some(Selection::new(range, Unit::Sentence));
        self.attaching = Some(id);
        self.keep_selection_in_view();
        let key = |command| shared.keymap.named(command);
        let (attach, leave) = (key(Command::SaveSelection), key(Command::LeaveSelection));
        let told = format!("Select the words it belongs to: {attach} attaches it, {leave} leaves it as it was.");
        vec![Ask::Focus(PaneId::Reader), Ask::Tell(Notice::hint(told))]
    }

    /// Attaches the bookmark to the selected words.
    pub(super) fn attach(&mut self, id: BookmarkId, shared: &Shared) -> Vec<Ask> {
        let (Some(open), Some(selection)) = (&self.open, &self.selection) else { return Vec::new() };
        let Some(bookmark) = shared.shelf.get(id) else { return Vec::new() };
        let after = bookmark.with_target(&open.article, selection.range, shared.device, shared.moment.now);
        let is_done = after.is_ok();
        let ask = changed(bookmark, after, "Attached the bookmark to these words");
        if is_done {
            self.current = Some(selection.range);
            self.end_selection();
        }
        vec![ask]
    }

    /// What `Enter` shows of a bookmark: its row in the bookmarks pane; of one whose words have changed a card, on which
    /// another `Enter` accepts them.
    pub(super) fn card(&self, id: BookmarkId, shared: &Shared) -> Ask {
        let mark = self.open.as_ref().and_then(|open| Some((open, open.marks.iter().find(|mark| mark.id == id)?)));
        let (Some((open, mark)), Some(bookmark)) = (mark, shared.shelf.get(id)) else { return Ask::ShowBookmark(id) };
        if !mark.approximate || bookmark.is_read_only() {
            return Ask::ShowBookmark(id);
        }
        let changes = Changes::new(bookmark.words(), open.article.body.slice(mark.range));
        let choices = [
            ("accept", "keep the words as they are now", accept(bookmark, Some(open), shared)),
            ("attach", "select the words it belongs to", Ask::Open(open.article.id.clone(), Goal::Attach(id))),
            ("show", "go to it in the bookmarks pane", Ask::ShowBookmark(id)),
        ];
        let choices = choices.into_iter().map(|(name, does, ask)| (format!("{name:<8}{does}"), String::new(), ask));
        Ask::Pick(Picker::asking("≈ This passage has changed".to_owned(), choices).with_changes(changes))
    }

    pub(super) fn bookmark_place(&self, shared: &Shared) -> Vec<Ask> {
        let Some(open) = &self.open else { return Vec::new() };
        let at = TextRange::at(open.in_view().start);
        if open.marks.iter().any(|mark| mark.range == at && !mark.approximate) {
            return vec![Ask::Tell(Notice::hint("This place is bookmarked already."))];
        }
        match Bookmark::place(Self::new_bookmark(open, at, Color::default(), shared)) {
            Ok(place) => vec![Ask::Make(Change::Bookmarks(vec![(None, place)]), "Bookmarked this place".to_owned())],
            Err(refused) => vec![Ask::Tell(Notice::error(format!("Not saved: {refused}.")))],
        }
    }

    pub(super) fn step_bookmark(&mut self, forward: bool, shared: &Shared) -> Vec<Ask> {
        let Some(open) = &mut self.open else { return Vec::new() };
        let view = open.in_view();
        let here = self.current.filter(|current| view.contains(current.start)).map(|current| current.start);
        let from = here.unwrap_or(view.start);
        let next = if forward {
            // Before anything was gone to, the first line in view lies ahead.
            let ahead = |start: usize| if here.is_some() { start > from } else { start >= from };
            open.marks.iter().find(|mark| ahead(mark.range.start)).or_else(|| open.marks.first())
        } else {
            open.marks.iter().rev().find(|mark| mark.range.start < from).or_else(|| open.marks.last())
        };
        let Some(mark) = next.cloned() else {
            let key = |command| shared.keymap.named(command);
            let (select, save) = (key(Command::SelectSentence), key(Command::SaveSelection));
            let told = format!("This article has no bookmark yet: {select} selects, {save} saves.");
            return vec![Ask::Tell(Notice::hint(told))];
        };
        open.reveal(mark.range.start);
        self.current = Some(mark.range);
        Vec::new()
    }

    /// Shows a bookmark of the open article; whether it was found in the text.
    pub fn go_to_bookmark(&mut self, id: BookmarkId) -> bool {
        let Some(open) = &mut self.open else { return false };
        let Some(mark) = open.marks.iter().find(|mark| mark.id == id).cloned() else { return false };
        open.reveal(mark.range.start);
        self.current = Some(mark.range);
        true
    }

    /// The bookmark the reader means: the one just gone to, or the first in view.
    pub fn bookmark_in_view(&self) -> Option<BookmarkId> {
        let open = self.open.as_ref()?;
        let view = open.in_view();
        let gone_to =
            open.marks.iter().find(|mark| Some(mark.range) == self.current && view.contains(mark.range.start));
        let seen = || open.marks.iter().find(|mark| view.overlaps(mark.range) || view.contains(mark.range.start));
        gone_to.or_else(seen).map(|mark| mark.id)
    }
}
