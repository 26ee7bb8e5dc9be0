//! Emulates terminals with other ideas of width: what the output looks like where clusters are wider or narrower than
//! the program assumes.
//!
//! Small and strict: it knows what the program writes and fails on anything else. Like tmux it blanks the other half of
//! a wide character when one half is written over.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How a terminal measures width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WidthModel {
    /// Like the program itself.
    Ours,
    /// Each code point by itself, as `wcwidth` does; regional indicators take so many columns.
    CodePoints {
        /// Columns of half a flag.
        flag: usize,
    },
    /// A cluster is as wide as its first character, two if it is an emoji sequence.
    Clusters,
    /// Whatever is put together, and whatever is no letter of Europe or Asia, takes three columns: no such terminal is
    /// known, and yet nothing may be left anywhere.
    Wide,
}

/// Spacing vowel signs that extend a cluster: of no width by some tables, of one column by `wcwidth`.
const SPACING: [char; 12] = [
    '\u{9be}', '\u{9d7}', '\u{b3e}', '\u{b57}', '\u{bbe}', '\u{bd7}', '\u{cc2}', '\u{cd5}', '\u{d3e}', '\u{d57}',
    '\u{dcf}', '\u{ddf}',
];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Text(String),
    /// Covered by a wider one on the left.
    Covered,
}

/// A screen.
pub(crate) struct Screen {
    model: WidthModel,
    columns: usize,
    cells: Vec<Vec<Cell>>,
    at: (usize, usize),
    /// Where the last character was printed, if nothing has moved the cursor since.
    joins: Option<(usize, usize)>,
}

impl Screen {
    /// The screen after these bytes.
    pub(crate) fn after(bytes: &[u8], columns: usize, rows: usize, model: WidthModel) -> Self {
        let cells = vec![vec![Cell::Text(" ".to_owned()); columns]; rows];
        let mut screen = Self { model, columns, cells, at: (0, 0), joins: None };
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '\x1b' => rest = screen.escape(rest),
                c if c.is_control() => panic!("a control character {c:?}"),
                c => screen.print(c),
            }
        }
        screen
    }

    fn escape<'a>(&mut self, rest: &'a str) -> &'a str {
        let rest = rest.strip_prefix('[').unwrap_or_else(|| panic!("an unknown escape {:?}", rest.get(..8)));
        let end = rest.find(|c: char| ('\x40'..='\x7e').contains(&c)).unwrap();
        let (arguments, order) = (&rest[..end], &rest[end..=end]);
        let numbers: Vec<usize> = arguments.split(';').map(|number| number.parse().unwrap_or(1)).collect();
        match (order, arguments) {
            ("H", _) => {
                let (row, column) = (numbers[0] - 1, numbers.get(1).copied().unwrap_or(1) - 1);
                self.at = (row.min(self.cells.len() - 1), column.min(self.columns - 1));
                self.joins = None;
            }
            ("J", "2") => self.cells.iter_mut().flatten().for_each(|cell| *cell = Cell::Text(" ".to_owned())),
            ("m", _)
            | ("h" | "l", "?2026" | "?25" | "?1049" | "?7" | "?2004" | "?1004" | "?1000" | "?1002" | "?1006") => {}
            unknown => panic!("an unknown sequence {unknown:?}"),
        }
        &rest[end + 1..]
    }

    fn print(&mut self, c: char) {
        if let Some((row, column)) = self.joins
            && let Cell::Text(before) = self.cells[row][column].clone()
        {
            let joined = format!("{before}{c}");
            let one = joined.graphemes(true).count() == 1;
            let takes = match self.model {
                WidthModel::CodePoints { flag } => code_point(c, flag) == 0,
                _ => one,
            };
            if takes {
                let width = if let WidthModel::CodePoints { .. } = self.model {
                    self.span(row, column)
                } else {
                    self.width(&joined)
                };
                return self.put((row, column), &joined, width);
            }
        }
        let width = self.width(&c.to_string()).max(1);
        self.put(self.at, &c.to_string(), width);
    }

    /// Puts a cluster, cut off by the edge of the screen: the program has switched wrapping off.
    fn put(&mut self, (row, column): (usize, usize), text: &str, width: usize) {
        let end = (column + width).min(self.columns);
        for covered in column..end {
            self.blank(row, covered);
        }
        for covered in column + 1..end {
            self.cells[row][covered] = Cell::Covered;
        }
        self.cells[row][column] = Cell::Text(text.to_owned());
        self.at = (row, end.min(self.columns - 1));
        self.joins = Some((row, column));
    }

    /// Empties a cell, and with it the rest of the character that reaches into it.
    fn blank(&mut self, row: usize, column: usize) {
        let start = (0..=column).rev().find(|at| self.cells[row][*at] != Cell::Covered).unwrap_or(0);
        for at in start..start + self.span(row, start) {
            self.cells[row][at] = Cell::Text(" ".to_owned());
        }
    }

    fn span(&self, row: usize, start: usize) -> usize {
        1 + self.cells[row][start + 1..].iter().take_while(|cell| **cell == Cell::Covered).count()
    }

    fn width(&self, cluster: &str) -> usize {
        match self.model {
            WidthModel::Ours => dateline::internals::text::width::width(cluster).max(1),
            WidthModel::CodePoints { flag } => cluster.chars().map(|c| code_point(c, flag)).sum(),
            WidthModel::Clusters => {
                let first = cluster.chars().next().and_then(UnicodeWidthChar::width).unwrap_or(1).max(1);
                let flag = cluster.chars().filter(|c| ('\u{1F1E6}'..='\u{1F1FF}').contains(c)).count() == 2;
                if flag || cluster.contains('\u{fe0f}') { 2 } else { first }
            }
            WidthModel::Wide if dateline::internals::text::doubt::is_certain(cluster) => cluster.width(),
            WidthModel::Wide => 3,
        }
    }

    /// What a person sees in a row, column by column; nothing where something wider reaches over.
    pub(crate) fn columns(&self, row: usize) -> Vec<&str> {
        self.cells[row].iter().map(|cell| if let Cell::Text(text) = cell { text } else { "" }).collect()
    }

    /// The letters of a row, without the gaps between them.
    pub(crate) fn letters(&self, row: usize) -> String {
        self.columns(row).concat().split_whitespace().collect()
    }
}

fn code_point(c: char, flag: usize) -> usize {
    match c {
        '\u{1F1E6}'..='\u{1F1FF}' => flag,
        _ if SPACING.contains(&c) => 1,
        _ => c.width().unwrap_or(0),
    }
}
