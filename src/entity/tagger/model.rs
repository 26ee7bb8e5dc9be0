//! The weights, as a compact file and as a table to look them up in.
//!
//! The file, integers little-endian:
//!
//! | part | holds |
//! |---|---|
//! | [`MAGIC`] | what this is |
//! | two lists of words | a count (u32), then each word ended by a line feed: [`SmallWords`] |
//! | transitions | 32-bit floats, row by row |
//! | scale | the largest weight, a 32-bit float |
//! | features | a count (u32), then the differences of their sorted fingerprints as LEB128 |
//! | masks | four bytes a feature: for which labels it has a weight |
//! | weights | one byte each, see [`quantised`] |

use foldhash::{HashSet, HashSetExt};

use super::candidates::SmallWords;
use super::chain::{EDGE, Scores, Transitions};
use super::label::LABELS;
use crate::entity::hash;

/// How a model file begins.
const MAGIC: &[u8] = b"dateline tagger 2\n";

/// Bits of a feature's hash that are kept. Of half a million features about one look-up in two thousand then finds a
/// stranger's weights.
const FINGERPRINT: u32 = 30;

/// Leading bits of a fingerprint by which the table is divided.
const DIVISION: u32 = 18;

/// Features that are looked up together.
const BATCH: usize = 64;

/// Label sets are stored in so many bytes.
const MASK: usize = LABELS.div_ceil(8);

/// A model that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// Another file, or one of another version.
    Foreign,
    /// It ends too early, or does not add up.
    Damaged,
}

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Foreign => "this is no tagger model of this version",
            Self::Damaged => "the tagger model is damaged",
        })
    }
}

impl std::error::Error for ModelError {}

#[derive(Clone, Copy, Debug)]
struct Slot {
    fingerprint: u32,
    /// For which labels there is a weight, as bits.
    mask: u32,
    /// Where the weights begin.
    weights: u32,
}

/// The weights of the features.
#[derive(Debug)]
pub struct Model {
    /// Which words without a capital may belong to names.
    pub small_words: SmallWords,
    /// How labels follow each other.
    pub transitions: Transitions,
    slots: Vec<Slot>,
    /// Where the slots with each leading part of a fingerprint begin.
    divisions: Vec<u32>,
    weights: Vec<i8>,
    /// The weight of each byte.
    values: [f32; 256],
}

/// A weight as a byte: the square root of its share of `scale`, so that small weights keep their differences.
fn quantised(weight: f32, scale: f32) -> i8 {
    let root = (weight.abs() / scale).min(1.0).sqrt() * 127.0;
    root.round().copysign(weight) as i8
}

fn value(byte: i8, scale: f32) -> f32 {
    let root = f32::from(byte) / 127.0;
    root * root.abs() * scale
}

fn fingerprint(feature: u64) -> u32 {
    (feature >> (u64::BITS - FINGERPRINT)) as u32
}

/// What a model file is written from.
#[derive(Debug)]
pub struct Parts<'a> {
    /// See [`SmallWords::openers`].
    pub openers: Vec<String>,
    /// See [`SmallWords::joints`].
    pub joints: Vec<String>,
    /// How labels follow each other.
    pub transitions: &'a Transitions,
    /// Features with their weights by label; a 0 is not kept.
    pub features: Vec<(u64, Scores)>,
}

impl Parts<'_> {
    /// The bytes of the model file. Of several features with one fingerprint the one with the largest weight is kept.
    pub fn write(mut self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for list in [&self.openers, &self.joints] {
            out.extend((list.len() as u32).to_le_bytes());
            for word in list {
                out.extend(word.bytes());
                out.push(b'\n');
            }
        }
        for left in 0..=EDGE {
            for right in 0..=EDGE {
                out.extend(self.transitions.score(left, right).to_le_bytes());
            }
        }
        let largest = |scores: &Scores| scores.iter().fold(0.0_f32, |most, score| most.max(score.abs()));
        let scale = self.features.iter().map(|(_, scores)| largest(scores)).fold(f32::MIN_POSITIVE, f32::max);
        out.extend(scale.to_le_bytes());
        self.features.retain(|(_, scores)| scores.iter().any(|score| quantised(*score, scale) != 0));
        self.features.sort_by(|(one, a), (other, b)| {
            fingerprint(*one).cmp(&fingerprint(*other)).then(largest(b).total_cmp(&largest(a))).then(one.cmp(other))
        });
        self.features.dedup_by_key(|(feature, _)| fingerprint(*feature));
        out.extend((self.features.len() as u32).to_le_bytes());
        let (mut masks, mut weights) = (Vec::<u8>::new(), Vec::<u8>::new());
        let mut before = 0;
        for (feature, scores) in &self.features {
            let mut difference = fingerprint(*feature) - before;
            before += difference;
            while difference >= 0x80 {
                out.push(difference as u8 | 0x80);
                difference >>= 7;
            }
            out.push(difference as u8);
            let mut mask = 0_u32;
            for (label, byte) in scores.iter().map(|score| quantised(*score, scale)).enumerate() {
                if byte != 0 {
                    mask |= 1 << label;
                    weights.push(byte as u8);
                }
            }
            masks.extend(mask.to_le_bytes().iter().take(MASK));
        }
        out.extend(masks);
        out.extend(weights);
        out
    }
}

/// Takes a file apart from the front.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let (front, rest) = self.0.split_at_checked(length).ok_or(ModelError::Damaged)?;
        self.0 = rest;
        Ok(front)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        let bytes = self.take(4)?.try_into().map_err(|_| ModelError::Damaged)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn f32(&mut self) -> Result<f32, ModelError> {
        self.u32().map(f32::from_bits)
    }

    fn leb128(&mut self) -> Result<u32, ModelError> {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = *self.0.split_off_first().ok_or(ModelError::Damaged)?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(ModelError::Damaged)
    }

    fn words(&mut self) -> Result<HashSet<u64>, ModelError> {
        let mut words = HashSet::new();
        for _ in 0..self.u32()? {
            let length = self.0.iter().position(|byte| *byte == b'\n').ok_or(ModelError::Damaged)?;
            words.insert(hash::of(self.take(length)?.iter().copied()));
            self.take(1)?;
        }
        Ok(words)
    }
}

impl Model {
    /// Reads a model file.
    ///
    /// # Errors
    /// The bytes are something else, or not whole.
    pub fn read(file: &[u8]) -> Result<Self, ModelError> {
        let mut bytes = Bytes(file.strip_prefix(MAGIC).ok_or(ModelError::Foreign)?);
        let small_words = SmallWords { openers: bytes.words()?, joints: bytes.words()? };
        let mut transitions = Transitions::default();
        for left in 0..=EDGE {
            for right in 0..=EDGE {
                transitions.set(left, right, bytes.f32()?);
            }
        }
        let scale = bytes.f32()?;
        let count = bytes.u32()? as usize;
        // Each feature takes at least five bytes, so a false count cannot ask for more memory than there is file.
        if count > bytes.0.len() / (MASK + 2) {
            return Err(ModelError::Damaged);
        }
        let mut slots = Vec::with_capacity(count);
        let mut divisions = vec![0_u32; (1 << DIVISION) + 1];
        let mut fingerprint = 0_u32;
        for _ in 0..count {
            fingerprint = fingerprint.checked_add(bytes.leb128()?).ok_or(ModelError::Damaged)?;
            slots.push(Slot { fingerprint, mask: 0, weights: 0 });
            let next = divisions.get_mut((fingerprint >> (FINGERPRINT - DIVISION)) as usize + 1);
            *next.ok_or(ModelError::Damaged)? += 1;
        }
        let mut sum = 0;
        for division in &mut divisions {
            sum += *division;
            *division = sum;
        }
        let mut weights = 0;
        for (slot, mask) in slots.iter_mut().zip(bytes.take(count * MASK)?.chunks_exact(MASK)) {
            slot.mask = mask.iter().rev().fold(0, |mask, byte| mask << 8 | u32::from(*byte));
            slot.weights = weights;
            weights += slot.mask.count_ones();
        }
        let weights: Vec<i8> = bytes.take(weights as usize)?.iter().map(|byte| *byte as i8).collect();
        if !bytes.0.is_empty() || slots.iter().any(|slot| slot.mask >> LABELS != 0) {
            return Err(ModelError::Damaged);
        }
        let mut values = [0.0; 256];
        for (byte, slot) in (0..=u8::MAX).zip(&mut values) {
            *slot = value(byte as i8, scale);
        }
        Ok(Self { small_words, transitions, slots, divisions, weights, values })
    }

    /// Adds the weights of `features` to `scores`.
    ///
    /// In three steps, each over many features, so that the processor waits for several of them at once.
    pub fn add(&self, features: &[u64], scores: &mut Scores) {
        for features in features.chunks(BATCH) {
            let mut divisions = [(0, 0); BATCH];
            for (feature, (start, end)) in features.iter().zip(&mut divisions) {
                let division = (fingerprint(*feature) >> (FINGERPRINT - DIVISION)) as usize;
                if let Some(&[first, next]) = self.divisions.get(division..division + 2) {
                    (*start, *end) = (first as usize, next as usize);
                }
            }
            let mut found = [(0, 0); BATCH];
            let mut hits = 0;
            for (feature, &(start, end)) in features.iter().zip(&divisions) {
                let wanted = fingerprint(*feature);
                let slot =
                    self.slots.get(start..end).and_then(|slots| slots.iter().find(|slot| slot.fingerprint == wanted));
                if let (Some(slot), Some(hit)) = (slot, found.get_mut(hits)) {
                    *hit = (slot.mask, slot.weights);
                    hits += 1;
                }
            }
            for &(mut mask, weights) in found.iter().take(hits) {
                let weights = self.weights.get(weights as usize..).unwrap_or_default();
                for &byte in weights.iter().take(mask.count_ones() as usize) {
                    if let Some(score) = scores.get_mut(mask.trailing_zeros() as usize) {
                        *score += self.values.get(usize::from(byte as u8)).copied().unwrap_or(0.0);
                    }
                    mask &= mask - 1;
                }
            }
        }
    }

    /// How many features have weights.
    pub fn features(&self) -> usize {
        self.slots.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(transitions: &Transitions) -> Vec<u8> {
        let features = (0..100_u64)
            .map(|number| {
                let mut scores = [0.0; LABELS];
                scores[number as usize % LABELS] = number as f32 - 50.0;
                scores[0] = 1.0;
                (hash::mix(1, number), scores)
            })
            .collect();
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Parts { openers: list(&["sunni"]), joints: list(&["of", "&"]), transitions, features }.write()
    }

    #[test]
    fn what_was_written_is_read() {
        let mut transitions = Transitions::default();
        transitions.set(0, 0, 1.5);
        let model = Model::read(&file(&transitions)).unwrap();
        assert_eq!(model.features(), 100);
        assert!((model.transitions.score(0, 0) - 1.5).abs() < f32::EPSILON);
        assert!(model.small_words.joints.contains(&hash::of(*b"of")));
        let mut scores = [0.0; LABELS];
        model.add(&[hash::mix(1, 7), hash::mix(1, 1000)], &mut scores);
        assert!((scores[7] + 43.0).abs() < 0.5 && (scores[0] - 1.0).abs() < 0.1, "{scores:?}");
    }

    #[test]
    fn a_broken_file_is_refused() {
        let file = file(&Transitions::default());
        assert_eq!(Model::read(b"nothing").unwrap_err(), ModelError::Foreign);
        for length in MAGIC.len()..file.len() {
            assert_eq!(Model::read(&file[..length]).unwrap_err(), ModelError::Damaged);
        }
    }

    proptest! {
        #[test]
        fn a_weight_keeps_its_sign_and_nearly_its_size(weight in -6.0_f32..6.0) {
            let back = value(quantised(weight, 6.0), 6.0);
            prop_assert!((back - weight).abs() <= 0.06);
            prop_assert!(back * weight >= 0.0);
        }
    }
}
