//! Compares the values of dates by the days they denote, so that two ways of writing the same days count as equal.
//!
//! GUM writes a decade as `1960-01-01/1969-12-31` and a summer as `2022-06-01/2022-08-31` where the program writes
//! `196X` and `2022-22`, the shorter forms of EDTF (Library of Congress, 2019).

use jiff::civil::Date;

/// Whether both values stand for the same days.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one == other || days(one).is_some_and(|days_of_one| days(other) == Some(days_of_one))
}

/// First and last day; none for a time without one of them, or a date without a year.
fn days(value: &str) -> Option<(Date, Date)> {
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    Some((span(first)?.0, span(last)?.1))
}

fn span(value: &str) -> Option<(Date, Date)> {
    let mut parts = value.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?;
    let years = (year.replace('X', "0").parse::<i16>().ok()?, year.replace('X', "9").parse::<i16>().ok()?);
    let month = parts.next().map(str::parse::<i8>).transpose().ok()?;
    let day = parts.next().map(str::parse::<i8>).transpose().ok()?;
    let months = match month {
        None => (1, 12),
        // Spring, summer and autumn of the northern half; a winter is of two years.
        Some(season @ 21..=23) => ((season - 20) * 3, (season - 20) * 3 + 2),
        Some(month) => (month, month),
    };
    let first = Date::new(years.0, months.0, day.unwrap_or(1)).ok()?;
    let last = match day {
        Some(day) => Date::new(years.1, months.1, day).ok()?,
        None => Date::new(years.1, months.1, 1).ok()?.last_of_month(),
    };
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn the_same_days_are_equal_however_written() {
        for (one, other) in [
            ("196X", "1960-01-01/1969-12-31"),
            ("19XX", "1900/1999"),
            ("2022-22", "2022-06-01/2022-08-31"),
            ("2024-02", "2024-02-01/2024-02-29"),
            ("--05-03", "--05-03"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("196X", "1960-01-01/1968-12-31"),
            ("2024", "2024-01"),
            ("2022-24", "2022-12-01/2023-02-28"),
            ("../2008-01-19", "2008-01-19"),
            ("2024-13", "2024-14"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
