//! The year that belongs to a day or a month.

use super::Dates;
use super::calendar::{Side, weekday};
use super::months::month_name;
use crate::entity::amounts::is_unit;

impl Dates<'_> {
    /// A year at `at`, after a comma, "of" or an apostrophe perhaps: ", 2007", "of 2007", "'07", ", Friday, 2007",
    /// "of the year 2007".
    pub(super) fn year_at(&self, at: usize) -> Option<(usize, i16)> {
        let comma = self.text(at) == ",";
        let mut at = at + usize::from(comma);
        if comma && weekday(self.lower(at)).is_some() && self.text(at + 1) == "," {
            at += 2;
        }
        at += match (self.lower(at), self.lower(at + 1), self.lower(at + 2)) {
            ("of" | "in", "the", "year") => 3,
            ("of", ..) if !comma => 1,
            _ => 0,
        };
        if matches!(self.text(at), "'" | "’" | "‘") && self.is_joined(at + 1) && !self.is_joined(at) {
            return two_digits(self.text(at + 1)).map(|year| (at + 2, year));
        }
        let next = self.lower(at + 1);
        year(self.text(at)).filter(|&year| year <= 2200 && !is_unit(next)).map(|year| (at + 1, year))
    }

    /// "May 3 (2007)"
    pub(super) fn year_in_brackets(&self, at: usize) -> Option<(usize, i16)> {
        let year = year(self.text(at + 1)).filter(|_| self.text(at) == "(" && self.text(at + 2) == ")")?;
        Some((at + 3, year))
    }

    /// The year at the end of a list of months that goes on at `at`: "April, May and June 2024", "May or early June 2024".
    pub(super) fn shared_year(&self, mut at: usize, month: i8) -> Option<i16> {
        let mut last = month;
        for _ in 0..4 {
            let comma = usize::from(self.text(at) == ",");
            let and = usize::from(matches!(self.text(at + comma), "and" | "or" | "&"));
            if comma + and == 0 {
                return None;
            }
            at += comma + and;
            at += usize::from(matches!(self.lower(at), "early" | "mid" | "late"));
            let next = self.written(at).filter(|next| next.day.is_none() && next.month > Some(last));
            if let Some(year) = next.and_then(|next| next.year) {
                return Some(year);
            }
            last = month_name(self.text(at)).filter(|next| *next > last)?;
            at += 1;
        }
        None
    }

    /// A year told from the article's: "last year" in "August last year", "in May this year".
    pub(super) fn told_year(&self, at: usize) -> Option<(usize, i16)> {
        let at = at + usize::from(matches!(self.text(at), "of" | ","));
        let step = match self.lower(at) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        let year = self.anchor.filter(|_| self.lower(at + 1) == "year" && self.lower(at + 2) != "'s")?.year();
        Some((at + 2, year.checked_add(step)?))
    }

    /// The year the article tells of a day elsewhere, unless this is a day to come: "collapsed on Oct. 1, 2019 … will be
    /// reopened on Oct. 1".
    pub(super) fn told_elsewhere(&self, month: i8, day: i8, side: Option<Side>) -> Option<i16> {
        let year = self.months.year_of(month, day)?;
        let gone = side == Some(Side::Ahead) && self.anchor.is_some_and(|anchor| year < anchor.year());
        (!gone).then_some(year)
    }
}

/// A year in four figures.
pub(super) fn year(word: &str) -> Option<i16> {
    (word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
        .filter(|&year| year >= 1000)
}

/// A year in two figures, by the pivot of POSIX: 69 to 99 are of the last century.
pub(super) fn two_digits(word: &str) -> Option<i16> {
    let year: i16 = (word.len() == 2).then(|| word.parse().ok()).flatten()?;
    Some(if year >= 69 { 1900 + year } else { 2000 + year })
}

pub(super) fn any_year(word: &str) -> Option<i16> {
    year(word).or_else(|| two_digits(word))
}
