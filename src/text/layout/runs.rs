//! Places the words of a line in columns.

use std::borrow::Cow;

use super::breaks::{SOFT_HYPHEN, is_space};
use super::links::{LinkMark, marks_in};
use super::wrap::{FittedLine, Setting, columns, mark_fits};
use super::{Ink, Run};
use crate::article::TextRange;
use crate::text::width::graphemes_with_width;

/// A line is stretched by at most this many columns a gap; beyond that the holes are worse than a ragged edge.
const LOOSEST: usize = 2;

/// Collects the runs of one line from left to right.
pub(super) struct Runs {
    done: Vec<Run>,
    column: usize,
    open: Option<(TextRange, usize)>,
}

impl Runs {
    /// Begins at `column`, behind the marks already there.
    pub(super) fn new(done: Vec<Run>, column: usize) -> Self {
        Self { done, column, open: None }
    }

    /// Goes on with words: joins them to the run before if they follow it in the source.
    pub(super) fn words(&mut self, range: TextRange, columns: usize) {
        match &mut self.open {
            Some((open, width)) if open.end == range.start => {
                open.end = range.end;
                *width += columns;
            }
            _ => {
                self.close();
                self.open = Some((range, columns));
            }
        }
    }

    /// White space that takes other columns than its own: a run for itself.
    pub(super) fn gap(&mut self, range: TextRange, columns: usize) {
        self.close();
        self.open = Some((range, columns));
        self.close();
    }

    /// Something that is not in the source.
    pub(super) fn mark(&mut self, text: impl Into<Cow<'static, str>>) {
        self.close();
        let run = Run::mark(self.column, text);
        self.column += usize::from(run.width);
        self.done.push(run);
    }

    fn close(&mut self) {
        if let Some((range, width)) = self.open.take() {
            self.done.push(Run { column: self.column as u16, width: width as u16, ink: Ink::Source(range) });
            self.column += width;
        }
    }

    /// All runs.
    pub(super) fn finish(mut self) -> Vec<Run> {
        self.close();
        self.done
    }
}

/// Adds the runs of `line`, whose left edge is at `column`, to those already on it; stretches it to the measure if
/// `justify` and the line bears it.
pub(super) fn set(
    setting: &Setting<'_>,
    line: &FittedLine,
    column: usize,
    justify: bool,
    before: Vec<Run>,
) -> Vec<Run> {
    let words = setting.text.get(line.drawn.start..line.drawn.end).unwrap_or_default();
    let marks = marks_in(setting.marks, line.drawn);
    let mut runs = Runs::new(before, column);
    let extra = line.measure.saturating_sub(line.width);
    let gaps = if justify && !line.last && extra > 0 { gaps(words) } else { 0 };
    let stretch = gaps > 0 && extra <= LOOSEST * gaps;
    if stretch || !marks.is_empty() || words.contains(|c: char| c == SOFT_HYPHEN || c.is_control()) {
        runs.done.reserve(2 * gaps + marks.len() + 2);
        // Columns left over fall on other gaps from line to line, or white rivers would run down the page.
        let (extra, gaps) = (if stretch { extra } else { 0 }, gaps.max(1));
        let spread = Justification { extra, gaps, phase: line.range.start % gaps };
        slowly(line, words, marks, &spread, &mut runs);
    } else if !line.drawn.is_empty() {
        runs.words(line.drawn, line.width - usize::from(line.hyphen));
    }
    if line.hyphen {
        runs.mark("-");
    }
    runs.finish()
}

/// Blanks to distribute over the gaps of a line, beginning anywhere.
struct Justification {
    extra: usize,
    gaps: usize,
    phase: usize,
}

impl Justification {
    /// The blanks of gap number `gap`.
    fn at(&self, gap: usize) -> usize {
        let until = |gap: usize| (gap * self.extra + self.phase) / self.gaps;
        until(gap + 1) - until(gap)
    }
}

/// Grapheme by grapheme, for lines that are not simply the source.
fn slowly(line: &FittedLine, words: &str, marks: &[LinkMark], spread: &Justification, runs: &mut Runs) {
    let mut marks = marks.iter().peekable();
    let mut gap = 0;
    let mut after_word = false;
    for grapheme in graphemes_with_width(words) {
        let range = TextRange::new(line.drawn.start + grapheme.start, line.drawn.start + grapheme.end());
        let width = columns(&grapheme, line.measure);
        let space = is_space(grapheme.text);
        if grapheme.text == " " && after_word && spread.extra > 0 {
            runs.gap(range, width + spread.at(gap));
            gap += 1;
        } else if space && grapheme.text.contains(char::is_control) {
            runs.gap(range, width);
        } else if !grapheme.text.starts_with(SOFT_HYPHEN) {
            runs.words(range, width);
        }
        after_word = !space;
        let reached = marks.clone().take_while(|mark| mark.at <= range.end);
        let room = mark_fits(width, reached.map(|mark| mark.width).sum(), line.measure);
        while let Some(mark) = marks.next_if(|mark| mark.at <= range.end) {
            if room && !space {
                runs.mark(mark.label.clone());
            }
        }
    }
}

/// The number of places at which a line can be stretched: spaces behind a word.
fn gaps(words: &str) -> usize {
    let mut gaps = 0;
    let mut after_word = false;
    for grapheme in graphemes_with_width(words) {
        let space = is_space(grapheme.text);
        gaps += usize::from(grapheme.text == " " && after_word);
        after_word = !space;
    }
    gaps
}
