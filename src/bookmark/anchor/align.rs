//! Weighted alignment of words: where in the text, and how completely, a passage occurs.
//!
//! Semi-global: the whole passage against any stretch of the text (Sellers, "The theory and computation of evolutionary
//! distances", Journal of Algorithms 1, 1980), with words in place of letters and weights as costs. All local
//! minima are candidates, not only the cheapest; the context decides between them.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::passage_query::Term;
use super::token_index::TokenIndex;
use super::tokens::{Token, TokenKind};

/// A stretch of the text that could be the passage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hit {
    /// The first token.
    pub(super) from: usize,
    /// One past the last token.
    pub(super) to: usize,
    /// The share of the passage's weight that is here, less a penalty for insertions: from 0 to 1.
    pub(super) similarity: f32,
}

/// Cost of an inserted word, as a share of its weight. The 2026-11 trial used 0.45; measured on sentences with three
/// words in ten changed, 0.3 finds a fifth of those that were missed.
const INSERTION: f32 = 0.3;
/// Cost of a word in another spelling or form, as a share of its weight.
const NEAR: f32 = 0.35;
/// Two spellings are near if their common ends make up this share of the longer one; from the trial.
const NEAR_SHARE: f32 = 0.7;
/// Shorter words than this, in bytes, have no near spellings: "cat" is not "cut".
const NEAR_MIN_LENGTH: usize = 4;
/// Minimum similarity of a candidate; from the trial.
pub(super) const MIN_SIMILARITY: f32 = 0.40;
/// Maximum number of candidates of one passage; from the trial.
const MAX_HITS: usize = 24;

#[derive(Clone, Copy)]
struct Cell {
    cost: f32,
    from: u32,
}

/// The stretches of the tokens `from..to` with at least [`MIN_SIMILARITY`] to `terms`, the best first, none overlapping
/// another by half. Takes time proportional to the product of both lengths.
pub(super) fn align(terms: &[Term], words: &TokenIndex<'_>, from: usize, to: usize) -> Vec<Hit> {
    let weight: f32 = terms.iter().map(|term| term.weight).sum();
    let row = last_row(terms, words, from, to);
    let similarity = |cell: &Cell| 1.0 - cell.cost / weight.max(f32::MIN_POSITIVE);
    let mut hits = Vec::new();
    for (at, cell) in row.iter().enumerate() {
        let beside = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or(f32::INFINITY, |cell| cell.cost);
        let lowest = cell.cost < beside(at.checked_sub(1)) && cell.cost <= beside(Some(at + 1));
        let hit = Hit { from: cell.from as usize, to: from + at, similarity: similarity(cell) };
        if lowest && hit.similarity >= MIN_SIMILARITY && hit.from < hit.to {
            hits.push(hit);
        }
    }
    best(hits)
}

/// How similar the tokens `from..to`, taken as a whole, are to `terms`: from 0 to 1.
pub(super) fn similarity(terms: &[Term], words: &TokenIndex<'_>, from: usize, to: usize) -> f32 {
    let weight: f32 = terms.iter().map(|term| term.weight).sum();
    // Whatever is outside the best stretch counts as inserted before or after it.
    let mut inserted = vec![0.0];
    let mut sum = 0.0;
    for weight in words.weights().get(from..to).unwrap_or_default() {
        sum += INSERTION * weight;
        inserted.push(sum);
    }
    let mut cheapest = weight;
    for (cell, until) in last_row(terms, words, from, to).iter().zip(&inserted) {
        let before = (cell.from as usize).checked_sub(from).and_then(|at| inserted.get(at)).unwrap_or(&0.0);
        cheapest = cheapest.min(cell.cost + before + sum - until);
    }
    (1.0 - cheapest / weight.max(f32::MIN_POSITIVE)).clamp(0.0, 1.0)
}

/// The share of `terms` that occurs in the tokens `from..to` in any order, for passages too long to be aligned.
pub(super) fn bag_similarity(terms: &[Term], words: &TokenIndex<'_>, from: usize, to: usize) -> f32 {
    let mut left: HashMap<u32, u32, RandomState> = HashMap::default();
    for word in words.ids().get(from..to).unwrap_or_default() {
        *left.entry(*word).or_default() += 1;
    }
    let (mut all, mut found) = (0.0, 0.0);
    for term in terms {
        all += term.weight;
        if let Some(count) = left.get_mut(&term.word).filter(|count| **count > 0) {
            *count -= 1;
            found += term.weight;
        }
    }
    found / f32::max(all, f32::MIN_POSITIVE)
}

/// The same, less a penalty for everything else in `from..to`: compares sentences whose parts were reordered.
pub(super) fn unordered_similarity(terms: &[Term], words: &TokenIndex<'_>, from: usize, to: usize) -> f32 {
    let weight: f32 = terms.iter().map(|term| term.weight).sum();
    let found = bag_similarity(terms, words, from, to) * weight;
    let all: f32 = words.weights().get(from..to).unwrap_or_default().iter().sum();
    (found - INSERTION * (all - found).max(0.0)) / weight.max(f32::MIN_POSITIVE)
}

/// The cost of the passage if it ends before each of the tokens `from..=to`.
fn last_row(terms: &[Term], words: &TokenIndex<'_>, from: usize, to: usize) -> Vec<Cell> {
    let to = to.min(words.len()).max(from);
    let text = words.ids().get(from..to).unwrap_or_default();
    let tokens = words.tokens().get(from..to).unwrap_or_default();
    let weights = words.weights().get(from..to).unwrap_or_default();
    let mut row: Vec<Cell> = (from..=to).map(|at| Cell { cost: 0.0, from: at as u32 }).collect();
    for term in terms {
        let Some((first, cells)) = row.split_first_mut() else { return row };
        let mut diagonal = *first;
        first.cost += term.weight;
        let mut left = *first;
        for (((cell, word), token), weight) in cells.iter_mut().zip(text).zip(tokens).zip(weights) {
            let up = *cell;
            let swap =
                if *word == term.word { 0.0 } else { substitution_cost(term, token, *weight, words.spelling(*word)) };
            let mut best = Cell { cost: diagonal.cost + swap, from: diagonal.from };
            if up.cost + term.weight < best.cost {
                best = Cell { cost: up.cost + term.weight, from: up.from };
            }
            let inserted = left.cost + INSERTION * weight;
            if inserted < best.cost {
                best = Cell { cost: inserted, from: left.from };
            }
            *cell = best;
            left = best;
            diagonal = up;
        }
    }
    row
}

/// The cost of another word in place of `term`: that of the heavier of the two.
fn substitution_cost(term: &Term, token: &Token, weight: f32, spelling: &str) -> f32 {
    let heavier = term.weight.max(weight);
    if term.token.kind == TokenKind::Word && token.kind == TokenKind::Word && is_near(&term.spelling, spelling) {
        NEAR * heavier
    } else {
        heavier
    }
}

/// Whether two spellings share most of their letters at both ends: plurals, endings, variants, typing errors.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    if short < NEAR_MIN_LENGTH || one.first() != other.first() || (short as f32) < NEAR_SHARE * long as f32 {
        return false;
    }
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let tail = one.iter().rev().zip(other.iter().rev()).take(short - head).take_while(|(a, b)| a == b).count();
    (head + tail) as f32 >= NEAR_SHARE * long as f32
}

/// The best hits, none overlapping a better one by more than half of the shorter.
pub(super) fn best(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by(|one, other| other.similarity.total_cmp(&one.similarity).then(one.from.cmp(&other.from)));
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        let overlaps = |other: &Hit| {
            let common = hit.to.min(other.to).saturating_sub(hit.from.max(other.from));
            common * 2 > (hit.to - hit.from).min(other.to - other.from)
        };
        if kept.len() < MAX_HITS && !kept.iter().any(overlaps) {
            kept.push(hit);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::passage_query::PassageQuery;
    use super::*;
    use crate::bookmark::Quote;
    use proptest::prelude::*;

    fn aligned(exact: &str, text: &str) -> Vec<(String, f32)> {
        let words = TokenIndex::new(text);
        let query = PassageQuery::new(&Quote { exact: exact.into(), ..Quote::default() }, &words);
        let hits = align(&query.terms, &words, 0, words.len());
        let slice = |hit: &Hit| {
            let range = words.range(hit.from, hit.to).unwrap();
            text.get(range.start..range.end).unwrap().to_owned()
        };
        hits.iter().map(|hit| (slice(hit), hit.similarity)).collect()
    }

    #[test]
    fn an_edited_sentence_and_its_look_alike_are_both_found() {
        let hits = aligned(
            "Team Alpha won the second match on Sunday.",
            "It rained. Team Alpha won the second game on Sunday. Fans left. Team Beta won the second match on Monday.",
        );
        assert_eq!(hits[0].0, "Team Alpha won the second game on Sunday.");
        assert_eq!(hits[1].0, "Team Beta won the second match on Monday.");
        assert!(hits[0].1 > hits[1].1 + 0.1, "{hits:?}");
    }

    #[test]
    fn the_same_words_cost_nothing_and_others_everything() {
        assert_eq!(aligned("rents fell again", "So rents fell again."), [("rents fell again".to_owned(), 1.0)]);
        assert!(aligned("rents fell again", "The weather was fine.").is_empty());
        assert!(aligned("rents fell", "").is_empty());
    }

    #[test]
    fn plurals_and_spellings_are_near_and_other_words_are_not() {
        for (one, other) in [("reports", "report"), ("organisation", "organization"), ("colour", "color")] {
            assert!(is_near(one, other) && is_near(other, one), "{one}");
        }
        for (one, other) in [("cat", "cut"), ("north", "south"), ("rise", "fall"), ("million", "billion")] {
            assert!(!is_near(one, other), "{one}");
        }
    }

    #[test]
    fn insertions_count_where_the_stretch_is_given() {
        let words = TokenIndex::new("rents in the old town fell again");
        let query = PassageQuery::new(&Quote { exact: "rents fell again".into(), ..Quote::default() }, &words);
        let whole = similarity(&query.terms, &words, 0, words.len());
        assert!(whole > 0.5 && whole < 0.8, "{whole}");
        assert!(similarity(&query.terms, &words, 0, 0) < 0.01);
    }

    proptest! {
        #[test]
        fn hits_lie_inside_and_are_between_least_and_one(exact in "[abc ,.]{1,20}", text in "[abcd ,.]{0,60}") {
            let words = TokenIndex::new(&text);
            let query = PassageQuery::new(&Quote { exact, ..Quote::default() }, &words);
            for hit in align(&query.terms, &words, 0, words.len()) {
                prop_assert!(hit.from < hit.to && hit.to <= words.len());
                prop_assert!(hit.similarity >= MIN_SIMILARITY && hit.similarity <= 1.0001);
            }
        }
    }
}
