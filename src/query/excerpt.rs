//! The sentence that shows why an article was found.

use super::{Condition, Scope, Term, TextTerm};
use crate::article::{BlockKind, Text, TextRange};
use crate::text::index_words::index_words;
use crate::text::sentences::split;
use crate::text::unprintable::is_unsafe_in_line;

/// Characters of an excerpt; a longer sentence is cut.
const LENGTH: usize = 240;

/// Characters that are left before the first place in a sentence that is cut.
const LEAD: usize = 60;

/// The sentence in which what was searched for was found, with the places in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The sentence on one line, clean; cut around the first place if it is long.
    pub text: String,
    /// The places found, as ranges over `text`: sorted, and none overlaps another.
    pub hits: Vec<TextRange>,
}

impl Excerpt {
    /// The first of the sentences of `text` in which most of the words that a query asks for are found. None if none is:
    /// the article was found by its headline, or for no words at all.
    pub fn of(text: &Text, query: &Condition) -> Option<Self> {
        // What must not be there is not shown, nor are words of a headline.
        let terms: Vec<&TextTerm> = query.wanted().into_iter().filter_map(in_text).collect();
        if terms.is_empty() {
            return None;
        }
        let mut best: Option<(usize, &str, Vec<TextRange>)> = None;
        for block in text.blocks() {
            if matches!(block.kind, BlockKind::Headline | BlockKind::Byline | BlockKind::Dateline) {
                continue;
            }
            let words = index_words(text.slice(block.range));
            let places = terms.iter().enumerate().map(|(number, term)| term.places(&words).map(move |at| (number, at)));
            let found: Vec<(usize, TextRange)> = places.flatten().collect();
            if found.is_empty() {
                continue;
            }
            for sentence in split(text.slice(block.range)) {
                let within =
                    found.iter().filter(|(_, place)| sentence.start <= place.start && place.start < sentence.end);
                let mut numbers: Vec<usize> = within.clone().map(|(number, _)| *number).collect();
                numbers.sort_unstable();
                numbers.dedup();
                if numbers.len() > best.as_ref().map_or(0, |(most, ..)| *most) {
                    let hits = within.map(|(_, place)| shifted(*place, sentence)).collect();
                    let words = text.slice(block.range).get(sentence.start..sentence.end).unwrap_or_default();
                    best = Some((numbers.len(), words, hits));
                }
            }
            if best.as_ref().is_some_and(|(most, ..)| *most == terms.len()) {
                break;
            }
        }
        let (_, sentence, hits) = best?;
        Some(Self::cut(sentence, merged(hits)))
    }

    /// A sentence as one line, and the places in it.
    fn cut(sentence: &str, places: Vec<TextRange>) -> Self {
        let first = places.first().map_or(0, |place| place.start);
        let before = sentence.get(..first).unwrap_or_default();
        let start = if sentence.chars().count() <= LENGTH { 0 } else { lead_start(before) };
        let mut excerpt = Self { text: String::new(), hits: Vec::new() };
        if start > 0 {
            excerpt.text.push('…');
        }
        let mut places = places.into_iter().peekable();
        let mut begun = None;
        for (at, c) in sentence.char_indices().skip_while(|(at, _)| *at < start) {
            if let Some(began) = begun
                && places.next_if(|place| place.end <= at).is_some()
            {
                excerpt.hit(began);
                begun = None;
            }
            if excerpt.text.chars().count() >= LENGTH {
                excerpt.text.push('…');
                break;
            }
            if places.peek().is_some_and(|place| place.start == at) {
                begun = Some(excerpt.text.len());
            }
            if c.is_whitespace() {
                if !excerpt.text.ends_with(' ') {
                    excerpt.text.push(' ');
                }
            } else if !is_unsafe_in_line(c) {
                excerpt.text.push(c);
            }
        }
        if let Some(began) = begun {
            excerpt.hit(began);
        }
        excerpt
    }

    /// Notes a place that ends where the text does.
    fn hit(&mut self, start: usize) {
        if start < self.text.len() {
            self.hits.push(TextRange::new(start, self.text.len()));
        }
    }
}

/// Where a sentence that is cut begins, given what stands before its first place: at a word.
fn lead_start(before: &str) -> usize {
    let Some((start, _)) = before.char_indices().rev().nth(LEAD) else { return 0 };
    let rest = before.get(start..).unwrap_or_default();
    let word = rest.char_indices().skip_while(|(_, c)| !c.is_whitespace()).find(|(_, c)| !c.is_whitespace());
    start + word.map_or(0, |(at, _)| at)
}

/// The words of a term that are looked for in the text.
fn in_text(term: &Term) -> Option<&TextTerm> {
    match term {
        Term::Text(term) if term.scope == Scope::Everywhere && !term.words.is_empty() => Some(term),
        _ => None,
    }
}

/// A place of a block, within a sentence of it.
fn shifted(place: TextRange, sentence: TextRange) -> TextRange {
    TextRange::new(place.start - sentence.start, place.end.min(sentence.end) - sentence.start)
}

/// Sorted, and one where several overlap or touch.
fn merged(mut places: Vec<TextRange>) -> Vec<TextRange> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut merged: Vec<TextRange> = Vec::with_capacity(places.len());
    for place in places {
        match merged.last_mut() {
            Some(last) if place.start <= last.end => *last = TextRange::new(last.start, last.end.max(place.end)),
            _ => merged.push(place),
        }
    }
    merged
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong range shall fail the test")]
mod tests {
    use super::*;
    use crate::article::Block;
    use proptest::prelude::*;

    fn text(blocks: &[(BlockKind, &str)]) -> Text {
        let (mut words, mut made) = (String::new(), Vec::new());
        for (kind, block) in blocks {
            if !words.is_empty() {
                words.push_str("\n\n");
            }
            let start = words.len();
            words.push_str(block);
            made.push(Block { kind: kind.clone(), range: TextRange::new(start, words.len()) });
        }
        Text::new(words, made, vec![])
    }

    fn term(words: &[&str], is_begun: bool) -> Condition {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Term::Text(TextTerm { scope: Scope::Everywhere, words, is_begun }).into()
    }

    /// The excerpt with its places in brackets.
    fn shown(text: &Text, query: &Condition) -> Option<String> {
        let Excerpt { text, hits } = Excerpt::of(text, query)?;
        let (mut shown, mut at) = (String::new(), 0);
        for hit in hits {
            shown.extend([&text[at..hit.start], "[", &text[hit.start..hit.end], "]"]);
            at = hit.end;
        }
        Some(shown + &text[at..])
    }

    #[test]
    fn the_sentence_with_most_of_the_words_is_shown() {
        let text = text(&[
            (BlockKind::Headline, "Harbour and cable"),
            (BlockKind::Paragraph, "The harbour is old. A cable\nlies in the Harbour, and oil is near. Harbour again."),
            (BlockKind::Paragraph, "Old cable."),
        ]);
        let all = |terms: &[Condition]| Condition::All(terms.to_vec());
        let (harbour, cable) = (term(&["harbour"], false), term(&["cable"], false));
        let shown = |query: &Condition| shown(&text, query);
        assert_eq!(shown(&harbour).as_deref(), Some("The [harbour] is old."));
        let both = all(&[harbour.clone(), cable]);
        assert_eq!(shown(&both).as_deref(), Some("A [cable] lies in the [Harbour], and oil is near."));
        assert_eq!(
            shown(&term(&["cable", "li"], true)).as_deref(),
            Some("A [cable lies] in the Harbour, and oil is near.")
        );
        assert_eq!(shown(&term(&["harbour", "again"], false)).as_deref(), Some("[Harbour again]."));
        assert_eq!(shown(&term(&["again", "old"], false)), None, "a phrase stays in one block");
        assert_eq!(shown(&term(&["and", "cable"], false)), None, "the headline is seen anyway");
        assert_eq!(shown(&term(&["har"], false)), None);
        assert_eq!(shown(&Condition::Not(Box::new(harbour))), None);
        assert_eq!(shown(&Condition::All(vec![])), None);
    }

    #[test]
    fn a_long_sentence_is_cut_around_the_first_place() {
        let words = format!("{}found{}", "before ".repeat(60), " after".repeat(60));
        let text = text(&[(BlockKind::Paragraph, &words)]);
        let shown = shown(&text, &term(&["found"], false)).unwrap();
        assert!(shown.starts_with("…before ") && shown.contains(" [found] after") && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() <= LENGTH + 3);
    }

    proptest! {
        #[test]
        fn places_are_whole_words_of_a_single_line(text_of in "[a-c \n\t\u{202e}é.]{0,900}", wanted in "[a-c]{1,2}", is_begun: bool) {
            let text = text(&[(BlockKind::Paragraph, &text_of)]);
            if let Some(excerpt) = Excerpt::of(&text, &term(&[&wanted], is_begun)) {
                prop_assert!(!excerpt.hits.is_empty());
                prop_assert!(!excerpt.text.chars().any(is_unsafe_in_line) && excerpt.text.chars().count() <= LENGTH + 1);
                for hit in &excerpt.hits {
                    prop_assert!(excerpt.text[hit.start..hit.end].starts_with(&wanted));
                }
            }
        }
    }
}
