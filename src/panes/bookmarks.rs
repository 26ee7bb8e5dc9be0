//! The bookmarks pane: the passages that were kept, of this article or of all.

use std::borrow::Cow;
use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::bookmark::{Bookmark, BookmarkId, Filter, Refused, cite};
use crate::command::{Command, Effect, Notice};
use crate::ui::{ListState, Meaning, Move, pen};

use super::prompt::{Prompt, Purpose};
use super::reader::{Open, color_of};
use super::{Ask, Change, Goal, Shared};

/// The bookmarks pane.
#[derive(Clone, Debug, Default)]
pub struct Bookmarks {
    /// Of all articles, or of the open one.
    all: bool,
    filter: String,
    ids: Vec<BookmarkId>,
    /// Those of the open article that were not found in its text.
    orphans: Vec<BookmarkId>,
    /// Those of the open article whose words have changed, with the words as they are now.
    moved: Vec<(BookmarkId, String)>,
    list: ListState,
}

impl Bookmarks {
    /// Makes the rows anew: the shelf, the article or the filter changed. The cursor stays on its bookmark.
    pub fn refresh(&mut self, shared: &Shared, open: Option<&Open>) {
        let under_cursor = self.under_cursor();
        let filter = Filter::parse(&self.filter);
        let fits = |id: &BookmarkId| shared.shelf.get(*id).is_some_and(|bookmark| filter.matches(bookmark));
        self.orphans.clear();
        self.moved = open.map_or_else(Vec::new, |open| {
            let body = &open.article.body;
            let moved = open.marks.iter().filter(|mark| mark.approximate);
            moved.map(|mark| (mark.id, body.slice(mark.range).to_owned())).collect()
        });
        self.ids = match open {
            // Of one article in the order of its text, what was not found in it last; of all the newest first.
            Some(open) if !self.all => {
                let mut ids: Vec<BookmarkId> = open.marks.iter().map(|mark| mark.id).collect();
                let found: HashSet<BookmarkId> = ids.iter().copied().collect();
                let hash = open.article.body.hash();
                let missing =
                    shared.shelf.all_of(&open.article.id, hash).map(Bookmark::id).filter(|id| !found.contains(id));
                self.orphans = missing.collect();
                ids.extend(&self.orphans);
                ids.retain(fits);
                ids
            }
            None if !self.all => Vec::new(),
            _ => shared.shelf.filter(&filter).rev().collect(),
        };
        if let Some(row) = under_cursor.and_then(|id| self.ids.iter().position(|other| *other == id)) {
            self.list.select(row);
        }
        self.list.cursor = self.list.cursor.min(self.ids.len().saturating_sub(1));
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

    fn under_cursor(&self) -> Option<BookmarkId> {
        self.ids.get(self.list.cursor).copied()
    }

    /// Whether a command of the bookmarks scope can do something now.
    pub fn available(&self, command: Command, shared: &Shared) -> bool {
        let bookmark = self.under_cursor().and_then(|id| shared.shelf.get(id));
        bookmark.is_some_and(|bookmark| match command {
            Command::OpenBookmarkPage => bookmark.source().web_address().is_some(),
            Command::OpenBookmark | Command::CopyPassage | Command::CopyPassageCitation => true,
            _ => !bookmark.is_read_only(),
        })
    }

    /// Carries out a command of the bookmarks scope.
    pub fn update(&mut self, command: Command, shared: &Shared) -> Vec<Ask> {
        let Some(bookmark) = self.under_cursor().and_then(|id| shared.shelf.get(id)) else {
            return vec![Ask::Tell(Notice::hint("No bookmark here yet: in the page, v selects and Enter saves."))];
        };
        let id = bookmark.id();
        match command {
            Command::OpenBookmark => vec![Ask::Open(bookmark.source_id().clone(), Goal::Bookmark(id))],
            Command::EditNote => vec![Ask::Type(Prompt::new(Purpose::Note(id), bookmark.note().unwrap_or_default()))],
            Command::EditNoteOutside => {
                vec![Ask::Do(Effect::EditNote { id, note: bookmark.note().unwrap_or_default().to_owned() })]
            }
            Command::EditTags => vec![Ask::Type(Prompt::tags(id, bookmark.tags()))],
            Command::DeleteBookmark => {
                vec![changed(bookmark, bookmark.deleted(shared.device, shared.moment.now), "Deleted the bookmark")]
            }
            Command::CopyPassage => {
                vec![Ask::Do(Effect::Copy {
                    text: bookmark.words().to_owned(),
                    done: "Copied the passage.".to_owned(),
                })]
            }
            Command::CopyPassageCitation => {
                let done = "Copied the passage with its source.".to_owned();
                vec![Ask::Do(Effect::Copy { text: cite(bookmark.words(), bookmark.source()), done })]
            }
            Command::OpenBookmarkPage => vec![match bookmark.source().web_address() {
                Some(url) => Ask::Do(Effect::OpenUrl(url.to_owned())),
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
        list.settle(self.ids.len(), area.height, |row| self.height(row, shared, area));
        self.list = list;
    }

    /// A click: moves the cursor; on the row under the cursor it opens the passage.
    pub fn click(&mut self, y: u16, shared: &Shared, area: Rect) -> Vec<Ask> {
        match self.list.row_at(y, self.ids.len(), |row| self.height(row, shared, area)) {
            Some(row) if row == self.list.cursor => self.update(Command::OpenBookmark, shared),
            Some(row) => {
                self.list.select(row);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The title of the pane.
    pub fn title(&self) -> String {
        let whose = if self.all { "All bookmarks" } else { "Bookmarks" };
        let filter = if self.filter.is_empty() { String::new() } else { format!(" · {}", self.filter) };
        format!("{whose} {}{filter}", self.ids.len())
    }

    /// The words a bookmark stands at now, if they are not quite its own.
    fn now(&self, id: BookmarkId) -> Option<&str> {
        self.moved.iter().find(|(moved, _)| *moved == id).map(|(_, words)| words.as_str())
    }

    fn height(&self, row: usize, shared: &Shared, area: Rect) -> u16 {
        self.ids.get(row).map_or(0, |id| self.lines(*id, row == self.list.cursor, shared, area).len() as u16 + 1)
    }

    /// The lines of one bookmark: its words, note, tags and, among all, its article. More of them under the cursor.
    fn lines(
        &self,
        id: BookmarkId,
        under_cursor: bool,
        shared: &Shared,
        area: Rect,
    ) -> Vec<(String, Meaning<'static>)> {
        let Some(bookmark) = shared.shelf.get(id) else { return Vec::new() };
        let columns = area.width.saturating_sub(4);
        let said = |words, meaning| pen::wrap(words, columns, 3).into_iter().map(move |line| (line, meaning));
        let (most_words, most_note) = if under_cursor { (8, 6) } else { (3, 1) };
        let words = match bookmark.quote() {
            Some(_) => Cow::Borrowed(bookmark.words()),
            None => Cow::Owned(format!("at: {}…", bookmark.words())),
        };
        let mut lines: Vec<(String, Meaning<'static>)> =
            pen::wrap(&words, columns, most_words).into_iter().map(|line| (line, Meaning::Text)).collect();
        if let Some(now) = self.now(id).filter(|now| !now.is_empty()) {
            let now = pen::wrap(&format!("now: {now}"), columns, most_words);
            lines.extend(now.into_iter().map(|line| (line, Meaning::Muted)));
        }
        let note = bookmark.note().map(|note| format!("— {}", note.replace('\n', " ⏎ ")));
        let note = note.map(|note| pen::wrap(&note, columns, most_note)).unwrap_or_default();
        lines.extend(note.into_iter().map(|line| (line, Meaning::Standfirst)));
        if !bookmark.tags().is_empty() {
            let tags: Vec<String> = bookmark.tags().iter().map(|tag| format!("#{tag}")).collect();
            lines.extend(pen::wrap(&tags.join(" "), columns, 1).into_iter().map(|line| (line, Meaning::Key)));
        }
        if self.all {
            lines
                .extend(pen::wrap(&bookmark.source().title, columns, 1).into_iter().map(|line| (line, Meaning::Muted)));
        }
        if self.orphans.contains(&id) {
            lines.extend(said("not found in the text as it is now", Meaning::Error));
        }
        if bookmark.is_read_only() {
            lines.extend(said("written by a newer version; cannot be edited", Meaning::Muted));
        }
        lines
    }

    /// Draws the list.
    pub fn view(&self, shared: &Shared, focused: bool, area: Rect, buf: &mut Buffer) {
        let theme = shared.theme;
        if self.ids.is_empty() {
            let words = match (self.filter.is_empty(), self.all) {
                (false, _) => "No bookmark has these words.",
                (true, true) => "No bookmarks yet. In the page, v selects a sentence and Enter keeps it.",
                (true, false) => {
                    "No bookmarks in this article yet. In the page, v selects a sentence and Enter keeps it."
                }
            };
            for (y, line) in (0..).zip(pen::wrap(words, area.width.saturating_sub(2), 6)) {
                pen::put(buf, area, (1, y), &line, theme.style(Meaning::Muted));
            }
            return;
        }
        let mut y = 0;
        for row in self.list.top..self.ids.len() {
            let Some(id) = self.ids.get(row).copied().filter(|_| y < area.height) else { break };
            let color = shared.shelf.get(id).map(|bookmark| bookmark.color().clone()).unwrap_or_default();
            let top = y;
            for (line, meaning) in self.lines(id, row == self.list.cursor, shared, area) {
                pen::put(buf, area, (3, y), &line, theme.style(meaning));
                y += 1;
            }
            if focused && row == self.list.cursor {
                pen::fill(buf, area, top..y, theme.style(Meaning::Cursor));
            }
            let sign = if self.now(id).is_some() { "≈" } else { "▌" };
            for y in top..y.min(area.height) {
                pen::put(buf, area, (1, y), sign, theme.style(Meaning::Bookmark(&color)));
            }
            y += 1;
        }
    }
}

/// A change of one bookmark, or the reason why it cannot be made.
pub fn changed(before: &Bookmark, after: Result<Bookmark, Refused>, told: &str) -> Ask {
    match after {
        Ok(after) => Ask::Make(Change::Bookmarks(vec![(Some(before.clone()), after)]), told.to_owned()),
        Err(refused) => Ask::Tell(Notice::error(format!("Not changed: {refused}."))),
    }
}
