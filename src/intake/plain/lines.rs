//! The lines of a plain text and their measure, in columns.

use unicode_width::UnicodeWidthStr;

/// Columns to the next tab stop, as terminals and typewriters have it.
const TAB: usize = 8;

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SourceLine<'a> {
    /// As it stands, without white space at its end.
    pub(super) raw: &'a str,
    /// Without white space in front of it.
    pub(super) words: &'a str,
    /// Columns of white space in front.
    pub(super) indent: usize,
    /// Columns in all, white space in front included.
    pub(super) width: usize,
}

impl<'a> SourceLine<'a> {
    pub(super) fn new(raw: &'a str) -> Self {
        let raw = raw.trim_end();
        let words = raw.trim_start();
        let blank = raw.len() - words.len();
        let indent = raw
            .get(..blank)
            .unwrap_or_default()
            .chars()
            .fold(0, |columns, c| if c == '\t' { columns + TAB - columns % TAB } else { columns + 1 });
        Self { raw, words, indent, width: indent + words.width() }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    /// Columns of the first word; of the first character where words are not divided by blanks.
    pub(super) fn first_word(&self) -> usize {
        let first =
            self.words.chars().next().map_or(0, |c| self.words.get(..c.len_utf8()).map_or(0, UnicodeWidthStr::width));
        if first > 1 { first } else { self.words.split(char::is_whitespace).next().map_or(0, UnicodeWidthStr::width) }
    }
}

/// Lines of `text`; white space that all of them begin with is left out.
pub(super) fn split(text: &str) -> Vec<SourceLine<'_>> {
    let lines: Vec<SourceLine<'_>> = text.split('\n').map(SourceLine::new).collect();
    let common = lines.iter().filter(|line| !line.is_blank()).map(|line| line.raw.len() - line.words.len()).min();
    let Some(common) = common.filter(|&common| common > 0) else { return lines };
    // Only if it is the same white space: a tab is not eight blanks to everybody.
    let first = lines.iter().find(|line| !line.is_blank()).and_then(|line| line.raw.get(..common)).unwrap_or_default();
    if !lines.iter().all(|line| line.is_blank() || line.raw.starts_with(first)) {
        return lines;
    }
    lines.iter().map(|line| SourceLine::new(line.raw.get(common..).unwrap_or_default())).collect()
}
