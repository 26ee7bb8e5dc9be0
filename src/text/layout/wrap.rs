//! Chooses the lines of running text: textwrap's optimal fit over pieces of the source that know their own bytes.

use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

use super::breaks::{SOFT_HYPHEN, breaks, is_space};
use super::links::{LinkMark, marks_in};
use crate::article::TextRange;
use crate::text::width::{Grapheme, graphemes_with_width, width};

/// As textwrap's own for monospaced text, except that a line must never be too long, and that a hyphen costs as much as
/// ten columns left blank.
const PENALTIES: Penalties = Penalties {
    nline_penalty: 1000,
    overflow_penalty: 1_000_000,
    short_last_line_fraction: 4,
    short_last_line_penalty: 25,
    hyphen_penalty: 100,
};

/// What running text is set by.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The footnote marks of the whole text.
    pub marks: &'a [LinkMark],
    /// Columns a line may take.
    pub measure: usize,
    /// Whether words may be divided.
    pub hyphenate: bool,
    /// Whether the lines should be of equal length rather than full, as in a headline.
    pub balance: bool,
}

/// One line of running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FittedLine {
    /// All bytes that belong to it.
    pub range: TextRange,
    /// The bytes from its first visible character to its last.
    pub drawn: TextRange,
    /// Columns, the hyphen included.
    pub width: usize,
    /// Whether it ends with a hyphen that is not in the source.
    pub hyphen: bool,
    /// Whether it keeps its ragged edge: a paragraph, or a line the source itself breaks, ends here.
    pub last: bool,
    /// Columns its pieces were cut to.
    pub measure: usize,
    /// Columns it is moved in by, as the rest of a line of verse that is too long.
    pub turn: usize,
}

/// Breaks the text in `range` into lines. Their ranges lie side by side and cover `range`.
pub(super) fn wrap(setting: &Setting<'_>, range: TextRange) -> Vec<FittedLine> {
    let mut fitted = Vec::new();
    wrap_each(setting, range, |line| fitted.push(line));
    fitted
}

/// Bytes that are fitted at once (1 MiB: a long novel without a paragraph). What is needed to find the best lines takes
/// some forty times as much.
const WINDOW: usize = 1 << 20;

/// How far the rest of a long line of verse is moved in, so that it is not taken for a line of its own.
const TURN: usize = 2;
/// Columns a turned line keeps at least; on a narrower page it is not moved in.
const NARROWEST: usize = 16;
/// Columns of the longest line of verse, two full lines of a wide page; longer ones are running text that happens to be
/// broken by hand. And its bytes, so that no more is measured than a line of verse can have.
const VERSE: usize = 160;
const VERSE_BYTES: usize = VERSE * 8;

/// The same, one line at a time.
pub(super) fn wrap_each(setting: &Setting<'_>, range: TextRange, mut take: impl FnMut(FittedLine)) {
    let mut at = range.start;
    let whole = setting.text.get(range.start..range.end).unwrap_or_default();
    let broken = whole.trim_end_matches('\n').contains('\n');
    for line in whole.split_inclusive('\n') {
        let end = at + line.len();
        if broken && !setting.balance && line.len() <= VERSE_BYTES && width(line) <= VERSE {
            verse(setting, TextRange::new(at, end)).into_iter().for_each(&mut take);
            at = end;
            continue;
        }
        while at < end {
            let stop = (at..=end.min(at + WINDOW)).rev().find(|&stop| setting.text.is_char_boundary(stop));
            let window = TextRange::new(at, stop.unwrap_or(end));
            let mut lines = fit_all(setting, window, 0).into_iter().peekable();
            at = window.end;
            while let Some(mut fitted) = lines.next() {
                if window.end < end && lines.peek().is_none() {
                    fitted.last = false;
                    // The last line of a window is where the next one begins, unless it is all there is.
                    if fitted.range.start > window.start {
                        at = fitted.range.start;
                        break;
                    }
                }
                take(fitted);
            }
        }
    }
}

/// A line of verse, of an address, of anything whose breaks are meant: no word is divided, and what does not fit is
/// turned over, as printers of poems do.
fn verse(setting: &Setting<'_>, range: TextRange) -> Vec<FittedLine> {
    let turn = if setting.measure < NARROWEST { 0 } else { TURN };
    let setting = Setting { measure: setting.measure - turn, hyphenate: false, ..*setting };
    let mut lines = fit_all(&setting, range, turn);
    for (row, line) in lines.iter_mut().enumerate() {
        line.last = true;
        line.turn = if row == 0 { 0 } else { turn };
    }
    lines
}

/// The lines of text without a line break inside; the first of them may be wider by `outdent` columns.
fn fit_all(setting: &Setting<'_>, range: TextRange, outdent: usize) -> Vec<FittedLine> {
    let line = setting.text.get(range.start..range.end).unwrap_or_default();
    let pieces = pieces(setting, line, range.start);
    let lines = fit(&pieces, [setting.measure + outdent, setting.measure], setting.balance);
    let mut fitted = Vec::with_capacity(lines.len());
    let mut rest = lines.into_iter().peekable();
    while let Some(line) = rest.next() {
        let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
        let next = rest.peek().and_then(|line| line.first());
        let width: usize = line.iter().map(|piece| piece.width + piece.space).sum();
        fitted.push(FittedLine {
            range: TextRange::new(first.start, next.map_or(range.end, |next| next.start)),
            drawn: TextRange::new(first.drawn.start, last.drawn.end),
            width: width - last.space + usize::from(last.hyphen),
            hyphen: last.hyphen,
            last: next.is_none(),
            measure: setting.measure,
            turn: 0,
        });
    }
    fitted
}

/// The columns a grapheme of running text takes: a tab is one space, and nothing is wider than the measure.
pub(super) fn columns(grapheme: &Grapheme<'_>, measure: usize) -> usize {
    if is_space(grapheme.text) { grapheme.width.max(1) } else { grapheme.width.min(measure) }
}

/// Whether footnote marks of `width` columns have room behind a grapheme of `columns`; else they are left out.
pub(super) fn mark_fits(columns: usize, width: usize, measure: usize) -> bool {
    columns + width <= measure
}

/// A piece of text that is never broken, with the white space behind it.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    drawn: TextRange,
    width: usize,
    space: usize,
    hyphen: bool,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.space as f64
    }

    fn penalty_width(&self) -> f64 {
        if self.hyphen { 1.0 } else { 0.0 }
    }
}

/// Cuts `line`, which begins at byte `offset`, into pieces that fit into the measure with their hyphen; at least one.
fn pieces(setting: &Setting<'_>, line: &str, offset: usize) -> Vec<Piece> {
    let measure = setting.measure;
    let breaks = breaks(line, offset, setting.hyphenate);
    let mut cutter = Cutter { measure, pieces: Vec::with_capacity(breaks.len() + 1), open: Open::at(offset) };
    let mut breaks = breaks.into_iter().peekable();
    let mut marks = marks_in(setting.marks, TextRange::new(offset, offset + line.len())).iter().peekable();
    for grapheme in graphemes_with_width(line) {
        let (start, end) = (offset + grapheme.start, offset + grapheme.end());
        // A break inside a grapheme cluster is none.
        while breaks.next_if(|place| place.at < start).is_some() {}
        if let Some(place) = breaks.next_if(|place| place.at == start) {
            cutter.cut(start, place.hyphen);
        }
        let mut mark = 0;
        while let Some(passed) = marks.next_if(|mark| mark.at <= end) {
            mark += passed.width;
        }
        let columns = columns(&grapheme, measure);
        if is_space(grapheme.text) {
            cutter.open.piece.space += columns;
        } else if !grapheme.text.starts_with(SOFT_HYPHEN) {
            let mark = if mark_fits(columns, mark, measure) { mark } else { 0 };
            cutter.add(TextRange::new(start, end), columns + mark);
        }
    }
    cutter.finish()
}

/// Collects pieces.
struct Cutter {
    measure: usize,
    pieces: Vec<Piece>,
    open: Open,
}

/// The piece being made.
struct Open {
    piece: Piece,
    /// Whether nothing visible is in it yet.
    empty: bool,
}

impl Open {
    fn at(start: usize) -> Self {
        let drawn = TextRange::at(start);
        Self { piece: Piece { start, drawn, width: 0, space: 0, hyphen: false }, empty: true }
    }
}

impl Cutter {
    /// Adds something visible; begins a new piece if the open one would grow beyond the measure.
    fn add(&mut self, range: TextRange, columns: usize) {
        let open = &self.open.piece;
        if !self.open.empty && open.width + open.space + columns > self.measure {
            self.close(range.start);
        }
        if self.open.empty {
            self.give_space_back();
            self.open.piece.drawn.start = range.start;
            self.open.empty = false;
        }
        let piece = &mut self.open.piece;
        piece.width += piece.space;
        piece.space = 0;
        piece.width += columns;
        piece.drawn.end = range.end;
    }

    /// The text may be broken before byte `at`.
    fn cut(&mut self, at: usize, hyphen: bool) {
        if hyphen && self.open.piece.width + 1 > self.measure {
            return;
        }
        if !self.open.empty {
            self.open.piece.hyphen = hyphen;
            self.close(at);
        }
    }

    fn close(&mut self, at: usize) {
        self.pieces.push(self.open.piece);
        self.open = Open::at(at);
    }

    /// White space before a word belongs to the piece before it; at the beginning of a paragraph it is not drawn.
    fn give_space_back(&mut self) {
        let space = std::mem::take(&mut self.open.piece.space);
        if let Some(before) = self.pieces.last_mut().filter(|_| space > 0) {
            before.space += space;
            before.hyphen = false;
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        if self.open.empty {
            self.give_space_back();
        }
        if !self.open.empty || self.pieces.is_empty() {
            self.pieces.push(self.open.piece);
        }
        self.pieces
    }
}

/// Distributes pieces over lines, of which the first does not exceed `first` and no other exceeds `measure`.
fn fit(pieces: &[Piece], [first, measure]: [usize; 2], balance: bool) -> Vec<&[Piece]> {
    let fits = |line: &[Piece], measure: usize| {
        let width: usize = line.iter().map(|piece| piece.width + piece.space).sum();
        line.last().is_none_or(|last| width - last.space + usize::from(last.hyphen) <= measure)
    };
    if fits(pieces, first) {
        return vec![pieces];
    }
    if balance {
        return wrap_first_fit(pieces, &[narrowest(pieces, measure) as f64]);
    }
    let widths = [first as f64, measure as f64];
    if first > measure {
        // A line of verse is filled before it is turned over.
        return wrap_first_fit(pieces, &widths);
    }
    wrap_optimal_fit(pieces, &widths, &PENALTIES)
        .ok()
        .filter(|lines| lines.iter().all(|line| fits(line, measure)))
        .unwrap_or_else(|| wrap_first_fit(pieces, &widths))
}

/// The smallest measure that takes no more lines than `measure` does.
fn narrowest(pieces: &[Piece], measure: usize) -> usize {
    let lines = |measure: usize| wrap_first_fit(pieces, &[measure as f64]).len();
    let allowed = lines(measure);
    let widest = pieces.iter().map(|piece| piece.width + usize::from(piece.hyphen)).max().unwrap_or(1);
    let (mut low, mut high) = (widest.min(measure), measure);
    while low < high {
        let middle = low.midpoint(high);
        if lines(middle) <= allowed {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}
