//! Finds a passage word for word, regardless of typography and layout.

use super::passage_query::PassageQuery;
use super::token_index::{TokenIndex, WordId};
use crate::article::TextRange;
use crate::text::fold::Folded;

/// A span of tokens, and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TokenSpan {
    /// The first token.
    pub(super) from: usize,
    /// One past the last token.
    pub(super) to: usize,
    /// The bytes, which may begin and end within tokens.
    pub(super) range: TextRange,
}

impl TokenSpan {
    pub(super) fn of(words: &TokenIndex<'_>, from: usize, to: usize) -> Option<Self> {
        words.range(from, to).map(|range| Self { from, to, range })
    }
}

/// A passage with more occurrences than this cannot be told apart by context, so they are not weighed.
pub(super) const MAX_MATCHES: usize = 400;
/// Maximum number of words compared, so that a hostile text costs no more than its length.
const MAX_STEPS: usize = 1_000_000;

/// Every occurrence of the words of the passage, up to one more than [`MAX_MATCHES`].
pub(super) fn exact_matches(exact: &str, query: &PassageQuery, words: &TokenIndex<'_>) -> Vec<TokenSpan> {
    if query.cuts_words != (false, false) {
        let text = Folded::new(words.text());
        return text
            .find(exact)
            .take(MAX_MATCHES + 1)
            .filter_map(|range| match_within_words(query, words, range))
            .collect();
    }
    match_words(query, words)
}

/// A match of a passage that begins or ends within a word: it must do so at the same edges here.
fn match_within_words(query: &PassageQuery, words: &TokenIndex<'_>, range: TextRange) -> Option<TokenSpan> {
    let (from, to) = words.tokens_in(range);
    let (first, last) = (words.tokens().get(from)?, words.tokens().get(to.checked_sub(1)?)?);
    let cuts_words = (first.range.start < range.start, last.range.end > range.end);
    (cuts_words == query.cuts_words).then_some(TokenSpan { from, to, range })
}

fn match_words(query: &PassageQuery, words: &TokenIndex<'_>) -> Vec<TokenSpan> {
    let wanted = query.content_words();
    let skip_marks = !query.has_no_words();
    let Some((rarest, word)) = wanted.iter().copied().enumerate().min_by_key(|(_, word)| words.count(*word)) else {
        return Vec::new();
    };
    let (head, tail) = (wanted.get(..rarest).unwrap_or_default(), wanted.get(rarest + 1..).unwrap_or_default());
    let mut steps = MAX_STEPS;
    let mut found: Vec<TokenSpan> = Vec::new();
    for place in words.occurrences(word) {
        let place = *place as usize;
        let before = (0..place).rev();
        let after = place + 1..words.len();
        let from = match_along(words, head.iter().rev(), before, skip_marks, &mut steps);
        let to = from.and_then(|_| match_along(words, tail.iter(), after, skip_marks, &mut steps));
        if let (Some(from), Some(to)) = (from, to) {
            let (from, to) = with_punctuation(query, words, from.unwrap_or(place), to.unwrap_or(place) + 1);
            if found.last().is_none_or(|last| last.to <= from) {
                found.extend(TokenSpan::of(words, from, to));
            }
        }
        if found.len() > MAX_MATCHES || steps == 0 {
            break;
        }
    }
    found
}

/// If the words along `way` are `wanted`, the last token compared, if any was.
#[expect(clippy::option_option, reason = "no match, and a match of nothing, differ")]
fn match_along<'w>(
    words: &TokenIndex<'_>,
    wanted: impl Iterator<Item = &'w WordId>,
    mut way: impl Iterator<Item = usize>,
    skip_marks: bool,
    steps: &mut usize,
) -> Option<Option<usize>> {
    let mut last = None;
    for word in wanted {
        let at = loop {
            let at = way.next()?;
            *steps = steps.checked_sub(1)?;
            if !skip_marks || words.tokens().get(at)?.is_content() {
                break at;
            }
        };
        if words.ids().get(at) != Some(word) {
            return None;
        }
        last = Some(at);
    }
    Some(last)
}

/// Extends `from..to` by the punctuation at the ends of the passage, as far as it is here too.
pub(super) fn with_punctuation(
    query: &PassageQuery,
    words: &TokenIndex<'_>,
    mut from: usize,
    mut to: usize,
) -> (usize, usize) {
    if query.has_no_words() {
        return (from, to);
    }
    let leading: Vec<WordId> =
        query.terms.iter().take_while(|term| !term.token.is_content()).map(|term| term.word).collect();
    for word in leading.iter().rev() {
        match from.checked_sub(1) {
            Some(before) if words.ids().get(before) == Some(word) => from = before,
            _ => break,
        }
    }
    let content = query.terms.iter().rposition(|term| term.token.is_content()).map_or(0, |last| last + 1);
    for term in query.terms.iter().skip(content) {
        if words.ids().get(to) != Some(&term.word) {
            break;
        }
        to += 1;
    }
    (from, to)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range shall fail the test")]
mod tests {
    use super::*;
    use crate::bookmark::Quote;

    fn found<'a>(text: &'a str, exact: &str) -> Vec<&'a str> {
        found_torn(text, ("", exact, ""))
    }

    fn found_torn<'a>(text: &'a str, (prefix, exact, suffix): (&str, &str, &str)) -> Vec<&'a str> {
        let words = TokenIndex::new(text);
        let quote = Quote { prefix: prefix.into(), exact: exact.into(), suffix: suffix.into() };
        let query = PassageQuery::new(&quote, &words);
        exact_matches(exact, &query, &words).into_iter().map(|run| &text[run.range.start..run.range.end]).collect()
    }

    #[test]
    fn words_are_found_whatever_is_between_them() {
        assert_eq!(
            found("He said: “It’s  over” — and\nleft. It's over.", "\"It's over\" - and"),
            ["“It’s  over” — and"]
        );
        assert_eq!(found("A head lineThe end.Next", "The end."), ["The end."]);
        assert_eq!(found("one two one two", "one two"), ["one two", "one two"]);
    }

    #[test]
    fn parts_of_words_and_numbers_do_not_match() {
        assert!(found("machines and 15 percent", "chines").is_empty());
        assert!(found("machines and 15 percent", "5 percent").is_empty());
        assert_eq!(found_torn("machines here", ("the ma", "chines", " are")), ["chines"]);
        assert_eq!(found_torn("ma\u{ad}chi\u{ad}nes here", ("the ma", "chines", " are")), ["chi\u{ad}nes"]);
        assert_eq!(found_torn("ma\u{ad}chines here", ("the ma\u{ad}", "chi\u{ad}nes\u{ad}", " are")), ["chines"]);
        assert!(found_torn("machineshop", ("the ma", "chines", " are")).is_empty());
    }

    #[test]
    fn a_passage_without_words_is_found_by_its_signs() {
        assert_eq!(found("so 👍 … and", "👍 …"), ["👍 …"]);
        assert!(found("so", "").is_empty());
    }

    #[test]
    fn the_number_of_matches_is_limited() {
        assert_eq!(found(&"a b ".repeat(5_000), "a b").len(), MAX_MATCHES + 1);
    }
}
