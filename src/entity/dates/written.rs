//! Dates written out, as far as they are, and ranges of two of them.

use jiff::civil::Weekday;

use super::calendar::{Side, on_weekday, weekday, year_of};
use super::months::{is_ambiguous, is_rest_of_name, month_name};
use super::{Dates, Match};
use crate::article::{Date, parse_date};
use crate::entity::amounts::is_unit;

/// A day, month or year as far as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// The word after it.
    pub(super) end: usize,
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) weekday: Option<Weekday>,
}

impl Written {
    /// Takes from `other` what is written only once for both: "3 to 5 May 2024", "May 30 to June 2, 2024".
    fn completed(self, other: &Self, is_first: bool) -> Self {
        let month = self.month.or(other.month);
        // "December 28 to January 3, 2007"
        let turn = matches!((month, other.month), (Some(one), Some(other)) if if is_first { one > other } else { one < other });
        let step = match (turn, is_first) {
            (false, _) => 0,
            (true, true) => -1,
            (true, false) => 1,
        };
        let year = self.year.or_else(|| other.year?.checked_add(step));
        Self { year, month, ..self }
    }

    fn exists(&self) -> bool {
        // A leap year where none is told, to see whether the day exists at all.
        Date::new(self.year.unwrap_or(2000), self.month.unwrap_or(1), self.day.unwrap_or(1)).is_ok()
    }
}

impl Dates<'_> {
    /// A date that begins at word `at` with day and month, or month and year, or all three.
    pub(super) fn written(&self, at: usize) -> Option<Written> {
        if let Some(day) = weekday(self.lower(at)) {
            // "Sunday, January 20, 2008", "Sunday the 26 June"
            let mut next = at + 1 + usize::from(self.text(at + 1) == ",");
            next += usize::from(self.lower(next) == "the");
            let date = self.day_first(next).or_else(|| self.month_first(next)).or_else(|| self.all_figures(next));
            return date.filter(|date| date.day.is_some()).map(|date| Written { weekday: Some(day), ..date });
        }
        let found = self.day_first(at).or_else(|| self.month_first(at)).or_else(|| self.all_figures(at));
        found.filter(Written::exists)
    }

    /// "27 May 2007", "the 27th of May", "6-May-2024", "21July 2022".
    fn day_first(&self, at: usize) -> Option<Written> {
        let text = self.text(at);
        let letters = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        if let (Some(month), Some(day)) = (text.get(letters..).and_then(month_name), text.get(..letters).and_then(day))
        {
            return Some(self.with_year(at + 1, month, day));
        }
        let day = day(text)?;
        let next = self.text(at + 1);
        if matches!(next, "-" | "/" | "–") && self.is_joined(at + 1) && self.is_joined(at + 2) {
            let (month, year) = self.text(at + 2).split_once(['-', '/']).unwrap_or((self.text(at + 2), ""));
            let month = month_name(month)?;
            if let Some(year) = any_year(year) {
                return Some(Written {
                    end: at + 3,
                    year: Some(year),
                    month: Some(month),
                    day: Some(day),
                    weekday: None,
                });
            }
            let year = any_year(self.text(at + 4)).filter(|_| self.text(at + 3) == next);
            let end = if year.is_some() { at + 5 } else { at + 3 };
            return Some(Written { end, year, month: Some(month), day: Some(day), weekday: None });
        }
        let of = usize::from(self.lower(at + 1) == "of");
        let month = month_name(self.text(at + 1 + of))?;
        Some(self.with_year(at + 2 + of, month, day))
    }

    /// "May 27", "May 27th, 2007", "May 2007".
    fn month_first(&self, at: usize) -> Option<Written> {
        let month = month_name(self.text(at))?;
        if let Some(day) = day(self.text(at + 1)) {
            return Some(self.with_year(at + 2, month, day));
        }
        let (end, year) = self.year_at(at + 1).or_else(|| self.told_year(at + 1))?;
        Some(Written { end, year: Some(year), month: Some(month), ..Written::default() })
    }

    fn with_year(&self, end: usize, month: i8, day: i8) -> Written {
        let year = self.year_at(end).or_else(|| self.told_year(end));
        let (end, year) = year.map_or((end, None), |(end, year)| (end, Some(year)));
        Written { end, year, month: Some(month), day: Some(day), weekday: None }
    }

    /// "2007-05-27", "27.05.2007".
    fn all_figures(&self, at: usize) -> Option<Written> {
        let text = self.text(at);
        let separators = text.bytes().filter(|byte| !byte.is_ascii_digit()).count();
        let date = (separators == 2 && self.reading.word(at).is_number()).then(|| parse_date(text)).flatten()?;
        let (year, month, day) = (Some(date.year()), Some(date.month()), Some(date.day()));
        Some(Written { end: at + 1, year, month, day, weekday: None })
    }

    /// A year at `at`, after a comma, "of" or an apostrophe perhaps: ", 2007", "of 2007", "'07".
    pub(super) fn year_at(&self, at: usize) -> Option<(usize, i16)> {
        let at = at + usize::from(matches!(self.text(at), "," | "of"));
        if matches!(self.text(at), "'" | "’" | "‘") && self.is_joined(at + 1) && !self.is_joined(at) {
            return two_digits(self.text(at + 1)).map(|year| (at + 2, year));
        }
        let next = self.lower(at + 1);
        year(self.text(at)).filter(|&year| year <= 2200 && !is_unit(next)).map(|year| (at + 1, year))
    }

    /// A date with a day, or a month and its year.
    pub(super) fn on_day(&self, at: usize) -> Match {
        let written = self.written(at)?;
        // "on May 3 and June 5, 2024": the year is of both.
        let shared = matches!(self.text(written.end), "and" | "or" | ",")
            .then(|| self.written(written.end + 1))
            .flatten()
            .filter(|other| written.year.is_none() && other.weekday.is_none() && other.month >= written.month);
        let whole = Written { year: written.year.or(shared.and_then(|other| other.year)), ..written };
        Some((written.end, self.resolved(&whole, self.side_of(&whole, at))))
    }

    fn side_of(&self, written: &Written, first: usize) -> Option<Side> {
        (written.year.is_none() && self.anchor.is_some()).then(|| self.side(first, written.end)).flatten()
    }

    /// A year told from the article's: "last year" in "August last year", "in May this year".
    fn told_year(&self, at: usize) -> Option<(usize, i16)> {
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

    /// What a date comes to, no more exact than it is written.
    pub(super) fn resolved(&self, written: &Written, side: Option<Side>) -> Option<String> {
        let year = match (written.year, written.month) {
            (Some(year), _) => year,
            (None, Some(month)) => match written.day.and_then(|day| self.months.year_of(month, day)) {
                Some(told) => told,
                None => year_of(self.anchor?, month, written.day, written.weekday, side)?,
            },
            (None, None) => return None,
        };
        Some(match (written.month, written.day) {
            (Some(month), Some(day)) => Date::new(year, month, day).ok()?.to_string(),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (None, _) => format!("{year:04}"),
        })
    }

    /// Two dates as one: "May 30 to June 2, 2024", "22-27 May", "January to March 2025", "1914 to 1918"; after "between",
    /// which is a part of it, joined by "and".
    pub(super) fn range(&self, at: usize, is_between: bool) -> Match {
        let Some(first) = self.end_of_range(at) else { return self.hyphenated(at) };
        let mut link = first.end;
        let is_from = self.before(at) == "from";
        if is_from && self.text(link) == "," {
            link += 1;
        }
        let joined = match self.lower(link) {
            "and" => is_between || first.month.is_none() && first.day.is_some(),
            "to" | "through" | "thru" | "-" | "–" => !is_between,
            "until" | "till" => is_from,
            _ => false,
        };
        if !joined || matches!(self.lower(link), "-" | "–") && self.lower(link + 1) == "based" {
            return self.hyphenated(at);
        }
        let second = match self.end_of_range(link + 1)? {
            bare if bare.month.is_none() && bare.day.is_some() => {
                // "May 3 to 5"
                let next = self.lower(bare.end);
                let is_other =
                    matches!(next, "%" | "per" | ":" | "p.m" | "p.m." | "a.m." | "pm" | "am" | "million" | "billion");
                if first.day.is_none() || is_unit(next) || is_other {
                    return None;
                }
                // "July 14 to 24, 2022"
                self.year_at(bare.end).map_or(bare, |(end, year)| Written { end, year: Some(year), ..bare })
            }
            full => full,
        };
        self.joined(at, &first, &second, is_from || is_between)
    }

    fn joined(&self, at: usize, first: &Written, second: &Written, is_announced: bool) -> Match {
        let (one, other) = (first.completed(second, true), second.completed(first, false));
        let years_only = one.month.is_none() && one.day.is_none();
        let same_shape = one.day.is_some() == other.day.is_some() && one.month.is_some() == other.month.is_some();
        let is_date =
            one.month.is_some() || is_announced || self.is_introduced(at) || years_only && self.are_years(&one, &other);
        if !same_shape || !is_date || !one.exists() || !other.exists() || self.was_moved(at) {
            return None;
        }
        let side = if one.year.is_none() && self.anchor.is_some() { self.side(at, second.end) } else { None };
        // What is still to come may have begun: its end lies ahead. The other end is in the same year or the one beside it.
        let year_of = |value: &Option<String>| value.as_deref().and_then(|value| value.get(..4)?.parse::<i16>().ok());
        let beside = |one: Written, other: &Written, year, is_first| match one.year {
            Some(_) => one,
            None => one.completed(&Written { year, ..*other }, is_first),
        };
        let (start, end) = if side == Some(Side::Ahead) {
            let end = self.resolved(&other, side);
            (self.resolved(&beside(one, &other, year_of(&end), true), None), end)
        } else {
            let start = self.resolved(&one, side);
            let end = self.resolved(&beside(other, &one, year_of(&start), false), None);
            (start, end)
        };
        if let (Some(start), Some(end)) = (&start, &end)
            && start >= end
        {
            return None;
        }
        Some((second.end, start.zip(end).map(|(start, end)| format!("{start}/{end}"))))
    }

    /// "2000 - 2050" without a word before it.
    fn are_years(&self, first: &Written, last: &Written) -> bool {
        let recent = |year: Option<i16>| year.is_some_and(|year| (1900..=2100).contains(&year));
        let bracketed = self.text(last.end) == ")";
        (recent(first.year) && recent(last.year) || bracketed) && matches!(self.text(first.end), "-" | "–")
    }

    /// "22-27 May", "May 22-27, 2007", of which the first two numbers are one token.
    fn hyphenated(&self, at: usize) -> Match {
        let is_number = |at| self.reading.within(self.sentence, at).is_number();
        let (days, month_at, end) =
            if is_number(at) { (self.text(at), at + 1, at + 2) } else { (self.text(at + 1), at, at + 2) };
        if !is_number(if month_at == at { at + 1 } else { at }) {
            return None;
        }
        let month = month_name(self.text(month_at))?;
        let (first, last) = days.split_once(['-', '–', '/'])?;
        let second = self.with_year(end, month, day(last)?);
        let first = Written { end, month: Some(month), day: Some(day(first)?), ..Written::default() };
        self.joined(at, &first, &second, true)
    }

    /// What may stand on either side of a range: a date, a month, a year, or the number of a day.
    fn end_of_range(&self, at: usize) -> Option<Written> {
        if let Some(written) = self.written(at) {
            return Some(written);
        }
        let text = self.text(at);
        let word = self.reading.within(self.sentence, at);
        if let Some(month) = month_name(text) {
            let fits = (text.len() > 3 || text == "May")
                && (!is_ambiguous(text) || !is_rest_of_name(self.reading.within(self.sentence, at + 1)));
            return fits.then(|| Written { end: at + 1, month: Some(month), ..Written::default() });
        }
        if !word.is_number() {
            return None;
        }
        if let Some(year) = year(text).filter(|year| (1000..=2100).contains(year)) {
            return (!is_unit(self.lower(at + 1))).then(|| Written {
                end: at + 1,
                year: Some(year),
                ..Written::default()
            });
        }
        day(text).map(|day| Written { end: at + 1, day: Some(day), ..Written::default() })
    }

    /// "moved from May 3 to June 5"
    fn was_moved(&self, at: usize) -> bool {
        self.before(at) == "from"
            && (at.saturating_sub(6)..at).any(|at| {
                at >= self.sentence.first
                    && matches!(
                        self.lower(at),
                        "moved"
                            | "postponed"
                            | "delayed"
                            | "rescheduled"
                            | "shifted"
                            | "changed"
                            | "rose"
                            | "fell"
                            | "grew"
                    )
            })
    }

    /// A month without a day or year: "in May", "since June", "this March"; `introduced` if something before it shows
    /// already that it is none of the other things a month's name may be.
    pub(super) fn month_alone(&self, at: usize, introduced: bool) -> Match {
        let word = self.text(at);
        let number = month_name(word)?;
        let before = self.before(at);
        let strong = introduced
            || matches!(
                before,
                "in" | "since" | "until" | "till" | "last" | "next" | "this" | "early" | "late" | "mid" | "during"
            );
        let weak =
            matches!(before, "by" | "of" | "from" | "to" | "between" | "before" | "after" | "and" | "through" | "for");
        let ambiguous = is_ambiguous(word);
        let is_name = ambiguous
            && (self.months.names_somebody(number) || is_rest_of_name(self.reading.within(self.sentence, at + 1)));
        if !(strong || weak && !is_name || !ambiguous && word.len() > 3 && at > self.sentence.first) {
            return None;
        }
        // "the May elections" go by what stands before them, "in May Lindqvist's office" is hers.
        let value = self.anchor.and_then(|anchor| {
            let side = self.side(at, at + 1);
            let year = match before {
                "this" => anchor.year(),
                "last" => anchor.year() - i16::from(number >= anchor.month()),
                "next" => anchor.year() + i16::from(number <= anchor.month()),
                _ => year_of(anchor, number, None, None, side)?,
            };
            Some(format!("{year:04}-{number:02}"))
        });
        Some((at + 1, value))
    }

    /// "Monday", "Mondays", "Monday to Friday".
    pub(super) fn weekday(&self, at: usize, day: Weekday) -> (usize, Option<String>) {
        if self.lower(at).ends_with("days") {
            return (at + 1, None);
        }
        let value = |day, side| {
            let date = self.anchor.and_then(|anchor| on_weekday(anchor, day, None, side));
            date.map(|date| date.to_string())
        };
        if matches!(self.lower(at + 1), "to" | "through" | "-" | "–")
            && let Some(last) = weekday(self.lower(at + 2))
        {
            // "open Monday to Friday" is every week; "he was there from Monday to Friday" was once.
            let side = self.side(at, at + 3).filter(|_| self.before(at) == "from");
            let span = side.and_then(|side| Some((value(day, side)?, value(last, side)?)));
            let span = span.filter(|(start, end)| start < end);
            return (at + 3, span.map(|(start, end)| format!("{start}/{end}")));
        }
        if self.text(at + 1) == "("
            && let Some(date) = self.written(at + 2).filter(|date| date.day.is_some() && self.text(date.end) == ")")
        {
            let date = Written { weekday: Some(day), ..date };
            return (at + 1, self.resolved(&date, self.side_of(&date, at)));
        }
        let side = if self.anchor.is_some() { self.side(at, at + 1) } else { None };
        (at + 1, value(day, side.unwrap_or(Side::Past)))
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

fn any_year(word: &str) -> Option<i16> {
    year(word).or_else(|| two_digits(word))
}

/// The number of a day: `27`, `27th`.
fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = word.get(digits.len()..)?;
    (digits.len() <= 2 && matches!(ending, "" | "st" | "nd" | "rd" | "th"))
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|day| (1..=31).contains(day))
}
