//! What a word's letters tell, and what is known of it: all that the features are made of.

use foldhash::{HashMap, HashMapExt};

use crate::entity::gazetteer::{self, Entry};
use crate::entity::hash;
use crate::entity::lexicon::{Lexicon, class};
use crate::entity::words::Word;
use crate::text::particles::may_be_particle;

/// Prefixes and suffixes of up to this many characters are features.
pub(super) const AFFIX: usize = 5;

/// Word classes are numbered so that a shorter prefix of the number is a coarser class; these are the cuts, in bits to
/// drop.
pub(super) const CUTS: [u32; 3] = [0, 2, 4];

/// A word in hashes and bits.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
pub(super) struct Form {
    /// As written.
    pub(super) word: u64,
    /// In lower case.
    pub(super) lower: u64,
    /// `Xxxxxx`, `dddd`, `xx-Xxxx`.
    pub(super) shape: u64,
    /// The same without repetition: `Xx`, `d`, `x-Xx`.
    pub(super) brief: u64,
    /// The first 1 to [`AFFIX`] characters; 0 where the word is no longer than that.
    pub(super) prefixes: [u64; AFFIX],
    /// The last 1 to [`AFFIX`] characters.
    pub(super) suffixes: [u64; AFFIX],
    /// The words before and after the first hyphen.
    pub(super) halves: [u64; 2],
    /// The word class at each of [`CUTS`], counted from 1.
    pub(super) classes: [u64; CUTS.len()],
    /// Gazetteer facts and lexicon classes.
    pub(super) facts: u64,
    /// Whether longer names of the gazetteer begin with it.
    pub(super) begins: bool,
    /// Begins with a capital.
    pub(super) capital: bool,
    /// Has a capital somewhere.
    pub(super) any_capital: bool,
    /// Has capitals only, and more than one.
    pub(super) all_capitals: bool,
    /// Has letters.
    pub(super) letters: bool,
    /// Has digits.
    pub(super) digits: bool,
    /// A word like *of*, *the*, *and*.
    pub(super) function: bool,
    /// A word like *de*, *bin*, *van* that belongs to the name around it.
    pub(super) particle: bool,
}

impl Form {
    pub(super) fn new(word: &Word<'_>, lexicon: &Lexicon) -> Self {
        let text = word.text;
        let mut form = Self { word: hash::of(text.bytes()), lower: hash::of(word.lower.bytes()), ..Self::default() };
        let (mut shape, mut brief) = (Signs::<24>::default(), Signs::<12>::default());
        let mut small = false;
        for (at, c) in text.chars().enumerate() {
            let sign = if c.is_uppercase() {
                form.any_capital = true;
                b'X'
            } else if c.is_alphabetic() {
                small = true;
                b'x'
            } else if c.is_ascii_digit() {
                form.digits = true;
                b'd'
            } else if c == '’' {
                b'\''
            } else if c.is_ascii() {
                c as u8
            } else {
                b'?'
            };
            form.capital |= at == 0 && sign == b'X';
            if brief.last() != Some(sign) {
                brief.push(sign);
            }
            shape.push(sign);
        }
        form.letters = small || form.any_capital;
        form.all_capitals = form.any_capital && !small && text.chars().nth(1).is_some();
        form.shape = shape.hash();
        form.brief = brief.hash();
        let ends = text.char_indices().skip(1).map(|(at, _)| at);
        let starts = text.char_indices().rev().map(|(at, _)| at);
        // Only true affixes, shorter than the word.
        for (length, (end, start)) in ends.zip(starts).take(AFFIX).enumerate() {
            let (prefix, suffix) = (text.get(..end).unwrap_or_default(), text.get(start..).unwrap_or_default());
            if let (Some(slot), Some(other)) = (form.prefixes.get_mut(length), form.suffixes.get_mut(length)) {
                *slot = hash::of(prefix.bytes());
                *other = hash::of(suffix.bytes());
            }
        }
        if let Some((left, right)) = word.lower.split_once('-').filter(|(left, _)| !left.is_empty()) {
            form.halves = [hash::of(left.bytes()), hash::of(right.bytes())];
        }
        form.look_up(word, lexicon);
        form
    }

    fn look_up(&mut self, word: &Word<'_>, lexicon: &Lexicon) {
        let bits = lexicon.classes(&word.lower);
        self.function = bits & class::FUNCTION != 0;
        self.particle = !self.any_capital && may_be_particle(word.text);
        let known = if self.letters { gazetteer::entry(self.lower) } else { Entry::default() };
        self.begins = known.begins();
        if let Some(number) = known.class() {
            for (class, cut) in self.classes.iter_mut().zip(CUTS) {
                *class = u64::from((number - 1) >> cut) + 1;
            }
        }
        self.facts = u64::from(known.facts());
        if lexicon.title(word.lower.trim_end_matches('.')).is_some() {
            self.facts |= 1 << 6;
        }
        self.facts |= u64::from(bits) << 8;
    }
}

/// The first signs of a word.
struct Signs<const MOST: usize> {
    signs: [u8; MOST],
    length: usize,
}

impl<const MOST: usize> Default for Signs<MOST> {
    fn default() -> Self {
        Self { signs: [0; MOST], length: 0 }
    }
}

impl<const MOST: usize> Signs<MOST> {
    fn push(&mut self, sign: u8) {
        if let Some(slot) = self.signs.get_mut(self.length) {
            *slot = sign;
            self.length += 1;
        }
    }

    fn last(&self) -> Option<u8> {
        self.signs.get(self.length.checked_sub(1)?).copied()
    }

    fn hash(&self) -> u64 {
        hash::of(self.signs.iter().copied().take(self.length))
    }
}

/// The forms of a whole article; equal words are looked at once.
pub(super) fn forms(words: &[Word<'_>], lexicon: &Lexicon) -> Vec<Form> {
    let mut seen: HashMap<&str, Form> = HashMap::with_capacity(words.len() / 2);
    words.iter().map(|word| *seen.entry(word.text).or_insert_with(|| Form::new(word, lexicon))).collect()
}
