//! Sets tables: in columns where the measure allows it, else every row as a record of labelled lines.

use super::breaks::SOFT_HYPHEN;
use super::links::marks_in;
use super::wrap::{FittedLine, Setting, wrap};
use super::{Ink, Line, RULE, Role, Run, runs};
use crate::article::TextRange;
use crate::text::width::{truncate, width};

/// Blank columns between two columns.
const GUTTER: usize = 2;
/// A column is not squeezed below this width; a table that would need it is set as records.
const NARROWEST: usize = 8;
/// How far the lines of a record are moved in behind its first.
const INDENT: usize = 2;

/// One row of the source.
struct TableRow {
    /// Its line break included.
    range: TextRange,
    cells: Vec<TextRange>,
}

/// Adds the lines of block `number`.
pub(super) fn set(setting: &Setting<'_>, number: usize, range: TextRange, take: &mut dyn FnMut(Line)) {
    let mut lines = Vec::new();
    let rows = rows(setting.text, range);
    match columns(setting, &rows) {
        Some(widths) => {
            let right = numeric(setting.text, &rows, widths.len());
            Grid { setting, number, widths, right }.set(&rows, &mut lines);
        }
        None => records(setting, number, &rows, &mut lines),
    }
    lines.into_iter().for_each(take);
}

/// Takes the text of a table apart at tabs and line breaks.
fn rows(text: &str, range: TextRange) -> Vec<TableRow> {
    let mut at = range.start;
    let row = |line: &str| {
        let start = at;
        at += line.len();
        let mut from = start;
        let cells = line.strip_suffix('\n').unwrap_or(line).split('\t').map(|cell| {
            let range = TextRange::new(from, from + cell.len());
            from = range.end + 1;
            range
        });
        TableRow { cells: cells.collect(), range: TextRange::new(start, start + line.len()) }
    };
    text.get(range.start..range.end).unwrap_or_default().split_inclusive('\n').map(row).collect()
}

/// What a cell says, without the white space around it.
fn words(text: &str, cell: TextRange) -> &str {
    text.get(cell.start..cell.end).unwrap_or_default().trim()
}

/// The columns each column gets: what it asks for if there is room, else the greedy ones share what the modest leave.
/// None if that would squeeze them too much.
fn columns(setting: &Setting<'_>, rows: &[TableRow]) -> Option<Vec<usize>> {
    let count = rows.iter().map(|row| row.cells.len()).max()?;
    let room = setting.measure.checked_sub(GUTTER * (count - 1)).filter(|&room| room >= count)?;
    let mut asked = vec![1; count];
    for row in rows {
        for (&cell, asked) in row.cells.iter().zip(&mut asked) {
            let marks: usize = marks_in(setting.marks, cell).iter().map(|mark| mark.width).sum();
            *asked = (*asked).max(width(words(setting.text, cell)) + marks);
        }
    }
    let mut order: Vec<(usize, usize)> = asked.iter().copied().enumerate().collect();
    order.sort_by_key(|&(_, asked)| asked);
    let (mut left, mut waiting) = (room, count);
    let mut widths = vec![0; count];
    for (column, asked) in order {
        let given = asked.min(left / waiting.max(1));
        if given < asked.min(NARROWEST) {
            return None;
        }
        if let Some(width) = widths.get_mut(column) {
            *width = given;
        }
        left -= given;
        waiting -= 1;
    }
    Some(widths)
}

/// Which columns hold nothing but numbers below the head; these stand flush right.
fn numeric(text: &str, rows: &[TableRow], count: usize) -> Vec<bool> {
    let mut right = vec![false; count];
    let mut ragged = vec![false; count];
    for row in rows.iter().skip(1) {
        for ((&cell, right), ragged) in row.cells.iter().zip(&mut right).zip(&mut ragged) {
            let cell = words(text, cell);
            let number = cell.contains(|c: char| c.is_ascii_digit()) && !cell.contains(char::is_alphabetic);
            *right |= number;
            *ragged |= !number && !matches!(cell, "" | "-" | "–" | "—");
        }
    }
    right.into_iter().zip(ragged).map(|(right, ragged)| right && !ragged).collect()
}

/// A table set in columns.
struct Grid<'a> {
    setting: &'a Setting<'a>,
    number: usize,
    widths: Vec<usize>,
    right: Vec<bool>,
}

impl Grid<'_> {
    fn set(&self, rows: &[TableRow], lines: &mut Vec<Line>) {
        for (count, row) in rows.iter().enumerate() {
            self.row(row, role(count), lines);
            if count == 0
                && let Some(next) = rows.get(1)
            {
                let length = self.widths.iter().sum::<usize>() + GUTTER * (self.widths.len() - 1);
                let runs = vec![Run::mark(0, RULE.repeat(length))];
                let range = TextRange::at(next.range.start);
                lines.push(Line { role: Role::Rule, block: Some(self.number), range, runs });
            }
        }
    }

    /// As many lines as the highest cell has.
    fn row(&self, row: &TableRow, role: Role, lines: &mut Vec<Line>) {
        let mut column = 0;
        let mut cells: Vec<(Setting<'_>, usize, bool, Vec<FittedLine>)> = Vec::with_capacity(row.cells.len());
        for ((&cell, &measure), &right) in row.cells.iter().zip(&self.widths).zip(&self.right) {
            let setting = Setting { measure, ..*self.setting };
            let empty = words(setting.text, cell).is_empty();
            let fitted = if empty { Vec::new() } else { wrap(&setting, cell) };
            cells.push((setting, column, right, fitted));
            column += measure + GUTTER;
        }
        let height = cells.iter().map(|(.., fitted)| fitted.len()).max().unwrap_or(0).max(1);
        for level in 0..height {
            let mut runs = Vec::new();
            for (setting, column, right, fitted) in &cells {
                let Some(line) = fitted.get(level) else { continue };
                let column = if *right { column + setting.measure - line.width } else { *column };
                runs = runs::set(setting, line, column, false, runs);
            }
            let shown = runs.iter().find_map(|run| match &run.ink {
                Ink::Source(range) => Some(range.start),
                Ink::Mark(_) => None,
            });
            // Cells stand side by side, so the bytes of these lines interleave: each gets all that follows its first.
            let above = lines.last().map_or(row.range.start, |line| line.range.start);
            let start = if level == 0 { row.range.start } else { shown.unwrap_or(above) };
            let range = TextRange::new(start, row.range.end);
            lines.push(Line { role, block: Some(self.number), range, runs });
        }
    }
}

/// Every row below the other: its first cell, then the others moved in, behind the words of the head where these are
/// short.
fn records(setting: &Setting<'_>, number: usize, rows: &[TableRow], lines: &mut Vec<Line>) {
    let head = rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
    let labels: Vec<_> = head.iter().map(|&name| label(words(setting.text, name), setting.measure)).collect();
    let indent = if setting.measure < INDENT + NARROWEST { 0 } else { INDENT };
    for (count, row) in rows.iter().enumerate() {
        if count > 0 {
            lines.push(Line::blank(row.range.start));
        }
        let first = lines.len();
        let cells = row.cells.iter().enumerate().filter(|&(_, &cell)| !words(setting.text, cell).is_empty());
        for (column, &cell) in cells {
            let label = labels.get(column).filter(|_| count > 0 && column > 0).and_then(Option::as_ref);
            let indent = if column > 0 { indent } else { 0 } + label.map_or(0, |label| usize::from(label.width));
            let setting = Setting { measure: setting.measure - indent, ..*setting };
            for (level, line) in wrap(&setting, cell).iter().enumerate() {
                let before = label.filter(|_| level == 0).cloned().into_iter().collect();
                let runs = runs::set(&setting, line, indent, false, before);
                lines.push(Line { role: role(count), block: Some(number), range: line.range, runs });
            }
        }
        if lines.len() == first {
            lines.push(Line { role: role(count), block: Some(number), range: row.range, runs: Vec::new() });
        }
        // The bytes between the cells belong to the lines before them.
        let mut end = row.range.end;
        for line in lines.get_mut(first..).unwrap_or_default().iter_mut().rev() {
            line.range.end = end;
            end = line.range.start;
        }
        if let Some(line) = lines.get_mut(first) {
            line.range.start = row.range.start;
        }
    }
}

/// The name of a column as it is written before the cells of a record, where it leaves them enough room.
fn label(name: &str, measure: usize) -> Option<Run> {
    let longest = measure / 3;
    let room = measure.checked_sub(INDENT + longest + 2).is_some_and(|room| room >= NARROWEST);
    (room && !name.is_empty()).then(|| {
        let name = truncate(name, longest);
        Run::mark(INDENT, format!("{}: ", name.replace(SOFT_HYPHEN, "")))
    })
}

fn role(row: usize) -> Role {
    if row == 0 { Role::TableHead } else { Role::TableRow }
}
