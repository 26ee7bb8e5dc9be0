//! The words of a passage and the words around it.

use unicode_segmentation::UnicodeSegmentation;

use crate::article::TextRange;

/// The words of a passage, with the words before and after it, by which it is found again in a changed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The passage itself, as the canonical text has it.
    pub exact: String,
    /// The words right before.
    pub prefix: String,
    /// The words right after.
    pub suffix: String,
}

/// Most words of context on each side: about a sentence, enough to tell copies of a phrase apart.
const CONTEXT_WORDS: usize = 14;
/// Most context on each side, in code points.
const CONTEXT_MAX: usize = 160;
/// If whole words make less context than this, in code points, it is cut between graphemes instead: in scripts without
/// blanks the next blank may be far away.
const CONTEXT_MIN: usize = 32;

impl Quote {
    /// The words of `text` at `range`; none if it lies outside or off character boundaries.
    pub(super) fn of(text: &str, range: TextRange) -> Option<Self> {
        let exact = text.get(range.start..range.end)?.to_owned();
        let (prefix, suffix) = (before(text, range.start).to_owned(), after(text, range.end).to_owned());
        Some(Self { exact, prefix, suffix })
    }
}

/// The context before byte `at`: whole words where there are blanks, whole graphemes always.
pub(super) fn before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or_default();
    let start = head.char_indices().rev().take(CONTEXT_MAX).last().map_or(at, |(start, _)| start);
    let window = head.get(start..).unwrap_or_default();
    let mut starts = Vec::new();
    let mut after_blank = start == 0;
    for (offset, grapheme) in window.grapheme_indices(true) {
        let blank = is_blank(grapheme);
        if after_blank && !blank {
            starts.push(offset);
        }
        after_blank = blank;
    }
    let enough = starts.len() >= CONTEXT_WORDS;
    let words = starts.len().checked_sub(CONTEXT_WORDS).or(Some(0)).and_then(|number| starts.get(number));
    let words = words.and_then(|offset| window.get(*offset..)).unwrap_or_default();
    if enough || start == 0 || words.chars().count() >= CONTEXT_MIN {
        return words;
    }
    // The first grapheme may have begun before the window.
    let cut = window.grapheme_indices(true).nth(1).map_or(window.len(), |(offset, _)| offset);
    window.get(cut..).unwrap_or_default().trim_start()
}

/// The context after byte `at`; see [`before`].
pub(super) fn after(text: &str, at: usize) -> &str {
    let tail = text.get(at..).unwrap_or_default();
    let window = tail.char_indices().nth(CONTEXT_MAX).and_then(|(end, _)| tail.get(..end)).unwrap_or(tail);
    let whole = window.len() == tail.len();
    let mut ends = Vec::new();
    let mut in_word = false;
    let mut last = 0;
    for (offset, grapheme) in window.grapheme_indices(true) {
        let blank = is_blank(grapheme);
        if in_word && blank {
            ends.push(offset);
        }
        in_word = !blank;
        last = offset;
    }
    if in_word && whole {
        ends.push(window.len());
    }
    let enough = ends.len() >= CONTEXT_WORDS;
    let words = ends.get(CONTEXT_WORDS - 1).or(ends.last()).and_then(|end| window.get(..*end)).unwrap_or_default();
    if enough || whole || words.chars().count() >= CONTEXT_MIN {
        return words;
    }
    // The last grapheme may go on after the window.
    window.get(..last).unwrap_or_default().trim_end()
}

fn is_blank(grapheme: &str) -> bool {
    grapheme.chars().all(char::is_whitespace)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range shall fail the test")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn context_is_fourteen_whole_words_with_the_blank_beside_the_passage() {
        let words: Vec<String> = (0..40).map(|number| format!("w{number}")).collect();
        let text = words.join(" ");
        let at = text.find("w20").unwrap();
        let quote = Quote::of(&text, TextRange::new(at, at + 3)).unwrap();
        assert_eq!(quote.prefix, format!("{} ", words[6..20].join(" ")));
        assert_eq!(quote.suffix, format!(" {}", words[21..35].join(" ")));
    }

    #[test]
    fn there_is_less_context_at_the_edges_of_a_text() {
        let quote = Quote::of("Now then.", TextRange::new(0, 9)).unwrap();
        assert_eq!((quote.prefix.as_str(), quote.suffix.as_str()), ("", ""));
        assert_eq!(Quote::of("é", TextRange::new(0, 1)), None);
    }

    #[test]
    fn long_words_count_by_their_length() {
        let text = format!("{} passage {}", "abcdefghij ".repeat(30), "klmnopqrst ".repeat(30));
        let at = text.find("passage").unwrap();
        let quote = Quote::of(&text, TextRange::new(at, at + 7)).unwrap();
        assert!(quote.prefix.chars().count() <= CONTEXT_MAX && quote.prefix.starts_with("abc"));
        assert!(quote.suffix.chars().count() <= CONTEXT_MAX && quote.suffix.ends_with("rst"));
    }

    #[test]
    fn writing_without_blanks_still_has_context() {
        let text = "新聞".repeat(300);
        let quote = Quote::of(&text, TextRange::new(900, 906)).unwrap();
        assert_eq!((quote.prefix.chars().count(), quote.suffix.chars().count()), (159, 159));
    }

    proptest! {
        #[test]
        fn context_is_short_adjacent_and_cuts_no_grapheme(
            text in "[ab é\u{301}👩‍👩‍👧🇩🇪\n]{0,400}", from in 0usize..400, length in 0usize..40,
        ) {
            let edges: Vec<usize> =
                text.grapheme_indices(true).map(|(start, _)| start).chain([text.len()]).collect();
            let start = edges[from % edges.len()];
            let end = *edges.iter().filter(|edge| **edge >= start).nth(length).unwrap_or(&text.len());
            let quote = Quote::of(&text, TextRange::new(start, end)).unwrap();
            prop_assert!(quote.prefix.chars().count() <= CONTEXT_MAX && quote.suffix.chars().count() <= CONTEXT_MAX);
            prop_assert!(text[..start].ends_with(&quote.prefix) && text[end..].starts_with(&quote.suffix));
            prop_assert!(edges.contains(&(start - quote.prefix.len())) && edges.contains(&(end + quote.suffix.len())));
        }
    }
}
