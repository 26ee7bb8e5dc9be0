//! Parts of years as businesses count them: quarters, halves, financial years, seasons.

use super::calendar::season;
use super::years::{two_digits, year};
use super::{Dates, Match};

/// A half or a quarter, by its number in EDTF (level 2: 33 to 36 are the quarters, 40 and 41 the halves).
const QUARTERS: u8 = 33;
const HALVES: u8 = 40;

impl Dates<'_> {
    /// "Q4'23", "2Q24", "H1 2024", "FY2025", "the third quarter of 2025", "the first half of last year", "spring 2024".
    pub(super) fn half_or_quarter(&self, at: usize) -> Match {
        if let Some(number) = season(self.lower(at)) {
            let (end, years) = self.years_of(at + 1)?;
            if let Some((first, last)) = years.split_once('/') {
                // Which of its years a winter of EDTF belongs to is nowhere said.
                return (number == 24).then(|| (end, Some(format!("{first}-12/{last}-02"))));
            }
            return Some((end, Some(format!("{years}-{number}"))));
        }
        if let Some(found) = self.financial_year(at) {
            return Some(found);
        }
        let (end, part) = self.part(at)?;
        Some(match part {
            Part::Of(number, Some(year)) => (end, Some(format!("{year:04}-{number}"))),
            Part::Of(number, None) => {
                let (end, year) = self.one_year(end)?;
                (end, Some(format!("{year}-{number}")))
            }
            Part::Months(last) => {
                let (end, year) = self.one_year(end)?;
                (end, Some(if last == 6 { format!("{year}-{HALVES}") } else { format!("{year}-01/{year}-{last:02}") }))
            }
        })
    }

    /// The number of a half or a quarter at `at`, with the year where both are one word.
    fn part(&self, at: usize) -> Option<(usize, Part)> {
        let word = self.lower(at);
        let mut letters = word.bytes();
        match (letters.next()?, letters.next()) {
            // "Q4", "H1", "Q1FY25"
            (kind @ (b'q' | b'h'), Some(number @ b'1'..=b'4')) if self.text(at).starts_with(char::is_uppercase) => {
                let number = numbered(kind, number - b'0')?;
                let rest = word.get(2..)?;
                let rest = rest.strip_prefix("fy").unwrap_or(rest);
                let year = if rest.is_empty() { None } else { Some(year(rest).or_else(|| two_digits(rest))?) };
                Some((at + 1, Part::Of(number, year)))
            }
            // "2Q24", "1H 2024"
            (number @ b'1'..=b'4', Some(kind @ (b'q' | b'h'))) if word.len() <= 6 => {
                let number = numbered(kind, number - b'0')?;
                let rest = word.get(2..)?;
                let year = if rest.is_empty() { None } else { Some(year(rest).or_else(|| two_digits(rest))?) };
                Some((at + 1, Part::Of(number, year)))
            }
            _ => {
                let number = match word {
                    "first" | "1st" => 1,
                    "second" | "2nd" | "latter" => 2,
                    "third" | "3rd" => 3,
                    "fourth" | "4th" | "last" | "final" => 4,
                    _ => return None,
                };
                match self.lower(at + 1) {
                    "quarter" => Some((at + 2, Part::Of(QUARTERS + number - 1, None))),
                    "half" | "semester" if number <= 2 => Some((at + 2, Part::Of(HALVES + number - 1, None))),
                    count if number == 1 && self.lower(at + 2) == "months" => {
                        let months =
                            crate::entity::amounts::number_word(count).filter(|count| (2.0..12.0).contains(count))?;
                        Some((at + 3, Part::Months(months as u8)))
                    }
                    _ => None,
                }
            }
        }
    }

    /// "FY2025", "FY 2024-25", "fiscal year 2025", "fiscal 2025": by the year it is called after.
    fn financial_year(&self, at: usize) -> Match {
        let text = self.text(at);
        if let Some(rest) = text.strip_prefix("FY").filter(|rest| !rest.is_empty()) {
            let rest = rest.strip_prefix('-').unwrap_or(rest);
            let first = rest.split(['-', '/', '–']).next()?;
            let first = year(first).or_else(|| two_digits(first))?;
            let last = rest.split_once(['-', '/', '–']).map(|(_, last)| last);
            // "FY2024/25" may be three tokens.
            let (end, last) = match last {
                None if matches!(self.text(at + 1), "-" | "/" | "–")
                    && self.is_joined(at + 1)
                    && self.is_joined(at + 2) =>
                {
                    (at + 3, Some(self.text(at + 2)))
                }
                last => (at + 1, last),
            };
            let Some(last) = last else { return Some((end, Some(first.to_string()))) };
            let last = two_digits(last).or_else(|| year(last)).filter(|last| *last > first)?;
            return Some((end, Some(format!("{first}/{last}"))));
        }
        let next = match (text, self.lower(at), self.lower(at + 1)) {
            ("FY", _, _) => at + 1,
            (_, "fiscal" | "financial", "year") => at + 2,
            (_, "fiscal", _) => at + 1,
            _ => return None,
        };
        let (end, years) = self.years_of(next)?;
        Some((end, Some(years)))
    }

    /// A year or two: "2024", "of 2024", "2021-22", "'69".
    fn years_of(&self, at: usize) -> Option<(usize, String)> {
        if let Some((end, year)) = self.year_at(at) {
            return Some((end, format!("{year:04}")));
        }
        let at = at + usize::from(self.lower(at) == "of");
        self.figures(at)
            .and_then(|(end, value)| Some((end, value?)))
            .filter(|(_, value)| value.len() == 9 && value.contains('/'))
    }

    /// A year as what stands before may belong to: "2024", "of 2024", "'23", "of this year", "of last year".
    fn one_year(&self, at: usize) -> Option<(usize, String)> {
        // "the third quarter (Q3) of 2024"
        let at = if self.text(at) == "(" && self.text(at + 2) == ")" { at + 3 } else { at };
        if let Some((end, year)) = self.year_at(at) {
            return Some((end, format!("{year:04}")));
        }
        // "Q4'23"
        if matches!(self.text(at), "'" | "’") && self.is_joined(at + 1) {
            return two_digits(self.text(at + 1)).map(|year| (at + 2, format!("{year:04}")));
        }
        let next = at + usize::from(self.lower(at) == "of");
        if let Some((end, Some(value))) = self.financial_year(next) {
            return value.get(..4).map(|year| (end, year.to_owned()));
        }
        let step = match self.lower(next) {
            "this" | "the" => 0,
            "last" => -1,
            "next" => 1,
            _ => return None,
        };
        let year = self.anchor.filter(|_| next > at && self.lower(next + 1) == "year")?.year() + step;
        Some((next + 2, format!("{year:04}")))
    }
}

/// What of a year.
#[derive(Clone, Copy)]
enum Part {
    /// A half or a quarter, and the year if it is told already.
    Of(u8, Option<i16>),
    /// The first so many months.
    Months(u8),
}

fn numbered(kind: u8, number: u8) -> Option<u8> {
    match kind {
        b'q' => Some(QUARTERS + number - 1),
        _ if number <= 2 => Some(HALVES + number - 1),
        _ => None,
    }
}
