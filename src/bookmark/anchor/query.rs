//! What is looked for: the words of a passage and around it, numbered like those of the text they are looked for in.

use unicode_normalization::char::is_combining_mark;

use super::super::passage::Quote;
use super::tokens::{Kind, Token, tokens};
use super::words::{Word, Words, base_weight, is_blank, rarity};
use crate::text::fold::is_invisible;
use crate::text::reading_time::is_unspaced;

/// One token of what is looked for.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Its number in the text; words that do not occur there have numbers of their own, above all others.
    pub(super) word: Word,
    /// What it weighs.
    pub(super) weight: f32,
    /// What it is; its range counts in prefix, passage and suffix written one after the other.
    pub(super) token: Token,
    /// Its folded spelling.
    pub(super) spelling: Box<str>,
}

/// A passage with its context, ready to be compared.
#[derive(Debug)]
pub(super) struct Query {
    /// The passage.
    pub(super) terms: Vec<Term>,
    /// The words before it, nearest first.
    pub(super) before: Vec<Term>,
    /// The words after it, nearest first.
    pub(super) after: Vec<Term>,
    /// What the passage weighs.
    pub(super) weight: f32,
    /// Whether a sentence began with it.
    pub(super) begins: bool,
    /// Whether a sentence ended with it.
    pub(super) ends: bool,
    /// Whether it is whole paragraphs.
    pub(super) paragraph: bool,
    /// How many blank lines are in it.
    pub(super) blanks: usize,
    /// Whether its edges lie inside of words.
    pub(super) torn: (bool, bool),
}

impl Query {
    /// Numbers the words of `quote` as `words` does.
    pub(super) fn new(quote: &Quote, words: &Words<'_>) -> Self {
        // Cut as one text, so that each part is cut as it was in its article.
        let all = [quote.prefix.as_str(), &quote.exact, &quote.suffix].concat();
        let (from, to) = (quote.prefix.len(), quote.prefix.len() + quote.exact.len());
        let (mut before, mut terms, mut after) = (Vec::new(), Vec::new(), Vec::new());
        let mut unknown = words.vocabulary() as Word;
        let mut strangers: Vec<(Box<str>, Word)> = Vec::new();
        let mut add = |token: Token, spelling: &str| {
            let word = words.word(spelling).unwrap_or_else(|| {
                let known = strangers.iter().find(|(other, _)| **other == *spelling).map(|(_, word)| *word);
                known.unwrap_or_else(|| {
                    unknown += 1;
                    if strangers.len() < MOST_STRANGERS {
                        strangers.push((spelling.into(), unknown));
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
        tokens(&all, &mut add);
        before.reverse();
        let weight = terms.iter().map(|term: &Term| term.weight).sum();
        let begins = terms.first().is_some_and(|term: &Term| term.token.initial);
        let ends = after.first().is_none_or(|term: &Term| term.token.initial);
        let paragraph = begins_paragraph(&quote.prefix) && ends_paragraph(&quote.suffix);
        let between = terms.windows(2).filter_map(|pair| match pair {
            [one, other] => all.get(one.token.range.end..other.token.range.start),
            _ => None,
        });
        let blanks = between.filter(|between| is_blank(between)).count();
        let torn = (is_torn(&quote.prefix, &quote.exact), is_torn(&quote.exact, &quote.suffix));
        Self { terms, before, after, weight, begins, ends, paragraph, blanks, torn }
    }

    /// The numbers of the solid words of the passage, or of all its tokens if it has no solid ones.
    pub(super) fn solid(&self) -> Vec<Word> {
        let solid: Vec<Word> = solid(&self.terms).map(|term| term.word).collect();
        if solid.is_empty() { self.terms.iter().map(|term| term.word).collect() } else { solid }
    }

    /// Whether nothing in it is a word.
    pub(super) fn has_no_words(&self) -> bool {
        solid(&self.terms).next().is_none()
    }
}

/// Words a text does not have are compared with each other up to here: it is quadratic, and beyond nothing depends on it.
const MOST_STRANGERS: usize = 200;

fn solid(terms: &[Term]) -> impl Iterator<Item = &Term> {
    terms.iter().filter(|term| term.token.kind != Kind::Mark)
}

/// Whether a word goes on from one to the other.
fn is_torn(before: &str, after: &str) -> bool {
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
    fn the_same_word_has_the_same_number_whether_the_text_has_it_or_not() {
        let words = Words::new("rents fell");
        let query = Query::new(&quote("the rents ", "Rents rose, rents rose", " again"), &words);
        let numbers: Vec<Word> = query.terms.iter().map(|term| term.word).collect();
        assert_eq!(numbers[0], words.word("rents").unwrap());
        assert_eq!((numbers[0], numbers[1]), (numbers[3], numbers[4]));
        assert!(numbers[1] > 1);
        assert_eq!(query.before.iter().map(|term| &*term.spelling).collect::<Vec<_>>(), ["rents", "the"]);
        assert_eq!(&*query.after[0].spelling, "again");
    }

    #[test]
    fn whole_paragraphs_and_torn_words_are_known() {
        let words = Words::new("");
        let of = |prefix: &str, exact: &str, suffix: &str| {
            let query = Query::new(&quote(prefix, exact, suffix), &words);
            (query.paragraph, query.torn)
        };
        assert_eq!(of("It is so. ", "Rents fell.", " Then"), (false, (false, false)));
        assert_eq!(of("It is so\n\n", "Rents fell", "\n\nThen"), (true, (false, false)));
        assert_eq!(of("that re", "nts fe", "ll"), (false, (true, true)));
        assert_eq!(of("that re\u{ad}", "\u{ad}nts fell\u{ad}", "\u{200b} so"), (false, (true, false)));
        assert_eq!(of("", "Rents", ""), (true, (false, false)));
    }
}
