//! Numbers the links, and sets where they lead as footnotes.

use std::collections::HashMap;

use super::breaks::is_space;
use super::{Line, PageLink, Role, Run};
use crate::article::address::without_scheme;
use crate::article::{InlineKind, Text, TextRange};
use crate::text::unprintable::is_unsafe_in_line;
use crate::text::width::graphemes_with_width;

/// A footnote whose target would have fewer columns than this beside its number hangs no more.
const NARROWEST: usize = 8;

/// The number drawn behind the words of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LinkMark {
    /// It follows the character that ends here.
    pub at: usize,
    /// Superscript digits.
    pub label: String,
    /// Columns.
    pub width: usize,
}

/// All links of `text`, and the marks of those that get a footnote, by place.
pub(super) fn number(text: &Text) -> (Vec<PageLink>, Vec<LinkMark>) {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let (mut links, mut marks) = (Vec::new(), Vec::new());
    for inline in text.inlines() {
        let InlineKind::Link(target) = &inline.kind else { continue };
        let words = text.slice(inline.range);
        let visible = words.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{AD}');
        let told = visible.is_empty() || target.starts_with('#') || shows(visible.trim_start(), target);
        let number = (!told).then(|| {
            let next = numbers.len() + 1;
            *numbers.entry(target.as_str()).or_insert(next)
        });
        if let Some(number) = number {
            let label = superscript(number);
            let width = label.chars().count();
            marks.push(LinkMark { at: inline.range.start + visible.len(), label, width });
        }
        links.push(PageLink { number, range: inline.range, target: target.clone() });
    }
    marks.sort_by_key(|mark| mark.at);
    (links, marks)
}

/// The marks that follow a character inside `range`.
pub(super) fn marks_in(marks: &[LinkMark], range: TextRange) -> &[LinkMark] {
    let from = marks.partition_point(|mark| mark.at <= range.start);
    let to = marks.partition_point(|mark| mark.at <= range.end);
    marks.get(from..to).unwrap_or_default()
}

/// Adds the list of targets, with a line of air above, behind the last line; `end` is the length of the text.
pub(super) fn footnotes(links: &[PageLink], measure: usize, end: usize, take: &mut dyn FnMut(Line)) {
    let mut listed = 0;
    for link in links {
        let Some(number) = link.number.filter(|&number| number > listed) else { continue };
        if listed == 0 {
            take(Line::blank(end));
        }
        listed = number;
        let label = superscript(number) + " ";
        let hang = label.chars().count();
        let hang = if hang + NARROWEST <= measure { hang } else { 0 };
        for (column, row) in rows(&link.target, hang, measure, &label) {
            let runs = vec![Run::mark(column, row)];
            take(Line { role: Role::Footnote, block: None, range: TextRange::at(end), runs });
        }
    }
}

/// The rows of one footnote with their columns: cut where the measure ends, for an address has no words.
fn rows(target: &str, hang: usize, measure: usize, label: &str) -> Vec<(usize, String)> {
    let mut rows = Vec::new();
    let (mut row, mut column, mut taken) = (String::new(), 0, 0);
    for grapheme in graphemes_with_width(label).chain(graphemes_with_width(target)) {
        // Targets come from outside and are not part of the sanitised text.
        if grapheme.text.contains(is_unsafe_in_line) || grapheme.width > measure {
            continue;
        }
        if taken + grapheme.width > measure {
            rows.push((column, std::mem::take(&mut row)));
            (column, taken) = (hang, hang);
        }
        if taken > column || !is_space(grapheme.text) {
            row.push_str(grapheme.text);
            taken += grapheme.width;
        }
    }
    rows.push((column, row));
    rows
}

/// Whether the words of a link are its target, perhaps without the scheme.
fn shows(words: &str, target: &str) -> bool {
    let bare = |address: &str| without_scheme(address).trim_end_matches('/').to_owned();
    bare(words) == bare(target)
}

fn superscript(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raised = |c: char| c.to_digit(10).and_then(|digit| DIGITS.get(digit as usize)).copied();
    number.to_string().chars().filter_map(raised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, BlockKind, Inline};

    fn linked(words: &str, links: &[(&str, &str)]) -> Text {
        let inlines = links.iter().map(|(linked, target)| {
            let start = words.find(linked).unwrap();
            let range = TextRange::new(start, start + linked.len());
            Inline { kind: InlineKind::Link((*target).to_owned()), range }
        });
        let block = Block { kind: BlockKind::Paragraph, range: TextRange::new(0, words.len()) };
        Text::new(words.to_owned(), vec![block], inlines.collect())
    }

    #[test]
    fn links_with_one_target_share_a_number() {
        let text = linked("one two three", &[("one", "/a"), ("two ", "/b"), ("three", "/a")]);
        let (links, marks) = number(&text);
        assert_eq!(links.iter().map(|link| link.number).collect::<Vec<_>>(), [Some(1), Some(2), Some(1)]);
        assert_eq!(
            marks.iter().map(|mark| (mark.at, mark.label.as_str())).collect::<Vec<_>>(),
            [(3, "¹"), (7, "²"), (13, "¹")]
        );
    }

    #[test]
    fn a_link_that_shows_its_target_needs_no_footnote() {
        let text =
            linked("see example.org/x or below", &[("example.org/x", "https://example.org/x/"), ("below", "#end")]);
        let (links, marks) = number(&text);
        assert!(links.iter().all(|link| link.number.is_none()) && links.len() == 2);
        assert!(marks.is_empty());
    }

    #[test]
    fn a_long_target_goes_on_in_the_next_row_and_cannot_control_the_terminal() {
        let rows = rows("https://example.org/\u{1b}[31m\u{202E}long", 2, 12, "¹ ");
        assert_eq!(rows, [(0, "¹ https://ex".into()), (2, "ample.org/".into()), (2, "[31mlong".into())]);
    }

    #[test]
    fn numbers_are_raised_digit_by_digit() {
        assert_eq!(superscript(1234), "¹²³⁴");
    }
}
