//! Times as programs and devices write them, in many languages and orders. What names no zone is taken for UTC.
//!
//! [`words`] cuts a text into numbers and words, and finds date, clock and zone among them; [`names`] knows the words.

mod names;
#[cfg(test)]
mod tests;
mod words;

use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use words::Words;
pub(super) use words::ascii_digits;

/// Longest time that is looked at, in bytes.
const LONGEST: usize = 300;

/// How a file writes its times, as far as that differs: `3/4/2026` is the third of April or the fourth of March.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clock {
    month_first: bool,
}

impl Clock {
    /// The order that all times of a file agree on: in which fewer are impossible, contradict the day of the week they
    /// name, or lie out of the order of the others, whichever way the file is sorted. The day comes first, as everywhere in this program, if nothing decides.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let numeric = texts.filter(|text| text.len() <= LONGEST && text.contains(['/', '-']));
        let (mut wrong, mut before) = ([(0_u32, [0_u32; 2]); 2], [None; 2]);
        for words in numeric.map(Words::of).filter(Words::is_either_order) {
            for (month_first, (wrong, before)) in [false, true].into_iter().zip(wrong.iter_mut().zip(&mut before)) {
                let day = words.in_order(month_first);
                wrong.0 += u32::from(day.is_none());
                if let Some((day, before)) = day.zip(*before) {
                    let [rising, falling] = &mut wrong.1;
                    *rising += u32::from(day < before);
                    *falling += u32::from(day > before);
                }
                *before = day.or(*before);
            }
        }
        let [day_first, month_first] = wrong.map(|(wrong, [rising, falling])| (wrong, rising.min(falling)));
        Self { month_first: month_first < day_first }
    }

    /// Reads a point in time: RFC 3339, `2026-11-23 09:15:04`, a date alone (midnight), or a date and a clock in words.
    ///
    /// A day of the week in it decides what the numbers alone leave open. None if there is no date, or if what it says of
    /// the time of the day or of the zone cannot be: another time than was meant is worse than none.
    pub(super) fn read(self, text: &str) -> Option<Timestamp> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        if has_unknown_zone(text) {
            return None;
        }
        let strict = text.replacen(' ', "T", 1);
        for strict in [text, &strict] {
            if let Ok((time, zone)) = strict.parse().and_then(|time| Ok((time, Pieces::parse(strict)?))) {
                let zone = zone.to_numeric_offset().map_or(0, jiff::tz::Offset::seconds);
                return words::is_on_earth(zone / 60).then_some(time);
            }
        }
        if let Ok(time) = strict.parse::<DateTime>() {
            return in_utc(time);
        }
        let words = Words::of(text);
        let date = words.date(self.month_first).or_else(|| words.date(!self.month_first))?;
        let (time, zone) = words.clock(&date)?;
        in_utc(date.day.to_datetime(time))?.checked_sub(SignedDuration::from_mins(i64::from(zone))).ok()
    }
}

/// Whether there is a word behind the clock that is written like a zone, and none that is known.
fn has_unknown_zone(text: &str) -> bool {
    let is_clock = |c: char| c == ':' || c == '：';
    let Some((_, behind)) = text.rsplit_once(is_clock) else { return false };
    let is_full_name = ["Standard Time", "Daylight Time", "Summer Time"].iter().any(|name| behind.contains(name));
    if is_full_name {
        return !Words::is_known_zone(behind);
    }
    let words = behind.split(|c: char| !c.is_alphanumeric() && c != '.').skip(1);
    let mut zones = words.filter(|word| {
        (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase()) && !Words::is_of_time(word)
    });
    let first = zones.next();
    first.is_some_and(|first| ![Some(first), zones.next()].into_iter().flatten().any(Words::is_known_zone))
}

fn in_utc(time: DateTime) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(time).ok()
}

/// A date among the words of a text.
#[derive(Clone, Copy, Debug)]
struct Found {
    day: Date,
    /// The number of its last part in the text.
    last: usize,
}
