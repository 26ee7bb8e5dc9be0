//! Drawing single lines of text into a buffer: clipped, measured, never past the edge.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, Clear, Widget};

use crate::text::width::{truncate, width};

/// Draws `text` at column `x` of row `y` of `area` (both counted from its corner), cut with an ellipsis at the edge.
/// Returns the column after it.
pub fn put(buf: &mut Buffer, area: Rect, (x, y): (u16, u16), text: &str, style: Style) -> u16 {
    if y >= area.height || x >= area.width {
        return x;
    }
    let free = usize::from(area.width - x);
    let shown = truncate(text, free);
    buf.set_stringn(area.x + x, area.y + y, &shown, free, style);
    x + width(&shown) as u16
}

/// Draws `text` so that it ends at the right edge of row `y`, if it fits right of column `from`.
pub fn put_right(buf: &mut Buffer, area: Rect, (from, y): (u16, u16), text: &str, style: Style) {
    let columns = width(text) as u16;
    if let Some(x) = area.width.checked_sub(columns)
        && x >= from
    {
        put(buf, area, (x, y), text, style);
    }
}

/// Rows below which a box has no border: it needs them for what is in it.
const BORDERED: u16 = 10;

/// The room in a box.
pub fn inside(area: Rect) -> Rect {
    if area.height < BORDERED { area } else { Block::bordered().inner(area) }
}

/// Empties a box, draws its border and title where there is room for them, and returns the room in it.
pub fn frame(buf: &mut Buffer, area: Rect, title: &str, style: Style) -> Rect {
    Clear.render(area, buf);
    let inside = inside(area);
    if inside != area {
        Block::bordered().border_style(style).title(title).render(area, buf);
    }
    inside
}

/// Styles whole rows of `area`, counted from its top.
pub fn fill(buf: &mut Buffer, area: Rect, rows: std::ops::Range<u16>, style: Style) {
    let rows = rows.start.min(area.height)..rows.end.min(area.height);
    if !rows.is_empty() {
        buf.set_style(Rect::new(area.x, area.y + rows.start, area.width, rows.end - rows.start), style);
    }
}

/// Breaks `text` into at most `most` lines of `columns`; the last one is cut with an ellipsis if more would follow.
pub fn wrap(text: &str, columns: u16, most: usize) -> Vec<String> {
    let columns = usize::from(columns.max(1));
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) if full => {
                line.push(' ');
                line.push_str(word);
                let cut = truncate(line, columns).into_owned();
                *line = cut;
                return lines;
            }
            _ => lines.push(truncate(word, columns).into_owned()),
        }
    }
    lines
}
