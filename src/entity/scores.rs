//! What speaks for each kind of name, in natural logarithms of odds.

use super::Kind;

/// Kinds that names have: those before [`Kind::Date`].
pub(super) const KINDS: [Kind; 7] =
    [Kind::Person, Kind::Place, Kind::Organisation, Kind::Group, Kind::Event, Kind::Work, Kind::Other];

/// A number for each kind of name, in the order of [`KINDS`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Scores(pub(super) [f32; KINDS.len()]);

impl Scores {
    pub(super) fn of(&self, kind: Kind) -> f32 {
        self.0.get(kind as usize).copied().unwrap_or(f32::MIN)
    }

    pub(super) fn add(&mut self, other: &Self, weight: f32) {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own += weight * other);
    }

    pub(super) fn add_to(&mut self, kind: Kind, weight: f32) {
        if let Some(own) = self.0.get_mut(kind as usize) {
            *own += weight;
        }
    }

    /// The logarithm of the chance of each kind, none below `least`.
    pub(super) fn log_chances(&self, least: f32) -> Self {
        let best = self.of(self.best());
        let sum: f32 = self.0.iter().map(|score| (score - best).exp()).sum();
        Self(self.0.map(|score| (score - best - sum.ln()).max(least)))
    }

    /// The kind most speaks for; the first of equals.
    pub(super) fn best(&self) -> Kind {
        let mut best = (Kind::Person, f32::MIN);
        for (kind, score) in KINDS.into_iter().zip(self.0) {
            if score > best.1 {
                best = (kind, score);
            }
        }
        best.0
    }

    /// How much more speaks for the best kind than for `kind`.
    pub(super) fn behind(&self, kind: Kind) -> f32 {
        self.of(self.best()) - self.of(kind)
    }

    /// How much more speaks for the best kind than for the next.
    pub(super) fn margin(&self) -> f32 {
        let best = self.best();
        KINDS.into_iter().filter(|kind| *kind != best).map(|kind| self.behind(kind)).fold(f32::MAX, f32::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_in_their_order_and_the_margin_is_to_the_next() {
        assert!(KINDS.iter().enumerate().all(|(number, kind)| *kind as usize == number && kind.is_name()));
        let mut scores = Scores::default();
        scores.add_to(Kind::Group, 3.0);
        scores.add_to(Kind::Work, 1.0);
        assert_eq!((scores.best(), scores.behind(Kind::Work), scores.margin()), (Kind::Group, 2.0, 2.0));
    }
}
