//! Calendar dates as newspapers write them.

use jiff::civil::Date;

/// The English names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Bytes of the longest text that is taken for a date.
pub(super) const LONGEST: usize = 60;

/// The number (1 to 12) of an English month name or its abbreviation (three letters, or "Sept"), in any letter case,
/// with or without a full stop.
pub fn month_from_name(name: &str) -> Option<i8> {
    let name = name.trim_end_matches('.');
    let abbreviated = name.len() == 3 || name.eq_ignore_ascii_case("sept");
    let number = MONTHS.iter().position(|month| {
        let wanted = if abbreviated { month.get(..name.len()).unwrap_or(month) } else { month };
        wanted.eq_ignore_ascii_case(name)
    })?;
    i8::try_from(number + 1).ok()
}

/// Reads a whole string as one date: `2007-05-10`, `2007-05-10T08:00Z`, `10.05.2007`, `10/5/2007`, `10 May 2007`,
/// `Thursday, May 10th, 2007`.
///
/// Numbers are read day first unless that is impossible; a two-digit year belongs to the century around 2000 (70 to 99
/// are 19xx, the pivot POSIX `strptime` uses at 69).
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    iso(text).or_else(|| numeric(text)).or_else(|| in_words(text))
}

fn iso(text: &str) -> Option<Date> {
    let (day, rest) = (text.get(..10)?, text.get(10..)?);
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
        return None;
    }
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    (year.len() == 4).then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()).flatten()
}

fn numeric(text: &str) -> Option<Date> {
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '.' | '/' | '-') {
        return None;
    }
    let mut parts = text.trim_end_matches('.').split(separator).map(str::trim);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (first, second, year): (i8, i8, i16) = (first.parse().ok()?, second.parse().ok()?, year_of(year)?);
    Date::new(year, second, first).or_else(|_| Date::new(year, first, second)).ok()
}

fn in_words(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let words = match words.split_first() {
        Some((first, rest)) if is_weekday(first) => rest,
        _ => &words,
    };
    let (day, month, year) = match words {
        [month, day, year] if month_from_name(month).is_some() => (day, month, year),
        [day, month, year] | [day, "of", month, year] => (day, month, year),
        _ => return None,
    };
    Date::new(year_of(year)?, month_from_name(month)?, day_of(day)?).ok()
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_end_matches('.').to_lowercase();
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&word))
}

fn day_of(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    matches!(word.get(digits.len()..), Some("" | "st" | "nd" | "rd" | "th")).then(|| digits.parse().ok()).flatten()
}

fn year_of(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    match word.len() {
        4 => Some(year),
        2 if year >= 70 => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_newspapers_write_them() {
        for (text, wanted) in [
            ("10.05.2007", "2007-05-10"),
            ("2007-05-10", "2007-05-10"),
            ("2007-05-10T08:30:00Z", "2007-05-10"),
            ("10/5/07", "2007-05-10"),
            ("5/28/2007", "2007-05-28"),
            ("10 May 2007", "2007-05-10"),
            ("10th of May 2007", "2007-05-10"),
            ("Thursday, May 10th, 2007", "2007-05-10"),
            ("Thu 10 Sept. 1998", "1998-09-10"),
        ] {
            assert_eq!(parse_date(text).map(|date| date.to_string()).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "2007", "31.02.2007", "99/99/2007", "May", "the 10 men 2007", "10.05.2007 and more", "1-2-3-2007"]
        {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
