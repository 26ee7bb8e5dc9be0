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

    /// Keeps the numbers that `keep` says yes to.
    pub(super) fn retain(&mut self, keep: impl Fn(i64) -> bool) {
        *self = self.iter().filter(|&id| keep(id)).collect();
    }
}

impl FromIterator<i64> for IdSet {
    fn from_iter<I: IntoIterator<Item = i64>>(ids: I) -> Self {
        let mut set = Self::default();
        set.extend(ids);
        set
    }
}

impl Extend<i64> for IdSet {
    fn extend<I: IntoIterator<Item = i64>>(&mut self, ids: I) {
        ids.into_iter().for_each(|id| self.insert(id));
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
            let mut set: IdSet = ids.iter().copied().collect();
            prop_assert_eq!(set.len(), expected.len());
            prop_assert_eq!(&set.iter().collect::<BTreeSet<_>>(), &expected);
            prop_assert!(ids.iter().all(|&id| set.contains(id) && set.contains(id.wrapping_add(1)) == expected.contains(&id.wrapping_add(1))));
            set.retain(|id| id % 2 == 0);
            prop_assert_eq!(set.iter().collect::<BTreeSet<_>>(), expected.into_iter().filter(|id| id % 2 == 0).collect());
        }
    }
}
