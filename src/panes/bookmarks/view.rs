//! The rows of the bookmarks pane.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::bookmark::{AnchorState, Bookmark, BookmarkId};
use crate::command::Command;
use crate::panes::Shared;
use crate::panes::wording::Changes;
use crate::ui::{Meaning, pen};

use super::Bookmarks;

/// A line of a row, and what it means.
type Line = (String, Meaning<'static>);

impl Bookmarks {
    pub(super) fn height(&self, row: usize, shared: &Shared, area: Rect) -> u16 {
        self.ids.get(row).map_or(0, |id| self.lines(*id, row == self.list.cursor, shared, area).len() as u16 + 1)
    }

    /// The lines of one bookmark: its words, what became of them, note, tags and, among all, its article. More of them
    /// under the cursor.
    fn lines(&self, id: BookmarkId, under_cursor: bool, shared: &Shared, area: Rect) -> Vec<Line> {
        let Some(bookmark) = shared.shelf.get(id) else { return Vec::new() };
        let columns = area.width.saturating_sub(4);
        let (most_words, most_note) = if under_cursor { (8, 6) } else { (3, 1) };
        let mut lines: Vec<Line> = Vec::new();
        let now = bookmark.quote().and_then(|_| self.now(id));
        if let Some(now) = now {
            let [was, now] = Changes::new(bookmark.words(), now).lines(columns, most_words);
            lines.extend(was.into_iter().map(|line| (line, Meaning::Muted)));
            lines.extend(now.into_iter().map(|line| (line, Meaning::Text)));
        }
        let mut say = |words: &str, most: usize, meaning: Meaning<'static>| {
            lines.extend(pen::wrap(words, columns, most).into_iter().map(|line| (line, meaning)));
        };
        match bookmark.quote() {
            Some(_) if now.is_some() => {}
            Some(_) => say(bookmark.words(), most_words, Meaning::Text),
            None => say(&format!("at: {}…", bookmark.words()), most_words, Meaning::Text),
        }
        let others = shared.shelf.other_notes(id, shared.moment.now);
        if let Some(note) = bookmark.note() {
            say(&format!("— {}", note.replace('\n', " ⏎ ")), most_note, Meaning::Standfirst);
        }
        if let Some(other) = others.first().filter(|_| under_cursor) {
            let key = shared.keymap.named(Command::TakeOtherNote);
            let note = other.note.replace('\n', " ⏎ ");
            say(&format!("other version from {} ({key} takes it): {note}", other.device), most_note, Meaning::Muted);
        }
        if !bookmark.tags().is_empty() {
            let tags: Vec<String> = bookmark.tags().iter().map(|tag| format!("#{tag}")).collect();
            say(&tags.join(" "), 1, Meaning::Key);
        }
        if self.all {
            say(&bookmark.source().title, 1, Meaning::Muted);
        }
        if let Some((told, meaning)) = self.told(bookmark, shared) {
            say(&told, 3, meaning);
        }
        if bookmark.is_read_only() {
            say("written by a newer version; cannot be edited", 3, Meaning::Muted);
        }
        lines
    }

    /// What is said of where the bookmark is, if it is not simply there.
    fn told(&self, bookmark: &Bookmark, shared: &Shared) -> Option<(Cow<'static, str>, Meaning<'static>)> {
        let id = bookmark.id();
        let key = |command| shared.keymap.named(command);
        if self.looked_for.contains(&id) {
            return Some(("looking for it in the text …".into(), Meaning::Muted));
        }
        match shared.shelf.state(id)? {
            AnchorState::Anchored => None,
            AnchorState::Approximate if self.now(id).is_some() => {
                let key = key(Command::AcceptBookmark);
                Some((format!("changed; {key} accepts it as it is now").into(), Meaning::Muted))
            }
            AnchorState::Approximate => Some(("changed when its article was last read".into(), Meaning::Muted)),
            AnchorState::Orphan => {
                let key = key(Command::AttachBookmark);
                Some((format!("not found in the text as it is now; {key} attaches it anew").into(), Meaning::Muted))
            }
        }
    }

    fn wrong_lines(&self, area: Rect) -> Vec<String> {
        let room = (area.width.saturating_sub(2), area.height);
        self.wrong.iter().flat_map(|wrong| pen::wrap(wrong, room.0, room.1.into())).collect()
    }

    /// The room for the rows, below what is wrong with the filter.
    pub(super) fn below_wrong(&self, area: Rect) -> Rect {
        let above = (self.wrong_lines(area).len() as u16).min(area.height);
        Rect { y: area.y + above, height: area.height - above, ..area }
    }

    /// Draws the list.
    pub(super) fn draw(&self, shared: &Shared, focused: bool, area: Rect, buf: &mut Buffer) {
        let theme = shared.theme;
        for (y, line) in (0..area.height).zip(self.wrong_lines(area)) {
            pen::put(buf, area, (1, y), &line, theme.style(Meaning::Error));
        }
        let area = self.below_wrong(area);
        if self.ids.is_empty() {
            let words = if self.wrong.is_some() { String::new() } else { self.nothing(shared) };
            for (y, line) in (0..).zip(pen::wrap(&words, area.width.saturating_sub(2), 6)) {
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
            let is_barred = focused && row == self.list.cursor;
            if is_barred {
                pen::fill(buf, area, top..y, theme.style(Meaning::Cursor));
            }
            // On the bar the mark's ink could not be read.
            let mark = if is_barred { Meaning::Passage(&color) } else { Meaning::Bookmark(&color) };
            let sign = match shared.shelf.state(id) {
                Some(AnchorState::Approximate) => "≈",
                Some(AnchorState::Orphan) => "?",
                Some(AnchorState::Anchored) | None => "▌",
            };
            for y in top..y.min(area.height) {
                pen::put(buf, area, (1, y), sign, theme.style(mark));
            }
            y += 1;
        }
    }
}
