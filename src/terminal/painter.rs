//! Writes the cells that changed, without relying on how wide the terminal draws them.
//!
//! ratatui reports the changed cells and crossterm writes them one after the other, assuming that the cursor advances
//! by the width of each. Where terminals disagree about a width ([`crate::text::doubt`]), some letters would be
//! overwritten and others left behind, even in the next pane. So a row with such a cluster is repainted as a whole when
//! anything in it changes, from left to right: the cells of the cluster are cleared, the cluster is written into them,
//! and the cursor is moved to where the next one begins. A cluster drawn wider than its cells is cut off; nothing after
//! it moves. Rows of plain text are written byte for byte as crossterm does.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Size};

use crate::text::doubt::is_certain;

/// The rows that the painter defers until the whole frame is known.
#[derive(Clone, Default)]
pub(super) struct UncertainRows(Rc<RefCell<Rows>>);

#[derive(Default)]
struct Rows {
    /// Whether each row, as the terminal shows it, holds a cluster of uncertain width.
    uncertain: Vec<bool>,
    /// The rows to be repainted as a whole.
    pending: Vec<u16>,
    /// Where the cursor is shown.
    cursor: Option<Position>,
}

impl UncertainRows {
    /// Paints the deferred rows, and restores the cursor.
    pub(super) fn paint(&self, frame: &Buffer, out: impl Write) -> io::Result<()> {
        let mut rows = self.0.borrow_mut();
        let pending = std::mem::take(&mut rows.pending);
        if pending.is_empty() {
            return Ok(());
        }
        let width = usize::from(frame.area.width);
        let mut painted = Vec::new();
        for y in pending {
            let (start, row) = (usize::from(y) * width, usize::from(y));
            let cells = frame.content.get(start..start + width).unwrap_or_default();
            if rows.uncertain.len() <= row {
                rows.uncertain.resize(row + 1, false);
            }
            if let Some(uncertain) = rows.uncertain.get_mut(row) {
                *uncertain = !cells.iter().all(|cell| is_certain(cell.symbol()));
            }
            painted.append(&mut whole_row(cells, y));
        }
        let mut crossterm = CrosstermBackend::new(out);
        crossterm.draw(painted.iter().map(|(x, y, cell)| (*x, *y, cell.as_ref())))?;
        rows.cursor.map_or(Ok(()), |cursor| crossterm.set_cursor_position(cursor))
    }
}

/// Writes cells to a terminal as crossterm does, and defers those of uncertain rows to [`UncertainRows::paint`].
pub(super) struct Painter<W: Write> {
    crossterm: CrosstermBackend<W>,
    uncertain: UncertainRows,
}

impl<W: Write> Painter<W> {
    pub(super) fn new(out: W, uncertain: UncertainRows) -> Self {
        Self { crossterm: CrosstermBackend::new(out), uncertain }
    }
}

type PlacedCell<'a> = (u16, u16, Cow<'a, Cell>);

/// All cells of a row, with the sequences that pin each cluster of uncertain width to its place.
fn whole_row(cells: &[Cell], y: u16) -> Vec<PlacedCell<'_>> {
    let mut placed = Vec::with_capacity(cells.len());
    let mut x = 0;
    while let Some(cell) = cells.get(usize::from(x)) {
        let width = cell.cell_width().max(1);
        let shown =
            if is_certain(cell.symbol()) { Cow::Borrowed(cell) } else { Cow::Owned(pinned_cell(cell, (x, y), width)) };
        placed.push((x, y, shown));
        x += width;
    }
    placed
}

/// A cell that clears its columns, writes its cluster, and moves to the column after it.
fn pinned_cell(cell: &Cell, (x, y): (u16, u16), width: u16) -> Cell {
    let blanks = " ".repeat(usize::from(width));
    let symbol = cell.symbol();
    // CUP counts from one. Where more than one column is covered, crossterm itself goes to the next cell.
    let go_to = |x: u16| format!("\x1b[{};{}H", y + 1, x + 1);
    let on = if width == 1 { go_to(x + 1) } else { String::new() };
    let mut pinned = cell.clone();
    pinned.set_symbol(&[&blanks, &go_to(x), symbol, &on].concat());
    pinned
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut rows = self.uncertain.0.borrow_mut();
        let Rows { uncertain, pending, .. } = &mut *rows;
        pending.clear();
        let plain = content.filter(|(_, y, cell)| {
            let is_pending = pending.last() == Some(y);
            if !is_pending && (uncertain.get(usize::from(*y)) == Some(&true) || !is_certain(cell.symbol())) {
                pending.push(*y);
                return false;
            }
            !is_pending
        });
        self.crossterm.draw(plain)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.uncertain.0.borrow_mut().cursor = None;
        self.crossterm.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.crossterm.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.crossterm.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        self.uncertain.0.borrow_mut().cursor = Some(position);
        self.crossterm.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.crossterm.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.crossterm.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.crossterm.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.crossterm.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.crossterm)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use ratatui::buffer::CellDiffOption;
    use ratatui::style::{Color, Style};
    use ratatui::{Terminal, TerminalOptions, Viewport, layout::Rect};

    use super::super::frame::FrameBuffer;
    use super::*;
    use crate::text::width::graphemes_with_width;

    const AREA: Rect = Rect::new(0, 0, 24, 3);

    /// What frames of these rows write, one after the other: through the painter, and as crossterm does.
    fn written(frames: &[[&str; 3]]) -> (Vec<String>, Vec<String>) {
        let (uncertain, ours, theirs) = (UncertainRows::default(), FrameBuffer::default(), FrameBuffer::default());
        let painter = Painter::new(ours.clone(), uncertain.clone());
        let crossterm = CrosstermBackend::new(theirs.clone());
        (all_of(painter, &ours, &uncertain, frames), all_of(crossterm, &theirs, &UncertainRows::default(), frames))
    }

    fn all_of(
        backend: impl Backend<Error = io::Error>,
        bytes: &FrameBuffer,
        uncertain: &UncertainRows,
        frames: &[[&str; 3]],
    ) -> Vec<String> {
        let options = TerminalOptions { viewport: Viewport::Fixed(AREA) };
        let mut terminal = Terminal::with_options(backend, options).unwrap();
        let draw = |rows: &[&str; 3]| {
            bytes.begin();
            let drawn = terminal.draw(|frame| {
                for (y, row) in (0..).zip(rows) {
                    write(frame.buffer_mut(), y, row);
                }
                frame.set_cursor_position((3, 2));
            });
            uncertain.paint(drawn.unwrap().buffer, bytes.clone()).unwrap();
            let mut out = Vec::new();
            bytes.finish(&mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        frames.iter().map(draw).collect()
    }

    fn write(buffer: &mut Buffer, y: u16, row: &str) {
        let mut x = 0;
        for grapheme in graphemes_with_width(row) {
            let style = if grapheme.text == "X" { Style::new().bg(Color::Blue) } else { Style::new() };
            let width = NonZeroU16::new(grapheme.width as u16).unwrap();
            let cell = buffer[(x, y)].set_symbol(grapheme.text).set_style(style);
            if !is_certain(grapheme.text) {
                cell.set_diff_option(CellDiffOption::ForcedWidth(width));
            }
            x += width.get();
        }
    }

    #[test]
    fn plain_text_is_written_as_crossterm_does() {
        let (ours, theirs) = written(&[
            ["Plain words “quoted” — X", "日本語のXページ", "│ ▌Größe Ωж ● ★ X"],
            ["Plain words “quoted” — Y", "日本語 のページ", "│ ▌Größe Ωж ● ★ X"],
            ["", "X日本語", "│"],
        ]);
        assert_eq!(ours, theirs);
    }

    #[test]
    fn a_row_with_an_uncertain_cluster_is_repainted_and_each_such_cluster_is_pinned() {
        let (ours, _) =
            written(&[["கா b e\u{301}x", "plain", ""], ["கா c e\u{301}x", "plain", ""], ["c", "plainer", ""]]);
        let row = |b: char| {
            let rest = " ".repeat(24 - 7);
            format!("  \x1b[1;1Hகா\x1b[1;3H {b}  \x1b[1;6He\u{301}\x1b[1;7Hx{rest}")
        };
        assert!(ours[0].contains(&row('b')), "{:?}", ours[0]);
        assert!(ours[1].contains(&row('c')) && !ours[1].contains("plain"), "{:?}", ours[1]);
        assert!(ours.iter().all(|frame| frame.ends_with("\x1b[3;4H\x1b[?2026l")), "the cursor is put back");
        // Whatever the cluster may have covered is repainted.
        assert!(ours[2].contains(&format!("c{}", " ".repeat(23))) && ours[2].contains("er"), "{:?}", ours[2]);
    }
}
