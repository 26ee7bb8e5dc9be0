//! The bookmarks pane: the passages that were kept, of this article or of all.
//!
//! * `view`: the rows, and drawing them

mod view;

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::bookmark::export::at_passage;
use crate::bookmark::{Bookmark, BookmarkId, Filter, QueryContext, cite};
use crate::command::{Command, DeskJob, Effect, Notice, Scope, TerminalJob};
use crate::entity::Entity;
use crate::query::BadQuery;
use crate::text::fold::fold;
use crate::ui::{ListState, Move};

use super::prompt::{Prompt, Purpose};
use super::reader::{Open, accept};
use super::{Ask, Context, Goal, Pane, Shared, changed};

/// The file that is proposed for an export; its ending may be another.
const EXPORT: &str = "~/bookmarks.md";

/// The bookmarks pane.
#[derive(Clone, Debug, Default)]
pub struct Bookmarks {
    /// Of all articles, or of the open one.
    all: bool,
    filter: String,
    /// What it was understood as last, which holds while what is typed is not finished.
    understood: Filter,
    is_typing: bool,
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
    pub fn refresh(&mut self, context: &Context<'_>) {
        let (shared, open) = (context.shared, context.open());
        let under_cursor = self.under_cursor();
        let filter = match self.read_filter(shared, open) {
            Err(bad) if self.is_typing && bad.is_unfinished(&self.filter) => Ok(self.understood.clone()),
            read => read,
        };
        if let Ok(filter) = &filter {
            self.understood.clone_from(filter);
        }
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
                ids.retain(|id| shared.shelf.matches(&filter, *id));
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
    pub fn set_all(&mut self, all: bool, context: &Context<'_>) {
        self.all = all;
        self.filter.clear();
        self.refresh(context);
    }

    /// Puts the cursor on a bookmark of the open article.
    pub fn show(&mut self, id: BookmarkId, context: &Context<'_>) {
        if !self.ids.contains(&id) {
            self.set_all(false, context);
        }
        if let Some(row) = self.ids.iter().position(|other| *other == id) {
            self.list.select(row);
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

    /// What is done with the bookmark under the cursor.
    fn on_row(&self, shared: &Shared, act: impl FnOnce(&Bookmark) -> Ask) -> Vec<Ask> {
        let bookmark = self.under_cursor().and_then(|id| shared.shelf.get(id));
        vec![bookmark.map_or_else(|| Ask::Tell(Notice::hint(self.nothing(shared))), act)]
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
}

impl Pane for Bookmarks {
    fn scope(&self) -> Scope {
        Scope::Bookmarks
    }

    fn title(&self, _columns: u16) -> String {
        let whose = if self.all { "All bookmarks" } else { "Bookmarks" };
        let filter = if self.filter.is_empty() { String::new() } else { format!(" · {}", self.filter) };
        format!("{whose} {}{filter}", self.ids.len())
    }

    fn available(&self, command: Command, context: &Context<'_>) -> bool {
        let shared = context.shared;
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

    fn update(&mut self, command: Command, context: &Context<'_>) -> Option<Vec<Ask>> {
        let shared = context.shared;
        let (device, now) = (shared.device, shared.moment.now);
        let on_row = |act: &dyn Fn(&Bookmark) -> Ask| self.on_row(shared, act);
        Some(match command {
            Command::OpenBookmark => on_row(&|it| Ask::Open(it.source_id().normal(), Goal::Bookmark(it.id()))),
            Command::AcceptBookmark => on_row(&|it| accept(it, context.open(), shared)),
            Command::AttachBookmark => on_row(&attach),
            Command::EditNote => {
                on_row(&|it| Ask::Type(Prompt::new(Purpose::Note(it.id()), it.note().unwrap_or_default())))
            }
            Command::EditNoteOutside => on_row(&|it| {
                Ask::Do(Effect::Terminal(TerminalJob::EditNote {
                    id: it.id(),
                    note: it.note().unwrap_or_default().to_owned(),
                }))
            }),
            Command::TakeOtherNote => on_row(&|it| take_other_note(it, shared)),
            Command::EditTags => on_row(&|it| Ask::Type(Prompt::tags(it.id(), it.tags()))),
            Command::DeleteBookmark => on_row(&|it| changed(it, it.deleted(device, now), "Deleted the bookmark")),
            Command::CopyPassage => on_row(&|it| copy(it.words().to_owned(), "Copied the passage.")),
            Command::CopyPassageCitation => {
                on_row(&|it| copy(cite(it.words(), it.source()), "Copied the passage with its source."))
            }
            Command::ExportBookmarks => on_row(&|_| Ask::Type(Prompt::new(Purpose::Export, EXPORT))),
            Command::OpenBookmarkPage => on_row(&|it| match it.source().web_address() {
                Some(url) => Ask::Do(Effect::Desk(DeskJob::OpenUrl(at_passage(url, it)))),
                None => Ask::Tell(Notice::hint("This article has no web address.")),
            }),
            Command::ColorYellow
            | Command::ColorGreen
            | Command::ColorBlue
            | Command::ColorPink
            | Command::ColorOrange
            | Command::ColorPurple => {
                let color = command.color()?;
                on_row(&|it| {
                    changed(it, it.with_color(color.clone(), device, now), &format!("Coloured it {}", color.name()))
                })
            }
            _ => return None,
        })
    }

    fn go(&mut self, to: Move) {
        self.list.go(to, self.ids.len());
    }

    fn settle(&mut self, area: Rect, context: &Context<'_>) {
        let mut list = self.list;
        let area = self.below_wrong(area);
        list.settle(self.ids.len(), area.height, |row| self.height(row, context.shared, area));
        self.list = list;
    }

    /// Moves the cursor; on the row under the cursor it opens the passage.
    fn click(&mut self, at: Position, area: Rect, context: &Context<'_>) -> Vec<Ask> {
        let area = self.below_wrong(area);
        let Some(y) = at.y.checked_sub(area.y) else { return Vec::new() };
        match self.list.row_at(y, self.ids.len(), |row| self.height(row, context.shared, area)) {
            Some(row) if row == self.list.cursor => self.update(Command::OpenBookmark, context).unwrap_or_default(),
            Some(row) => {
                self.list.select(row);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn view(&self, context: &Context<'_>, focused: bool, area: Rect, buf: &mut Buffer) {
        self.draw(context.shared, focused, area, buf);
    }

    fn filter(&self) -> &str {
        &self.filter
    }

    fn begin_filter(&mut self) {
        self.is_typing = true;
    }

    fn end_filter(&mut self, filter: &str, context: &Context<'_>) -> Option<Notice> {
        self.is_typing = false;
        self.set_filter(filter, context);
        None
    }

    fn cancel_filter(&mut self, before: &str, context: &Context<'_>) {
        self.is_typing = false;
        self.set_filter(before, context);
    }

    fn set_filter(&mut self, filter: &str, context: &Context<'_>) {
        filter.clone_into(&mut self.filter);
        self.refresh(context);
        // While words are looked for the first bookmark found is meant; it stays under the cursor when all are back.
        if !filter.is_empty() {
            self.list = ListState::default();
        }
    }
}

/// Opens the article of a bookmark to attach it to other words there.
fn attach(bookmark: &Bookmark) -> Ask {
    if bookmark.is_read_only() {
        return Ask::Tell(Notice::error("Not changed: this bookmark was written by a newer version."));
    }
    Ask::Open(bookmark.source_id().normal(), Goal::Attach(bookmark.id()))
}

fn take_other_note(bookmark: &Bookmark, shared: &Shared) -> Ask {
    let (device, now) = (shared.device, shared.moment.now);
    match shared.shelf.other_notes(bookmark.id(), now).first() {
        Some(other) => {
            changed(bookmark, bookmark.with_note(other.note, device, now), "Took the other version of the note")
        }
        None => Ask::Tell(Notice::hint("Its note has no other version.")),
    }
}

fn copy(text: String, done: &str) -> Ask {
    Ask::Do(Effect::Terminal(TerminalJob::Copy { text, done: done.to_owned() }))
}
