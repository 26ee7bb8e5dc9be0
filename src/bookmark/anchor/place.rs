//! Finds the bookmark of a place: where the words before it meet the words after it.

use super::Anchor;
use super::passage_query::{PassageQuery, Term};
use super::token_index::TokenIndex;
use crate::article::TextRange;
use crate::bookmark::Quote;

/// Words of this weight, about four plain ones, identify a place; see [`super::decide`].
const WEIGHT_ALONE: f32 = 4.0;

/// The place between `around.prefix` and `around.suffix`; if only one side is left, next to that, approximately.
pub(super) fn find_place(around: &Quote, words: &TokenIndex<'_>) -> (Anchor, f32) {
    let query = PassageQuery::new(&Quote { exact: String::new(), ..around.clone() }, words);
    let mut before = query.before;
    before.reverse();
    let joined: Vec<Term> = before.iter().chain(&query.after).cloned().collect();
    let at = |token: usize| words.tokens().get(token).map(|token| TextRange::at(token.range.start));
    let after = |token: usize| {
        let end = words.tokens().get(token.checked_sub(1)?)?.range.end;
        Some(at(token).unwrap_or(TextRange::at(end)))
    };
    if let Some(start) = only_occurrence(&joined, words) {
        let meeting = start + before.len();
        let found = if query.after.is_empty() { after(meeting) } else { at(meeting) };
        return found.map_or((Anchor::Orphan, 0.0), |range| (Anchor::Anchored(range), 1.0));
    }
    if let Some(start) = only_occurrence(&query.after, words) {
        return at(start).map_or((Anchor::Orphan, 0.0), |range| (Anchor::Approximate(range), 0.5));
    }
    let found = only_occurrence(&before, words).and_then(|start| after(start + before.len()));
    found.map_or((Anchor::Orphan, 0.0), |range| (Anchor::Approximate(range), 0.5))
}

/// The first token of the only occurrence of `terms` in sequence, if they are heavy enough to be convincing.
fn only_occurrence(terms: &[Term], words: &TokenIndex<'_>) -> Option<usize> {
    if terms.iter().map(|term| term.weight).sum::<f32>() < WEIGHT_ALONE {
        return None;
    }
    let (index, rarest) = terms.iter().enumerate().min_by_key(|(_, term)| words.count(term.word))?;
    let mut found = words.occurrences(rarest.word).iter().filter_map(|place| {
        let start = (*place as usize).checked_sub(index)?;
        let here = words.ids().get(start..start + terms.len())?;
        here.iter().zip(terms).all(|(word, term)| *word == term.word).then_some(start)
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(prefix: &str, suffix: &str, text: &str) -> Anchor {
        let around = Quote { prefix: prefix.into(), exact: String::new(), suffix: suffix.into() };
        find_place(&around, &TokenIndex::new(text)).0
    }

    #[test]
    fn a_place_is_where_both_sides_meet_or_next_to_the_one_that_is_left() {
        let (before, after) = ("Rents fell for a third month. ", "Analysts had expected a longer pause.");
        let text = format!("New. {before}{after} More.");
        assert_eq!(found(before, after, &text), Anchor::Anchored(TextRange::at(text.find("Analysts").unwrap())));
        assert_eq!(found(before, after, &format!("So. {after}")), Anchor::Approximate(TextRange::at(4)));
        assert_eq!(found(before, after, before), Anchor::Approximate(TextRange::at(29)));
        assert_eq!(found(before, "", before), Anchor::Anchored(TextRange::at(29)));
    }

    #[test]
    fn light_or_repeated_words_give_no_place() {
        assert_eq!(found("of the ", "and so", "It is of the and so on."), Anchor::Orphan);
        let twice = "Rents fell for a third month in winter. ".repeat(2);
        assert_eq!(found("Rents fell for a third ", "month in winter", &twice), Anchor::Orphan);
    }
}
