//! Removes what must never reach a terminal or a file: control and bidi-override characters.
//!
//! Everything that enters the program passes through here once, and everything that leaves it in one line (titles,
//! notices, terminal titles) through [`one_line`]. What is removed, and why:
//!
//! * the characters that are [unwanted](super::unprintable::is_unwanted) in an article, and whole terminal sequences
//!   (ECMA-48 §5.3 and §5.4, `ESC` to the final byte; control strings up to their terminator), because the rest of a
//!   sequence without its `ESC` is litter. Tags stay where they spell the flag of a region (UTS #51 ED-14a: a black flag,
//!   tags, and the cancel tag);
//! * combining marks beyond [`MAX_MARKS`] in a row.
//!
//! Line ends of every kind become `\n`. Joiners, variation selectors, soft hyphens and no-break blanks stay, because
//! scripts and emoji are spelt with them.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::CharIndices;

use unicode_normalization::char::is_combining_mark;

use super::unprintable::is_unwanted;

/// Marks and joiners that may follow one character. Unicode's stream-safe format (UAX #15 §13) allows 30; no spelling in
/// use needs more than about five, and a terminal cell shows fewer.
pub const MAX_MARKS: usize = 8;

/// The base of the flags that are spelt with tags: "🏴" and the code of the region.
const BLACK_FLAG: char = '\u{1F3F4}';

/// Ends a sequence of tags.
const CANCEL_TAG: char = '\u{E007F}';

/// Tags of a region's code, at most: a country and up to four letters or digits (CLDR, `unicode_subdivision_id`).
const MAX_TAGS: usize = 7;

/// A control string longer than this (in characters) is taken for words behind a stray introducer.
const MAX_CONTROL_STRING: usize = 2048;

/// Cleans article text; see the module for what goes. Linear, and idempotent.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut out = Output { source: text, owned: None, marks: 0 };
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        match c {
            '\n' | '\t' | ' '..='~' => out.keep(c),
            '\r' => {
                rest.next_if(|(_, next)| *next == '\n');
                out.replace(at, Some('\n'));
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.replace(at, Some('\n')),
            '\u{1b}' => {
                skip_sequence(&mut rest);
                out.replace(at, None);
            }
            '\u{9b}' => {
                skip_control_sequence(&mut rest);
                out.replace(at, None);
            }
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => {
                skip_control_string(&mut rest);
                out.replace(at, None);
            }
            BLACK_FLAG => {
                out.keep(c);
                for _ in 0..flag_tags(&rest) {
                    rest.next().iter().for_each(|(_, tag)| out.push(*tag));
                }
            }
            _ if is_unwanted(c) => out.replace(at, None),
            _ if is_mark(c) => {
                if out.marks < MAX_MARKS {
                    out.marks += 1;
                    out.push(c);
                } else {
                    out.replace(at, None);
                }
            }
            _ => out.keep(c),
        }
    }
    out.owned.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether nothing is in a text that may have to go. Most texts are clean, and are told apart from the others quickly.
fn is_clean(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b'\n' | b'\t' | b' '..=b'~');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !is_plain(byte)) {
        let mut signs = rest.get(at..).unwrap_or_default().chars();
        let Some(c) = signs.next() else { return true };
        if is_unwanted(c) || is_mark(c) || matches!(c, '\u{2028}' | '\u{2029}' | BLACK_FLAG) {
            return false;
        }
        rest = signs.as_str();
    }
    true
}

/// Text for one line: [`sanitize`]d, every run of white space one blank, none at the ends.
pub fn one_line(text: &str) -> String {
    let clean = sanitize(text);
    let mut line = String::with_capacity(clean.len());
    for word in clean.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether nothing in `text` would leave a trace on paper: white space, joiners, soft hyphens and the like only.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == '\u{ad}' || is_joiner(c) || is_unwanted(c))
}

/// How many characters behind a black flag make it the flag of a region; none if they are no well-formed code.
fn flag_tags(rest: &Rest<'_>) -> usize {
    let code = |c: &char| matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}');
    let tags = rest.clone().map(|(_, c)| c).take(MAX_TAGS).take_while(code).count();
    let ends = rest.clone().nth(tags).is_some_and(|(_, c)| c == CANCEL_TAG);
    if tags > 0 && ends { tags + 1 } else { 0 }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{61c}' | '\u{180e}')
}

/// Adds nothing to the width of what stands before it, so a run of these must end somewhere.
fn is_mark(c: char) -> bool {
    c >= '\u{300}' && (is_joiner(c) || is_combining_mark(c))
}

/// Borrows until the first difference.
struct Output<'a> {
    source: &'a str,
    owned: Option<String>,
    marks: usize,
}

impl Output<'_> {
    fn keep(&mut self, c: char) {
        self.marks = 0;
        self.push(c);
    }

    fn push(&mut self, c: char) {
        if let Some(owned) = &mut self.owned {
            owned.push(c);
        }
    }

    fn replace(&mut self, at: usize, with: Option<char>) {
        let source = self.source;
        let owned = self.owned.get_or_insert_with(|| source.get(..at).unwrap_or_default().to_owned());
        if let Some(c) = with {
            owned.push(c);
            self.marks = 0;
        }
    }
}

type Rest<'a> = Peekable<CharIndices<'a>>;

/// What follows `ESC`.
fn skip_sequence(rest: &mut Rest<'_>) {
    let Some(&(_, c)) = rest.peek() else { return };
    match c {
        '[' => {
            rest.next();
            skip_control_sequence(rest);
        }
        ']' | 'P' | 'X' | '^' | '_' => {
            rest.next();
            skip_control_string(rest);
        }
        // Intermediate bytes, then a final one: "ESC ( B".
        ' '..='/' => {
            let mut ahead = rest.clone();
            while ahead.next_if(|(_, c)| matches!(c, ' '..='/')).is_some() {}
            if ahead.next_if(|(_, c)| matches!(c, '0'..='~')).is_some() {
                *rest = ahead;
            } else {
                rest.next();
            }
        }
        '0'..='~' => {
            rest.next();
        }
        _ => {}
    }
}

/// Parameters, intermediates and the final byte behind CSI; if there is no final byte, nothing.
fn skip_control_sequence(rest: &mut Rest<'_>) {
    let mut ahead = rest.clone();
    while ahead.next_if(|(_, c)| matches!(c, '0'..='?')).is_some() {}
    while ahead.next_if(|(_, c)| matches!(c, ' '..='/')).is_some() {}
    if ahead.next_if(|(_, c)| matches!(c, '@'..='~')).is_some() {
        *rest = ahead;
    }
}

/// Everything up to and including the terminator (BEL, ST as one or two characters); nothing if another control or the
/// end of the line comes first.
fn skip_control_string(rest: &mut Rest<'_>) {
    let mut ahead = rest.clone();
    for _ in 0..MAX_CONTROL_STRING {
        match ahead.next() {
            Some((_, '\u{7}' | '\u{9c}')) => {
                *rest = ahead;
                return;
            }
            Some((_, '\u{1b}')) => {
                if ahead.next_if(|(_, c)| *c == '\\').is_some() {
                    *rest = ahead;
                }
                return;
            }
            Some((_, c)) if !c.is_control() => {}
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whole_terminal_sequences_go_not_only_their_first_byte() {
        for (text, wanted) in [
            ("a\u{1b}[31;1mred\u{1b}[0m b", "ared b"),
            ("a\u{9b}2Jb", "ab"),
            ("\u{1b}]0;owned\u{7}title", "title"),
            ("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"),
            ("\u{9d}52;c;aGk=\u{9c}x", "x"),
            ("\u{1b}P1;2|abc\u{1b}\\x", "x"),
            ("\u{1b}cx\u{1b}(B\u{1b}7y", "xy"),
            ("end\u{1b}", "end"),
        ] {
            assert_eq!(sanitize(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn an_unfinished_sequence_costs_no_words() {
        assert_eq!(sanitize("\u{1b}]0;the rest of the line\nand more"), "0;the rest of the line\nand more");
        assert_eq!(sanitize("\u{1b}[12\nx"), "12\nx");
        let long = "word ".repeat(1000);
        assert_eq!(sanitize(&format!("\u{1b}]{long}\u{7}")), long);
    }

    #[test]
    fn line_ends_of_every_kind_become_one_line_feed() {
        assert_eq!(sanitize("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{c}g"), "a\nb\nc\nd\ne\nf\ng");
    }

    #[test]
    fn invisible_spoofers_go_and_what_scripts_need_stays() {
        assert_eq!(sanitize("\u{feff}a\u{202e}b\u{2066}c\u{2069}\u{fffb}\u{e0041}\u{fdd0}\u{10ffff}d\u{7}\0"), "abcd");
        for text in
            ["👨\u{200d}👩\u{200d}👧", "❤\u{fe0f}", "می\u{200c}خواهم", "no\u{ad}break\u{a0}5", "\u{200f}שלום", "กี่"]
        {
            assert!(matches!(sanitize(text), Cow::Borrowed(kept) if kept == text), "{text:?}");
        }
    }

    #[test]
    fn tags_stay_where_they_spell_a_flag_and_go_where_they_hide_words() {
        let tags =
            |word: &str| word.chars().map(|c| char::from_u32(0xe0000 + u32::from(c)).unwrap()).collect::<String>();
        let wales = format!("🏴{}\u{e007f}", tags("gbwls"));
        assert_eq!(sanitize(&format!("x {wales}{wales}.")), format!("x {wales}{wales}."));
        for hidden in [
            format!("🏴{}", tags("gbwls")),
            format!("🏴{}\u{e007f}", tags("send all the mail")),
            format!("🏴{}\u{e007f}", tags("abcdefgh")),
            "🏴\u{e007f}".to_owned(),
        ] {
            assert_eq!(sanitize(&hidden), "🏴");
        }
        assert_eq!(sanitize(&format!("a{}\u{e007f}", tags("gbwls"))), "a");
        assert_eq!(sanitize(&format!("{wales}{}", tags("hi"))), wales);
    }

    #[test]
    fn a_tower_of_marks_is_cut_down() {
        let tower = format!("Z{}a", "\u{301}".repeat(500));
        assert_eq!(sanitize(&tower), format!("Z{}a", "\u{301}".repeat(MAX_MARKS)));
        let spread = "Z".to_owned() + &"\u{301}\u{202e}".repeat(20);
        assert_eq!(sanitize(&spread).chars().count(), 1 + MAX_MARKS);
    }

    #[test]
    fn one_line_has_no_second_line_and_no_double_blank() {
        assert_eq!(one_line("  a\r\n\tb\u{a0} \u{2028}c\u{1b}[0m "), "a b c");
        assert_eq!(one_line("\n"), "");
    }

    #[test]
    fn unfinished_sequences_in_great_number_are_read_in_linear_time() {
        let hostile = "\u{1b}]".repeat(300_000) + &"\u{1b}[1;".repeat(300_000) + &"\u{1b}(".repeat(300_000);
        assert!(!sanitize(&hostile).contains('\u{1b}'));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in any::<String>(), wild in "[\u{1b}\u{9b}\u{9d}\u{7}\\[\\];0-9m\\\\\r\n \u{301}a\u{202e}\u{200d}]{0,60}") {
            for text in [text, wild] {
                let once = sanitize(&text).into_owned();
                let unwanted = once.chars().any(|c| is_unwanted(c) && !('\u{e0000}'..='\u{e007f}').contains(&c));
                prop_assert!(!unwanted);
                prop_assert_eq!(&*sanitize(&once), &once);
                let line = one_line(&text);
                prop_assert_eq!(one_line(&line), line);
            }
        }
    }
}
