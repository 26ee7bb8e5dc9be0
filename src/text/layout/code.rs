//! Sets preformatted text: the lines of the source, the long ones continued behind a mark.

use super::breaks::SOFT_HYPHEN;
use super::runs::Runs;
use super::wrap::Setting;
use super::{Line, Role, Run};
use crate::article::TextRange;
use crate::text::width::graphemes_with_width;

/// Before the continuation of a line, with a space behind it.
const CONTINUED: &str = "↪";
/// Columns of the mark and its space.
const HANG: usize = 2;
/// On a page narrower than this a continued line has no mark.
const NARROWEST: usize = 8;
/// Tabs end at multiples of this many columns.
const TAB: usize = 4;

/// Adds the lines of block `number`.
pub(super) fn set(setting: &Setting<'_>, number: usize, range: TextRange, take: &mut dyn FnMut(Line)) {
    let whole = setting.text.get(range.start..range.end).unwrap_or_default();
    let mut start = range.start;
    for line in whole.split_inclusive('\n') {
        self::line(setting.measure, number, start, line, take);
        start += line.len();
    }
}

/// Adds one line of the source, which begins at byte `start`, as one row or several.
fn line(measure: usize, number: usize, start: usize, line: &str, take: &mut dyn FnMut(Line)) {
    let hang = if measure < NARROWEST { 0 } else { HANG };
    // White space at the end is not drawn: alone on a continuation it would only puzzle.
    let visible = line.trim_end();
    let mut row_start = start;
    let mut runs = Runs::new(Vec::new(), 0);
    // Columns since the beginning of the source line, which is what tabs go by, and columns left in this row.
    let (mut column, mut left) = (0, measure);
    for grapheme in graphemes_with_width(visible) {
        let range = TextRange::new(start + grapheme.start, start + grapheme.end());
        let tab = grapheme.text == "\t";
        let width = if tab { TAB - column % TAB } else { grapheme.width };
        let row = if row_start == start { measure } else { measure - hang };
        if width > left && left < row {
            let full = std::mem::replace(&mut runs, continuation(hang));
            take(finished(number, TextRange::new(row_start, range.start), full));
            row_start = range.start;
            left = measure - hang;
        }
        let taken = width.min(left);
        if tab {
            runs.gap(range, taken);
        } else if !grapheme.text.starts_with(SOFT_HYPHEN) {
            runs.words(range, taken);
        }
        column += width;
        left -= taken;
    }
    take(finished(number, TextRange::new(row_start, start + line.len()), runs));
}

fn continuation(hang: usize) -> Runs {
    let mark = (hang > 0).then(|| Run::mark(0, CONTINUED));
    Runs::new(mark.into_iter().collect(), hang)
}

fn finished(number: usize, range: TextRange, runs: Runs) -> Line {
    Line { role: Role::Code, block: Some(number), range, runs: runs.finish() }
}
