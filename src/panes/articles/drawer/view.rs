//! The drawer, drawn: a row each, with how many of its articles are unread and how many there are; below them what is
//! worth knowing of the one under the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::Command;
use crate::panes::Shared;
use crate::text::plural::grouped;
use crate::text::width::{truncate, width};
use crate::ui::{Meaning, pen};

use super::rows::{DrawerRow, Health, Source};
use super::{Drawer, FINDS_NOTHING};

/// Rows from which on sections are set apart, and something is said of the row under the cursor.
const TALL: u16 = 14;
/// Rows at the bottom for what is said of it, with the blank one above.
const ABOUT: u16 = 4;

/// Rows of the screen that a row takes.
pub(super) fn height(row: &DrawerRow, area: Rect) -> u16 {
    1 + u16::from(row.begins && area.height >= TALL)
}

/// Where the rows stand.
pub(super) fn list_area(area: Rect) -> Rect {
    Rect { height: if area.height >= TALL { area.height - ABOUT } else { area.height }, ..area }
}

impl Drawer {
    pub(in super::super) fn draw(&self, shared: &Shared, focused: bool, area: Rect, buf: &mut Buffer) {
        let list = list_area(area);
        let mut y = 0;
        for (at, row) in self.rows.iter().enumerate().skip(self.list.top) {
            // The blank above the first row that is shown would only push the rest down.
            y += height(row, area) - 1;
            if y >= list.height {
                break;
            }
            draw_row(row, shared, y, list, buf);
            if at == self.list.cursor {
                let cursor = if focused { Meaning::Cursor } else { Meaning::CursorIdle };
                pen::fill(buf, list, y..y + 1, shared.theme.style(cursor));
            }
            y += 1;
        }
        let muted = shared.theme.style(Meaning::Muted);
        let told = if self.finds_nothing() {
            FINDS_NOTHING
        } else if shared.subscriptions.all().next().is_none() {
            // Below the rows that are always there.
            y += 1;
            let add = shared.keymap.named(Command::AddHere);
            &format!("There are no feeds yet: {add} adds one, from its address or that of a page that has one.")
        } else {
            ""
        };
        for (y, line) in (y..list.height).zip(pen::wrap_whole(told, area.width.saturating_sub(2))) {
            pen::put(buf, list, (1, y), &line, muted);
        }
        if let Some(row) = self.rows.get(self.list.cursor).filter(|_| list.height < area.height) {
            for (y, line) in (list.height + 1..area.height).zip(about(row, list)) {
                pen::put(buf, area, (1, y), &line, muted);
            }
        }
    }
}

/// What is said of a row, in lines: its name where it was cut off, and what is known of it.
fn about(row: &DrawerRow, area: Rect) -> Vec<String> {
    let is_cut = width(&row.name) > room_for_name(row, area);
    let name = is_cut.then_some(row.name.as_str());
    let columns = area.width.saturating_sub(2);
    let lines = usize::from(ABOUT - 1);
    // The name may take two lines, and what is wrong all of them; an address, which is long, one.
    let wrap = |fact: &str| match fact {
        address if address.contains("://") => pen::wrap(address, columns, 1),
        fact if Some(fact) == name => pen::wrap(fact, columns, 2),
        fact => pen::wrap(fact, columns, lines),
    };
    name.into_iter().chain(row.about.iter().map(String::as_str)).flat_map(wrap).collect()
}

/// The numbers at the end of a row.
fn counts(row: &DrawerRow) -> String {
    let told = row.counts.map(|counts| format!("{}/{} ", grouped(counts.unread), grouped(counts.total)));
    told.unwrap_or_default()
}

/// The sign before a name.
fn sign(row: &DrawerRow) -> &'static str {
    match row.source {
        Source::Folder(_) if row.is_folded => "▸",
        Source::Folder(_) => "▾",
        Source::Feed(_) => row.health.sign(),
        Source::Standing(_) | Source::Search(_) => "",
    }
}

/// The column its name begins at.
fn name_column(row: &DrawerRow) -> u16 {
    1 + 2 * row.depth as u16 + if sign(row).is_empty() { 0 } else { 2 }
}

/// Columns there are for its name.
fn room_for_name(row: &DrawerRow, area: Rect) -> usize {
    usize::from(area.width.saturating_sub(width(&counts(row)) as u16 + 1 + name_column(row)))
}

fn draw_row(row: &DrawerRow, shared: &Shared, y: u16, area: Rect, buf: &mut Buffer) {
    let theme = shared.theme;
    let counts = counts(row);
    let has_unread = row.counts.is_some_and(|counts| counts.unread > 0);
    let meaning = match (&row.source, row.health) {
        (_, Health::Paused | Health::Gone) => Meaning::Muted,
        (Source::Feed(_), _) if has_unread => Meaning::Unread,
        _ => Meaning::Text,
    };
    let of_sign = if row.health == Health::Failing { Meaning::Error } else { Meaning::Muted };
    let line = Rect { width: area.width.saturating_sub(width(&counts) as u16 + 1), ..area };
    let x = name_column(row);
    pen::put(buf, line, (x.saturating_sub(2), y), sign(row), theme.style(of_sign));
    let name = truncate(&row.name, room_for_name(row, area));
    let x = pen::put(buf, line, (x, y), &name, theme.style(meaning));
    let x = match &row.source {
        Source::Search(search) if search.name != search.query => {
            pen::put(buf, line, (x + 2, y), &search.query, theme.style(Meaning::Muted))
        }
        _ => x,
    };
    pen::put_right(buf, area, (x.min(line.width), y), &counts, theme.style(Meaning::Key));
}
