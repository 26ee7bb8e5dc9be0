//! Splits a time into numbers and words, and finds the date, the clock and the zone among them.

use std::ops::Range;

use jiff::civil::{Date, Time};
use unicode_normalization::char::is_combining_mark;

use super::{DateMatch, names};
use crate::text::fold::fold;

/// Units after hours and minutes written without a colon: `23h32min`, `9 Uhr`, `11시 5분`.
const HOURS: [&str; 10] = ["h", "uhr", "ч", "час", "時", "时", "點", "点", "시", "hrs"];
const MINUTES: [&str; 6] = ["m", "min", "мин", "分", "분", "mn"];
/// Units after year, month and day.
const YEAR: [char; 2] = ['年', '년'];
const MONTH: [char; 2] = ['月', '월'];
const DAY: [char; 3] = ['日', '일', '号'];

/// The zero of each set of decimal digits that devices write: Arabic, Persian, and those of India and Thailand.
const ZEROS: [u32; 11] = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50];

/// A text, folded and with ASCII digits, split into numbers and words.
pub(super) struct Tokens {
    text: String,
    tokens: Vec<Token>,
}

struct Token {
    range: Range<usize>,
    /// The value of a number of up to four digits.
    number: Option<i16>,
}

/// `text` with its decimal digits converted to ASCII.
pub(in crate::bookmark::import) fn ascii_digits(text: &str) -> String {
    let digit = |c: char| {
        let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&u32::from(c)))?;
        char::from_digit(u32::from(c) - zero, 10)
    };
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

impl Tokens {
    pub(super) fn of(text: &str) -> Self {
        let text = ascii_digits(&fold(text));
        let mut parts: Vec<Token> = Vec::new();
        let mut was = None;
        for (at, c) in text.char_indices() {
            let is_word = c.is_alphabetic() || is_combining_mark(c) || c == '_';
            let kind = (c.is_ascii_digit() || is_word).then(|| c.is_ascii_digit());
            match parts.last_mut().filter(|_| kind.is_some() && kind == was) {
                Some(part) => part.range.end = at + c.len_utf8(),
                None => parts.extend(kind.map(|_| Token { range: at..at + c.len_utf8(), number: None })),
            }
            was = kind;
        }
        for part in &mut parts {
            let digits = text.get(part.range.clone()).unwrap_or_default();
            part.number = digits.parse().ok().filter(|_| digits.len() <= 4);
        }
        Self { text, tokens: parts }
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|part| self.text.get(part.range.clone())).unwrap_or_default()
    }

    fn number(&self, at: usize) -> Option<i16> {
        self.tokens.get(at)?.number
    }

    /// The text between a token and the one before it.
    fn gap(&self, at: usize) -> &str {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(0, |part| part.range.end);
        self.tokens.get(at).and_then(|part| self.text.get(before..part.range.start)).unwrap_or_default()
    }

    /// Whether `sign` joins this number to the one before it.
    fn is_joined(&self, at: usize, sign: &str) -> bool {
        at > 0 && self.gap(at).trim() == sign && self.number(at).is_some() && self.number(at - 1).is_some()
    }

    /// Whether a number is a zone's offset: `GMT-03`, `+0200`.
    fn is_zone(&self, at: usize) -> bool {
        // Seconds may have a fraction: "21:09:10.5-05:00".
        let ends_clock =
            |at: usize| self.is_joined(at, ":") || at > 0 && self.is_joined(at, ".") && self.is_joined(at - 1, ":");
        let is_after = at > 0 && (matches!(self.word(at - 1), "gmt" | "utc") || ends_clock(at - 1));
        self.gap(at).ends_with('+') || self.gap(at).ends_with('-') && (is_after || self.gap(at) == " -")
    }

    /// Whether the signs around a number make it part of a clock or a zone.
    fn is_clock(&self, at: usize) -> bool {
        self.is_joined(at, ":")
            || self.is_joined(at + 1, ":")
            || self.is_zone(at)
            || self.with_clock_units(at).is_some_and(|(_, end)| end > at)
            || (at.saturating_sub(4)..at).any(|start| self.with_clock_units(start).is_some_and(|(_, end)| end > at))
    }

    /// Whether the order of day and month is ambiguous: numbers only, with the year last.
    pub(super) fn is_ambiguous(&self) -> bool {
        let is_named = (0..self.tokens.len()).any(|at| !names::months(self.word(at)).0.is_empty());
        !is_named && self.triple().is_some_and(|[first, _, _]| !is_year(self.number(first).unwrap_or_default()))
    }

    /// The date in numbers alone, read in this order only.
    pub(super) fn in_order(&self, month_first: bool) -> Option<Date> {
        let [one, two, three] = self.triple()?.map(|at| self.number(at).unwrap_or_default());
        let (month, day) = if month_first { (one, two) } else { (two, one) };
        date(full_year(three), month, day).filter(|day| self.fits(*day))
    }

    /// The date; where several are possible, the first that falls on the weekday that is named.
    pub(super) fn date(&self, month_first: bool) -> Option<DateMatch> {
        let found = self.with_units().map(|found| vec![found]);
        let found = found.or_else(|| self.with_month_name()).or_else(|| self.numeric(month_first)).unwrap_or_default();
        let (day, last) = found.iter().find(|(day, _)| self.fits(*day)).or(found.first())?;
        Some(DateMatch { day: *day, last: *last })
    }

    /// Whether a day falls on the weekday that is named, if one is.
    fn fits(&self, day: Date) -> bool {
        let mut weekdays = (0..self.tokens.len()).filter_map(|at| names::weekday(self.word(at))).peekable();
        weekdays.peek().is_none() || weekdays.any(|weekday| weekday == day.weekday().to_monday_one_offset())
    }

    /// `2021年3月3日`, `2021년 3월 3일`.
    fn with_units(&self) -> Option<(Date, usize)> {
        let begins = |at: usize, signs: &[char]| self.number(at).is_some() && self.word(at + 1).starts_with(signs);
        let at =
            (0..self.tokens.len()).find(|at| begins(*at, &YEAR) && begins(at + 2, &MONTH) && begins(at + 4, &DAY))?;
        Some((date(self.number(at)?, self.number(at + 2)?, self.number(at + 4)?)?, at + 5))
    }

    /// Dates with a month by name and the numbers beside it; none if no month is named.
    fn with_month_name(&self) -> Option<Vec<(Date, usize)>> {
        let (mut months, mut at, mut was_whole) = (Vec::new(), 0, false);
        for part in 0..self.tokens.len() {
            let pair = names::months(&format!("{}_{}", self.word(part), self.word(part + 1)));
            let (found, is_whole) = if pair.1 { pair } else { names::months(self.word(part)) };
            // The name of a weekday may begin like that of a month: "mar. 5 janvier".
            if !found.is_empty() && (is_whole || !was_whole) {
                (months, at, was_whole) = (found, part, is_whole);
            }
        }
        if months.is_empty() {
            return None;
        }
        let numbers = (0..self.tokens.len()).filter(|part| !self.is_clock(*part));
        let mut numbers: Vec<(usize, i16)> = numbers.filter_map(|part| Some((part, self.number(part)?))).collect();
        // The day is next to the month, before it in most languages.
        numbers.sort_by_key(|(part, _)| (part.abs_diff(at), *part > at));
        let year = numbers.iter().find(|(_, number)| is_year(*number)).copied();
        let mut near = numbers.iter().filter(|(_, number)| (0..100).contains(number));
        let (one, other) = (near.next().copied(), near.next().copied());
        let mut dates = Vec::new();
        for month in &months {
            let mut add = |day: Option<(usize, i16)>, year: Option<(usize, i16)>| {
                if let (Some((day_at, day)), Some((year_at, year))) = (day, year) {
                    dates.extend(date(year, i16::from(*month), day).map(|date| (date, at.max(day_at).max(year_at))));
                }
            };
            if year.is_some() {
                add(one, year);
            } else {
                let short = |number: Option<(usize, i16)>| number.map(|(part, number)| (part, full_year(number)));
                add(one, short(other));
                add(other, short(one));
            }
        }
        Some(dates)
    }

    /// Dates made of three numbers, in every order that is a valid date.
    fn numeric(&self, month_first: bool) -> Option<Vec<(Date, usize)>> {
        let triple = self.triple()?;
        let last = triple[2];
        let [one, two, three] = triple.map(|at| self.number(at).unwrap_or_default());
        let orders = if is_year(one) {
            vec![date(one, two, three)]
        } else {
            let (day_first, by_month) = (date(full_year(three), two, one), date(full_year(three), one, two));
            let backwards = if three < 100 { date(full_year(one), two, three) } else { None };
            // Wherever dates are written with full stops the day comes first.
            if month_first && !self.is_joined(triple[1], ".") {
                vec![by_month, day_first, backwards]
            } else {
                vec![day_first, by_month, backwards]
            }
        };
        Some(orders.into_iter().flatten().map(|date| (date, last)).collect())
    }

    /// The first three numbers that include a year or are joined like those of a date.
    fn triple(&self) -> Option<[usize; 3]> {
        let numbers = (0..self.tokens.len()).filter(|at| self.number(*at).is_some() && !self.is_clock(*at));
        let numbers: Vec<usize> = numbers.collect();
        let is_date = |window: &&[usize]| {
            let [one, two, three] = **window else { return false };
            let joined = ["/", "-", "."].iter().any(|sign| self.is_joined(two, sign) && self.is_joined(three, sign));
            let year = |at: usize| is_year(self.number(at).unwrap_or_default());
            let small = |at: usize| (0..100).contains(&self.number(at).unwrap_or(100));
            (year(one) || year(three)) && small(two) || joined && small(one) && small(two) && small(three)
        };
        numbers.windows(3).find(is_date).and_then(|window| window.try_into().ok())
    }

    /// The time of day (midnight if there is none) and its zone in minutes east of Greenwich; none if the time is
    /// invalid.
    pub(super) fn clock(&self, date: &DateMatch) -> Option<(Time, i32)> {
        let found = (0..self.tokens.len()).find_map(|at| {
            let (time, end) = self.with_colons(at).or_else(|| self.with_clock_units(at))?;
            Some((time, at, end))
        });
        // Full stops may separate hours and minutes as they do the parts of a date.
        let dotted = || {
            let at = (date.last + 1..self.tokens.len()).find(|at| self.is_joined(at + 1, "."))?;
            let (time, end) = self.hours_and(at, at + 1, ".")?;
            Some((time, at, end))
        };
        let Some((time, at, end)) = found.or_else(dotted) else { return Some((Time::midnight(), 0)) };
        let time = time?;
        let is_late = at.checked_sub(1).and_then(|before| names::is_late(self.word(before)));
        let is_late = is_late.or_else(|| names::is_late(&self.abbreviation(end + 1)));
        let hour = match (time.hour(), is_late) {
            (12, Some(false)) => 0,
            (0..=11, Some(true)) => time.hour() + 12,
            (hour, _) => hour,
        };
        Some((Time::new(hour, time.minute(), time.second(), 0).ok()?, self.zone(end)?))
    }

    /// Reads `9:15:04` at `at`.
    fn with_colons(&self, at: usize) -> Option<TimeMatch> {
        (self.is_joined(at + 1, ":") && !self.is_zone(at)).then(|| self.hours_and(at, at + 1, ":"))?
    }

    /// Reads hours, minutes and, after the same sign, seconds.
    fn hours_and(&self, at: usize, minutes: usize, sign: &str) -> Option<TimeMatch> {
        let second = self.number(minutes + 1).filter(|_| self.is_joined(minutes + 1, sign));
        let end = if second.is_some() { minutes + 1 } else { minutes };
        Some((clock(self.number(at)?, self.number(minutes)?, second.unwrap_or(0)), end))
    }

    /// Reads `23h32min06s`, `9 Uhr` or `11시 5분` at `at`.
    fn with_clock_units(&self, at: usize) -> Option<TimeMatch> {
        let is_unit = |at: usize, units: &[&str]| {
            let word = self.word(at);
            units.iter().any(|unit| word == *unit || !unit.is_ascii() && word.starts_with(unit))
        };
        let hour = self.number(at).filter(|_| is_unit(at + 1, &HOURS) && self.gap(at + 1).trim().is_empty())?;
        // "4.46 Uhr" has its hours before the full stop.
        if self.is_joined(at, ".") || self.is_joined(at, ":") {
            return None;
        }
        let beside = |at: usize| self.number(at).filter(|_| self.gap(at).trim().is_empty() && !self.is_zone(at));
        let Some(minute) = beside(at + 2) else { return Some((clock(hour, 0, 0), at + 1)) };
        if !is_unit(at + 3, &MINUTES) {
            return Some((clock(hour, minute, 0), at + 2));
        }
        let Some(second) = beside(at + 4) else { return Some((clock(hour, minute, 0), at + 3)) };
        Some((clock(hour, minute, second), at + 5))
    }

    /// The word at `at`; two letters with a full stop between them are one word: "a. m.".
    fn abbreviation(&self, at: usize) -> String {
        let word = self.word(at);
        let next = self.word(at + 1);
        let is_letter = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        let is_short = self.gap(at + 1).trim() == "." && is_letter(word) && is_letter(next);
        if is_short { format!("{word}{next}") } else { word.to_owned() }
    }

    /// The zone after the clock that ends at `end`; none if its offset is impossible.
    fn zone(&self, end: usize) -> Option<i32> {
        let Some(at) = (end + 1..self.tokens.len()).find(|at| self.number(*at).is_some() && self.is_zone(*at)) else {
            let rest = self.tokens.get(end).and_then(|part| self.text.get(part.range.end..));
            return Some(rest.and_then(names::zone).unwrap_or(0));
        };
        let (number, more) = (i32::from(self.number(at).unwrap_or(0)), self.number(at + 1));
        let minutes = match more.filter(|_| self.is_joined(at + 1, ":")) {
            Some(more) => number * 60 + i32::from(more),
            None if self.word(at).len() > 2 => number / 100 * 60 + number % 100,
            None => number * 60,
        };
        let minutes = if self.gap(at).ends_with('-') { -minutes } else { minutes };
        is_possible_offset(minutes).then_some(minutes)
    }

    /// Whether a word may stand beside a clock without being a zone.
    pub(super) fn is_time_word(word: &str) -> bool {
        let word = fold(word);
        names::is_late(&word).is_some()
            || names::weekday(&word).is_some()
            || !names::months(&word).0.is_empty()
            || HOURS.contains(&word.as_str())
            || MINUTES.contains(&word.as_str())
    }

    /// Whether a word is the name of a zone.
    pub(super) fn is_known_zone(word: &str) -> bool {
        let word = fold(word);
        names::zone(&word).is_some()
    }
}

/// Whether a zone can have this offset: none is more than 14 hours from Greenwich.
pub(super) fn is_possible_offset(minutes: i32) -> bool {
    minutes.abs() <= 14 * 60
}

/// A time of day, none if it is invalid, and the index of its last token.
type TimeMatch = (Option<Time>, usize);

/// Whether a number is a year in which a device may have been used.
fn is_year(number: i16) -> bool {
    (1900..2200).contains(&number)
}

/// Completes a year written with two digits; no device is older than 2000.
fn full_year(number: i16) -> i16 {
    if (0..100).contains(&number) { 2000 + number } else { number }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn clock(hour: i16, minute: i16, second: i16) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
}
