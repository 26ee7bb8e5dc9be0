//! The drawer, drawn: a row each, with how many of its articles are unread and how many there are; below them what is
//! worth knowing of the one under the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::panes::Shared;
use crate::text::plural::grouped;
use crate::text::width::{truncate, width};
use crate::ui::{Meaning, pen};

use super::Drawer;
use super::rows::{DrawerRow, Health, Source};

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
        if list.height < area.height {
            let about = self.rows.get(self.list.cursor).map(|row| row.about.as_str()).unwrap_or_default();
            let lines = pen::wrap(about, area.width.saturating_sub(2), usize::from(ABOUT - 1));
            for (y, line) in (list.height + 1..).zip(lines) {
                pen::put(buf, area, (1, y), &line, shared.theme.style(Meaning::Muted));
            }
        }
    }
}

fn draw_row(row: &DrawerRow, shared: &Shared, y: u16, area: Rect, buf: &mut Buffer) {
    let theme = shared.theme;
    let counts = row.counts.map(|counts| format!("{}/{} ", grouped(counts.unread), grouped(counts.total)));
    let counts = counts.unwrap_or_default();
    let sign = match row.source {
        Source::Folder(_) if row.is_folded => "▸",
        Source::Folder(_) => "▾",
        Source::Feed(_) => row.health.sign(),
        Source::Standing(_) | Source::Search(_) => "",
    };
    let has_unread = row.counts.is_some_and(|counts| counts.unread > 0);
    let meaning = match (&row.source, row.health) {
        (_, Health::Paused | Health::Gone) => Meaning::Muted,
        (Source::Feed(_), _) if has_unread => Meaning::Unread,
        _ => Meaning::Text,
    };
    let of_sign = if row.health == Health::Failing { Meaning::Error } else { Meaning::Muted };
    let indent = 2 * row.depth as u16;
    let line = Rect { width: area.width.saturating_sub(width(&counts) as u16 + 1), ..area };
    pen::put(buf, line, (1 + indent, y), sign, theme.style(of_sign));
    let x = 1 + indent + if sign.is_empty() { 0 } else { 2 };
    let name = truncate(&row.name, usize::from(line.width.saturating_sub(x)));
    let x = pen::put(buf, line, (x, y), &name, theme.style(meaning));
    let x = match &row.source {
        Source::Search(search) if search.name != search.query => {
            pen::put(buf, line, (x + 2, y), &search.query, theme.style(Meaning::Muted))
        }
        _ => x,
    };
    pen::put_right(buf, area, (x.min(line.width), y), &counts, theme.style(Meaning::Key));
}
