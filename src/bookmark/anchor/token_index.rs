//! The tokens of a text as word ids, with their weights; built once for all bookmarks of an article.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::tokens::{Token, TokenKind, tokenize};
use crate::article::TextRange;

/// The id of a spelling; the same in everything that is compared with one text.
pub(super) type WordId = u32;

/// Weights before rarity: a different name or number changes what a sentence says, a different comma does not. Values
/// of the 2026-11 trial (measured on real revisions), kept after measuring others here.
mod base {
    pub(super) const PUNCTUATION: f32 = 0.15;
    /// Words of at most [`SHORT_LENGTH`] letters: mostly articles, pronouns, prepositions.
    pub(super) const SHORT: f32 = 0.5;
    pub(super) const SHORT_LENGTH: usize = 3;
    pub(super) const PLAIN: f32 = 1.0;
    pub(super) const NAME: f32 = 1.6;
    pub(super) const NUMBER: f32 = 2.0;
    /// A grapheme of a script without spaces; 1.6 ideographs are a word (see `text::reading_time`).
    pub(super) const GRAPHEME: f32 = 0.6;
}

/// How fast the weight of a word falls with its frequency; from the trial, as above.
const COMMONNESS: f32 = 0.35;

/// A text as a sequence of word ids.
#[derive(Debug)]
pub(super) struct TokenIndex<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    sequence: Vec<WordId>,
    weights: Vec<f32>,
    ids: HashMap<Box<str>, WordId, RandomState>,
    counts: Vec<u32>,
    spellings: Spellings,
    /// The occurrences of word `w` begin at `starts[w]` in `occurrences`.
    starts: Vec<u32>,
    occurrences: Vec<u32>,
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

    fn get(&self, word: WordId) -> Option<&str> {
        let word = word as usize;
        let start = word.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.letters.get(start..*self.ends.get(word)?)
    }
}

/// Whether there is a blank line in the text between two tokens.
pub(super) fn is_blank(between: &str) -> bool {
    between.matches('\n').count() > 1
}

impl<'a> TokenIndex<'a> {
    /// Indexes `text`, in two passes.
    pub(super) fn new(text: &'a str) -> Self {
        let mut this = Self {
            text,
            tokens: Vec::with_capacity(text.len() / 5),
            sequence: Vec::with_capacity(text.len() / 5),
            weights: Vec::new(),
            ids: HashMap::default(),
            counts: Vec::new(),
            spellings: Spellings::default(),
            starts: Vec::new(),
            occurrences: Vec::new(),
        };
        tokenize(text, |token, spelling| {
            let word = this.ids.get(spelling).copied().unwrap_or_else(|| {
                let word = this.counts.len() as WordId;
                this.ids.insert(spelling.into(), word);
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
        this.sort_occurrences();
        this
    }

    /// Groups the occurrences by word, with a counting sort.
    fn sort_occurrences(&mut self) {
        let mut next = Vec::with_capacity(self.counts.len() + 1);
        let mut sum = 0;
        for count in &self.counts {
            next.push(sum);
            sum += count;
        }
        next.push(sum);
        self.starts.clone_from(&next);
        self.occurrences = vec![0; self.sequence.len()];
        for (at, word) in self.sequence.iter().enumerate() {
            if let Some(next) = next.get_mut(*word as usize) {
                if let Some(place) = self.occurrences.get_mut(*next as usize) {
                    *place = at as u32;
                }
                *next += 1;
            }
        }
    }

    /// Whether a blank line precedes the token.
    pub(super) fn begins_block(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let between = before.zip(self.tokens.get(at)).map(|(one, other)| one.range.end..other.range.start);
        between.and_then(|range| self.text.get(range)).is_some_and(is_blank)
    }

    /// The text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.sequence.len()
    }

    /// The word id of each token.
    pub(super) fn ids(&self) -> &[WordId] {
        &self.sequence
    }

    /// The tokens.
    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The weight of each token.
    pub(super) fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// The number of different words.
    pub(super) fn vocabulary(&self) -> usize {
        self.counts.len()
    }

    /// The id of `spelling`, if it occurs.
    pub(super) fn id_of(&self, spelling: &str) -> Option<WordId> {
        self.ids.get(spelling).copied()
    }

    /// The folded spelling of a word.
    pub(super) fn spelling(&self, word: WordId) -> &str {
        self.spellings.get(word).unwrap_or_default()
    }

    /// How often a word occurs.
    pub(super) fn count(&self, word: WordId) -> u32 {
        self.counts.get(word as usize).copied().unwrap_or(0)
    }

    /// The tokens that are this word, in order.
    pub(super) fn occurrences(&self, word: WordId) -> &[u32] {
        let edge = |word: usize| self.starts.get(word).map(|start| *start as usize);
        let (Some(start), Some(end)) = (edge(word as usize), edge(word as usize + 1)) else { return &[] };
        self.occurrences.get(start..end).unwrap_or_default()
    }

    /// The bytes of the tokens `from..to`; none if that is empty.
    pub(super) fn range(&self, from: usize, to: usize) -> Option<TextRange> {
        let (first, last) = (self.tokens.get(from)?, self.tokens.get(to.checked_sub(1)?)?);
        (from < to).then(|| TextRange::new(first.range.start, last.range.end))
    }

    /// Whether a sentence or paragraph begins with token `at`; true at the end of the text as well.
    pub(super) fn sentence_begins(&self, at: usize) -> bool {
        let (Some(before), Some(token)) = (at.checked_sub(1).and_then(|at| self.tokens.get(at)), self.tokens.get(at))
        else {
            return true;
        };
        let blank = before.range.end < token.range.start;
        token.starts_sentence && (blank || token.is_content() && !before.is_content())
    }

    /// The tokens that overlap the bytes `range`, as `(from, to)`.
    pub(super) fn tokens_in(&self, range: TextRange) -> (usize, usize) {
        let from = self.tokens.partition_point(|token| token.range.end <= range.start);
        let to = self.tokens.partition_point(|token| token.range.start < range.end);
        (from, to.max(from))
    }
}

/// The factor by which a word's frequency lowers its weight.
pub(super) fn rarity(count: u32) -> f32 {
    1.0 / (1.0 + COMMONNESS * (count.max(1) as f32).ln())
}

/// The weight of a token that occurs once.
pub(super) fn base_weight(token: &Token) -> f32 {
    match token.kind {
        TokenKind::Punctuation => base::PUNCTUATION,
        _ if token.in_address => base::PUNCTUATION,
        TokenKind::Number => base::NUMBER,
        TokenKind::Grapheme => base::GRAPHEME,
        TokenKind::Word if token.has_capital && !token.starts_sentence => base::NAME,
        TokenKind::Word if token.range.len() <= base::SHORT_LENGTH => base::SHORT,
        TokenKind::Word => base::PLAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_ids_counts_and_occurrences() {
        let words = TokenIndex::new("The cat saw the dog. THE END");
        let the = words.id_of("the").unwrap();
        assert_eq!((words.count(the), words.occurrences(the), words.spelling(the)), (3, &[0, 3, 6][..], "the"));
        assert_eq!(words.id_of("bird"), None);
        assert_eq!(words.occurrences(999), &[] as &[u32]);
        assert_eq!(words.len(), 8);
        assert_eq!(words.range(1, 3), Some(TextRange::new(4, 11)));
        assert_eq!(words.range(1, 1), None);
        assert_eq!(words.tokens_in(TextRange::new(5, 9)), (1, 3));
        let begins: Vec<usize> = (0..=words.len()).filter(|at| words.sentence_begins(*at)).collect();
        assert_eq!(begins, [0, 6, 8]);
    }

    #[test]
    fn rare_words_names_and_numbers_are_heavy() {
        let words = TokenIndex::new("a harbour in Lisbon had 12 of the ships, the ships, the ships");
        let weight = |spelling: &str| {
            let place = words.occurrences(words.id_of(spelling).unwrap())[0] as usize;
            words.weights()[place]
        };
        assert!(weight("12") > weight("lisbon") && weight("lisbon") > weight("harbour"));
        assert!(weight("harbour") > weight("ships") && weight("ships") > weight("the") && weight("the") > weight(","));
    }
}
