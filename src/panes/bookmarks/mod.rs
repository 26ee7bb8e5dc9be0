//! The bookmarks pane: the passages that were kept, of this article or of all.
//!
//! * `view`: the rows, and drawing them

mod view;

use std::collections::HashSet;

use ratatui::layout::Rect;

use crate::bookmark::export::at_passage;
use crate::bookmark::{Bookmark, BookmarkId, Filter, QueryContext, Refused, cite};
use crate::command::{Command, DeskJob, Effect, Notice, TerminalJob};
use crate::entity::Entity;
use crate::query::BadQuery;
use crate::text::fold::fold;
use crate::ui::{ListState, Move};

use super::prompt::{Prompt, Purpose};
use super::reader::{Open, accept, color_of};
use super::{Ask, Change, Goal, Shared};

/// The file that is proposed for an export; its ending may be another.
const EXPORT: &str = "~/bookmarks.md";

/// The bookmarks pane.
#[derive(Clone, Debug, Default)]
pub struct Bookmarks {
    /// Of all articles, or of the open one.
    all: bool,
    filter: String,
    /// What is wrong with the filter, and what would be right.
    wrong: Option<String>,
    ids: Vec<BookmarkId>,
    /// Those of the open article that are being looked for in its text.
    looked_for: Vec<BookmarkId>,
    /// Those of the open article whose words have changed, with the words as they are now.
    moved: Vec<(BookmarkId, String)>,
    list: ListState,
}

impl Bookmarks {
    /// Makes the rows anew: the shelf, the article or the filter changed. The cursor stays on its bookmark.
    pub fn refresh(&mut self, shared: &Shared, open: Option<&Open>) {
        let under_cursor = self.under_cursor();
        let filter = self.read_filter(shared, open);
        self.wrong = filter.as_ref().err().map(|bad| format!("{bad}; {}", bad.hint));
        self.looked_for = open.map_or_else(Vec::new, |open| open.looked_for().to_vec());
        self.moved = open.map_or_else(Vec::new, |open| {
            let body = &open.article.body;
            let moved = open.marks.iter().filter(|mark| mark.approximate);
            moved.map(|mark| (mark.id, body.slice(mark.range).to_owned())).collect()
        });
        self.ids = match (filter, open) {
            // A filter that means nothing fits nothing: whoever exports the list takes it at its word.
            (Err(_), _) => Vec::new(),
            // Of one article in the order of its text, what was not found in it last; of all the newest first.
            (Ok(filter), Some(open)) if !self.all => {
                let hash = open.article.body.hash();
                let own = shared.shelf.all_of(&open.article.id, hash).map(Bookmark::id);
                // Those that came without their article are this one's where they were found, or were looked for and not found.
                let all = open.marks.iter().map(|mark| mark.id).chain(own).chain(open.orphans().iter().copied());
                let mut listed: HashSet<BookmarkId> = HashSet::new();
                let mut ids: Vec<BookmarkId> = all.filter(|id| listed.insert(*id)).collect();
                ids.retain(|id| shared.shelf.fits(&filter, *id));
                ids
            }
            (Ok(_), None) if !self.all => Vec::new(),
            (Ok(filter), _) => shared.shelf.filter(&filter).rev().collect(),
        };
        if let Some(row) = under_cursor.and_then(|id| self.ids.iter().position(|other| *other == id)) {
            self.list.select(row);
        }
        self.list.cursor = self.list.cursor.min(self.ids.len().saturating_sub(1));
    }

    /// The filter; an entity has the other names that it has in the open article.
    fn read_filter(&self, shared: &Shared, open: Option<&Open>) -> Result<Filter, BadQuery> {
        let entities = open.map_or(&[][..], |open| &open.entities);
        let names = |wanted: &str| {
            let names = |entity: &Entity| std::iter::once(&entity.name).chain(&entity.aliases).cloned().collect();
            let all = entities.iter().map(names);
            let is_meant = |names: &Vec<String>| names.iter().any(|name| fold(name) == wanted);
            all.filter(is_meant).flatten().collect()
        };
        let has_color = |start: &str| shared.shelf.has_color(start);
        Filter::read(&self.filter, QueryContext { now: shared.moment.now, names: &names, has_color: &has_color })
    }

    /// Shows the bookmarks of all articles, or those of the open one.
    pub fn set_all(&mut self, all: bool, shared: &Shared, open: Option<&Open>) {
        self.all = all;
        self.filter.clear();
        self.refresh(shared, open);
    }

    /// Puts the cursor on a bookmark of the open article.
    pub fn show(&mut self, id: BookmarkId, shared: &Shared, open: Option<&Open>) {
        if !self.ids.contains(&id) {
            self.set_all(false, shared, open);
        }
        if let Some(row) = self.ids.iter().position(|other| *other == id) {
            self.list.select(row);
        }
    }

    /// The words that narrow the list.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Narrows the list.
    pub fn set_filter(&mut self, filter: &str, shared: &Shared, open: Option<&Open>) {
        filter.clone_into(&mut self.filter);
        self.refresh(shared, open);
        // While words are looked for the first bookmark found is meant; it stays under the cursor when all are back.
        if !filter.is_empty() {
            self.list = ListState::default();
        }
    }

    /// The bookmarks that are listed.
    pub fn listed<'a>(&'a self, shared: &'a Shared) -> impl Iterator<Item = &'a Bookmark> {
        self.ids.iter().filter_map(|id| shared.shelf.get(*id))
    }

    fn under_cursor(&self) -> Option<BookmarkId> {
        self.ids.get(self.list.cursor).copied()
    }

    /// The words a bookmark stands at now, if they are not quite its own.
    fn now(&self, id: BookmarkId) -> Option<&str> {
        self.moved.iter().find(|(moved, _)| *moved == id).map(|(_, words)| words.as_str())
    }

    /// Whether a command of the bookmarks scope can do something now.
    pub fn available(&self, command: Command, shared: &Shared) -> bool {
        let bookmark = self.under_cursor().and_then(|id| shared.shelf.get(id));
        bookmark.is_some_and(|bookmark| match command {
            Command::OpenBookmarkPage => bookmark.source().web_address().is_some(),
            Command::OpenBookmark | Command::CopyPassage | Command::CopyPassageCitation | Command::ExportBookmarks => {
                true
            }
            Command::TakeOtherNote => !shared.shelf.other_notes(bookmark.id(), shared.moment.now).is_empty(),
            Command::AcceptBookmark => self.now(bookmark.id()).is_some() && !bookmark.is_read_only(),
            _ => !bookmark.is_read_only(),
        })
    }

    /// Carries out a command of the bookmarks scope.
    pub fn update(&mut self, command: Command, shared: &Shared, open: Option<&Open>) -> Vec<Ask> {
        let Some(bookmark) = self.under_cursor().and_then(|id| shared.shelf.get(id)) else {
            return vec![Ask::Tell(Notice::hint(self.nothing(shared)))];
        };
        let id = bookmark.id();
        match command {
            Command::OpenBookmark => vec![Ask::Open(bookmark.source_id().clone(), Goal::Bookmark(id))],
            Command::AcceptBookmark => vec![accept(bookmark, open, shared)],
            Command::AttachBookmark if bookmark.is_read_only() => {
                vec![Ask::Tell(Notice::error("Not changed: this bookmark was written by a newer version."))]
            }
            Command::AttachBookmark => vec![Ask::Open(bookmark.source_id().clone(), Goal::Attach(id))],
            Command::EditNote => vec![Ask::Type(Prompt::new(Purpose::Note(id), bookmark.note().unwrap_or_default()))],
            Command::EditNoteOutside => {
                vec![Ask::Do(Effect::Terminal(TerminalJob::EditNote {
                    id,
                    note: bookmark.note().unwrap_or_default().to_owned(),
                }))]
            }
            Command::TakeOtherNote => vec![match shared.shelf.other_notes(id, shared.moment.now).first() {
                Some(other) => {
                    let after = bookmark.with_note(other.note, shared.device, shared.moment.now);
                    changed(bookmark, after, "Took the other version of the note")
                }
                None => Ask::Tell(Notice::hint("Its note has no other version.")),
            }],
            Command::EditTags => vec![Ask::Type(Prompt::tags(id, bookmark.tags()))],
            Command::DeleteBookmark => {
                vec![changed(bookmark, bookmark.deleted(shared.device, shared.moment.now), "Deleted the bookmark")]
            }
            Command::CopyPassage => {
                vec![Ask::Do(Effect::Terminal(TerminalJob::Copy {
                    text: bookmark.words().to_owned(),
                    done: "Copied the passage.".to_owned(),
                }))]
            }
            Command::CopyPassageCitation => {
                let done = "Copied the passage with its source.".to_owned();
                vec![Ask::Do(Effect::Terminal(TerminalJob::Copy {
                    text: cite(bookmark.words(), bookmark.source()),
                    done,
                }))]
            }
            Command::ExportBookmarks => vec![Ask::Type(Prompt::new(Purpose::Export, EXPORT))],
            Command::OpenBookmarkPage => vec![match bookmark.source().web_address() {
                Some(url) => Ask::Do(Effect::Desk(DeskJob::OpenUrl(at_passage(url, bookmark)))),
                None => Ask::Tell(Notice::hint("This article has no web address.")),
            }],
            _ => match color_of(command) {
                Some(color) => {
                    let told = format!("Coloured it {}", color.name());
                    vec![changed(bookmark, bookmark.with_color(color, shared.device, shared.moment.now), &told)]
                }
                None => Vec::new(),
            },
        }
    }

    /// Moves the cursor.
    pub fn go(&mut self, to: Move) {
        self.list.go(to, self.ids.len());
    }

    /// Brings the cursor into a window of this size.
    pub fn settle(&mut self, shared: &Shared, area: Rect) {
        let mut list = self.list;
        let area = self.below_wrong(area);
        list.settle(self.ids.len(), area.height, |row| self.height(row, shared, area));
        self.list = list;
    }

    /// A click: moves the cursor; on the row under the cursor it opens the passage.
    pub fn click(&mut self, y: u16, shared: &Shared, open: Option<&Open>, area: Rect) -> Vec<Ask> {
        let below = self.below_wrong(area);
        let Some(y) = y.checked_sub(below.y - area.y) else { return Vec::new() };
        let area = below;
        match self.list.row_at(y, self.ids.len(), |row| self.height(row, shared, area)) {
            Some(row) if row == self.list.cursor => self.update(Command::OpenBookmark, shared, open),
            Some(row) => {
                self.list.select(row);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Why there is no row.
    fn nothing(&self, shared: &Shared) -> String {
        if shared.awaits_shelf {
            return "Reading the bookmarks…".to_owned();
        }
        if self.wrong.is_some() {
            return "The filter cannot be understood, so no bookmark is listed.".to_owned();
        }
        if !self.filter.is_empty() {
            return "No bookmark matches.".to_owned();
        }
        let (select, save) =
            (shared.keymap.named(Command::SelectSentence), shared.keymap.named(Command::SaveSelection));
        let here = if self.all { "" } else { " in this article" };
        format!("No bookmarks{here} yet. In the page, {select} selects a sentence and {save} keeps it.")
    }

    /// The title of the pane.
    pub fn title(&self) -> String {
        let whose = if self.all { "All bookmarks" } else { "Bookmarks" };
        let filter = if self.filter.is_empty() { String::new() } else { format!(" · {}", self.filter) };
        format!("{whose} {}{filter}", self.ids.len())
    }
}

/// A change of one bookmark, or the reason why it cannot be made.
pub fn changed(before: &Bookmark, after: Result<Bookmark, Refused>, told: &str) -> Ask {
    match after {
        Ok(after) => Ask::Make(Change::Bookmarks(vec![(Some(before.clone()), after)]), told.to_owned()),
        Err(refused) => Ask::Tell(Notice::error(format!("Not changed: {refused}."))),
    }
}
