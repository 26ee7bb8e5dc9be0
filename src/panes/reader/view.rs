//! Draws the page: the lines in the window, then the layers over them, each a list of ranges and a style.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use crate::article::{InlineKind, TextRange};
use crate::command::Command;
use crate::entity::Kind;
use crate::panes::{AWAITED, Shared};
use crate::text::layout::{Ink, Line, Role};
use crate::text::reading_time::minutes;
use crate::text::width::{truncate, width};
use crate::ui::{Meaning, Theme, pen};

use super::{End, GUTTER, Open, Reader};

/// Column, within the pane, of the first column of the page: centred, but never over the gutter.
fn left(open: &Open, area: Rect) -> u16 {
    let free = area.width.saturating_sub(1 + open.page().measure);
    (free / 2).max(GUTTER.min(area.width))
}

/// The byte under a place of the pane.
pub(super) fn byte_at(open: &Open, at: Position, area: Rect) -> Option<usize> {
    let line = open.top() + usize::from(at.y.saturating_sub(area.y));
    let line = line.min(open.page().lines.len().checked_sub(1)?);
    let column = at.x.saturating_sub(area.x + left(open, area));
    Some(open.page().byte_at(&open.article.body, line, column))
}

impl Reader {
    /// The title of the pane: where the article comes from, and how far the reader is.
    pub(super) fn progress_title(&self, columns: u16) -> String {
        let Some(open) = &self.open else { return String::new() };
        let left = (open.words as f32 * (1.0 - open.progress())).round() as usize;
        let rest = if open.at_end() { "end".to_owned() } else { format!("{} min left", minutes(left)) };
        let place = format!("{:.0} % · {rest}", (open.progress() * 100.0).floor());
        let source = open.article.source.as_deref().unwrap_or(&open.article.title);
        // How far the reader is stands there whole; the source has what is left.
        let room = usize::from(columns).saturating_sub(width(&place) + 3);
        if columns < 34 || room < 8 { place } else { format!("{} · {place}", truncate(source, room)) }
    }

    /// Draws the page.
    pub(super) fn draw(&self, shared: &Shared, focused: bool, area: Rect, buf: &mut Buffer) {
        let theme = shared.theme;
        let hidden = |kind: Kind| shared.view.hides(kind);
        let Some(open) = &self.open else {
            let fetching = self.fetching_status();
            let words = if let Some(fetching) = &fetching {
                fetching
            } else if self.awaiting {
                "Opening…"
            } else if shared.awaits_list {
                AWAITED
            } else {
                let (open, add) = (shared.keymap.named(Command::OpenArticle), shared.keymap.named(Command::AddSource));
                &format!("Choose one of the articles and press {open}, or add one with {add}.")
            };
            let columns = area.width.saturating_sub(GUTTER + 1);
            for (row, line) in (1..).zip(pen::wrap_whole(words, columns)) {
                pen::put(buf, area, (GUTTER, row), &line, theme.style(Meaning::Muted));
            }
            return;
        };
        let canvas = Canvas { open, theme, area, left: left(open, area) };
        canvas.lines(buf);
        canvas.inlines(buf);
        for mark in &open.marks {
            if mark.approximate {
                canvas.dashes(mark, buf);
            } else {
                canvas.layer(&[mark.range], theme.style(Meaning::Passage(&mark.color)), buf);
            }
            canvas.gutter(mark, buf);
        }
        for entity in self.lit.iter().copied().chain(self.chosen).filter_map(|number| open.entities.get(number)) {
            if !hidden(entity.kind) {
                let ranges: Vec<TextRange> = entity.mentions.iter().map(|mention| mention.range).collect();
                canvas.layer(&ranges, theme.style(Meaning::Mention(entity.kind)), buf);
            }
        }
        canvas.layer(&self.hits, theme.style(Meaning::Hit), buf);
        if let Some(current) = self.current {
            let is_hit = self.hits.contains(&current);
            let is_mark = open.marks.iter().any(|mark| mark.range == current);
            if !is_mark {
                let meaning = if is_hit { Meaning::HitCurrent } else { Meaning::MentionCurrent };
                canvas.layer(&[current], theme.style(meaning), buf);
            }
        }
        if let Some(selection) = &self.selection {
            canvas.layer(&[selection.range], theme.style(Meaning::Selection), buf);
            let TextRange { start, end } = selection.range;
            let mut graphemes = open.article.body.slice(selection.range).graphemes(true);
            let end = match selection.active {
                End::Start => graphemes.next().map(|first| TextRange::new(start, start + first.len())),
                End::End => graphemes.next_back().map(|last| TextRange::new(end - last.len(), end)),
            };
            canvas.layer(end.as_slice(), theme.style(Meaning::SelectionEnd), buf);
        }
        if let Some(labels) = &self.labels {
            for label in &labels.all {
                if let Some(rest) = labels.rest(label) {
                    canvas.label(label.at.start, rest, buf);
                }
            }
        }
        canvas.scrollbar(self, focused, hidden, buf);
    }
}

/// Columns of a dash and of the gap after it, under a passage that is only probably there.
const DASH: (u16, u16) = (2, 1);

fn style_of(theme: Theme, role: Role) -> Style {
    theme.style(match role {
        Role::Headline => Meaning::Headline,
        Role::Standfirst => Meaning::Standfirst,
        Role::Byline | Role::Dateline | Role::Figure | Role::Footnote => Meaning::Muted,
        Role::Heading(_) | Role::TableHead => Meaning::Heading,
        Role::Quote => Meaning::Quote,
        Role::Code => Meaning::Code,
        Role::Rule => Meaning::Faint,
        Role::Blank | Role::Paragraph | Role::ListItem | Role::TableRow => Meaning::Text,
    })
}

/// The window onto the page.
struct Canvas<'a> {
    open: &'a Open,
    theme: Theme,
    area: Rect,
    /// First column of the page within the area.
    left: u16,
}

impl Canvas<'_> {
    /// The lines in the window with their rows.
    fn visible(&self) -> impl Iterator<Item = (u16, usize, &Line)> {
        let top = self.open.top();
        let lines = self.open.page().lines.iter().enumerate().skip(top).take(usize::from(self.area.height));
        (0..).zip(lines).map(|(y, (number, line))| (y, number, line))
    }

    fn lines(&self, buf: &mut Buffer) {
        let body = &self.open.article.body;
        for (y, _, line) in self.visible() {
            let style = style_of(self.theme, line.role);
            for run in &line.runs {
                let (words, style) = match &run.ink {
                    Ink::Source(range) => (body.slice(*range), style),
                    Ink::Mark(mark) => (mark.as_ref(), self.theme.style(mark_meaning(line.role, mark))),
                };
                let x = self.area.x + self.left + run.column;
                let free = usize::from(self.area.right().saturating_sub(x));
                pen::write(buf, (x, self.area.y + y), words, free, style);
            }
        }
    }

    fn inlines(&self, buf: &mut Buffer) {
        let view = self.open.in_view();
        for inline in self.open.article.body.inlines().iter().filter(|inline| view.overlaps(inline.range)) {
            let style = match inline.kind {
                InlineKind::Emphasis => Style::new().add_modifier(Modifier::ITALIC),
                InlineKind::Strong => Style::new().add_modifier(Modifier::BOLD),
                // Not every terminal strikes words: they are dim on all of them.
                InlineKind::Strikethrough => Style::new().add_modifier(Modifier::CROSSED_OUT.union(Modifier::DIM)),
                InlineKind::Code => self.theme.style(Meaning::Code),
                InlineKind::Link(_) => self.theme.style(Meaning::Link),
            };
            self.layer(&[inline.range], style, buf);
        }
    }

    /// Styles the words of `ranges` (sorted) that are in the window.
    fn layer(&self, ranges: &[TextRange], style: Style, buf: &mut Buffer) {
        self.each_run(ranges, |area| pen::layer(buf, area, style));
    }

    /// Underlines a passage with dashes. No terminal is sure to have them, so every few columns go without.
    fn dashes(&self, mark: &super::Mark, buf: &mut Buffer) {
        // With few colours the mark has a paper: that is for words that are surely there.
        let ink = self.theme.style(Meaning::Bookmark(&mark.color));
        let ink = if ink.bg.is_some() { Style::new() } else { ink };
        let (dash, gap) = DASH;
        self.each_run(&[mark.range], |area| {
            pen::layer(buf, area, ink);
            for x in (area.left()..area.right()).filter(|x| x % (dash + gap) < dash) {
                buf.set_style(Rect { x, width: 1, ..area }, Style::new().add_modifier(Modifier::UNDERLINED));
            }
        });
    }

    /// The places on the screen where the words of `ranges` (sorted) stand.
    fn each_run(&self, ranges: &[TextRange], mut paint: impl FnMut(Rect)) {
        let body = &self.open.article.body;
        let view = self.open.in_view();
        let first = ranges.partition_point(|range| range.end <= view.start);
        let inside: Vec<TextRange> =
            ranges.iter().skip(first).copied().take_while(|range| range.start < view.end).collect();
        if inside.is_empty() {
            return;
        }
        for (y, number, line) in self.visible() {
            for range in inside.iter().filter(|range| range.overlaps(line.range)) {
                for (start, end) in self.open.page().columns_of(body, number, *range) {
                    let x = self.area.x + self.left + start;
                    let width = end.saturating_sub(start).min(self.area.right().saturating_sub(x));
                    paint(Rect::new(x, self.area.y + y, width, 1));
                }
            }
        }
    }

    /// The mark of a bookmark beside its lines: `▌`, `≈` where the place is only probably right, `◆` for a place.
    fn gutter(&self, mark: &super::Mark, buf: &mut Buffer) {
        let style = self.theme.style(Meaning::Bookmark(&mark.color));
        let glyph = match mark {
            super::Mark { approximate: true, .. } => "≈",
            mark if mark.range.is_empty() => "◆",
            _ => "▌",
        };
        for (y, _, line) in self.visible() {
            let here = !line.range.is_empty()
                && (line.range.overlaps(mark.range) || mark.range.is_empty() && line.range.contains(mark.range.start));
            if here {
                pen::put(buf, self.area, (self.left.saturating_sub(2), y), glyph, style);
            }
        }
    }

    fn label(&self, at: usize, keys: &str, buf: &mut Buffer) {
        let number = self.open.page().line_of(at);
        let Some(y) = number.checked_sub(self.open.top()).and_then(|y| u16::try_from(y).ok()) else { return };
        let rest = TextRange::new(at, self.open.article.body.len());
        let columns = self.open.page().columns_of(&self.open.article.body, number, rest);
        let x = self.left + columns.first().map_or(0, |(start, _)| *start);
        pen::put(buf, self.area, (x, y), keys, self.theme.style(Meaning::Label));
    }

    /// The scrollbar at the right edge, with marks where bookmarks, hits and mentions of lit entities are.
    fn scrollbar(&self, reader: &Reader, focused: bool, hidden: impl Fn(Kind) -> bool, buf: &mut Buffer) {
        let rows = usize::from(self.area.height);
        let total = self.open.page().lines.len();
        let Some(x) = self.area.width.checked_sub(1) else { return };
        if rows == 0 {
            return;
        }
        if total <= rows {
            let style = self.theme.style(Meaning::Faint);
            (0..self.area.height).for_each(|y| {
                pen::put(buf, self.area, (x, y), "│", style);
            });
            return;
        }
        let thumb = (rows * rows / total).max(1);
        let start = self.open.top() * (rows - thumb) / (total - rows).max(1);
        for y in 0..rows {
            let inside = (start..start + thumb).contains(&y);
            let (glyph, meaning) = match (inside, focused) {
                (true, true) => ("┃", Meaning::Key),
                (true, false) => ("┃", Meaning::Muted),
                (false, _) => ("│", Meaning::Faint),
            };
            pen::put(buf, self.area, (x, y as u16), glyph, self.theme.style(meaning));
        }
        let mut mark = |at: usize, glyph: &str, style: Style| {
            let y = self.open.page().line_of(at) * rows / total;
            pen::put(buf, self.area, (x, y.min(rows - 1) as u16), glyph, style);
        };
        for number in reader.lit.iter().copied().chain(reader.chosen) {
            if let Some(entity) = self.open.entities.get(number).filter(|entity| !hidden(entity.kind)) {
                let style = self.theme.style(Meaning::Kind(entity.kind));
                entity.mentions.iter().for_each(|mention| mark(mention.range.start, "•", style));
            }
        }
        for kept in &self.open.marks {
            mark(kept.range.start, "▌", self.theme.style(Meaning::Bookmark(&kept.color)));
        }
        // There may be many thousands of hits: each row looks whether one begins in its lines.
        let hits_before = |y: usize| {
            let line = (y * total).div_ceil(rows);
            let end = if line < total { self.open.page().position(line) } else { usize::MAX };
            reader.hits.partition_point(|hit| hit.start < end)
        };
        for y in 0..rows {
            if hits_before(y) < hits_before(y + 1) {
                pen::put(buf, self.area, (x, y as u16), "━", self.theme.style(Meaning::Hit));
            }
        }
    }
}

/// Signs of the layout: the numbers of links are read, bars and rules are only drawn.
fn mark_meaning(role: Role, mark: &str) -> Meaning<'static> {
    match role {
        _ if mark.contains(|c| matches!(c, '¹' | '²' | '³' | '⁰'..='⁹')) => Meaning::Muted,
        Role::Footnote => Meaning::Muted,
        Role::ListItem => Meaning::Key,
        _ => Meaning::Faint,
    }
}
