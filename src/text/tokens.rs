//! Splits a text into words, numbers and punctuation.
//!
//! Keeps whole what a newspaper writes as one name (`U.S.`, `al-Sadr`, `O'Neill`, `AT&T`, `Qa'eda`), splits clitics
//! off (`Iran` `'s`, `do` `n't`) and never splits a hyphen: whether `US-Iran` is one name or two needs a lexicon, which
//! only the entity room has.

use unicode_normalization::char::is_combining_mark;

use crate::article::TextRange;

/// A word, a number or a punctuation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it is.
    pub range: TextRange,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, possibly with dots, hyphens and apostrophes inside; also a web address.
    Word,
    /// Digits with their separators, possibly an ordinal or plural ending (`28`, `1,000`, `10.05.2007`, `5th`, `1990s`).
    Number,
    /// Anything else that is not white space; equal dots and dashes in a row are one token.
    Punctuation,
}

/// Abbreviations that keep their full stop. The first group is always followed by a name or a number, so a full stop
/// after it never ends a sentence; see [`crate::text::sentences`].
const BEFORE_NAMES: [&str; 63] = [
    "mr", "mrs", "ms", "messrs", "mx", "dr", "prof", "gen", "lt", "col", "maj", "capt", "cmdr", "cpl", "sgt", "pvt",
    "brig", "adm", "rear-adm", "vice-adm", "rep", "reps", "sen", "sens", "gov", "pres", "rev", "hon", "fr", "st",
    "ste", "supt", "insp", "det", "amb", "mgr", "msgr", "vs", "v", "cf", "e.g", "i.e", "viz", "no", "nos", "fig",
    "figs", "vol", "vols", "pp", "p", "art", "sec", "eq", "ca", "approx", "mt", "ft", "dist", "op", "ed", "eds", "rs",
];
const OTHERS: [&str; 26] = [
    "jr", "sr", "inc", "corp", "co", "ltd", "bros", "etc", "al", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
    "sept", "sep", "oct", "nov", "dec", "ave", "blvd", "rd", "plc", "est",
];

/// Whether a full stop after `word` (without it) marks an abbreviation that announces a name or a number.
pub(crate) fn announces(word: &str) -> bool {
    is_one_of(&BEFORE_NAMES, word)
}

/// Whether a full stop after `word` (without it) marks an abbreviation that may also end a sentence.
pub(crate) fn abbreviates(word: &str) -> bool {
    is_one_of(&OTHERS, word)
}

fn is_one_of(list: &[&str], word: &str) -> bool {
    word.len() <= 8 && list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Splits `text`; the tokens come in order, do not overlap and hold everything but white space.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, clitic: None }
}

/// The iterator [`tokens`] returns.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// What was split off the last word.
    clitic: Option<Token>,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(clitic) = self.clitic.take() {
            return Some(clitic);
        }
        let rest = self.text.get(self.at..)?.trim_start();
        let at = self.text.len() - rest.len();
        let first = rest.chars().next()?;
        let (length, kind) = if let Some(length) = web_address(rest) {
            (length, TokenKind::Word)
        } else if first.is_numeric() {
            number(rest)
        } else if let Some(length) = currency_code(rest) {
            (length, TokenKind::Word)
        } else if in_word(first) {
            let length = word(rest);
            if let Some(split) = clitic(rest.get(..length).unwrap_or_default()).filter(|&split| split < length) {
                let range = TextRange::new(at + split, at + length);
                self.clitic = Some(Token { range, kind: TokenKind::Word });
                self.at = at + length;
                return Some(Token { range: TextRange::new(at, at + split), kind: TokenKind::Word });
            }
            (length, TokenKind::Word)
        } else {
            (punctuation(rest, first), TokenKind::Punctuation)
        };
        self.at = at + length;
        Some(Token { range: TextRange::new(at, at + length), kind })
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || c == '_'
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | 'ʿ' | 'ʾ' | '‘')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Codes and abbreviations of currencies that are written without a blank before the number: `RM5`, `Rs500`.
const CURRENCIES: [&str; 47] = [
    "AED", "AUD", "BD", "BDT", "BRL", "CAD", "CHF", "CNY", "DKK", "Dh", "Dhs", "EGP", "EUR", "GBP", "GH", "GHS", "HKD",
    "IDR", "INR", "JD", "JPY", "KD", "KES", "KSh", "Ksh", "LE", "LKR", "MXN", "MYR", "NGN", "NOK", "OMR", "PHP", "PKR",
    "QAR", "QR", "RM", "RMB", "Rp", "Rs", "SAR", "SEK", "SR", "Sh", "Tk", "USD", "ZAR",
];

/// Length of a currency's code that stands directly before a number. A letter alone is one before sums only: `R1,200`,
/// `N3bn`.
fn currency_code(rest: &str) -> Option<usize> {
    let length = rest.bytes().take(4).position(|byte| byte.is_ascii_digit())?;
    let code = rest.get(..length)?;
    let follows = rest.get(length..)?;
    let is_sum = || {
        let digits = follows.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(follows.len());
        let (number, after) = follows.split_at_checked(digits).unwrap_or((follows, ""));
        let scale = after.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let grouped = after
            .strip_prefix([' ', '\u{a0}'])
            .is_some_and(|next| is_group(next.split(|c: char| !c.is_alphanumeric()).next()));
        grouped
            || number.contains(',') && number.len() > 4
            || matches!(scale, "m" | "bn" | "million" | "billion" | "trillion")
    };
    (CURRENCIES.contains(&code) || matches!(code, "R" | "N") && is_sum()).then_some(length)
}

/// Whether a word is three figures, as a blank before them parts thousands: `R50 000`.
fn is_group(word: Option<&str>) -> bool {
    word.is_some_and(|word| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit()))
}

fn web_address(rest: &str) -> Option<usize> {
    let starts = ["http://", "https://", "www."];
    starts.iter().any(|start| rest.starts_with(start)).then(|| {
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(rest.len());
        let address = rest.get(..length).unwrap_or_default();
        address.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']).len()
    })
}

/// Length of the word at the start of `rest`, clitics included.
fn word(rest: &str) -> usize {
    let mut end = 0;
    // Length of the letters since the last dot, to recognise `U.S.`; none once the word is no row of initials.
    let mut initials = Some(0);
    let mut dots = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let joins = |yes: fn(char) -> bool| next.is_some_and(yes);
        if in_word(c) {
            initials = initials.map(|length| length + 1).filter(|&length| length <= 1 && c.is_alphabetic());
        } else if c == '.' && initials == Some(1) && (joins(char::is_alphabetic) || dots > 0) {
            dots += 1;
            initials = Some(0);
            if !joins(char::is_alphabetic) {
                return at + 1;
            }
        } else if is_apostrophe(c) && joins(char::is_alphabetic)
            || is_hyphen(c) && joins(char::is_alphanumeric)
            || c == '&' && joins(char::is_uppercase)
            || c == '.' && domain_follows(rest.get(at + 1..).unwrap_or_default())
        {
            initials = None;
        } else {
            break;
        }
        end = at + c.len_utf8();
    }
    let bare = rest.get(..end).unwrap_or_default();
    let after = rest.get(end..).unwrap_or_default();
    if after.starts_with('.') && (announces(bare) || abbreviates(bare) || is_initial(bare, after)) {
        // "No." and "art." are words too when the sentence ends here.
        let last = after.get(1..).unwrap_or_default().trim_start().is_empty();
        if !last || bare.chars().count() > 1 && !matches!(bare, "no" | "No" | "art" | "ed" | "est") {
            return end + 1;
        }
    }
    end
}

fn is_initial(word: &str, after: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none()
        && after.get(1..).unwrap_or_default().starts_with([' ', '\u{a0}', '-', '.'])
}

fn domain_follows(rest: &str) -> bool {
    const ENDINGS: [&str; 11] = ["com", "org", "net", "gov", "edu", "info", "co.uk", "org.uk", "io", "eu", "int"];
    ENDINGS.iter().any(|ending| {
        rest.strip_prefix(ending).is_some_and(|after| !after.chars().next().is_some_and(char::is_alphanumeric))
    })
}

/// Where the clitic of `word` starts (`Iran's`, `don't`, `we've`), if it has one.
fn clitic(word: &str) -> Option<usize> {
    let (apostrophe, mark) = word.char_indices().rev().take(4).find(|&(_, c)| is_apostrophe(c))?;
    let tail = word.get(apostrophe + mark.len_utf8()..)?;
    let is = |known: &str| tail.eq_ignore_ascii_case(known);
    if is("t") && word.get(..apostrophe)?.ends_with(['n', 'N']) {
        return apostrophe.checked_sub(1).filter(|&at| at > 0);
    }
    (apostrophe > 0 && ["s", "re", "ve", "ll", "d", "m"].iter().any(|known| is(known))).then_some(apostrophe)
}

fn number(rest: &str) -> (usize, TokenKind) {
    let mut end = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let digit_next = characters.peek().is_some_and(|&(_, next)| next.is_numeric());
        if !(c.is_numeric() || digit_next && (matches!(c, '.' | ',' | ':' | '/' | '–') || is_hyphen(c))) {
            break;
        }
        end = at + c.len_utf8();
    }
    let letters: &str = rest.get(end..).unwrap_or_default();
    let letters = letters.get(..letters.find(|c| !in_word(c)).unwrap_or(letters.len())).unwrap_or_default();
    match letters {
        "st" | "nd" | "rd" | "th" | "s" => (end + letters.len(), TokenKind::Number),
        "" | "million" | "billion" | "trillion" | "lakh" | "crore" | "km" | "m" | "cm" | "mm" | "kg" | "g" | "mg"
        | "k" | "bn" | "mn" | "tn" | "b" | "am" | "pm" | "kph" | "mph" | "ft" | "lb" | "lbs" | "p" | "mw" | "MW"
        | "GW" | "kW" | "TWh" | "GHz" | "MHz" | "ha" | "C" | "F" | "M" | "B" => (end, TokenKind::Number),
        _ => (word(rest).max(end), TokenKind::Word),
    }
}

fn punctuation(rest: &str, first: char) -> usize {
    if matches!(first, '.' | '-' | '—' | '–' | '*' | '=' | '_' | '#') {
        rest.find(|c| c != first).unwrap_or(rest.len())
    } else {
        first.len_utf8()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        tokens(text).map(|token| text.get(token.range.start..token.range.end).unwrap()).collect()
    }

    #[test]
    fn names_with_marks_inside_stay_whole() {
        for name in
            ["U.S.", "al-Sadr", "O'Neill", "AT&T", "Qa'eda", "Qa’eda", "J.", "Mr.", "e.V", "Jean-Pierre", "D.C."]
        {
            assert_eq!(split(&format!("{name} x")).first(), Some(&name));
        }
        assert_eq!(split("from wikinews.org today"), ["from", "wikinews.org", "today"]);
        assert_eq!(split("see https://a.org/b?c=1."), ["see", "https://a.org/b?c=1", "."]);
    }

    #[test]
    fn clitics_and_possessives_come_off() {
        assert_eq!(
            split("Iran's don't we’ve workers' it's"),
            ["Iran", "'s", "do", "n't", "we", "’ve", "workers", "'", "it", "'s"]
        );
    }

    #[test]
    fn numbers_keep_their_separators_and_lose_their_units() {
        assert_eq!(
            split("10.05.2007 1,000.5 28-year-old 5th 1990s 10km 4chan"),
            ["10.05.2007", "1,000.5", "28", "-", "year-old", "5th", "1990s", "10", "km", "4chan"]
        );
    }

    #[test]
    fn the_code_of_a_currency_comes_off_its_number() {
        assert_eq!(
            split("RM5.5 million, Rs500, R1,200, R50 000, N3bn; N95, R2D2, MI6, G20, USDA"),
            [
                "RM", "5.5", "million", ",", "Rs", "500", ",", "R", "1,200", ",", "R", "50", "000", ",", "N", "3",
                "bn", ";", "N95", ",", "R2D2", ",", "MI6", ",", "G20", ",", "USDA"
            ]
        );
    }

    #[test]
    fn the_last_full_stop_of_a_sentence_is_a_token() {
        assert_eq!(split("It took place in Iraq."), ["It", "took", "place", "in", "Iraq", "."]);
        assert_eq!(split("This is plan B."), ["This", "is", "plan", "B", "."]);
        assert_eq!(split("He said no."), ["He", "said", "no", "."]);
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_hold_everything_but_white_space(text in "\\PC{0,200}|[a-zA-Z0-9'’.&, -]{0,80}") {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(text.get(at..token.range.start).unwrap().trim().is_empty());
                prop_assert!(!token.range.is_empty());
                at = token.range.end;
            }
            prop_assert!(text.get(at..).unwrap().trim().is_empty());
        }
    }
}
