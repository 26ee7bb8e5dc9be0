//! Collects all measures of all articles, and prints them.

use std::collections::BTreeMap;

use dateline::internals::entity::Kind;

use crate::gold::Class;
use crate::tally::Tally;

/// Number of bootstrap samples.
const RESAMPLES: usize = 1000;

/// A line of the report, in the order of printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Row {
    Kind(Class),
    /// All kinds together: each name counts once.
    Names,
    SpanOnly,
    SeenNames,
    Unseen,
    /// Cards that are right, of those without doubt.
    Cards,
    CardsOf(Kind),
    /// Cards that are marked doubtful, against those that are wrong.
    Doubt,
    /// Articles with a wrong card among the three most salient names.
    WrongOnTop,
    /// Articles with one string of two kinds.
    TwoKinds,
    /// Initials apart from their long form, an article.
    InitialsApart,
    /// Articles with a person who is a part of another person's name.
    PartApart,
    /// Dates and names without their year, an article.
    YearCut,
    Pairs,
    BCubed,
    Ndcg,
    Map,
    First,
    Sentences,
    Dates,
    DateValues,
}

impl Row {
    fn label(self) -> String {
        let words = match self {
            Self::CardsOf(kind) => return format!("cards, {kind}"),
            Self::Kind(class) => class.as_str(),
            Self::Names => "all, micro",
            Self::SpanOnly => "span only",
            Self::SeenNames => "seen names",
            Self::Unseen => "unseen names",
            Self::Cards => "cards right",
            Self::Doubt => "doubt",
            Self::WrongOnTop => "wrong in top 3",
            Self::TwoKinds => "string, 2 kinds",
            Self::InitialsApart => "initials apart",
            Self::PartApart => "part apart",
            Self::YearCut => "year cut off",
            Self::Pairs => "alias pairs",
            Self::BCubed => "alias B³",
            Self::Ndcg => "salience nDCG@5",
            Self::Map => "salience MAP",
            Self::First => "salience P@1",
            Self::Sentences => "sentence ends",
            Self::Dates => "dates",
            Self::DateValues => "date values",
        };
        words.to_owned()
    }

    /// Whether one ratio says all.
    fn is_plain(self) -> bool {
        let counted = matches!(self, Self::Ndcg | Self::Map | Self::First | Self::DateValues);
        let of_cards = matches!(self, Self::Cards | Self::CardsOf(_) | Self::WrongOnTop | Self::TwoKinds);
        counted || of_cards || matches!(self, Self::InitialsApart | Self::PartApart | Self::YearCut)
    }
}

/// What every article scored.
#[derive(Default)]
pub(crate) struct Report {
    documents: Vec<BTreeMap<Row, Tally>>,
}

impl Report {
    /// What is added from here on belongs to the next article.
    pub(crate) fn begin_document(&mut self) {
        self.documents.push(BTreeMap::new());
    }

    /// Adds to the article begun last.
    pub(crate) fn add(&mut self, row: Row, tally: Tally) {
        if let Some(document) = self.documents.last_mut() {
            document.entry(row).or_default().add(&tally);
        }
    }

    /// The sums over all articles.
    pub(crate) fn totals(&self) -> BTreeMap<Row, Tally> {
        sum(self.documents.iter())
    }

    /// The sums over as many articles as there are, drawn with replacement; the same every time.
    pub(crate) fn resamples(&self) -> Vec<BTreeMap<Row, Tally>> {
        let mut random = Random(7);
        let count = self.documents.len();
        let draw = |_| sum((0..count).filter_map(|_| self.documents.get(random.below(count))));
        (0..RESAMPLES).map(draw).collect()
    }

    pub(crate) fn print(&self) {
        let draws = if self.documents.len() > 1 { self.resamples() } else { Vec::new() };
        println!("{:19} {:21}{:21}{:21}{:>6} {:>6}", "", "precision", "recall", "F", "gold", "found");
        for (row, total) in &self.totals() {
            let drawn: Vec<Tally> = draws.iter().filter_map(|draw| draw.get(row).copied()).collect();
            let figure = |of: fn(&Tally) -> f64| {
                let between = interval(drawn.iter().map(of).collect());
                let between = between.map(|(low, high)| format!("[{:.1}–{:.1}]", 100.0 * low, 100.0 * high));
                format!("{:5.1} {:15}", 100.0 * of(total), between.unwrap_or_default())
            };
            if row.is_plain() {
                println!("{:19} {} of {}", row.label(), figure(Tally::precision), total.found);
            } else {
                let [p, r, f] = [Tally::precision, Tally::recall, Tally::f].map(figure);
                println!("{:19} {p}{r}{f}{:>6} {:>6}", row.label(), total.gold, total.found);
            }
        }
    }
}

fn sum<'a>(documents: impl Iterator<Item = &'a BTreeMap<Row, Tally>>) -> BTreeMap<Row, Tally> {
    let mut total: BTreeMap<Row, Tally> = BTreeMap::new();
    for (row, tally) in documents.flatten() {
        total.entry(*row).or_default().add(tally);
    }
    total
}

/// The middle 95 % of some values.
fn interval(mut values: Vec<f64>) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let at = |share: f64| values.get((share * last as f64).round() as usize).copied();
    Some((at(0.025)?, at(0.975)?))
}

/// `SplitMix64`: small, and good enough to draw articles.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_leaves_out_a_fortieth_on_each_side() {
        assert_eq!(interval((0..=1000).rev().map(f64::from).collect()), Some((25.0, 975.0)));
        assert_eq!(interval(vec![]), None);
    }

    #[test]
    fn draws_are_the_same_every_time_and_lie_around_the_total() {
        let mut report = Report::default();
        for number in 0..40 {
            report.begin_document();
            report.add(Row::Names, Tally::hits(number % 4, 3, 3));
        }
        let share = |draw: &BTreeMap<Row, Tally>| draw[&Row::Names].precision();
        let (first, second): (Vec<f64>, Vec<f64>) =
            (report.resamples().iter().map(share).collect(), report.resamples().iter().map(share).collect());
        assert_eq!(first, second);
        assert!((share(&report.totals()) - 0.5).abs() < 1e-12);
        let (low, high) = interval(first).unwrap();
        // One article has a standard deviation of 0.373, forty of 0.059: about ± 0.115.
        assert!((0.36..0.41).contains(&low) && (0.59..0.64).contains(&high), "{low} {high}");
    }
}
