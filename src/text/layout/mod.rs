//! Sets an article as a page: lines of exact width, each knowing which bytes of the source it shows.
//!
//! [`Page::lay_out`] is the way in. A page is plain data, and the only thing that knows both bytes and columns: search
//! hits, bookmarks and the reading position are kept in bytes and asked of the page when it is drawn.
//!
//! * `blocks` walks the article and decides on air, hanging marks and who sets which block
//! * `breaks` finds where a line may end, `hyphenation` where a word may be divided
//! * `wrap` chooses the lines of running text, `runs` places their words in columns
//! * `lists`, `code`, `table`, `links` set what is not running text
//! * `place` answers which line and column a byte is in, and back

mod blocks;
mod breaks;
mod code;
mod hyphenation;
mod links;
mod lists;
mod place;
mod runs;
mod table;
#[cfg(test)]
mod tests;
mod wrap;

use std::borrow::Cow;

pub use hyphenation::divisions;

use crate::article::{Text, TextRange};

/// How to set a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PageStyle {
    /// Columns a line may take, at least 1.
    pub measure: u16,
    /// Whether lines of running text are stretched to the measure, unless that leaves holes.
    pub justify: bool,
    /// Whether long words may be divided; by the rules of American English, so ask only for English texts.
    pub hyphenate: bool,
}

/// An article set in lines. The last line is the last thing there is to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Columns no line exceeds.
    pub measure: u16,
    /// The lines from top to bottom.
    pub lines: Vec<Line>,
    /// Every link of the text, in reading order.
    pub links: Vec<PageLink>,
    /// Lines before the footnotes.
    body: usize,
}

/// One row of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it belongs to, which decides how it is painted.
    pub role: Role,
    /// The number of its block in [`Text::blocks`]; none for air and footnotes.
    pub block: Option<usize>,
    /// The source bytes it stands for. The lines of a block cover it without gaps or overlaps, except that a table row
    /// of several lines gives each of them the rest of the row. Empty, at the place it belongs to, for air, rules and
    /// footnotes.
    pub range: TextRange,
    /// What is drawn, by column; whatever no run covers is blank.
    pub runs: Vec<Run>,
}

/// What a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Air.
    Blank,
    /// The title above everything.
    Headline,
    /// Who wrote it.
    Byline,
    /// The day and place it was written.
    Dateline,
    /// The summary under the headline.
    Standfirst,
    /// Running text.
    Paragraph,
    /// A heading inside the article, from 1 to 6.
    Heading(u8),
    /// Somebody else's words, and the bar between two paragraphs of them.
    Quote,
    /// An item of a list.
    ListItem,
    /// Preformatted text.
    Code,
    /// The first row of a table.
    TableHead,
    /// Any other row of a table.
    TableRow,
    /// A picture's caption.
    Figure,
    /// A break between two parts, or the line under the head of a table.
    Rule,
    /// A link's target, at the end of the page.
    Footnote,
}

/// Something drawn on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// First column, counted from the left edge of the page.
    pub column: u16,
    /// Columns it takes. May exceed the width of its words (a stretched space, a tab): the rest is blank and belongs
    /// to the run all the same.
    pub width: u16,
    /// What is drawn.
    pub ink: Ink,
}

/// What a run draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Words of the article.
    Source(TextRange),
    /// A bullet, a quote bar, a hyphen, a footnote: put there by the page, never part of what is copied.
    Mark(Cow<'static, str>),
}

/// A link in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    /// The number of its footnote, shared by links with the same target. None where a footnote would tell nothing: the
    /// text is the target itself, or the target a place in the same document.
    pub number: Option<usize>,
    /// The words that are linked.
    pub range: TextRange,
    /// Where it leads.
    pub target: String,
}

impl Page {
    /// Sets `text` in lines. Takes time linear in the length of the text.
    pub fn lay_out(text: &Text, style: &PageStyle) -> Self {
        let measure = style.measure.max(1);
        let mut lines = Vec::with_capacity(text.len() / usize::from(measure) + 1);
        let links = each_line(text, *style, &mut |line| lines.push(line));
        let notes = lines.iter().rev().take_while(|line| line.role == Role::Footnote).count();
        // Above the footnotes is a line of air.
        let body = lines.len() - if notes > 0 { notes + 1 } else { 0 };
        Self { measure, lines, links, body }
    }

    /// Puts a line below the writer's name, or the headline if nobody is named. It is no part of the article.
    pub fn put_below_byline(&mut self, words: &str) {
        let is_front = |line: &&Line| matches!(line.role, Role::Headline | Role::Byline | Role::Dateline | Role::Blank);
        let front = self.lines.iter().take_while(is_front);
        let above = front.enumerate().filter(|(_, line)| line.role != Role::Blank).last();
        let (place, at) = above.map_or((0, 0), |(number, line)| (number + 1, line.range.end));
        let words = super::width::truncate(words, usize::from(self.measure)).to_string();
        let line = Line { role: Role::Byline, block: None, range: TextRange::at(at), runs: vec![Run::mark(0, words)] };
        self.lines.insert(place, line);
        self.body += 1;
    }
}

/// Sets `text` in lines and hands them out one by one, for callers that need only one at a time: a page of a very long
/// text takes many times its memory. The links of the text remain.
pub fn each_line(text: &Text, style: PageStyle, take: &mut dyn FnMut(Line)) -> Vec<PageLink> {
    let measure = style.measure.max(1);
    let (links, marks) = links::number(text);
    blocks::set(text, PageStyle { measure, ..style }, &marks, take);
    links::footnotes(&links, usize::from(measure), text.len(), take);
    links
}

/// The piece a rule is made of.
const RULE: &str = "─";

impl Line {
    /// A line of air before the byte `at`.
    fn blank(at: usize) -> Self {
        Self { role: Role::Blank, block: None, range: TextRange::at(at), runs: Vec::new() }
    }
}

impl Run {
    /// Ink of the page's own. Marks are short: what is wider than a terminal can be is not drawn.
    fn mark(column: usize, text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        Self { column: column as u16, width: super::width::width(&text) as u16, ink: Ink::Mark(text) }
    }
}
