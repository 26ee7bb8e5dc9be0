//! Draws the entities pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::entity::{Entity, not_read};
use crate::panes::Shared;
use crate::panes::reader::{Open, Reader};
use crate::text::width::width;
use crate::ui::{Meaning, Theme, pen};

use super::details::{BELOW, COUNT, NAME, Parts, STRIP, below, parts, quote};
use super::groups::Group;
use super::{Entities, READING, Row};

impl Entities {
    /// Draws the list.
    pub(super) fn draw(&self, shared: &Shared, reader: &Reader, focused: bool, area: Rect, buf: &mut Buffer) {
        let theme = shared.theme;
        let Some(open) = reader.open() else { return };
        if self.rows.is_empty() {
            let words = match (open.analysed, self.filter.is_empty()) {
                (false, _) => READING.to_owned(),
                (true, true) => not_read(&open.article).unwrap_or_else(|| "No names found in this article.".to_owned()),
                (true, false) => "No entity has this name.".to_owned(),
            };
            for (y, line) in (0..).zip(pen::wrap(&words, area.width.saturating_sub(2), 4)) {
                pen::put(buf, area, (1, y), &line, theme.style(Meaning::Muted));
            }
            return;
        }
        let mut y = 0;
        for number in self.list.top..self.rows.len() {
            let Some(row) = self.rows.get(number).filter(|_| y < area.height) else { break };
            let rest = Rect { y: area.y + y, height: area.height - y, ..area };
            let height = self.height(number, reader, area);
            match *row {
                Row::AboutHeading => {
                    pen::put(buf, rest, (NAME, 0), "ABOUT", theme.style(Meaning::Heading));
                }
                Row::Heading(group, members) => {
                    let state = if group.is_hidden(&shared.view) {
                        let key = shared.keymap.named(group.command());
                        format!("{key} shows {members}")
                    } else {
                        members.to_string()
                    };
                    heading(group, &state, number > 0, theme, rest, buf);
                }
                Row::About(entity) | Row::Entity(entity) => {
                    let Some(found) = open.entities.get(entity) else { break };
                    let is_about = matches!(row, Row::About(_));
                    let parts = parts(found, is_about, area);
                    let draw = Line { entity: found, parts, lit: reader.is_lit(entity), theme, area: rest };
                    draw.name(is_about, buf);
                    if is_about {
                        draw.weight(found.salience / self.article.most, buf);
                    } else {
                        draw.places(open, buf);
                    }
                    draw.count(reader, buf);
                    if number == self.list.cursor {
                        for (y, line) in (1..).zip(below(found, reader, self.asks_why, is_about, area)) {
                            pen::put(buf, rest, (BELOW, y), &line, theme.style(Meaning::Muted));
                        }
                    }
                }
                Row::Quote(entity, said) => {
                    let Some(said) = open.entities.get(entity).and_then(|entity| entity.quotes.get(said)) else {
                        break;
                    };
                    let meaning = if said.direct { Meaning::Text } else { Meaning::Quote };
                    let lines = quote(said, open, number == self.list.cursor, self.asks_why, area);
                    for (y, line) in (0..).zip(lines) {
                        pen::put(buf, rest, (BELOW, y), &line, theme.style(meaning));
                    }
                }
            }
            if number == self.list.cursor && (focused || reader.walks_mentions()) {
                let meaning = if focused { Meaning::Cursor } else { Meaning::CursorIdle };
                pen::fill(buf, area, y..y.saturating_add(height), theme.style(meaning));
            }
            y = y.saturating_add(height);
        }
    }
}

/// The heading of a group, and how many it has.
fn heading(group: Group, state: &str, has_gap: bool, theme: Theme, area: Rect, buf: &mut Buffer) {
    let y = u16::from(has_gap);
    let (sign, kind) = group.sign();
    let x = pen::put(buf, area, (1, y), sign, theme.style(Meaning::Kind(kind)));
    let x = pen::put(buf, area, (x + 1, y), group.title(), theme.style(Meaning::Heading));
    pen::put(buf, area, (x + 1, y), state, theme.style(Meaning::Muted));
}

/// One entity on one row.
struct Line<'a> {
    entity: &'a Entity,
    parts: Parts,
    lit: bool,
    theme: Theme,
    area: Rect,
}

impl Line<'_> {
    /// The column of the strip.
    fn strip(&self) -> u16 {
        self.area.width.saturating_sub(self.parts.strip + COUNT - 1)
    }

    /// Whether it is lit (or of which kind it is, where kinds are mixed), its name, what stands beside it, how often it
    /// is quoted.
    fn name(&self, is_about: bool, buf: &mut Buffer) {
        let Self { entity, parts, lit, theme, area } = self;
        let sign = match (lit, is_about) {
            (true, _) => "●",
            (false, true) => Group::of(entity.kind).sign().0,
            (false, false) => " ",
        };
        pen::put(buf, *area, (1, 0), sign, theme.style(Meaning::Kind(entity.kind)));
        let style = match (entity.doubtful, lit) {
            (true, _) => theme.style(Meaning::Muted),
            (false, true) => theme.style(Meaning::Mention(entity.kind)),
            (false, false) => theme.style(Meaning::Text),
        };
        let x = pen::put(buf, *area, (NAME, 0), &parts.name, style);
        if let Some(beside) = &parts.beside {
            pen::put(buf, *area, (x + 2, 0), beside, theme.style(Meaning::Muted));
        }
        if let Some(quotes) = &parts.quotes {
            let x = self.strip().saturating_sub(width(quotes) as u16 + 1);
            pen::put(buf, *area, (x, 0), quotes, theme.style(Meaning::Quote));
        }
    }

    /// Where in the text it is named.
    fn places(&self, open: &Open, buf: &mut Buffer) {
        if self.parts.strip > 0 {
            let strip = strip_of(self.entity, open.article.body.len());
            pen::put(buf, self.area, (self.strip(), 0), &strip, self.theme.style(Meaning::Kind(self.entity.kind)));
        }
    }

    /// How much the article is about it, from 0 to 1.
    fn weight(&self, part: f32, buf: &mut Buffer) {
        if self.parts.strip > 0 {
            let full = ((part * f32::from(STRIP)).round() as u16).clamp(1, STRIP);
            let bar: String = (0..STRIP).map(|at| if at < full { '━' } else { '·' }).collect();
            pen::put(buf, self.area, (self.strip(), 0), &bar, self.theme.style(Meaning::Kind(self.entity.kind)));
        }
    }

    /// How often it is named. While its mentions are walked the count says which one the page is at.
    fn count(&self, reader: &Reader, buf: &mut Buffer) {
        let mentions = &self.entity.mentions;
        let current = reader.current().and_then(|current| mentions.iter().position(|mention| mention.range == current));
        let count = match current {
            Some(at) => format!(" {}/{} ", at + 1, mentions.len()),
            None => format!("{} ", mentions.len()),
        };
        // A long count goes over the end of the strip, or of the name.
        let from = (self.strip() + self.parts.strip).saturating_sub(4);
        pen::put_right(buf, self.area, (from, 0), &count, self.theme.style(Meaning::Muted));
    }
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
