//! Counts outcomes per track and prints them, with intervals by article.
#![expect(clippy::print_stdout, reason = "a developer's command, not part of the program")]

use std::collections::BTreeMap;

use crate::case::Outcome;
use crate::random::Random;

/// Outcomes of one article: right, marked, silently wrong, wrong but marked, none.
type Counts = [usize; 5];

/// Number of bootstrap samples for an interval.
const RESAMPLES: usize = 400;

/// One way of looking for a passage.
#[derive(Default)]
pub(crate) struct Column {
    by_article: BTreeMap<usize, Counts>,
}

impl Column {
    pub(crate) fn add(&mut self, article: usize, outcome: Outcome) {
        let counts = self.by_article.entry(article).or_default();
        if let Some(count) = counts.get_mut(outcome as usize) {
            *count += 1;
        }
    }

    fn sum<'a>(counts: impl Iterator<Item = &'a Counts>) -> Counts {
        let mut sum = Counts::default();
        for counts in counts {
            for (sum, count) in sum.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        sum
    }

    /// Per cent, in the order of [`Outcome`].
    fn shares(counts: &Counts) -> [f64; 5] {
        let all: usize = counts.iter().sum();
        counts.map(|count| 100.0 * count as f64 / all.max(1) as f64)
    }

    /// Found in the right place: in per cent, the least and the most of 95 of 100 collections of such articles.
    fn interval(&self) -> (f64, f64) {
        let articles: Vec<&Counts> = self.by_article.values().collect();
        let mut random = Random::new(95);
        let mut shares: Vec<f64> = (0..RESAMPLES)
            .map(|_| {
                let drawn = (0..articles.len()).filter_map(|_| random.pick(&articles).copied());
                let [right, marked, ..] = Self::shares(&Self::sum(drawn));
                right + marked
            })
            .collect();
        shares.sort_by(f64::total_cmp);
        let at = |share: f64| shares.get((share * RESAMPLES as f64) as usize).copied().unwrap_or_default();
        (at(0.025), at(0.975))
    }

    fn cell(&self) -> String {
        let [right, marked, silent, wrong, none] = Self::shares(&Self::sum(self.by_article.values()));
        let (least, most) = self.interval();
        format!("{:6.2} [{least:5.1}-{most:5.1}] ≈{marked:5.1} {silent:6.2} {wrong:6.2} {none:6.2}", right + marked)
    }

    fn short(&self) -> String {
        let [right, marked, silent, wrong, none] = Self::shares(&Self::sum(self.by_article.values()));
        format!("{:5.1} {:5.1} {none:5.1}", right + marked, silent + wrong)
    }
}

/// One row of the table.
#[derive(Default)]
pub(crate) struct Row {
    pub(crate) quote: Column,
    pub(crate) old: Column,
    pub(crate) position: Column,
    pub(crate) words: Column,
}

/// What the columns are.
pub(crate) fn header() {
    println!(
        "right: in the right place, or rightly nowhere [95 % by article]; ≈: those of them that are marked approximate;"
    );
    println!(
        "silent: in a wrong place without a mark; wrong ≈: in a wrong place with one; none: not found. All in %.\n"
    );
    println!(
        "{:43} {:>6} | {:54} | {:54} | {:18} | {:18}",
        "", "n", "by the quote alone", "with the old text", "by position", "by the very words"
    );
    let fine = format!("{:>6} {:13} {:>6} {:>6} {:>6} {:>6}", "right", "", "≈", "silent", "wrong≈", "none");
    println!("{:43} {:>6} | {fine:54} | {fine:54} | {s:18} | {s:18}", "", "", s = "right wrong  none");
}

impl Row {
    pub(crate) fn print(&self, name: &str) {
        let n: usize = Column::sum(self.quote.by_article.values()).iter().sum();
        println!(
            "{name:43} {n:6} | {:54} | {:54} | {:18} | {:18}",
            self.quote.cell(),
            self.old.cell(),
            self.position.short(),
            self.words.short()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_all_cases_and_the_interval_holds_them() {
        let mut column = Column::default();
        for article in 0..20 {
            column.add(article, Outcome::Right);
            column.add(article, if article < 5 { Outcome::Silent } else { Outcome::Marked });
        }
        assert!(column.cell().starts_with(" 87.50 "), "{}", column.cell());
        let (least, most) = column.interval();
        assert!(least < 87.5 && most > 87.5);
    }
}
