//! Drawing single lines of text into a buffer: clipped, measured, never past the edge.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::widgets::{Block, Clear, Widget};

use super::{Meaning, Theme};
use crate::text::width::{WIDEST, graphemes_with_width, truncate, width};

/// Writes as much of `text` as fits into `columns` at a place of the buffer, each cluster in as many cells as
/// [`crate::text::width`] says. Returns the column after it.
///
/// Everything is written through here: ratatui's own way of writing measures otherwise.
pub fn write(buf: &mut Buffer, (x, y): (u16, u16), text: &str, columns: usize, style: Style) -> u16 {
    let end = u16::try_from(columns).map_or(u16::MAX, |columns| x.saturating_add(columns)).min(buf.area.right());
    let mut x = x;
    for grapheme in graphemes_with_width(text).filter(|grapheme| grapheme.width > 0) {
        let next = x.saturating_add(grapheme.width as u16);
        if next > end {
            break;
        }
        for covered in x + 1..next {
            if let Some(cell) = buf.cell_mut((covered, y)) {
                cell.set_symbol(" ").set_style(style).set_diff_option(CellDiffOption::None);
            }
        }
        if let Some(cell) = buf.cell_mut((x, y)) {
            cell.set_symbol(grapheme.text).set_style(style);
            let agreed = grapheme.text.len() == 1 || usize::from(grapheme.text.cell_width()) == grapheme.width;
            let forced = NonZeroU16::new(next - x).filter(|_| !agreed).map(CellDiffOption::ForcedWidth);
            cell.set_diff_option(forced.unwrap_or_default());
        }
        x = next;
    }
    x
}

/// Draws `text` at column `x` of row `y` of `area` (both counted from its corner), cut with an ellipsis at the edge.
/// Returns the column after it.
pub fn put(buf: &mut Buffer, area: Rect, (x, y): (u16, u16), text: &str, style: Style) -> u16 {
    if y >= area.height || x >= area.width {
        return x;
    }
    let free = usize::from(area.width - x);
    let shown = truncate(text, free);
    write(buf, (area.x + x, area.y + y), &shown, free, style) - area.x
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
    let inside = inside(area);
    if inside == area {
        clear(buf, area);
    } else {
        border(buf, area, title, theme);
    }
    inside
}

/// Empties a box and draws its border with the title in it.
pub fn border(buf: &mut Buffer, area: Rect, title: &str, theme: Theme) {
    clear(buf, area);
    Block::bordered().border_style(theme.style(Meaning::Faint)).render(area, buf);
    if !area.is_empty() {
        let style = theme.style(Meaning::Heading);
        let title = format!(" {title} ");
        write(buf, (area.x + 1, area.y), &title, usize::from(area.width.saturating_sub(2)), style);
    }
}

/// Empties a box. What stands left of it and reaches into it goes too: it would cover the border.
fn clear(buf: &mut Buffer, area: Rect) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        let reaches = |x: &u16| buf.cell((*x, y)).is_some_and(|cell| x + cell.cell_width() > area.x);
        if let Some(from) = (buf.area.x..area.x).rev().take(WIDEST).find(reaches) {
            write(buf, (from, y), &" ".repeat(usize::from(area.x - from)), usize::MAX, Style::new());
        }
    }
    Clear.render(area, buf);
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
    let too_much = graphemes_with_width(word).find(|grapheme| {
        used += grapheme.width;
        used > columns && grapheme.start > 0
    });
    word.split_at(too_much.map_or(word.len(), |grapheme| grapheme.start))
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

    use crate::config::{Background, ColorDepth};

    proptest! {
        #[test]
        fn nothing_is_lost_when_all_is_wrapped(text in "([a-zé語👩‍🚒 /]|(👩\u{200D}){6,12}){0,200}", columns in WIDEST as u16..60) {
            let lines = wrap_whole(&text, columns);
            prop_assert!(lines.iter().all(|line| width(line) <= usize::from(columns)), "{:?}", lines);
            let words = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(words(&lines.concat()), words(&text));
        }
    }

    /// The words of a row: what every cell shows that is not covered by the one before.
    fn row(buf: &Buffer, y: u16) -> String {
        let (mut x, mut words) = (0, String::new());
        while let Some(cell) = buf.cell((x, y)) {
            words.push_str(cell.symbol());
            x += cell.cell_width();
        }
        words
    }

    #[test]
    fn a_cluster_has_the_cells_that_are_measured_for_it() {
        let area = Rect::new(0, 0, 12, 2);
        let mut buf = Buffer::empty(area);
        assert_eq!(put(&mut buf, area, (1, 0), "கா🇩🇪日x", Style::new()), 10);
        assert_eq!(row(&buf, 0), " கா🇩🇪日x  ");
        // Nothing is left of a wider cluster when something narrower is written over it.
        put(&mut buf, area, (1, 0), "abcdef", Style::new());
        assert_eq!(row(&buf, 0), " abcdef日x  ");
        assert_eq!(put(&mut buf, area, (0, 1), "👩‍👩‍👧‍👦👩‍👩‍👧‍👦", Style::new()), 9);
        assert_eq!(row(&buf, 1), "👩‍👩‍👧‍👦…   ");
    }

    #[test]
    fn a_box_has_its_border_whatever_stands_beside_it() {
        let area = Rect::new(0, 0, 14, 12);
        let mut buf = Buffer::empty(area);
        for y in 0..12 {
            put(&mut buf, area, (3, y), "日👩‍👩‍👧‍👦", Style::new());
        }
        frame(&mut buf, Rect::new(6, 0, 8, 12), "கா title", Theme::new(ColorDepth::Mono, Background::Dark));
        assert_eq!(row(&buf, 0), "   日 ┌ கா ti┐");
        assert_eq!(row(&buf, 1), "   日 │      │");
    }
}
