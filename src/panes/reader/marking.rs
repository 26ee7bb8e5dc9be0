//! The bookmarks of the open article: made for a place, gone to, found in view.

use crate::article::TextRange;
use crate::bookmark::{Bookmark, BookmarkId, Color};
use crate::command::Notice;
use crate::panes::{Ask, Change, Shared};

use super::Reader;

impl Reader {
    /// Looks for the bookmarks again: the shelf changed.
    pub fn refresh_marks(&mut self, shared: &Shared) {
        if let Some(open) = &mut self.open {
            open.find_marks(&shared.shelf);
        }
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

    pub(super) fn step_bookmark(&mut self, forward: bool) -> Vec<Ask> {
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
            return vec![Ask::Tell(Notice::hint("This article has no bookmark yet: v selects, Enter saves."))];
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
