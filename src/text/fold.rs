//! A folded copy of a text, for matching words whatever their typography, with the way back to the source.
//!
//! Folding makes equal what a reader takes for equal: letter case, compatibility forms (NFKC, Unicode Standard
//! Annex #15, applied to a character and the combining marks on it), curly and straight quotes, every kind of dash, an
//! ellipsis and three dots, and every run of white space. Characters without width (soft hyphens, joiners, direction
//! marks, variation selectors) disappear. Accents stay: `café` is not `cafe`.

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};
use unicode_segmentation::{GraphemeCursor, GraphemeIncomplete};

use crate::article::TextRange;

/// A string folded for matching, which knows where each of its bytes came from.
#[derive(Clone, Debug)]
pub struct Folded<'a> {
    source: &'a str,
    copy: String,
    runs: Vec<Run>,
}

/// From byte `folded` on, the copy comes from byte `source` on.
#[derive(Clone, Copy, Debug)]
struct Run {
    folded: usize,
    source: usize,
    /// Bytes of the source that became this run as a whole; 0 where the two go side by side byte by byte.
    whole: usize,
}

/// Combining marks taken together with their base; more are folded apart (the Stream-Safe Text Format of UAX #15
/// allows 30), so that a hostile heap of marks costs linear time.
const MOST_MARKS: usize = 30;

/// How far, in bytes, the end of a grapheme is looked for. Longer clusters do not occur in writing.
const GRAPHEME_WINDOW: usize = 256;

impl<'a> Folded<'a> {
    /// Folds `source`; one pass over it.
    pub fn new(source: &'a str) -> Self {
        let mut folded = Self { source, copy: String::with_capacity(source.len()), runs: Vec::new() };
        let mut at = 0;
        while let Some(rest) = source.get(at..)
            && let Some(first) = rest.chars().next()
        {
            let plain = plain_letters(rest);
            at += if plain.is_empty() { folded.take(rest, first, at) } else { folded.take_plain(plain, at) };
        }
        folded
    }

    /// The folded copy.
    pub fn as_str(&self) -> &str {
        &self.copy
    }

    /// Folds letters that are only made small.
    fn take_plain(&mut self, letters: &str, at: usize) -> usize {
        let first = self.copy.len();
        self.add(letters, at, 0);
        if let Some(letters) = self.copy.get_mut(first..) {
            letters.make_ascii_lowercase();
        }
        letters.len()
    }

    /// Folds the character at the start of `rest` with all that belongs to it, and returns how many bytes that was.
    fn take(&mut self, rest: &str, first: char, at: usize) -> usize {
        if first == ' ' && rest.as_bytes().get(1).is_some_and(u8::is_ascii_graphic) {
            self.add(" ", at, 0);
            return 1;
        }
        if first.is_whitespace() {
            let blank: usize =
                rest.chars().take_while(|c| c.is_whitespace() || is_invisible(*c)).map(char::len_utf8).sum();
            self.push(" ", at, blank);
            return blank;
        }
        if is_invisible(first) {
            return first.len_utf8();
        }
        let marks: usize = rest
            .chars()
            .skip(1)
            .take(MOST_MARKS)
            .take_while(|c| !c.is_ascii() && (canonical_combining_class(*c) != 0 || joins(*c)))
            .map(char::len_utf8)
            .sum();
        let length = first.len_utf8() + marks;
        let spelt = spelling(first).to_ascii_lowercase();
        if spelt.is_ascii() && marks == 0 {
            self.push(spelt.encode_utf8(&mut [0]), at, length);
        } else {
            let cluster = rest.get(..length).unwrap_or_default();
            let lower: String = cluster
                .chars()
                .filter(|c| !is_invisible(*c))
                .map(spelling)
                .nfkc()
                .flat_map(char::to_lowercase)
                .map(spelling)
                .filter(|c| !is_invisible(*c))
                .collect();
            self.push(&lower, at, length);
        }
        length
    }

    fn push(&mut self, words: &str, source: usize, length: usize) {
        let whole = if words.len() == length && words.chars().count() == 1 { 0 } else { length };
        self.add(words, source, whole);
    }

    fn add(&mut self, words: &str, source: usize, whole: usize) {
        let folded = self.copy.len();
        let continues = whole == 0
            && self.runs.last().is_some_and(|run| run.whole == 0 && run.source + (folded - run.folded) == source);
        if !continues && !words.is_empty() {
            self.runs.push(Run { folded, source, whole });
        }
        self.copy.push_str(words);
    }

    /// The bytes of the source that became the bytes `range` of the folded copy, widened to whole graphemes.
    pub fn source_range(&self, range: TextRange) -> TextRange {
        let start = self.run_at(range.start).map_or(self.source.len(), |run| match run.whole {
            0 => run.source + (range.start - run.folded),
            _ => run.source,
        });
        if range.is_empty() {
            return TextRange::at(grapheme_start(self.source, start));
        }
        let end = self.run_at(range.end - 1).map_or(start, |run| match run.whole {
            0 => run.source + (range.end - run.folded),
            whole => run.source + whole,
        });
        let end = end.min(self.source.len());
        whole_graphemes(self.source, TextRange::new(start.min(end), end))
    }

    /// Every place, none overlapping another, where the folded form of `needle` occurs, as ranges of the source.
    ///
    /// White space around `needle` does not count; nothing is found for a needle without anything else.
    pub fn find(&self, needle: &str) -> impl Iterator<Item = TextRange> {
        let needle = fold(needle);
        let trimmed = needle.trim().to_owned();
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = (!trimmed.is_empty()).then(|| self.copy.get(from..)?.find(&trimmed)).flatten()?;
            let start = from + found;
            from = start + trimmed.len();
            Some(self.source_range(TextRange::new(start, from)))
        })
    }

    /// The run that holds folded byte `at`; none past the end.
    fn run_at(&self, at: usize) -> Option<Run> {
        if at >= self.copy.len() {
            return None;
        }
        self.runs.get(self.runs.partition_point(|run| run.folded <= at).checked_sub(1)?).copied()
    }
}

/// The ASCII letters and digits at the start of `text`, which are most of most texts, but for the last one if it may carry
/// a mark.
fn plain_letters(text: &str) -> &str {
    let count = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let is_marked = text.as_bytes().get(count).is_some_and(|next| !next.is_ascii());
    text.get(..count.saturating_sub(usize::from(is_marked))).unwrap_or_default()
}

/// The folded form of `text` alone.
pub fn fold(text: &str) -> String {
    Folded::new(text).copy
}

/// The one spelling of a quotation mark or dash.
fn spelling(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{02bc}' | '\u{2039}' | '\u{203a}' | '`' | '\u{b4}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{2e3a}' | '\u{2e3b}' => '-',
        other => other,
    }
}

/// Whether a character leaves no mark on the page: soft hyphen, zero-width and direction characters, selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether an invisible character belongs to the grapheme before it, as a joiner or selector does, and a soft hyphen
/// does not.
pub(crate) fn joins(c: char) -> bool {
    matches!(c, '\u{34f}' | '\u{180b}'..='\u{180d}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// `range` of `text`, widened to whole graphemes.
pub(crate) fn whole_graphemes(text: &str, range: TextRange) -> TextRange {
    TextRange::new(grapheme_start(text, range.start), grapheme_end(text, range.end))
}

/// The start of the grapheme that byte `at` lies in.
fn grapheme_start(text: &str, at: usize) -> usize {
    snap(text, at, |window, at| {
        let mut cursor = GraphemeCursor::new(at, window.len(), true);
        if is_boundary(&mut cursor, window) { Some(at) } else { cursor.prev_boundary(window, 0).ok().flatten() }
    })
}

/// The end of the grapheme that byte `at - 1` lies in.
fn grapheme_end(text: &str, at: usize) -> usize {
    snap(text, at, |window, at| {
        let mut cursor = GraphemeCursor::new(at, window.len(), true);
        if is_boundary(&mut cursor, window) { Some(at) } else { cursor.next_boundary(window, 0).ok().flatten() }
    })
}

fn is_boundary(cursor: &mut GraphemeCursor, window: &str) -> bool {
    let answer: Result<bool, GraphemeIncomplete> = cursor.is_boundary(window, 0);
    answer.unwrap_or(true)
}

/// Asks `find` about byte `at` within a bounded window of `text`.
fn snap(text: &str, at: usize, find: impl Fn(&str, usize) -> Option<usize>) -> usize {
    let bytes = text.as_bytes();
    let plain = |byte: Option<&u8>| byte.is_none_or(|byte| byte.is_ascii() && *byte != b'\n');
    if at == 0 || at >= text.len() || plain(bytes.get(at)) && plain(bytes.get(at - 1)) {
        return at.min(text.len());
    }
    let floor = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let at = floor(at);
    let start = floor(at.saturating_sub(GRAPHEME_WINDOW));
    let end = floor(text.len().min(at + GRAPHEME_WINDOW));
    let window = text.get(start..end).unwrap_or_default();
    find(window, at - start).map_or(at, |found| start + found)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range shall fail the test")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn find_folded(haystack: &str, needle: &str) -> Vec<TextRange> {
        Folded::new(haystack).find(needle).collect()
    }

    #[test]
    fn typography_does_not_matter() {
        for (one, other) in [
            ("“Don’t,” she said", "\"don't,\" SHE said"),
            ("2010–2015 — a span", "2010-2015 - a span"),
            ("wait…", "wait..."),
            ("ten\u{a0}per \n\n cent", "ten per cent"),
            ("co\u{ad}oper\u{200b}ation", "cooperation"),
            ("e\u{301}tat", "état"),
            ("o\u{fb03}ce", "office"),
            ("Ｆｕｌｌ", "full"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
        assert_ne!(fold("café"), fold("cafe"));
    }

    #[test]
    fn a_match_gives_the_words_of_the_source() {
        let text = "He said: “It’s  over…” — and\nleft.";
        let found = find_folded(text, "\"It's over...\" - AND left");
        assert_eq!(
            found.iter().map(|range| &text[range.start..range.end]).collect::<Vec<_>>(),
            ["“It’s  over…” — and\nleft"]
        );
    }

    #[test]
    fn every_occurrence_is_found_once() {
        assert_eq!(
            find_folded("aaa A a", " a "),
            [(0, 1), (1, 2), (2, 3), (4, 5), (6, 7)].map(|(s, e)| TextRange::new(s, e))
        );
        assert!(find_folded("words", " \u{ad} ").is_empty());
    }

    #[test]
    fn half_a_ligature_is_widened_to_the_whole() {
        let text = "an o\u{fb03}ce";
        let found = find_folded(text, "of");
        assert_eq!(&text[found[0].start..found[0].end], "o\u{fb03}");
    }

    #[test]
    fn a_match_never_ends_inside_a_grapheme() {
        let text = "x 👩‍👩‍👧 y";
        let found = find_folded(text, "👩");
        assert_eq!(&text[found[0].start..found[0].end], "👩‍👩‍👧");
    }

    #[test]
    fn a_mark_behind_a_soft_hyphen_belongs_to_nothing_before_it() {
        assert_eq!(find_folded("I\u{ad}\u{301}", "i"), [TextRange::new(0, 1)]);
        assert!(find_folded("I\u{301}", "i").is_empty());
    }

    #[test]
    fn a_heap_of_combining_marks_is_folded_in_linear_time() {
        let heap = "\u{301}".repeat(200_000);
        assert!(!find_folded(&heap, "\u{301}").is_empty());
    }

    #[test]
    fn folding_twice_changes_nothing() {
        let odd: Vec<char> = ('\0'..=char::MAX)
            .filter(|c| {
                let once = fold(&c.to_string());
                fold(&once) != once
            })
            .collect();
        assert!(odd.is_empty(), "{odd:?}");
    }

    proptest! {
        #[test]
        fn every_piece_of_a_text_is_found_in_it_on_grapheme_boundaries(
            text in "[a-zA-Zé“”’…\u{ad}\u{301} \n—🇩🇪ﬁß가]{1,60}", from in 0usize..60, length in 1usize..20,
        ) {
            let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
            let from = from % graphemes.len();
            let to = (from + length).min(graphemes.len());
            let end = graphemes.get(to).map_or(text.len(), |(start, _)| *start);
            let piece = &text[graphemes[from].0..end];
            let folded = Folded::new(&text);
            let found: Vec<TextRange> = folded.find(piece).collect();
            prop_assume!(!fold(piece).trim().is_empty());
            prop_assert!(!found.is_empty());
            for range in found {
                let whole = &text[range.start..range.end];
                prop_assert!(fold(whole).contains(fold(piece).trim()));
                for edge in [range.start, range.end] {
                    prop_assert!(edge == text.len() || graphemes.iter().any(|(start, _)| *start == edge));
                }
            }
        }

    }
}
