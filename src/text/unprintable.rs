//! The characters that a terminal, the clipboard, a file name or an export must not get, in three levels.
//!
//! | level | what goes | where |
//! |---|---|---|
//! | [`is_active`] | whatever acts: control characters, and what reverses words | bookmarks, our own and those of other programs |
//! | [`is_unwanted`] | also invisible characters that no script needs | the text of articles, and all that becomes part of it |
//! | [`is_unsafe_in_line`] | also line breaks, and marks that move their neighbours | names, addresses and messages, which are one line |
//!
//! A level says what may not stay; [`sanitize`](super::sanitize) takes it away with the sequences it begins,
//! [`printable`] shows it as an escape where every character counts.

/// Longest line of [`printable`], in characters: a hostile page must not fill a log with one message.
pub const LONGEST: usize = 2000;

/// Whether a character acts on a terminal or on the order of the words around it: control characters (C0, DEL and C1)
/// but for line feed and tab, and directional embeddings, overrides and isolates (UAX #9 §2.1 to §2.5), which can show
/// words in an order that was never written (the "Trojan Source" attack).
pub fn is_active(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character has no place in an article: it [`is_active`], or it is litter or can hide words. The latter are
/// byte order marks, interlinear annotations, the object replacement character, deprecated format characters (U+206A to
/// U+206F), noncharacters, and tags (the caller spares those that spell a flag).
pub fn is_unwanted(c: char) -> bool {
    let code = u32::from(c);
    is_active(c)
        || matches!(code, 0x206a..=0x206f | 0xfeff | 0xfff9..=0xfffc | 0xfdd0..=0xfdef | 0xe0000..=0xe007f)
        || code & 0xfffe == 0xfffe
}

/// Whether a character has no place in a single line that somebody else wrote: it [`is_unwanted`], or is a line break of
/// any kind, a tab, or an implicit direction mark (LRM, RLM, ALM). Articles keep the marks, because Arabic and Hebrew
/// need them; in a name they can only make it look like another.
pub fn is_unsafe_in_line(c: char) -> bool {
    is_unwanted(c) || matches!(c, '\n' | '\t' | '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// `text` as one line that no terminal obeys: every character that [`is_unsafe_in_line`] as a Rust escape, and at most
/// [`LONGEST`] characters.
pub fn printable(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(LONGEST));
    for (number, c) in text.chars().enumerate() {
        if number == LONGEST {
            line.push('…');
            break;
        }
        if c.is_control() {
            line.extend(c.escape_default());
        } else if is_unsafe_in_line(c) {
            line.extend(c.escape_unicode());
        } else {
            line.push(c);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_level_has_what_the_one_before_has() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert!(!is_active(c) || is_unwanted(c), "{c:?}");
            assert!(!is_unwanted(c) || is_unsafe_in_line(c), "{c:?}");
        }
        let level = |c| [is_active(c), is_unwanted(c), is_unsafe_in_line(c)].iter().filter(|has| **has).count();
        for (c, wanted) in [
            ('\u{1b}', 3),
            ('\u{85}', 3),
            ('\u{202e}', 3),
            ('\u{feff}', 2),
            ('\u{e0041}', 2),
            ('\u{10ffff}', 2),
            ('\n', 1),
            ('\u{200f}', 1),
            ('\u{2028}', 1),
            ('\u{200d}', 0),
            ('\u{ad}', 0),
            ('é', 0),
        ] {
            assert_eq!(level(c), wanted, "{c:?}");
        }
    }

    #[test]
    fn what_is_printable_is_shown_and_the_rest_is_spelt_out() {
        assert_eq!(printable("né\u{1b}[2J\n\u{202e}x\u{feff}"), r"né\u{1b}[2J\n\u{202e}x\u{feff}");
        assert_eq!(printable(&"é".repeat(LONGEST + 1)).chars().count(), LONGEST + 1);
    }

    proptest! {
        #[test]
        fn a_printable_line_is_safe_and_stays_as_it_is(text in any::<String>()) {
            let line = printable(&text);
            prop_assert!(!line.contains(is_unsafe_in_line));
            prop_assert_eq!(printable(&line), line);
        }
    }
}
