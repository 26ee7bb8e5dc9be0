//! The entities pane: who and what the open article is about: what matters most on top, then everything under its kind, the
//! most salient first.
//!
//! * `groups`: kinds that are listed together, with their signs
//! * `rows`: which rows there are, and where the cursor is among them
//! * `details`: what is said of an entity beside its name and below it
//! * `dates`: what a date stands for, in words
//! * `correcting`: what a person can say of a name that is wrong
//! * `view`: drawing it

mod correcting;
mod dates;
mod details;
mod groups;
mod rows;
mod view;

use std::collections::BTreeSet;

use ratatui::layout::Rect;

use crate::command::{Command, Notice};
use crate::entity::Kind;
use crate::ui::ListState;

pub use correcting::renamed;
use groups::Group;
use rows::Row;

use super::reader::Reader;
use super::{Ask, Shared};

/// The entities pane.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    rows: Vec<Row>,
    list: ListState,
    filter: String,
    hidden: BTreeSet<Group>,
    hides_doubtful: bool,
    hides_quotes: bool,
    /// Whether it is said why a mention belongs to the entity under the cursor.
    asks_why: bool,
    /// The row below which it is listed what the person says.
    opened: Option<Row>,
    article: OfArticle,
}

/// What there is to show of the open article.
#[derive(Clone, Copy, Debug, Default)]
struct OfArticle {
    /// Whether the analysis is still running.
    waiting: bool,
    /// Whether there are doubtful names, and people who say something.
    has_doubtful: bool,
    has_quotes: bool,
    /// The salience of the most salient name.
    most: f32,
}

/// What is said while the analysis is running.
const READING: &str = "Reading the names…";

impl Entities {
    /// A pane that hides these kinds to begin with.
    pub fn hiding(kinds: &[Kind]) -> Self {
        Self { hidden: kinds.iter().copied().map(Group::of).collect(), ..Self::default() }
    }

    /// Whether a kind is hidden.
    pub fn hides(&self, kind: Kind) -> bool {
        self.hidden.contains(&Group::of(kind))
    }

    /// The words that narrow the list.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Whether a command of the entities scope can do something now.
    pub fn available(&self, command: Command, shared: &Shared) -> bool {
        match command {
            Command::NextMention
            | Command::PreviousMention
            | Command::KeepLit
            | Command::CorrectEntity
            | Command::ToggleWhy => self.under_cursor().is_some(),
            Command::ToggleDoubtful => self.article.has_doubtful,
            Command::ToggleQuotes => self.article.has_quotes,
            Command::ShowCorrections => !shared.corrections.is_empty(),
            _ => !self.rows.is_empty(),
        }
    }

    /// Carries out a command of the entities scope.
    pub fn update(&mut self, command: Command, shared: &Shared, reader: &mut Reader) -> Vec<Ask> {
        if let Some(group) = Group::of_command(command) {
            self.toggle(group, reader.open());
            return Vec::new();
        }
        match command {
            Command::ToggleDoubtful => return vec![Ask::Tell(self.toggle_doubtful(reader))],
            Command::ToggleQuotes => return vec![Ask::Tell(self.toggle_quotes())],
            Command::ShowCorrections => return vec![correcting::list(&shared.corrections)],
            _ => {}
        }
        let (Some(number), Some(open)) = (self.under_cursor(), reader.open()) else {
            let waits = reader.open().is_some_and(|open| !open.analysed);
            return vec![Ask::Tell(Notice::hint(if waits { READING } else { "There is no entity here." }))];
        };
        match command {
            Command::CorrectEntity => {
                let entity = open.entities.get(number);
                return entity
                    .map(|entity| correcting::choices(entity, open, &shared.corrections))
                    .into_iter()
                    .collect();
            }
            Command::ToggleWhy => {
                self.asks_why = !self.asks_why;
                return Vec::new();
            }
            _ => {}
        }
        reader.choose(Some(number));
        match command {
            Command::NextMention | Command::PreviousMention => {
                let forward = command == Command::NextMention;
                let told = match self.quote_under_cursor() {
                    Some(quote) => self.walk_quotes(quote, forward, reader),
                    None => reader.walk_mentions(forward, shared),
                };
                std::iter::once(Ask::ShowPage).chain(told.map(Ask::Tell)).collect()
            }
            Command::KeepLit => {
                reader.keep_lit(number);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn toggle_doubtful(&mut self, reader: &Reader) -> Notice {
        if !self.article.has_doubtful {
            return Notice::hint("No name here is doubtful.");
        }
        self.hides_doubtful = !self.hides_doubtful;
        self.refresh(reader.open());
        let told = if self.hides_doubtful { "Doubtful names are left out." } else { "Doubtful names are shown, dim." };
        Notice::hint(told)
    }

    fn toggle_quotes(&mut self) -> Notice {
        if !self.article.has_quotes {
            return Notice::hint("Nobody here is quoted.");
        }
        self.hides_quotes = !self.hides_quotes;
        Notice::hint(if self.hides_quotes {
            "What people say is not listed."
        } else {
            "What people say is listed below them, while the cursor is there."
        })
    }

    /// Goes to the words of the quotation under the cursor; if the page is there already, to the next (or previous) ones.
    fn walk_quotes(&mut self, (entity, said): (usize, usize), forward: bool, reader: &mut Reader) -> Option<Notice> {
        let quotes = &reader.open()?.entities.get(entity)?.quotes;
        let count = quotes.len().max(1);
        let is_there = reader.current() == quotes.get(said).map(|quote| quote.range);
        let next = match (is_there, forward) {
            (false, _) => said,
            (true, true) => (said + 1) % count,
            (true, false) => (said + count - 1) % count,
        };
        let range = quotes.get(next)?.range;
        reader.show_words(range);
        if let Some(row) = self.rows.iter().position(|row| *row == Row::Quote(entity, next)) {
            self.list.select(row);
        }
        let (wraps, end) = if forward { (next < said, "first") } else { (next > said, "last") };
        wraps.then(|| Notice::hint(format!("On to the {end} of {count}.")))
    }

    /// A click: moves the cursor; on the row under the cursor it walks to the next mention, or to the words of the quotation.
    pub fn click(&mut self, y: u16, area: Rect, shared: &Shared, reader: &mut Reader) -> Vec<Ask> {
        let row = self.list.row_at(y, self.rows.len(), |row| self.height(row, reader, area));
        match row.and_then(|row| self.rows.get(row).map(|found| (row, *found))) {
            Some((_, Row::AboutHeading)) | None => Vec::new(),
            Some((_, Row::Heading(group, _))) => {
                self.toggle(group, reader.open());
                Vec::new()
            }
            Some((row, _)) if row == self.list.cursor => self.update(Command::NextMention, shared, reader),
            Some((row, _)) => {
                self.list.select(row);
                Vec::new()
            }
        }
    }

    /// The last row of a window of this size that the entity under the cursor takes.
    pub fn cursor_row(&self, reader: &Reader, area: Rect) -> u16 {
        let rows = self.list.top..=self.list.cursor;
        rows.map(|row| self.height(row, reader, area)).fold(0, u16::saturating_add).saturating_sub(1)
    }

    /// The title of the pane.
    pub fn title(&self) -> String {
        let shown =
            self.rows.iter().map(|row| if let Row::Heading(_, members) = row { *members } else { 0 }).sum::<usize>();
        if self.article.waiting {
            "Entities …".to_owned()
        } else if self.filter.is_empty() {
            format!("Entities {shown}")
        } else {
            format!("Entities {shown} · {}", self.filter)
        }
    }
}
