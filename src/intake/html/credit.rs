//! Names of writers as pages write them: with "By", dates, addresses and handles around them.

use super::super::byline;
use crate::article::month_from_name;
use crate::text::sanitize::{is_blank, one_line};

/// Bytes of the longest by-line.
const LONGEST: usize = 200;

/// Words that introduce a name, in lower case.
const OPENERS: [&str; 14] = [
    "by",
    "by:",
    "written by",
    "posted by",
    "words by",
    "text by",
    "story by",
    "author:",
    "authors:",
    "von",
    "par",
    "por",
    "text:",
    "autor:",
];

/// The name or names and nothing else; none if there are none.
pub(super) fn clean(raw: &str) -> Option<String> {
    let line = one_line(raw);
    if let Some(names) = byline::of_line(&line) {
        return Some(names);
    }
    let mut rest = line.as_str();
    rest = rest.split(['|', '•', '·']).next().unwrap_or_default().trim();
    let lower = rest.to_lowercase();
    let opener = OPENERS.iter().filter(|opener| {
        // "Von der Marwitz" is a name.
        let behind = lower.strip_prefix(**opener).and_then(|_| rest.get(opener.len()..)).unwrap_or_default();
        behind.starts_with([' ', '\u{a0}']) && !behind.trim_start().starts_with(char::is_lowercase)
    });
    if let Some(opener) = opener.max_by_key(|opener| opener.len()) {
        rest = rest.get(opener.len()..).unwrap_or_default();
    }
    let words = without_dates(rest).split([' ', '\u{a0}']).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.filter(|word| !is_address(word)).collect();
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '/'));
    let fits = name.len() <= LONGEST && name.chars().any(char::is_alphabetic) && !is_blank(name);
    fits.then(|| name.to_owned())
}

/// The words up to a date or a time of day.
fn without_dates(words: &str) -> &str {
    let is_month = |word: &str| month_from_name(word.trim_matches(|c: char| !c.is_alphabetic())).is_some();
    let Some(at) = words.find(|c: char| c.is_ascii_digit()) else { return words };
    let (before, behind) = words.split_at(at);
    let is_year = |word: &str| {
        word.len() >= 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut pieces = behind.split(|c: char| !c.is_alphanumeric());
    let is_clock =
        behind.split(' ').any(|word| word.split_once(':').is_some_and(|(hour, _)| matches!(hour.len(), 1 | 2)));
    if !is_clock && !pieces.any(|piece| is_year(piece) || is_month(piece)) {
        return words;
    }
    // "May 10, 2007": the month stands before the first digit.
    let before = before.trim_end();
    let last = before.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    if is_month(last) { before.get(..before.len() - last.len()).unwrap_or(before) } else { before }
}

/// An address of the web or of mail, or a name on a network.
fn is_address(word: &str) -> bool {
    let bare = word.trim_matches(['(', ')', '<', '>', ',', '[', ']']);
    bare.contains("://") || bare.starts_with("www.") || bare.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_are_left() {
        for (raw, wanted) in [
            ("Ana Reed", Some("Ana Reed")),
            ("By\n\t\t\tAna Reed", Some("Ana Reed")),
            ("by Ana Reed22 Dec 2016651", Some("Ana Reed")),
            ("By Ana Reed and Bo Lee, Staff Writers", Some("Ana Reed and Bo Lee")),
            ("Ana Reed (https://reed.example/ana/)", Some("Ana Reed")),
            ("Ana Reed @anareed", Some("Ana Reed")),
            ("@anareed", None),
            ("https://social.example/anareed", None),
            ("ana@gazette.example", None),
            ("Ana Reed | The Gazette", Some("Ana Reed")),
            ("Ana Reed, May 10, 2007", Some("Ana Reed")),
            ("April 28, 2019 at 6:01 am Updated April 29, 2019 at 3:33 pm", None),
            ("Von Ana Reed", Some("Ana Reed")),
            ("von der Marwitz", Some("von der Marwitz")),
            ("Reader 451", Some("Reader 451")),
            ("Ana Reed (with Bo Lee)", Some("Ana Reed (with Bo Lee)")),
            ("肖春芳", Some("肖春芳")),
            (" ", None),
            ("12", None),
        ] {
            assert_eq!(clean(raw).as_deref(), wanted, "{raw}");
        }
    }
}
