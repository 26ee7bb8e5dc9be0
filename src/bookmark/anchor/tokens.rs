//! Cuts a text into the tokens that anchoring compares, each with its place and its folded spelling.
//!
//! Everything a change of layout or typography may touch disappears here: white space is between tokens, never in them,
//! so glued paragraphs come apart again; letter case, kinds of quotes and dashes and characters without width go in the
//! folding ([`crate::text::fold`]). Scripts without spaces have one token a grapheme. Every token keeps its range of the
//! source, so that is the offset map.

use unicode_normalization::char::is_combining_mark;

use crate::article::TextRange;
use crate::text::fold::{fold, is_invisible, joins};
use crate::text::reading_time::is_unspaced;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Punctuation, a symbol, an emoji.
    Mark,
    /// Letters.
    Word,
    /// Whatever has a digit in it.
    Number,
    /// A grapheme of a script without spaces.
    Sign,
}

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that have nothing to do with each other")]
pub(super) struct Token {
    /// Where it is, in bytes of the source.
    pub(super) range: TextRange,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether there is a capital letter in it.
    pub(super) capital: bool,
    /// Whether a sentence begins with it, so that its capital says nothing.
    pub(super) initial: bool,
    /// Whether it is part of a web address, which is worth no more than a word or two, however many there are in it.
    pub(super) address: bool,
    /// Whether its letters know no capitals, so that a name cannot be told from another word.
    pub(super) caseless: bool,
}

impl Token {
    /// Whether it is no punctuation.
    pub(super) fn is_solid(&self) -> bool {
        self.kind != Kind::Mark
    }
}

/// Longer words are cut, in characters that can be seen: no language has them, and a hostile one shall not cost more than its length.
const LONGEST: usize = 80;

/// Cuts `text` and hands out each token with its folded spelling, in order.
pub(super) fn tokens(text: &str, mut each: impl FnMut(Token, &str)) {
    let mut spelling = String::new();
    let mut initial = true;
    let mut address = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        if first.is_whitespace() || is_invisible(first) {
            initial |= first == '\n';
            at += first.len_utf8();
            continue;
        }
        if first == 'h' && at >= address && (rest.starts_with("https://") || rest.starts_with("http://")) {
            address = at + rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
        }
        let (length, kind) = measure(rest, first);
        let words = rest.get(..length).unwrap_or_default();
        spell(words, kind, &mut spelling);
        let capital = kind != Kind::Mark && words.chars().any(char::is_uppercase);
        let caseless = kind == Kind::Sign
            || kind == Kind::Word && !words.is_ascii() && !words.chars().any(|c| c.is_lowercase() || c.is_uppercase());
        let range = TextRange::new(at, at + length);
        if !spelling.is_empty() {
            each(Token { range, kind, capital, initial, address: at < address, caseless }, &spelling);
        }
        initial = match kind {
            Kind::Mark => {
                initial || matches!(first, '.' | '!' | '?' | ':' | '…' | '•' | '*' | '#' | '。' | '！' | '？')
            }
            _ => false,
        };
        at += length;
    }
}

/// How long the token at the start of `rest` is, in bytes, and what it is.
fn measure(rest: &str, first: char) -> (usize, Kind) {
    if is_unspaced(first) && first.is_alphanumeric() {
        let kind = if first.is_numeric() { Kind::Number } else { Kind::Sign };
        return (first.len_utf8() + tail(rest, first, |c| is_mark(c) || joins(c)), kind);
    }
    if first.is_alphanumeric() {
        return word(rest);
    }
    if is_dash(first) {
        return (first.len_utf8() + tail(rest, first, is_dash), Kind::Mark);
    }
    if matches!(first, '.' | '\'' | '`' | '’' | '‘') {
        return (first.len_utf8() + tail(rest, first, |c| c == first), Kind::Mark);
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
    (end, Kind::Mark)
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

/// The word or number at the start of `rest`. A capital behind a small letter or a digit begins another (`endThe`), so
/// that paragraphs run together come apart; a name written so (`GitHub`) comes apart on both sides of a comparison.
fn word(rest: &str) -> (usize, Kind) {
    let mut kind = Kind::Word;
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
            kind = Kind::Number;
        }
        length += c.len_utf8();
        // What cannot be seen belongs to a word only inside of it: a passage may end where the last letter does.
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
fn spell(words: &str, kind: Kind, spelling: &mut String) {
    spelling.clear();
    // Folding takes a while; what most tokens are made of folds to itself.
    if words.is_ascii() && !words.contains('`') {
        spelling.push_str(words);
        spelling.make_ascii_lowercase();
    } else if kind == Kind::Sign && words.chars().all(is_plain_sign) {
        spelling.push_str(words);
    } else {
        spelling.push_str(fold(words).trim());
    }
    if kind == Kind::Mark {
        // Typewriters have dashes of two strokes and quotation marks of two apostrophes.
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
        tokens(text, |_, spelling| found.push(spelling.to_owned()));
        found
    }

    fn first(text: &str) -> Token {
        let mut found = None;
        tokens(text, |token, _| {
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
    fn numbers_are_whole_and_differ() {
        assert_eq!(spelt("1,000.50 5th G20 3,"), ["1,000.50", "5th", "g20", "3", ","]);
        assert_eq!(first("5th").kind, Kind::Number);
    }

    #[test]
    fn scripts_without_spaces_have_a_token_a_grapheme() {
        assert_eq!(spelt("新聞は3月"), ["新", "聞", "は", "3", "月"]);
        assert_eq!(spelt("ไทย").len(), 3);
        assert!(first("新").caseless && first("سلام").caseless && !first("é").caseless);
    }

    #[test]
    fn the_beginning_of_a_sentence_is_known() {
        let mut initial = Vec::new();
        tokens("One “Two. “Three four\nfive", |token, spelling| {
            if token.is_solid() && token.initial {
                initial.push(spelling.to_owned());
            }
        });
        assert_eq!(initial, ["one", "three", "five"]);
    }

    #[test]
    fn what_is_not_folded_would_fold_to_itself() {
        for c in ('\0'..='\u{FFFF}').filter(|c| is_plain_sign(*c) || c.is_ascii_punctuation() && *c != '`') {
            assert_eq!(fold(&c.to_string()), c.to_string(), "{c}");
        }
    }

    proptest! {
        #[test]
        fn tokens_come_in_order_and_leave_out_only_what_cannot_be_seen(text in "\\PC{0,80}") {
            let mut end = 0;
            let mut fine = true;
            tokens(&text, |token, _| {
                let skipped = text.get(end..token.range.start);
                fine &= skipped.is_some_and(|skipped| fold(skipped).trim().is_empty());
                fine &= !token.range.is_empty();
                end = token.range.end;
            });
            prop_assert!(fine && text.get(end..).is_some_and(|rest| fold(rest).trim().is_empty()));
        }
    }
}
