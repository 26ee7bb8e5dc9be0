//! Inspects the harness's screen: text, styles and the position of the cursor.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position as Place, Rect};
use ratatui::style::Color;

use crate::app;

use super::Harness;

impl Harness {
    /// The screen as cells.
    pub(crate) fn buffer(&self) -> Buffer {
        self.draw().0
    }

    /// The place of the cursor, while something is being typed.
    pub(crate) fn cursor(&self) -> Option<Place> {
        self.draw().1
    }

    fn draw(&self) -> (Buffer, Option<Place>) {
        let area = Rect::new(0, 0, self.state.size.width, self.state.size.height);
        let mut buffer = Buffer::empty(area);
        let cursor = app::draw(&self.state, area, &mut buffer);
        (buffer, cursor)
    }

    /// The screen as text, without the blanks at the ends of rows.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let rows = (0..buffer.area.height).map(|y| {
            let mut row = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = crate::text::width::width(symbol).saturating_sub(1);
                row.push_str(symbol);
            }
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// The cells that are not plain, as runs: `row:column–column style "words"`.
    pub(crate) fn styles(&self) -> String {
        let buffer = self.buffer();
        let mut runs: Vec<(u16, u16, u16, String, String)> = Vec::new();
        for y in 0..buffer.area.height {
            for x in 0..buffer.area.width {
                let cell = &buffer[(x, y)];
                let style = style_words(cell);
                match runs.last_mut() {
                    Some((row, _, end, last, words)) if *row == y && *end + 1 == x && *last == style => {
                        *end = x;
                        words.push_str(cell.symbol());
                    }
                    _ => runs.push((y, x, x, style, cell.symbol().to_owned())),
                }
            }
        }
        let shown = runs.into_iter().filter(|(_, _, _, style, _)| !style.is_empty());
        let lines = shown.map(|(y, start, end, style, words)| format!("{y}:{start}–{end} {style} {words:?}"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The last row, with messages above it that do not fit there.
    pub(crate) fn footer(&self) -> String {
        let mut rows = app::above_footer(&self.state);
        rows.push(self.screen().lines().last().unwrap_or_default().to_owned());
        rows.join("\n")
    }

    /// Fails, showing the screen, unless these words are on it.
    #[track_caller]
    pub(crate) fn shows(&self, words: &str) {
        let screen = self.screen();
        assert!(screen.contains(words), "“{words}” is not on the screen:\n{screen}");
    }

    /// Fails, showing the screen, if these words are on it.
    #[track_caller]
    pub(crate) fn hides(&self, words: &str) {
        let screen = self.screen();
        assert!(!screen.contains(words), "“{words}” is on the screen:\n{screen}");
    }

    /// The row of the screen on which `words` stand.
    pub(crate) fn row_of(&self, words: &str) -> Option<u16> {
        self.screen().lines().position(|row| row.contains(words)).and_then(|row| u16::try_from(row).ok())
    }

    /// The words that are drawn in a meaning's style, in reading order.
    pub(crate) fn words_in(&self, meaning: crate::ui::Meaning<'_>) -> String {
        let style = self.state.shared.theme.style(meaning);
        let buffer = self.buffer();
        let wanted = |cell: &Cell| {
            style.fg.is_none_or(|fg| cell.fg == fg)
                && style.bg.is_none_or(|bg| cell.bg == bg)
                && cell.modifier.contains(style.add_modifier)
        };
        let words: String =
            buffer.content().iter().map(|cell| if wanted(cell) { cell.symbol() } else { "\n" }).collect();
        words.split('\n').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

fn style_words(cell: &Cell) -> String {
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(format!("fg={}", cell.fg));
    }
    if cell.bg != Color::Reset {
        words.push(format!("bg={}", cell.bg));
    }
    if !cell.modifier.is_empty() {
        words.push(format!("{:?}", cell.modifier));
    }
    words.join(" ")
}
