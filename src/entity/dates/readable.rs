//! What the value of a date stands for, as a person writes it: `2007-05-07/2007-05-13` is "7–13 May 2007".

use crate::article::MONTHS;

/// The value of a date (ISO 8601 or EDTF, see [`Entity::value`](crate::entity::Entity::value)) in words; what is in no
/// form we know stays as it is.
pub(in crate::entity) fn readable(value: &str) -> String {
    let words = match value.split_once('/') {
        Some((from, to)) => Point::of(from).zip(Point::of(to)).map(|(from, to)| span(&from, &to)),
        None => Point::of(value).map(|point| point.words()),
    };
    words.unwrap_or_else(|| value.to_owned())
}

/// A day, month or year, in words.
struct Point {
    year: String,
    /// A month, season or quarter.
    part: Option<String>,
    day: Option<String>,
    /// What goes between part and year.
    link: &'static str,
}

impl Point {
    fn of(value: &str) -> Option<Self> {
        if let Some(before_christ) = value.strip_prefix('-') {
            let year = year_before_christ(before_christ)?;
            return Some(Self { year, part: None, day: None, link: " " });
        }
        let mut parts = value.split('-');
        let year = year(parts.next()?)?;
        let (mut part, mut link) = (None, " ");
        if let Some(number) = parts.next() {
            let number: usize = (number.len() == 2).then(|| number.parse().ok()).flatten()?;
            let name = match number {
                1..=12 => *MONTHS.get(number - 1)?,
                // The numbers EDTF has for the seasons and the quarters.
                21 => "spring",
                22 => "summer",
                23 => "autumn",
                24 => "winter",
                33 => "first quarter",
                34 => "second quarter",
                35 => "third quarter",
                36 => "last quarter",
                40 => "first half",
                41 => "second half",
                _ => return None,
            };
            link = if number > 24 { " of " } else { " " };
            part = Some(name.to_owned());
        }
        let day = match parts.next() {
            Some(day) => Some(day.parse::<u8>().ok().filter(|day| (1..=31).contains(day))?.to_string()),
            None => None,
        };
        parts.next().is_none().then_some(Self { year, part, day, link })
    }

    fn words(&self) -> String {
        match &self.part {
            Some(_) => format!("{}{}{}", self.within_year(), self.link, self.year),
            None => self.year.clone(),
        }
    }

    /// Without the year.
    fn within_year(&self) -> String {
        self.day.iter().chain(&self.part).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// A year, a decade (`200X`) or a century (`19XX`).
fn year(digits: &str) -> Option<String> {
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if digits.len() != 4 {
        return None;
    }
    if let Some(century) = digits.strip_suffix("XX").filter(|century| is_number(century)) {
        return Some(format!("{} century", ordinal(century.parse::<u8>().ok()? + 1)));
    }
    if let Some(decade) = digits.strip_suffix('X').filter(|decade| is_number(decade)) {
        return Some(format!("{decade}0s"));
    }
    match is_number(digits).then(|| digits.parse::<u16>().ok()).flatten()? {
        // ISO 8601 has a year 0.
        0 => Some("1 BC".to_owned()),
        year @ ..100 => Some(format!("AD {year}")),
        year => Some(year.to_string()),
    }
}

/// `0043` for 44 BC, `04XX` for the 5th century BC.
fn year_before_christ(digits: &str) -> Option<String> {
    if digits.len() != 4 {
        return None;
    }
    if let Some(century) = digits.strip_suffix("XX") {
        return Some(format!("{} century BC", ordinal(century.parse::<u8>().ok()? + 1)));
    }
    Some(format!("{} BC", digits.parse::<u16>().ok()? + 1))
}

/// `1st`, `12th`, `23rd`.
fn ordinal(number: u8) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn span(from: &Point, to: &Point) -> String {
    match (&from.part, &to.part) {
        (Some(one), Some(other)) if from.year == to.year && from.link == to.link => match (&from.day, &to.day) {
            (Some(first), Some(last)) if one == other => format!("{first}–{last} {one} {}", to.year),
            (None, None) => format!("{one}–{other}{}{}", to.link, to.year),
            _ => format!("{} – {}", from.within_year(), to.words()),
        },
        (None, None) => match from.year.strip_suffix(" BC").filter(|_| to.year.ends_with(" BC")) {
            Some(year) => format!("{year}–{}", to.year),
            None => format!("{}–{}", from.year, to.year),
        },
        _ => format!("{} – {}", from.words(), to.words()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        for (value, wanted) in [
            ("2007-05-10", "10 May 2007"),
            ("2007-05", "May 2007"),
            ("2007", "2007"),
            ("0476", "476"),
            ("0079", "AD 79"),
            ("-0043", "44 BC"),
            ("0000", "1 BC"),
            ("-0263/-0145", "264–146 BC"),
            ("-04XX", "5th century BC"),
            ("2023-40", "first half of 2023"),
            ("2022-41", "second half of 2022"),
            ("2023/2024", "2023–2024"),
            ("1914/1918", "1914–1918"),
            ("2024-05-30/2024-06-02", "30 May – 2 June 2024"),
            ("200X", "2000s"),
            ("19XX", "20th century"),
            ("20XX", "21st century"),
            ("2006-22", "summer 2006"),
            ("2007-33", "first quarter of 2007"),
            ("2007-05-07/2007-05-13", "7–13 May 2007"),
            ("2007-05-28/2007-06-03", "28 May – 3 June 2007"),
            ("2006-12-28/2007-01-03", "28 December 2006 – 3 January 2007"),
            ("2007-04/2007-06", "April–June 2007"),
            ("1979/2007", "1979–2007"),
            ("2007/2007-05", "2007 – May 2007"),
        ] {
            assert_eq!(readable(value), wanted);
        }
    }

    #[test]
    fn what_is_no_date_stays_as_it_is() {
        for value in
            ["", "5 USD", "2007-5", "2007-05-99", "2007-05-10-11", "12345", "2007/", "/", "X", "99XX/é", "-", "-12"]
        {
            assert_eq!(readable(value), value);
        }
    }
}
