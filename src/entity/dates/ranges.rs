//! Two dates that are one range.

use super::calendar::Side;
use super::months::{is_ambiguous, is_rest_of_name, month_name};
use super::written::{Written, day};
use super::years::year;
use super::{Dates, Match};
use crate::entity::amounts::is_unit;

impl Dates<'_> {
    /// Two dates as one: "May 30 to June 2, 2024", "22-27 May", "January to March 2025", "1914 to 1918"; after "between",
    /// which is a part of it, joined by "and".
    pub(super) fn range(&self, at: usize, is_between: bool) -> Match {
        if let Some(found) = self.listed(at).filter(|_| !is_between) {
            return Some(found);
        }
        let Some(first) = self.end_of_range(at) else { return self.hyphenated(at) };
        let mut link = first.end;
        let is_from = self.before(at) == "from";
        if is_from && self.text(link) == "," {
            link += 1;
        }
        let next_day =
            || self.end_of_range(link + 1).and_then(|next| next.day) == first.day.map(|day| day.saturating_add(1));
        let joined = match self.lower(link) {
            // "4 and 5 May", "May 4 and 5"
            "and" => is_between || first.day.is_some() && first.year.is_none() && next_day(),
            "to" | "through" | "thru" | "-" | "–" => !is_between,
            "until" | "till" => is_from,
            // "May/June 2024"
            "/" => first.month.is_some() && first.day.is_none() && first.year.is_none(),
            _ => false,
        };
        if !joined || matches!(self.lower(link), "-" | "–") && self.lower(link + 1) == "based" {
            return self.hyphenated(at);
        }
        let second = match self.end_of_range(link + 1)? {
            // "1920 – 21"
            Written { end, day: Some(rest), month: None, year: None, .. }
                if first.day.is_none() && first.month.is_none() && self.text(end - 1).len() == 2 && rest > 9 =>
            {
                let year = first.year? / 100 * 100 + i16::from(rest);
                Written { end, year: Some(year), ..Written::default() }
            }
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
            // "Tuesday, 4 and Wednesday, 5 May"
            full if first.month.is_none() && full.weekday.is_some() => return None,
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
        // "aged between 16 and 21"
        let is_dated = one.month.is_some() || one.year.is_some();
        if !same_shape || !is_date || !is_dated || !one.exists() || !other.exists() || self.was_moved(at) {
            return None;
        }
        if one.year.is_none() && self.is_yearly(at, second.end) {
            return Some((second.end, None));
        }
        let side = if one.year.is_none() && self.anchor.is_some() { self.side(at, second.end) } else { None };
        // What is still to come may have begun: its end lies ahead. The other end is in the same year or the one beside it.
        let year_of = |value: &Option<String>| value.as_deref().and_then(|value| value.get(..4)?.parse::<i16>().ok());
        let beside = |one: Written, other: &Written, year, is_first| match one.year {
            Some(_) => one,
            None => one.completed(&Written { year, ..*other }, is_first),
        };
        let (start, end) = if matches!(side, Some(Side::Ahead | Side::Scheduled)) {
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

    /// Days of one month in a list: "May 3, 4 and 5, 2024", "the 5th, 6th and 9th of May". A row of days is a range.
    fn listed(&self, at: usize) -> Match {
        let month = month_name(self.text(at));
        let mut next = at + usize::from(month.is_some());
        let mut days = vec![day(self.text(next))?];
        loop {
            next += 1;
            let comma = usize::from(self.text(next) == ",");
            let and = usize::from(matches!(self.text(next + comma), "and" | "&"));
            let last = days.last().copied()?;
            let day =
                day(self.text(next + comma + and)).filter(|day| *day > last && comma + and > 0 && days.len() < 31)?;
            days.push(day);
            next += comma + and;
            if and > 0 {
                break;
            }
        }
        next += 1;
        // Behind the month, numbers without a year may be of anything: "on May 3 and 12 people".
        let (end, month, year) = if let Some(month) = month {
            self.year_at(next).map(|(end, year)| (end, month, Some(year)))?
        } else {
            let behind = next + usize::from(self.lower(next) == "of");
            let written = self.with_year(behind + 1, month_name(self.text(behind))?, 1);
            (written.end, written.month?, written.year)
        };
        let of_month = |day: Option<&i8>| Written { end, year, month: Some(month), day: day.copied(), weekday: None };
        let (first, last) = (of_month(days.first()), of_month(days.last()));
        let is_row = last
            .day
            .zip(first.day)
            .is_some_and(|(last, first)| usize::from((last - first).unsigned_abs()) + 1 == days.len());
        if is_row { self.joined(at, &first, &last, true) } else { last.exists().then_some((end, None)) }
    }

    /// "2000 - 2050" without a word before it.
    fn are_years(&self, first: &Written, last: &Written) -> bool {
        let recent = |year: Option<i16>| year.is_some_and(|year| (1900..=2100).contains(&year));
        let bracketed = self.text(last.end) == ")";
        (recent(first.year) && recent(last.year) || bracketed) && matches!(self.text(first.end), "-" | "–")
    }

    /// "22-27 May", "May 22-27, 2007", "30 May-2 June", "Jan-Mar 2025", of which two parts are one token.
    fn hyphenated(&self, at: usize) -> Match {
        if let Some((first, last)) = self.text(at).split_once(['-', '–'])
            && let Some((first, last)) = month_name(first).zip(month_name(last))
        {
            let (end, year) = self.year_at(at + 1).map_or((at + 1, None), |(end, year)| (end, Some(year)));
            let first = Written { end, month: Some(first), ..Written::default() };
            let second = Written { end, year, month: Some(last), ..Written::default() };
            return self.joined(at, &first, &second, true);
        }
        if let Some((month, last)) = self.text(at + 1).split_once(['-', '–'])
            && let (Some(first), Some(month), Some(last)) = (day(self.text(at)), month_name(month), day(last))
            && let Some(last_month) = month_name(self.text(at + 2))
        {
            let first = Written { end: at + 2, month: Some(month), day: Some(first), ..Written::default() };
            return self.joined(at, &first, &self.with_year(at + 3, last_month, last), true);
        }
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
}
