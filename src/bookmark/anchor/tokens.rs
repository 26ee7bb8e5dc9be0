//! Splits a text into the tokens that anchoring compares, each with its range and its folded spelling.
//!
//! Differences of layout and typography disappear here: white space is never part of a token, so paragraphs that were
//! run together come apart again; letter case, styles of quotes and dashes, and invisible characters are removed by
//! folding ([`crate::text::fold`]). Scripts without spaces have one token per grapheme. Tokens keep their ranges in the
//! source.

use unicode_normalization::char::is_combining_mark;

use crate::article::TextRange;
use crate::text::fold::{fold, is_invisible, joins};
use crate::text::reading_time::is_unspaced;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Punctuation, a symbol, an emoji.
    Punctuation,
    /// Letters.
    Word,
    /// Whatever has a digit in it.
    Number,
    /// A grapheme of a script without spaces.
    Grapheme,
}

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that have nothing to do with each other")]
pub(super) struct Token {
    /// Its bytes in the source.
    pub(super) range: TextRange,
    /// What it is.
    pub(super) kind: TokenKind,
    /// Whether it contains a capital letter.
    pub(super) has_capital: bool,
    /// Whether it starts a sentence, so that a capital means nothing.
    pub(super) starts_sentence: bool,
    /// Whether it is part of a web address, which as a whole weighs no more than a word or two.
    pub(super) in_address: bool,
    /// Whether its script has no capitals, so that a name looks like any other word.
    pub(super) is_caseless: bool,
}

impl Token {
    /// Whether it is anything but punctuation.
    pub(super) fn is_content(&self) -> bool {
        self.kind != TokenKind::Punctuation
    }
}

/// Longest word, in visible characters; longer ones are split, so that a hostile text costs no more than its length.
const LONGEST: usize = 80;

/// Calls `each` with every token of `text` and its folded spelling, in order.
pub(super) fn tokenize(text: &str, mut each: impl FnMut(Token, &str)) {
    let mut spelling = String::new();
    let mut starts_sentence = true;
    let mut address = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        if first.is_whitespace() || is_invisible(first) {
            starts_sentence |= first == '\n';
            at += first.len_utf8();
            continue;
        }
        if first == 'h' && at >= address && (rest.starts_with("https://") || rest.starts_with("http://")) {
            address = at + rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
        }
        let (length, kind) = measure(rest, first);
        let words = rest.get(..length).unwrap_or_default();
        spell(words, kind, &mut spelling);
        let has_capital = kind != TokenKind::Punctuation && words.chars().any(char::is_uppercase);
        let is_caseless = kind == TokenKind::Grapheme
            || kind == TokenKind::Word
                && !words.is_ascii()
                && !words.chars().any(|c| c.is_lowercase() || c.is_uppercase());
        let range = TextRange::new(at, at + length);
        if !spelling.is_empty() {
            each(Token { range, kind, has_capital, starts_sentence, in_address: at < address, is_caseless }, &spelling);
        }
        starts_sentence = match kind {
            TokenKind::Punctuation => {
                starts_sentence || matches!(first, '.' | '!' | '?' | ':' | '…' | '•' | '*' | '#' | '。' | '！' | '？')
            }
            _ => false,
        };
        at += length;
    }
}

/// The length in bytes and the kind of the token at the start of `rest`.
fn measure(rest: &str, first: char) -> (usize, TokenKind) {
    if is_unspaced(first) && first.is_alphanumeric() {
        let kind = if first.is_numeric() { TokenKind::Number } else { TokenKind::Grapheme };
        return (first.len_utf8() + tail(rest, first, |c| is_mark(c) || joins(c)), kind);
    }
    if first.is_alphanumeric() {
        return word(rest);
    }
    if is_dash(first) {
        return (first.len_utf8() + tail(rest, first, is_dash), TokenKind::Punctuation);
    }
    if matches!(first, '.' | '\'' | '`' | '’' | '‘') {
        return (first.len_utf8() + tail(rest, first, |c| c == first), TokenKind::Punctuation);
    }
    // An emoji may be several characters with joiners between them.
    let mut end = first.len_utf8();
    let mut joined = false;
    for c in rest.chars().skip(1) {
        if !(joined || !c.is_ascii() && (is_mark(c) || joins(c) || matches!(c, '\u{1f3fb}'..='\u{1f3ff}'))) {
            break;
        }
        joined = c == '\u{200d}';
        end += c.len_utf8();
    }
    (end, TokenKind::Punctuation)
}

fn tail(rest: &str, first: char, belongs: impl Fn(char) -> bool) -> usize {
    let rest = rest.get(first.len_utf8()..).unwrap_or_default();
    rest.chars().take(LONGEST).take_while(|c| belongs(*c)).map(char::len_utf8).sum()
}

/// Whether a sign is an ideograph or a syllable without another form.
fn is_plain_sign(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{0E01}'..='\u{0E30}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
}

/// The length and kind of the word or number at the start of `rest`. A capital after a small letter or a digit begins a
/// new word (`endThe`), so that paragraphs run together come apart; names like `GitHub` are split in both texts alike.
fn word(rest: &str) -> (usize, TokenKind) {
    let mut kind = TokenKind::Word;
    let mut before = ' ';
    let (mut length, mut end) = (0, 0);
    let mut chars = rest.chars().peekable();
    let mut letters = 0;
    while letters < LONGEST
        && let Some(c) = chars.next()
    {
        let next = || chars.clone().find(|c| !is_invisible(*c)).unwrap_or(' ');
        let inside = if c.is_alphanumeric() {
            let begins = c.is_uppercase() && (before.is_lowercase() || before.is_numeric()) && next().is_lowercase();
            !is_unspaced(c) && !begins
        } else if is_apostrophe(c) {
            before.is_alphabetic() && next().is_alphabetic()
        } else if matches!(c, '.' | ',') {
            before.is_numeric() && next().is_numeric()
        } else {
            is_mark(c) || is_invisible(c)
        };
        if !inside {
            break;
        }
        if c.is_numeric() {
            kind = TokenKind::Number;
        }
        length += c.len_utf8();
        // Invisible characters belong to a word only within it: a passage may end with the last letter.
        if !is_invisible(c) {
            before = c;
            end = length;
            letters += 1;
        }
    }
    (end, kind)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

/// Writes the folded spelling of a token into `spelling`.
fn spell(words: &str, kind: TokenKind, spelling: &mut String) {
    spelling.clear();
    // Folding is slow, and most tokens fold to themselves.
    if words.is_ascii() && !words.contains('`') {
        spelling.push_str(words);
        spelling.make_ascii_lowercase();
    } else if kind == TokenKind::Grapheme && words.chars().all(is_plain_sign) {
        spelling.push_str(words);
    } else {
        spelling.push_str(fold(words).trim());
    }
    if kind == TokenKind::Punctuation {
        // Typewriter style: two hyphens for a dash, two apostrophes for a quotation mark.
        let run = |c: char| spelling.len() > 1 && spelling.chars().all(|other| other == c);
        if run('-') {
            spelling.truncate(1);
        } else if run('\'') {
            spelling.replace_range(.., "\"");
        } else if run('.') {
            spelling.replace_range(.., "...");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spelt(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        tokenize(text, |_, spelling| found.push(spelling.to_owned()));
        found
    }

    fn first(text: &str) -> Token {
        let mut found = None;
        tokenize(text, |token, _| {
            found.get_or_insert(token);
        });
        found.unwrap()
    }

    #[test]
    fn typography_and_layout_disappear() {
        for (one, other) in [
            ("“Don’t,” she  said…", "\"don't,\" she said..."),
            ("2010–2015 — a\u{a0}span", "2010-2015 -- a span"),
            ("title\n-------", "title\n‑-‑‑--–"),
            ("co\u{ad}oper\u{200b}ation", "cooperation"),
            (&"a\u{ad}".repeat(70), &"a".repeat(70)),
            ("\u{2060}the\u{ad} end\u{200b}.\u{feff} So", "the end. So"),
            ("the end.The start", "the end. The start"),
            ("HeadlineThe start of 2019The end", "Headline The start of 2019 The end"),
            ("e\u{301}tat o\u{fb03}ce", "état office"),
            ("``so''", "''so''"),
        ] {
            assert_eq!(spelt(one), spelt(other), "{one}");
        }
    }

    #[test]
    fn numbers_are_single_tokens() {
        assert_eq!(spelt("1,000.50 5th G20 3,"), ["1,000.50", "5th", "g20", "3", ","]);
        assert_eq!(first("5th").kind, TokenKind::Number);
    }

    #[test]
    fn scripts_without_spaces_have_one_token_per_grapheme() {
        assert_eq!(spelt("新聞は3月"), ["新", "聞", "は", "3", "月"]);
        assert_eq!(spelt("ไทย").len(), 3);
        assert!(first("新").is_caseless && first("سلام").is_caseless && !first("é").is_caseless);
    }

    #[test]
    fn tokens_that_start_a_sentence_are_known() {
        let mut initial = Vec::new();
        tokenize("One “Two. “Three four\nfive", |token, spelling| {
            if token.is_content() && token.starts_sentence {
                initial.push(spelling.to_owned());
            }
        });
        assert_eq!(initial, ["one", "three", "five"]);
    }

    #[test]
    fn characters_that_skip_folding_fold_to_themselves() {
        for c in ('\0'..='\u{FFFF}').filter(|c| is_plain_sign(*c) || c.is_ascii_punctuation() && *c != '`') {
            assert_eq!(fold(&c.to_string()), c.to_string(), "{c}");
        }
    }

    proptest! {
        #[test]
        fn tokens_come_in_order_and_leave_out_only_what_cannot_be_seen(text in "\\PC{0,80}") {
            let mut end = 0;
            let mut fine = true;
            tokenize(&text, |token, _| {
                let skipped = text.get(end..token.range.start);
                fine &= skipped.is_some_and(|skipped| fold(skipped).trim().is_empty());
                fine &= !token.range.is_empty();
                end = token.range.end;
            });
            prop_assert!(fine && text.get(end..).is_some_and(|rest| fold(rest).trim().is_empty()));
        }
    }
}
