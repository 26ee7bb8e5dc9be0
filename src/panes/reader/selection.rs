//! Selecting a passage from the keyboard: ranges of the text, moved by units of language and never by columns.

use unicode_segmentation::UnicodeSegmentation;

use crate::article::{BlockKind, Text, TextRange};

/// A unit of language, from small to large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    /// One character as a reader sees it.
    Grapheme,
    /// A word (UAX #29).
    Word,
    /// A sentence.
    Sentence,
    /// A block of the article.
    Paragraph,
    /// From one heading to the next; headline, by-line and date are none of it.
    Section,
}

/// Which end of the selection moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The first byte.
    Start,
    /// The last byte.
    End,
}

/// The units of one article.
#[derive(Clone, Copy)]
pub(super) struct Units<'a> {
    /// The article's text.
    pub text: &'a Text,
    /// Its sentences, in order.
    pub sentences: &'a [TextRange],
}

impl<'a> Units<'a> {
    /// The unit that holds byte `at`, or the first one after it, or the last one.
    pub(super) fn at(&self, unit: Unit, at: usize) -> Option<TextRange> {
        self.ending_after(unit, at).next().or_else(|| self.before(unit, self.text.len()))
    }

    /// The unit after the one that ends at or holds byte `at`, but for what only stands in front of the article.
    fn said_after(&self, unit: Unit, at: usize) -> Option<TextRange> {
        self.ending_after(unit, at).find(|range| range.start >= at && !self.is_front(*range))
    }

    /// The last unit that begins before byte `at` and does not only stand in front of the article.
    fn said_before(&self, unit: Unit, at: usize) -> Option<TextRange> {
        let mut range = self.before(unit, at)?;
        while self.is_front(range) {
            range = self.before(unit, range.start)?;
        }
        Some(range)
    }

    /// Whether a unit is headline, by-line or date.
    pub(super) fn is_front(&self, range: TextRange) -> bool {
        let block = self.text.block_at(range.start).and_then(|number| self.text.blocks().get(number));
        block.is_some_and(|block| is_front(&block.kind))
    }

    /// The last unit that begins before byte `at`.
    fn before(&self, unit: Unit, at: usize) -> Option<TextRange> {
        let begun = |ranges: &[TextRange]| {
            ranges.partition_point(|range| range.start < at).checked_sub(1).and_then(|last| ranges.get(last)).copied()
        };
        match unit {
            Unit::Sentence => begun(self.sentences),
            Unit::Section => begun(&self.sections()),
            Unit::Paragraph => self.paragraphs_before(at).next(),
            Unit::Word | Unit::Grapheme => {
                self.paragraphs_before(at).find_map(|block| self.last_small_before(unit, block, at))
            }
        }
    }

    /// The units that end after byte `at`, in order.
    fn ending_after(&self, unit: Unit, at: usize) -> Box<dyn Iterator<Item = TextRange> + 'a> {
        let later = move |range: &TextRange| range.end > at;
        match unit {
            Unit::Sentence => {
                let first = self.sentences.partition_point(|range| !later(range));
                Box::new(self.sentences.iter().skip(first).copied())
            }
            Unit::Section => Box::new(self.sections().into_iter().filter(later)),
            Unit::Paragraph => Box::new(self.paragraphs_after(at)),
            Unit::Word | Unit::Grapheme => {
                let text = self.text;
                let small = move |block: TextRange| {
                    let from = seam(unit, text.slice(block), (at + 1).saturating_sub(block.start));
                    small(unit, text, TextRange::new(block.start + from, block.end))
                };
                Box::new(self.paragraphs_after(at).flat_map(small).filter(later))
            }
        }
    }

    /// The last word or grapheme of `block` that begins before byte `at`.
    fn last_small_before(&self, unit: Unit, block: TextRange, at: usize) -> Option<TextRange> {
        let mut limit = at.min(block.end);
        while limit > block.start {
            let from = block.start + seam(unit, self.text.slice(block), limit - block.start);
            let begun = small(unit, self.text, TextRange::new(from, block.end)).take_while(|range| range.start < limit);
            if let Some(last) = begun.last() {
                return Some(last);
            }
            limit = from;
        }
        None
    }

    /// The blocks that end after byte `at`, in order.
    fn paragraphs_after(&self, at: usize) -> impl Iterator<Item = TextRange> + 'a {
        let blocks = self.text.blocks();
        let first = blocks.partition_point(|block| block.range.end <= at);
        blocks.iter().skip(first).map(|block| block.range).filter(|range| !range.is_empty())
    }

    /// The blocks that begin before byte `at`, the last one first.
    fn paragraphs_before(&self, at: usize) -> impl Iterator<Item = TextRange> + 'a {
        let blocks = self.text.blocks();
        let begun = blocks.partition_point(|block| block.range.start < at);
        blocks.iter().take(begun).rev().map(|block| block.range).filter(|range| !range.is_empty())
    }

    fn sections(&self) -> Vec<TextRange> {
        let mut sections: Vec<TextRange> = Vec::new();
        let mut after_front = false;
        for block in self.text.blocks().iter().filter(|block| !block.range.is_empty()) {
            // What stands in front of the article is no part of its first section.
            let begins = is_front(&block.kind) || after_front || matches!(block.kind, BlockKind::Heading(_));
            match sections.last_mut() {
                Some(section) if !begins => section.end = block.range.end,
                _ => sections.push(block.range),
            }
            after_front = is_front(&block.kind);
        }
        sections
    }
}

/// Whether a block only stands in front of an article: its headline, who wrote it, when.
pub(super) fn is_front(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Headline | BlockKind::Byline | BlockKind::Dateline)
}

/// The words or graphemes of a part of a block that begins at a [`seam`].
fn small(unit: Unit, text: &Text, part: TextRange) -> Box<dyn Iterator<Item = TextRange> + '_> {
    let words = text.slice(part);
    let ranged = move |(start, word): (usize, &str)| TextRange::new(start, start + word.len()).shifted(part.start);
    match unit {
        Unit::Grapheme => Box::new(words.grapheme_indices(true).map(ranged)),
        _ => Box::new(words.unicode_word_indices().map(ranged)),
    }
}

/// The last byte before `limit` from which `words` can be split as from their beginning; 0 if there is none.
///
/// A block may be megabytes long, so it is not split from its beginning for one key. The rules of UAX #29 never join
/// the pairs of characters below, nor do they look past such a pair in either direction.
fn seam(unit: Unit, words: &str, limit: usize) -> usize {
    // Ideographs and hiragana: each is a word and a grapheme of its own, but for marks that follow.
    let alone = |c| matches!(c, '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}');
    let parted = |left: char, right: char| {
        let left_ends = alone(left) || left == ' ' || left == '\n' || unit == Unit::Grapheme && left.is_ascii_graphic();
        left_ends && (alone(right) || right.is_ascii_graphic())
    };
    let end = (limit..words.len()).find(|at| words.is_char_boundary(*at)).unwrap_or(words.len());
    let head = words.get(..end).unwrap_or_default();
    let pairs = head.char_indices().rev().zip(head.char_indices().rev().skip(1));
    pairs.into_iter().find(|((_, right), (_, left))| parted(*left, *right)).map_or(0, |((at, _), _)| at)
}

/// A passage that is being selected. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selection {
    /// The words.
    pub range: TextRange,
    /// The end that moves.
    pub active: End,
    /// By what `j`, `k`, `J` and `K` move.
    pub unit: Unit,
    /// What it was before it was grown, for shrinking back.
    grown: Vec<(TextRange, Unit)>,
}

impl Selection {
    /// Selects `range`, which is one `unit`.
    pub(super) fn new(range: TextRange, unit: Unit) -> Self {
        Self { range, active: End::End, unit, grown: Vec::new() }
    }

    /// Selects the next unit (or the previous one) instead. Above what the article says there is what stands in front of
    /// it.
    pub(super) fn step(&mut self, units: &Units<'_>, forward: bool) {
        let next = if forward {
            units.said_after(self.unit, self.range.end)
        } else {
            units.said_before(self.unit, self.range.start).or_else(|| units.before(self.unit, self.range.start))
        };
        if let Some(range) = next {
            *self = Self::new(range, self.unit);
        }
    }

    /// Moves the active end outwards by one unit.
    pub(super) fn extend(&mut self, units: &Units<'_>) {
        self.move_end(units, self.unit, self.active == End::End);
    }

    /// Moves the active end inwards by one unit.
    pub(super) fn retract(&mut self, units: &Units<'_>) {
        self.move_end(units, self.unit, self.active == End::Start);
    }

    /// Moves the active end to the next boundary of a unit. It stops short of the other end.
    pub(super) fn move_end(&mut self, units: &Units<'_>, unit: Unit, forward: bool) {
        let TextRange { start, end } = self.range;
        let moved = match (self.active, forward) {
            // To the end of a unit that was begun, or else of the next one.
            (End::End, true) => units
                .ending_after(unit, end)
                .find(|next| next.start < end || !units.is_front(*next))
                .map(|next| TextRange::new(start, next.end)),
            // The unit at the end goes: the end falls back to the end of the one before it.
            (End::End, false) => units
                .before(unit, end)
                .and_then(|last| units.said_before(unit, last.start).or_else(|| units.before(unit, last.start)))
                .map(|previous| TextRange::new(start, previous.end)),
            (End::Start, true) => units.ending_after(unit, start).nth(1).map(|next| TextRange::new(next.start, end)),
            (End::Start, false) => units.before(unit, start).map(|previous| TextRange::new(previous.start, end)),
        };
        // An end that would meet or pass the other leaves an empty range: then it stays.
        if let Some(range) = moved
            && !range.is_empty()
        {
            self.range = range;
        }
    }

    /// Grows to the next larger unit around the selection.
    pub(super) fn grow(&mut self, units: &Units<'_>) {
        let before = (self.range, self.unit);
        for unit in [Unit::Word, Unit::Sentence, Unit::Paragraph, Unit::Section] {
            // A full stop is in no word: then there is no word to grow to.
            let holding = |at| units.at(unit, at).filter(|range| range.contains(at));
            let around = holding(self.range.start).zip(holding(self.range.end.saturating_sub(1)));
            if let Some((first, last)) = around {
                let range = first.join(last).join(self.range);
                if range != self.range {
                    self.grown.push(before);
                    (self.range, self.unit) = (range, unit);
                    return;
                }
            }
        }
    }

    /// Shrinks to what it was before it grew, or else to the next smaller unit at its beginning.
    pub(super) fn shrink(&mut self, units: &Units<'_>) {
        if let Some((range, unit)) = self.grown.pop() {
            (self.range, self.unit) = (range, unit);
            return;
        }
        for unit in [Unit::Paragraph, Unit::Sentence, Unit::Word] {
            if let Some(range) = units.at(unit, self.range.start)
                && self.range.covers(range)
                && range != self.range
            {
                (self.range, self.unit) = (range, unit);
                return;
            }
        }
    }

    /// Makes the other end the active one.
    pub(super) fn swap_ends(&mut self) {
        self.active = match self.active {
            End::Start => End::End,
            End::End => End::Start,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Block;
    use proptest::prelude::*;

    const WORDS: &str = "One two. Three four.\n\nHead\n\nFive six. Seven eight.";

    fn text() -> Text {
        let block = |kind, start, end| Block { kind, range: TextRange::new(start, end) };
        let blocks = vec![
            block(BlockKind::Paragraph, 0, 20),
            block(BlockKind::Heading(2), 22, 26),
            block(BlockKind::Paragraph, 28, 50),
        ];
        Text::new(WORDS.into(), blocks, vec![])
    }

    fn sentences() -> Vec<TextRange> {
        [(0, 8), (9, 20), (22, 26), (28, 37), (38, 50)].map(|(start, end)| TextRange::new(start, end)).to_vec()
    }

    /// Starts at the sentence "Three four.", does `steps` and returns the words selected then.
    fn after(steps: impl Fn(&mut Selection, &Units<'_>)) -> String {
        let (text, sentences) = (text(), sentences());
        let units = Units { text: &text, sentences: &sentences };
        let mut selection = Selection::new(sentences[1], Unit::Sentence);
        steps(&mut selection, &units);
        text.slice(selection.range).to_owned()
    }

    #[test]
    fn stepping_selects_the_neighbour_instead() {
        assert_eq!(after(|s, u| s.step(u, true)), "Head");
        assert_eq!(after(|s, u| s.step(u, false)), "One two.");
        assert_eq!(after(|s, u| (0..9).for_each(|_| s.step(u, true))), "Seven eight.");
    }

    #[test]
    fn extending_and_retracting_undo_each_other() {
        assert_eq!(after(Selection::extend), "Three four.\n\nHead");
        assert_eq!(
            after(|s, u| {
                s.extend(u);
                s.retract(u);
            }),
            "Three four."
        );
        assert_eq!(
            after(|s, u| {
                s.swap_ends();
                s.extend(u);
            }),
            "One two. Three four."
        );
        assert_eq!(
            after(|s, u| {
                s.swap_ends();
                s.extend(u);
                s.retract(u);
            }),
            "Three four."
        );
    }

    #[test]
    fn the_active_end_never_passes_the_other() {
        assert_eq!(after(|s, u| (0..9).for_each(|_| s.retract(u))), "Three four.");
        assert_eq!(after(|s, u| (0..30).for_each(|_| s.move_end(u, Unit::Grapheme, false))), "T");
        assert_eq!(
            after(|s, u| {
                s.swap_ends();
                (0..30).for_each(|_| s.move_end(u, Unit::Grapheme, true));
            }),
            "."
        );
    }

    #[test]
    fn words_move_the_end_by_words() {
        assert_eq!(after(|s, u| s.move_end(u, Unit::Word, false)), "Three");
        assert_eq!(
            after(|s, u| {
                s.swap_ends();
                s.move_end(u, Unit::Word, true);
            }),
            "four."
        );
        assert_eq!(after(|s, u| s.move_end(u, Unit::Word, true)), "Three four.\n\nHead");
    }

    #[test]
    fn no_section_takes_in_headline_byline_and_date() {
        let block = |kind, start, end| Block { kind, range: TextRange::new(start, end) };
        let blocks = vec![
            block(BlockKind::Headline, 0, 4),
            block(BlockKind::Byline, 6, 12),
            block(BlockKind::Dateline, 14, 18),
            block(BlockKind::Standfirst, 20, 24),
            block(BlockKind::Paragraph, 26, 30),
            block(BlockKind::Heading(2), 32, 36),
            block(BlockKind::Paragraph, 38, 42),
        ];
        let text = Text::new("Head\n\nBy Ann\n\nDate\n\nLead\n\nBody\n\nNext\n\nMore".into(), blocks, vec![]);
        let units = Units { text: &text, sentences: &[] };
        let words: Vec<&str> = units.sections().into_iter().map(|range| text.slice(range)).collect();
        assert_eq!(words, ["Head", "By Ann", "Date", "Lead\n\nBody", "Next\n\nMore"]);
    }

    #[test]
    fn growing_goes_from_sentence_to_paragraph_and_back() {
        assert_eq!(after(Selection::grow), "One two. Three four.");
        assert_eq!(
            after(|s, u| {
                s.grow(u);
                s.shrink(u);
            }),
            "Three four."
        );
        assert_eq!(after(Selection::shrink), "Three");
    }

    proptest! {
        #[test]
        fn words_and_graphemes_are_found_as_if_each_block_were_split_from_its_beginning(
            paragraphs in proptest::collection::vec("[a-z'.1,_ \n\u{a0}\u{ad}\u{301}\u{200d}é新聞。ひゃカ゛\u{3099}👩‍👧🇩🇪กำ-]{0,30}", 1..4),
            at in 0usize..160,
        ) {
            let (mut words, mut blocks) = (String::new(), Vec::new());
            for paragraph in &paragraphs {
                let start = words.len();
                words.push_str(paragraph);
                blocks.push(Block { kind: BlockKind::Paragraph, range: TextRange::new(start, words.len()) });
                words.push_str("\n\n");
            }
            let text = Text::new(words, blocks, vec![]);
            let units = Units { text: &text, sentences: &[] };
            for unit in [Unit::Grapheme, Unit::Word] {
                let all: Vec<TextRange> =
                    text.blocks().iter().flat_map(|block| small(unit, &text, block.range)).collect();
                let later: Vec<TextRange> = all.iter().copied().filter(|range| range.end > at).collect();
                prop_assert_eq!(units.ending_after(unit, at).collect::<Vec<_>>(), later);
                prop_assert_eq!(units.said_after(unit, at), all.iter().copied().find(|range| range.start >= at));
                prop_assert_eq!(units.before(unit, at), all.iter().copied().rfind(|range| range.start < at));
            }
        }
    }
}
