//! Where in a text an alignment is worth its cost: windows that have enough of the passage's words in any order.

use super::query::Term;
use super::words::Words;

/// The share of the passage's weight that must be in a window. Below [`super::align::LEAST_SIMILARITY`], since near spellings are not
/// seen here.
const LEAST_SHARE: f32 = 0.3;
/// Cells of alignment that one passage may cost at most: 8 ms. Common articles need less than a tenth of it.
const MOST_CELLS: usize = 1_500_000;
/// Sums are kept in these parts of a weight, so that adding and taking away again leaves nothing.
const PARTS: f32 = 1024.0;

/// Stretches of tokens, `(from, to)`, in order.
pub(super) fn regions(terms: &[Term], words: &Words<'_>) -> Vec<(usize, usize)> {
    let width = terms.len() + terms.len() / 2 + 8;
    let wanted = Wanted::new(terms, words);
    let sums = wanted.sums(words, width);
    let Some(most) = sums.iter().copied().max().filter(|most| *most > 0) else { return Vec::new() };
    let whole: f32 = terms.iter().map(|term| term.weight).sum::<f32>() * PARTS;
    let budget = (MOST_CELLS / terms.len().max(1)).max(width);
    // What is too much to be aligned is looked at only where it is best.
    for share in [0.0, 0.6, 0.8, 0.9, 1.0] {
        let least = (LEAST_SHARE * whole).max(share * most as f32) as u32;
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

/// How often each word is wanted, and what it is worth.
struct Wanted {
    /// By word: 0 for those not wanted, else one more than the index below.
    index: Vec<u16>,
    /// How often, how much.
    terms: Vec<(u32, u32)>,
}

impl Wanted {
    fn new(terms: &[Term], words: &Words<'_>) -> Self {
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

    /// For every token the worth of the window of `width` tokens that ends with it.
    fn sums(&self, words: &Words<'_>, width: usize) -> Vec<u32> {
        let mut inside = vec![0_u32; self.terms.len()];
        let mut sum = 0;
        let mut sums = Vec::with_capacity(words.len());
        let index_of = |word: u32| usize::from(*self.index.get(word as usize).unwrap_or(&0)).checked_sub(1);
        let leaving = std::iter::repeat_n(None, width).chain(words.words().iter().map(|word| Some(*word)));
        for (word, leaving) in words.words().iter().zip(leaving) {
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

/// The windows worth at least `least`, joined where they overlap.
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
    use super::super::query::Query;
    use super::*;
    use crate::bookmark::Quote;

    fn found(exact: &str, text: &str) -> Vec<(usize, usize)> {
        let words = Words::new(text);
        let query = Query::new(&Quote { exact: exact.into(), ..Quote::default() }, &words);
        regions(&query.terms, &words)
    }

    #[test]
    fn only_the_neighbourhood_of_shared_words_is_looked_at() {
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
    fn a_text_that_fits_everywhere_costs_no_more_than_its_bound() {
        let regions = found(&"a b ".repeat(50), &"b a ".repeat(100_000));
        assert!(regions.iter().map(|(from, to)| to - from).sum::<usize>() <= MOST_CELLS / 100);
        assert!(!regions.is_empty());
    }
}
