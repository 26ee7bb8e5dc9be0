//! The body of a plain text: paragraphs, headings, quotes, lists, rules, code and tables.

use super::lines::SourceLine;
use super::wrap::Wrap;
use super::{Draft, signs};
use crate::article::BlockKind;
use crate::intake::{byline, dateline};

/// Appends the blocks of `lines`.
pub(super) fn read<'a>(lines: &[SourceLine<'a>], wrap: &Wrap<'a>, drafts: &mut Vec<Draft>) {
    let mut body = Body { wrap, drafts, units: Vec::new(), list: Vec::new() };
    let mut rest = lines;
    let mut after_blank = true;
    while let Some(line) = rest.first() {
        if line.is_blank() {
            after_blank = true;
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let taken = body.block(rest, after_blank).max(1);
        after_blank = false;
        rest = rest.get(taken..).unwrap_or_default();
    }
    body.finish();
}

/// Blocks at the top that may belong to the header of the article.
const HEADER_UNITS: usize = 4;

/// Lines of the longest address or stanza in a text that has one paragraph a line.
const MOST_TOGETHER: usize = 64;

/// Cells of the widest row that is one of a table; more are a row of numbers, or were made to take long.
const MOST_CELLS: usize = 256;

/// A block on probation: a lone short line may turn out to be a heading.
struct Unit {
    draft: Draft,
    /// Whether it is one line with blank lines around it, or a line of a text in which every line is a paragraph.
    lone: bool,
    /// Whether it is set in the middle of the page.
    centred: bool,
    /// Whether the block before it was code in the same style, which it continues.
    code: bool,
}

struct Body<'w, 'a, 'd> {
    wrap: &'w Wrap<'a>,
    drafts: &'d mut Vec<Draft>,
    units: Vec<Unit>,
    /// Indents of the list items that are open, outermost first.
    list: Vec<usize>,
}

impl<'a> Body<'_, 'a, '_> {
    /// Reads one block, or one group of lines; says how many lines that took.
    fn block(&mut self, rest: &[SourceLine<'a>], after_blank: bool) -> usize {
        let Some(line) = rest.first() else { return 0 };
        if let Some((sign, count, language)) = signs::fence(line) {
            return self.fenced(rest, sign, count, language);
        }
        let bullet = signs::list_item(line).is_some_and(|(marker, _)| marker.len() == 1);
        if let Some(level) = rest.get(1).and_then(|next| signs::underline(next, line)).filter(|_| !bullet) {
            self.list.clear();
            self.push(BlockKind::Heading(level), line.words.to_owned());
            return 2;
        }
        if signs::is_rule(line) {
            self.list.clear();
            self.push(BlockKind::Rule, String::new());
            return 1;
        }
        if signs::quoted(line).is_some() {
            return self.quote(rest);
        }
        if let Some((marker, words)) =
            signs::list_item(line).filter(|_| after_blank || !self.list.is_empty() || self.after_colon())
        {
            return self.item(rest, marker, words);
        }
        let inside_item = self.list.first().is_some_and(|indent| line.indent >= indent + 2);
        if !inside_item {
            self.list.clear();
        }
        let group = self.group(rest);
        let lines = rest.get(..group).unwrap_or_default();
        if inside_item {
            while self.list.len() > 1 && self.list.last().is_some_and(|&open| open >= line.indent) {
                self.list.pop();
            }
            let depth = self.depth(self.list.last().copied().unwrap_or(0));
            for words in self.wrap.paragraphs(lines) {
                self.push(BlockKind::ListItem { depth, marker: String::new() }, words);
            }
        } else if signs::is_code(lines) && after_blank || signs::is_table(lines) {
            self.code(lines);
        } else if lines.len() >= 2
            && (2..=MOST_CELLS).contains(&signs::cells(line))
            && lines.iter().all(|row| signs::cells(row) == signs::cells(line))
        {
            let rows: Vec<&str> = lines.iter().map(|row| row.words).collect();
            self.push(BlockKind::Table, rows.join("\n"));
        } else {
            self.paragraphs(lines, after_blank, rest.get(group).is_none_or(SourceLine::is_blank));
        }
        group
    }

    /// Lines up to a blank one or one that begins something else.
    fn group(&self, rest: &[SourceLine<'a>]) -> usize {
        if self.wrap.is_unwrapped()
            && rest.first().is_some_and(|line| signs::cells(line) < 2 && line.indent < 4 && !line.words.contains("   "))
        {
            let belongs = |line: &&SourceLine<'_>| {
                self.wrap.is_short(line) && !begins_other(line) && signs::list_item(line).is_none()
            };
            return rest.iter().take(MOST_TOGETHER).take_while(belongs).count().max(1);
        }
        let mut length = 1;
        for pair in rest.windows(2) {
            let [before, line] = pair else { break };
            let underlined = signs::underline(line, before).is_some() && length > 1;
            let item = signs::list_item(line).is_some() && before.words.ends_with(':');
            if begins_other(line) || item {
                // The line above an underline belongs to the underline.
                return if underlined && self.wrap.is_free(before, line) { length - 1 } else { length };
            }
            length += 1;
        }
        length
    }

    fn paragraphs(&mut self, lines: &[SourceLine<'a>], after_blank: bool, before_blank: bool) {
        let (heading, lines) = match lines {
            [first, next, ..]
                if signs::is_capitals(first.words)
                    && self.wrap.is_free(first, next)
                    && !signs::is_capitals(next.words) =>
            {
                (Some(first), lines.get(1..).unwrap_or_default())
            }
            _ => (None, lines),
        };
        if let Some(first) = heading {
            self.push(BlockKind::Heading(2), first.words.to_owned());
        }
        let lone = lines.len() == 1 && (after_blank && before_blank || self.wrap.is_unwrapped());
        let centred = lone && lines.first().zip(self.wrap.page()).is_some_and(|(line, page)| is_centred(line, page));
        for words in self.wrap.paragraphs(lines) {
            // By-line and date under one another are two blocks of the header, not an address.
            let is_header =
                self.units.len() < HEADER_UNITS && words.contains('\n') && words.split('\n').any(is_furniture);
            let lines = words.split(|c| is_header && c == '\n').map(fold);
            self.units.extend(lines.map(|words| Unit {
                draft: Draft::new(BlockKind::Paragraph, words),
                lone,
                centred,
                code: false,
            }));
        }
    }

    fn fenced(&mut self, rest: &[SourceLine<'a>], sign: char, count: usize, language: &str) -> usize {
        let closes = |line: &SourceLine<'_>| {
            signs::fence(line).is_some_and(|(other, length, _)| other == sign && length >= count)
        };
        let inside = rest.iter().skip(1).take_while(|line| !closes(line)).count();
        let lines: Vec<&str> = rest.iter().skip(1).take(inside).map(|line| line.raw).collect();
        let language = Some(language.to_owned()).filter(|language| !language.is_empty());
        self.list.clear();
        self.push(BlockKind::Code { language, depth: 0 }, lines.join("\n").trim_matches('\n').to_owned());
        inside + 2
    }

    /// Verbatim lines, without the white space all of them begin with; continues code right before it.
    fn code(&mut self, lines: &[SourceLine<'a>]) {
        let common = lines.iter().map(|line| line.raw.len() - line.words.len()).min().unwrap_or(0);
        let verbatim: Vec<&str> = lines.iter().map(|line| line.raw.get(common..).unwrap_or(line.words)).collect();
        let words = verbatim.join("\n");
        match self.units.last_mut().filter(|unit| unit.code && common >= 4) {
            Some(unit) => {
                unit.draft.words.push_str("\n\n");
                unit.draft.words.push_str(&words);
            }
            None => {
                self.units.push(Unit {
                    draft: Draft::new(BlockKind::CODE, words),
                    lone: false,
                    centred: false,
                    code: common >= 4,
                });
            }
        }
    }

    fn quote(&mut self, rest: &[SourceLine<'a>]) -> usize {
        self.list.clear();
        let quoted: Vec<(u8, SourceLine<'a>)> = rest
            .iter()
            .map_while(|line| {
                signs::quoted(line)
                    .map(|(depth, words)| (depth, SourceLine { words, raw: words, indent: 0, width: line.width }))
            })
            .collect();
        for group in quoted.chunk_by(|(one, line), (other, next)| one == other && line.is_blank() == next.is_blank()) {
            let lines: Vec<SourceLine<'a>> = group.iter().map(|(_, line)| *line).collect();
            let Some((depth, _)) = group.first().filter(|(_, line)| !line.is_blank()) else { continue };
            for words in self.wrap.paragraphs(&lines) {
                self.push(BlockKind::Quote(*depth), words);
            }
        }
        quoted.len()
    }

    fn item(&mut self, rest: &[SourceLine<'a>], marker: &str, words: &'a str) -> usize {
        let Some(first) = rest.first() else { return 0 };
        let depth = self.depth(first.indent);
        let mut text = words.to_owned();
        let mut before = first;
        let mut taken = 1;
        for line in rest.iter().skip(1) {
            let begins =
                signs::list_item(line).is_some() || signs::quoted(line).is_some() || signs::fence(line).is_some();
            let hangs = line.indent > first.indent;
            if line.is_blank() || begins || signs::is_rule(line) || !hangs && self.wrap.is_free(before, line) {
                break;
            }
            self.wrap.join(&mut text, line.words);
            before = line;
            taken += 1;
        }
        let marker = if marker.len() == 1 || !marker.is_ascii() { "•" } else { marker };
        self.push(BlockKind::ListItem { depth, marker: marker.to_owned() }, text);
        taken
    }

    /// How deep an item at `indent` is; remembers it.
    fn depth(&mut self, indent: usize) -> u8 {
        while self.list.last().is_some_and(|&open| open > indent) {
            self.list.pop();
        }
        if self.list.last().is_none_or(|&open| open < indent) {
            self.list.push(indent);
        }
        u8::try_from(self.list.len().saturating_sub(1)).unwrap_or(u8::MAX)
    }

    fn after_colon(&self) -> bool {
        self.units.last().is_some_and(|unit| unit.draft.words.ends_with(':'))
    }

    fn push(&mut self, kind: BlockKind, words: String) {
        let verbatim = matches!(kind, BlockKind::Code { .. } | BlockKind::Table);
        let words = if verbatim { words } else { fold(&words) };
        self.units.push(Unit { draft: Draft::new(kind, words), lone: false, centred: false, code: false });
    }

    /// Decides which lone lines are headings: those in capitals, and title-like ones over a paragraph of running text.
    fn finish(self) {
        let mut units = self.units.into_iter().peekable();
        while let Some(Unit { mut draft, lone, centred, .. }) = units.next() {
            let next = units
                .peek()
                .filter(|next| next.draft.kind == BlockKind::Paragraph)
                .map(|next| next.draft.words.as_str());
            let over_prose = next.is_some_and(|next| {
                next.len() >= 100.max(draft.words.len() * 2)
                    && next.ends_with(['.', '!', '?', ':', '"', '”', '’', ')', '…'])
            });
            if lone
                && draft.kind == BlockKind::Paragraph
                && !is_furniture(&draft.words)
                && (signs::is_capitals(&draft.words) && next.is_some()
                    || signs::is_title_like(&draft.words) && over_prose
                    || (centred || signs::is_numbered_part(&draft.words)) && next.is_some())
            {
                draft.kind = BlockKind::Heading(2);
            }
            self.drafts.push(draft);
        }
    }
}

/// Whether a line is a date or a by-line and nothing else.
fn is_furniture(line: &str) -> bool {
    dateline::of_line(line).is_some() || byline::of_line(line).is_some()
}

/// Whether a line ends the lines before it, and is none of them.
fn begins_other(line: &SourceLine<'_>) -> bool {
    line.is_blank() || signs::is_rule(line) || signs::quoted(line).is_some() || signs::fence(line).is_some()
}

/// Whether a short line has as much room in front of it as behind it.
fn is_centred(line: &SourceLine<'_>, page: usize) -> bool {
    let behind = page.saturating_sub(line.width);
    line.indent * 8 >= page && line.indent.abs_diff(behind) <= 4 && line.words.split_whitespace().count() <= 10
}

/// White space of any length is one blank; the line breaks of verse stay.
fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for line in words.split('\n') {
        if !folded.is_empty() {
            folded.push('\n');
        }
        let begin = folded.len();
        for word in line.split([' ', '\t']).filter(|word| !word.is_empty()) {
            if folded.len() > begin {
                folded.push(' ');
            }
            folded.push_str(word);
        }
    }
    folded
}
