//! Columns a text takes in a terminal; the only place that measures.
//!
//! What is measured here is what is drawn (`pen::write` in `crate::ui`): one grapheme cluster after the other (Unicode
//! Standard Annex #29), each as wide as `unicode-width` says or as the sum of its characters, whichever is more
//! ([`super::doubt`] says why); clusters with control characters are left out.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::doubt::{is_certain, most_columns};

/// Stands for what [`truncate`] left out.
const ELLIPSIS: char = '…';

/// Columns above which a cluster is taken apart. A family of four people and the longest stacks of Indic consonants have
/// eight where every code point counts; what is wider is a chain without end, which must not outgrow its line.
pub const WIDEST: usize = 8;

/// U+200D. A terminal puts what is written after it, whatever that is, into the cell of what stands before it.
const JOINER: char = '\u{200D}';

/// What is drawn in one piece: a user-perceived character of a string, several with joiners between them, or a part of
/// one that is wider than any in use. It begins with something that has columns and does not end with a joiner, unless
/// it has no columns and is not drawn.
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
        let (length, width) = if plain { (1, usize::from(!first.is_ascii_control())) } else { joined(self.rest)? };
        let (text, rest) = self.rest.split_at_checked(length)?;
        let start = self.at;
        self.rest = rest;
        self.at += length;
        Some(Grapheme { start, text, width })
    }
}

/// The bytes and columns of the first piece: a cluster, and behind a joiner the next one. The standard parts them in
/// most scripts, terminals do not, and the conjunct letters of Sinhala are spelt so. A joiner that is left at the end
/// becomes a piece of its own.
fn joined(text: &str) -> Option<(usize, usize)> {
    let mut clusters = text.graphemes(true);
    let first = clusters.next()?;
    let (mut length, mut columns) = measured(first);
    let joins = |length: usize| text.get(..length).is_some_and(|so_far| so_far.ends_with(JOINER));
    let may_join = length == first.len() && columns > 0 && !first.starts_with(char::is_whitespace);
    while may_join
        && joins(length)
        && let Some(cluster) = clusters.next()
    {
        let (more, wider) = measured(cluster);
        let is_letter = wider > 0 && !cluster.starts_with(char::is_whitespace);
        if more < cluster.len() || !is_letter || columns + wider > WIDEST {
            break;
        }
        length += more;
        columns += wider;
    }
    if columns > 0 {
        length = text.get(..length).unwrap_or_default().trim_end_matches(JOINER).len();
    }
    Some((length, columns))
}

/// The bytes and columns of a cluster, or of as much of it as is drawn in one piece.
fn measured(cluster: &str) -> (usize, usize) {
    if is_certain(cluster) {
        return (cluster.len(), cluster.width());
    }
    if cluster.contains(char::is_control) {
        return (cluster.len(), 0);
    }
    let columns = cluster.width().max(most_columns(cluster));
    // A joiner or mark without a letter would go into the cell before.
    let adrift = cluster.find(|c: char| most_columns(c.encode_utf8(&mut [0; 4])) > 0);
    if let Some(adrift @ 1..) = adrift {
        return (adrift, 0);
    }
    if columns <= WIDEST {
        return (cluster.len(), columns);
    }
    let mut taken = 0;
    let next = cluster.char_indices().find(|(_, c)| {
        let wider = most_columns(c.encode_utf8(&mut [0; 4]));
        taken += wider;
        wider > 0 && taken > WIDEST
    });
    let piece = next.map_or(cluster, |(at, _)| cluster.get(..at).unwrap_or(cluster));
    (piece.len(), piece.width().max(most_columns(piece)).min(WIDEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wide_combined_and_joined_characters_are_measured_as_terminals_draw_them() {
        for (text, columns) in [
            ("plain", 5),
            ("日本", 4),
            ("e\u{301}", 1),
            ("ｶﾞ", 2),
            ("❤\u{FE0F}", 2),
            // What some terminals draw in fewer columns than others.
            ("👩‍👩‍👧‍👦", 8),
            ("🇩🇪🇫🇷", 8),
            ("கா", 2),
            ("soft\u{AD}hyphen", 10),
            ("a\tb", 2),
            // Two clusters with a joiner between them.
            ("ශ්\u{200D}රී", 2),
            ("", 0),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn what_a_joiner_joins_is_one_piece_and_no_piece_ends_with_one() {
        let pieces = |text: &str| {
            let drawn = graphemes_with_width(text).filter(|piece| piece.width > 0);
            drawn.map(|piece| format!("{}:{}", piece.text, piece.width)).collect::<Vec<_>>()
        };
        assert_eq!(pieces("ශ්\u{200D}රීx"), ["ශ්\u{200D}රී:2", "x:1"]);
        assert_eq!(pieces("ه\u{200D} x"), ["ه:1", " :1", "x:1"]);
        assert_eq!(pieces("a \u{200D}b\u{200D}"), ["a:1", " :1", "b:1"]);
        assert_eq!(pieces("\u{200D}\u{BBE}"), ["\u{BBE}:1"]);
        let four = "👩\u{200D}👩\u{200D}👩\u{200D}👩";
        let whole = format!("{four}:8");
        assert_eq!(pieces(&format!("{four}\u{200D}{four}")), [&*whole, &*whole]);
        assert_eq!(pieces(&format!("{four}\u{200D}x")), [&*whole, "x:1"]);
        let seven = format!("a{}\u{200D}", "\u{BBE}".repeat(6));
        assert_eq!(pieces(&format!("{seven}\u{200D}👩")).concat(), format!("{}:7👩:2", seven.trim_end_matches(JOINER)));
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
            "(👩\u{200D}){0,12}|a[\u{BBE}\u{E33}]{0,20}|[क्षकொ\u{600}]{0,30}",
            "[aශ්රී👩 ه.\u{200D}\u{BBE}\u{301}]{0,30}",
            "\\p{any}{0,30}"
        ]
    }

    proptest! {
        #[test]
        fn the_clusters_are_those_of_the_standard(text in ugly()) {
            let standard: Vec<_> = text.grapheme_indices(true).map(|(start, _)| start).collect();
            let ours: Vec<_> = graphemes_with_width(&text).collect();
            prop_assert_eq!(ours.iter().map(|grapheme| grapheme.text).collect::<String>(), text.clone());
            // Each cluster is one piece, unless it is a chain wider than any in use, or has a joiner or mark adrift.
            for (grapheme, next) in ours.iter().zip(ours.iter().skip(1)) {
                let cut = standard.binary_search(&next.start).is_err();
                let wide = grapheme.width + next.width > WIDEST || grapheme.width * next.width == 0;
                prop_assert!(!cut || wide, "{:?} {:?}", grapheme, next);
            }
            for start in standard {
                let joined = text.get(..start).unwrap().ends_with(JOINER);
                prop_assert!(joined || ours.iter().any(|grapheme| grapheme.start == start));
            }
        }

        #[test]
        fn no_piece_that_is_drawn_joins_another(text in ugly()) {
            for piece in graphemes_with_width(&text).filter(|piece| piece.width > 0) {
                let first = piece.text.chars().next().unwrap().to_string();
                prop_assert!(most_columns(&first) > 0 && !piece.text.ends_with(JOINER), "{:?}", piece);
            }
        }

        #[test]
        fn no_piece_is_wider_than_a_line_can_take(text in ugly()) {
            prop_assert!(graphemes_with_width(&text).all(|grapheme| grapheme.width <= WIDEST));
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
