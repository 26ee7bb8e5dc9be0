//! Counts that add up over articles, and the ratios made of them.

/// What a measure has counted: a share for precision, a share for recall. A plain ratio uses the first alone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) right: f64,
    pub(crate) found: f64,
    pub(crate) reached: f64,
    pub(crate) gold: f64,
}

impl Tally {
    /// Of `found` things `hits` are right, which are `hits` of `gold`.
    pub(crate) fn hits(hits: usize, found: usize, gold: usize) -> Self {
        Self { right: hits as f64, found: found as f64, reached: hits as f64, gold: gold as f64 }
    }

    pub(crate) fn ratio(part: f64, whole: f64) -> Self {
        Self { right: part, found: whole, ..Self::default() }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.found += other.found;
        self.reached += other.reached;
        self.gold += other.gold;
    }

    pub(crate) fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    pub(crate) fn recall(&self) -> f64 {
        share(self.reached, self.gold)
    }

    pub(crate) fn f(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        share(2.0 * precision * recall, precision + recall)
    }
}

/// Nothing of nothing is nothing, as conlleval has it.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f_lies_between_precision_and_recall() {
        // 3 of 4 found, 3 of 6 marked: 2 · ¾ · ½ / (¾ + ½) = 0.6.
        let tally = Tally::hits(3, 4, 6);
        assert!((tally.precision() - 0.75).abs() < 1e-12);
        assert!((tally.recall() - 0.5).abs() < 1e-12);
        assert!((tally.f() - 0.6).abs() < 1e-12);
    }

    #[test]
    fn nothing_found_is_no_division_by_zero() {
        assert_eq!((Tally::default().f(), Tally::hits(0, 0, 3).precision()), (0.0, 0.0));
    }

    #[test]
    fn articles_are_summed_before_they_are_divided() {
        let mut sum = Tally::hits(1, 1, 1);
        sum.add(&Tally::hits(0, 3, 1));
        assert_eq!((sum.precision(), sum.recall()), (0.25, 0.5));
    }
}
