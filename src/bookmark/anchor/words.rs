//! The words of a text as numbers, with their weights: made once for all bookmarks of an article.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::tokens::{Kind, Token, tokens};
use crate::article::TextRange;

/// The number of a spelling; the same in everything that is compared with one text.
pub(super) type Word = u32;

/// What a token weighs before its rarity: a swapped name or number changes what a sentence says, a swapped comma does
/// not. Values of the trial in 2026-11 (measured on real revisions), kept after measuring others here.
mod base {
    pub(super) const MARK: f32 = 0.15;
    /// Words of at most [`SHORT_LENGTH`] letters: mostly articles, pronouns, prepositions.
    pub(super) const SHORT: f32 = 0.5;
    pub(super) const SHORT_LENGTH: usize = 3;
    pub(super) const PLAIN: f32 = 1.0;
    pub(super) const NAME: f32 = 1.6;
    pub(super) const NUMBER: f32 = 2.0;
    /// A grapheme of a script without spaces; 1.6 ideographs are a word (see `text::reading_time`).
    pub(super) const SIGN: f32 = 0.6;
}

/// How fast a word gets lighter with the times it occurs; from the trial, as above.
const COMMONNESS: f32 = 0.35;

/// A text cut into numbered tokens.
#[derive(Debug)]
pub(super) struct Words<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    sequence: Vec<Word>,
    weights: Vec<f32>,
    numbers: HashMap<Box<str>, Word, RandomState>,
    counts: Vec<u32>,
    spellings: Spellings,
    /// Of word number `w`, the places begin at `starts[w]` in `places`.
    starts: Vec<u32>,
    places: Vec<u32>,
}

/// All spellings in one string.
#[derive(Debug, Default)]
struct Spellings {
    letters: String,
    ends: Vec<usize>,
}

impl Spellings {
    fn push(&mut self, spelling: &str) {
        self.letters.push_str(spelling);
        self.ends.push(self.letters.len());
    }

    fn get(&self, word: Word) -> Option<&str> {
        let word = word as usize;
        let start = word.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.letters.get(start..*self.ends.get(word)?)
    }
}

/// Whether there is a blank line in what is between two tokens.
pub(super) fn is_blank(between: &str) -> bool {
    between.matches('\n').count() > 1
}

impl<'a> Words<'a> {
    /// Cuts `text`; two passes over it.
    pub(super) fn new(text: &'a str) -> Self {
        let mut this = Self {
            text,
            tokens: Vec::with_capacity(text.len() / 5),
            sequence: Vec::with_capacity(text.len() / 5),
            weights: Vec::new(),
            numbers: HashMap::default(),
            counts: Vec::new(),
            spellings: Spellings::default(),
            starts: Vec::new(),
            places: Vec::new(),
        };
        tokens(text, |token, spelling| {
            let word = this.numbers.get(spelling).copied().unwrap_or_else(|| {
                let word = this.counts.len() as Word;
                this.numbers.insert(spelling.into(), word);
                this.counts.push(0);
                this.spellings.push(spelling);
                word
            });
            if let Some(count) = this.counts.get_mut(word as usize) {
                *count += 1;
            }
            this.tokens.push(token);
            this.sequence.push(word);
        });
        let rarity: Vec<f32> = this.counts.iter().map(|count| rarity(*count)).collect();
        let pairs = this.tokens.iter().zip(&this.sequence);
        this.weights =
            pairs.map(|(token, word)| base_weight(token) * rarity.get(*word as usize).unwrap_or(&1.0)).collect();
        this.place();
        this
    }

    /// Sorts the places by word: counting sort.
    fn place(&mut self) {
        let mut next = Vec::with_capacity(self.counts.len() + 1);
        let mut sum = 0;
        for count in &self.counts {
            next.push(sum);
            sum += count;
        }
        next.push(sum);
        self.starts.clone_from(&next);
        self.places = vec![0; self.sequence.len()];
        for (at, word) in self.sequence.iter().enumerate() {
            if let Some(next) = next.get_mut(*word as usize) {
                if let Some(place) = self.places.get_mut(*next as usize) {
                    *place = at as u32;
                }
                *next += 1;
            }
        }
    }

    /// Whether a blank line is before the token.
    pub(super) fn begins_block(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let between = before.zip(self.tokens.get(at)).map(|(one, other)| one.range.end..other.range.start);
        between.and_then(|range| self.text.get(range)).is_some_and(is_blank)
    }

    /// The text that was cut.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.sequence.len()
    }

    /// The number of each token's spelling.
    pub(super) fn words(&self) -> &[Word] {
        &self.sequence
    }

    /// The tokens.
    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// What each token weighs.
    pub(super) fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// How many spellings there are.
    pub(super) fn vocabulary(&self) -> usize {
        self.counts.len()
    }

    /// The number of `spelling`, if it occurs.
    pub(super) fn word(&self, spelling: &str) -> Option<Word> {
        self.numbers.get(spelling).copied()
    }

    /// How word number `word` is spelt.
    pub(super) fn spelling(&self, word: Word) -> &str {
        self.spellings.get(word).unwrap_or_default()
    }

    /// How often it occurs.
    pub(super) fn count(&self, word: Word) -> u32 {
        self.counts.get(word as usize).copied().unwrap_or(0)
    }

    /// The tokens that are word number `word`, in order.
    pub(super) fn places(&self, word: Word) -> &[u32] {
        let edge = |word: usize| self.starts.get(word).map(|start| *start as usize);
        let (Some(start), Some(end)) = (edge(word as usize), edge(word as usize + 1)) else { return &[] };
        self.places.get(start..end).unwrap_or_default()
    }

    /// The bytes from the first to the last of the tokens `from..to`; none if there is none.
    pub(super) fn range(&self, from: usize, to: usize) -> Option<TextRange> {
        let (first, last) = (self.tokens.get(from)?, self.tokens.get(to.checked_sub(1)?)?);
        (from < to).then(|| TextRange::new(first.range.start, last.range.end))
    }

    /// Whether a sentence or paragraph begins with token `at`; the end of the text counts too.
    pub(super) fn sentence_begins(&self, at: usize) -> bool {
        let (Some(before), Some(token)) = (at.checked_sub(1).and_then(|at| self.tokens.get(at)), self.tokens.get(at))
        else {
            return true;
        };
        let blank = before.range.end < token.range.start;
        token.initial && (blank || token.is_solid() && !before.is_solid())
    }

    /// The tokens that touch the bytes `range`, as `(from, to)`.
    pub(super) fn tokens_in(&self, range: TextRange) -> (usize, usize) {
        let from = self.tokens.partition_point(|token| token.range.end <= range.start);
        let to = self.tokens.partition_point(|token| token.range.start < range.end);
        (from, to.max(from))
    }
}

/// What rarity makes of a weight.
pub(super) fn rarity(count: u32) -> f32 {
    1.0 / (1.0 + COMMONNESS * (count.max(1) as f32).ln())
}

/// What a token weighs if it occurs once.
pub(super) fn base_weight(token: &Token) -> f32 {
    match token.kind {
        Kind::Mark => base::MARK,
        _ if token.address => base::MARK,
        Kind::Number => base::NUMBER,
        Kind::Sign => base::SIGN,
        Kind::Word if token.capital && !token.initial => base::NAME,
        Kind::Word if token.range.len() <= base::SHORT_LENGTH => base::SHORT,
        Kind::Word => base::PLAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_numbers_counts_and_places() {
        let words = Words::new("The cat saw the dog. THE END");
        let the = words.word("the").unwrap();
        assert_eq!((words.count(the), words.places(the), words.spelling(the)), (3, &[0, 3, 6][..], "the"));
        assert_eq!(words.word("bird"), None);
        assert_eq!(words.places(999), &[] as &[u32]);
        assert_eq!(words.len(), 8);
        assert_eq!(words.range(1, 3), Some(TextRange::new(4, 11)));
        assert_eq!(words.range(1, 1), None);
        assert_eq!(words.tokens_in(TextRange::new(5, 9)), (1, 3));
        let begins: Vec<usize> = (0..=words.len()).filter(|at| words.sentence_begins(*at)).collect();
        assert_eq!(begins, [0, 6, 8]);
    }

    #[test]
    fn rare_words_names_and_numbers_are_heavy() {
        let words = Words::new("a harbour in Lisbon had 12 of the ships, the ships, the ships");
        let weight = |spelling: &str| {
            let place = words.places(words.word(spelling).unwrap())[0] as usize;
            words.weights()[place]
        };
        assert!(weight("12") > weight("lisbon") && weight("lisbon") > weight("harbour"));
        assert!(weight("harbour") > weight("ships") && weight("ships") > weight("the") && weight("the") > weight(","));
    }
}
