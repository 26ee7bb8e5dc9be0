//! Columns a text takes in a terminal; the only place that measures.
//!
//! What is measured here must equal what is drawn, so the rules are those by which ratatui's `Buffer` places text: one
//! grapheme cluster after the other (Unicode Standard Annex #29), each as wide as `unicode-width` says (East Asian wide
//! characters and emoji sequences take two columns, combining marks none); clusters with control characters are left
//! out. A test compares the two.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Stands for what [`truncate`] left out.
const ELLIPSIS: char = '…';

/// One user-perceived character of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grapheme<'a> {
    /// First byte of the cluster in the string it was read from.
    pub start: usize,
    /// The cluster.
    pub text: &'a str,
    /// Columns.
    pub width: usize,
}

impl Grapheme<'_> {
    /// First byte after the cluster.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The columns `text` takes on one line.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    graphemes_with_width(text).map(|grapheme| grapheme.width).sum()
}

/// `text` if it fits into `columns`, else as much of its beginning as fits together with an ellipsis.
///
/// Never splits a grapheme cluster; the result may be narrower than `columns`, never wider.
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    if text.len() <= columns && text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let (mut taken, mut kept) = (0, 0);
    for grapheme in graphemes_with_width(text) {
        taken += grapheme.width;
        if taken < columns {
            kept = grapheme.end();
        } else if taken > columns {
            let mut short = text.get(..kept).unwrap_or_default().trim_end().to_owned();
            if columns > 0 {
                short.push(ELLIPSIS);
            }
            return Cow::Owned(short);
        }
    }
    Cow::Borrowed(text)
}

/// The grapheme clusters of `text` with their first bytes and widths.
pub fn graphemes_with_width(text: &str) -> GraphemesWithWidth<'_> {
    GraphemesWithWidth { rest: text, at: 0 }
}

/// The iterator [`graphemes_with_width`] returns.
#[derive(Clone, Debug)]
pub struct GraphemesWithWidth<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Iterator for GraphemesWithWidth<'a> {
    type Item = Grapheme<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.rest.as_bytes();
        let first = *bytes.first()?;
        // Between two ASCII characters there is always a boundary, except inside "\r\n"; most text is never looked up.
        let plain = first.is_ascii() && first != b'\r' && bytes.get(1).is_none_or(u8::is_ascii);
        // Starting afresh at a boundary finds the same clusters as going on: no rule of UAX #29 looks back beyond the
        // cluster it is in, except for pairs of regional indicators, and these begin at a boundary too.
        let length = if plain { 1 } else { self.rest.graphemes(true).next()?.len() };
        let (text, rest) = self.rest.split_at_checked(length)?;
        let width = if plain { usize::from(!first.is_ascii_control()) } else { cluster_width(text) };
        let start = self.at;
        self.rest = rest;
        self.at += length;
        Some(Grapheme { start, text, width })
    }
}

fn cluster_width(cluster: &str) -> usize {
    if cluster.contains(char::is_control) {
        return 0;
    }
    // ratatui adds a cell for each halfwidth katakana sound mark, whatever `unicode-width` says of them.
    let sound_marks = cluster.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count();
    cluster.width() + sound_marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::{buffer::Buffer, layout::Rect, style::Style};

    #[test]
    fn wide_combined_and_joined_characters_are_measured_as_terminals_draw_them() {
        for (text, columns) in [
            ("plain", 5),
            ("日本", 4),
            ("e\u{301}", 1),
            ("👩‍👩‍👧‍👦", 2),
            ("❤\u{FE0F}", 2),
            ("🇩🇪🇫🇷", 4),
            ("soft\u{AD}hyphen", 10),
            ("a\tb", 2),
            ("", 0),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn truncating_leaves_a_fitting_text_alone() {
        assert!(matches!(truncate("fits", 4), Cow::Borrowed("fits")));
        assert!(matches!(truncate("日本", 4), Cow::Borrowed("日本")));
    }

    #[test]
    fn truncating_marks_the_cut_and_drops_the_space_before_it() {
        assert_eq!(truncate("the long way", 9), "the long…");
        assert_eq!(truncate("the long way", 10), "the long…");
        assert_eq!(truncate("日本語", 4), "日…");
        assert_eq!(truncate("ab", 1), "…");
        assert_eq!(truncate("ab", 0), "");
    }

    fn ugly() -> impl Strategy<Value = String> {
        prop_oneof![
            "\\PC{0,60}",
            "[ -~]{0,40}",
            "[a🇩🇪👩‍👧日ｶﾞ\u{301}\u{FE0F}\u{AD}\u{200B}é\t\r\n]{0,30}",
            "\\p{any}{0,30}"
        ]
    }

    proptest! {
        #[test]
        fn the_width_is_what_ratatui_draws(text in ugly()) {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 400, 1));
            let (end, _) = buffer.set_stringn(0, 0, &text, usize::MAX, Style::new());
            prop_assert_eq!(width(&text), usize::from(end));
        }

        #[test]
        fn the_clusters_are_those_of_the_standard(text in ugly()) {
            let ours: Vec<_> = graphemes_with_width(&text).map(|grapheme| (grapheme.start, grapheme.text)).collect();
            let theirs: Vec<_> = text.grapheme_indices(true).collect();
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn a_truncated_text_fits_and_begins_like_the_whole(text in ugly(), columns in 0_usize..50) {
            let short = truncate(&text, columns);
            prop_assert!(width(&short) <= columns);
            let kept = short.strip_suffix(ELLIPSIS).unwrap_or(&short);
            prop_assert!(text.starts_with(kept));
        }
    }
}
