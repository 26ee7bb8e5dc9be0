//! What terminals do not agree on: how many columns some clusters take.
//!
//! A terminal either adds up the widths of code points (xterm, tmux, most older ones, each with the tables of some
//! version of Unicode) or measures whole clusters (kitty, Ghostty, Contour). Flags, families and the vowel signs of many
//! scripts are wider in the first than in the second, and no question would tell which one it is. So the program
//! reserves the most that any of them takes, which costs a gap in some and never a letter, and the terminal is told
//! after each such cluster where to go on ([`crate::terminal`]).

use unicode_width::UnicodeWidthChar;

/// Whether every terminal gives the cluster the same columns: a single character of a script without combining or
/// joining, or of the signs and rules such text is set with. Emoji, and whatever is put together, is uncertain.
pub fn is_certain(cluster: &str) -> bool {
    if let [byte] = cluster.as_bytes() {
        return !byte.is_ascii_control();
    }
    let mut letters = cluster.chars();
    letters.next().is_some_and(is_plain) && letters.next().is_none()
}

fn is_plain(c: char) -> bool {
    matches!(c,
        // Latin, without the soft hyphen; Greek; Cyrillic without its combining signs.
        ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{52F}'
        | '\u{1E00}'..='\u{1FFF}' | '\u{FB00}'..='\u{FB06}'
        // Blanks, dashes, quotation marks, and other punctuation that is no emoji.
        | '\u{2000}'..='\u{200A}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203B}' | '\u{203D}'..='\u{2048}'
        | '\u{204A}'..='\u{205E}'
        // Raised and lowered figures, currencies, letterlike signs, fractions, arrows, mathematics.
        | '\u{2070}'..='\u{209C}' | '\u{20A0}'..='\u{20BF}' | '\u{2100}'..='\u{2121}' | '\u{2123}'..='\u{2138}'
        | '\u{213A}'..='\u{2193}' | '\u{2200}'..='\u{22FF}'
        // Rules, blocks and figures, and the few signs the panes are drawn with.
        | '\u{23CE}' | '\u{2500}'..='\u{25A9}' | '\u{25AC}'..='\u{25B5}' | '\u{25B7}'..='\u{25BF}'
        | '\u{25C1}'..='\u{25FA}' | '\u{2605}' | '\u{2606}' | '\u{2713}' | '\u{2726}' | '\u{275D}'
        // Chinese, Japanese and Korean: two columns everywhere.
        | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309B}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}'
        | '\u{20000}'..='\u{2FFFD}')
}

/// The columns a cluster takes in a terminal that adds up code points and knows nothing of clusters: the most there is.
pub(super) fn most_columns(cluster: &str) -> usize {
    cluster.chars().map(most_columns_of).sum()
}

fn most_columns_of(c: char) -> usize {
    match c {
        // Regional indicators, half a flag each: one column, or two where they count as emoji. Numbers on squares: wide by
        // the tables of glibc, ambiguous by Unicode's. Tone marks and a filler: no column of their own in a cluster, and
        // two where nobody knows of clusters.
        '\u{1F1E6}'..='\u{1F1FF}'
        | '\u{3248}'..='\u{324F}'
        | '\u{302E}'
        | '\u{302F}'
        | '\u{3164}'
        | '\u{16FF0}'
        | '\u{16FF1}' => 2,
        '\u{FFA0}' => 1,
        _ if stands_alone(c) => 1,
        _ => c.width().unwrap_or(0),
    }
}

/// Characters that extend a cluster (`Grapheme_Extend`, or `Prepend`) and so have no width of their own in `unicode-width`,
/// while by their `General_Category` (a spacing mark, a letter, a sign) `wcwidth` gives them a column: vowel signs of
/// Bengali, Oriya, Tamil, Kannada, Malayalam, Sinhala, Philippine scripts, Balinese, Javanese and others. From Unicode
/// 16's `PropList.txt` (`Other_Grapheme_Extend`) and `GraphemeBreakProperty.txt`.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x605 | 0x70F | 0x890 | 0x891 | 0x8E2
        | 0x9BE | 0x9D7 | 0xB3E | 0xB57 | 0xBBE | 0xBD7
        | 0xCC0 | 0xCC2 | 0xCC7 | 0xCC8 | 0xCCA | 0xCCB | 0xCD5 | 0xCD6
        | 0xD3E | 0xD4E | 0xD57 | 0xDCF | 0xDDF
        | 0x1715 | 0x1734 | 0x1B35 | 0x1B3B | 0x1B3D | 0x1B43 | 0x1B44 | 0x1BAA | 0x1BF2 | 0x1BF3
        | 0xA8FA | 0xA953 | 0xA9C0
        | 0x111C0 | 0x111C2 | 0x111C3 | 0x11235 | 0x1133E | 0x1134D | 0x11357
        | 0x113B8 | 0x113C2 | 0x113C5 | 0x113C7..=0x113C9 | 0x113CF
        | 0x114B0 | 0x114BD | 0x115AF | 0x116B6 | 0x11930 | 0x1193D | 0x1193F | 0x11941 | 0x11A84..=0x11A89
        | 0x11D46 | 0x11F02 | 0x11F41 | 0x1D165 | 0x1D166 | 0x1D16D..=0x1D172)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn what_is_certain_has_one_character_and_the_width_everybody_gives_it() {
        for c in ('\0'..=char::MAX).filter(|c| is_certain(c.encode_utf8(&mut [0; 4]))) {
            let mut bytes = [0; 4];
            let text = &*c.encode_utf8(&mut bytes);
            assert_eq!(text.width(), most_columns(text), "{c:?} U+{:04X}", u32::from(c));
            assert!((1..=2).contains(&text.width()), "{c:?} U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn plain_text_is_certain_and_what_is_put_together_is_not() {
        for certain in ["a", "é", "ß", "ж", "Ω", "“", "—", "…", "│", "▌", "●", "★", "€", "日", "が", "한", "、", "ﬁ"]
        {
            assert!(is_certain(certain), "{certain}");
        }
        for uncertain in [
            "",
            "e\u{301}",
            "का",
            "ำ",
            "ا",
            "ש",
            "❤",
            "❤\u{fe0f}",
            "🇩🇪",
            "👍🏽",
            "👩‍🚒",
            "①",
            "㉈",
            "\u{ad}",
            "ab",
            "\u{7}",
            "☎",
        ] {
            assert!(!is_certain(uncertain), "{uncertain:?}");
        }
    }

    #[test]
    fn the_most_columns_are_those_of_every_code_point_by_itself() {
        for (cluster, columns) in
            [("கொ", 2), ("কা", 2), ("ක්‍ෂා", 3), ("🇩🇪", 4), ("👍🏽", 4), ("👩‍👩‍👧‍👦", 8), ("e\u{301}", 1), ("❤\u{fe0f}", 1)]
        {
            assert_eq!(most_columns(cluster), columns, "{cluster}");
        }
    }
}
