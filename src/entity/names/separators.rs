//! Where no name goes on: the signs between the items of a list, and the common noun behind which a name begins.

use std::ops::Range;

use crate::entity::Kind;
use crate::entity::lexicon::class;
use crate::entity::tagger::Class;
use crate::entity::words::{Reading, Word};

/// A tagged row cut at the signs that separate the items of a list: "Ana Reed / Tom Lee", "Ana Reed • Tom Lee".
pub(super) fn pieces(reading: &Reading<'_>, words: Range<usize>, class: Class) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = words.start;
    // "Sir Alan and Lady Helena"
    let titled = class == Class::Person
        || words.start.checked_sub(1).is_some_and(|before| is_title_of_honour(reading.word(before).text));
    let is_and = |at: usize| reading.word(at).is("and") && is_title_of_honour(reading.word(at + 1).text);
    for at in words.clone() {
        let behind_common = is_behind_common_noun(reading, &words, at);
        if is_separator(reading, at, class) || titled && is_and(at) || behind_common {
            if !behind_common {
                pieces.push(start..at);
            }
            start = at + 1;
        }
    }
    pieces.push(start..words.end);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn is_separator(reading: &Reading<'_>, at: usize, class: Class) -> bool {
    let word = |at: usize| reading.word(at);
    let before = at.checked_sub(1).map_or(0, |before| word(before).range.end);
    let blanks = word(at).range.start > before && word(at + 1).range.start > word(at).range.end;
    let long = |word: &Word<'_>| word.text.chars().count() > 3;
    match word(at).text {
        "|" | "•" | "·" | "●" | "▪" | "‣" | "■" | "◆" | "►" | ";" => true,
        "/" => blanks || at > 0 && long(word(at - 1)) && long(word(at + 1)),
        // Titles of works have dashes in them, names have not.
        "–" | "—" | "-" => blanks && class != Class::Other,
        _ => false,
    }
}

/// Whether what stands before "at" is no name: "Operations at Pharmo", but "Jazz at the Harbour".
fn is_behind_common_noun(reading: &Reading<'_>, words: &Range<usize>, at: usize) -> bool {
    let is_common = |at: usize| reading.lexicon.is(&reading.word(at).lower, class::COMMON);
    reading.word(at).text == "at" && at > words.start && (words.start..at).all(is_common)
}

fn is_title_of_honour(word: &str) -> bool {
    matches!(word, "Mr" | "Mrs" | "Ms" | "Sir" | "Lady" | "Lord" | "Dame" | "Dr" | "Prince" | "Princess")
}

/// "Mayor of Leeds Tracy Bell": where the person begins behind the place an office is for.
pub(super) fn behind_place_of_office(reading: &Reading<'_>, words: &Range<usize>) -> Option<usize> {
    let of = words.start.checked_sub(1)?;
    let office = reading.word(of.checked_sub(1)?);
    let place = reading.word(words.start);
    let is_place = reading.lexicon.name(place.text).is_some_and(|known| known.kind == Kind::Place);
    let is_office = matches!(reading.word(of).text, "of" | "for") && reading.lexicon.title(&office.lower).is_some();
    (words.len() > 2 && is_office && is_place).then_some(words.start + 1)
}

/// Where the name proper begins behind a common noun in lower case: "Localist group Civic Flame".
pub(super) fn behind_common_noun(reading: &Reading<'_>, words: &Range<usize>) -> usize {
    let is_noun = |at: &usize| {
        let word = reading.word(*at);
        word.is_lower()
            && reading.lexicon.is(&word.lower, class::AFTER_ORGANISATION | class::ORGANISATION)
            && !reading.lexicon.is(&word.lower, class::FUNCTION)
            && reading.word(at + 1).text.starts_with(char::is_uppercase)
    };
    let inside = words.start + 1..words.end.saturating_sub(1);
    inside.rev().find(is_noun).map_or(words.start, |noun| noun + 1)
}

/// A name with both of its brackets or quotation marks, or up to the one that has no other: "CPI(M)", "Dave “Kit” Reed", "Corvo"
/// of "Corvo (the White City". The marks around it are off already.
pub(super) fn balanced(reading: &Reading<'_>, mut words: Range<usize>, class: Class) -> Range<usize> {
    let mut open: Option<(usize, &str)> = None;
    for at in words.clone() {
        match (reading.word(at).text, open) {
            ("(", None) => open = Some((at, ")")),
            ("“", None) => open = Some((at, "”")),
            (text, Some((_, close))) if text == close => open = None,
            // "(Latina) Corvo"
            (")" | "”", None) if class != Class::Work => words.start = at + 1,
            _ => {}
        }
    }
    if let Some((at, close)) = open {
        let joined = at > words.start && reading.word(at - 1).range.end == reading.word(at).range.start;
        words.end = if joined && reading.word(words.end).is(close) { words.end + 1 } else { at };
    }
    words
}
