//! How a sentence in which something was found is set in the few lines it has.

use super::Excerpt;
use crate::article::TextRange;
use crate::text::width::{graphemes_with_width, width};

/// A line of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcerptLine {
    /// Its words.
    pub text: String,
    /// The places found, as ranges over `text`.
    pub hits: Vec<TextRange>,
}

impl Excerpt {
    /// Sets it in at most `most` lines of `columns`, so that its first hit is seen: words before it are left out if need be.
    pub fn lines(&self, columns: usize, most: usize) -> Vec<ExcerptLine> {
        set(self, columns, most)
    }
}

fn set(excerpt: &Excerpt, columns: usize, most: usize) -> Vec<ExcerptLine> {
    let room = columns * most;
    let (text, first) = (excerpt.text.as_str(), excerpt.hits.first().copied());
    let hit_end = first.map_or(0, |hit| hit.end);
    // The line may break before the last word that is wanted.
    let fits = width(text.get(..hit_end).unwrap_or_default()) + most * 8 <= room;
    let start = match first {
        Some(hit) if !fits => start_before(text, hit.start, columns / 3),
        _ => 0,
    };
    let mark = if start > 0 { "…" } else { "" };
    let shown = format!("{mark}{}", text.get(start..).unwrap_or_default());
    // Where a place of the text is in what is shown.
    let shown_at = |at: usize| (at + mark.len()).checked_sub(start);
    let hits = excerpt.hits.iter().filter_map(|hit| Some(TextRange::new(shown_at(hit.start)?, shown_at(hit.end)?)));
    let hits: Vec<TextRange> = hits.filter(|hit| hit.start >= mark.len()).collect();
    let ranges = lines(&shown, columns, most);
    let is_cut = ranges.last().is_some_and(|last| last.end < shown.trim_end().len());
    let count = ranges.len();
    let line = |(number, range): (usize, TextRange)| {
        let text = shown.get(range.start..range.end).unwrap_or_default();
        let text = if is_cut && number + 1 == count { format!("{text}…") } else { text.to_owned() };
        let within = hits.iter().filter(|hit| hit.start < range.end && hit.end > range.start);
        let hits = within
            .map(|hit| TextRange::new(hit.start.max(range.start) - range.start, hit.end.min(range.end) - range.start));
        ExcerptLine { text, hits: hits.collect() }
    };
    ranges.into_iter().enumerate().map(line).collect()
}

/// The beginning of the first word that has at most `columns` before `at`.
fn start_before(text: &str, at: usize, columns: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let words = before.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(blank, c)| blank + c.len_utf8());
    let fits = |from: &usize| width(before.get(*from..).unwrap_or_default()) <= columns;
    words.chain([at]).find(fits).unwrap_or(at)
}

/// The first `most` lines of `columns` of a text, each without the blanks about it. The last leaves room for an ellipsis.
fn lines(text: &str, columns: usize, most: usize) -> Vec<TextRange> {
    let mut lines = Vec::new();
    let mut start = 0;
    while lines.len() < most {
        start += text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        let rest = text.get(start..).unwrap_or_default();
        if rest.is_empty() {
            break;
        }
        let is_last = lines.len() + 1 == most && width(rest) > columns;
        let columns = if is_last { columns.saturating_sub(1) } else { columns };
        let (mut used, mut end, mut blank) = (0, 0, None);
        let mut is_full = false;
        for grapheme in graphemes_with_width(rest) {
            used += grapheme.width;
            if used > columns && !grapheme.text.trim().is_empty() {
                is_full = true;
                break;
            }
            if grapheme.text.trim().is_empty() {
                blank = Some(grapheme.start);
            }
            end = grapheme.start + grapheme.text.len();
        }
        // A word that is wider than the line is broken; where there is no room at all there is no line.
        let end = if is_full { blank.filter(|blank| *blank > 0).unwrap_or(end) } else { end };
        if end == 0 {
            break;
        }
        let length = rest.get(..end).map_or(0, |line| line.trim_end().len());
        lines.push(TextRange::new(start, start + length));
        start += end;
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn excerpt(text: &str, hit: &str) -> Excerpt {
        let start = text.find(hit).unwrap();
        Excerpt { text: text.to_owned(), hits: vec![TextRange::new(start, start + hit.len())] }
    }

    fn shown(lines: &[ExcerptLine]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn the_hit_is_seen_wherever_it_stands() {
        let sentence = "The long cable to the islands was repaired in the night by a ship from the north.";
        let lines = excerpt(sentence, "cable").lines(30, 2);
        assert_eq!(shown(&lines), ["The long cable to the islands", "was repaired in the night by…"]);
        assert_eq!(lines[0].hits, [TextRange::new(9, 14)]);
        let lines = excerpt(sentence, "ship").lines(30, 1);
        assert_eq!(shown(&lines), ["…by a ship from the north."]);
        assert_eq!(lines[0].text.get(lines[0].hits[0].start..lines[0].hits[0].end), Some("ship"));
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_the_first_hit_is_in_one(
            before in "([a-d東é]{1,9} ){0,12}",
            after in "( [a-d東é]{1,9}){0,9}",
            columns in 12_usize..60,
            most in 1_usize..3,
        ) {
            let lines = excerpt(&format!("{before}zz{after}"), "zz").lines(columns, most);
            prop_assert!(lines.len() <= most);
            prop_assert!(lines.iter().all(|line| width(&line.text) <= columns), "{lines:?}");
            let lit = |line: &ExcerptLine| line.hits.iter().map(|hit| line.text.get(hit.start..hit.end).unwrap().to_owned()).collect();
            let lit: Vec<Vec<String>> = lines.iter().map(lit).collect();
            prop_assert_eq!(lit.concat(), ["zz"], "{:?}", lines);
        }
    }
}
