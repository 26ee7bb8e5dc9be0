//! Drawing single lines of text into a buffer: clipped, measured, never past the edge.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Widget};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::width::{truncate, width};

use super::{Meaning, Theme};

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
pub const BORDERED: u16 = 6;

/// The room in a box.
pub fn inside(area: Rect) -> Rect {
    if area.height < BORDERED { area } else { Block::bordered().inner(area) }
}

/// Empties a box, draws its border and title where there is room for them, and returns the room in it.
pub fn frame(buf: &mut Buffer, area: Rect, title: &str, theme: Theme) -> Rect {
    Clear.render(area, buf);
    let inside = inside(area);
    if inside != area {
        let title = Line::styled(title, theme.style(Meaning::Heading));
        Block::bordered().border_style(theme.style(Meaning::Faint)).title(title).render(area, buf);
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

/// Styles cells that are drawn. Words that have a paper keep their ink unless the style brings a paper of its own: an ink
/// without one is made to be read on the terminal's background.
pub fn layer(buf: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buf.area);
    if style.bg.is_some() || style.fg.is_none() {
        return buf.set_style(area, style);
    }
    for at in area.positions() {
        if let Some(cell) = buf.cell_mut(at) {
            let style = if cell.bg == Color::Reset { style } else { Style { fg: None, ..style } };
            cell.set_style(style);
        }
    }
}

/// Breaks `text` into lines of `columns`, all of it: a word that is wider goes on in the next line.
pub fn wrap_whole(text: &str, columns: u16) -> Vec<String> {
    let columns = usize::from(columns.max(2));
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let mut rest = word;
        while let Some(line) = lines.last_mut() {
            let gap = usize::from(!line.is_empty());
            if width(line) + gap + width(rest) <= columns {
                line.push_str(if gap > 0 { " " } else { "" });
                line.push_str(rest);
                break;
            }
            if line.is_empty() {
                let (fits, more) = split_at_width(rest, columns);
                line.push_str(fits);
                rest = more;
            }
            lines.push(String::new());
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The beginning of a word that fits into `columns`, at least one character of it, and the rest.
fn split_at_width(word: &str, columns: usize) -> (&str, &str) {
    let mut used = 0;
    let fits = word.grapheme_indices(true).find(|(at, grapheme)| {
        used += width(grapheme);
        used > columns && *at > 0
    });
    word.split_at(fits.map_or(word.len(), |(at, _)| at))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_is_lost_when_all_is_wrapped(text in "[a-zé語👩‍🚒 /]{0,200}", columns in 2u16..60) {
            let lines = wrap_whole(&text, columns);
            prop_assert!(lines.iter().all(|line| width(line) <= usize::from(columns)), "{:?}", lines);
            let words = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(words(&lines.concat()), words(&text));
        }
    }
}
