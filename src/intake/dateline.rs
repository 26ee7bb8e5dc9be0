//! Lines that say when something was published.

use crate::article::Published;

/// What may stand before the date, in lower case.
const OPENERS: [&str; 23] = [
    "published on",
    "published at",
    "published",
    "first published on",
    "first published at",
    "first published",
    "originally published on",
    "originally published",
    "posted on",
    "posted at",
    "posted",
    "last updated on",
    "last updated at",
    "last updated",
    "updated on",
    "updated at",
    "updated",
    "last modified on",
    "last modified",
    "date",
    "issued",
    "dated",
    "on",
];

/// Where a second date begins, that of the last change, in lower case.
const CHANGES: [&str; 6] =
    ["(updated", "and last updated", "last updated", "updated", "(last modified", "last modified"];

/// The date of a line that is a date line and nothing else: `10.05.2007`, `Published: 10 May 2007`, `Lisbon, 10 May 2007`,
/// `Issue 674 | 10.05.2007`, `Thursday 10 May 2007 14.30 BST`, `Updated 7:30 a.m. ET, May 10, 2007`.
pub(super) fn of_line(line: &str) -> Option<Published> {
    let line = line.trim().trim_matches(['*', '_']);
    let line = if line.starts_with(['[', '(']) { line.trim_matches(['[', ']', '(', ')']) } else { line };
    if line.len() > 100 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let bars = line.replace(" / ", " | ");
    let parts = || bars.split(['|', '•', '·', '—', '–']).map(str::trim);
    let whole = dated(line);
    if whole.is_some() {
        return whole;
    }
    // A second part must look like the furniture of a page, not like a sentence.
    let furniture = |part: &str| part.split_whitespace().count() <= 4 && !part.ends_with(['.', '?', '!', ',']);
    if parts().count() > 1 {
        return parts().all(|part| dated(part).is_some() || furniture(part)).then(|| parts().find_map(dated)).flatten();
    }
    placed(without_agency(line))
}

/// The date behind the names of a by-line: "By Ana Reed | 10 May 2007", "By Ana Reed, 10 May 2007".
pub(super) fn at_end_of(line: &str) -> Option<Published> {
    let ends = line.match_indices(['|', '•', '·', '—', '–', ',']).filter_map(|(at, mark)| line.get(at + mark.len()..));
    ends.filter(|end| end.len() <= 60).find_map(dated)
}

/// Bytes of a paragraph that may hold its opening.
const OPENING: usize = 120;

/// The full date of a wire-style opening: "LISBON, May 28, 2007 (Wire) — The port …", "Durban, May 17 2022 (Wire) - …",
/// "SINGAPORE (May 6, 2021) — …", "CAIRO – 26 July 2022: …".
pub(super) fn of_opening(paragraph: &str) -> Option<Published> {
    let end = paragraph.char_indices().map(|(at, _)| at).nth(OPENING).unwrap_or(paragraph.len());
    let head = paragraph.get(..end)?;
    let breaks = [" — ", " – ", " -- ", " - ", ": ", "— "];
    let mut ends: Vec<(usize, &str)> = breaks.iter().flat_map(|mark| head.match_indices(mark)).take(6).collect();
    ends.sort_unstable();
    ends.into_iter().find_map(|(at, mark)| {
        let (opening, rest) = (head.get(..at)?, head.get(at + mark.len()..)?);
        let capitals = opening.split([',', '(']).next()?.chars().all(|c| !c.is_lowercase());
        let begins = rest.starts_with(|c: char| !c.is_lowercase());
        (capitals || begins).then(|| placed(without_agency(opening)))?
    })
}

/// The words without an agency in brackets at their end: "May 17 2022 (IPS)".
fn without_agency(words: &str) -> &str {
    let words = words.trim();
    let open = words.rfind('(').filter(|_| words.ends_with(')'));
    let agency = open.and_then(|open| Some((words.get(..open)?, words.get(open..)?)));
    match agency {
        Some((before, agency)) if !agency.bytes().any(|byte| byte.is_ascii_digit()) => {
            before.trim_end_matches([' ', ','])
        }
        _ => words,
    }
}

/// The date behind the name of a place: "Lisbon, 10 May 2007", "NEW YORK, N.Y., 28 May 2007", "SINGAPORE (May 6, 2021)".
fn placed(words: &str) -> Option<Published> {
    words.match_indices([',', '(', '–', '—', '/']).chain(words.match_indices(" - ")).take(8).find_map(|(at, mark)| {
        let (place, date) = (words.get(..at)?.trim(), words.get(at + mark.len()..)?.trim_matches([' ', ')', '(', ',']));
        is_place(place).then(|| dated(date))?
    })
}

/// Whether words may be the name of a place, or of several: "Port Elizabeth, South Africa", "Vila do Corvo".
fn is_place(words: &str) -> bool {
    const NONE: [&str; 14] = [
        "On",
        "In",
        "By",
        "Since",
        "Until",
        "After",
        "Before",
        "From",
        "The",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
    ];
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let mut each = words.split([' ', ',', '/', '(', ')']).filter(|word| !word.is_empty());
    each.clone().next().is_some_and(|first| !NONE.contains(&first) && capital(first))
        && each.clone().count() <= 6
        && each.clone().any(capital)
        && each.all(|word| capital(word) || word.chars().count() <= 3 && word.chars().all(char::is_alphabetic))
        && !words.bytes().any(|byte| byte.is_ascii_digit())
}

/// A date with or without an opener before it and a time on either side; of a line with two, the first.
fn dated(text: &str) -> Option<Published> {
    let text = without_opener(text.trim());
    if let Some(date) = Published::parse(text).or_else(|| timed(text)) {
        return Some(date);
    }
    let lower = text.to_ascii_lowercase();
    let change = CHANGES.iter().filter_map(|change| lower.find(change)).min().filter(|&at| at > 0)?;
    let first = text.get(..change)?.trim_end_matches([' ', ',', ';', '|', '(']);
    Published::parse(first).or_else(|| timed(first)).or_else(|| {
        let second = without_opener(text.get(change..)?.trim_matches(['(', ')', ' ']));
        Published::parse(second).or_else(|| timed(second))
    })
}

fn without_opener(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let opener = OPENERS
        .iter()
        .filter(|opener| lower.strip_prefix(**opener).is_some_and(|rest| rest.starts_with([' ', ':', ','])));
    let length = opener.map(|opener| opener.len()).max().unwrap_or(0);
    text.get(length..).map_or(text, |rest| if length == 0 { text } else { rest.trim_start_matches([':', ' ', ',']) })
}

/// A date with a time of day behind or before it: "10 May 2007, 14:30", "7:30 PM EST, Thu May 10, 2007".
fn timed(text: &str) -> Option<Published> {
    let clock = |time: &str| {
        let mut words = time.split([' ', ',']).filter(|word| !word.is_empty());
        words.clone().next().is_some() && words.all(is_clock)
    };
    let blanks = || text.match_indices([' ', ',']).map(|(at, _)| at);
    let behind = blanks().collect::<Vec<_>>().into_iter().rev().take(8).find_map(|at| {
        let (date, time) = (text.get(..at)?, text.get(at..)?);
        clock(time).then(|| Published::parse(date.trim_end_matches([',', ' '])))?
    });
    let before = || {
        blanks().take(6).find_map(|at| {
            let (time, date) = (text.get(..at)?, text.get(at..)?.trim_start_matches([',', ' ']));
            clock(time).then(|| Published::parse(date))?
        })
    };
    behind.or_else(before).or_else(|| Published::parse(text.trim_end_matches('.')))
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
            "Updated 3:45 PM EST, Thu May 10, 2007",
            "May 10, 2007 7:30 am (Updated 9:00 am)",
            "Published 10 May 2007 Updated 12 May 2007",
            "Posted at 3:45 PM, May 10, 2007 and last updated 5:00 PM, May 11, 2007",
            "May 10, 2007 / 7:30 AM EST / Harbour News",
            "Durban, May 10 2007 (Wire)",
            "Port Elizabeth, South Africa, 10 May 2007",
            "Published May 10, 2007, 7:30 a.m. ET",
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
        for opening in [
            "Lisbon, May 28 2007 (Wire) - The port closed",
            "LISBON, May 28 2007 (Wire) - Ships wait",
            "LISBON (May 28, 2007) — The port closed",
            "LISBON – 28 May 2007: The port closed",
            "Vila do Corvo, Portugal, 28 May 2007 -- “We wait,” said Reed",
            "LISBON, 28th May, 2007 (WIRE) -- the port closed",
        ] {
            let published = of_opening(opening).map(|published| published.day.to_string());
            assert_eq!(published.as_deref(), Some("2007-05-28"), "{opening}");
        }
        for none in [
            "On Monday, May 28, 2007 - the port closed",
            "The port, closed 28 May 2007 - It opens",
            "Ships: 28 May 2007",
        ] {
            assert_eq!(of_opening(none), None, "{none}");
        }
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
