//! The words a text is indexed and searched by: folded, with the range each comes from.
//!
//! A word is a run of letters, digits and the marks on them. Scripts that are written without blanks (Han, Hiragana,
//! Katakana, Thai, Lao, Khmer, Burmese) have no such runs, so there each character is a word of its own, and a word of a
//! query becomes a phrase. The index, the queries for it and the hits in a page all cut their words here.

use unicode_normalization::char::is_combining_mark;

use super::fold::{Folded, fold};
use crate::article::TextRange;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexWord {
    /// Its folded letters.
    pub folded: String,
    /// Where it stands in the text, in bytes.
    pub range: TextRange,
}

/// The words of `text`, in order.
pub fn index_words(text: &str) -> Vec<IndexWord> {
    let folded = Folded::new(text);
    ranges(folded.as_str())
        .filter_map(|range| {
            let word = folded.as_str().get(range.start..range.end)?;
            Some(IndexWord { folded: word.to_owned(), range: folded.source_range(range) })
        })
        .collect()
}

/// Adds the words of `text` to `words`, folded, each with a blank behind it; says how many there are. The same words as
/// [`index_words`] gives, without the way back to the text: for those who take in many texts.
pub fn push_words(text: &str, words: &mut String) -> usize {
    // White space parts what is folded together.
    text.split_ascii_whitespace()
        .map(|piece| if piece.is_ascii() { push_ascii_words(piece, words) } else { push_folded_words(piece, words) })
        .sum()
}

fn push_folded_words(text: &str, words: &mut String) -> usize {
    let folded = fold(text);
    let mut count = 0;
    for range in ranges(&folded) {
        words.extend([folded.get(range.start..range.end).unwrap_or_default(), " "]);
        count += 1;
    }
    count
}

/// The same for what is only made small by folding.
fn push_ascii_words(text: &str, words: &mut String) -> usize {
    let mut count = 0;
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        words.extend(word.bytes().map(|letter| char::from(letter.to_ascii_lowercase())));
        words.push(' ');
        count += 1;
    }
    count
}

/// Where the words of a folded text are.
fn ranges(folded: &str) -> impl Iterator<Item = TextRange> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = folded.get(at..)?;
        let start = at + rest.find(is_letter)?;
        let word = folded.get(start..)?;
        let first = word.chars().next()?;
        let goes_on = |c: char| {
            c.is_ascii_alphanumeric() || !c.is_ascii() && (is_combining_mark(c) || is_letter(c) && !stands_alone(c))
        };
        let inside = word.get(first.len_utf8()..)?;
        let length =
            if stands_alone(first) { inside.find(|c| !is_combining_mark(c)) } else { inside.find(|c| !goes_on(c)) };
        at = start + first.len_utf8() + length.unwrap_or(inside.len());
        Some(TextRange::new(start, at))
    })
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Whether a character belongs to a script that is written without blanks between words (blocks of the Unicode Standard,
/// version 17).
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}'       // Thai, Lao
        | '\u{1000}'..='\u{109f}'   // Burmese
        | '\u{1780}'..='\u{17ff}'   // Khmer
        | '\u{3040}'..='\u{30ff}'   // Hiragana, Katakana
        | '\u{3400}'..='\u{4dbf}'   // Han
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        index_words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_cut_where_readers_see_a_gap() {
        assert_eq!(words("“Don’t,” she said—twice"), ["don", "t", "she", "said", "twice"]);
        assert_eq!(words("2007-05-10_iraq.txt"), ["2007", "05", "10", "iraq", "txt"]);
        assert_eq!(words("CAFE\u{301} हिन्दी"), ["café", "हिन्दी"]);
        assert!(words(" -- \u{ad} 🎉").is_empty());
    }

    #[test]
    fn scripts_without_blanks_are_cut_at_each_character() {
        assert_eq!(words("東京の港3km"), ["東", "京", "の", "港", "3km"]);
        assert_eq!(words("한국 신문"), ["한국", "신문"]);
        assert_eq!(words("ที่นี่"), ["ที่", "นี่"]);
    }

    #[test]
    fn ranges_are_those_of_the_source() {
        let text = "Ünter ﬁre";
        let found: Vec<&str> =
            index_words(text).iter().map(|word| text.get(word.range.start..word.range.end).unwrap()).collect();
        assert_eq!(found, ["Ünter", "ﬁre"]);
    }

    proptest! {
        #[test]
        fn a_word_is_cut_no_further_and_folded_no_further(text in "\\PC{0,60}") {
            for word in words(&text) {
                prop_assert_eq!(words(&word), [word.clone()]);
            }
            let mut all = String::new();
            prop_assert_eq!(push_words(&text, &mut all), words(&text).len());
            prop_assert_eq!(all, words(&text).iter().flat_map(|word| [word.as_str(), " "]).collect::<String>());
        }
    }
}
