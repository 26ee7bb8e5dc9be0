//! Detects edits that may change what a passage says: another number, another name, a "not" more or less.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::passage_query::PassageQuery;
use super::token_index::{TokenIndex, WordId};
use super::tokens::{Token, TokenKind};

/// Numbers, ordinals and multiples in the languages most likely to be read here, and signs for units.
const NUMBERS: [&str; 93] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "dozen",
    "dozens",
    "half",
    "third",
    "quarter",
    "first",
    "second",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "once",
    "twice",
    "double",
    "triple",
    "both",
    "single",
    "several",
    "%",
    "$",
    "€",
    "£",
    "¥",
    "°",
    "percent",
    "mn",
    "bn",
    "m",
    "k",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "hundert",
    "tausend",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "dix",
    "cent",
    "mille",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "mil",
];

/// Words that deny, in the same languages; forms with an apostrophe ("don't") are known by their ending.
const NEGATIONS: [&str; 54] = [
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot", "non",
    "hardly", "scarcely", "barely", "unless", "except", "dont", "doesnt", "didnt", "isnt", "wasnt", "wont", "cant",
    "nicht", "kein", "keine", "keinen", "keiner", "nie", "niemals", "niemand", "nichts", "ohne", "weder", "pas", "ne",
    "jamais", "sans", "aucun", "aucune", "rien", "ni", "nunca", "sin", "ningún", "ninguna", "nadie", "mai", "senza",
    "não", "sem", "niet", "geen",
];

/// Words that are not names when capitalised at the start of a sentence: articles, pronouns, prepositions and so on.
const OPENERS: [&str; 105] = [
    "a",
    "about",
    "above",
    "after",
    "again",
    "all",
    "also",
    "although",
    "an",
    "and",
    "another",
    "any",
    "as",
    "at",
    "because",
    "before",
    "below",
    "besides",
    "between",
    "but",
    "by",
    "during",
    "each",
    "every",
    "few",
    "finally",
    "for",
    "from",
    "further",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "indeed",
    "instead",
    "into",
    "is",
    "it",
    "its",
    "just",
    "later",
    "like",
    "many",
    "meanwhile",
    "moreover",
    "most",
    "much",
    "my",
    "nevertheless",
    "now",
    "of",
    "on",
    "only",
    "or",
    "other",
    "our",
    "over",
    "perhaps",
    "she",
    "since",
    "so",
    "some",
    "still",
    "such",
    "than",
    "that",
    "the",
    "their",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "thus",
    "to",
    "too",
    "under",
    "until",
    "up",
    "we",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whose",
    "why",
    "with",
    "yet",
    "you",
    "your",
];

/// Whether the tokens `from..to` differ from the passage in their numbers, names or negations, or in the order of
/// these.
///
/// A word that is a name in one is a name in both. At the start of a sentence and in scripts without capitals a name
/// looks like any other word, so there every changed word counts: marking too much is the lesser evil.
pub(super) fn changes_meaning(query: &PassageQuery, words: &TokenIndex<'_>, from: usize, to: usize) -> bool {
    differ(query, words, (from, to), |token, spelling| {
        is_number_or_name(token, spelling) || is_negation(token, spelling)
    })
}

/// The same for numbers and names only: then the text is about something else.
pub(super) fn is_about_something_else(query: &PassageQuery, words: &TokenIndex<'_>, from: usize, to: usize) -> bool {
    differ(query, words, (from, to), is_number_or_name)
}

fn differ(
    query: &PassageQuery,
    words: &TokenIndex<'_>,
    (from, to): (usize, usize),
    is_significant: impl Fn(&Token, &str) -> bool,
) -> bool {
    let here = || {
        let tokens = words.tokens().get(from..to).unwrap_or_default();
        tokens.iter().zip(words.ids().get(from..to).unwrap_or_default())
    };
    let mut significant: HashSet<WordId, RandomState> = HashSet::default();
    significant
        .extend(query.terms.iter().filter(|term| is_significant(&term.token, &term.spelling)).map(|term| term.word));
    significant
        .extend(here().filter(|(token, word)| is_significant(token, words.spelling(**word))).map(|(_, word)| *word));
    let old = query.terms.iter().map(|term| term.word).filter(|word| significant.contains(word));
    let new = here().map(|(_, word)| *word).filter(|word| significant.contains(word));
    !old.eq(new)
}

/// The lists as sets, since every word of every passage is looked up.
static NUMBER: LazyLock<Set> = LazyLock::new(|| NUMBERS.into_iter().collect());
static NEGATION: LazyLock<Set> = LazyLock::new(|| NEGATIONS.into_iter().collect());
static OPENER: LazyLock<Set> = LazyLock::new(|| OPENERS.into_iter().collect());

type Set = HashSet<&'static str, RandomState>;

fn is_negation(token: &Token, spelling: &str) -> bool {
    token.kind == TokenKind::Word && (NEGATION.contains(spelling) || spelling.ends_with("n't"))
}

fn is_number_or_name(token: &Token, spelling: &str) -> bool {
    match token.kind {
        TokenKind::Number | TokenKind::Grapheme => true,
        _ if NUMBER.contains(spelling) => true,
        TokenKind::Punctuation => false,
        TokenKind::Word if token.has_capital && token.starts_sentence => !OPENER.contains(spelling),
        TokenKind::Word => {
            // "I" and "I'm" are not names.
            let is_i = spelling == "i" || spelling.starts_with("i'");
            token.has_capital && !is_i || token.is_caseless
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmark::Quote;

    fn changed(old: &str, new: &str) -> bool {
        let words = TokenIndex::new(new);
        let query = PassageQuery::new(&Quote { exact: old.into(), ..Quote::default() }, &words);
        changes_meaning(&query, &words, 0, words.len())
    }

    #[test]
    fn numbers_names_and_negations_are_noticed() {
        for (old, new) in [
            ("It cost $5 in all.", "It cost $6 in all."),
            ("It cost $5 in all.", "It cost €5 in all."),
            ("It cost five in all.", "It cost six in all."),
            ("It fell 2.5 percent.", "It fell 25 percent."),
            ("So said Ana Reed.", "So said Ann Reed."),
            ("Alice said so.", "Bob said so."),
            ("Smith said so.", "The board said so."),
            ("So Smith beat Jones.", "So Jones beat Smith."),
            ("It will pass.", "It will not pass."),
            ("They did not go.", "They did go."),
            ("They do go.", "They don't go."),
            ("In March it fell.", "In May it fell."),
            ("总统说好", "总理说好"),
            ("قال نعم", "قال لا"),
        ] {
            assert!(changed(old, new), "{old} {new}");
        }
    }

    #[test]
    fn other_edits_do_not_change_the_meaning() {
        for (old, new) in [
            ("It cost $5 in all.", "It cost some $5 in total."),
            ("The board said so.", "A board said so."),
            ("“So said Ana Reed”", "\"so said ana reed\""),
            ("The end. It was so.", "The end; it was so."),
        ] {
            assert!(!changed(old, new), "{old} {new}");
        }
    }
}
