//! Draws a screen as SVG, cell by cell.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// Size of a cell in user units: the proportions of common monospaced fonts.
const CELL: (u16, u16) = (9, 19);
const PAPER: &str = "#16161c";
const INK: &str = "#d4d4d4";

/// The picture of a screen. The same buffer gives the same bytes.
pub(super) fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (columns * CELL.0 + 16, rows * CELL.1 + 16);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"ui-monospace,'DejaVu Sans \
         Mono',Menlo,Consolas,monospace\" font-size=\"15\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let start = x;
            let style_of_run = CellStyle::of(&buffer[(x, y)]);
            let mut words = String::new();
            while x < columns && CellStyle::of(&buffer[(x, y)]) == style_of_run {
                let symbol = buffer[(x, y)].symbol();
                words.push_str(symbol);
                x += (crate::text::width::width(symbol) as u16).max(1);
            }
            style_of_run.draw(&mut svg, &words, (start, x, y));
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The appearance that a run of cells shares.
#[derive(PartialEq)]
struct CellStyle {
    ink: String,
    paper: Option<String>,
    modifier: Modifier,
}

impl CellStyle {
    fn of(cell: &Cell) -> Self {
        let reversed = cell.modifier.contains(Modifier::REVERSED);
        let ink = hex(cell.fg).unwrap_or_else(|| INK.to_owned());
        let paper = hex(cell.bg);
        let (ink, paper) = if reversed { (paper.unwrap_or_else(|| PAPER.to_owned()), Some(ink)) } else { (ink, paper) };
        Self { ink, paper, modifier: cell.modifier }
    }

    fn draw(&self, svg: &mut String, words: &str, (start, end, y): (u16, u16, u16)) {
        let (left, top, width) = (8 + start * CELL.0, 8 + y * CELL.1, (end - start) * CELL.0);
        if let Some(paper) = &self.paper {
            writeln!(svg, "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{paper}\"/>", CELL.1)
                .unwrap();
        }
        if words.trim().is_empty() {
            return;
        }
        let mut style = String::new();
        let has = |modifier| self.modifier.contains(modifier);
        for (modifier, words) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::DIM, " opacity=\"0.6\""),
        ] {
            if has(modifier) {
                style.push_str(words);
            }
        }
        let escaped = words.trim_end().replace('&', "&amp;").replace('<', "&lt;");
        let shown = crate::text::width::width(words.trim_end()) as u16 * CELL.0;
        writeln!(
            svg,
            "<text x=\"{left}\" y=\"{}\" textLength=\"{shown}\" fill=\"{}\"{style} xml:space=\"preserve\">{escaped}</text>",
            top + 14,
            self.ink
        )
        .unwrap();
    }
}

fn hex(color: Color) -> Option<String> {
    match color {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}
