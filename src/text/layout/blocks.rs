//! Walks the blocks of an article: air between them, hanging marks beside them, and who sets their lines.

use std::borrow::Cow;

use super::links::LinkMark;
use super::lists::{Indent, indents};
use super::wrap::{Setting, wrap_each};
use super::{Line, PageStyle, RULE, Role, Run, code, runs, table};
use crate::article::{Block, BlockKind, Text, TextRange};
use crate::text::width::width;

/// Columns running text keeps at least; where hanging marks would leave fewer, they are left out.
const NARROWEST: usize = 8;

/// Beside every line of a quote, once for each quote that stands around it.
const QUOTE_BAR: &str = "▎";
/// Columns of a bar and of the blank behind it.
const QUOTE_INDENT: usize = 2;
/// Deeper quotes have as many bars as this one; a page that is not wide has fewer.
const DEEPEST_QUOTE: u8 = 8;
/// Before a caption.
const FIGURE_MARK: &str = "▣";

/// Sets all blocks of `text`; footnotes are not among the lines.
pub(super) fn set(text: &Text, style: PageStyle, marks: &[LinkMark], take: &mut dyn FnMut(Line)) {
    let measure = usize::from(style.measure.max(1));
    let setting = Setting { text: text.as_str(), marks, measure, hyphenate: false, balance: false };
    let mut page = Typesetter { setting, style, take };
    let lists = indents(text.blocks());
    let mut before: Option<(&Block, Option<&Indent>)> = None;
    for (number, (block, list)) in text.blocks().iter().zip(&lists).enumerate() {
        let overlaps = before.is_some_and(|(before, _)| block.range.start < before.range.end);
        if overlaps || (block.range.is_empty() && block.kind != BlockKind::Rule) {
            continue;
        }
        if let Some((before, before_list)) = before {
            let items = matches!((&before.kind, &block.kind), (BlockKind::ListItem { .. }, BlockKind::ListItem { .. }));
            let tight = before_list.zip(list.as_ref()).is_some_and(|(a, b)| items && a.list == b.list && b.tight);
            let rows = if tight { 0 } else { air(&before.kind, &block.kind) };
            let quote = match (&before.kind, &block.kind) {
                (BlockKind::Quote(above), BlockKind::Quote(below)) => Some((number, *above.min(below))),
                _ => None,
            };
            page.air(rows, block.range.start, quote);
        }
        page.block(number, block, list.as_ref());
        before = Some((block, list.as_ref()));
    }
}

/// Rows of air between two blocks.
fn air(above: &BlockKind, below: &BlockKind) -> usize {
    use BlockKind::{Byline, Dateline, Heading, Headline, Standfirst};
    let head = |kind: &BlockKind| matches!(kind, Headline | Standfirst | Byline | Dateline);
    match (above, below) {
        (Byline | Dateline, Byline | Dateline) => 0,
        (above, below) if head(above) != head(below) => 2,
        (Heading(_), _) => 1,
        (_, Heading(_)) => 2,
        _ => 1,
    }
}

/// The bars beside a line of a quote.
fn bars_of(bars: usize) -> impl Iterator<Item = Run> {
    (0..bars).map(|bar| Run::mark(bar * QUOTE_INDENT, QUOTE_BAR))
}

/// How a block of running text is set, and what stands beside its lines.
struct BlockStyle {
    role: Role,
    /// Columns the text is moved in by.
    indent: usize,
    /// Beside the first line, at this column.
    first: Option<(usize, Cow<'static, str>)>,
    /// How many bars stand beside every line.
    bars: usize,
}

impl BlockStyle {
    /// Nothing beside the lines.
    fn plain(role: Role) -> Self {
        Self { role, indent: 0, first: None, bars: 0 }
    }
}

struct Typesetter<'a> {
    setting: Setting<'a>,
    style: PageStyle,
    take: &'a mut dyn FnMut(Line),
}

impl Typesetter<'_> {
    /// Adds `rows` of air above the byte `at`; the bars of a quote go on through it if its block and depth are given.
    fn air(&mut self, rows: usize, at: usize, quote: Option<(usize, u8)>) {
        for _ in 0..rows {
            let mut line = Line::blank(at);
            let bars = quote.map_or(0, |(_, depth)| self.bars(depth));
            if let Some((block, _)) = quote.filter(|_| bars > 0) {
                line = Line { role: Role::Quote, block: Some(block), runs: bars_of(bars).collect(), ..line };
            }
            (self.take)(line);
        }
    }

    /// How many bars a quote of that depth has: as many as leave two thirds of the page to its words, and one as long as
    /// these have any room.
    fn bars(&self, depth: u8) -> usize {
        let room = (self.setting.measure / (3 * QUOTE_INDENT)).max(1);
        let bars = usize::from(depth.clamp(1, DEEPEST_QUOTE)).min(room);
        if self.hang(bars * QUOTE_INDENT).is_some() { bars } else { 0 }
    }

    fn block(&mut self, number: usize, block: &Block, list: Option<&Indent>) {
        let range = block.range;
        match &block.kind {
            BlockKind::Headline => self.display(Role::Headline, number, range),
            BlockKind::Heading(level) => self.display(Role::Heading(*level), number, range),
            BlockKind::Byline => self.display(Role::Byline, number, range),
            BlockKind::Dateline => self.display(Role::Dateline, number, range),
            BlockKind::Standfirst => self.running(number, range, &BlockStyle::plain(Role::Standfirst)),
            BlockKind::Paragraph => self.running(number, range, &BlockStyle::plain(Role::Paragraph)),
            BlockKind::Quote(depth) => {
                let bars = self.bars(*depth);
                let style = BlockStyle { indent: bars * QUOTE_INDENT, bars, ..BlockStyle::plain(Role::Quote) };
                self.running(number, range, &style);
            }
            BlockKind::ListItem { marker, .. } => {
                let style = list.map_or(BlockStyle::plain(Role::ListItem), |list| self.item(list, marker));
                self.running(number, range, &style);
            }
            BlockKind::Figure => {
                let indent = self.hang(2);
                let first = indent.map(|_| (0, FIGURE_MARK.into()));
                let style = BlockStyle { indent: indent.unwrap_or(0), first, ..BlockStyle::plain(Role::Figure) };
                self.running(number, range, &style);
            }
            BlockKind::Code { .. } => {
                let indent = list.map_or(0, Indent::text);
                code::set(&self.setting, self.hang(indent).unwrap_or(0), (number, range), self.take);
            }
            BlockKind::Table => table::set(&self.setting, number, range, self.take),
            BlockKind::Rule => self.rule(number, range),
        }
    }

    /// `indent`, if it leaves room for text.
    fn hang(&self, indent: usize) -> Option<usize> {
        (indent + NARROWEST <= self.setting.measure).then_some(indent)
    }

    /// The marker of a list item and its place; on a narrow page without the indents of the lists around it.
    fn item(&self, list: &Indent, marker: &str) -> BlockStyle {
        let own = list.text() - list.outer;
        let outer = if self.hang(list.outer + own).is_some() { list.outer } else { 0 };
        let Some(indent) = self.hang(outer + own) else { return BlockStyle::plain(Role::ListItem) };
        let width = width(marker);
        let first = (width > 0).then(|| (indent.saturating_sub(width + 1), Cow::Owned(marker.to_owned())));
        BlockStyle { indent, first, ..BlockStyle::plain(Role::ListItem) }
    }

    /// Words to look at rather than to read: lines of equal length, no word divided.
    fn display(&mut self, role: Role, number: usize, range: TextRange) {
        let setting = Setting { balance: true, ..self.setting };
        self.flow(&setting, false, number, range, &BlockStyle::plain(role));
    }

    /// Words to read.
    fn running(&mut self, number: usize, range: TextRange, style: &BlockStyle) {
        let measure = self.setting.measure - style.indent;
        let setting = Setting { measure, hyphenate: self.style.hyphenate, ..self.setting };
        self.flow(&setting, self.style.justify, number, range, style);
    }

    fn flow(&mut self, setting: &Setting<'_>, justify: bool, number: usize, range: TextRange, style: &BlockStyle) {
        let mut row = 0;
        wrap_each(setting, range, |fitted| {
            let first = style.first.as_ref().filter(|_| row == 0);
            row += 1;
            let first = first.map(|(column, mark)| Run::mark(*column, mark.clone()));
            let before = bars_of(style.bars).chain(first).collect();
            let runs = runs::set(setting, &fitted, style.indent + fitted.turn, justify, before);
            (self.take)(Line { role: style.role, block: Some(number), range: fitted.range, runs });
        });
    }

    /// A short line in the middle of the page.
    fn rule(&mut self, number: usize, range: TextRange) {
        let measure = self.setting.measure;
        let length = (measure / 4).clamp(3, 16).min(measure);
        let runs = vec![Run::mark((measure - length) / 2, RULE.repeat(length))];
        (self.take)(Line { role: Role::Rule, block: Some(number), range, runs });
    }
}
