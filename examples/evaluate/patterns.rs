//! Ends of sentences, and dates.

use std::collections::{BTreeMap, BTreeSet};

use dateline::internals::article::TextRange;
use dateline::internals::entity::{Entity, Kind};
use dateline::internals::text::sentences::sentences;

use crate::date_values;
use crate::errors::Errors;
use crate::gold::Gold;
use crate::tally::Tally;

/// Ends inside paragraphs only: the ends of paragraphs are given.
pub(crate) fn sentence_ends(article: &Gold, errors: &mut Errors) -> Tally {
    let given: BTreeSet<usize> = article.text.blocks().iter().map(|block| block.range.end).collect();
    let inner = |range: &TextRange| Some(range.end).filter(|end| !given.contains(end));
    let found: BTreeSet<usize> = sentences(&article.text).iter().filter_map(inner).collect();
    let gold: BTreeSet<usize> = article.sentences.iter().filter_map(inner).collect();
    for (class, one, other) in [("sentence end missed", &gold, &found), ("sentence end spurious", &found, &gold)] {
        for end in one.difference(other) {
            let last = article.text.slice(TextRange::new(0, *end)).rsplit(char::is_whitespace).next();
            errors.add(class, last.unwrap_or_default().to_owned(), article, TextRange::at(*end));
        }
    }
    Tally::hits(found.intersection(&gold).count(), found.len(), gold.len())
}

/// A date is found when it shares a word with the marked one. The second is how many of these have the right value, of
/// those that have any; the same days may be written in another way. A range may be marked as its two ends.
pub(crate) fn dates(article: &Gold, entities: &[Entity], errors: &mut Errors) -> (Tally, Tally) {
    let gold: BTreeMap<TextRange, &str> = article.dates.iter().map(|(range, value)| (*range, value.as_str())).collect();
    let (mut spans, mut values) = (Tally { gold: gold.len() as f64, ..Tally::default() }, Tally::default());
    let mut reached = BTreeSet::new();
    for entity in entities.iter().filter(|entity| entity.kind == Kind::Date) {
        for mention in &entity.mentions {
            let words = || article.text.slice(mention.range).to_owned();
            spans.found += 1.0;
            let Some((marked, wanted)) = gold.iter().find(|(marked, _)| marked.overlaps(mention.range)) else {
                errors.add("date spurious", words(), article, mention.range);
                continue;
            };
            spans.right += 1.0;
            reached.insert(*marked);
            let other = gold.iter().find(|(other, _)| *other != marked && other.overlaps(mention.range));
            reached.extend(other.map(|(other, _)| *other));
            if let Some(value) = &entity.value {
                let both = other.map(|(_, last)| format!("{wanted}/{last}"));
                let right =
                    date_values::same(value, wanted) || both.is_some_and(|both| date_values::same(value, &both));
                values.add(&Tally::ratio(f64::from(u8::from(right)), 1.0));
                if !right {
                    errors.add("date value", format!("{} as {value} for {wanted}", words()), article, mention.range);
                }
            }
        }
    }
    for marked in gold.keys().filter(|marked| !reached.contains(*marked)) {
        errors.add("date missed", article.text.slice(*marked).to_owned(), article, *marked);
    }
    spans.reached = reached.len() as f64;
    (spans, values)
}

#[cfg(test)]
mod tests {
    use dateline::internals::article::parse_date;
    use dateline::internals::entity::{Context, analyse};

    use super::*;
    use crate::gold::tests::article;

    #[test]
    fn only_ends_inside_paragraphs_count() {
        let text = "One fell. Two rose. Three\n\nFour. Five.";
        let mut gold = article(text, &[], &[]);
        gold.sentences = [(0, 9), (10, 25), (27, 32), (33, 38)].map(|(start, end)| TextRange::new(start, end)).to_vec();
        // Found 9, 19 and 32; marked 9 and 32.
        assert_eq!(sentence_ends(&gold, &mut Errors::default()), Tally::hits(2, 3, 2));
    }

    #[test]
    fn a_date_shares_a_word_and_has_a_value() {
        let text = "It fell on 3 May 2025 and rose on 4 June 2025.";
        let mut gold = article(text, &[], &[]);
        gold.dates =
            vec![(TextRange::new(11, 16), "2025-05-03".to_owned()), (TextRange::new(27, 30), "2025".to_owned())];
        let context = Context { published: parse_date("2025-07-01"), guessed_date: None };
        let (spans, values) = dates(&gold, &analyse(&gold.text, &context), &mut Errors::default());
        assert_eq!(spans, Tally::hits(1, 2, 2));
        assert_eq!(values, Tally::ratio(1.0, 1.0));
    }

    #[test]
    fn a_range_is_both_its_ends() {
        let mut gold = article("It ran from 3 May 2025 to 4 June 2025.", &[], &[]);
        gold.dates =
            vec![(TextRange::new(12, 22), "2025-05-03".to_owned()), (TextRange::new(26, 37), "2025-06-04".to_owned())];
        let (spans, values) = dates(&gold, &analyse(&gold.text, &Context::default()), &mut Errors::default());
        assert_eq!((spans.found, spans.reached), (1.0, 2.0));
        assert_eq!(values, Tally::ratio(1.0, 1.0));
    }
}
