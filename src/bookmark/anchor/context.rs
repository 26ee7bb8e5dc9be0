//! How well the words around a candidate match those that were around the passage.

use super::passage_query::{PassageQuery, Term};
use super::token_index::TokenIndex;

/// How well each side fits, from 0 to 1; none where the passage had nothing beside it but the candidate has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ContextFit {
    /// The words before.
    pub(super) before: Option<f32>,
    /// The words after.
    pub(super) after: Option<f32>,
}

/// The weight of a word falls with its distance: the fourth counts half.
const NEARNESS: f32 = 4.0;
/// A word this far from its expected position counts half, since common words occur everywhere. Measured on the real
/// revisions: without it, phrases whose sentence was deleted were misplaced six times as often.
const DRIFT: f32 = 6.0;
/// The value of a side that the passage did not have but the new text has, such as a new lead.
const UNKNOWN: f32 = 0.3;

impl ContextFit {
    /// Compares what is around the tokens `from..to`.
    pub(super) fn of(query: &PassageQuery, words: &TokenIndex<'_>, from: usize, to: usize) -> Self {
        let reach = |terms: &[Term]| terms.len() + terms.len() / 2 + 6;
        let before = (0..from).rev().take(reach(&query.before));
        let after = (to..words.len()).take(reach(&query.after));
        Self { before: ordered_share(&query.before, words, before), after: ordered_share(&query.after, words, after) }
    }

    /// The better of both, on each side.
    pub(super) fn or(self, other: Self) -> Self {
        let better = |one: Option<f32>, other: Option<f32>| match (one, other) {
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) => one.or(other),
        };
        Self { before: better(self.before, other.before), after: better(self.after, other.after) }
    }

    /// Both sides together.
    pub(super) fn both(self) -> f32 {
        f32::midpoint(self.before.unwrap_or(UNKNOWN), self.after.unwrap_or(UNKNOWN))
    }

    /// The better side.
    pub(super) fn better(self) -> f32 {
        self.before.unwrap_or(0.0).max(self.after.unwrap_or(0.0))
    }

    /// The worse side, of those that are known.
    pub(super) fn worse(self) -> f32 {
        self.before.unwrap_or(1.0).min(self.after.unwrap_or(1.0))
    }
}

/// Tokens on each side that count as the neighbourhood: about a paragraph.
const NEIGHBOURHOOD: usize = 40;

/// The share of the passage's context that occurs in the neighbourhood of the tokens `from..to`, in any order and on
/// either side: high for a sentence that changed places with another.
pub(super) fn neighbourhood_share(query: &PassageQuery, words: &TokenIndex<'_>, from: usize, to: usize) -> f32 {
    let sides = [from.saturating_sub(NEIGHBOURHOOD)..from, to..(to + NEIGHBOURHOOD).min(words.len())];
    let inside: Vec<u32> =
        sides.into_iter().flat_map(|side| words.ids().get(side).unwrap_or_default()).copied().collect();
    let (mut all, mut found) = (0.0, 0.0);
    for term in query.before.iter().chain(&query.after) {
        all += term.weight;
        if inside.contains(&term.word) {
            found += term.weight;
        }
    }
    found / f32::max(all, f32::MIN_POSITIVE)
}

/// The share of `terms` found along `way` in the same order, both outwards; nearer words count more.
fn ordered_share(terms: &[Term], words: &TokenIndex<'_>, way: impl Iterator<Item = usize>) -> Option<f32> {
    let text: Vec<u32> = way.filter_map(|at| words.ids().get(at).copied()).collect();
    if terms.is_empty() {
        return text.is_empty().then_some(1.0);
    }
    // The heaviest common subsequence, one row at a time.
    let mut row = vec![0.0_f32; text.len() + 1];
    let mut all = 0.0;
    for (index, term) in terms.iter().enumerate() {
        let weight = term.weight / (1.0 + index as f32 / NEARNESS);
        all += weight;
        let (mut diagonal, mut left) = (0.0, 0.0_f32);
        for (at, (cell, word)) in row.iter_mut().skip(1).zip(&text).enumerate() {
            let up = *cell;
            left = up.max(left);
            if *word == term.word {
                let drift = index.abs_diff(at) as f32 / DRIFT;
                left = left.max(diagonal + weight / (1.0 + drift * drift));
            }
            *cell = left;
            diagonal = up;
        }
    }
    Some(row.last().copied().unwrap_or_default() / f32::max(all, f32::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmark::Quote;

    fn context(prefix: &str, suffix: &str, text: &str, from: usize) -> ContextFit {
        let words = TokenIndex::new(text);
        let query =
            PassageQuery::new(&Quote { prefix: prefix.into(), exact: "it".into(), suffix: suffix.into() }, &words);
        ContextFit::of(&query, &words, from, from + 1)
    }

    #[test]
    fn the_same_words_on_both_sides_fit_fully() {
        let context = context("one two three ", " five six", "zero one two three it five six seven", 4);
        assert_eq!(context, ContextFit { before: Some(1.0), after: Some(1.0) });
    }

    #[test]
    fn nearer_words_count_more() {
        let near = context("alpha bravo charlie delta ", "", "xx xx xx delta it", 4).before.unwrap();
        let far = context("alpha bravo charlie delta ", "", "alpha xx xx xx it", 4).before.unwrap();
        assert!(near > far && far > 0.0);
    }

    #[test]
    fn the_neighbourhood_ignores_order() {
        let words = TokenIndex::new("alpha bravo it charlie delta and so on");
        let quote = Quote { prefix: "charlie delta ".into(), exact: "it".into(), suffix: " alpha echo".into() };
        let share = neighbourhood_share(&PassageQuery::new(&quote, &words), &words, 2, 3);
        assert!((share - 0.75).abs() < 0.01, "{share}");
    }

    #[test]
    fn at_the_edge_of_a_text_only_the_edge_fits() {
        assert_eq!(context("", " five", "it five", 0).before, Some(1.0));
        assert_eq!(context("", " five", "new lead it five", 2).before, None);
        assert_eq!(context("one ", "", "it", 0).before, Some(0.0));
    }
}
