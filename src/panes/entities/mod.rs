//! The entities pane: who and what the open article is about: what matters most on top, then everything under its kind, the
//! most salient first.
//!
//! * `groups`: kinds that are listed together, with their signs
//! * `rows`: which rows there are, and where the cursor is among them
//! * `details`: what is said of an entity beside its name and below it
//! * `correcting`: what a person can say of a name that is wrong
//! * `view`: drawing it

mod correcting;
mod details;
mod groups;
mod rows;
mod view;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::{Command, Notice, Scope};
use crate::config::ViewChoices;
use crate::ui::{ListState, Move};

pub use correcting::renamed;
use groups::Group;
pub use groups::with_whole_groups;
use rows::Row;

use super::reader::Reader;
use super::{Ask, Context, Pane};

/// The entities pane.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    rows: Vec<Row>,
    list: ListState,
    filter: String,
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
    /// What is done with the entity under the cursor, by its number in the article.
    fn on_row(&self, page: Option<&Reader>, act: impl FnOnce(usize) -> Vec<Ask>) -> Vec<Ask> {
        if let Some(number) = self.under_cursor() {
            return act(number);
        }
        let waits = page.and_then(Reader::open).is_some_and(|open| !open.analysed);
        vec![Ask::Tell(Notice::hint(if waits { READING } else { "There is no entity here." }))]
    }

    fn toggle_doubtful(&self, view: &ViewChoices) -> Vec<Ask> {
        if !self.article.has_doubtful {
            return vec![Ask::Tell(Notice::hint("No name here is doubtful."))];
        }
        let hides = !view.hides_doubtful;
        let told = if hides { "Doubtful names are left out." } else { "Doubtful names are shown, dim." };
        vec![Ask::SetView(ViewChoices { hides_doubtful: hides, ..view.clone() }), Ask::Tell(Notice::hint(told))]
    }

    fn toggle_quotes(&mut self) -> Vec<Ask> {
        if !self.article.has_quotes {
            return vec![Ask::Tell(Notice::hint("Nobody here is quoted."))];
        }
        self.hides_quotes = !self.hides_quotes;
        let told = if self.hides_quotes {
            "What people say is not listed."
        } else {
            "What people say is listed below them, while the cursor is there."
        };
        vec![Ask::Tell(Notice::hint(told))]
    }

    /// Goes to the next (or previous) mention of the entity under the cursor, or quotation of the person.
    fn walk(&mut self, forward: bool, page: Option<&Reader>) -> Vec<Ask> {
        if let (Some(quote), Some(page)) = (self.quote_under_cursor(), page) {
            return self.walk_quotes(quote, forward, page);
        }
        self.on_row(page, |entity| vec![Ask::ShowPage, Ask::WalkMentions { entity, forward }])
    }

    /// Goes to the words of the quotation under the cursor; if the page is there already, to the next (or previous) ones.
    fn walk_quotes(&mut self, (entity, said): (usize, usize), forward: bool, page: &Reader) -> Vec<Ask> {
        let quotes = page.open().and_then(|open| open.entities.get(entity)).map_or(&[][..], |entity| &entity.quotes);
        let count = quotes.len().max(1);
        let is_there = page.current() == quotes.get(said).map(|quote| quote.range);
        let next = match (is_there, forward) {
            (false, _) => said,
            (true, true) => (said + 1) % count,
            (true, false) => (said + count - 1) % count,
        };
        let Some(quote) = quotes.get(next) else { return Vec::new() };
        if let Some(row) = self.rows.iter().position(|row| *row == Row::Quote(entity, next)) {
            self.list.select(row);
        }
        let (wraps, end) = if forward { (next < said, "first") } else { (next > said, "last") };
        let told = wraps.then(|| Ask::Tell(Notice::hint(format!("On to the {end} of {count}."))));
        [Ask::ShowPage, Ask::ShowWords(quote.range)].into_iter().chain(told).collect()
    }
}

impl Pane for Entities {
    fn scope(&self) -> Scope {
        Scope::Entities
    }

    fn title(&self, _columns: u16) -> String {
        let members = |row: &Row| if let Row::Heading(_, members) = row { *members } else { 0 };
        let shown = self.rows.iter().map(members).sum::<usize>();
        if self.article.waiting {
            "Entities …".to_owned()
        } else if self.filter.is_empty() {
            format!("Entities {shown}")
        } else {
            format!("Entities {shown} · {}", self.filter)
        }
    }

    fn available(&self, command: Command, context: &Context<'_>) -> bool {
        match command {
            Command::NextMention
            | Command::PreviousMention
            | Command::KeepLit
            | Command::CorrectEntity
            | Command::ToggleWhy => self.under_cursor().is_some(),
            Command::ToggleDoubtful => self.article.has_doubtful,
            Command::ToggleQuotes => self.article.has_quotes,
            Command::ShowCorrections => !context.shared.corrections.is_empty(),
            _ => !self.rows.is_empty(),
        }
    }

    fn update(&mut self, command: Command, context: &Context<'_>) -> Option<Vec<Ask>> {
        let Context { shared, page } = *context;
        if let Some(group) = Group::of_command(command) {
            return Some(vec![Ask::SetView(group.toggled(&shared.view))]);
        }
        Some(match command {
            Command::NextMention => self.walk(true, page),
            Command::PreviousMention => self.walk(false, page),
            Command::KeepLit => self.on_row(page, |entity| vec![Ask::KeepLit(entity)]),
            Command::CorrectEntity => self.on_row(page, |number| {
                let open = context.open();
                let found = open.and_then(|open| Some((open, open.entities.get(number)?)));
                let choices = found.map(|(open, entity)| correcting::choices(entity, open, &shared.corrections));
                choices.into_iter().collect()
            }),
            Command::ToggleWhy => {
                self.asks_why = self.asks_why != self.under_cursor().is_some();
                self.on_row(page, |_| Vec::new())
            }
            Command::ToggleDoubtful => self.toggle_doubtful(&shared.view),
            Command::ToggleQuotes => self.toggle_quotes(),
            Command::ShowCorrections => vec![correcting::list(&shared.corrections)],
            _ => return None,
        })
    }

    fn go(&mut self, to: Move) {
        self.move_cursor(to);
    }

    fn settle(&mut self, area: Rect, context: &Context<'_>) {
        if let Some(page) = context.page {
            self.fit(page, &context.shared.view, area);
        }
    }

    /// Moves the cursor; on the row under the cursor it walks to the next mention, or to the words of the quotation. On a
    /// heading it shows or hides what is below.
    fn click(&mut self, at: Position, area: Rect, context: &Context<'_>) -> Vec<Ask> {
        let Some(page) = context.page else { return Vec::new() };
        let row = self.list.row_at(at.y.saturating_sub(area.y), self.rows.len(), |row| self.height(row, page, area));
        match row.and_then(|row| self.rows.get(row).map(|found| (row, *found))) {
            Some((_, Row::AboutHeading)) | None => Vec::new(),
            Some((_, Row::Heading(group, _))) => vec![Ask::SetView(group.toggled(&context.shared.view))],
            Some((row, _)) if row == self.list.cursor => self.walk(true, context.page),
            Some((row, _)) => {
                self.list.select(row);
                Vec::new()
            }
        }
    }

    fn view(&self, context: &Context<'_>, focused: bool, area: Rect, buf: &mut Buffer) {
        if let Some(page) = context.page {
            self.draw(context.shared, page, focused, area, buf);
        }
    }

    fn filter(&self) -> &str {
        &self.filter
    }

    /// Narrows the list to names that hold every word.
    fn set_filter(&mut self, filter: &str, context: &Context<'_>) {
        filter.clone_into(&mut self.filter);
        // While names are looked for, the first one found is meant; without a filter the cursor stays where it is.
        if !filter.is_empty() {
            self.rows.clear();
            self.list = ListState::default();
        }
        self.refresh(context);
    }

    /// The last row that the entity under the cursor takes.
    fn asked_about(&self, area: Rect, context: &Context<'_>) -> Option<u16> {
        let page = context.page?;
        let rows = self.list.top..=self.list.cursor;
        Some(rows.map(|row| self.height(row, page, area)).fold(0, u16::saturating_add).saturating_sub(1))
    }
}
