//! Half-open ranges of bytes in a text, and their conversion to the code points that files and JSON use.

use std::ops::Range;

/// A half-open range of bytes in one [`Text`](super::Text), always on grapheme boundaries.
///
/// A `Copy` stand-in for [`std::ops::Range`], which is an iterator and therefore is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    /// First byte inside.
    pub start: usize,
    /// First byte after.
    pub end: usize,
}

impl TextRange {
    /// The range from `start` up to `end`; empty at `start` if `end` lies before it.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// An empty range at `at`.
    pub fn at(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether no byte lies inside.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether the byte at `at` lies inside.
    pub fn contains(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether every byte of `other` lies inside.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// The bytes both have, if any.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same range `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

impl From<Range<usize>> for TextRange {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<TextRange> for Range<usize> {
    fn from(range: TextRange) -> Self {
        range.start..range.end
    }
}

/// Converts between bytes and code points of one string in logarithmic time.
///
/// Keeps the byte of every 64th code point, so that a conversion scans at most 64 characters.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    marks: Vec<usize>,
    total: usize,
}

/// Code points between two marks: a small scan against a small table.
const STRIDE: usize = 64;

impl<'a> CodePoints<'a> {
    /// Reads `text` once.
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut total = 0;
        for (byte, _) in text.char_indices() {
            if total % STRIDE == 0 {
                marks.push(byte);
            }
            total += 1;
        }
        Self { text, marks, total }
    }

    /// The number of code points before `byte`; a byte inside a character counts as its start.
    pub fn of_byte(&self, byte: usize) -> usize {
        if byte >= self.text.len() {
            return self.total;
        }
        let mark = self.marks.partition_point(|&start| start <= byte).saturating_sub(1);
        let from = self.marks.get(mark).copied().unwrap_or(0);
        let rest = self.text.get(from..).unwrap_or_default();
        let inside = rest.char_indices().take_while(|(offset, c)| from + offset + c.len_utf8() <= byte).count();
        mark * STRIDE + inside
    }

    /// The byte at which code point number `point` starts; the length of the text if there is none.
    pub fn to_byte(&self, point: usize) -> usize {
        if point >= self.total {
            return self.text.len();
        }
        let from = self.marks.get(point / STRIDE).copied().unwrap_or(0);
        let rest = self.text.get(from..).unwrap_or_default();
        rest.char_indices().nth(point % STRIDE).map_or(self.text.len(), |(offset, _)| from + offset)
    }

    /// Number of code points in the whole text.
    pub fn total(&self) -> usize {
        self.total
    }

    /// A byte range as `(start, end)` in code points.
    pub fn of_range(&self, range: TextRange) -> (usize, usize) {
        (self.of_byte(range.start), self.of_byte(range.end))
    }

    /// A range of code points as bytes.
    pub fn to_range(&self, start: usize, end: usize) -> TextRange {
        TextRange::new(self.to_byte(start), self.to_byte(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn touching_ranges_do_not_overlap() {
        let (left, right) = (TextRange::new(0, 3), TextRange::new(3, 5));
        assert!(!left.overlaps(right));
        assert_eq!(left.intersection(right), None);
        assert_eq!(left.join(right), TextRange::new(0, 5));
    }

    #[test]
    fn a_byte_inside_a_character_counts_as_its_start() {
        let points = CodePoints::new("aé€");
        assert_eq!(points.of_byte(2), 1);
        assert_eq!(points.of_byte(3), 2);
        assert_eq!(points.of_byte(99), 3);
    }

    proptest! {
        #[test]
        fn bytes_and_code_points_agree_both_ways(text in "\\PC{0,300}") {
            let points = CodePoints::new(&text);
            prop_assert_eq!(points.total(), text.chars().count());
            for (number, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of_byte(byte), number);
                prop_assert_eq!(points.to_byte(number), byte);
            }
        }
    }
}
