//! How alike the words around a place are to those that were around the passage.

use super::query::{Query, Term};
use super::words::Words;

/// How well each side fits, from 0 to 1; none where the passage had nothing beside it and here stands something.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Context {
    /// What stands before.
    pub(super) before: Option<f32>,
    /// What stands after.
    pub(super) after: Option<f32>,
}

/// How fast a word counts less the farther it is: the fourth counts half.
const NEARNESS: f32 = 4.0;
/// A word that stands so far from where it should counts half: common words stand everywhere. Measured on the
/// real revisions: without it, phrases whose sentence was deleted were put beside other words six times as often.
const DRIFT: f32 = 6.0;
/// What a passage's missing side counts where another text has something there now, such as a new lead.
const UNKNOWN: f32 = 0.3;

impl Context {
    /// Compares what is around the tokens `from..to`.
    pub(super) fn of(query: &Query, words: &Words<'_>, from: usize, to: usize) -> Self {
        let reach = |terms: &[Term]| terms.len() + terms.len() / 2 + 6;
        let before = (0..from).rev().take(reach(&query.before));
        let after = (to..words.len()).take(reach(&query.after));
        Self { before: alike(&query.before, words, before), after: alike(&query.after, words, after) }
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

/// Tokens on each side that are the neighbourhood of a place: about a paragraph.
const NEIGHBOURHOOD: usize = 40;

/// The share of what was around the passage that stands in the neighbourhood of the tokens `from..to`, in any order and on
/// any side: a sentence that changed places with another has it.
pub(super) fn neighbourhood(query: &Query, words: &Words<'_>, from: usize, to: usize) -> f32 {
    let sides = [from.saturating_sub(NEIGHBOURHOOD)..from, to..(to + NEIGHBOURHOOD).min(words.len())];
    let inside: Vec<u32> =
        sides.into_iter().flat_map(|side| words.words().get(side).unwrap_or_default()).copied().collect();
    let (mut all, mut found) = (0.0, 0.0);
    for term in query.before.iter().chain(&query.after) {
        all += term.weight;
        if inside.contains(&term.word) {
            found += term.weight;
        }
    }
    found / f32::max(all, f32::MIN_POSITIVE)
}

/// The share of `terms` that stands along `way`, both outwards and in the same order; nearer words count more.
fn alike(terms: &[Term], words: &Words<'_>, way: impl Iterator<Item = usize>) -> Option<f32> {
    let text: Vec<u32> = way.filter_map(|at| words.words().get(at).copied()).collect();
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

    fn context(prefix: &str, suffix: &str, text: &str, from: usize) -> Context {
        let words = Words::new(text);
        let query = Query::new(&Quote { prefix: prefix.into(), exact: "it".into(), suffix: suffix.into() }, &words);
        Context::of(&query, &words, from, from + 1)
    }

    #[test]
    fn the_same_words_on_both_sides_are_all_of_it() {
        let context = context("one two three ", " five six", "zero one two three it five six seven", 4);
        assert_eq!(context, Context { before: Some(1.0), after: Some(1.0) });
    }

    #[test]
    fn nearer_words_count_more() {
        let near = context("alpha bravo charlie delta ", "", "xx xx xx delta it", 4).before.unwrap();
        let far = context("alpha bravo charlie delta ", "", "alpha xx xx xx it", 4).before.unwrap();
        assert!(near > far && far > 0.0);
    }

    #[test]
    fn a_neighbourhood_has_no_order() {
        let words = Words::new("alpha bravo it charlie delta and so on");
        let quote = Quote { prefix: "charlie delta ".into(), exact: "it".into(), suffix: " alpha echo".into() };
        let share = neighbourhood(&Query::new(&quote, &words), &words, 2, 3);
        assert!((share - 0.75).abs() < 0.01, "{share}");
    }

    #[test]
    fn at_the_edge_of_a_text_only_the_edge_fits() {
        assert_eq!(context("", " five", "it five", 0).before, Some(1.0));
        assert_eq!(context("", " five", "new lead it five", 2).before, None);
        assert_eq!(context("one ", "", "it", 0).before, Some(0.0));
    }
}
