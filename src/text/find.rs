//! Finds words in an article as a reader types them.
//!
//! Text and needle are compared in a folded form, made on the way: compatibility decomposition (so that composed and
//! combined accents, ligatures and `…` compare equal), one kind of quote and of dash, white space of any length as one
//! space, no invisible characters, and lower case unless the needle has a capital. The search is that of Knuth, Morris
//! and Pratt ("Fast pattern matching in strings", 1977): linear, whatever the text and the needle.

use std::collections::VecDeque;

use unicode_normalization::char::decompose_compatible;
use unicode_segmentation::UnicodeSegmentation;

use super::width::{Grapheme, GraphemesWithWidth, graphemes_with_width};
use crate::article::TextRange;

/// Every place where `text` has `needle`, from first to last, without overlaps, on grapheme boundaries.
///
/// Smart case: a capital in the needle makes it case-sensitive. White space in the needle matches any white space,
/// line and paragraph breaks too; straight and curly quotes match each other, and so do all dashes. Nothing is found
/// for a needle without a visible character.
pub fn find(text: &str, needle: &str) -> Vec<TextRange> {
    let fold = Fold { case: !needle.chars().any(char::is_uppercase) };
    let needle: Vec<char> = fold.folded(needle).map(|piece| piece.char).collect();
    if needle.iter().all(|&c| c == ' ') {
        return Vec::new();
    }
    let borders = borders(&needle);
    let (mut starts, mut ends) = (Boundaries::new(text), Boundaries::new(text));
    let mut found = Vec::new();
    let mut matched = 0;
    // Where the last pieces came from, as many as the needle is long.
    let mut recent: VecDeque<(usize, bool)> = VecDeque::with_capacity(needle.len() + 1);
    for piece in fold.folded(text) {
        while matched > 0 && needle.get(matched) != Some(&piece.char) {
            matched = borders.get(matched - 1).copied().unwrap_or(0);
        }
        matched += usize::from(needle.get(matched) == Some(&piece.char));
        if recent.len() == needle.len() {
            recent.pop_front();
        }
        recent.push_back((piece.source.start, piece.first));
        if matched < needle.len() {
            continue;
        }
        let whole = |(start, first): &(usize, bool)| (*first && piece.last).then_some(*start);
        let start = recent.front().and_then(whole);
        match start.filter(|&start| starts.contains(start) && ends.contains(piece.source.end)) {
            Some(start) => {
                found.push(TextRange::new(start, piece.source.end));
                matched = 0;
            }
            // Part of a character, like the "e" in a combined "é": what matched may still begin a real occurrence.
            None => matched = borders.last().copied().unwrap_or(0),
        }
    }
    found
}

/// For every prefix of `needle` the length of its longest proper prefix that is also its suffix.
fn borders(needle: &[char]) -> Vec<usize> {
    let mut borders = vec![0; needle.len()];
    let mut length = 0;
    for (at, c) in needle.iter().enumerate().skip(1) {
        while length > 0 && needle.get(length) != Some(c) {
            length = borders.get(length - 1).copied().unwrap_or(0);
        }
        length += usize::from(needle.get(length) == Some(c));
        if let Some(border) = borders.get_mut(at) {
            *border = length;
        }
    }
    borders
}

/// One folded character and the bytes it stands for.
#[derive(Clone, Copy)]
struct Piece {
    char: char,
    source: TextRange,
    /// Whether it is the first and the last that these bytes fold to: "…" folds to three dots.
    first: bool,
    last: bool,
}

/// How to fold.
#[derive(Clone, Copy)]
struct Fold {
    case: bool,
}

impl Fold {
    /// The folded characters of `text`.
    fn folded(self, text: &str) -> Folded<'_> {
        Folded { fold: self, rest: text, at: 0, ready: VecDeque::new(), parts: Vec::new() }
    }

    /// Folds one visible character onto the end of `into`.
    fn fold(self, c: char, into: &mut Vec<char>) {
        match c {
            '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '`' | '´' | '‹' | '›' => into.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => into.push('"'),
            '\u{2010}'..='\u{2015}' | '−' | '﹘' | '﹣' | '－' => into.push('-'),
            // Soft hyphen, zero-width space, word joiner, byte order mark: a reader cannot see, so not type them.
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {}
            _ => decompose_compatible(c, |part| match part {
                'ς' if self.case => into.push('σ'),
                _ if self.case => into.extend(part.to_lowercase()),
                _ => into.push(part),
            }),
        }
    }
}

/// The iterator [`Fold::folded`] returns.
struct Folded<'a> {
    fold: Fold,
    rest: &'a str,
    at: usize,
    /// What the last character folded to beyond the first piece.
    ready: VecDeque<Piece>,
    /// Room to fold in.
    parts: Vec<char>,
}

impl Folded<'_> {
    fn take(&mut self, bytes: usize) -> TextRange {
        let start = self.at;
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        self.at += bytes;
        TextRange::new(start, self.at)
    }
}

impl Iterator for Folded<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(piece);
            }
            let c = self.rest.chars().next()?;
            if c.is_whitespace() {
                let run = self.rest.len() - self.rest.trim_start().len();
                return Some(Piece { char: ' ', source: self.take(run), first: true, last: true });
            }
            let source = self.take(c.len_utf8());
            if c.is_ascii() && c != '`' {
                let char = if self.fold.case { c.to_ascii_lowercase() } else { c };
                return Some(Piece { char, source, first: true, last: true });
            }
            self.fold.fold(c, &mut self.parts);
            let last = self.parts.len().saturating_sub(1);
            let pieces = self.parts.drain(..).enumerate();
            self.ready.extend(pieces.map(|(n, char)| Piece { char, source, first: n == 0, last: n == last }));
        }
    }
}

/// Answers for ever greater bytes whether a grapheme cluster begins there.
struct Boundaries<'a> {
    text: &'a str,
    pieces: GraphemesWithWidth<'a>,
    /// The piece that was reached; it may be several clusters.
    last: Option<Grapheme<'a>>,
}

impl<'a> Boundaries<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, pieces: graphemes_with_width(text), last: None }
    }

    fn contains(&mut self, at: usize) -> bool {
        let around = at.checked_sub(1).and_then(|before| self.text.as_bytes().get(before..=at));
        if around.is_some_and(|pair| pair.is_ascii() && pair != b"\r\n") {
            return true;
        }
        while self.last.map_or(0, |last| last.end()) < at
            && let Some(piece) = self.pieces.next()
        {
            self.last = Some(piece);
        }
        let begins =
            |piece: Grapheme<'_>| piece.text.grapheme_indices(true).any(|(start, _)| piece.start + start == at);
        self.last.map_or(at == 0, |last| last.end() == at || begins(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hits<'a>(text: &'a str, needle: &str) -> Vec<&'a str> {
        find(text, needle).into_iter().map(|hit| text.get(hit.start..hit.end).unwrap()).collect()
    }

    #[test]
    fn a_letter_of_a_joined_piece_is_found() {
        assert_eq!(hits("කa\u{200d}b", "a\u{200d}"), ["a\u{200d}"]);
        assert_eq!(hits("ශ්\u{200d}රී", "රී"), ["රී"]);
    }

    #[test]
    fn a_capital_makes_the_search_case_sensitive() {
        assert_eq!(hits("Iran, iran, IRAN", "iran"), ["Iran", "iran", "IRAN"]);
        assert_eq!(hits("Iran, iran, IRAN", "Iran"), ["Iran"]);
        assert_eq!(hits("ΟΔΟΣ οδος", "οδοσ"), ["ΟΔΟΣ", "οδος"]);
    }

    #[test]
    fn white_space_matches_any_white_space() {
        assert_eq!(hits("New\u{A0}York, New\n\n York", "new york"), ["New\u{A0}York", "New\n\n York"]);
        assert_eq!(hits("a b", " \t "), Vec::<&str>::new());
        assert_eq!(hits("a b", ""), Vec::<&str>::new());
    }

    #[test]
    fn quotes_and_dashes_match_whatever_their_kind() {
        assert_eq!(hits("it’s “so” – or—not", "it's \"so\" - or-not"), ["it’s “so” – or—not"]);
        assert_eq!(hits("it's", "it’s"), ["it's"]);
        assert_eq!(hits("wait… what", "wait..."), ["wait…"]);
        assert_eq!(hits("wait… what", "wait."), Vec::<&str>::new());
    }

    #[test]
    fn accents_match_composed_or_not_and_are_never_torn_off() {
        assert_eq!(hits("caf\u{e9} cafe\u{301}", "cafe\u{301}"), ["caf\u{e9}", "cafe\u{301}"]);
        assert_eq!(hits("cafe\u{301} cafe", "cafe"), ["cafe"]);
        assert_eq!(hits("co\u{AD}op", "coop"), ["co\u{AD}op"]);
    }

    #[test]
    fn hits_do_not_overlap_and_a_repeated_beginning_is_not_missed() {
        assert_eq!(find("aaaa", "aa"), [TextRange::new(0, 2), TextRange::new(2, 4)]);
        assert_eq!(hits("ananas bananas", "nanas"), ["nanas", "nanas"]);
        assert_eq!(hits("🇩🇪🇩🇪", "🇪🇩"), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn every_hit_lies_on_grapheme_boundaries_in_order(text in "[ab éÉe\u{301}\u{AD}🇩🇪…'’\n]{0,60}", needle in "[abe\u{301}é .'D🇩]{1,3}") {
            let boundaries: Vec<usize> =
                text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let found = find(&text, &needle);
            for hit in &found {
                prop_assert!(boundaries.contains(&hit.start) && boundaries.contains(&hit.end) && !hit.is_empty());
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }

        #[test]
        fn plain_text_is_found_as_often_as_the_standard_library_finds_it(text in "[abc]{0,80}", needle in "[abc]{1,4}") {
            let expected: Vec<usize> = text.match_indices(&needle).map(|(at, _)| at).collect();
            let found: Vec<usize> = find(&text, &needle).into_iter().map(|hit| hit.start).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn a_passage_of_the_text_is_found_in_it(text in "[\\w’“—…\u{AD}\u{301}]{1,40}", from in 0_usize..9, length in 1_usize..10) {
            let clusters: Vec<&str> = text.graphemes(true).collect();
            let passage: String = clusters.iter().skip(from).take(length).copied().collect();
            prop_assume!(passage.chars().any(char::is_alphanumeric));
            prop_assert!(!find(&text, &passage).is_empty(), "{:?} in {:?}", passage, text);
        }
    }
}
