//! Finds the titles of works that the article sets in italics, and where else it writes them.
//!
//! A title is a row of capitalised words with nothing but small words between, so *Posidonia oceanica* and a stressed
//! *not* are none.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::ops::Range;

use super::lexicon::class;
use super::words::Reading;
use crate::article::InlineKind;
use crate::text::tokens::TokenKind;

/// Words of the longest title.
const LONGEST: usize = 12;

/// Titles that are looked for in the rest of the article; more is a bibliography.
const MOST: usize = 256;

/// The words of every title by number, in order, without overlaps.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let slice = |words: &Range<usize>| reading.text.slice(reading.range(words.start, words.end));
    let word_at = |byte| reading.words.partition_point(|word| word.range.start < byte);
    let mut titles = HashSet::new();
    let mut lengths: HashMap<&str, Vec<usize>> = HashMap::new();
    for inline in reading.text.inlines().iter().filter(|inline| inline.kind == InlineKind::Emphasis) {
        let mut words = word_at(inline.range.start)..word_at(inline.range.end);
        while words.len() > 1 && reading.word(words.end - 1).kind == TokenKind::Punctuation {
            words.end -= 1;
        }
        if titles.len() < MOST && is_title(reading, &words) && titles.insert(slice(&words)) {
            let lengths = lengths.entry(reading.word(words.start).text).or_default();
            if !lengths.contains(&words.len()) {
                lengths.push(words.len());
            }
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let (false, Some(word)) = (titles.is_empty(), reading.words.get(at)) {
        let title = lengths.get(word.text).into_iter().flatten().map(|length| at..at + length);
        let title = title.filter(|words| words.end <= reading.words.len() && titles.contains(slice(words)));
        match title.max_by_key(|words| words.end) {
            Some(words) => {
                at = words.end;
                found.push(words);
            }
            None => at += 1,
        }
    }
    found
}

fn is_title(reading: &Reading<'_>, words: &Range<usize>) -> bool {
    if !(2..=LONGEST).contains(&words.len()) {
        return false;
    }
    let lexicon = reading.lexicon;
    let (first, last) = (reading.word(words.start), reading.word(words.end - 1));
    let capital = |text: &str| text.starts_with(char::is_uppercase);
    let mut capitals = 0;
    for word in words.clone().map(|at| reading.word(at)) {
        let fits = match word.kind {
            TokenKind::Number => true,
            TokenKind::Punctuation => matches!(word.text, "," | ":" | "&" | "-" | "–" | "’" | "'"),
            TokenKind::Word if capital(word.text) => {
                capitals += 1;
                true
            }
            TokenKind::Word => lexicon.is(&word.lower, class::FUNCTION) || word.text.chars().count() < 4,
        };
        if !fits {
            return false;
        }
    }
    let person = lexicon.is_given(first.text) && words.len() < 4;
    let known = lexicon.name(reading.text.slice(reading.range(words.start, words.end))).is_some();
    capitals >= 2
        && capital(first.text)
        && (capital(last.text) || last.is_number())
        && !person
        && !known
        && !lexicon.is(&last.lower, class::PRESS)
}
