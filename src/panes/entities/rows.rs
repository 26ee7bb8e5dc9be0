//! Which rows there are, and where the cursor is among them.

use ratatui::layout::Rect;

use crate::article::TextRange;
use crate::config::ViewChoices;
use crate::entity::{Entity, Kind};
use crate::panes::Context;
use crate::panes::reader::{Open, Reader};
use crate::ui::Move;

use super::Entities;
use super::details::{below, quote};
use super::groups::Group;

/// What matters most is what has this part of the most salient name's salience, and no more names than these.
const ABOUT: (f32, usize) = (0.55, 5);

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The heading of what the article is about most.
    AboutHeading,
    /// One of those, by its number in the article.
    About(usize),
    /// A heading, and how many entities are under it; closed if the kind is hidden.
    Heading(Group, usize),
    /// An entity, by its number in the article.
    Entity(usize),
    /// What the entity above says, by its number among that.
    Quote(usize, usize),
}

impl Row {
    /// The entity it is about.
    fn entity(self) -> Option<usize> {
        match self {
            Self::About(number) | Self::Entity(number) | Self::Quote(number, _) => Some(number),
            Self::AboutHeading | Self::Heading(..) => None,
        }
    }
}

impl Entities {
    /// Makes the rows anew: the article, its analysis, the filter or what is hidden changed.
    pub fn refresh(&mut self, context: &Context<'_>) {
        let open = context.open();
        let entities = open.map_or(&[][..], |open| &open.entities);
        self.article.waiting = open.is_some_and(|open| !open.analysed);
        self.article.has_doubtful = entities.iter().any(|entity| entity.doubtful);
        self.article.has_quotes = entities.iter().any(|entity| !entity.quotes.is_empty());
        let names = entities.iter().filter(|entity| entity.kind.is_name());
        self.article.most = names.map(|entity| entity.salience).fold(f32::MIN_POSITIVE, f32::max);
        self.list_rows(entities, &context.shared.view);
        self.land(true);
    }

    /// Lists the rows. The cursor stays on its row while that is listed, else on its entity.
    fn list_rows(&mut self, entities: &[Entity], view: &ViewChoices) {
        let before = self.rows.get(self.list.cursor).copied();
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let fits = |entity: &Entity| {
            let names = std::iter::once(&entity.name).chain(&entity.aliases);
            let text = names.map(|name| name.to_lowercase()).collect::<Vec<_>>().join("\n");
            words.iter().all(|word| text.contains(word))
        };
        let shown: Vec<(usize, &Entity)> = entities
            .iter()
            .enumerate()
            .filter(|(_, entity)| !(view.hides_doubtful && entity.doubtful) && fits(entity))
            .collect();
        self.rows.clear();
        let about = self.about(&shown, view);
        if !about.is_empty() {
            self.rows.push(Row::AboutHeading);
            for number in about {
                self.list_entity(Row::About(number), entities);
            }
        }
        for group in Group::ALL {
            let members = shown.iter().filter(|(_, entity)| Group::of(entity.kind) == group).map(|(number, _)| *number);
            let count = members.clone().count();
            if count > 0 {
                self.rows.push(Row::Heading(group, count));
                if !group.is_hidden(view) {
                    members.for_each(|number| self.list_entity(Row::Entity(number), entities));
                }
            }
        }
        let kept = before.and_then(|before| {
            let same = self.rows.iter().position(|row| *row == before);
            let number = before.entity()?;
            same.or_else(|| self.rows.iter().position(|row| *row == Row::Entity(number)))
        });
        if let Some(row) = kept {
            self.list.select(row);
        }
    }

    /// The names that matter most; none where that would be all of them, or where names are looked for.
    fn about(&self, shown: &[(usize, &Entity)], view: &ViewChoices) -> Vec<usize> {
        let (least, most) = ABOUT;
        let is_listed = |entity: &Entity| {
            entity.kind.is_name() && entity.kind != Kind::Other && !Group::of(entity.kind).is_hidden(view)
        };
        let mut names: Vec<&(usize, &Entity)> = shown.iter().filter(|(_, entity)| is_listed(entity)).collect();
        let all = names.len();
        names.retain(|(_, entity)| entity.salience >= least * self.article.most);
        // Those that are followed come first in the article's list, but the article is not more about them.
        names.sort_by(|(_, a), (_, b)| b.salience.total_cmp(&a.salience));
        names.truncate(most);
        if names.len() == all || !self.filter.is_empty() {
            names.clear();
        }
        names.into_iter().map(|(number, _)| *number).collect()
    }

    /// A row, and what is said there if it is opened.
    fn list_entity(&mut self, row: Row, entities: &[Entity]) {
        self.rows.push(row);
        if self.opened == Some(row)
            && let Some(number) = row.entity()
        {
            let quotes = entities.get(number).map_or(0, |entity| entity.quotes.len());
            self.rows.extend((0..quotes).map(|said| Row::Quote(number, said)));
        }
    }

    /// The number of the entity under the cursor.
    pub fn under_cursor(&self) -> Option<usize> {
        self.rows.get(self.list.cursor).and_then(|row| row.entity())
    }

    /// The quotation under the cursor: whose it is, and which of theirs.
    pub(super) fn quote_under_cursor(&self) -> Option<(usize, usize)> {
        match self.rows.get(self.list.cursor) {
            Some(Row::Quote(number, said)) => Some((*number, *said)),
            _ => None,
        }
    }

    /// A place where the entity under the cursor is named: by this it is known again after a correction.
    pub fn place(&self, open: Option<&Open>) -> Option<TextRange> {
        let entity = open?.entities.get(self.under_cursor()?)?;
        entity.mentions.first().map(|mention| mention.range)
    }

    /// Makes the rows anew after a correction: the cursor goes to the entity that is named at this place, and stays where
    /// it is if there is none.
    pub fn refresh_at(&mut self, place: Option<TextRange>, context: &Context<'_>) {
        let row = self.list.cursor;
        let is_about = matches!(self.rows.get(row), Some(Row::About(_)));
        self.opened = None;
        self.rows.clear();
        self.refresh(context);
        self.list.select(row);
        if let Some(number) = place.and_then(|place| context.open()?.entity_at(place)) {
            let find = |wanted: Row| self.rows.iter().position(|row| *row == wanted);
            let about = find(Row::About(number)).filter(|_| is_about);
            if let Some(row) = about.or_else(|| find(Row::Entity(number))) {
                self.list.select(row);
            }
        }
        self.land(true);
    }

    /// Moves the cursor; headings are passed over.
    pub(super) fn move_cursor(&mut self, to: Move) {
        let before = self.list.cursor;
        self.list.go(to, self.rows.len());
        let forward = self.list.cursor > before || matches!(to, Move::Top);
        self.land(forward);
    }

    /// A cursor on a heading goes on to the nearest entity.
    fn land(&mut self, forward: bool) {
        self.list.cursor = self.list.cursor.min(self.rows.len().saturating_sub(1));
        let is_entity = |row: &usize| self.rows.get(*row).is_some_and(|row| row.entity().is_some());
        let at = self.list.cursor;
        let after = (at..self.rows.len()).find(is_entity);
        let before = (0..=at).rev().find(is_entity);
        if let Some(row) = if forward { after.or(before) } else { before.or(after) } {
            self.list.cursor = row;
        }
    }

    /// Lists what the person under the cursor says, and brings the cursor into a window of this size.
    pub(super) fn fit(&mut self, reader: &Reader, view: &ViewChoices, area: Rect) {
        let at = self.rows.get(self.list.cursor).copied();
        let opened = match at {
            _ if self.hides_quotes => None,
            Some(Row::Quote(..)) => self.opened,
            Some(Row::About(number) | Row::Entity(number)) => {
                let is_quoted = |open: &Open| open.entities.get(number).is_some_and(|entity| !entity.quotes.is_empty());
                at.filter(|_| reader.open().is_some_and(is_quoted))
            }
            _ => None,
        };
        if opened != self.opened {
            self.opened = opened;
            self.list_rows(reader.open().map_or(&[][..], |open| &open.entities), view);
        }
        let mut list = self.list;
        list.settle(self.rows.len(), area.height, |row| self.height(row, reader, area));
        // The heading above the first entity comes into view with it.
        if list.top == 1 {
            list.top = 0;
            let fits: u16 = (0..=list.cursor).map(|row| self.height(row, reader, area)).sum();
            if fits > area.height {
                list.top = 1;
            }
        }
        self.list = list;
    }

    /// Screen rows of a row.
    pub(super) fn height(&self, row: usize, reader: &Reader, area: Rect) -> u16 {
        let under_cursor = row == self.list.cursor;
        let entity = |number: usize| reader.open().and_then(|open| open.entities.get(number));
        match self.rows.get(row) {
            Some(Row::AboutHeading) => 1,
            Some(Row::Heading(..)) => 1 + u16::from(row > 0),
            Some(Row::About(number) | Row::Entity(number)) => {
                let is_about = matches!(self.rows.get(row), Some(Row::About(_)));
                let entity = entity(*number).filter(|_| under_cursor);
                1 + entity.map_or(0, |entity| below(entity, reader, self.asks_why, is_about, area).len() as u16)
            }
            Some(Row::Quote(number, said)) => {
                let quoted = entity(*number).and_then(|entity| entity.quotes.get(*said)).zip(reader.open());
                quoted.map_or(0, |(said, open)| quote(said, open, under_cursor, self.asks_why, area).len() as u16)
            }
            None => 0,
        }
    }
}
