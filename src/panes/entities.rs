//! The entities pane: who and what the open article is about, under their kinds, the most salient first.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Notice};
use crate::entity::{Entity, Kind};
use crate::text::width::width;
use crate::ui::{ListState, Meaning, Move, pen};

use super::reader::{Open, Reader};
use super::{Ask, Shared};

/// Kinds that are shown, hidden and listed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    People,
    Places,
    Organisations,
    Groups,
    Events,
    Works,
    Dates,
    Amounts,
}

impl Group {
    const ALL: [Self; 8] = [
        Self::People,
        Self::Places,
        Self::Organisations,
        Self::Groups,
        Self::Events,
        Self::Works,
        Self::Dates,
        Self::Amounts,
    ];

    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::People,
            Kind::Place => Self::Places,
            Kind::Organisation => Self::Organisations,
            Kind::Group => Self::Groups,
            Kind::Event => Self::Events,
            Kind::Work => Self::Works,
            Kind::Date => Self::Dates,
            Kind::Money | Kind::Percent | Kind::Quantity => Self::Amounts,
        }
    }

    fn of_command(command: Command) -> Option<Self> {
        Some(match command {
            Command::TogglePeople => Self::People,
            Command::TogglePlaces => Self::Places,
            Command::ToggleOrganisations => Self::Organisations,
            Command::ToggleGroups => Self::Groups,
            Command::ToggleEvents => Self::Events,
            Command::ToggleWorks => Self::Works,
            Command::ToggleDates => Self::Dates,
            Command::ToggleAmounts => Self::Amounts,
            _ => return None,
        })
    }

    fn title(self) -> &'static str {
        match self {
            Self::People => "PEOPLE",
            Self::Places => "PLACES",
            Self::Organisations => "ORGANISATIONS",
            Self::Groups => "GROUPS",
            Self::Events => "EVENTS",
            Self::Works => "WORKS",
            Self::Dates => "DATES",
            Self::Amounts => "AMOUNTS",
        }
    }

    /// A sign beside the heading, so that kinds do not differ by colour alone; the kind its colour stands for.
    fn sign(self) -> (&'static str, Kind) {
        match self {
            Self::People => ("◉", Kind::Person),
            Self::Places => ("▲", Kind::Place),
            Self::Organisations => ("■", Kind::Organisation),
            Self::Groups => ("◆", Kind::Group),
            Self::Events => ("✦", Kind::Event),
            Self::Works => ("❝", Kind::Work),
            Self::Dates => ("◷", Kind::Date),
            Self::Amounts => ("#", Kind::Quantity),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// A heading, and how many entities are under it; closed if the kind is hidden.
    Heading(Group, usize),
    /// An entity, by its number in the article.
    Entity(usize),
}

/// The entities pane.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    rows: Vec<Row>,
    list: ListState,
    filter: String,
    hidden: BTreeSet<Group>,
    hides_doubtful: bool,
    /// Whether there are doubtful names at all.
    has_doubtful: bool,
    /// Whether the analysis of the open article is still running.
    waiting: bool,
}

/// What is said while the analysis is running.
const READING: &str = "Reading the names…";

/// Columns of the where-in-the-text strip.
const STRIP: u16 = 8;

impl Entities {
    /// A pane that hides these kinds to begin with.
    pub fn hiding(kinds: &[Kind]) -> Self {
        Self { hidden: kinds.iter().copied().map(Group::of).collect(), ..Self::default() }
    }

    /// Makes the rows anew: the article, its analysis, the filter or what is hidden changed.
    pub fn refresh(&mut self, open: Option<&Open>) {
        let under_cursor = self.under_cursor();
        let entities = open.map_or(&[][..], |open| &open.entities);
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let fits = |entity: &Entity| {
            let names = std::iter::once(&entity.name).chain(&entity.aliases);
            let text = names.map(|name| name.to_lowercase()).collect::<Vec<_>>().join("\n");
            words.iter().all(|word| text.contains(word))
        };
        let shown = |entity: &Entity| !(self.hides_doubtful && entity.doubtful);
        self.waiting = open.is_some_and(|open| !open.analysed);
        self.has_doubtful = entities.iter().any(|entity| entity.doubtful);
        self.rows.clear();
        for group in Group::ALL {
            let members: Vec<usize> = entities
                .iter()
                .enumerate()
                .filter(|(_, entity)| Group::of(entity.kind) == group && shown(entity) && fits(entity))
                .map(|(number, _)| number)
                .collect();
            if !members.is_empty() {
                self.rows.push(Row::Heading(group, members.len()));
                if !self.hidden.contains(&group) {
                    self.rows.extend(members.into_iter().map(Row::Entity));
                }
            }
        }
        // The cursor stays on its entity while that is listed.
        let kept = under_cursor.and_then(|number| self.rows.iter().position(|row| *row == Row::Entity(number)));
        if let Some(row) = kept {
            self.list.select(row);
        }
        self.land(true);
    }

    fn toggle(&mut self, group: Group, open: Option<&Open>) {
        if !self.hidden.remove(&group) {
            self.hidden.insert(group);
        }
        self.refresh(open);
    }

    /// Whether a kind is hidden.
    pub fn hides(&self, kind: Kind) -> bool {
        self.hidden.contains(&Group::of(kind))
    }

    /// The number of the entity under the cursor.
    pub fn under_cursor(&self) -> Option<usize> {
        match self.rows.get(self.list.cursor) {
            Some(Row::Entity(number)) => Some(*number),
            _ => None,
        }
    }

    /// The words that narrow the list.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Narrows the list to names that hold every word.
    pub fn set_filter(&mut self, filter: &str, open: Option<&Open>) {
        filter.clone_into(&mut self.filter);
        // While names are looked for, the first one found is meant; without a filter the cursor stays where it is.
        if !filter.is_empty() {
            self.rows.clear();
            self.list = ListState::default();
        }
        self.refresh(open);
    }

    /// Moves the cursor; headings are passed over.
    pub fn go(&mut self, to: Move) {
        let before = self.list.cursor;
        self.list.go(to, self.rows.len());
        let forward = self.list.cursor > before || matches!(to, Move::Top);
        self.land(forward);
    }

    /// A cursor on a heading goes on to the nearest entity.
    fn land(&mut self, forward: bool) {
        self.list.cursor = self.list.cursor.min(self.rows.len().saturating_sub(1));
        let is_entity = |row: &usize| matches!(self.rows.get(*row), Some(Row::Entity(_)));
        let at = self.list.cursor;
        let after = (at..self.rows.len()).find(is_entity);
        let before = (0..=at).rev().find(is_entity);
        if let Some(row) = if forward { after.or(before) } else { before.or(after) } {
            self.list.cursor = row;
        }
    }

    /// Whether a command of the entities scope can do something now.
    pub fn available(&self, command: Command) -> bool {
        match command {
            Command::NextMention | Command::PreviousMention | Command::KeepLit => self.under_cursor().is_some(),
            Command::ToggleDoubtful => self.has_doubtful,
            _ => !self.rows.is_empty(),
        }
    }

    /// Carries out a command of the entities scope.
    pub fn update(&mut self, command: Command, reader: &mut Reader) -> Vec<Ask> {
        if let Some(group) = Group::of_command(command) {
            self.toggle(group, reader.open());
            return Vec::new();
        }
        if command == Command::ToggleDoubtful {
            if !self.has_doubtful {
                return vec![Ask::Tell(Notice::hint("No name here is doubtful."))];
            }
            self.hides_doubtful = !self.hides_doubtful;
            self.refresh(reader.open());
            let told =
                if self.hides_doubtful { "Doubtful names are left out." } else { "Doubtful names are shown, dim." };
            return vec![Ask::Tell(Notice::hint(told))];
        }
        let Some(number) = self.under_cursor() else {
            let waits = reader.open().is_some_and(|open| !open.analysed);
            return vec![Ask::Tell(Notice::hint(if waits { READING } else { "There is no entity here." }))];
        };
        reader.choose(Some(number));
        match command {
            Command::NextMention | Command::PreviousMention => {
                let told = reader.walk_mentions(command == Command::NextMention).map(Ask::Tell);
                std::iter::once(Ask::ShowPage).chain(told).collect()
            }
            Command::KeepLit => {
                reader.keep_lit(number);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Brings the cursor into a window of this size.
    pub fn settle(&mut self, open: Option<&Open>, area: Rect) {
        let mut list = self.list;
        list.settle(self.rows.len(), area.height, |row| self.height(row, open, area));
        // The heading above the first entity comes into view with it.
        if list.top == 1 {
            list.top = 0;
            let fits: u16 = (0..=list.cursor).map(|row| self.height(row, open, area)).sum();
            if fits > area.height {
                list.top = 1;
            }
        }
        self.list = list;
    }

    /// A click: moves the cursor; on the row under the cursor it walks to the next mention.
    pub fn click(&mut self, y: u16, area: Rect, reader: &mut Reader) -> Vec<Ask> {
        let row = self.list.row_at(y, self.rows.len(), |row| self.height(row, reader.open(), area));
        match row.and_then(|row| self.rows.get(row).map(|found| (row, *found))) {
            Some((row, Row::Entity(_))) if row == self.list.cursor => self.update(Command::NextMention, reader),
            Some((row, Row::Entity(_))) => {
                self.list.select(row);
                Vec::new()
            }
            Some((_, Row::Heading(group, _))) => {
                self.toggle(group, reader.open());
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The title of the pane.
    pub fn title(&self) -> String {
        let shown =
            self.rows.iter().map(|row| if let Row::Heading(_, members) = row { *members } else { 0 }).sum::<usize>();
        if self.waiting {
            "Entities …".to_owned()
        } else if self.filter.is_empty() {
            format!("Entities {shown}")
        } else {
            format!("Entities {shown} · {}", self.filter)
        }
    }

    fn height(&self, row: usize, open: Option<&Open>, area: Rect) -> u16 {
        match self.rows.get(row) {
            Some(Row::Heading(..)) => 1 + u16::from(row > 0),
            Some(Row::Entity(number)) => {
                let under_cursor = row == self.list.cursor;
                let entity = open.and_then(|open| open.entities.get(*number));
                1 + entity.filter(|_| under_cursor).map_or(0, |entity| details(entity, area).len() as u16)
            }
            None => 0,
        }
    }

    /// Draws the list.
    pub fn view(&self, shared: &Shared, reader: &Reader, focused: bool, area: Rect, buf: &mut Buffer) {
        let theme = shared.theme;
        let Some(open) = reader.open() else { return };
        if self.rows.is_empty() {
            let words = match (open.analysed, self.filter.is_empty()) {
                (false, _) => READING,
                (true, true) => "No names found in this article.",
                (true, false) => "No entity has this name.",
            };
            for (y, line) in (0..).zip(pen::wrap(words, area.width.saturating_sub(2), 4)) {
                pen::put(buf, area, (1, y), &line, theme.style(Meaning::Muted));
            }
            return;
        }
        let mut y = 0;
        for row in self.list.top..self.rows.len() {
            if y >= area.height {
                break;
            }
            match self.rows.get(row) {
                Some(Row::Heading(group, members)) => {
                    y += u16::from(row > 0);
                    let (sign, kind) = group.sign();
                    let x = pen::put(buf, area, (1, y), sign, theme.style(Meaning::Kind(kind)));
                    let x = pen::put(buf, area, (x + 1, y), group.title(), theme.style(Meaning::Heading));
                    let number = Group::ALL.iter().position(|other| other == group).unwrap_or(0) + 1;
                    let state = if self.hidden.contains(group) {
                        format!("{number} shows {members}")
                    } else {
                        members.to_string()
                    };
                    pen::put(buf, area, (x + 1, y), &state, theme.style(Meaning::Muted));
                    y += 1;
                }
                Some(Row::Entity(number)) => {
                    let Some(entity) = open.entities.get(*number) else { continue };
                    let top = y;
                    draw_entity(
                        entity,
                        reader,
                        *number,
                        shared,
                        Rect { y: area.y + y, height: area.height - y, ..area },
                        buf,
                    );
                    y += 1;
                    if row == self.list.cursor {
                        for line in details(entity, area) {
                            pen::put(buf, area, (5, y), &line, theme.style(Meaning::Muted));
                            y += 1;
                        }
                        let meaning = if focused { Meaning::Cursor } else { Meaning::CursorIdle };
                        if focused || reader.walks_mentions() {
                            pen::fill(buf, area, top..y, theme.style(meaning));
                        }
                    }
                }
                None => break,
            }
        }
    }
}

/// One entity on one row: whether it is lit, its name, where in the text it is, how often.
fn draw_entity(entity: &Entity, reader: &Reader, number: usize, shared: &Shared, area: Rect, buf: &mut Buffer) {
    let theme = shared.theme;
    let lit = reader.is_lit(number);
    pen::put(buf, area, (1, 0), if lit { "●" } else { " " }, theme.style(Meaning::Kind(entity.kind)));
    let style = match (entity.doubtful, lit) {
        (true, _) => theme.style(Meaning::Muted),
        (false, true) => theme.style(Meaning::Mention(entity.kind)),
        (false, false) => theme.style(Meaning::Text),
    };
    let strip = strip_width(area);
    let name = Rect { width: name_width(area) + 3, ..area };
    pen::put(buf, name, (3, 0), &entity.name, style);
    let length = reader.open().map_or(1, |open| open.article.body.len());
    let at = area.width.saturating_sub(strip + 5);
    if strip > 0 {
        pen::put(buf, area, (at, 0), &strip_of(entity, length), theme.style(Meaning::Kind(entity.kind)));
    }
    // While its mentions are walked the count says which one the page is at.
    let current =
        reader.current().and_then(|current| entity.mentions.iter().position(|mention| mention.range == current));
    let count = match current {
        Some(at) => format!(" {}/{} ", at + 1, entity.mentions.len()),
        None => format!("{} ", entity.mentions.len()),
    };
    // A long count goes over the end of the strip, or of the name.
    pen::put_right(buf, area, ((at + strip).saturating_sub(4), 0), &count, theme.style(Meaning::Muted));
}

/// Columns there are for a name.
fn name_width(area: Rect) -> u16 {
    area.width.saturating_sub(strip_width(area) + 9)
}

/// A narrow pane gives up the strip before it cuts the name.
fn strip_width(area: Rect) -> u16 {
    if area.width >= 34 { STRIP } else { 0 }
}

/// Where in the text the mentions are: eight eighths, the higher the more.
fn strip_of(entity: &Entity, length: usize) -> String {
    let mut eighths = [0usize; STRIP as usize];
    for mention in &entity.mentions {
        let at = mention.range.start * eighths.len() / length.max(1);
        let last = eighths.len() - 1;
        if let Some(count) = eighths.get_mut(at.min(last)) {
            *count += 1;
        }
    }
    eighths
        .iter()
        .map(|count| match count {
            0 => '·',
            1 => '▂',
            2 => '▄',
            3 => '▆',
            _ => '█',
        })
        .collect()
}

/// What the row under the cursor says beside the name: the whole name if it was cut, titles, other names, the value of a date or an amount.
fn details(entity: &Entity, area: Rect) -> Vec<String> {
    let columns = area.width.saturating_sub(6);
    let titles = (!entity.titles.is_empty()).then(|| entity.titles.join(", "));
    let aliases = (!entity.aliases.is_empty()).then(|| format!("also {}", entity.aliases.join(", ")));
    let value = entity.value.clone().filter(|value| *value != entity.name);
    let doubtful = entity.doubtful.then(|| "doubtful".to_owned());
    let whole = (width(&entity.name) > usize::from(name_width(area))).then(|| entity.name.clone());
    [whole, titles, aliases, value, doubtful]
        .into_iter()
        .flatten()
        .flat_map(|text| pen::wrap(&text, columns, 3))
        .collect()
}
