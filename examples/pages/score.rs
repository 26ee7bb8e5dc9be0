//! Compares bags of words.

use std::collections::BTreeMap;

use dateline::internals::article::{Block, BlockKind, Text};
use dom_query::Document;

/// How many words differ, by word.
const SHOWN: usize = 40;

/// How well one bag of words fits another.
pub struct Score {
    /// The share of the words found that were wanted.
    pub precision: f64,
    /// The share of the words wanted that were found.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// Some of the words that were not wanted.
    pub extra: Vec<String>,
    /// Some of the words that were not found.
    pub missing: Vec<String>,
}

impl Score {
    /// Compares the words found with those wanted.
    pub fn of(found: &[String], wanted: &[String]) -> Self {
        let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
        for (words, sign) in [(found, 1), (wanted, -1)] {
            for word in words {
                *counts.entry(word).or_default() += sign;
            }
        }
        let over: i64 = counts.values().filter(|count| **count > 0).sum();
        let shared = found.len() as f64 - over as f64;
        let share = |all: usize| if all == 0 { 1.0 } else { shared / all as f64 };
        let (precision, recall) = (share(found.len()), share(wanted.len()));
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        let some = |words: &[String], sign: i64| {
            let mut left: BTreeMap<&str, i64> = counts.iter().map(|(word, count)| (*word, count * sign)).collect();
            let differ = words.iter().filter(|word| {
                left.get_mut(word.as_str()).is_some_and(|count| {
                    *count -= 1;
                    *count >= 0
                })
            });
            differ.take(SHOWN).cloned().collect()
        };
        Self { precision, recall, f1, extra: some(found, 1), missing: some(wanted, -1) }
    }
}

/// All words of an article.
pub fn all_words(body: &Text) -> Vec<String> {
    words(body.as_str())
}

/// The words of an article to be compared with those `wanted`. The headline does not count; standfirst, by-line and
/// date count where they are wanted: Readability keeps what stands inside the body, and drops what stands above it.
pub fn body_words(body: &Text, wanted: &[String]) -> Vec<String> {
    let wanted = wanted.concat();
    let counts = |block: &Block| match block.kind {
        BlockKind::Headline => false,
        BlockKind::Byline | BlockKind::Dateline | BlockKind::Standfirst => {
            wanted.contains(&words(body.slice(block.range)).concat())
        }
        _ => true,
    };
    body.blocks().iter().filter(|block| counts(block)).flat_map(|block| words(body.slice(block.range))).collect()
}

/// The words of a piece of HTML. Tags part words only where they part lines or cells.
pub fn tag_free_words(html: &str) -> Vec<String> {
    let page = Document::from(html);
    page.select("script, style, template").remove();
    words(&page.formatted_text())
}

/// Runs of letters and digits, without soft hyphens.
fn words(text: &str) -> Vec<String> {
    let text = text.replace('\u{ad}', "");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Whether two lines are the same but for white space.
pub fn same_line(one: Option<&str>, other: Option<&str>) -> bool {
    let words = |line: Option<&str>| line.unwrap_or_default().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(text: &str) -> Vec<String> {
        words(text)
    }

    #[test]
    fn a_word_counts_as_often_as_it_stands_there() {
        let score = Score::of(&bag("the tide the boat"), &bag("the tide, the quay; the end"));
        assert!((score.precision - 0.75).abs() < 1e-9 && (score.recall - 0.5).abs() < 1e-9);
        assert!((score.f1 - 0.6).abs() < 1e-9);
        assert_eq!((score.extra, score.missing), (bag("boat"), bag("the quay end")));
        assert!((Score::of(&bag("a b"), &bag("B a")).f1 - 1.0).abs() < 1e-9);
        assert!(Score::of(&[], &bag("a")).f1 < 1e-9);
    }

    #[test]
    fn tags_part_blocks_but_not_words() {
        assert_eq!(tag_free_words("<p>One<b>Word</b></p><p>two</p><script>no</script>"), bag("OneWord two"));
    }

    #[test]
    fn lines_differ_by_more_than_blanks() {
        assert!(same_line(Some("Ana\u{a0} Reed"), Some("Ana Reed ")) && same_line(None, Some("")));
        assert!(!same_line(Some("Ana"), None));
    }
}
