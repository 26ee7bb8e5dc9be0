//! From bytes to lines and columns, and back.

use super::{Ink, Line, Page, Role, Run};
use crate::article::{Text, TextRange};
use crate::text::width::{graphemes_with_width, width};

impl Page {
    /// The number of the line that shows byte `byte`; for a byte that no line shows, the one before it, or the first.
    /// Never a footnote.
    pub fn line_of(&self, byte: usize) -> usize {
        let body = self.lines.get(..self.body).unwrap_or_default();
        let last = body.partition_point(|line| line.range.start <= byte).saturating_sub(1);
        // The lines of one table row interleave: one further up may show the byte. If none does it is the first.
        let mut number = last;
        while let Some(line) = body.get(number).filter(|line| !line.shows(byte)) {
            let above = number.checked_sub(1).and_then(|above| body.get(above));
            let table = |line: &Line| matches!(line.role, Role::TableHead | Role::TableRow);
            if !above.is_some_and(|above| table(above) && above.range.end > line.range.start) {
                break;
            }
            number -= 1;
        }
        number
    }

    /// The source byte that line number `line` stands for, which pins a place while the measure changes:
    /// [`line_of`](Self::line_of) leads back to the line if it shows words.
    pub fn position(&self, line: usize) -> usize {
        self.lines.get(line).or(self.lines.last()).map_or(0, |line| line.range.start)
    }

    /// Where the bytes of `range` are on line number `line`: half-open spans of columns, from left to right, joined
    /// where they touch. Marks between them are not part of them.
    pub fn columns_of(&self, text: &Text, line: usize, range: TextRange) -> Vec<(u16, u16)> {
        let mut spans: Vec<(u16, u16)> = Vec::new();
        for (run, source) in self.lines.get(line).into_iter().flat_map(Line::words) {
            let Some(inside) = source.intersection(range) else { continue };
            let columns =
                |end: usize| width(text.slice(TextRange::new(source.start, end))).min(run.width.into()) as u16;
            let start = if inside.start == source.start { 0 } else { columns(inside.start) };
            // Also the blanks of a stretched space or a tab.
            let end = if inside.end == source.end { run.width } else { columns(inside.end) };
            match spans.last_mut() {
                Some(last) if last.1 == run.column + start => last.1 = run.column + end,
                _ => spans.push((run.column + start, run.column + end)),
            }
        }
        spans.retain(|(start, end)| start < end);
        spans
    }

    /// The first byte of the grapheme cluster at `column` of line number `line`, or of the nearest one.
    pub fn byte_at(&self, text: &Text, line: usize, column: u16) -> usize {
        let away =
            |run: &Run| run.column.saturating_sub(column).max((column + 1).saturating_sub(run.column + run.width));
        let runs = self.lines.get(line).into_iter().flat_map(Line::words).filter(|(run, _)| run.width > 0);
        let Some((run, source)) = runs.min_by_key(|(run, _)| away(run)) else { return self.position(line) };
        let wanted = usize::from(column.saturating_sub(run.column));
        let mut reached = 0;
        let mut found = source.start;
        for grapheme in graphemes_with_width(text.slice(source)).filter(|grapheme| grapheme.width > 0) {
            found = source.start + grapheme.start;
            reached += grapheme.width;
            if reached > wanted {
                break;
            }
        }
        found
    }
}

impl Line {
    /// The runs that show the source, and what they show.
    fn words(&self) -> impl Iterator<Item = (&Run, TextRange)> {
        self.runs.iter().filter_map(|run| match &run.ink {
            Ink::Source(range) => Some((run, *range)),
            Ink::Mark(_) => None,
        })
    }

    fn shows(&self, byte: usize) -> bool {
        self.words().any(|(_, range)| range.contains(byte))
    }
}
