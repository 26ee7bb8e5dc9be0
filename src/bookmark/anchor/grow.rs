//! How far a passage reaches over words that were put in beside it.
//!
//! Words in place of its first or last ones belong to it. Words beside an edge that stands do not, and nothing does
//! beyond the end of its paragraph.

use super::align::is_near;
use super::query::{Query, Term};
use super::tokens::Token;
use super::words::Words;

/// The tokens `from..to`, in which the passage was found, and what belongs to it of the tokens `least..most` around them.
pub(super) fn grown(
    query: &Query,
    words: &Words<'_>,
    (from, to): (usize, usize),
    (least, most): (usize, usize),
) -> (usize, usize) {
    let is_solid = |at: &usize| words.tokens().get(*at).is_some_and(Token::is_solid);
    let (first, last) = ((from..to).find(is_solid), (from..to).rev().find(is_solid));
    let marks_before = marks_beside(query.terms.iter(), words, first);
    let marks_after = marks_beside(query.terms.iter().rev(), words, last);
    // Blank lines that the passage had and that are not found yet may lie in what stands in place of its edges.
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
        && marks_before.is_none_or(|most| from - start < most && !is_solid(&(start - 1)))
    {
        start -= 1;
    }
    while end < most && marks_after.is_none_or(|most| end - to < most && !is_solid(&end)) && !is_beyond(end) {
        end += 1;
    }
    (start, end)
}

/// How many marks the passage has outside of the word at its edge, if that word is the token `at`.
fn marks_beside<'t>(mut terms: impl Iterator<Item = &'t Term>, words: &Words<'_>, at: Option<usize>) -> Option<usize> {
    let mut marks = 0;
    let edge = loop {
        let term = terms.next()?;
        if term.token.is_solid() {
            break term;
        }
        marks += 1;
    };
    let word = *words.words().get(at?)?;
    (word == edge.word || is_near(&edge.spelling, words.spelling(word))).then_some(marks)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range shall fail the test")]
mod tests {
    use super::*;
    use crate::article::TextRange;
    use crate::bookmark::Quote;

    /// What `⟦…⟧` in `text` becomes, if all of the text is free.
    fn grow(exact: &str, text: &str) -> String {
        let (start, end) = (text.find('⟦').unwrap(), text.find('⟧').unwrap() - '⟦'.len_utf8());
        let text = text.replace(['⟦', '⟧'], "");
        let words = Words::new(&text);
        let query = Query::new(&Quote { exact: exact.into(), ..Quote::default() }, &words);
        let core = words.tokens_in(TextRange::new(start, end));
        let (from, to) = grown(&query, &words, core, (0, words.len()));
        let range = words.range(from, to).unwrap();
        text[range.start..range.end].to_owned()
    }

    #[test]
    fn words_in_place_of_an_edge_belong_to_it_and_others_do_not() {
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
    fn the_end_of_its_paragraph_is_the_end_of_it() {
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
