//! Repairs mojibake: text that was decoded with the wrong table on its way here.
//!
//! Three accidents are recognised, each by evidence that clean text does not give:
//!
//! * **UTF-8 read as windows-1252**: `â€™`, `Ã©`, `Â£`, `Ð¿Ñ€Ð¸`. A run of such characters is put back only if all of it
//!   reads as UTF-8 again, and only if it could hardly have been meant: `VOILÀ»` and `CAFÉ”` stay as they are.
//! * **The leftovers of a scraper** that replaced `â€` (what is left of a closing quotation mark) by `"`, so that the third
//!   character of every other mark stands behind a straight quotation mark: `"¦` was an ellipsis.
//! * **C1 controls for windows-1252 marks**: U+0093 for an opening quotation mark.
//!
//! Signs that clean text may show too (a `"` before a dash, an accented capital before a closing quotation mark) are
//! repaired only where the same text has a certain case as well.

use std::borrow::Cow;

use super::unprintable::is_unwanted;

/// Repairs `text`; what is not certainly broken stays. Idempotent.
pub fn mend(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    let mut evidence = false;
    // Text that went wrong twice comes right on the second pass; every pass that changes something shortens the text.
    while let Some(mended) = pass(&text, &mut evidence) {
        text = Cow::Owned(mended);
    }
    text
}

/// What windows-1252 has at 0x80 to 0x9F (WHATWG Encoding, index windows-1252); U+0081 and four others stand for themselves.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The byte (0x80 to 0xFF) of a character in windows-1252 or, for the C1 controls, in Latin-1.
fn byte_of(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0x80..=0xff => u8::try_from(code).ok(),
        0x152..=0x192 | 0x2c6..=0x2dc | 0x2013..=0x203a | 0x20ac | 0x2122 => {
            HIGH.iter().position(|&high| high == c).and_then(|place| u8::try_from(0x80 + place).ok())
        }
        _ => None,
    }
}

fn char_of(byte: u8) -> char {
    HIGH.get(usize::from(byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(byte))
}

/// One piece of text and what it ought to be.
struct Repair<'a> {
    at: usize,
    from: &'a str,
    to: String,
    certain: bool,
}

/// Applies every repair once; nothing if there was none.
fn pass(text: &str, evidence: &mut bool) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    // Looked for twice rather than kept: a text may be nothing but repairs.
    let mut any = false;
    each_repair(text, |repair| {
        any = true;
        *evidence |= repair.certain;
    });
    if !any || !*evidence {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    each_repair(text, |repair| {
        out.push_str(text.get(done..repair.at).unwrap_or_default());
        out.push_str(&repair.to);
        done = repair.at + repair.from.len();
    });
    out.push_str(text.get(done..)?);
    Some(out)
}

/// Calls `take` with every suspicious place in order, none overlapping another.
fn each_repair<'a>(text: &'a str, mut take: impl FnMut(Repair<'a>)) {
    let mut rest = text;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let length = rest.find(|c| byte_of(c).is_none()).unwrap_or(rest.len());
        let Some((run, tail)) = rest.split_at_checked(length) else { break };
        if run.is_empty() {
            before = Some(c);
            // Straight on to the next character that can be part of anything.
            let skip = rest.find(|c: char| !c.is_ascii() && byte_of(c).is_some()).unwrap_or(rest.len());
            let (skipped, next) = rest.split_at_checked(skip).unwrap_or((rest, ""));
            before = skipped.chars().next_back().or(before);
            rest = next;
            continue;
        }
        let line_start = before.is_none_or(|c| c == '\n');
        let context = Context { before, after: tail.chars().next(), tail };
        if before == Some('"') {
            let earlier = text.get(..at - 1).and_then(|head| head.chars().next_back());
            if let Some(repair) = leftover(text, at, run, earlier, &context) {
                take(repair);
                before = run.chars().next_back();
                rest = tail;
                continue;
            }
        }
        if let Some((to, certain)) = decode(run, &context).or_else(|| stray(run, line_start, &context)) {
            take(Repair { at, from: run, to, certain });
        }
        before = run.chars().next_back();
        rest = tail;
    }
}

/// What stands around a run of characters above ASCII.
struct Context<'a> {
    before: Option<char>,
    after: Option<char>,
    tail: &'a str,
}

/// `"¦` and its kin; `at` is the place behind the quotation mark, `earlier` what stands before it.
fn leftover<'a>(
    text: &'a str,
    at: usize,
    run: &'a str,
    earlier: Option<char>,
    context: &Context<'_>,
) -> Option<Repair<'a>> {
    /// What follows `œ` in the French and learned words that begin with it; `"œuvre"` is no accident.
    const AFTER_OE: [&str; 12] = ["uv", "il", "uf", "ud", "di", "de", "dè", "dé", "cu", "so", "st", "no"];
    let first = run.chars().next()?;
    let alone = run.len() == first.len_utf8();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let (to, certain) = match first {
        '¦' => ("…", true),
        '˜' => ("‘", true),
        '™' => ("’", alone && letter(earlier) && letter(context.after)),
        'œ' => {
            let word = text.get(at + first.len_utf8()..).unwrap_or_default();
            let word: String = word.chars().take(2).flat_map(char::to_lowercase).collect();
            ("“", letter(word.chars().next()) && !AFTER_OE.contains(&word.as_str()))
        }
        '“' => ("–", false),
        '”' => ("—", false),
        '¢' => ("•", alone && earlier.is_none_or(|c| c == '\n') && context.after == Some(' ')),
        _ => return None,
    };
    // The French words again: without other evidence nothing happens, with it they are still words.
    if first == 'œ' && !certain {
        return None;
    }
    let from = text.get(at - 1..at + first.len_utf8())?;
    Some(Repair { at: at - 1, from, to: to.to_owned(), certain })
}

/// Reads a whole run as the UTF-8 it may once have been. The answer is the text and whether it is certain.
fn decode(run: &str, context: &Context<'_>) -> Option<(String, bool)> {
    let mut out = String::new();
    let (mut sequences, mut strays, mut certain) = (0_usize, false, false);
    let mut rest = run.chars();
    let mut before = context.before;
    while let Some((c, lead)) = rest.clone().next().and_then(|c| Some((c, byte_of(c)?))) {
        let length = match lead {
            0xc2..=0xde => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 1,
        };
        let mut bytes = [0; 4];
        let mut count = 0;
        for (slot, byte) in bytes.iter_mut().zip(rest.clone().take(length).filter_map(byte_of)) {
            *slot = byte;
            count += 1;
        }
        let taken = bytes.get(..count).unwrap_or_default();
        let after = rest.clone().nth(length).or(context.after);
        let mut passed = 1;
        match std::str::from_utf8(taken).ok().filter(|_| length > 1).and_then(|good| good.chars().next()) {
            Some(good) => {
                sequences += 1;
                certain |= is_certain(taken, before, after);
                match u32::from(good) {
                    // A C1 control: windows-1252 was taken for Latin-1 before it became UTF-8.
                    0x80..=0x9f => out.push(taken.get(1).map_or(good, |&byte| char_of(byte))),
                    _ if is_unwanted(good) => {}
                    _ => out.push(good),
                }
                passed = length;
            }
            // The third character of a closing quotation mark has no place in windows-1252 and is often lost.
            None if taken.starts_with(&[0xe2, 0x80]) && is_lost_quote(rest.clone().nth(2)) => {
                sequences += 1;
                certain = true;
                out.push('”');
                passed = 2;
            }
            // Marks beside a run may be good ones; a letter that fits nowhere says that the run is no UTF-8.
            None if c.is_alphanumeric() => return None,
            None => {
                strays = true;
                out.push(c);
            }
        }
        rest.nth(passed - 1);
        before = Some(c);
    }
    (sequences > 0).then_some((out, certain || sequences > 1 && !strays))
}

fn is_lost_quote(next: Option<char>) -> bool {
    next.and_then(byte_of).is_none_or(|byte| byte >= 0xc0)
}

/// Whether a well-formed sequence between these two characters can hardly have been meant as it stands.
fn is_certain(bytes: &[u8], before: Option<char>, after: Option<char>) -> bool {
    let lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
    match bytes {
        // Â before a no-break blank, £, © or °; punctuation, currency, ™, arrows; the byte order mark; emoji.
        [0xc2, 0xa0 | 0xa3 | 0xa9 | 0xb0]
        | [0xe2, 0x80 | 0x82 | 0x84 | 0x86, _]
        | [0xef, 0xbb, 0xbf]
        | [0xf0, 0x9f, ..] => true,
        // A capital after a small letter, or (unless a dash or ellipsis follows it) before one.
        [_, second] => {
            let joins_words = matches!(second, 0x85 | 0x96 | 0x97);
            lower(before) || lower(after) && !joins_words && !upper(before)
        }
        _ => false,
    }
}

/// Single characters that are the remains of an accident.
fn stray(run: &str, line_start: bool, context: &Context<'_>) -> Option<(String, bool)> {
    let mut chars = run.chars();
    let (first, None) = (chars.next()?, chars.next()) else {
        return run.chars().any(is_c1_mark).then(|| (c1_to_marks(run), true));
    };
    match first {
        // A no-break blank that became a plain one.
        'Â' if context.after == Some(' ') && !line_start => {
            let before = context.before?;
            (!before.is_whitespace() && !before.is_uppercase() && context.tail.len() > 1)
                .then(|| (String::new(), before.is_lowercase() || before.is_ascii_digit()))
        }
        _ if is_c1_mark(first) => Some((c1_to_marks(run), true)),
        _ => None,
    }
}

/// Quotation marks, bullet and dashes of windows-1252 that were taken for Latin-1.
fn is_c1_mark(c: char) -> bool {
    matches!(c, '\u{91}'..='\u{97}')
}

fn c1_to_marks(run: &str) -> String {
    run.chars().map(|c| if is_c1_mark(c) { char_of(u32::from(c) as u8) } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What UTF-8 looks like to a program that takes it for windows-1252.
    fn garbled(text: &str) -> String {
        text.bytes().map(|byte| if byte < 0x80 { char::from(byte) } else { char_of(byte) }).collect()
    }

    #[test]
    fn what_a_scraper_left_behind_a_straight_quotation_mark() {
        for (text, wanted) in [
            ("hawks in the ministry \"¦ The dispute", "hawks in the ministry … The dispute"),
            ("the dogs don\"™t bark", "the dogs don’t bark"),
            ("a \"˜summer offensive\"", "a ‘summer offensive\""),
            ("he said \"œHello\"", "he said “Hello\""),
            ("wait\"¦ now \"“ or never", "wait… now – or never"),
            ("wait\"¦ now \"” or never", "wait… now — or never"),
            ("the dogs\"™ tails \"¦", "the dogs’ tails …"),
            ("\"¢ one\n\"¢ two", "• one\n• two"),
        ] {
            assert_eq!(mend(text), wanted);
        }
    }

    #[test]
    fn a_doubtful_sign_without_a_certain_one_stays() {
        for text in
            ["he said \"“no”\"", "a brand called \"Zest\"™ today", "\"œuvre\" and \"Œuvres\"", "the \"¢5 stamp\""]
        {
            assert!(matches!(mend(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn utf_8_read_as_windows_1252_is_put_back() {
        for text in [
            "It’s “quoted” – and — so… on • here",
            "café, naïve, Zürich, São Paulo, École, señor à la carte",
            "Привет, мир. Это длинная строка",
            "日本語の文章です",
            "£5 for 20°C © 2007, 3\u{a0}km",
            "łódź, żółw, příliš, kůň",
            "good 👍 day",
            "5 € or 7 ™",
        ] {
            assert_eq!(mend(&garbled(text)), text);
            assert_eq!(mend(&garbled(&garbled(text))), text, "twice garbled");
        }
    }

    #[test]
    fn lost_pieces_of_a_sequence_do_no_harm() {
        assert_eq!(mend("â€œHelloâ€ he said"), "“Hello” he said");
        assert_eq!(mend("5Â km away.Â Then"), "5 km away. Then");
        assert_eq!(mend("said \u{93}no\u{94} and it\u{92}s"), "said “no” and it’s");
        assert_eq!(mend("x â\u{80}\u{99} y"), "x ’ y");
    }

    #[test]
    fn no_control_character_comes_out() {
        assert_eq!(mend(&garbled("a\u{202e}b\u{feff}c\u{200d}d")), "abc\u{200d}d");
    }

    #[test]
    fn clean_text_of_many_languages_is_not_touched() {
        for text in [
            "« Voilà… » dit-il au café…” — « déjà »",
            "“VOILÀ” “AMANHû “CAFÉ” «VOILÀ» É— NÃO… “É”… À “À”",
            "Größe, Straße», groß“, „Maß“ ÄÖÜ”",
            "Ærø, Ålesund, SKÅ™, BLÅ» Åå",
            "„Zażółć gęślą jaźń” – powiedział",
            "España ¿qué? ¡Sí! 5 º 3 ª ½ ±",
            "Türkiye'de hâlâ…” dedi. Rüzgâr… Ç",
            "Привет «мир» — да… №5",
            "日本語「テスト」……",
            "ROMÂNIA, CLIENTÂ», Â, Îles, â, românească…”",
            "Đà Nẵng là thành phố… “đã”",
            "© 2007 ® ™ £5 €6 20°C §3 ¶ • ‘x’ “y”",
            "naïve—café–résumé…fiancé’s “Beyoncé’s”",
            "&amp; &quot;¦ &lt;b&gt; é&eacute;",
        ] {
            assert!(matches!(mend(text), Cow::Borrowed(_)), "{text} became {}", mend(text));
        }
    }

    proptest! {
        #[test]
        fn mending_twice_changes_nothing_more(text in any::<String>(), wild in "[\"ÂÃâ€™œ¦˜“”¢©a A\u{85}\u{93}ƒ‚¬Ð°ðŸ˜€\n]{0,40}") {
            for text in [text, wild] {
                let once = mend(&text).into_owned();
                prop_assert_eq!(&*mend(&once), &once);
            }
        }

        #[test]
        fn garbled_words_come_back(text in "[a-z]{1,8}[à-öø-ÿ][a-z]{1,8}") {
            prop_assert_eq!(mend(&garbled(&text)).into_owned(), text);
        }
    }
}
