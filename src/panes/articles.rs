//! The articles pane: what was opened, what was read before, and the edition inside the program.
//!
//! * `disambiguate`: what tells articles of the same title apart

mod disambiguate;

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::article::{Date, Entry, SourceId};
use crate::command::{Command, Notice, Scope};
use crate::text::plural::count;
use crate::text::reading_time::minutes;
use crate::text::width::{truncate, width};
use crate::ui::{ListState, Meaning, Move, pen};

use disambiguate::disambiguate;

use super::prompt::{Prompt, Purpose};
use super::{AWAITED, Ask, Change, Context, Goal, Pane};

/// Where a row comes from. Rows are listed in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Named on the command line, or added since.
    Opened,
    /// Read in an earlier session.
    Before,
    /// The edition inside the program.
    Edition,
}

impl Section {
    fn title(self) -> &'static str {
        match self {
            Self::Opened => "OPENED",
            Self::Before => "OPENED BEFORE",
            Self::Edition => "THE EDITION",
        }
    }
}

/// An article in the list.
#[derive(Clone, Debug)]
pub struct Row {
    section: Section,
    entry: Entry,
    /// How many rows stood before it when it was taken off the list.
    place: usize,
}

impl Row {
    /// The article.
    pub fn id(&self) -> &SourceId {
        &self.entry.id
    }
}

/// The list of articles.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    rows: Vec<Row>,
    /// Numbers of the rows that match the filter.
    shown: Vec<usize>,
    list: ListState,
    filter: String,
    /// The article in the reading pane.
    current: Option<SourceId>,
}

/// Columns before the words of a row: mark of the current article, mark of the read state, blank.
const MARGIN: u16 = 3;

impl Articles {
    /// Adds articles to a section; one that is listed already keeps its first place.
    pub fn add(&mut self, section: Section, entries: Vec<Entry>) {
        let under_cursor = self.under_cursor().map(|entry| entry.id.clone());
        let mut listed: HashSet<SourceId> = self.rows.iter().map(|row| row.entry.id.clone()).collect();
        let new = entries.into_iter().filter(|entry| listed.insert(entry.id.clone()));
        self.rows.extend(new.map(|entry| Row { section, entry, place: 0 }));
        self.rows.sort_by_key(|row| row.section);
        self.narrow();
        self.select(under_cursor.as_ref());
    }

    /// What the list knows of an article.
    pub fn entry(&self, id: &SourceId) -> Option<&Entry> {
        self.rows.iter().map(|row| &row.entry).find(|entry| entry.id == *id)
    }

    /// Changes what the list knows of an article.
    pub fn change(&mut self, id: &SourceId, change: impl FnOnce(&mut Entry)) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.entry.id == *id) {
            change(&mut row.entry);
        }
    }

    /// Takes an article off the list.
    pub fn remove(&mut self, id: &SourceId) {
        self.rows.retain(|row| row.entry.id != *id);
        self.narrow();
    }

    /// Puts a row that was taken off back in its place.
    pub fn restore(&mut self, row: &Row) {
        if self.entry(row.id()).is_none() {
            self.rows.insert(row.place.min(self.rows.len()), row.clone());
            self.rows.sort_by_key(|row| row.section);
            self.narrow();
            self.select(Some(row.id()));
        }
    }

    /// The article in the reading pane is now this one; the cursor follows.
    pub fn set_current(&mut self, id: &SourceId) {
        self.current = Some(id.clone());
        self.select(Some(id));
    }

    /// Puts the cursor on an article, if it is listed.
    fn select(&mut self, id: Option<&SourceId>) {
        let at = self.visible().position(|row| Some(&row.entry.id) == id);
        if let Some(at) = at {
            self.list.select(at);
        }
    }

    /// The first article of the list.
    pub fn first(&self) -> Option<&SourceId> {
        self.visible().next().map(|row| &row.entry.id)
    }

    /// The article after `from` in the list, or before it; of unread ones only, if asked.
    pub fn neighbour(&self, from: Option<&SourceId>, forward: bool, unread_only: bool) -> Option<&SourceId> {
        let at = self.visible().position(|row| Some(&row.entry.id) == from);
        let wanted = |row: &&Row| !unread_only || !row.entry.is_read();
        let found = if forward {
            self.visible().skip(at.map_or(0, |at| at + 1)).find(wanted)
        } else {
            let before: Vec<&Row> = self.visible().take(at.unwrap_or(0)).collect();
            before.into_iter().rev().find(wanted)
        };
        found.map(|row| &row.entry.id)
    }

    fn narrow(&mut self) {
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let matches = |entry: &Entry| {
            if words.is_empty() {
                return true;
            }
            let fields = [Some(&entry.title), entry.byline.as_ref(), entry.source.as_ref()];
            let text = fields.into_iter().flatten().map(|field| field.to_lowercase()).collect::<Vec<_>>().join("\n");
            words.iter().all(|word| text.contains(word))
        };
        self.shown =
            self.rows.iter().enumerate().filter(|(_, row)| matches(&row.entry)).map(|(number, _)| number).collect();
    }

    fn visible(&self) -> impl Iterator<Item = &Row> {
        self.shown.iter().filter_map(|&number| self.rows.get(number))
    }

    fn row(&self, at: usize) -> Option<&Row> {
        self.shown.get(at).and_then(|&number| self.rows.get(number))
    }

    fn under_cursor(&self) -> Option<&Entry> {
        self.row(self.list.cursor).map(|row| &row.entry)
    }

    /// What is done with the article under the cursor.
    fn on_row(&self, act: impl FnOnce(&Entry) -> Ask) -> Vec<Ask> {
        vec![self.under_cursor().map_or_else(|| Ask::Tell(Notice::hint("There is no article here.")), act)]
    }

    fn mark_all_read(&self) -> Ask {
        let unread = self.visible().filter(|row| !row.entry.is_read());
        let ids: Vec<SourceId> = unread.map(|row| row.entry.id.clone()).collect();
        if ids.is_empty() {
            return Ask::Tell(Notice::hint("Every listed article is read."));
        }
        let told = format!("Marked {} as read.", count(ids.len(), "article"));
        Ask::Make(Change::Read { ids, read: true }, told)
    }

    fn take_off(&self, entry: &Entry) -> Ask {
        let found = self.rows.iter().enumerate().find(|(_, row)| row.entry.id == entry.id);
        match found {
            Some((place, row)) => {
                let row = Row { place, ..row.clone() };
                Ask::Make(Change::Removed(Box::new(row)), "Took the article off the list".to_owned())
            }
            None => Ask::Tell(Notice::hint("There is no article here.")),
        }
    }

    /// Whether a heading stands above a row: where a new section begins, if there is more than one.
    fn heading(&self, at: usize) -> Option<Section> {
        let section = self.row(at)?.section;
        let several =
            self.row(0).map(|row| row.section) != self.row(self.shown.len().saturating_sub(1)).map(|row| row.section);
        let first = at.checked_sub(1).and_then(|before| self.row(before)).is_none_or(|row| row.section != section);
        (several && first).then_some(section)
    }

    /// Rows on the screen that a row of the list takes. A tall window has air between the articles.
    fn height(&self, at: usize, area: Rect) -> u16 {
        let Some(row) = self.row(at) else { return 0 };
        let title = pen::wrap(&row.entry.title, title_width(area), 2).len() as u16;
        u16::from(self.heading(at).is_some()) + title + 1 + air(area)
    }
}

impl Pane for Articles {
    fn scope(&self) -> Scope {
        Scope::Articles
    }

    fn title(&self, _columns: u16) -> String {
        if self.filter.is_empty() {
            format!("Articles {}", self.rows.len())
        } else {
            format!("Articles {} of {} · {}", self.shown.len(), self.rows.len(), self.filter)
        }
    }

    fn available(&self, command: Command, _context: &Context<'_>) -> bool {
        command == Command::AddSource || !self.shown.is_empty()
    }

    fn update(&mut self, command: Command, _context: &Context<'_>) -> Option<Vec<Ask>> {
        Some(match command {
            Command::OpenArticle => self.on_row(|entry| Ask::Open(entry.id.clone(), Goal::Kept)),
            Command::ToggleRead => self.on_row(|entry| Ask::ToggleRead(entry.id.clone())),
            Command::ToggleStar => self.on_row(|entry| Ask::ToggleStar(entry.id.clone())),
            Command::MarkAllRead => self.on_row(|_| self.mark_all_read()),
            Command::RemoveArticle => self.on_row(|entry| self.take_off(entry)),
            Command::AddSource => vec![Ask::Type(Prompt::new(Purpose::Source, ""))],
            _ => return None,
        })
    }

    fn go(&mut self, to: Move) {
        self.list.go(to, self.shown.len());
    }

    fn settle(&mut self, area: Rect, _context: &Context<'_>) {
        let mut list = self.list;
        list.settle(self.shown.len(), area.height, |at| self.height(at, area));
        self.list = list;
    }

    /// Moves the cursor; on the row under the cursor it opens the article.
    fn click(&mut self, at: Position, area: Rect, context: &Context<'_>) -> Vec<Ask> {
        let row = self.list.row_at(at.y.saturating_sub(area.y), self.shown.len(), |at| self.height(at, area));
        let Some(row) = row else { return Vec::new() };
        if row == self.list.cursor {
            return self.update(Command::OpenArticle, context).unwrap_or_default();
        }
        self.list.select(row);
        Vec::new()
    }

    fn filter(&self) -> &str {
        &self.filter
    }

    /// Narrows the list to titles, writers and sources that hold every word.
    fn set_filter(&mut self, filter: &str, _context: &Context<'_>) {
        let under_cursor = self.under_cursor().map(|entry| entry.id.clone());
        filter.clone_into(&mut self.filter);
        self.narrow();
        self.list = ListState::default();
        // What was found stays under the cursor when the whole list is back.
        if filter.is_empty() {
            self.select(under_cursor.as_ref());
        }
    }

    fn view(&self, context: &Context<'_>, focused: bool, area: Rect, buf: &mut Buffer) {
        let shared = context.shared;
        let theme = shared.theme;
        if self.shown.is_empty() {
            let text = if shared.awaits_list {
                AWAITED.to_owned()
            } else if self.rows.is_empty() {
                let key = shared.keymap.named(Command::AddSource);
                format!("Nothing here. {key} adds a file.")
            } else {
                "No title has these words.".to_owned()
            };
            for (y, line) in (0..).zip(pen::wrap(&text, area.width.saturating_sub(2), 4)) {
                pen::put(buf, area, (1, y), &line, theme.style(Meaning::Muted));
            }
            return;
        }
        // Each takes two rows of the screen at least.
        let in_view = self.visible().skip(self.list.top).take(usize::from(area.height / 2) + 1);
        let labels = disambiguate(&in_view.map(|row| &row.entry).collect::<Vec<_>>());
        let mut y = 0;
        for (at, label) in (self.list.top..self.shown.len()).zip(labels) {
            if y >= area.height {
                break;
            }
            let Some(row) = self.row(at) else { break };
            if let Some(section) = self.heading(at) {
                pen::put(buf, area, (1, y), section.title(), theme.style(Meaning::Heading));
                y += 1;
            }
            let top = y;
            let title = if row.entry.is_read() { Meaning::Muted } else { Meaning::Unread };
            for line in pen::wrap(&row.entry.title, title_width(area), 2) {
                pen::put(buf, area, (MARGIN, y), &line, theme.style(title));
                y += 1;
            }
            let star = if row.entry.is_starred() { "★ " } else { "" };
            let kept = match shared.shelf.count_of(&row.entry.id) {
                0 => String::new(),
                kept => format!("▌{kept}"),
            };
            let marks = width(star) as u16 + width(&kept) as u16 + 1;
            let facts =
                details(&row.entry, label.as_deref(), shared.moment.today, title_width(area).saturating_sub(marks));
            let x = pen::put(buf, area, (MARGIN, y), &facts, theme.style(Meaning::Muted));
            let x = pen::put(buf, area, (x + 1, y), star, theme.style(Meaning::Star));
            pen::put(buf, area, (x, y), &kept, theme.style(Meaning::Key));
            y += 1;
            let current = self.current.as_ref() == Some(&row.entry.id);
            if current {
                pen::put(buf, area, (0, top), "▸", theme.style(Meaning::Focus));
            }
            pen::put(buf, area, (1, top), progress_mark(&row.entry), theme.style(Meaning::Key));
            if at == self.list.cursor {
                let cursor = if focused { Meaning::Cursor } else { Meaning::CursorIdle };
                // Without the focus only the open article is worth a bar; two bars would ask which one counts.
                if focused || current {
                    pen::fill(buf, area, top..y, theme.style(cursor));
                }
            }
            y += air(area);
        }
    }
}

fn air(area: Rect) -> u16 {
    u16::from(area.height >= 30)
}

fn title_width(area: Rect) -> u16 {
    area.width.saturating_sub(MARGIN + 1)
}

fn progress_mark(entry: &Entry) -> &'static str {
    match entry {
        entry if entry.is_read() => " ",
        entry if entry.progress > 2 => "◐",
        _ => "●",
    }
}

/// Source (or what tells it apart from another of its title), date and length: what helps to choose.
fn details(entry: &Entry, label: Option<&str>, today: Date, columns: u16) -> String {
    let date = entry.published.map(|published| published.day).map(|date| {
        let format = if date.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
        date.strftime(format).to_string()
    });
    let length = (entry.words > 0).then(|| format!("{} min", minutes(entry.words)));
    let facts = [date, length].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    // Date and length are short and tell most; the source has what is left.
    let room = usize::from(columns).saturating_sub(width(&facts) + 3);
    match label.or(entry.source.as_deref()) {
        Some(source) if room >= 8 => format!("{} · {facts}", truncate(source, room)),
        _ => facts,
    }
}
