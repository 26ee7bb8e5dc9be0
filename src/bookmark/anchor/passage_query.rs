//! A passage and its context as word ids of the text that is searched.

use unicode_normalization::char::is_combining_mark;

use super::super::passage::Quote;
use super::token_index::{TokenIndex, WordId, base_weight, is_blank, rarity};
use super::tokens::{Token, TokenKind, tokenize};
use crate::text::fold::is_invisible;
use crate::text::reading_time::is_unspaced;

/// One token of a query.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Its id in the text; words that do not occur there have ids of their own, above all others.
    pub(super) word: WordId,
    /// Its weight.
    pub(super) weight: f32,
    /// The token; its range refers to prefix, passage and suffix concatenated.
    pub(super) token: Token,
    /// Its folded spelling.
    pub(super) spelling: Box<str>,
}

/// A passage with its context, ready for comparison.
#[derive(Debug)]
pub(super) struct PassageQuery {
    /// The tokens of the passage.
    pub(super) terms: Vec<Term>,
    /// The words before it, nearest first.
    pub(super) before: Vec<Term>,
    /// The words after it, nearest first.
    pub(super) after: Vec<Term>,
    /// The weight of the passage.
    pub(super) weight: f32,
    /// Whether a sentence began with it.
    pub(super) begins: bool,
    /// Whether a sentence ended with it.
    pub(super) ends: bool,
    /// Whether it consists of whole paragraphs.
    pub(super) paragraph: bool,
    /// How many blank lines are in it.
    pub(super) blanks: usize,
    /// Whether its first and its last edge lie within a word.
    pub(super) cuts_words: (bool, bool),
}

impl PassageQuery {
    /// Looks up the words of `quote` in the text that `words` indexes.
    pub(super) fn new(quote: &Quote, words: &TokenIndex<'_>) -> Self {
        // Tokenized as one text, so that each part is split as in its article.
        let all = [quote.prefix.as_str(), &quote.exact, &quote.suffix].concat();
        let (from, to) = (quote.prefix.len(), quote.prefix.len() + quote.exact.len());
        let (mut before, mut terms, mut after) = (Vec::new(), Vec::new(), Vec::new());
        let mut unknown = words.vocabulary() as WordId;
        let mut unknown_words: Vec<(Box<str>, WordId)> = Vec::new();
        let mut add = |token: Token, spelling: &str| {
            let word = words.id_of(spelling).unwrap_or_else(|| {
                let known = unknown_words.iter().find(|(other, _)| **other == *spelling).map(|(_, word)| *word);
                known.unwrap_or_else(|| {
                    unknown += 1;
                    if unknown_words.len() < MAX_UNKNOWN_WORDS {
                        unknown_words.push((spelling.into(), unknown));
                    }
                    unknown
                })
            });
            let weight = base_weight(&token) * rarity(words.count(word));
            let term = Term { word, weight, token, spelling: spelling.into() };
            if token.range.end <= from {
                before.push(term);
            } else if token.range.start >= to {
                after.push(term);
            } else {
                terms.push(term);
            }
        };
        tokenize(&all, &mut add);
        before.reverse();
        let weight = terms.iter().map(|term: &Term| term.weight).sum();
        let begins = terms.first().is_some_and(|term: &Term| term.token.starts_sentence);
        let ends = after.first().is_none_or(|term: &Term| term.token.starts_sentence);
        let paragraph = begins_paragraph(&quote.prefix) && ends_paragraph(&quote.suffix);
        let between = terms.windows(2).filter_map(|pair| match pair {
            [one, other] => all.get(one.token.range.end..other.token.range.start),
            _ => None,
        });
        let blanks = between.filter(|between| is_blank(between)).count();
        let cuts_words = (is_within_word(&quote.prefix, &quote.exact), is_within_word(&quote.exact, &quote.suffix));
        Self { terms, before, after, weight, begins, ends, paragraph, blanks, cuts_words }
    }

    /// The ids of the passage's content words, or of all its tokens if it has none.
    pub(super) fn content_words(&self) -> Vec<WordId> {
        let content: Vec<WordId> = content_terms(&self.terms).map(|term| term.word).collect();
        if content.is_empty() { self.terms.iter().map(|term| term.word).collect() } else { content }
    }

    /// Whether it is punctuation only.
    pub(super) fn has_no_words(&self) -> bool {
        content_terms(&self.terms).next().is_none()
    }
}

/// How many unknown words get an id that they share with their repetitions; the lookup is quadratic, and beyond this
/// nothing depends on it.
const MAX_UNKNOWN_WORDS: usize = 200;

fn content_terms(terms: &[Term]) -> impl Iterator<Item = &Term> {
    terms.iter().filter(|term| term.token.kind != TokenKind::Punctuation)
}

/// Whether a word continues from `before` into `after`.
fn is_within_word(before: &str, after: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() && !is_unspaced(c);
    let last = before.chars().rev().find(|c| !is_combining_mark(*c) && !is_invisible(*c));
    let first = after.chars().find(|c| !is_invisible(*c));
    last.is_some_and(is_letter) && first.is_some_and(is_letter)
}

/// Whether a paragraph begins after these words.
pub(super) fn begins_paragraph(before: &str) -> bool {
    let trimmed = before.trim_end();
    trimmed.is_empty() || before.get(trimmed.len()..).is_some_and(|blank| blank.contains('\n'))
}

/// Whether a paragraph ends before these words.
pub(super) fn ends_paragraph(after: &str) -> bool {
    let trimmed = after.trim_start();
    trimmed.is_empty() || after.get(..after.len() - trimmed.len()).is_some_and(|blank| blank.contains('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(prefix: &str, exact: &str, suffix: &str) -> Quote {
        Quote { prefix: prefix.into(), exact: exact.into(), suffix: suffix.into() }
    }

    #[test]
    fn the_same_word_has_the_same_id_whether_the_text_has_it_or_not() {
        let words = TokenIndex::new("rents fell");
        let query = PassageQuery::new(&quote("the rents ", "Rents rose, rents rose", " again"), &words);
        let numbers: Vec<WordId> = query.terms.iter().map(|term| term.word).collect();
        assert_eq!(numbers[0], words.id_of("rents").unwrap());
        assert_eq!((numbers[0], numbers[1]), (numbers[3], numbers[4]));
        assert!(numbers[1] > 1);
        assert_eq!(query.before.iter().map(|term| &*term.spelling).collect::<Vec<_>>(), ["rents", "the"]);
        assert_eq!(&*query.after[0].spelling, "again");
    }

    #[test]
    fn whole_paragraphs_and_cut_words_are_recognised() {
        let words = TokenIndex::new("");
        let of = |prefix: &str, exact: &str, suffix: &str| {
            let query = PassageQuery::new(&quote(prefix, exact, suffix), &words);
            (query.paragraph, query.cuts_words)
        };
        assert_eq!(of("It is so. ", "Rents fell.", " Then"), (false, (false, false)));
        assert_eq!(of("It is so\n\n", "Rents fell", "\n\nThen"), (true, (false, false)));
        assert_eq!(of("that re", "nts fe", "ll"), (false, (true, true)));
        assert_eq!(of("that re\u{ad}", "\u{ad}nts fell\u{ad}", "\u{200b} so"), (false, (true, false)));
        assert_eq!(of("", "Rents", ""), (true, (false, false)));
    }
}
