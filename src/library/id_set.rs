//! A set of row numbers: small in memory, quick to ask.

use std::iter;

/// Numbers below this are kept as bits (2 MiB at most); a library never has as many rows, a hostile file may.
const FAR: i64 = 1 << 24;

/// A set of row numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct IdSet {
    bits: Vec<u64>,
    /// The numbers that have no bit, sorted.
    far: Vec<i64>,
    len: usize,
}

impl IdSet {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn contains(&self, id: i64) -> bool {
        match place(id) {
            Some((word, bit)) => self.bits.get(word).is_some_and(|bits| bits & bit != 0),
            None => self.far.binary_search(&id).is_ok(),
        }
    }

    pub(super) fn insert(&mut self, id: i64) {
        let Some((word, bit)) = place(id) else {
            if let Err(at) = self.far.binary_search(&id) {
                self.far.insert(at, id);
                self.len += 1;
            }
            return;
        };
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        if let Some(bits) = self.bits.get_mut(word) {
            self.len += usize::from(*bits & bit == 0);
            *bits |= bit;
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = i64> {
        let near = self.bits.iter().enumerate().filter(|(_, bits)| **bits != 0).flat_map(|(word, &bits)| {
            // The lowest bit goes with each step.
            let rest = iter::successors(Some(bits), |bits| Some(bits & (bits - 1)).filter(|rest| *rest != 0));
            rest.map(move |bits| word as i64 * 64 + i64::from(bits.trailing_zeros()))
        });
        near.chain(self.far.iter().copied())
    }

    /// Keeps the numbers that are in `other` too.
    pub(super) fn intersect(&mut self, other: &Self) {
        self.bits.truncate(other.bits.len());
        for (bits, theirs) in self.bits.iter_mut().zip(&other.bits) {
            *bits &= theirs;
        }
        self.far.retain(|id| other.contains(*id));
        self.count();
    }

    /// Takes out the numbers that are in `other`.
    fn subtract(&mut self, other: &Self) {
        for (bits, theirs) in self.bits.iter_mut().zip(&other.bits) {
            *bits &= !theirs;
        }
        self.far.retain(|id| !other.contains(*id));
        self.count();
    }

    /// Takes in the numbers that are in `other`.
    pub(super) fn unite(&mut self, other: &Self) {
        if self.bits.len() < other.bits.len() {
            self.bits.resize(other.bits.len(), 0);
        }
        for (bits, theirs) in self.bits.iter_mut().zip(&other.bits) {
            *bits |= theirs;
        }
        self.far.extend(&other.far);
        self.far.sort_unstable();
        self.far.dedup();
        self.count();
    }

    fn count(&mut self) {
        self.len = self.bits.iter().map(|bits| bits.count_ones() as usize).sum::<usize>() + self.far.len();
    }
}

/// Rows that fulfil a condition: some, or all but some.
#[derive(Clone, Debug)]
pub(super) enum Rows {
    These(IdSet),
    AllBut(IdSet),
}

impl Rows {
    pub(super) fn complement(self) -> Self {
        match self {
            Self::These(rows) => Self::AllBut(rows),
            Self::AllBut(rows) => Self::These(rows),
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::These(mut rows), Self::These(others)) => {
                rows.intersect(&others);
                Self::These(rows)
            }
            (Self::These(mut rows), Self::AllBut(others)) | (Self::AllBut(others), Self::These(mut rows)) => {
                rows.subtract(&others);
                Self::These(rows)
            }
            (Self::AllBut(mut rows), Self::AllBut(others)) => {
                rows.unite(&others);
                Self::AllBut(rows)
            }
        }
    }

    pub(super) fn or(self, other: Self) -> Self {
        self.complement().and(other.complement()).complement()
    }
}

impl FromIterator<i64> for IdSet {
    fn from_iter<I: IntoIterator<Item = i64>>(ids: I) -> Self {
        let mut set = Self::default();
        ids.into_iter().for_each(|id| set.insert(id));
        set
    }
}

/// The word and the bit of a number.
fn place(id: i64) -> Option<(usize, u64)> {
    (0..FAR).contains(&id).then(|| ((id / 64) as usize, 1 << (id % 64)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_is_a_set(ids in proptest::collection::vec(prop_oneof![-3..300_i64, any::<i64>(), FAR - 2..FAR + 2], 0..60)) {
            let expected: BTreeSet<i64> = ids.iter().copied().collect();
            let set: IdSet = ids.iter().copied().collect();
            prop_assert_eq!(set.len(), expected.len());
            prop_assert_eq!(&set.iter().collect::<BTreeSet<_>>(), &expected);
            prop_assert!(ids.iter().all(|&id| set.contains(id) && set.contains(id.wrapping_add(1)) == expected.contains(&id.wrapping_add(1))));
        }

        #[test]
        fn sets_are_put_together(one in numbers(), other in numbers()) {
            let sets = || (one.iter().copied().collect::<IdSet>(), other.iter().copied().collect::<IdSet>());
            let check = |set: &IdSet, expected: BTreeSet<i64>| {
                prop_assert_eq!(set.len(), expected.len());
                prop_assert_eq!(set.iter().collect::<BTreeSet<_>>(), expected);
                Ok(())
            };
            let (mut both, theirs) = sets();
            both.intersect(&theirs);
            check(&both, &one & &other)?;
            let (mut either, theirs) = sets();
            either.unite(&theirs);
            check(&either, &one | &other)?;
            let (rows, others) = sets();
            match Rows::These(rows).and(Rows::AllBut(others)) {
                Rows::These(rows) => check(&rows, &one - &other)?,
                Rows::AllBut(_) => prop_assert!(false, "they are few"),
            }
            let (rows, others) = sets();
            match Rows::AllBut(rows).or(Rows::These(others)) {
                Rows::AllBut(rows) => check(&rows, &one - &other)?,
                Rows::These(_) => prop_assert!(false, "they are many"),
            }
        }
    }

    fn numbers() -> impl Strategy<Value = BTreeSet<i64>> {
        proptest::collection::btree_set(prop_oneof![-3..300_i64, any::<i64>(), FAR - 2..FAR + 2], 0..60)
    }
}
