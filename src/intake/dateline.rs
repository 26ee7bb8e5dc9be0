//! Lines that say when something was published.

use crate::article::Published;

/// What may stand before the date, in lower case.
const OPENERS: [&str; 14] = [
    "published on",
    "published",
    "first published",
    "posted on",
    "posted",
    "last updated on",
    "last updated",
    "updated on",
    "updated",
    "last modified",
    "date",
    "issued",
    "dated",
    "on",
];

/// The date of a line that is a date line and nothing else: `10.05.2007`, `Published: 10 May 2007`, `Lisbon, 10 May 2007`,
/// `Issue 674 | 10.05.2007`, `Thursday 10 May 2007 14.30 BST`.
pub(super) fn of_line(line: &str) -> Option<Published> {
    let line = line.trim().trim_matches(['*', '_', '[', ']', '(', ')']);
    if line.len() > 100 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let parts = || line.split(['|', '•', '·', '—', '–']).map(str::trim);
    let whole = dated(line);
    if whole.is_some() {
        return whole;
    }
    // A second part must look like the furniture of a page, not like a sentence.
    let furniture = |part: &str| part.split_whitespace().count() <= 4 && !part.ends_with(['.', '?', '!', ',']);
    if parts().count() > 1 {
        return parts().all(|part| dated(part).is_some() || furniture(part)).then(|| parts().find_map(dated)).flatten();
    }
    let (place, rest) = line.split_once(", ")?;
    let name = place.split(' ').count() <= 3 && place.split(' ').all(|word| word.starts_with(char::is_uppercase));
    (name && !place.bytes().any(|byte| byte.is_ascii_digit())).then(|| dated(rest)).flatten()
}

/// The date behind the names of a by-line: "By Ana Reed | 10 May 2007", "By Ana Reed, 10 May 2007".
pub(super) fn at_end_of(line: &str) -> Option<Published> {
    let ends = line.match_indices(['|', '•', '·', '—', '–', ',']).filter_map(|(at, mark)| line.get(at + mark.len()..));
    ends.filter(|end| end.len() <= 60).find_map(dated)
}

/// The full date of a wire-style opening: "LISBON, May 28, 2007 (Wire) — The port …".
pub(super) fn of_opening(paragraph: &str) -> Option<Published> {
    let end = paragraph.char_indices().nth(90).map_or(paragraph.len(), |(at, _)| at);
    let head = paragraph.get(..end)?;
    let (head, _) = [" — ", " – ", " -- ", " - "].iter().find_map(|dash| head.split_once(dash))?;
    let head = head.split('(').next()?.trim();
    let (place, date) = head.split_once(", ")?;
    let capitals = place.chars().any(char::is_alphabetic) && !place.chars().any(char::is_lowercase);
    capitals.then(|| {
        date.match_indices(", ")
            .find_map(|(at, _)| Published::parse(date.get(at + 2..)?))
            .or_else(|| Published::parse(date))
    })?
}

/// A date with or without an opener before it and a time behind it.
fn dated(text: &str) -> Option<Published> {
    let mut text = text.trim();
    let lower = text.to_lowercase();
    let opener =
        OPENERS.iter().filter(|opener| lower.strip_prefix(**opener).is_some_and(|rest| rest.starts_with([' ', ':'])));
    if let Some(opener) = opener.max_by_key(|opener| opener.len()) {
        text = text.get(opener.len()..)?.trim_start_matches([':', ' ']);
    }
    if let Some(date) = Published::parse(text) {
        return Some(date);
    }
    let at = text.rmatch_indices([' ', ',']).take(6).find_map(|(at, _)| {
        let time = text.get(at..)?;
        let clock = time.trim_start_matches([' ', ',']).split(' ').all(is_clock);
        clock.then(|| Published::parse(text.get(..at)?.trim_end_matches([',', ' '])))?
    });
    at.or_else(|| Published::parse(text.trim_end_matches('.')))
}

/// A word of a time of day: `14:30`, `10.30am`, `at`, `BST`, `GMT+1`.
fn is_clock(word: &str) -> bool {
    let zone = word.len() <= 5
        && word.len() >= 3
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '+' | '-'));
    let digits = word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'a' | 'p' | 'm' | 'A' | 'P' | 'M' | 'h'))
        && !(word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
    word.is_empty()
        || zone
        || digits
        || matches!(word, "at" | "am" | "pm" | "a.m." | "p.m." | "AM" | "PM" | "Uhr")
        || matches!(word, "ET" | "CT" | "MT" | "PT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_lines() {
        for line in [
            "10.05.2007",
            "Published: 10 May 2007",
            "Posted on May 10, 2007",
            "Thursday 10 May 2007 14.30 BST",
            "Published May 10, 2007 at 7:30 a.m. ET",
            "10 May 2007, 14:30",
            "10 May 2007 at 10.30am",
            "Lisbon, 10 May 2007",
            "Issue 674 | 10.05.2007",
            "Harbour Weekly – Thursday, May 10th, 2007",
            "*2007-05-10*",
            "Last updated on 2007-05-10T08:30:00Z",
        ] {
            assert_eq!(
                of_line(line).map(|published| published.day.to_string()).as_deref(),
                Some("2007-05-10"),
                "{line}"
            );
        }
    }

    #[test]
    fn a_line_with_a_time_and_a_zone_is_an_instant() {
        for line in ["Published: 2007-05-10T08:30:00+02:00", "Date: Thu, 10 May 2007 08:30:00 +0200"] {
            assert_eq!(of_line(line).unwrap().to_string(), "2007-05-10T06:30:00Z", "{line}");
        }
        assert_eq!(of_line("10 May 2007, 14:30").unwrap().instant, None, "nobody knows where");
    }

    #[test]
    fn lines_with_a_date_in_them_are_no_date_lines() {
        for line in [
            "It began on 10 May 2007",
            "In 2007, the port closed",
            "May 28",
            "10",
            "Ana Reed, 1907 – 10 May 2007, was a pilot.",
            "2007",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }

    #[test]
    fn a_wire_opening_informs_only_with_a_year() {
        assert_eq!(
            of_opening("LISBON, May 28, 2007 (Wire) — The port closed")
                .map(|published| published.day.to_string())
                .as_deref(),
            Some("2007-05-28")
        );
        assert_eq!(
            of_opening("NEW YORK, N.Y., 28 May 2007 - The port closed")
                .map(|published| published.day.to_string())
                .as_deref(),
            Some("2007-05-28")
        );
        assert_eq!(of_opening("LISBON, May 28 (Wire) — The port closed"), None);
        assert_eq!(of_opening("Lisbon, 28 May 2007 — a day"), None);
    }
}
