//! Where a passage stands word for word, whatever the typography and layout.

use super::query::Query;
use super::words::{Word, Words};
use crate::article::TextRange;
use crate::text::fold::Folded;

/// A run of tokens, and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The first token.
    pub(super) from: usize,
    /// The first token after.
    pub(super) to: usize,
    /// The bytes, which may begin and end inside of tokens.
    pub(super) range: TextRange,
}

impl Run {
    pub(super) fn of(words: &Words<'_>, from: usize, to: usize) -> Option<Self> {
        words.range(from, to).map(|range| Self { from, to, range })
    }
}

/// A passage that occurs more often than this has no place of its own; its places are not weighed one by one.
pub(super) const MOST_PLACES: usize = 400;
/// Words compared at most, so that a hostile text costs no more than its length.
const MOST_STEPS: usize = 1_000_000;

/// Every place with the words of the passage, up to one more than [`MOST_PLACES`].
pub(super) fn places(exact: &str, query: &Query, words: &Words<'_>) -> Vec<Run> {
    if query.torn != (false, false) {
        let text = Folded::new(words.text());
        return text.find(exact).take(MOST_PLACES + 1).filter_map(|range| whole(query, words, range)).collect();
    }
    by_words(query, words)
}

/// A passage that was cut out of a word: found as letters, but where an edge of it is not torn it is not torn here.
fn whole(query: &Query, words: &Words<'_>, range: TextRange) -> Option<Run> {
    let (from, to) = words.tokens_in(range);
    let (first, last) = (words.tokens().get(from)?, words.tokens().get(to.checked_sub(1)?)?);
    let torn = (first.range.start < range.start, last.range.end > range.end);
    (torn == query.torn).then_some(Run { from, to, range })
}

fn by_words(query: &Query, words: &Words<'_>) -> Vec<Run> {
    let wanted = query.solid();
    let skip_marks = !query.has_no_words();
    let Some((rarest, word)) = wanted.iter().copied().enumerate().min_by_key(|(_, word)| words.count(*word)) else {
        return Vec::new();
    };
    let (head, tail) = (wanted.get(..rarest).unwrap_or_default(), wanted.get(rarest + 1..).unwrap_or_default());
    let mut steps = MOST_STEPS;
    let mut found: Vec<Run> = Vec::new();
    for place in words.places(word) {
        let place = *place as usize;
        let before = (0..place).rev();
        let after = place + 1..words.len();
        let from = walk(words, head.iter().rev(), before, skip_marks, &mut steps);
        let to = from.and_then(|_| walk(words, tail.iter(), after, skip_marks, &mut steps));
        if let (Some(from), Some(to)) = (from, to) {
            let (from, to) = with_marks(query, words, from.unwrap_or(place), to.unwrap_or(place) + 1);
            if found.last().is_none_or(|last| last.to <= from) {
                found.extend(Run::of(words, from, to));
            }
        }
        if found.len() > MOST_PLACES || steps == 0 {
            break;
        }
    }
    found
}

/// Whether the words along `way` are `wanted`, and the last token that was compared, if any was.
#[expect(clippy::option_option, reason = "no match, and a match of nothing, differ")]
fn walk<'w>(
    words: &Words<'_>,
    wanted: impl Iterator<Item = &'w Word>,
    mut way: impl Iterator<Item = usize>,
    skip_marks: bool,
    steps: &mut usize,
) -> Option<Option<usize>> {
    let mut last = None;
    for word in wanted {
        let at = loop {
            let at = way.next()?;
            *steps = steps.checked_sub(1)?;
            if !skip_marks || words.tokens().get(at)?.is_solid() {
                break at;
            }
        };
        if words.words().get(at) != Some(word) {
            return None;
        }
        last = Some(at);
    }
    Some(last)
}

/// The punctuation at the ends of the passage, as far as it stands here too.
pub(super) fn with_marks(query: &Query, words: &Words<'_>, mut from: usize, mut to: usize) -> (usize, usize) {
    if query.has_no_words() {
        return (from, to);
    }
    let leading: Vec<Word> =
        query.terms.iter().take_while(|term| !term.token.is_solid()).map(|term| term.word).collect();
    for word in leading.iter().rev() {
        match from.checked_sub(1) {
            Some(before) if words.words().get(before) == Some(word) => from = before,
            _ => break,
        }
    }
    let solid = query.terms.iter().rposition(|term| term.token.is_solid()).map_or(0, |last| last + 1);
    for term in query.terms.iter().skip(solid) {
        if words.words().get(to) != Some(&term.word) {
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
        let words = Words::new(text);
        let quote = Quote { prefix: prefix.into(), exact: exact.into(), suffix: suffix.into() };
        let query = Query::new(&quote, &words);
        places(exact, &query, &words).into_iter().map(|run| &text[run.range.start..run.range.end]).collect()
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
    fn parts_of_words_and_numbers_are_no_match() {
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
    fn more_places_than_anybody_can_weigh_are_not_listed() {
        assert_eq!(found(&"a b ".repeat(5_000), "a b").len(), MOST_PLACES + 1);
    }
}
