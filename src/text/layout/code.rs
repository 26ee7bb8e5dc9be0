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

/// Adds the lines of a block, given by number and place, moved in by `indent` columns.
pub(super) fn set(
    setting: &Setting<'_>,
    indent: usize,
    (number, range): (usize, TextRange),
    take: &mut dyn FnMut(Line),
) {
    let whole = setting.text.get(range.start..range.end).unwrap_or_default();
    let mut start = range.start;
    for line in whole.split_inclusive('\n') {
        let mut take_row = |range, runs: Runs| {
            take(Line { role: Role::Code, block: Some(number), range, runs: runs.finish() });
        };
        self::line((indent, setting.measure - indent), start, line, &mut take_row);
        start += line.len();
    }
}

/// Adds one line of the source, which begins at byte `start`, as one row or several, each so many columns in and so many
/// wide.
fn line((indent, measure): (usize, usize), start: usize, line: &str, take: &mut dyn FnMut(TextRange, Runs)) {
    let hang = if measure < NARROWEST { 0 } else { HANG };
    // White space at the end is not drawn: alone on a continuation it would only puzzle.
    let visible = line.trim_end();
    let mut row_start = start;
    let mut runs = Runs::new(Vec::new(), indent);
    // Columns since the beginning of the source line, which is what tabs go by, and columns left in this row.
    let (mut column, mut left) = (0, measure);
    for grapheme in graphemes_with_width(visible) {
        let range = TextRange::new(start + grapheme.start, start + grapheme.end());
        let tab = grapheme.text == "\t";
        let width = if tab { TAB - column % TAB } else { grapheme.width };
        let row = if row_start == start { measure } else { measure - hang };
        if width > left && left < row {
            let full = std::mem::replace(&mut runs, continuation(indent, hang));
            take(TextRange::new(row_start, range.start), full);
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
    take(TextRange::new(row_start, start + line.len()), runs);
}

fn continuation(indent: usize, hang: usize) -> Runs {
    let mark = (hang > 0).then(|| Run::mark(indent, CONTINUED));
    Runs::new(mark.into_iter().collect(), indent + hang)
}
