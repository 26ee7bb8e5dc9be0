//! Expands a passage over words that replaced its first or last ones.
//!
//! Words next to an edge that is unchanged do not belong to it, nor does anything beyond its paragraph.

use super::align::is_near;
use super::passage_query::{PassageQuery, Term};
use super::token_index::TokenIndex;
use super::tokens::Token;

/// Expands `from..to`, where the passage was found, by what belongs to it within `least..most`.
pub(super) fn expand(
    query: &PassageQuery,
    words: &TokenIndex<'_>,
    (from, to): (usize, usize),
    (least, most): (usize, usize),
) -> (usize, usize) {
    let is_content = |at: &usize| words.tokens().get(*at).is_some_and(Token::is_content);
    let (first, last) = ((from..to).find(is_content), (from..to).rev().find(is_content));
    let marks_before = marks_beside(query.terms.iter(), words, first);
    let marks_after = marks_beside(query.terms.iter().rev(), words, last);
    // Blank lines of the passage that are not inside yet may be among the words that replaced its edges.
    let inside = (from + 1..to).filter(|at| words.begins_block(*at)).count();
    let mut blanks = query.blanks.saturating_sub(inside);
    let mut is_beyond = |at: usize| {
        let is_blank = words.begins_block(at);
        let is_beyond = is_blank && blanks == 0;
        blanks -= usize::from(is_blank && !is_beyond);
        is_beyond
    };
    let (mut start, mut end) = (from, to);
    while start > least
        && !is_beyond(start)
        && marks_before.is_none_or(|most| from - start < most && !is_content(&(start - 1)))
    {
        start -= 1;
    }
    while end < most && marks_after.is_none_or(|most| end - to < most && !is_content(&end)) && !is_beyond(end) {
        end += 1;
    }
    (start, end)
}

/// The number of punctuation marks beyond the word at the passage's edge, if token `at` is that word.
fn marks_beside<'t>(
    mut terms: impl Iterator<Item = &'t Term>,
    words: &TokenIndex<'_>,
    at: Option<usize>,
) -> Option<usize> {
    let mut marks = 0;
    let edge = loop {
        let term = terms.next()?;
        if term.token.is_content() {
            break term;
        }
        marks += 1;
    };
    let word = *words.ids().get(at?)?;
    (word == edge.word || is_near(&edge.spelling, words.spelling(word))).then_some(marks)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range shall fail the test")]
mod tests {
    use super::*;
    use crate::article::TextRange;
    use crate::bookmark::Quote;

    /// What `⟦…⟧` in `text` expands to within the whole text.
    fn grow(exact: &str, text: &str) -> String {
        let (start, end) = (text.find('⟦').unwrap(), text.find('⟧').unwrap() - '⟦'.len_utf8());
        let text = text.replace(['⟦', '⟧'], "");
        let words = TokenIndex::new(&text);
        let query = PassageQuery::new(&Quote { exact: exact.into(), ..Quote::default() }, &words);
        let core = words.tokens_in(TextRange::new(start, end));
        let (from, to) = expand(&query, &words, core, (0, words.len()));
        let range = words.range(from, to).unwrap();
        text[range.start..range.end].to_owned()
    }

    #[test]
    fn words_that_replaced_an_edge_belong_to_it_and_others_do_not() {
        for (exact, text, wanted) in [
            ("Rents fell in May", "So ⟦rents fell⟧ last year", "rents fell last year"),
            ("Rents fell in May", "Wages ⟦fell in May⟧ again", "Wages fell in May"),
            ("Rents fell in May", "So ⟦rents fell in May⟧ again", "rents fell in May"),
            ("Rents fell in harbours", "So ⟦rents fell in harbour⟧ towns", "rents fell in harbour"),
            ("Rents fell in May.", "So ⟦rents fell in May⟧! Oddly", "rents fell in May!"),
        ] {
            assert_eq!(grow(exact, text), wanted, "{text}");
        }
    }

    #[test]
    fn it_does_not_expand_beyond_its_paragraph() {
        for (exact, text, wanted) in [
            ("Rents fell in May", "So ⟦rents fell⟧ last year\n\nOddly", "rents fell last year"),
            ("Rents fell in May", "So ⟦rents fell⟧\n\nOddly", "rents fell"),
            ("Rents fell in May", "So\n\nwages ⟦fell in May⟧", "wages fell in May"),
            ("Rents fell in May", "So\n\n⟦fell in May⟧", "fell in May"),
            ("Rents fell.\n\nSo did wages", "⟦Rents fell.⟧\n\nFares did\n\nOddly", "Rents fell.\n\nFares did"),
            ("Rents fell.\n\nSo did wages", "Oddly\n\nFares fell.\n\n⟦So did wages⟧", "Fares fell.\n\nSo did wages"),
        ] {
            assert_eq!(grow(exact, text), wanted, "{text}");
        }
    }
}
