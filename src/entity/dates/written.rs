//! Dates written out, as far as they are.

use jiff::civil::Weekday;

use super::calendar::{Side, on_weekday, weekday, year_of};
use super::months::{is_ambiguous, is_rest_of_name, month_name};
use super::years::any_year;
use super::{Dates, Match};
use crate::article::{Date, parse_date};

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
    pub(super) fn completed(self, other: &Self, is_first: bool) -> Self {
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

    pub(super) fn exists(&self) -> bool {
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
        // "May the 5th"
        let the = usize::from(self.lower(at + 1) == "the");
        if let Some(day) = day(self.text(at + 1 + the)) {
            return Some(self.with_year(at + 2 + the, month, day));
        }
        let (end, year) = self.year_at(at + 1).or_else(|| self.told_year(at + 1))?;
        Some(Written { end, year: Some(year), month: Some(month), ..Written::default() })
    }

    pub(super) fn with_year(&self, end: usize, month: i8, day: i8) -> Written {
        let year = self.year_at(end).or_else(|| self.told_year(end)).or_else(|| self.year_in_brackets(end));
        let (end, year) = year.map_or((end, None), |(end, year)| (end, Some(year)));
        Written { end, year, month: Some(month), day: Some(day), weekday: None }
    }

    /// "2007-05-27", "27.05.2007".
    fn all_figures(&self, at: usize) -> Option<Written> {
        let text = self.text(at);
        let separators = text.bytes().filter(|byte| !byte.is_ascii_digit()).count();
        if separators != 2 || !self.reading.word(at).is_number() {
            return None;
        }
        // "2024/06/12"
        let begins_with_year = text.split(['/', '.']).next().is_some_and(|first| first.len() == 4);
        let date = if begins_with_year { parse_date(&text.replace(['/', '.'], "-")) } else { parse_date(text) }?;
        let (year, month, day) = (Some(date.year()), Some(date.month()), Some(date.day()));
        Some(Written { end: at + 1, year, month, day, weekday: None })
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
        Some((written.end, self.around(&whole, at)))
    }

    fn side_of(&self, written: &Written, first: usize) -> Option<Side> {
        if self.is_dateline(first, written.end) {
            return Some(Side::Past);
        }
        (written.year.is_none() && self.anchor.is_some()).then(|| self.side(first, written.end)).flatten()
    }

    /// Whether a date without a year comes every year: "every year on July 26", "celebrated annually on 4 May".
    pub(super) fn is_yearly(&self, first: usize, end: usize) -> bool {
        let floor = first.saturating_sub(9).max(self.sentence.first);
        let before = (floor..first).rev().take_while(|&at| !matches!(self.lower(at), ";" | "(" | "—"));
        before.chain(end..end + 3).any(|at| match self.lower(at) {
            "annually" | "yearly" => true,
            "year" => matches!(self.before(at), "every" | "each"),
            _ => false,
        })
    }

    /// What a date without a year comes to by the words around it: none if it comes every year.
    fn around(&self, written: &Written, first: usize) -> Option<String> {
        if written.year.is_none() && self.is_yearly(first, written.end) {
            return None;
        }
        self.resolved(written, self.side_of(written, first))
    }

    /// What a date comes to, no more exact than it is written.
    pub(super) fn resolved(&self, written: &Written, side: Option<Side>) -> Option<String> {
        let year = match (written.year, written.month) {
            (Some(year), _) => year,
            (None, Some(month)) => match written.day.and_then(|day| self.told_elsewhere(month, day, side)) {
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

    /// "the first Monday of June", "the last Sunday in May 2027".
    pub(super) fn nth_weekday(&self, at: usize) -> Match {
        let nth = match self.lower(at) {
            "first" => 1,
            "second" => 2,
            "third" => 3,
            "fourth" => 4,
            "last" => -1,
            _ => return None,
        };
        let day = weekday(self.lower(at + 1)).filter(|_| matches!(self.lower(at + 2), "of" | "in"))?;
        let written = match self.month_first(at + 3) {
            Some(written) if written.day.is_none() => written,
            Some(_) => return None,
            None => Written { end: at + 4, month: Some(month_name(self.text(at + 3))?), ..Written::default() },
        };
        let value = || {
            let side = if written.year.is_none() { self.side(at, written.end) } else { None };
            let month = self.resolved(&written, side)?;
            let first: Date = format!("{month}-01").parse().ok()?;
            Some(first.nth_weekday_of_month(nth, day).ok()?.to_string())
        };
        Some((written.end, value()))
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
            )
            // "the April uprising"
            || word.len() > 3 && matches!(before, "the" | "their" | "its" | "'s") && self.reading.within(self.sentence, at + 1).is_lower();
        let weak =
            matches!(before, "by" | "of" | "from" | "to" | "between" | "before" | "after" | "and" | "through" | "for");
        let ambiguous = is_ambiguous(word);
        let is_name = ambiguous
            && (self.months.names_somebody(number) || is_rest_of_name(self.reading.within(self.sentence, at + 1)));
        // "in January and February 2025": the year is of both.
        let shared = self.shared_year(at + 1, number).filter(|_| !is_name);
        if !(strong || shared.is_some() || weak && !is_name || !ambiguous && word.len() > 3 && at > self.sentence.first)
        {
            return None;
        }
        // "the May elections" go by what stands before them, "in May Lindqvist's office" is hers.
        if let Some(year) = shared {
            return Some((at + 1, Some(format!("{year:04}-{number:02}"))));
        }
        let value = self.anchor.filter(|_| !self.is_yearly(at, at + 1)).and_then(|anchor| {
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
        // "on a rainy Thursday", "for Friday prayers" are any
        let article = |word: &str| matches!(word, "a" | "an" | "any" | "one" | "some");
        let described = at > self.sentence.first + 2 && self.before(at - 2) == "on";
        if self.lower(at).ends_with("days")
            || matches!(self.before(at), "every" | "each")
            || article(self.before(at))
            || described && article(self.before(at - 1))
            || matches!(self.lower(at + 1), "prayer" | "prayers" | "sermon" | "mass")
        {
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
            return (at + 1, self.around(&date, at));
        }
        let side = if self.anchor.is_some() { self.side(at, at + 1) } else { None };
        (at + 1, value(day, side.unwrap_or(Side::Past)))
    }
}

/// The number of a day: `27`, `27th`.
pub(super) fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = word.get(digits.len()..)?;
    (digits.len() <= 2 && matches!(ending, "" | "st" | "nd" | "rd" | "th"))
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|day| (1..=31).contains(day))
}
