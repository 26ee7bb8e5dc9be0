//! A place in a text, kept so that it is found again even when the text has changed.

use super::{Text, TextHash, TextRange};

/// Characters of text kept with a position: long enough to be unique in an article, short enough to survive an edit.
const QUOTE_CHARS: usize = 96;

/// Fewest characters of half a quote that still say where something is.
const SHORTEST_HALF: usize = 16;

/// Where somebody was in an article: a byte of one text, and the words found there.
///
/// While the text is the same the byte is exact. In a changed text the words are looked for, the place nearest to the
/// old one wins, and where they are gone the place is as far into the text as it was before: a reading position may be
/// a little off, unlike a bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The byte, on a character boundary of the text it was taken in.
    pub byte: usize,
    /// Length in bytes of that text.
    pub length: usize,
    /// That text.
    pub text: TextHash,
    /// The words that start at `byte`, at most to the end of their block; may be empty.
    pub quote: String,
}

impl Position {
    /// The place at `byte` of `text`; a byte inside a character counts as its start.
    pub fn at(text: &Text, byte: usize) -> Self {
        let byte = floor(text.as_str(), byte);
        let end = match text.block_at(byte).and_then(|number| text.blocks().get(number)) {
            Some(block) if block.range.end > byte => block.range.end,
            _ => text.len(),
        };
        let words = text.slice(TextRange::new(byte, end));
        let quote = words.char_indices().nth(QUOTE_CHARS).map_or(words, |(end, _)| words.split_at(end).0);
        Self { byte, length: text.len(), text: text.hash(), quote: quote.trim_end().to_owned() }
    }

    /// The byte of `text` that this place is at now, on a character boundary. Linear in the length of the text.
    pub fn resolve(&self, text: &Text) -> usize {
        let words = text.as_str();
        if self.text == text.hash() {
            return floor(words, self.byte);
        }
        let half = floor(&self.quote, self.quote.len() / 2);
        let (first, second) = self.quote.split_at(half);
        let expected = scaled(self.byte, self.length, text.len());
        nearest(words, &self.quote, expected)
            .or_else(|| long_enough(first).and_then(|first| nearest(words, first, expected)))
            .or_else(|| long_enough(second).and_then(|second| nearest(words, second, expected)))
            .unwrap_or_else(|| floor(words, expected))
    }

    /// How far into its text this place is, from 0 (start) to 1 (end).
    pub fn fraction(&self) -> f64 {
        if self.length == 0 { 0.0 } else { (self.byte as f64 / self.length as f64).min(1.0) }
    }
}

fn long_enough(half: &str) -> Option<&str> {
    let half = half.trim();
    half.chars().nth(SHORTEST_HALF - 1).map(|_| half)
}

/// The occurrence of `quote` that starts nearest to `expected`.
fn nearest(words: &str, quote: &str, expected: usize) -> Option<usize> {
    if quote.trim().is_empty() {
        return None;
    }
    words.match_indices(quote).map(|(at, _)| at).min_by_key(|at| at.abs_diff(expected))
}

/// `byte` of `old` bytes as a byte of `new` bytes.
fn scaled(byte: usize, old: usize, new: usize) -> usize {
    if old == 0 { 0 } else { ((byte as u128 * new as u128 / old as u128) as usize).min(new) }
}

/// The last character boundary at or before `byte`.
fn floor(words: &str, byte: usize) -> usize {
    (0..=byte.min(words.len())).rev().find(|&at| words.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, BlockKind};
    use proptest::prelude::*;

    fn text(words: &str) -> Text {
        let mut at = 0;
        let blocks = words
            .split("\n\n")
            .map(|block| {
                let range = TextRange::new(at, at + block.len());
                at += block.len() + 2;
                Block { kind: BlockKind::Paragraph, range }
            })
            .collect();
        Text::new(words.into(), blocks, vec![])
    }

    const STORY: &str = "The mayor spoke first.\n\nThe harbour would be closed for a year, she said, and the ferries \
                         moved to the old quay.\n\nNobody asked what that would cost.";

    #[test]
    fn the_same_text_gives_the_same_byte() {
        let story = text(STORY);
        let byte = STORY.find("would be").unwrap();
        let place = Position::at(&story, byte);
        assert_eq!(place.resolve(&story), byte);
        assert!(place.quote.starts_with("would be closed") && !place.quote.contains("Nobody"));
        assert!(place.fraction() > 0.2 && place.fraction() < 0.4);
    }

    #[test]
    fn a_paragraph_put_in_front_moves_the_place_along() {
        let place = Position::at(&text(STORY), STORY.find("Nobody").unwrap());
        let longer = format!("Correction: an earlier version named the wrong quay.\n\n{STORY}");
        assert_eq!(place.resolve(&text(&longer)), longer.find("Nobody").unwrap());
    }

    #[test]
    fn half_of_the_words_is_enough() {
        let place = Position::at(&text(STORY), STORY.find("The harbour").unwrap());
        let edited = STORY.replace("the ferries moved", "all boats moved");
        assert_eq!(place.resolve(&text(&edited)), edited.find("The harbour").unwrap());
    }

    #[test]
    fn of_equal_lines_the_nearest_is_taken() {
        let chorus = ["Row, row, row your boat.", "Gently down the stream."].repeat(4).join("\n\n");
        let third = chorus.match_indices("Row,").nth(2).unwrap().0;
        let changed = format!("{chorus}\n\nLife is but a dream.");
        let found = Position::at(&text(&chorus), third).resolve(&text(&changed));
        assert_eq!(found, third);
    }

    #[test]
    fn words_that_are_gone_leave_the_place_as_far_in_as_it_was() {
        let place = Position::at(&text(STORY), STORY.len() / 2);
        let other = text(&"é".repeat(101));
        let found = place.resolve(&other);
        assert!(other.as_str().is_char_boundary(found) && (90..=112).contains(&found), "{found}");
        assert_eq!(place.resolve(&text("")), 0);
    }

    proptest! {
        #[test]
        fn any_place_resolves_to_a_character_boundary_of_any_text(
            old in "[aé€ \n]{0,200}", new in "[aé€ \n]{0,200}", byte in 0_usize..400,
        ) {
            let (old, new) = (text(&old), text(&new));
            let place = Position::at(&old, byte);
            prop_assert!(old.as_str().is_char_boundary(place.byte));
            prop_assert!(new.as_str().is_char_boundary(place.resolve(&new)));
            prop_assert_eq!(place.resolve(&old), place.byte);
        }
    }
}
