//! Finds the windows of a text that are worth aligning: those with enough of the passage's words in any order.

use super::passage_query::Term;
use super::token_index::TokenIndex;

/// The share of the passage's weight a window must have. Below [`super::align::MIN_SIMILARITY`], since near spellings
/// are not recognised here.
const MIN_SHARE: f32 = 0.3;
/// Maximum number of alignment cells for one passage: 8 ms. Ordinary articles need less than a tenth of it.
const MAX_CELLS: usize = 1_500_000;
/// Weights are summed as integers of this fraction, so that adding and subtracting leaves no rounding error.
const PARTS: f32 = 1024.0;

/// The windows as token ranges `(from, to)`, in order.
pub(super) fn regions(terms: &[Term], words: &TokenIndex<'_>) -> Vec<(usize, usize)> {
    let width = terms.len() + terms.len() / 2 + 8;
    let wanted = TermCounts::new(terms, words);
    let sums = wanted.sums(words, width);
    let Some(most) = sums.iter().copied().max().filter(|most| *most > 0) else { return Vec::new() };
    let whole: f32 = terms.iter().map(|term| term.weight).sum::<f32>() * PARTS;
    let budget = (MAX_CELLS / terms.len().max(1)).max(width);
    // If there is too much to align, only the best windows are kept.
    for share in [0.0, 0.6, 0.8, 0.9, 1.0] {
        let least = (MIN_SHARE * whole).max(share * most as f32) as u32;
        if most < least {
            break;
        }
        let regions = above(&sums, least, width);
        if regions.iter().map(|(from, to)| to - from).sum::<usize>() <= budget {
            return regions;
        }
        if share >= 1.0 {
            let mut left = budget;
            let fits = |(from, to): (usize, usize)| {
                let taken = (to - from).min(left);
                left -= taken;
                (taken > 0).then_some((from, from + taken))
            };
            return regions.into_iter().map_while(fits).collect();
        }
    }
    Vec::new()
}

/// How often each word occurs in the query, and its weight.
struct TermCounts {
    /// By word id: 0 for words not in the query, else one more than the index into `terms`.
    index: Vec<u16>,
    /// Count and weight.
    terms: Vec<(u32, u32)>,
}

impl TermCounts {
    fn new(terms: &[Term], words: &TokenIndex<'_>) -> Self {
        let mut this = Self { index: vec![0; words.vocabulary()], terms: Vec::new() };
        for term in terms {
            let Some(index) = this.index.get_mut(term.word as usize) else { continue };
            let worth = (term.weight * PARTS) as u32;
            if *index == 0 && this.terms.len() < usize::from(u16::MAX) {
                this.terms.push((1, worth));
                *index = this.terms.len() as u16;
            } else if let Some((times, most)) = usize::from(*index).checked_sub(1).and_then(|at| this.terms.get_mut(at))
            {
                *times += 1;
                *most = (*most).max(worth);
            }
        }
        this
    }

    /// For every token, the weight of the window of `width` tokens that ends with it.
    fn sums(&self, words: &TokenIndex<'_>, width: usize) -> Vec<u32> {
        let mut inside = vec![0_u32; self.terms.len()];
        let mut sum = 0;
        let mut sums = Vec::with_capacity(words.len());
        let index_of = |word: u32| usize::from(*self.index.get(word as usize).unwrap_or(&0)).checked_sub(1);
        let leaving = std::iter::repeat_n(None, width).chain(words.ids().iter().map(|word| Some(*word)));
        for (word, leaving) in words.ids().iter().zip(leaving) {
            if let Some(at) = index_of(*word)
                && let (Some((times, worth)), Some(inside)) = (self.terms.get(at), inside.get_mut(at))
            {
                if *inside < *times {
                    sum += worth;
                }
                *inside += 1;
            }
            if let Some(at) = leaving.and_then(index_of)
                && let (Some((times, worth)), Some(inside)) = (self.terms.get(at), inside.get_mut(at))
            {
                *inside -= 1;
                if *inside < *times {
                    sum -= worth;
                }
            }
            sums.push(sum);
        }
        sums
    }
}

/// The windows with a weight of at least `least`, joined where they overlap.
fn above(sums: &[u32], least: u32, width: usize) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, sum) in sums.iter().enumerate() {
        if *sum < least {
            continue;
        }
        let (from, to) = ((at + 1).saturating_sub(width), (at + 1 + width / 4).min(sums.len()));
        match found.last_mut() {
            Some(last) if from <= last.1 => last.1 = to,
            _ => found.push((from, to)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::passage_query::PassageQuery;
    use super::*;
    use crate::bookmark::Quote;

    fn found(exact: &str, text: &str) -> Vec<(usize, usize)> {
        let words = TokenIndex::new(text);
        let query = PassageQuery::new(&Quote { exact: exact.into(), ..Quote::default() }, &words);
        regions(&query.terms, &words)
    }

    #[test]
    fn only_windows_with_shared_words_are_found() {
        let filler = "lorem ipsum dolor sit amet ".repeat(100);
        let text = format!("{filler}rents fell for a third month {filler}");
        let regions = found("rents fell for a third month", &text);
        assert_eq!(regions.len(), 1);
        let (from, to) = regions[0];
        assert!(from <= 500 && to >= 506 && to - from < 60, "{regions:?}");
        assert!(found("nothing of this", &text).is_empty());
        assert!(found("", &text).is_empty());
    }

    #[test]
    fn the_cost_of_a_repetitive_text_is_bounded() {
        let regions = found(&"a b ".repeat(50), &"b a ".repeat(100_000));
        assert!(regions.iter().map(|(from, to)| to - from).sum::<usize>() <= MAX_CELLS / 100);
        assert!(!regions.is_empty());
    }
}
