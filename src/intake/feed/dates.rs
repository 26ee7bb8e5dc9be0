//! The dates of feeds, in whatever form they are written.
//!
//! A date is taken apart into numbers, words and signs, and each says by itself what it is: a month by its name, a time by its
//! colon, a zone by its place behind the time. So one reader takes RFC 822 and 2822, RFC 3339, ISO 8601 in most forms,
//! `asctime`, and what people make of them, in many languages. Three rules settle the rest: what has no zone is in UTC (but
//! what is in Korean, in Korea); of three numbers the day comes before the month unless the year is first, as it is where
//! that is impossible or in years to come; years of two digits belong to 1970 to 2069.

use std::iter::Peekable;
use std::str::Chars;

use jiff::civil::{Date, DateTime, ISOWeekDate, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use super::date_units::{self, Unit};
use super::months;
use super::zones::{self, Zone};

/// Bytes of the longest text that is taken for a date.
const LONGEST: usize = 100;

/// The first year that is believed: earlier ones are those of clocks and fields that were never set (1970, 1904, 1900, 1601, 1).
const FIRST_YEAR: i16 = 1971;

/// The instant a feed writes; none if it cannot be read, or is one that says nothing. What is later than `now` is of now.
pub(super) fn read(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let text: String = text.to_lowercase().chars().map(narrow).collect();
    let text = text.replace("a.m.", "am").replace("p.m.", "pm");
    let this_year = TimeZone::UTC.to_datetime(now).year();
    let instant = of_seconds(&text).or_else(|| Parts::of(&text, this_year).instant())?;
    let year = TimeZone::UTC.to_datetime(instant).year();
    (year >= FIRST_YEAR).then_some(instant.min(now))
}

/// A character as ASCII has it, if it is the wide form of one, as East Asian keyboards write it.
fn narrow(c: char) -> char {
    let code = u32::from(c);
    let is_wide = (0xff01..=0xff5e).contains(&code);
    char::from_u32(code - if is_wide { 0xfee0 } else { 0 }).unwrap_or(c)
}

/// Seconds or milliseconds since 1970, as some programs write them.
fn of_seconds(text: &str) -> Option<Timestamp> {
    let number: i64 = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    match text.len() {
        10 => Timestamp::from_second(number).ok(),
        13 => Timestamp::from_millisecond(number).ok(),
        _ => None,
    }
}

/// A piece of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Number(String),
    /// What the number before it counts.
    Unit(Unit),
    Word(String),
    Sign(char),
    Blank,
}

fn pieces(text: &str) -> Vec<Piece> {
    fn run(signs: &mut Peekable<Chars<'_>>, is_more: fn(char) -> bool) -> String {
        let mut run = String::new();
        while let Some(c) = signs.next_if(|c| is_more(*c)) {
            run.push(c);
        }
        run
    }
    let mut signs = text.chars().peekable();
    let mut pieces = Vec::new();
    while let Some(&c) = signs.peek() {
        pieces.push(if c.is_ascii_digit() {
            Piece::Number(run(&mut signs, |c| c.is_ascii_digit()))
        } else if let (Some(unit), Some(Piece::Number(_))) = (date_units::unit(c), pieces.last()) {
            signs.next();
            Piece::Unit(unit)
        } else if c.is_alphabetic() {
            Piece::Word(run(&mut signs, char::is_alphabetic))
        } else if c.is_whitespace() {
            run(&mut signs, char::is_whitespace);
            Piece::Blank
        } else {
            signs.next();
            Piece::Sign(if matches!(c, '−' | '‒' | '–') { '-' } else { c })
        });
    }
    pieces
}

/// What was found in a date.
#[derive(Debug, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i16>,
    time: Option<(Time, bool)>,
    zone: Option<Zone>,
    is_afternoon: Option<bool>,
    /// Whether the day counts from the beginning of the year (ISO 8601).
    is_ordinal: bool,
    /// Whether what was taken for the month stands before all numbers, where it may be a day of the week: in Italian
    /// `mar` is both.
    is_month_first: bool,
    /// The zone where nothing is said.
    usual_zone: Option<Zone>,
    /// The year before the first of the era that was named.
    before_era: Option<i16>,
    /// The year of now.
    this_year: i16,
}

impl Parts {
    fn of(text: &str, this_year: i16) -> Self {
        let usual_zone = date_units::is_korean(text).then_some(zones::KOREA);
        let mut parts = Self { usual_zone, this_year, ..Self::default() };
        let pieces = pieces(text);
        let mut rest = pieces.as_slice();
        // Whether what stands here may be a zone.
        let mut behind_time = false;
        while let Some((first, more)) = rest.split_first() {
            let (taken, next) = match first {
                Piece::Number(number) => {
                    let before = parts.time;
                    let taken = parts.time_at(rest).unwrap_or_else(|| parts.number(number, rest));
                    (taken, parts.time != before)
                }
                Piece::Word(word) if word == "t" && parts.year.is_some() && parts.time.is_none() => {
                    let taken = parts.hour_at(more);
                    (taken + 1, taken > 0)
                }
                Piece::Word(word) => {
                    let was_zone = parts.word(word);
                    (1, behind_time || was_zone)
                }
                Piece::Sign(sign @ ('+' | '-')) if behind_time && parts.time.is_some() => match offset(*sign, more) {
                    Some((zone, taken)) => {
                        parts.zone = Some(zone);
                        (taken + 1, false)
                    }
                    None => (1, false),
                },
                Piece::Sign(_) | Piece::Unit(_) => (1, false),
                Piece::Blank => (1, behind_time),
            };
            behind_time = next;
            rest = rest.get(taken..).unwrap_or_default();
        }
        parts
    }

    /// A time of day at the beginning of `pieces`: `9:01`, `23:05:43.25`, and behind a date `9.01`. Gives how many pieces it
    /// has.
    fn time_at(&mut self, pieces: &[Piece]) -> Option<usize> {
        let [Piece::Number(hour), Piece::Sign(colon @ (':' | '.')), Piece::Number(minute), more @ ..] = pieces else {
            return None;
        };
        let is_behind_date = self.day.is_some() && self.month.is_some() && minute.len() == 2;
        if hour.len() > 2 || self.time.is_some() || *colon == '.' && !is_behind_date {
            return None;
        }
        let mut taken = 3;
        let mut second = 0;
        if let [Piece::Sign(sign), Piece::Number(number), more @ ..] = more
            && sign == colon
        {
            second = number.parse().ok()?;
            taken += 2;
            if let [Piece::Sign('.' | ','), Piece::Number(_), ..] = more {
                taken += 2;
            }
        }
        self.set_time(hour.parse().ok()?, minute.parse().ok()?, second);
        Some(taken)
    }

    /// An hour alone, as ISO 8601 has it behind the `T`. Gives how many pieces it has.
    fn hour_at(&mut self, pieces: &[Piece]) -> usize {
        match pieces {
            [Piece::Number(_), Piece::Sign(':'), ..] => 0,
            [Piece::Number(hour), ..] if hour.len() == 2 => hour.parse().map_or(0, |hour| {
                self.set_time(hour, 0, 0);
                1
            }),
            _ => 0,
        }
    }

    /// A time that no clock shows is none; a leap second is the one before.
    fn set_time(&mut self, hour: i8, minute: i8, second: i8) {
        let is_midnight = hour == 24 && minute == 0;
        let hour = if is_midnight { 0 } else { hour };
        self.time = Time::new(hour, minute, second.min(59), 0).ok().map(|time| (time, is_midnight)).or(self.time);
    }

    /// What a number means that is no time. Gives how many pieces it is made of.
    fn number(&mut self, number: &str, pieces: &[Piece]) -> usize {
        if let [_, Piece::Unit(unit), ..] = pieces {
            self.number_with_unit(number, *unit);
            return 2;
        }
        if self.has_no_date() {
            if let Some(taken) = self.week_at(number, pieces.get(1..).unwrap_or_default()) {
                return taken + 1;
            }
            if let [
                _,
                Piece::Sign(a @ ('-' | '/' | '.')),
                Piece::Number(second),
                Piece::Sign(b),
                Piece::Number(third),
                ..,
            ] = pieces
                && a == b
            {
                let is_iso = matches!(pieces.get(5), Some(Piece::Word(word)) if word == "t");
                return if self.three(number, second, third, is_iso) { 5 } else { 1 };
            }
            if let [_, Piece::Sign('-'), Piece::Number(second), ..] = pieces
                && number.len() == 4
            {
                self.year = number.parse().ok();
                if second.len() == 3 {
                    self.day = second.parse().ok();
                    self.is_ordinal = true;
                } else {
                    self.month = second.parse().ok();
                }
                return 3;
            }
        }
        let digits = |from: usize, to: usize| number.get(from..to).and_then(|digits| digits.parse::<i16>().ok());
        match number.len() {
            8 | 12 | 14 if self.year.is_none() => {
                self.year = digits(0, 4);
                self.month = digits(4, 6).and_then(|month| month.try_into().ok());
                self.day = digits(6, 8);
                if number.len() > 8 {
                    self.compact_time(number.get(8..).unwrap_or_default());
                }
            }
            7 if self.year.is_none() => {
                self.year = digits(0, 4);
                self.day = digits(4, 7);
                self.is_ordinal = true;
            }
            6 if self.has_no_date() => {
                self.year = digits(0, 2).map(century);
                self.month = digits(2, 4).and_then(|month| month.try_into().ok());
                self.day = digits(4, 6);
            }
            4 if self.year.is_none() && number.parse().is_ok_and(|year: i16| year > 999) => self.year = digits(0, 4),
            4 | 6 if self.day.is_some() && self.time.is_none() => self.compact_time(number),
            1 | 2 if self.day.is_none() => self.day = digits(0, number.len()),
            2 if self.year.is_none() => self.year = digits(0, 2).map(century),
            _ => {}
        }
        1
    }

    fn has_no_date(&self) -> bool {
        self.year.is_none() && self.month.is_none() && self.day.is_none()
    }

    /// `2026年3月2日13時5分`: what a number means says the sign behind it.
    fn number_with_unit(&mut self, number: &str, unit: Unit) {
        let Ok(number) = number.parse::<i16>() else { return };
        let small = i8::try_from(number).ok();
        let (hour, minute) = self.time.map_or((0, 0), |(time, _)| (time.hour(), time.minute()));
        match (unit, small) {
            (Unit::Year, _) => {
                self.year = self.before_era.map_or(Some(century(number)), |before| before.checked_add(number));
            }
            (Unit::Month, _) => self.month = small,
            (Unit::Day, _) => self.day = Some(number),
            (Unit::Hour, Some(hour)) => self.set_time(hour, 0, 0),
            (Unit::Minute, Some(minute)) => self.set_time(hour, minute, 0),
            (Unit::Second, Some(second)) => self.set_time(hour, minute, second),
            (Unit::Hour | Unit::Minute | Unit::Second, None) => {}
        }
    }

    /// A week of the `year`, and a day of it, at the beginning of `pieces`: `-W05-3`, `W053`, `-W05` (ISO 8601). Gives how
    /// many pieces it has.
    fn week_at(&mut self, year: &str, pieces: &[Piece]) -> Option<usize> {
        let year: i16 = year.parse().ok().filter(|_| year.len() == 4)?;
        let (dash, pieces) = match pieces {
            [Piece::Sign('-'), rest @ ..] => (1, rest),
            rest => (0, rest),
        };
        let [Piece::Word(sign), Piece::Number(number), rest @ ..] = pieces else { return None };
        let (week, day, taken) = match (number.len(), rest) {
            (2, [Piece::Sign('-'), Piece::Number(day), ..]) if day.len() == 1 => (number.as_str(), day.as_str(), 4),
            (2, _) => (number.as_str(), "1", 2),
            (3, _) => number.split_at_checked(2).map(|(week, day)| (week, day, 2))?,
            _ => return None,
        };
        let day = Weekday::from_monday_one_offset(day.parse().ok()?).ok()?;
        let date = ISOWeekDate::new(year, week.parse().ok().filter(|_| sign == "w")?, day).ok()?.date();
        (self.year, self.month, self.day) = (Some(date.year()), Some(date.month()), Some(date.day().into()));
        Some(dash + taken)
    }

    fn compact_time(&mut self, digits: &str) {
        let two = |from: usize| digits.get(from..from + 2).and_then(|two| two.parse().ok());
        if let (Some(hour), Some(minute)) = (two(0), two(2)) {
            self.set_time(hour, minute, two(4).unwrap_or(0));
        }
    }

    /// Three numbers between the same signs; `is_iso` if only ISO 8601 goes on like that.
    fn three(&mut self, first: &str, second: &str, third: &str, is_iso: bool) -> bool {
        let (Ok(a), Ok(b), Ok(c)) = (first.parse::<i16>(), second.parse::<i16>(), third.parse::<i16>()) else {
            return false;
        };
        let is_short = first.len() == 2 && third.len() == 2;
        let (year, month, day) = if first.len() == 4 {
            (a, b, c)
        } else if is_short && (is_iso || century(c) > self.this_year) {
            (century(a), b, c)
        } else {
            let year = if third.len() == 4 { c } else { century(c) };
            if b > 12 { (year, a, b) } else { (year, b, a) }
        };
        self.year = Some(year);
        self.month = i8::try_from(month).ok();
        self.day = Some(day);
        true
    }

    /// What a word means. Says whether it is a zone, which an offset may follow.
    fn word(&mut self, word: &str) -> bool {
        match word {
            _ if date_units::is_afternoon(word).is_some() => self.is_afternoon = date_units::is_afternoon(word),
            _ if date_units::year_before_era(word).is_some() => self.before_era = date_units::year_before_era(word),
            _ if self.time.is_none()
                && (self.month.is_none() || self.is_month_first)
                && months::named(word).is_some() =>
            {
                self.is_month_first = self.year.is_none() && self.day.is_none();
                self.month = months::named(word);
            }
            _ if self.month.is_none() && months::named(word).is_some() => self.month = months::named(word),
            _ if self.time.is_some() && self.zone.is_none() => {
                self.zone = zones::named(word);
                return self.zone.is_some();
            }
            _ => {}
        }
        false
    }

    fn instant(&self) -> Option<Timestamp> {
        let year = self.year?;
        let (month, longest) = match self.month {
            Some(month) => (month, 31),
            // A day without its month says nothing.
            None if self.day.is_none() || self.is_ordinal => (1, 366),
            None => return None,
        };
        // A day that a shorter month does not have is one of the next.
        let day = self.day.unwrap_or(1);
        let behind = (1..=longest).contains(&day).then(|| Span::new().days(i64::from(day) - 1))?;
        let date = Date::new(year, month, 1).ok()?.checked_add(behind).ok()?;
        let (time, is_next_day) = self.time.unwrap_or((Time::midnight(), false));
        let hour = match (self.is_afternoon, time.hour()) {
            (Some(true), hour @ 0..12) => hour + 12,
            (Some(false), 12) => 0,
            (_, hour) => hour,
        };
        let time = Time::new(hour, time.minute(), time.second(), 0).ok()?;
        let date = if is_next_day { date.tomorrow().ok()? } else { date };
        let written = DateTime::from_parts(date, time);
        let seconds = self.zone.or(self.usual_zone).map_or(0, |zone| zone.seconds(written));
        let in_utc = written.checked_sub(SignedDuration::from_secs(seconds.into())).ok()?;
        TimeZone::UTC.to_timestamp(in_utc).ok()
    }
}

/// An offset behind its sign: `0200`, `02:00`, `7`. Gives how many pieces it has.
fn offset(sign: char, pieces: &[Piece]) -> Option<(Zone, usize)> {
    let (hours, minutes, taken): (i32, i32, usize) = match pieces {
        [Piece::Number(hours), Piece::Sign(':'), Piece::Number(minutes), ..] if hours.len() <= 2 => {
            (hours.parse().ok()?, minutes.parse().ok()?, 3)
        }
        [Piece::Number(both), ..] if both.len() == 4 || both.len() == 3 => {
            let (hours, minutes) = both.split_at_checked(both.len() - 2)?;
            (hours.parse().ok()?, minutes.parse().ok()?, 1)
        }
        [Piece::Number(hours), ..] if hours.len() <= 2 => (hours.parse().ok()?, 0, 1),
        _ => return None,
    };
    let is_real = hours <= 15 && minutes < 60;
    let seconds = (hours * 60 + minutes) * 60;
    is_real.then_some((Zone::Fixed(if sign == '-' { -seconds } else { seconds }), taken))
}

/// A year of two digits in full; 70 is the first of the last century, as elsewhere in the program.
fn century(year: i16) -> i16 {
    match year {
        0..70 => 2000 + year,
        70..100 => 1900 + year,
        _ => year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-28T12:00:00Z".parse().unwrap()
    }

    fn of(text: &str) -> Option<String> {
        read(text, now()).map(|instant| instant.to_string())
    }

    #[test]
    fn every_form_that_feeds_have_is_an_instant() {
        for (text, instant) in [
            ("Mon, 03 Dec 2018 13:03:47 PST", "2018-12-03T21:03:47Z"),
            ("Sun, 05 Sep 2021 15:45:05 GMT+7", "2021-09-05T08:45:05Z"),
            ("Fri, 19 Nov 2021 01:45:08 +02:00", "2021-11-18T23:45:08Z"),
            ("Mon, May 25 2020 04:45:26 +0000", "2020-05-25T04:45:26Z"),
            ("5 November 2025 - 09:01", "2025-11-05T09:01:00Z"),
            ("2023-05-30 12:00:33", "2023-05-30T12:00:33Z"),
            ("01 Aug 17 13:26 UTC", "2017-08-01T13:26:00Z"),
            ("2022-12-14T22:02:55", "2022-12-14T22:02:55Z"),
            ("Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00Z"),
            ("Thu, 01 Jan 2004", "2004-01-01T00:00:00Z"),
            ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
            ("Thu, 01 Jan 2004 19:48:21 ET", "2004-01-02T00:48:21Z"),
            ("Thu, 01 Jul 2004 19:48:21 ET", "2004-07-01T23:48:21Z"),
            ("Thu, 01 Jul 2004 19:48:21 MEST", "2004-07-01T17:48:21Z"),
            ("Thu, 01 Jan 2004 19:48:21 MET", "2004-01-01T18:48:21Z"),
            ("Thu, 01 Jan 2004 19:48:21 UT", "2004-01-01T19:48:21Z"),
            ("Thu, 01 Jan 2004 19:48 -0330", "2004-01-01T23:18:00Z"),
            ("Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z"),
            ("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z"),
            ("2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z"),
            ("2003-12-31T10:14:55.25-08:00", "2003-12-31T18:14:55Z"),
            ("2003-12-31T10:14:55+0530", "2003-12-31T04:44:55Z"),
            ("2003-12-31T10:14:55,123Z", "2003-12-31T10:14:55Z"),
            ("2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z"),
            ("2003-12-31T23:59:60Z", "2003-12-31T23:59:59Z"),
            ("2003-12-31", "2003-12-31T00:00:00Z"),
            ("2003-12", "2003-12-01T00:00:00Z"),
            ("2003", "2003-01-01T00:00:00Z"),
            ("2003-335", "2003-12-01T00:00:00Z"),
            ("20031231", "2003-12-31T00:00:00Z"),
            ("20031231T101455Z", "2003-12-31T10:14:55Z"),
            ("20031231101455", "2003-12-31T10:14:55Z"),
            ("11/18/2021 3:05 PM", "2021-11-18T15:05:00Z"),
            ("18.11.2021 12:05 am", "2021-11-18T00:05:00Z"),
            ("18 November 2021, 7:30 p.m. EST", "2021-11-19T00:30:00Z"),
            ("Sun, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("6 novembre 2021 08:49", "2021-11-06T08:49:00Z"),
            ("Di, 3. März 2026 08:49:00 +0100", "2026-03-03T07:49:00Z"),
            ("Thursday, May 10th, 2007 at 7:30 a.m.", "2007-05-10T07:30:00Z"),
            ("Mon, 03 Dec 2018 13.03.47 +0100", "2018-12-03T12:03:47Z"),
            ("3.12.2018, 13.03 Uhr", "2018-12-03T13:03:00Z"),
            ("1700000000", "2023-11-14T22:13:20Z"),
            ("1700000000000", "2023-11-14T22:13:20Z"),
            ("  2021-11-18T23:45:08Z\n", "2021-11-18T23:45:08Z"),
            ("2007-05-10T25:99:00Z", "2007-05-10T00:00:00Z"),
            ("2003-12-31T10Z", "2003-12-31T10:00:00Z"),
            ("2003-12T10+02", "2003-12-01T08:00:00Z"),
            ("03-12-31T10:14:55Z", "2003-12-31T10:14:55Z"),
            ("03-12-31", "2003-12-31T00:00:00Z"),
            ("03-12-21", "2021-12-03T00:00:00Z"),
            ("031231", "2003-12-31T00:00:00Z"),
            ("2003-02-29", "2003-03-01T00:00:00Z"),
            ("Wed, 31 Jun 2004 10:00:00 GMT", "2004-07-01T10:00:00Z"),
            ("mar, 13 ene 2026 08:00:00 +0100", "2026-01-13T07:00:00Z"),
            ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"),
            ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z"),
            ("3 марта 2026, 10:00 MSK", "2026-03-03T07:00:00Z"),
            ("12 września 2021 10:00", "2021-09-12T10:00:00Z"),
            ("2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z"),
            ("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z"),
            ("2026年3月2日 13:05", "2026-03-02T13:05:00Z"),
            ("2026年3月2日 下午1:05 +0800", "2026-03-02T05:05:00Z"),
            ("2018年12月3日", "2018-12-03T00:00:00Z"),
            ("2018年12月3日月曜日 13時04分05秒", "2018-12-03T13:04:05Z"),
            ("２０１８年１２月３日（月）１３：０４", "2018-12-03T13:04:00Z"),
            ("2018年12月3日下午3点04分 +0800", "2018-12-03T07:04:00Z"),
            ("2018年12月3日 星期一 晚上8點 CST", "2018-12-04T02:00:00Z"),
            ("18年12月3日 凌晨12时", "2018-12-03T00:00:00Z"),
            ("平成30年12月3日", "2018-12-03T00:00:00Z"),
            ("民國107年12月3日 上午10:05", "2018-12-03T10:05:00Z"),
            ("2018년 12월 3일 월요일 오후 1시 31분", "2018-12-03T04:31:00Z"),
            ("2018년12월3일 13:04", "2018-12-03T04:04:00Z"),
            ("2004-W01", "2003-12-29T00:00:00Z"),
            ("2004-W01-1", "2003-12-29T00:00:00Z"),
            ("2004-W05-3", "2004-01-28T00:00:00Z"),
            ("2004W053T10:14:55+01:00", "2004-01-28T09:14:55Z"),
            ("2004-W05-3T10:14Z", "2004-01-28T10:14:00Z"),
            ("Пн, 03 дек 2018 13:03:47 +0300", "2018-12-03T10:03:47Z"),
            ("3 декабря 2018 г., 13:04 МСК", "2018-12-03T10:04:00Z"),
            ("понеділок, 3 грудня 2018 р. 13:04 +0200", "2018-12-03T11:04:00Z"),
            ("середа, 7 лютого 2018", "2018-02-07T00:00:00Z"),
            ("man., 3. des. 2018 13:04:00 +0100", "2018-12-03T12:04:00Z"),
            ("tiistai 4. joulukuuta 2018 klo 13.04", "2018-12-04T13:04:00Z"),
            ("Luni, 3 iunie 2019 13:04:00 +0300", "2019-06-03T10:04:00Z"),
            ("الإثنين, 03 ديسمبر 2018 13:04:00 +0200", "2018-12-03T11:04:00Z"),
            ("יום ב', 3 דצמבר 2018 13:04", "2018-12-03T13:04:00Z"),
        ] {
            assert_eq!(of(text).as_deref(), Some(instant), "{text}");
        }
    }

    #[test]
    fn what_says_nothing_is_none() {
        for text in [
            "",
            "Tue,",
            "yesterday",
            "12:30",
            "5 November",
            "1970-01-01T00:00:00Z",
            "Thu, 01 Jan 1970 01:00:00 +0100",
            "Wed, 31 Dec 1969 19:00:00 EST",
            "0001-01-01T00:00:00Z",
            "0000-00-00 00:00:00",
            "2021-13-45",
            "2021-W60",
            "年月日",
            "0000000000",
            "٢٠٢١-١١-١٨",
            &"1 ".repeat(60),
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_is_later_than_now() {
        assert_eq!(of("2064-01-01T00:00:00Z").as_deref(), Some("2026-11-28T12:00:00Z"));
        assert_eq!(of("Sat, 28 Nov 2026 12:00:00 GMT").as_deref(), Some("2026-11-28T12:00:00Z"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_not(text in "[0-9:/.+ TZa-z,-]{0,40}|\\PC{0,40}") {
            proptest::prop_assert!(read(&text, now()).is_none_or(|instant| instant <= now()));
        }
    }
}
